package org.heshi.matters.matter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.heshi.matters.Way;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@HeshiTest
class ActingOnAMatterTests {

    private static final Pattern HIDDEN = Pattern.compile("name=\"(form\\.version|form\\.key)\" value=\"([^\"]+)\"");

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

    /** Opens the form and fills it. */
    private static Map<String, String> form(Visitor visitor, String path, Map<String, String> typed) {
        var page = visitor.get(path);
        assertThat(page.status()).as(path).isEqualTo(200);
        Map<String, String> fields = new HashMap<>();
        Matcher hidden = HIDDEN.matcher(page.body());
        while (hidden.find()) {
            fields.put(hidden.group(1), hidden.group(2));
        }
        fields.putAll(typed);
        return fields;
    }

    @Test
    void goesFromRegisteredToClosedByThePagesAlone() {
        Way way = Way.registered(context, county, "全程都在页面上");
        Visitor dispatcher = as(county.dispatcher);
        String sort = way.page() + "/act/sort";
        var sorted = dispatcher.post(sort, form(dispatcher, sort, Map.of("kind", "service", "category", County.ROADS, "level", "yellow")));
        assertThat(sorted.status()).isEqualTo(303);
        assertThat(sorted.location()).isEqualTo(way.page());
        String assign = way.page() + "/act/assign";
        var assigned = dispatcher.post(assign, form(dispatcher, assign,
                Map.of("lead", county.roads.id().toString(), "helpers", county.water.id().toString(), "reason", "职责所在")));
        assertThat(assigned.status()).isEqualTo(303);
        assertThat(dispatcher.get(assigned.location()).body()).contains("已提交", county.roads.name(), county.water.name());

        Visitor handler = as(county.handler);
        for (var step : new String[][] {{"accept", "contact", ""}, {"handle", "done", "换了灯泡"}, {"answer", "answer", "已经修好"}}) {
            String path = way.page() + "/act/" + step[0];
            assertThat(handler.post(path, form(handler, path, Map.of(step[1], step[2]))).status()).as(step[0]).isEqualTo(303);
        }
        Visitor verifier = as(county.verifier);
        String verify = way.page() + "/act/verify";
        String page = verifier.get(verify).body();
        assertThat(page).contains(Way.WORDS, "已经修好", "待核查的答复");
        assertThat(verifier.post(verify, form(verifier, verify, Map.of("asked", "seen", "outcome", "resolved"))).status()).isEqualTo(303);
        assertThat(way.state()).isEqualTo("closed");
    }

    @Test
    void suggestsWhoHandlesItAndDoesNothingByItself() {
        Way way = Way.registered(context, county, "由谁办").sorted();
        Visitor dispatcher = as(county.dispatcher);
        String path = way.page() + "/act/assign";
        String page = dispatcher.get(path).body();
        assertThat(page).contains("系统建议的承办单位", county.roads.name(), county.water.name(), "分工规则");
        assertThat(page).doesNotContainPattern("value=\"" + county.roads.id() + "\"\\s+checked");
        String used = dispatcher.get(path + "?use=suggestion").body();
        assertThat(used).containsPattern("value=\"" + county.roads.id() + "\"\\s+checked").containsPattern("value=\"" + county.water.id() + "\"\\s+checked");
        assertThat(way.state()).isEqualTo("registered");
    }

