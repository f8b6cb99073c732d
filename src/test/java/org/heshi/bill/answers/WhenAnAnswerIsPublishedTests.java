package org.heshi.bill.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heshi.County;
import org.heshi.County.Member;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.bill.PublishBill;
import org.heshi.bill.Redacted;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.matters.Way;
import org.heshi.supervision.Eventually;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.mvc.support.RedirectAttributesModelMap;

/** An answer for everybody: written by one, released by another, down at once, and never against the word of somebody concerned. */
@HeshiTest
class WhenAnAnswerIsPublishedTests {

    private static final Map<String, String> TEXT = Map.of("title", "路灯坏了怎么办", "question", "村口的路灯坏了三天。", "answer", "道路局换了灯泡。路灯不亮，可以直接报给中心。");

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Answers answers;
    @Autowired
    PublishBill own;
    @Autowired
    Redacted redacted;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    private Way closed(County county) {
        return Way.registered(context, county, "路灯坏了").sorted().assigned().accepted().answered().closed();
    }

    private String with(String field, String words, Visitor desk, String own) {
        Map<String, String> form = new java.util.HashMap<>(TEXT);
        form.put(field, words);
        Visitor.Answer answer = desk.post(own, form);
        assertThat(answer.status()).as(words).isEqualTo(422);
        return answer.body();
    }

    @Test
    void oneWritesAnotherReleasesAndItGoesAtOnce() {
        County county = County.make(context);
        Way way = closed(county);
        String own = "/publishing/answers/" + way.number().digits();
        Visitor writer = county.signedIn(new Visitor(port), county.supervisor);
        Visitor other = county.signedIn(new Visitor(port), county.hire(county.centre, "head", Role.HEAD));
        other.get("/publishing/answers");
        assertThat(writer.get("/publishing/answers/begin?number=" + way.number().shown()).location()).isEqualTo(own);
        for (String typed : List.of("", "0012", Way.registered(context, county, "还没有办结").number().shown())) {
            Visitor.Answer asked = writer.get("/publishing/answers/begin?number=" + typed);
            assertThat(asked.status()).as(typed).isEqualTo(422);
            assertThat(asked.body()).as("beside the field, and nothing that was typed is lost").contains("id=\"number-errors\"", "value=\"" + typed + "\"");
        }
        assertThat(writer.get(own).body()).contains("路灯坏了", Way.WORDS);
        assertThat(with("answer", "请打电话 138 0000 0000。", writer, own)).contains("像电话");
        assertThat(with("answer", "请打一三八零零零零零零零零。", writer, own)).contains("像电话");
        assertThat(with("question", "我是 330681199001011237 的。", writer, own)).contains("请去掉");
        assertThat(with("title", "王小明家门口的灯", writer, own)).contains("和当事人留下的姓名或者联系方式一样", "name=\"sure\"");
        assertThat(with("question", "枫林小区三幢二单元的灯。", writer, own)).contains("像住址");
        assertThat(writer.post(own, TEXT).status()).isEqualTo(303);
        UUID id = Acting.as(new Actor.Machine("test"), () -> answers.find(way.id())).orElseThrow().id();
        String read = Acting.as(new Actor.Machine("test"), () -> answers.find(way.id())).orElseThrow().writtenAt().toString();
        Visitor stranger = new Visitor(port);
        assertThat(stranger.get("/bill/answers/" + id).status()).isEqualTo(404);
        assertThat(writer.post(own + "/release", Map.of("read", read)).status()).as("by who wrote it").isEqualTo(422);
        assertThat(other.post(own + "/release", Map.of("read", "2020-01-01T00:00:00Z")).status()).as("another text").isEqualTo(409);
        assertThatThrownBy(() -> Acting.run(new Actor.Machine("bill"), () -> transactions.executeWithoutResult(_ -> jdbc.sql("""
                insert into bill.published_answer (id, kind, title, question, answer, town, at) select id, kind, title, question, answer, town, now() from bill.answer where id = ?
                """).param(id).update()))).as("the database itself").isInstanceOf(DataAccessException.class);
        assertThat(other.post(own + "/release", Map.of("read", read)).status()).isEqualTo(303);
        assertThat(stranger.get("/bill/answers/" + id).body()).contains("路灯坏了怎么办").doesNotContain(way.number().shown(), "王小明", "13800000000");
        assertThat(stranger.get("/bill/answers").body()).contains(id.toString());
        assertThat(stranger.get("/bill/data/answers.csv").body()).contains(id.toString());
        assertThat(stranger.get("/bill/feed.atom").body()).contains("urn:uuid:" + id);
        assertThat(Acting.as(new Actor.Passerby(), () -> redacted.of(List.of(way.id(), UUID.randomUUID())))).containsOnlyKeys(way.id());
        assertThat(other.post(own + "/revoke", Map.of()).status()).isEqualTo(303);
        assertThat(stranger.get("/bill/answers/" + id).status()).isEqualTo(404);
        assertThat(stranger.get("/bill/feed.atom").body()).doesNotContain(id.toString());
    }

