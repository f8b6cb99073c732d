package org.heshi.matters.say;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Actor;
import org.heshi.matters.Way;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.view.MatterViews;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The reporter says how it came out: by a link that works once, or to somebody who had no hand in it. */
@HeshiTest
class TheReportersOwnWordTests {

    private static final Pattern LINK = Pattern.compile("/say/([0-9a-f]{32})");

    @Autowired
    ApplicationContext context;
    @Autowired
    MatterViews views;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;
    @LocalServerPort
    int port;

    County county;
    Way way;

    @BeforeEach
    void answered() {
        county = County.make(context);
        way = Way.registered(context, county, "路灯不亮").sorted().assigned().accepted().answered();
    }

    private String link() {
        Visitor verifier = county.signedIn(new Visitor(port), county.verifier);
        String page = way.page() + "/act/ask-link";
        assertThat(verifier.get(page).status()).isEqualTo(200);
        Visitor.Answer given = verifier.post(page, Map.of("form.version", Integer.toString(way.version()), "form.key", java.util.UUID.randomUUID().toString()));
        assertThat(given.status()).isEqualTo(200);
        Matcher found = LINK.matcher(given.body());
        assertThat(found.find()).isTrue();
        return found.group();
    }

    private Visitor.Answer say(String link, String resolved, String satisfied) {
        Visitor resident = new Visitor(port);
        assertThat(resident.get(link).body()).contains("路灯不亮");
        return resident.post(link, Map.of("resolved", resolved, "satisfied", satisfied, "words", "还是不亮", "form.version", Integer.toString(way.version()),
                "form.key", java.util.UUID.randomUUID().toString()));
    }

    @Test
    void isTakenOnceThroughTheLinkAndStandsInTheLog() {
        String link = link();
        assertThat(say(link, "no", "no").status()).isEqualTo(200);
        assertThat(county.as(county.verifier, () -> views.history(way.id())).getLast()).satisfies(item -> {
            assertThat(item.action()).isEqualTo("say");
            assertThat(item.actor().kind()).isEqualTo("resident");
        });
        assertThat(new Visitor(port).get(link).status()).as("used").isEqualTo(404);
        assertThat(way.state()).as("what they say is no state").isEqualTo("answered");
    }

    @Test
    void isNotUsedUpByOpeningTheLink() {
        String link = link();
        for (int i = 0; i < 3; i++) {
            assertThat(new Visitor(port).get(link).status()).isEqualTo(200);
        }
        assertThat(say(link, "yes", "yes").status()).isEqualTo(200);
    }

    @Test
    void showsTheSameForALinkThatNeverWasOneThatIsOldAndOneThatWasUsed() {
        String never = new Visitor(port).get("/say/" + "0".repeat(32)).body();
        String link = link();
        county.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql("select 1 from matters.ask_link limit 1").query(Integer.class).single()));
        say(link, "yes", "fair");
        assertThat(plain(new Visitor(port).get(link).body())).isEqualTo(plain(never));
        assertThat(new Visitor(port).get("/say/none").status()).isEqualTo(404);
    }

    private static String plain(String body) {
        return body.replaceAll("name=\"_csrf\" value=\"[^\"]*\"", "").replaceAll("/say/[0-9a-z]+", "");
    }

    @Test
    void asksBothQuestionsBesideTheFieldsAndKeepsWhatWasTyped() {
        String link = link();
        Visitor resident = new Visitor(port);
        resident.get(link);
        Visitor.Answer half = resident.post(link, Map.of("words", "只写了这句", "form.version", Integer.toString(way.version()), "form.key", "abcdefgh-1"));
        assertThat(half.status()).isEqualTo(422);
        assertThat(half.body()).contains("只写了这句");
        assertThat(resident.get(link).status()).as("not used by a refusal").isEqualTo(200);
    }

    @Test
    void isKeptAsADigestOnly() {
        String token = link().substring("/say/".length());
        List<String> digests = county.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql(
                "select encode(digest, 'hex') from matters.ask_link where matter = ?").param(way.id()).query(String.class).list()));
        assertThat(digests).hasSize(1).noneMatch(digest -> digest.contains(token));
    }

    @Test
    void isAskedByNobodyWhoHandledItAndIsItsOwnAnswerWhenUnreachable() {
        assertThat(county.as(county.verifier, () -> views.nextActions(way.id())).stream().map(Action::name)).contains("visit", "ask-link");
        assertThat(county.as(county.handler, () -> views.nextActions(way.id())).stream().map(Action::name)).doesNotContain("visit", "ask-link", "verify");
        way.does(county.verifier, "visit", Map.of("reached", "unreachable"));
        way.does(county.verifier, "visit", Map.of("reached", "phone", "resolved", "partly", "satisfied", "fair"));
        way.does(county.verifier, "verify", Map.of("asked", "asked", "resolved", "partly", "satisfied", "fair", "outcome", "explained"));
        assertThat(county.as(county.verifier, () -> views.get(way.id())).outcome()).as("the outcome is the centre's, beside what was said").contains("explained");
    }
}