    @Test
    void findsALeadByTypingWithoutScripts() {
        Way way = Way.registered(context, county, "找单位").sorted();
        Visitor dispatcher = as(county.dispatcher);
        String path = way.page() + "/act/assign";
        var found = dispatcher.post(path, form(dispatcher, path, Map.of("lead.find", "水务局", "find", "lead", "reason", "先写好的理由")));
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.body()).contains(county.water.id().toString(), "先写好的理由");
        assertThat(way.state()).isEqualTo("registered");
    }

    @Test
    void returnsOnlyWithAReasonAndKeepsTheFormUntilThere() {
        Way way = Way.registered(context, county, "不归我们管").sorted().assigned();
        Visitor handler = as(county.handler);
        String path = way.page() + "/act/return";
        var refused = handler.post(path, form(handler, path, Map.of("reason", "  ")));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("id=\"reason-errors\"", "href=\"#reason\"");
        var done = handler.post(path, form(handler, path, Map.of("reason", "该路段属乡道，由镇管理")));
        assertThat(done.status()).isEqualTo(303);
        assertThat(as(county.dispatcher).get("/queue").body()).contains("不归我们管");
    }

    @Test
    void tellsWhoWasFasterAndKeepsWhatWasTyped() {
        Way way = Way.registered(context, county, "两人同时办").sorted().assigned().accepted();
        Visitor handler = as(county.handler);
        String path = way.page() + "/act/handle";
        Map<String, String> typed = form(handler, path, Map.of("done", "我写了很久的处理情况"));
        way.does(county.secondHandler, "progress", Map.of("progress", "同事先报了进展"));
        var stale = handler.post(path, typed);
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.body()).contains("我写了很久的处理情况", "同事先报了进展", "试验handler2", "有了新的变化");
        Map<String, String> again = new HashMap<>(typed);
        Matcher hidden = HIDDEN.matcher(stale.body());
        while (hidden.find()) {
            again.put(hidden.group(1), hidden.group(2));
        }
        assertThat(handler.post(path, again).status()).isEqualTo(303);
        assertThat(way.state()).isEqualTo("handled");
    }

    @Test
    void keepsWhatWasTypedWhenTheStepCannotBeTakenAnyMore() {
        Way way = Way.registered(context, county, "同事已经办完").sorted().assigned().accepted();
        Visitor handler = as(county.handler);
        String path = way.page() + "/act/handle";
        Map<String, String> typed = form(handler, path, Map.of("done", "白写的处理情况"));
        way.does(county.secondHandler, "handle", Map.of("done", "同事办完了"));
        var stale = handler.post(path, typed);
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.body()).contains("白写的处理情况", "这一步现在不能再提交");
    }

    @Test
    void actsOnceOnADoubleClick() {
        Way way = Way.registered(context, county, "双击").sorted().assigned();
        Visitor handler = as(county.handler);
        String path = way.page() + "/act/accept";
        Map<String, String> typed = form(handler, path, Map.of());
        int before = way.version();
        assertThat(handler.post(path, typed).status()).isEqualTo(303);
        assertThat(handler.post(path, typed).status()).isEqualTo(303);
        assertThat(way.version()).isEqualTo(before + 1);
    }

    @Test
    void answersADoubleClickOnHandingItAwayTheSame() {
        Way way = Way.registered(context, county, "点两下退回").sorted().assigned();
        Visitor handler = as(county.handler);
        String path = way.page() + "/act/return";
        Map<String, String> typed = form(handler, path, Map.of("reason", "不归我们管"));
        var first = handler.post(path, typed);
        assertThat(first.status()).isEqualTo(303);
        assertThat(first.location()).isEqualTo("/queue");
        var again = handler.post(path, typed);
        assertThat(again.status()).isEqualTo(303);
        assertThat(again.location()).isEqualTo("/queue");
        assertThat(as(county.waterHandler).get(path).status()).isEqualTo(404);
        assertThat(handler.post(way.page() + "/act/accept", typed).status()).as("another action under that key").isEqualTo(404);
    }

    @Test
    void letsNobodyVerifyTheirOwnAnswer() {
        Way way = Way.registered(context, county, county.townClerkA, "自己办自己核", Map.of());
        way.does(county.townClerkA, "sort", Map.of("kind", "service", "category", County.ROADS, "level", "blue"));
        way.does(county.townClerkA, "assign", Map.of("lead", county.centreA.id().toString(), "reason", "本镇自己办"));
        way.does(county.townClerkA, "accept", Map.of());
        way.does(county.townClerkA, "handle", Map.of("done", "办好了"));
        way.does(county.townClerkA, "answer", Map.of("answer", "办好了"));
        Visitor town = as(county.townClerkA);
        assertThat(town.get(way.page()).body()).doesNotContain("/act/verify\"");
        assertThat(town.get(way.page() + "/act/verify").location()).isEqualTo(way.page());
        town.get(way.page() + "/act/note");
        var forced = town.post(way.page() + "/act/verify", Map.of("form.version", Integer.toString(way.version()), "form.key",
                UUID.randomUUID().toString(), "asked", "seen", "outcome", "resolved"));
        assertThat(forced.status()).isEqualTo(422);
        assertThat(way.state()).isEqualTo("answered");
        County.Member colleague = county.hire(county.centreA, "colleague", Role.VERIFIER);
        assertThat(as(colleague).get(way.page()).body()).contains("/act/verify\"");
    }

    @Test
    void leadsOnToTheNextInTheQueue() {
        Way one = Way.registered(context, county, "第一件").sorted().assigned();
        Way two = Way.registered(context, county, "第二件").sorted().assigned();
        Visitor handler = as(county.handler);
        String path = one.page() + "/act/accept";
        Map<String, String> typed = form(handler, path, Map.of("then", "next"));
        assertThat(handler.post(path, typed).location()).isEqualTo(two.page());
    }

    @Test
    void givesANewCodeOnlyWithHowItWasChecked() {
        Way way = Way.registered(context, county, "忘了查询码");
        Visitor clerk = as(county.clerk);
        String path = way.page() + "/act/new-code";
        assertThat(clerk.post(path, form(clerk, path, Map.of())).status()).isEqualTo(422);
        var given = clerk.post(path, form(clerk, path, Map.of("checked", "id-card")));
        assertThat(given.status()).isEqualTo(200);
        assertThat(given.body()).contains("新的查询码", way.number().shown());
    }

    @Test
    void refusesAnActionThatThePageDoesNotOffer() {
        Way way = Way.registered(context, county, "不该你办").sorted().assigned();
        Visitor supervisor = as(county.supervisor);
        assertThat(supervisor.get(way.page() + "/act/accept").location()).isEqualTo(way.page());
        supervisor.get("/board");
        Visitor handler = as(county.handler);
        handler.get(way.page() + "/act/accept");
        var refused = handler.post(way.page() + "/act/verify", Map.of("form.version", Integer.toString(way.version()),
                "form.key", UUID.randomUUID().toString(), "asked", "seen", "outcome", "resolved"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(handler.post(way.page() + "/act/no-such-action", Map.of()).status()).isEqualTo(404);
        assertThat(way.state()).isEqualTo("assigned");
    }
}
