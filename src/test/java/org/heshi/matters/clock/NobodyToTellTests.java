package org.heshi.matters.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.County;
import org.heshi.County.Member;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Actor;
import org.heshi.matters.LimitListener;
import org.heshi.matters.LimitListener.Stage;
import org.heshi.matters.LimitListener.Word;
import org.heshi.matters.Way;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A vacant post and a unit that is gone let no word of a limit fall on deaf ears. */
@HeshiTest
class NobodyToTellTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    @Qualifier("wordOfLimits")
    LimitListener listener;
    @Autowired
    @Qualifier("follower")
    TransactionTemplate follower;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;
    @Autowired
    InstantSource clock;
    @LocalServerPort
    int port;

    County county;
    Way way;

    @BeforeEach
    void assigned() {
        county = County.make(context);
        way = Way.registered(context, county, "无人接听").sorted().assigned();
    }

    private List<UUID> told(Stage stage) {
        Instant now = clock.instant();
        follower.executeWithoutResult(_ -> listener.hear(new Word(way.id(), "sign", 3, stage, "lead", Optional.of(county.roads.id()), now, now)));
        return county.as(new Actor.Machine("test"), () -> {
            try (var connection = org.heshi.SuperuserConnection.open(context);
                    var s = connection.prepareStatement("select post from notices.notice where matter = ? and event = ?")) {
                s.setObject(1, way.id());
                s.setString(2, "limit-" + stage.name().toLowerCase(java.util.Locale.ROOT));
                List<UUID> posts = new java.util.ArrayList<>();
                try (var r = s.executeQuery()) {
                    while (r.next()) {
                        posts.add(r.getObject(1, UUID.class));
                    }
                }
                return posts;
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void tellsThePeopleWhomItBindsAndTheirHead() {
        assertThat(told(Stage.OVER)).contains(county.handler.post(), county.secondHandler.post());
        assertThat(told(Stage.HEAD)).containsExactly(county.roadsHead.post());
    }

    @Test
    void goesPastAVacantHeadToTheDesk() {
        county.end(county.roadsHead);
        assertThat(told(Stage.HEAD)).containsExactly(county.dispatcher.post());
    }

    @Test
    void goesPastAUnitThatIsGoneToTheDeskAndThenToItsSupervisors() {
        for (Member member : List.of(county.handler, county.secondHandler, county.roadsHead)) {
            county.end(member);
        }
        assertThat(told(Stage.OVER)).containsExactly(county.dispatcher.post());
        county.end(county.dispatcher);
        assertThat(told(Stage.SOON)).containsExactly(county.supervisor.post());
    }

    @Test
    void endsNoUnitThatHoldsAnOpenMatter() {
        Visitor administrator = county.signedIn(new Visitor(port), county.administrator);
        String page = "/admin/units/" + county.roads.id() + "/end";
        administrator.get(page);
        Visitor.Answer refused = administrator.post(page, Map.of());
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("1 件未办结的事项");
        way.does(county.dispatcher, "reassign", Map.of("lead", county.water.id().toString(), "reason", "机构撤并"));
        administrator.get(page);
        assertThat(administrator.post(page, Map.of()).status()).isEqualTo(303);
    }
}
