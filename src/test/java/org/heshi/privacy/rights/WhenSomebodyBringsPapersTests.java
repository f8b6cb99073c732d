package org.heshi.privacy.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heshi.supervision.Eventually;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.heshi.matters.Chains;
import org.heshi.matters.Hall;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.view.MatterViews;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Nothing but papers says which party stands at the window: before anything of theirs is erased the desk says whose it is, and nobody else's can go. */
@HeshiTest
class WhenSomebodyBringsPapersTests {

    private static final Actor.Machine TEST = new Actor.Machine("test");

    @Autowired
    ApplicationContext context;
    @Autowired
    Requests requests;
    @Autowired
    MatterRows rows;
    @Autowired
    MatterViews views;
    @Autowired
    Chains chains;
    @LocalServerPort
    int port;

    @Test
    void isAskedWhoseItIsWhenTheMatterHasSeveralParties() {
        Hall hall = new Hall(context);
        People.Somebody window = new People(context).in(UnitType.CENTRE, "330681", Role.DISPATCHER, Role.WINDOW_CLERK);
        Answer.Done matter = hall.report();
        hall.done(hall.clerk, matter.matter(), "confirm", Map.of(), 1);
        hall.done(hall.clerk, matter.matter(), "party", Map.of("role", "respondent", "name", "李对面", "phone", "13900000001"), 2);
        hall.done(hall.clerk, matter.matter(), "answer-at-once", Map.of("answer", "已经答复", "outcome", "explained"), 3);
        Visitor clerk = new Visitor(port).signedInAs(window);
        clerk.get("/privacy/requests/new");
        assertThat(clerk.post("/privacy/requests/new", new HashMap<>(Map.of("what", "delete", "words", "请删除我的电话", "key", Hall.key(), "number", matter.number().digits(),
                "name", "李对面", "checked", "true"))).status()).isEqualTo(303);
        Requests.Line request = requests.of(matter.matter(), 1).getFirst();
        UUID id = Acting.as(TEST, () -> rows.find(request.number())).orElseThrow();
        UUID desk = Acting.as(TEST, () -> views.get(id)).desk().orElseThrow().id();
        People.Somebody holder = new People(context).in(desk, Role.DISPATCHER);
        Actor.Staff staff = new Actor.Staff(context.getBean(Directory.class).findHeldPost(holder.person(), holder.post(), InstantSource.system().instant()).orElseThrow());
        hall.done(staff, id, "grant", Map.of("outcome", "partly", "reply", "同意删除电话"), 1);
        Eventually.that("the answer is read", () -> requests.of(matter.matter(), 1).getFirst().outcome().isPresent());

        String page = "/privacy/requests/" + request.number().digits() + "/part";
        Visitor carries = new Visitor(port).signedInAs(holder);
        assertThat(carries.get(page).body()).contains("申请人是哪一位", "当事人2（被申请人）", "当事人1（反映人）", "1/phone/0", "3/phone/0").doesNotContain("13900000001");
        Map<String, String> form = new HashMap<>(Map.of("why", "term", "words", "办理记录按规定保存", "sure", "true", "gone", "3/phone/0"));
        assertThat(carries.post(page, form).body()).as("nobody is named").contains("href=\"#whose\"");
        form.put("whose", "1");
        assertThat(carries.post(page, form).status()).as("the telephone is the other's").isEqualTo(422);
        form.put("whose", "2");
        assertThat(carries.post(page, form).status()).isEqualTo(303);
        MatterViews.MatterView view = Acting.as(TEST, () -> views.get(matter.matter()));
        assertThat(view.parties()).extracting(party -> party.contacts().getOrDefault("phone", "")).containsExactly("13800000000", "");
        List<String> wrong = new ArrayList<>();
        Acting.run(new Actor.Machine("verify"), () -> chains.verify(java.util.Optional.of(matter.number()), w -> wrong.add(w.what()), _ -> { }));
        assertThat(wrong).isEmpty();
    }
}
