package org.heshi.matters.matter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.matters.Way;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class MatterPageTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    County county;

    @BeforeEach
    void aCounty() {
        county = County.make(context);
    }

    private Visitor as(County.Member member) {
        return county.signedIn(new Visitor(port), member);
    }

    @Test
    void isForNobodyWhoIsNotOfTheMatter() {
        Way way = Way.registered(context, county, "邻里都不知道的事").sorted().assigned();
        var stranger = new Visitor(port).get(way.page());
        assertThat(stranger.location()).startsWith("/sign-in");
        County other = County.make(context);
        for (Visitor visitor : new Visitor[] {as(county.waterHandler), as(county.townClerkB), as(county.townSupervisorB), other.signedIn(new Visitor(port), other.clerk)}) {
            for (String path : new String[] {way.page(), way.page() + "/act/accept", way.page() + "/act/note"}) {
                var answer = visitor.get(path);
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.body()).doesNotContain("邻里都不知道的事", "王小明", "13800000000", way.number().shown());
            }
        }
        var missing = as(county.handler).get("/matters/1234567890123");
        assertThat(missing.status()).isEqualTo(404);
    }


    @Test
    void showsContactsOnlyToWhoHandlesIt() {
        Way way = Way.registered(context, county, "道路照明").sorted().assigned();
        String handler = as(county.handler).get(way.page()).body();
        assertThat(handler).contains("道路照明", Way.WORDS, "王**", "138****00", "甲一村", "道路局", way.number().shown()).doesNotContain("王小明", "13800000000");
        String supervisor = as(county.supervisor).get(way.page()).body();
        assertThat(supervisor).contains("道路照明", "只有正在办理的单位可以查看").doesNotContain("王小明", "13800000000");
        String town = as(county.townSupervisorA).get(way.page()).body();
        assertThat(town).contains("道路照明").doesNotContain("13800000000");
    }

    @Test
    void offersWhatThisPersonMayDoAndNothingElse() {
        Way way = Way.registered(context, county, "谁能办什么").sorted().assigned();
        String handler = as(county.handler).get(way.page()).body();
        assertThat(handler).contains("/act/accept\"", "/act/return\"").doesNotContain("/act/assign\"", "/act/verify\"", "/act/new-code\"");
        String supervisor = as(county.supervisor).get(way.page()).body();
        assertThat(supervisor).doesNotContain("/act/accept\"", "/act/assign\"");
        assertThat(as(county.auditor).get(way.page()).body()).contains("现在没有需要您办理的步骤");
    }

    @Test
    void writesDownWhoLookedOnceAnHour() {
        Way way = Way.registered(context, county, "谁看过").sorted().assigned();
        Visitor handler = as(county.handler);
        handler.get(way.page());
        handler.get(way.page());
        assertThat(looks(way.id(), county.handler.person())).isEqualTo(1);
        assertThat(looks(way.id(), county.verifier.person())).isZero();
        assertThat(county.<Long>as(county.handler, () -> transactions.execute(_ -> jdbc.sql("select count(*) from access.look").query(Long.class).single())))
                .isZero();
    }

    private long looks(UUID matter, UUID person) {
        return Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc
                .sql("select count(*) from access.look where matter = ? and person = ?").params(matter, person).query(Long.class).single()));
    }

    @Test
    void tellsTheHistoryWithWhoAndADigest() {
        Way way = Way.registered(context, county, "办结的事").sorted().assigned().accepted().answered().closed();
        String body = as(county.dispatcher).get(way.page()).body();
        assertThat(body).contains("签收", "路灯已经修好，欢迎监督。", "试验handler", "留痕摘要", "已解决", "这件事已经办结");
        String history = body.substring(body.indexOf("id=\"history\""));
        assertThat(history.indexOf("核查办结")).isPositive().isLessThan(history.indexOf("登记来访来电"));
    }

    @Test
    void showsMarkupInEveryFieldAsWords() {
        String nasty = "<script>alert(1)</script>'\"; drop table matters.matter; --";
        Way way = Way.registered(context, county, county.clerk, nasty, Map.of("description", nasty, "place-words", nasty, "name", "<b>王</b>"));
        String body = as(county.dispatcher).get(way.page()).body();
        assertThat(body).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert(1)", "<b>王</b>");
        assertThat(as(county.dispatcher).get("/queue").body()).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert(1)");
    }

    @Test
    void keepsAComplaintFromTheOfficeItIsAbout() {
        Way way = Way.registered(context, county, county.clerk, "反映道路局推诿",
                Map.of("about-office", "true", "accused", county.roads.id().toString()));
        assertThat(as(county.handler).get(way.page()).status()).isEqualTo(404);
        assertThat(as(county.roadsHead).get("/queue").body()).doesNotContain("反映道路局推诿");
        assertThat(as(county.organDispatcher).get(way.page()).body()).contains("反映道路局推诿", "涉及机关单位");
    }
}