    private Actor staff(Member member) {
        return new Actor.Staff(context.getBean(Directory.class).heldPosts(member.person(), java.time.Clock.systemUTC().instant()).getFirst());
    }

    @Test
    void theProgramsOwnPartsPublishByTheSameRules() {
        County county = County.make(context);
        Way way = closed(county);
        Actor writer = staff(county.supervisor);
        UUID open = Way.registered(context, county, "还没有办结").id();
        assertThat(Acting.as(writer, () -> own.write(open, "灯", "灯坏了。", "修好了。"))).isFalse();
        assertThat(Acting.as(writer, () -> own.write(way.id(), "灯", "灯坏了。", "修好了。"))).isTrue();
        assertThat(Acting.as(writer, () -> own.release(way.id()))).as("by who wrote it").isFalse();
        assertThat(Acting.as(staff(county.hire(county.centre, "head", Role.HEAD)), () -> own.release(way.id()))).isTrue();
        assertThat(Acting.as(new Actor.Passerby(), () -> redacted.of(List.of(way.id())))).containsKey(way.id());
    }

    private UUID published(County county, Way way, Member writer) {
        Visitor desk = county.signedIn(new Visitor(port), writer);
        String own = "/publishing/answers/" + way.number().digits();
        desk.get(own);
        assertThat(desk.post(own, TEXT).status()).isEqualTo(303);
        Answers.Written written = Acting.as(new Actor.Machine("test"), () -> answers.find(way.id())).orElseThrow();
        assertThat(Acting.as(new Actor.Machine("test"), () -> answers.release(way.id(), written.writtenAt(), UUID.randomUUID(), written.writtenAt().plusSeconds(1)))).isTrue();
        return written.id();
    }

    @Test
    void whoIsConcernedSaysNo() {
        County county = County.make(context);
        Way way = closed(county);
        UUID id = published(county, way, county.supervisor);
        Visitor stranger = new Visitor(port);
        assertThat(stranger.get("/bill/answers/" + id).status()).isEqualTo(200);
        ResidentsSay page = context.getBean(ResidentsSay.class);
        Actor.Resident reporter = new Actor.Resident(way.id(), 1);
        assertThat(Acting.as(reporter, () -> page.page(way.number().digits())).getModel()).containsEntry("objected", false);
        assertThat(Acting.as(new Actor.Resident(UUID.randomUUID(), 1), () -> page.say(way.number().digits(), "no", new RedirectAttributesModelMap())).getViewName()).as("of another matter")
                .isEqualTo("redirect:/follow/" + way.number().digits());
        assertThat(stranger.get("/bill/answers/" + id).status()).isEqualTo(200);
        Acting.as(reporter, () -> page.say(way.number().digits(), "no", new RedirectAttributesModelMap()));
        assertThat(stranger.get("/bill/answers/" + id).status()).isEqualTo(404);
        Answers.Written written = Acting.as(new Actor.Machine("test"), () -> answers.find(way.id())).orElseThrow();
        assertThat(Acting.as(new Actor.Machine("test"), () -> answers.release(way.id(), written.writtenAt(), UUID.randomUUID(), written.writtenAt().plusSeconds(2)))).isFalse();
        Acting.as(reporter, () -> page.say(way.number().digits(), "yes", new RedirectAttributesModelMap()));
        assertThat(stranger.get("/bill/answers/" + id).status()).as("allowing it publishes nothing").isEqualTo(404);
    }

    @Test
    void nothingIsLeftOfItWhenTheMatterIsErased() {
        County county = County.make(context);
        Way way = closed(county);
        UUID id = published(county, way, county.supervisor);
        WhatGoes goes = context.getBean(WhatGoes.class);
        Acting.run(new Actor.Machine("test"), () -> {
            goes.forgetPart(new org.heshi.matters.Forgetting.Part(way.id(), way.number(), 2, java.util.Set.of("description"), java.util.Set.of(), java.util.Set.of(),
                    java.util.Optional.empty(), java.util.OptionalLong.empty()));
            assertThat(answers.find(way.id())).isEmpty();
            answers.object(way.id(), java.time.Instant.parse("2026-11-01T00:00:00Z"));
            goes.forget(new org.heshi.matters.Forgetting.Forgotten(way.id(), way.number(), java.util.Set.of()));
            assertThat(answers.objected(way.id())).isFalse();
        });
        assertThat(new Visitor(port).get("/bill/answers/" + id).status()).isEqualTo(404);
    }

