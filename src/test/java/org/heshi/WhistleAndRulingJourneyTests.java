package org.heshi;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.heshi.Browser.Visit;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.identity.Accounts;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * What units cannot settle among themselves, in the browsers of those who must: a town whistles three departments in and rates them; two departments
 * send a matter back and the centre rules. Axe and the width are asked of the pages on the way; the pictures stand in the documents.
 */
@DemoTest
class WhistleAndRulingJourneyTests {

    private static final String COUNTY = "330681";

    @LocalServerPort
    int port;
    @Autowired
    Matters matters;
    @Autowired
    Directory directory;
    @Autowired
    Divisions divisions;
    @Autowired
    Accounts accounts;
    @Autowired
    InstantSource clock;

    DemoVisits visits;
    Answer.Done at;

    /** A telephone in every run; an office as well with {@code heshi.full} and for the pictures. */
    static IntStream widths() {
        return Boolean.getBoolean("heshi.full") || Boolean.getBoolean("heshi.screenshots") ? IntStream.of(360, 1280) : IntStream.of(360);
    }

    @ParameterizedTest
    @MethodSource("widths")
    void aTownCallsThreeDepartmentsInAndRatesThem(int width) {
        visits = new DemoVisits(port, width, false);
        sorted("桥下长期堆放垃圾和杂物", "桥下堆了几年的垃圾杂物，雨天冲进河里，堵住了泄洪口。");
        Unit town = directory.searchUnits("枫桥镇人民政府", COUNTY, 20).stream().filter(unit -> unit.type() == UnitType.TOWN).findFirst().orElseThrow();
        does(demo("dispatcher"), "assign", Map.of("lead", town.id().toString(), "reason", "属地办理"));
        does(demo("townhandler"), "accept", Map.of());
        String number = at.number().digits();
        try (Visit visit = visits.staff("townhandler")) {
            Page page = open(visit, number);
            page.click("a[href$='/act/whistle']");
            page.check("[name=sort][value=joint]");
            for (String department : List.of("综合行政执法局", "交通运输局", "水利局")) {
                pick(page, "departments", department);
            }
            page.fill("[name=request]", "镇里已登记、通知限期清理，到期未动。请三家到场：执法局依法拆除，交通局清理桥下空间，水利局疏通泄洪口。");
            visit.show("whistle");
            DemoVisits.send(page);
            assertThat(page.innerText("main")).contains("吹哨", "综合行政执法局", "水利局");
        }
        try (Visit visit = visits.staff("townhead")) {
            Page page = visit.go("/matters/" + number);
            page.click("a[href$='/act/approve-whistle']");
            visit.check("whistle-approve");
            page.fill("[name=words]", "同意吹哨。");
            DemoVisits.send(page);
            assertThat(page.innerText("main")).containsPattern("吹哨〔20[0-9]{2}〕[0-9]+号");
        }
        for (String department : List.of("handler", "transport")) {
            try (Visit visit = visits.staff(department)) {
                Page page = visit.go("/queue");
                String called = page.getAttribute("tr:has-text('吹哨报到'):has-text('桥下长期堆放垃圾和杂物') a >> nth=0", "href");
                visit.go(called);
                assertThat(page.innerText("main")).contains("报到时限", "反馈时限", "待报到");
                visit.check("whistle-called");
                page.click("a[href$='/act/report-in']");
                page.fill("[name=contact]", "承办科室 0575-00000000");
                DemoVisits.send(page);
                page.click("a[href$='/act/done']");
                page.fill("[name=done]", "已到场联合清理，清运两车，桥下空间已围挡。");
                DemoVisits.send(page);
                assertThat(page.innerText("main")).contains("已反馈，待评价");
            }
        }
        try (Visit visit = visits.staff("townhandler")) {
            Page page = visit.go("/queue");
            visit.go(page.getAttribute("tr:has-text('吹哨报到'):has-text('桥下长期堆放垃圾和杂物') a >> nth=0", "href"));
            page.click("a[href$='/act/rate-department']");
            page.check("[name=arrival][value=in-time]");
            page.check("[name=outcome][value=done]");
            page.check("[name=mark][value=good]");
            visit.show("whistle-rate");
            DemoVisits.send(page);
            assertThat(page.innerText("main")).contains("已评价", "已办到");
        }
        try (Visit visit = visits.staff("supervisor")) {
            Page page = visit.go("/supervision/whistles");
            assertThat(page.innerText("main")).contains("桥下长期堆放垃圾和杂物", "水利局");
            visit.show("whistles");
        }
    }

