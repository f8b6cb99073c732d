package org.heshi.matters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.matters.Way;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@HeshiTest
class MyQueueTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;

    County county;

    @BeforeEach
    void aCounty() {
        county = County.make(context);
    }

    private Visitor as(County.Member member) {
        return county.signedIn(new Visitor(port), member);
    }

    @Test
    void sendsAStrangerToSignIn() {
        for (String path : new String[] {"/queue", "/matters", "/board", "/board/matters", "/desk/register", "/templates"}) {
            var answer = new Visitor(port).get(path);
            assertThat(answer.location()).as(path).startsWith("/sign-in");
        }
    }

    @Test
    void leadsAPostWithoutAQueueToWhatItHas() {
        assertThat(as(county.supervisor).get("/queue").location()).isEqualTo("/board");
        assertThat(as(county.administrator).get("/queue").location()).isEqualTo("/admin/units");
        assertThat(as(county.handler).get("/queue").status()).isEqualTo(200);
    }

    @Test
    void showsWhatWaitsForTheUnitAndNothingOfANeighbours() {
        Way way = Way.registered(context, county, "甲一村路灯不亮").sorted().assigned();
        assertThat(as(county.handler).get("/queue").body()).contains("甲一村路灯不亮", way.number().shown(), "待签收");
        assertThat(as(county.roadsHead).get("/queue").body()).contains("甲一村路灯不亮");
        assertThat(as(county.waterHandler).get("/queue").body()).doesNotContain("甲一村路灯不亮", way.number().shown()).contains("现在没有待办事项");
        assertThat(as(county.townClerkB).get("/queue").body()).doesNotContain("甲一村路灯不亮");
    }

    @Test
    void putsRedBeforeWhatHasWaitedLonger() {
        Way.registered(context, county, "先到的蓝色事项");
        Way.registered(context, county, county.clerk, "后到的红色事项", Map.of("level", "red"));
        String body = as(county.dispatcher).get("/queue").body();
        assertThat(body.indexOf("后到的红色事项")).isPositive().isLessThan(body.indexOf("先到的蓝色事项"));
    }

    @Test
    void pagesByKeyAndCountsByState() {
        for (int i = 0; i < 32; i++) {
            Way.registered(context, county, "第" + i + "件");
        }
        Visitor dispatcher = as(county.dispatcher);
        String first = dispatcher.get("/queue?state=registered").body();
        assertThat(first).contains("tab-count\">32<");
        Matcher next = Pattern.compile("href=\"(/queue\\?[^\"]+)\" rel=\"next\"").matcher(first);
        assertThat(next.find()).isTrue();
        String second = dispatcher.get(next.group(1).replace("&amp;", "&")).body();
        assertThat(second).contains("第30件", "第31件").doesNotContain("第29件", "rel=\"next\"");
    }

    @Test
    void signsForManyAndSaysWhatWasNotDone() {
        Way one = Way.registered(context, county, "第一件").sorted().assigned();
        Way moved = Way.registered(context, county, "第二件").sorted().assigned();
        Way foreign = Way.registered(context, county, "别家的事");
        Visitor handler = as(county.handler);
        String page = handler.get("/queue").body();
        assertThat(page).contains(one.number().digits() + ":" + one.version());
        String picks = pick(one, one.version()) + pick(moved, moved.version()) + pick(foreign, 1);
        moved.does(county.dispatcher, "note", Map.of("note", "请先看现场"));
        var answer = handler.postBody("/queue/accept", picks + "key=" + UUID.randomUUID() + "&_csrf=" + encoded(handler.token()),
                "application/x-www-form-urlencoded");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("已签收 1 件，有 2 件没有签收", "别人已经办理了这件事", "这件事已经不在本单位").doesNotContain("别家的事");
        assertThat(one.state()).isEqualTo("accepted");
        assertThat(moved.state()).isEqualTo("assigned");
        assertThat(foreign.state()).isEqualTo("registered");
    }

    @Test
    void signsOnceHoweverOftenTheButtonIsPressed() {
        Way way = Way.registered(context, county, "双击的事项").sorted().assigned();
        Visitor handler = as(county.handler);
        handler.get("/queue");
        String body = pick(way, way.version()) + "key=" + UUID.randomUUID() + "&_csrf=" + encoded(handler.token());
        for (int i = 0; i < 2; i++) {
            var answer = handler.postBody("/queue/accept", body, "application/x-www-form-urlencoded");
            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.location()).isEqualTo("/queue");
        }
        assertThat(way.version()).isEqualTo(4);
        assertThat(handler.get("/queue").body()).contains("已签收 1 件");
    }

    @Test
    void endsWithThePost() {
        Way.registered(context, county, "离任后看不到的事").sorted().assigned();
        Visitor second = as(county.secondHandler);
        assertThat(second.get("/queue").body()).contains("离任后看不到的事");
        county.end(county.secondHandler);
        var answer = second.get("/queue");
        assertThat(answer.status()).isNotEqualTo(200);
        assertThat(answer.body()).doesNotContain("离任后看不到的事");
    }

    @Test
    void survivesNonsenseInTheAddress() {
        Visitor handler = as(county.handler);
        assertThat(handler.get("/queue?after=x%00y&state=%3Cscript%3E").status()).isIn(200, 400);
        assertThat(handler.get("/matters?after=%27%3Bdrop").status()).isIn(200, 400);
    }

    private static String pick(Way way, int version) {
        return "pick=" + encoded(way.number().digits() + ":" + version) + "&";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
