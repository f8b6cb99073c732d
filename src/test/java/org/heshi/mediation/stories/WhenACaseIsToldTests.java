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
import org.heshi.directory.Role;
import org.heshi.mediation.Affair;
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
        affair.does(affair.resident(1), "story", Map.of("agreed", "true"));
        assertThat(desk.post(own + "/publish", Map.of()).status()).as("one of two").isEqualTo(422);
        assertThatThrownBy(() -> Acting.run(new Actor.Machine("mediation"), () -> transactions.executeWithoutResult(_ -> jdbc.sql("""
                insert into mediation.published_story (id, type, title, words, day) select id, type, title, words, current_date from mediation.story where matter = ?
                """).param(affair.way.id()).update()))).as("the database itself").isInstanceOf(DataIntegrityViolationException.class);
        affair.does(affair.resident(2), "story", Map.of("agreed", "true"));
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

    @Test
    void isWrittenAnewOnlyOutOfSight() {
        County county = County.make(context);
        Member mediator = county.hire(county.committeeA, "again", Role.MEDIATOR);
        Affair affair = agreed(county, mediator);
        List.of(1, 2).forEach(party -> affair.does(affair.resident(party), "story", Map.of("agreed", "true")));
        county.as(mediator, () -> {
            stories.write(affair.way.id(), county.committeeA.id(), "neighbours", "一", "甲乙", mediator.post(), Instant.now(java.time.Clock.systemUTC()));
            assertThat(stories.publish(affair.way.id(), java.util.Set.of(1, 2), Instant.now(java.time.Clock.systemUTC()))).isTrue();
            assertThat(stories.find(affair.way.id()).orElseThrow().published()).isTrue();
            stories.write(affair.way.id(), county.committeeA.id(), "neighbours", "二", "丙丁", mediator.post(), Instant.now(java.time.Clock.systemUTC()));
            assertThat(stories.find(affair.way.id()).orElseThrow().published()).isFalse();
            return null;
        });
        Member foreign = county.hire(county.roads, "reader", Role.MEDIATOR);
        Visitor other = county.signedIn(new Visitor(port), foreign);
        assertThat(other.get("/mediation/stories/" + affair.way.number().digits()).status()).as("another committee's case").isEqualTo(404);
    }
}
