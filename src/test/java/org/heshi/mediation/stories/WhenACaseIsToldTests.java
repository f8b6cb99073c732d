package org.heshi.mediation.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heshi.County;
import org.heshi.County.Member;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Looks;
import org.heshi.directory.Role;
import org.heshi.matters.Endings;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Readings;
import org.heshi.mediation.Affair;
import org.heshi.supervision.Eventually;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class WhenACaseIsToldTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Stories stories;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    private Affair agreed(County county, Member mediator) {
        Affair affair = new Affair(context, county, mediator).takenUp("neighbours", "initiative", Map.of()).mediating();
        return affair.oral("院墙越界三尺", List.of(affair.clause("退让三尺", "", 3)));
    }

    @Test
    void everyPartyConsentsAndOneWhoTakesItBackTakesItDown() {
        County county = County.make(context);
        Member mediator = county.hire(county.committeeA, "teller", Role.MEDIATOR);
        Affair affair = agreed(county, mediator);
        String own = "/mediation/stories/" + affair.way.number().digits();
        String word = "滴水檐" + UUID.randomUUID().toString().substring(0, 6).replaceAll("[0-9]", "甲");
        Visitor desk = county.signedIn(new Visitor(port), mediator);
        desk.get("/password");
        assertThat(desk.get(own).body()).contains("1 号当事人", "2 号当事人");
        assertThat(desk.post(own, Map.of("title", "王小明家的墙", "words", "李对面退了。")).body()).contains("姓名、电话或者地址");
        assertThat(desk.post(own, Map.of("title", "一堵墙", "words", "甲一村的两户人家，电话 0575-87000000。")).body()).contains("甲一村", "像电话");
        assertThat(desk.post(own, Map.of("title", "一堵墙", "words", "甲乙两家因" + word + "争执，各让一步。")).status()).isEqualTo(303);
        assertThat(desk.post(own + "/publish", Map.of()).status()).isEqualTo(422);
        assertThat(affair.answer(affair.resident(1), "story", Map.of("agreed", "true", "text", "0".repeat(40)))).as("another text than stands there").isInstanceOf(Answer.Refused.class);
        consents(affair, 1);
        assertThat(desk.post(own + "/publish", Map.of()).status()).as("one of two").isEqualTo(422);
        assertThatThrownBy(() -> Acting.run(new Actor.Machine("mediation"), () -> transactions.executeWithoutResult(_ -> jdbc.sql("""
                insert into mediation.published_story (id, type, title, words, day) select id, type, title, words, current_date from mediation.story where matter = ?
                """).param(affair.way.id()).update()))).as("the database itself").isInstanceOf(DataIntegrityViolationException.class);
        consents(affair, 2);
        assertThat(new Visitor(port).get("/mediation/cases?q=" + word).body()).doesNotContain("一堵墙");
        assertThat(desk.post(own + "/publish", Map.of()).status()).isEqualTo(303);
        Visitor stranger = new Visitor(port);
        String found = stranger.get("/mediation/cases?q=" + word + "&type=neighbours").body();
        assertThat(found).contains("一堵墙").doesNotContain(affair.way.number().shown(), "王小明", "甲一村");
        assertThat(stranger.get("/mediation/cases?q=" + word + "&type=labour").body()).doesNotContain("一堵墙");
        java.util.regex.Matcher href = java.util.regex.Pattern.compile("/mediation/cases/[0-9a-f-]{36}").matcher(found);
        assertThat(href.find()).isTrue();
        assertThat(stranger.get(href.group()).body()).contains("各让一步");
        affair.does(affair.resident(2), "story-back", Map.of());
        assertThat(stranger.get(href.group()).status()).isEqualTo(404);
        assertThat(stranger.get("/mediation/cases?q=" + word).body()).doesNotContain("一堵墙");
        assertThat(desk.get(own).body()).contains("已撤下", "2 号当事人").doesNotContain("1 号当事人");
    }

    private void consents(Affair affair, int party) {
        String text = Acting.as(new Actor.Machine("test"), () -> stories.find(affair.way.id())).orElseThrow().digest();
        affair.does(affair.resident(party), "story", Map.of("agreed", "true", "text", text));
    }

    @Test
    void namesNobodyAlsoAfterItIsClosedAndComesDownWhenTheCaseGoesOn() {
        County county = County.make(context);
        Member mediator = county.hire(county.committeeA, "closed", Role.MEDIATOR);
        Affair affair = agreed(county, mediator);
        affair.does("answer", Map.of("answer", "已达成协议"));
        affair.does(county.actor(county.verifier), "verify", Map.of("asked", "asked", "resolved", "yes", "satisfied", "yes", "outcome", "agreed"));
        String own = "/mediation/stories/" + affair.way.number().digits();
        Visitor desk = county.signedIn(new Visitor(port), mediator);
        desk.get(own);
        Visitor.Answer named = desk.post(own, Map.of("title", "一堵墙", "words", "李对面退了一步。"));
        assertThat(named.status()).isEqualTo(422);
        assertThat(named.body()).contains("姓名、电话或者地址");
        assertThat(Acting.as(affair.resident(1), () -> context.getBean(Looks.class).of(affair.way.id()))).as("contacts were read")
                .anyMatch(look -> look.what() == Looks.What.CONTACTS && look.unit().equals(county.committeeA.id()));
        assertThat(desk.post(own, Map.of("title", "一堵墙", "words", "甲乙两家各让一步。")).status()).isEqualTo(303);
        List.of(1, 2).forEach(party -> consents(affair, party));
        assertThat(desk.post(own + "/publish", Map.of()).status()).isEqualTo(303);
        assertThat(published(affair)).isTrue();
        affair.does(affair.resident(1), "reopen", Map.of("reason", "对方又砌了墙"));
        assertThat(published(affair)).isFalse();
        assertThat(county.as(mediator, () -> stories.publish(affair.way.id(), java.util.Set.of(1, 2), Instant.now(java.time.Clock.systemUTC())))).as("consents were to what had ended").isFalse();
        Acting.run(new Actor.Machine("test"), () -> transactions.executeWithoutResult(_ -> jdbc.sql("update matters.particular set sealed = null, erased_at = now() where matter = ? and class = 'contact'")
                .param(affair.way.id()).update()));
        assertThat(Nameless.unchecked(List.of(1, 2), Acting.as(new Actor.Machine("test"), () -> context.getBean(Readings.class).people(affair.way.id())))).isNotEmpty();
    }

    @Test
    void isToldNoMoreWhenItIsPutAway() {
        County county = County.make(context);
        Member mediator = county.hire(county.committeeA, "put-away", Role.MEDIATOR);
        Affair affair = agreed(county, mediator);
        Acting.run(county.actor(mediator), () -> stories.write(affair.way.id(), county.committeeA.id(), "neighbours", "一堵墙", "甲乙各让一步", mediator.post(),
                Instant.now(java.time.Clock.systemUTC())));
        List.of(1, 2).forEach(party -> consents(affair, party));
        county.as(mediator, () -> stories.publish(affair.way.id(), java.util.Set.of(1, 2), Instant.now(java.time.Clock.systemUTC())));
        affair.does("answer", Map.of("answer", "已达成协议"));
        affair.does(county.actor(county.verifier), "take-back", Map.of("reason", "再催一催"));
        assertThat(published(affair)).as("the agreement stands, and so does the story").isTrue();
        affair.does("answer", Map.of("answer", "已达成协议"));
        affair.does(county.actor(county.verifier), "verify", Map.of("asked", "asked", "resolved", "yes", "satisfied", "yes", "outcome", "agreed"));
        assertThat(published(affair)).isTrue();
        assertThat(Acting.as(new Actor.Machine("test"), () -> context.getBean(Endings.class).putAway(affair.way.id(), "T"))).isInstanceOf(Endings.Answer.Done.class);
        Eventually.that("the story came down", () -> !published(affair));
    }

    private boolean published(Affair affair) {
        return Acting.as(new Actor.Machine("test"), () -> stories.find(affair.way.id())).orElseThrow().published();
    }

    @Test
    void isWrittenAnewOnlyOutOfSight() {
        County county = County.make(context);
        Member mediator = county.hire(county.committeeA, "again", Role.MEDIATOR);
        Affair affair = agreed(county, mediator);
        assertThat(affair.answer(affair.resident(1), "story", Map.of("agreed", "true"))).as("nothing is written").isInstanceOf(Answer.Refused.class);
        county.as(mediator, () -> {
            stories.write(affair.way.id(), county.committeeA.id(), "neighbours", "一", "甲乙", mediator.post(), Instant.now(java.time.Clock.systemUTC()));
            List.of(1, 2).forEach(party -> consents(affair, party));
            assertThat(stories.publish(affair.way.id(), java.util.Set.of(1, 2), Instant.now(java.time.Clock.systemUTC()))).isTrue();
            assertThat(stories.find(affair.way.id()).orElseThrow().published()).isTrue();
            stories.write(affair.way.id(), county.committeeA.id(), "neighbours", "二", "丙丁", mediator.post(), Instant.now(java.time.Clock.systemUTC()));
            assertThat(stories.find(affair.way.id()).orElseThrow().published()).isFalse();
            assertThat(stories.publish(affair.way.id(), java.util.Set.of(1, 2), Instant.now(java.time.Clock.systemUTC()))).as("nobody consented to that text").isFalse();
            return null;
        });
        Member foreign = county.hire(county.roads, "reader", Role.MEDIATOR);
        Visitor other = county.signedIn(new Visitor(port), foreign);
        assertThat(other.get("/mediation/stories/" + affair.way.number().digits()).status()).as("another committee's case").isEqualTo(404);
    }
}
