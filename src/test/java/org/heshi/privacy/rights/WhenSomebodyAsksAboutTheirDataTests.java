package org.heshi.privacy.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.SuperuserConnection;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Throttle;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Endings;
import org.heshi.matters.Hall;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.view.MatterViews;
import org.heshi.supervision.Eventually;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** PIPL 44 to 50, with number and code or at the window: taken at once, or asked, answered in time, and carried out. */
@HeshiTest
class WhenSomebodyAsksAboutTheirDataTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    Requests requests;
    @Autowired
    Endings endings;
    @Autowired
    MatterRows rows;
    @Autowired
    MatterViews views;
    @LocalServerPort
    int port;

    private Hall hall;
    private People.Somebody dispatcher;

    @BeforeEach
    void makes() {
        hall = new Hall(context);
        // requests go to the centre of the county that this program serves
        dispatcher = new People(context).in(UnitType.CENTRE, "330681", Role.DISPATCHER, Role.WINDOW_CLERK);
    }

    private Answer.Done closed() {
        Answer.Done matter = hall.report();
        hall.done(hall.clerk, matter.matter(), "confirm", Map.of(), 1);
        hall.done(hall.clerk, matter.matter(), "answer-at-once", Map.of("answer", "已经答复", "outcome", "explained"), 2);
        return matter;
    }

    private Visitor resident(Answer.Done matter) {
        Visitor visitor = new Visitor(port);
        visitor.get("/follow");
        assertThat(visitor.post("/follow", Map.of("number", matter.number().digits(), "code", matter.code().orElseThrow())).status()).isEqualTo(303);
        return visitor;
    }

    private static Map<String, String> form(String what, String words) {
        return Map.of("what", what, "words", words, "key", UUID.randomUUID().toString());
    }

    private Requests.Line only(Answer.Done matter) {
        List<Requests.Line> lines = requests.of(matter.matter(), 1);
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    /** Answers as whichever post holds the request. */
    private void answer(Requests.Line request, String action, Map<String, Object> input) {
        UUID id = Acting.as(new Actor.Machine("test"), () -> rows.find(request.number())).orElseThrow();
        UUID desk = Acting.as(new Actor.Machine("test"), () -> views.get(id)).desk().orElseThrow().id();
        People.Somebody holder = new People(context).in(desk, Role.DISPATCHER);
        Actor.Staff staff = new Actor.Staff(context.getBean(org.heshi.directory.Directory.class).findHeldPost(holder.person(), holder.post(), java.time.InstantSource.system().instant())
                .orElseThrow());
        hall.done(staff, id, action, input, 1);
    }

    @Test
    void takesACopyAtOnceToReadAndForPrograms() {
        Answer.Done matter = closed();
        Visitor visitor = resident(matter);
        String address = "/follow/" + matter.number().digits() + "/rights";
        assertThat(visitor.get(address).body()).contains("查看、打印");
        assertThat(visitor.get(address + "/copy").body()).contains("村口的路灯坏了三天", "王小明", "13800000000");
        Visitor.Answer file = visitor.get(address + "/copy.json");
        assertThat(file.body()).contains("\"number\" : \"" + matter.number().digits() + "\"", "王小明");
        assertThat(file.header("content-disposition").orElse("")).startsWith("attachment");
        Answer.Done other = closed();
        assertThat(visitor.get("/follow/" + other.number().digits() + "/rights/copy").status()).isEqualTo(302);
        assertThat(visitor.get("/follow/" + other.number().digits() + "/rights/copy.json").status()).isEqualTo(404);
    }

    @Test
    void isErasedWhenItIsGrantedAndSeesTheAnswer() {
        Answer.Done matter = closed();
        Visitor visitor = resident(matter);
        String address = "/follow/" + matter.number().digits() + "/rights";
        visitor.get(address);
        assertThat(visitor.post(address, form("delete", "")).status()).isEqualTo(422);
        assertThat(visitor.post(address, form("delete", "请删除我的信息")).status()).isEqualTo(303);
        Requests.Line request = only(matter);
        assertThat(Acting.as(new Actor.Machine("test"), () -> requests.waiting(List.of(matter.matter())))).as("not ended by the clock meanwhile").containsExactly(matter.matter());
        answer(request, "grant", Map.of("outcome", "granted", "reply", "同意删除"));
        Eventually.that("it is carried out", () -> {
            requests.carryOut();
            return only(matter).carried();
        });
        assertThat(Acting.as(new Actor.Machine("test"), () -> endings.of(matter.matter())).orElseThrow().ground()).contains(Endings.Ground.REQUEST);
        assertThat(visitor.get(address).body()).contains("同意删除");
        assertThat(visitor.get("/follow/" + matter.number().digits()).body()).contains("本人申请").doesNotContain("村口的路灯坏了三天");
    }

    private void isLeftToPeople(Answer.Done matter, String outcome) {
        Visitor visitor = resident(matter);
        String address = "/follow/" + matter.number().digits() + "/rights";
        visitor.get(address);
        visitor.post(address, form("delete", "请删除"));
        answer(only(matter), "grant", Map.of("outcome", outcome, "reply", "同意"));
        Eventually.that("the answer is read", () -> only(matter).outcome().isPresent());
        requests.carryOut();
        assertThat(only(matter).carried()).as("it waits for people").isFalse();
        assertThat(Acting.as(new Actor.Machine("test"), () -> endings.of(matter.matter()))).isEmpty();
        assertThat(visitor.get(address).body()).contains("由工作人员按答复处理");
        assertThat(visitor.get("/follow/" + matter.number().digits()).body()).contains("村口的路灯坏了三天");
        assertThat(new Visitor(port).signedInAs(dispatcher).get("/privacy/requests").body()).contains("由工作人员处理");
    }

    @Test
    void isNotErasedWholeWhenOnlyAPartWasGranted() {
        isLeftToPeople(closed(), "partly");
    }

    @Test
    void isNotErasedWithTheWordsOfAnotherParty() {
        Answer.Done matter = hall.report();
        hall.done(hall.clerk, matter.matter(), "confirm", Map.of(), 1);
        hall.done(hall.clerk, matter.matter(), "party", Map.of("role", "other", "name", "李小红"), 2);
        hall.done(hall.clerk, matter.matter(), "answer-at-once", Map.of("answer", "已经答复", "outcome", "explained"), 3);
        isLeftToPeople(matter, "granted");
    }

    @Test
    void isErasedAlthoughManyOthersWaitForTheirMatters() throws SQLException {
        Answer.Done open = hall.report();
        Answer.Done matter = closed();
        Visitor visitor = resident(matter);
        String address = "/follow/" + matter.number().digits() + "/rights";
        visitor.get(address);
        visitor.post(address, form("delete", "请删除"));
        try (Connection all = SuperuserConnection.open(context); Statement s = all.createStatement()) {
            s.execute("set session_replication_role = replica");
            s.execute("insert into privacy.request (request, number, about, about_number, party, what, kin, at, outcome, answered_at) select gen_random_uuid(), '"
                    + open.number().digits() + "', '" + open.matter() + "', '" + open.number().digits()
                    + "', 1, 'delete', false, '2020-01-01', 'granted', '2020-01-02' from generate_series(1, 101)");
            try {
                answer(only(matter), "grant", Map.of("outcome", "granted", "reply", "同意删除"));
                Eventually.that("it is carried out", () -> {
                    requests.carryOut();
                    return only(matter).carried();
                });
            } finally {
                s.execute("delete from privacy.request where about = '" + open.matter() + "'");
            }
        }
        assertThat(Acting.as(new Actor.Machine("test"), () -> endings.of(matter.matter()))).isPresent();
    }

    @Test
    void waitsWithErasingUntilTheMatterIsClosed() {
        Answer.Done matter = hall.report();
        Visitor visitor = resident(matter);
        String address = "/follow/" + matter.number().digits() + "/rights";
        visitor.get(address);
        visitor.post(address, form("delete", "请删除"));
        answer(only(matter), "grant", Map.of("outcome", "granted", "reply", "办结后删除"));
        Eventually.that("the answer is read", () -> only(matter).outcome().isPresent());
        requests.carryOut();
        assertThat(only(matter).carried()).isFalse();
        assertThat(Acting.as(new Actor.Machine("test"), () -> endings.of(matter.matter()))).isEmpty();
    }

    @Test
    void isCorrectedOnceBesideWhatWasSaid() {
        Answer.Done matter = closed();
        Visitor visitor = resident(matter);
        String address = "/follow/" + matter.number().digits() + "/rights";
        visitor.get(address);
        visitor.post(address, form("correct", "应为五天"));
        answer(only(matter), "grant", Map.of("outcome", "granted", "reply", "已更正"));
        Eventually.that("it is carried out", () -> {
            requests.carryOut();
            return only(matter).carried();
        });
        requests.carryOut();
        MatterViews.MatterView view = Acting.as(hall.dispatcher, () -> views.get(matter.matter()));
        assertThat(view.word("correction")).isEqualTo("应为五天");
        assertThat(view.word("description")).contains("三天");
        assertThat(Acting.as(hall.dispatcher, () -> views.history(matter.matter())).stream().filter(item -> item.action().equals("correct"))).hasSize(1);
    }

    @Test
    void isRefusedWithReasonsAndWhereToTurn() {
        Answer.Done matter = closed();
        Visitor visitor = resident(matter);
        String address = "/follow/" + matter.number().digits() + "/rights";
        visitor.get(address);
        visitor.post(address, form("delete", "请删除"));
        answer(only(matter), "refuse", Map.of("reply", "档案保存期限未满", "instead", "可以向网信部门投诉"));
        Eventually.says(() -> visitor.get(address).body(), "不同意", "档案保存期限未满", "可以向网信部门投诉");
        requests.carryOut();
        assertThat(Acting.as(new Actor.Machine("test"), () -> endings.of(matter.matter()))).isEmpty();
    }

    @Test
    void tellsNobodyAtTheWindowWhichNumbersThereAre() throws SQLException {
        String unknown = "没有这个编号的事项";
        Answer.Done matter = closed();
        Visitor clerk = new Visitor(port).signedInAs(dispatcher);
        clerk.get("/privacy/requests/new");
        Map<String, String> typed = new HashMap<>(form("explain", "怎样使用我的信息"));
        typed.put("name", "王小明");
        typed.put("number", IntStream.range(0, 10).mapToObj(digit -> "202601019999" + digit).filter(n -> MatterNumber.parse(n).isPresent()).findFirst().orElseThrow());
        assertThat(clerk.post("/privacy/requests/new", typed).body()).as("papers were not checked").doesNotContain(unknown);
        typed.put("checked", "true");
        typed.put("number", matter.number().shown());
        try (Connection all = SuperuserConnection.open(context); Statement s = all.createStatement()) {
            s.execute("insert into matters.holding (matter, unit, relation, division_code) values ('" + matter.matter() + "', '" + dispatcher.unit() + "', 'barred', '"
                    + hall.county + "')");
        }
        assertThat(clerk.post("/privacy/requests/new", typed).body()).as("it is about their own office").contains(unknown);
        Throttle throttle = context.getBean(Throttle.class);
        while (throttle.tryTake("rights-window", dispatcher.person().toString(), 100, Duration.ofDays(1))) {
            // none is left afterwards
        }
        assertThat(clerk.post("/privacy/requests/new", typed).body()).doesNotContain(unknown);
    }

    /** PIPL 31, on the resident's own page and at the window: in the words and by the rules of the procedure. */
    @Test
    void isAskedForTheGuardianWhenAChildIsConcerned() {
        Answer.Done matter = closed();
        Visitor visitor = resident(matter);
        String address = "/follow/" + matter.number().digits() + "/rights";
        assertThat(visitor.get(address).body()).contains("未满十四周岁的儿童", "监护人的姓名", "监护人已同意");
        Map<String, String> typed = new HashMap<>(form("explain", "怎样使用孩子的信息"));
        typed.put("under-14", "child");
        typed.put("guardian-name", "李监护");
        Visitor.Answer refused = visitor.post(address, typed);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("href=\"#guardian-phone\"", "href=\"#guardian-consent\"", "value=\"李监护\"");
        typed.put("guardian-phone", "13900000000");
        typed.put("guardian-consent", "agreed");
        assertThat(visitor.post(address, typed).status()).isEqualTo(303);

        Visitor clerk = new Visitor(port).signedInAs(dispatcher);
        assertThat(clerk.get("/privacy/requests/new").body()).contains("未满十四周岁的儿童", "监护人的电话");
        typed.remove("guardian-consent");
        typed.putAll(Map.of("number", matter.number().shown(), "name", "李监护", "checked", "true", "key", UUID.randomUUID().toString()));
        Visitor.Answer atTheWindow = clerk.post("/privacy/requests/new", typed);
        assertThat(atTheWindow.status()).isEqualTo(422);
        assertThat(atTheWindow.body()).contains("href=\"#guardian-consent\"");
        typed.put("guardian-consent", "duty");
        assertThat(clerk.post("/privacy/requests/new", typed).status()).isEqualTo(303);
        assertThat(requests.of(matter.matter(), 1)).hasSize(2);
    }

    @Test
    void isRegisteredAtTheWindowByNumberOnly() {
        Answer.Done matter = closed();
        Visitor clerk = new Visitor(port).signedInAs(dispatcher);
        clerk.get("/privacy/requests/new");
        Map<String, String> typed = new HashMap<>(form("explain", "怎样使用我的信息"));
        typed.put("number", "王小明");
        typed.put("name", "王小明");
        assertThat(clerk.post("/privacy/requests/new", typed).status()).as("no look-up by person").isEqualTo(422);
        typed.put("number", matter.number().shown());
        assertThat(clerk.post("/privacy/requests/new", typed).status()).as("papers were not checked").isEqualTo(422);
        typed.put("checked", "true");
        assertThat(clerk.post("/privacy/requests/new", typed).status()).isEqualTo(303);
        Requests.Line request = only(matter);
        assertThat(clerk.get("/privacy/requests").body()).contains(request.number().shown(), matter.number().shown()).doesNotContain("王小明");
        Optional<MatterNumber> shown = MatterNumber.parse(request.number().shown());
        assertThat(clerk.get("/matters/" + shown.orElseThrow().digits()).body()).contains("怎样使用我的信息");
    }
}