    @ParameterizedTest
    @MethodSource("widths")
    void theCentreRulesWhatTwoDepartmentsSendBack(int width) {
        visits = new DemoVisits(port, width, false);
        sorted("公交站旁边堆了一堆渣土", "公交站旁边堆了一堆渣土，谁也不来拉。");
        for (String department : List.of("handler", "transport")) {
            does(demo("dispatcher"), "assign", Map.of("lead", demo(department).unit().toString(), "reason", "按职责分工办理"));
            does(demo(department), "return", Map.of("reason", "核实后认为不属于本单位职责"));
        }
        String number = at.number().digits();
        try (Visit visit = visits.staff("dispatcher")) {
            Page page = open(visit, number);
            assertThat(page.querySelectorAll("a[href$='/act/assign']")).as("it is not passed on a third time").isEmpty();
            page.click("a[href$='/act/rule']");
            pick(page, "lead", "综合行政执法局");
            page.fill("[name=ruling]", "两家意见已核实。渣土倾倒由综合行政执法局查处和清运，交通运输局配合核实车辆。");
            visit.show("ruling");
            DemoVisits.send(page);
            assertThat(page.innerText("main")).containsPattern("裁定〔20[0-9]{2}〕[0-9]+号").contains("待签收");
            visit.show("ruled");
        }
        try (Visit visit = visits.staff("handler")) {
            Page page = open(visit, number);
            assertThat(page.querySelectorAll("a[href$='/act/accept']")).hasSize(1);
            assertThat(page.querySelectorAll("a[href$='/act/return']")).as("the ruling binds").isEmpty();
            assertThat(page.innerText("#charges")).contains("综合行政执法局", "交通运输局");
        }
        try (Visit visit = visits.staff("supervisor")) {
            Page page = visit.go("/supervision/rulings");
            assertThat(page.innerText("main")).contains("综合行政执法局");
            visit.show("rulings");
        }
    }

    private void sorted(String title, String words) {
        Division town = divisions.children(COUNTY).stream().filter(place -> place.name().equals("枫桥镇")).findFirst().orElseThrow();
        String village = divisions.children(town.code()).getFirst().code();
        at = (Answer.Done) Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", Map.of("title", title, "description", words, "place", village,
                "name", "王小明", "phone", "13800000000"), UUID.randomUUID().toString())));
        does(demo("clerk"), "confirm", Map.of());
        does(demo("dispatcher"), "sort", Map.of("kind", "service", "category", "020301", "level", "yellow"));
    }

    private void does(Actor who, String action, Map<String, Object> input) {
        Answer answer = Acting.as(who, () -> matters.act(Act.on(at.matter(), action, input, at.version(), UUID.randomUUID().toString())));
        assertThat(answer).as(action).isInstanceOf(Answer.Done.class);
        at = (Answer.Done) answer;
    }

    private Actor.Staff demo(String account) {
        UUID person = accounts.findByName(account).orElseThrow().person();
        return new Actor.Staff(directory.heldPosts(person, clock.instant()).getFirst());
    }

    private static Page open(Visit visit, String number) {
        visit.go("/queue");
        return visit.go("/matters/" + number);
    }

    /** Types the name, presses the button and chooses, as without scripts. */
    private static void pick(Page page, String field, String name) {
        page.fill("[name='" + field + ".find']", name);
        page.click("button[name=find][value=" + field + "]");
        page.check("#" + field + "-found label:has-text('" + name + "') >> nth=0");
    }
}
