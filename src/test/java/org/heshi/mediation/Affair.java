package org.heshi.mediation;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heshi.County;
import org.heshi.County.Member;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Way;
import org.heshi.mediation.course.Dispute;
import org.heshi.mediation.course.Disputes;
import org.springframework.beans.factory.BeanFactory;

/** One of many disputes of a county, led by the unit of this mediator: taken as far as a test needs it. */
public final class Affair {

    public final County county;
    public final Member mediator;
    public final Way way;
    private final Matters matters;
    private final Disputes disputes;
    private final InstantSource clock;

    public Affair(BeanFactory beans, County county, Member mediator) {
        this.county = county;
        this.mediator = mediator;
        matters = beans.getBean(Matters.class);
        disputes = beans.getBean(Disputes.class);
        clock = beans.getBean(InstantSource.class);
        way = Way.registered(beans, county, "院墙纠纷").sorted("dispute").does(county.dispatcher, "assign", Map.of("lead", mediator.unit().id().toString(), "reason", "就近调解"))
                .does(mediator, "accept", Map.of());
        does("party", Map.of("role", "respondent", "name", "李对面", "phone", "13900000001"));
    }

    /** Given to the same body once more, after it was opened again. */
    public Affair assigned() {
        does(county.actor(county.dispatcher), "assign", Map.of("lead", mediator.unit().id().toString(), "reason", "重新调解"));
        return does("accept", Map.of());
    }

    public Affair takenUp(String type, String source, Map<String, Object> more) {
        Map<String, Object> input = new LinkedHashMap<>(Map.of("source", source, "type", type, "applicants", List.of("1"), "respondents", List.of("2"), "facts", "院墙越界", "fit", "true"));
        input.putAll(more);
        return does("take-up", input);
    }

    /** Both consented, this mediator was named, the mediation runs. */
    public Affair mediating() {
        for (String party : List.of("1", "2")) {
            does("consent-recorded", Map.of("whose", List.of(party), "how", "in-person", "at", ago(5), "told", "true", "open", "closed"));
        }
        appoint(mediator);
        return does("willing", Map.of());
    }

    public Affair appoint(Member who) {
        return does("appoint", Map.of("mediator", who.post().toString(), "how", "appointed", "no-interest", "true"));
    }

    /** @param terms of {@link #clause} */
    public Affair oral(String facts, List<String> terms) {
        return does("oral", Map.of("at", ago(0), "where", "村委会", "present", List.of("1", "2"), "facts", facts, "terms", terms, "no-paper", "true"));
    }

    public Affair stopped() {
        return does("stop", Map.of("reason", "no-agreement", "told", "true"));
    }

    /** @param amount empty where it is not about money */
    public String clause(String what, String amount, int days) {
        return String.join("\t", "2", "1", what, amount, CivilTime.dateOf(clock.instant()).plusDays(days).toString(), "");
    }

    public String ago(int minutes) {
        return time(-minutes);
    }

    /** As forms send it. */
    public String time(int minutes) {
        return CivilTime.of(clock.instant().plusSeconds(60L * minutes)).toLocalDateTime().withNano(0).withSecond(0).toString();
    }

    public LocalDate today() {
        return CivilTime.dateOf(clock.instant());
    }

    public Affair does(String action, Map<String, Object> input) {
        return does(county.actor(mediator), action, input);
    }

    public Affair does(Actor who, String action, Map<String, Object> input) {
        Answer answer = answer(who, action, input);
        if (!(answer instanceof Answer.Done)) {
            throw new AssertionError(action + " was not done: " + answer);
        }
        return this;
    }

    public Answer answer(Actor who, String action, Map<String, Object> input) {
        int version = way.version();
        return Acting.as(who, () -> matters.act(Act.on(way.id(), action, input, version, UUID.randomUUID().toString())));
    }

    public Actor.Resident resident(int party) {
        return new Actor.Resident(way.id(), party);
    }

    public Dispute dispute() {
        return Acting.as(new Actor.Machine("test"), () -> disputes.find(way.id())).orElseThrow();
    }
}
