package org.heshi.matters;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.heshi.County;
import org.heshi.County.Member;
import org.heshi.access.Actor;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.view.MatterViews;
import org.springframework.beans.factory.BeanFactory;

/** Takes one matter of a test county along its way, each step by whoever takes it there. */
public final class Way {

    public static final String WORDS = "村口的路灯坏了三天，晚上看不清路。";

    private final County county;
    private final Matters matters;
    private final MatterViews views;
    private final UUID matter;
    private final MatterNumber number;

    private Way(County county, Matters matters, MatterViews views, Answer.Done begun) {
        this.county = county;
        this.matters = matters;
        this.views = views;
        this.matter = begun.matter();
        this.number = begun.number();
    }

    /** Registered by the clerk of the county's centre, at village A, category roads, with a name and a telephone. */
    public static Way registered(BeanFactory beans, County county, String title) {
        return registered(beans, county, county.clerk, title, Map.of());
    }

    public static Way registered(BeanFactory beans, County county, Member clerk, String title, Map<String, Object> more) {
        Map<String, Object> input = new LinkedHashMap<>(Map.of("channel", "window", "title", title, "description", WORDS, "place", county.villageA,
                "category", County.ROADS, "level", "blue", "name", "王小明", "phone", "13800000000"));
        input.putAll(more);
        Matters matters = beans.getBean(Matters.class);
        Answer answer = county.as(clerk, () -> matters.act(Act.report("register", input, key())));
        if (!(answer instanceof Answer.Done done)) {
            throw new AssertionError("not registered: " + answer);
        }
        return new Way(county, matters, beans.getBean(MatterViews.class), done);
    }

    public Way sorted() {
        return sorted("service");
    }

    public Way sorted(String kind) {
        return does(county.dispatcher, "sort", Map.of("kind", kind, "category", County.ROADS, "level", "blue"));
    }

    public Way assigned() {
        return does(county.dispatcher, "assign", Map.of("lead", county.roads.id().toString(), "reason", "道路照明由道路局负责"));
    }

    public Way accepted() {
        return does(county.handler, "accept", Map.of());
    }

    public Way answered() {
        does(county.handler, "handle", Map.of("done", "已更换灯泡"));
        return does(county.handler, "answer", Map.of("answer", "路灯已经修好，欢迎监督。"));
    }

    public Way closed() {
        return does(county.verifier, "verify", Map.of("asked", "asked", "resolved", "yes", "satisfied", "yes", "outcome", "resolved"));
    }

    public Way does(Member who, String action, Map<String, Object> input) {
        int version = county.as(new Actor.Machine("test"), () -> views.get(matter).version());
        Answer answer = county.as(who, () -> matters.act(Act.on(matter, action, input, version, key())));
        if (!(answer instanceof Answer.Done)) {
            throw new AssertionError(action + " was not done: " + answer);
        }
        return this;
    }

    public UUID id() {
        return matter;
    }

    public MatterNumber number() {
        return number;
    }

    public String page() {
        return "/matters/" + number.digits();
    }

    public int version() {
        return county.as(new Actor.Machine("test"), () -> views.get(matter).version());
    }

    public String state() {
        return county.as(new Actor.Machine("test"), () -> views.get(matter).state().name());
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