    @Test
    void onlyWhatEndedAndMayStandAloneIsTold() {
        County county = County.make(context);
        Visitor desk = county.signedIn(new Visitor(port), county.supervisor);
        Way open = Way.registered(context, county, "路灯坏了").sorted();
        assertThat(desk.get("/publishing/answers/" + open.number().digits()).status()).as("it goes on").isEqualTo(404);
        Way petition = Way.registered(context, county, "请修路").sorted("petition");
        assertThat(desk.get("/publishing/answers/" + petition.number().digits()).status()).as("no kind that stands alone").isEqualTo(404);
        assertThat(county.signedIn(new Visitor(port), county.handler).get("/publishing/answers").status()).isEqualTo(403);
        County elsewhere = County.make(context);
        Way way = closed(elsewhere);
        assertThat(desk.get("/publishing/answers/" + way.number().digits()).status()).as("of another county").isEqualTo(404);
    }

    private Answers.Written written(Way way, County county) {
        Visitor desk = county.signedIn(new Visitor(port), county.supervisor);
        String own = "/publishing/answers/" + way.number().digits();
        desk.get(own);
        assertThat(desk.post(own, TEXT).status()).isEqualTo(303);
        return Acting.as(new Actor.Machine("test"), () -> answers.find(way.id())).orElseThrow();
    }

    private boolean released(Answers.Written written) {
        return Acting.as(new Actor.Machine("test"), () -> answers.release(written.matter(), written.writtenAt(), UUID.randomUUID(), written.writtenAt().plusSeconds(1)));
    }

    @Test
    void itWaitsForABarThatIsUnderWayAndIsNotReleasedThen() throws Exception {
        County county = County.make(context);
        Answers.Written written = written(closed(county), county);
        try (var threads = java.util.concurrent.Executors.newSingleThreadExecutor(); var bar = org.heshi.SuperuserConnection.open(context); var s = bar.createStatement()) {
            bar.setAutoCommit(false);
            s.execute("update matters.matter set version = version where id = '" + written.matter() + "'");
            s.execute("insert into matters.holding (matter, unit, relation, division_code) select id, '" + county.roads.id() + "', 'barred', division_code from matters.matter where id = '"
                    + written.matter() + "'");
            var release = threads.submit(() -> released(written));
            Thread.sleep(300);
            assertThat(release.isDone()).as("it waits").isFalse();
            bar.commit();
            assertThat(release.get()).isFalse();
        }
        assertThat(new Visitor(port).get("/bill/answers/" + written.id()).status()).isEqualTo(404);
    }

    @Test
    void itNeverStandsBesideAnActOfTheSameMomentThatForbidsIt() throws Exception {
        County county = County.make(context);
        for (int i = 0; i < 4; i++) {
            Way way = closed(county);
            Answers.Written written = written(way, county);
            var start = new java.util.concurrent.CyclicBarrier(2);
            try (var threads = java.util.concurrent.Executors.newFixedThreadPool(2)) {
                var release = threads.submit(() -> {
                    start.await();
                    return released(written);
                });
                int version = way.version();
                var act = threads.submit(() -> {
                    start.await();
                    return county.as(new Actor.Resident(way.id(), 1), () -> context.getBean(org.heshi.matters.Matters.class).act(org.heshi.matters.Matters.Act.on(way.id(), "reopen",
                            Map.of("reason", "又不亮了"), version, UUID.randomUUID().toString())));
                });
                assertThat(act.get()).isInstanceOf(org.heshi.matters.Matters.Answer.Done.class);
                release.get();
            }
            Eventually.that("nothing of it is public", () -> new Visitor(port).get("/bill/answers/" + written.id()).status() == 404
                    && Acting.as(new Actor.Passerby(), () -> redacted.of(List.of(way.id()))).isEmpty());
            assertThat(released(written)).as("and it stays so").isFalse();
        }
    }

    @Test
    void itGoesWhenTheMatterGoesOn() {
        County county = County.make(context);
        Way way = closed(county);
        UUID id = published(county, way, county.supervisor);
        assertThat(county.as(new Actor.Resident(way.id(), 1), () -> context.getBean(org.heshi.matters.Matters.class).act(org.heshi.matters.Matters.Act.on(way.id(), "reopen",
                Map.of("reason", "又不亮了"), way.version(), UUID.randomUUID().toString())))).isInstanceOf(org.heshi.matters.Matters.Answer.Done.class);
        Eventually.that("the answer went", () -> new Visitor(port).get("/bill/answers/" + id).status() == 404);
    }
}
