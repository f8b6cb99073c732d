package org.heshi;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.heshi.Browser.Visit;
import org.heshi.DemoVisits.Receipt;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.directory.Roster;
import org.heshi.directory.Unit;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.identity.Accounts;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Uuid7;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * One petition of the demo county from the petitioner's telephone to the end of its path: routed, taken on, replied to in writing, reviewed, heard and
 * re-reviewed, each person in a browser of their own. Axe and the width are asked of every page on the way; the pictures stand in the documents.
 */
@DemoTest
class PetitionJourneyTests {

    /** Noise from a building site: the county's rule gives it to the bureau where the demo's handler works. */
    private static final String NOISE = "030302";

    @LocalServerPort
    int port;
    @Autowired
    InstantSource clock;
    @Autowired
    Accounts accounts;
    @Autowired
    Divisions divisions;
    @Autowired
    Directory directory;
    @Autowired
    Roster roster;

    DemoVisits visits;

    static Stream<Arguments> browsers() {
        List<Arguments> browsers = new ArrayList<>(List.of(Arguments.of(360, false)));
        if (Boolean.getBoolean("heshi.full") || Boolean.getBoolean("heshi.screenshots")) {
            browsers.add(Arguments.of(1280, true));
        }
        if (Boolean.getBoolean("heshi.full")) {
            browsers.addAll(List.of(Arguments.of(360, true), Arguments.of(1280, false)));
        }
        return browsers.stream();
    }

    @ParameterizedTest
    @MethodSource("browsers")
    void takesAPetitionFromTheTelephoneToReReview(int width, boolean scripts) {
        visits = new DemoVisits(port, width, scripts);
        Unit reviewing = unit("绍兴市信访局", "3306");
        Unit above = unit("浙江省信访局", "33");
        UUID reviewer = post("mediator", reviewing, "复查岗");
        UUID reReviewer = post("auditor", above, "复核岗");

        Receipt receipt = reports();
        String number = MatterNumber.parse(receipt.number()).orElseThrow().digits();
        isRouted(number);
        isHandled(number);
        isVerified(number);
        asksForReview(receipt);
        isSentUp(number, "assign-review", "绍兴市信访局", reviewing);
        isReviewed(number, reviewer);
        asksForReReview(receipt);
        isSentUp(number, "assign-recheck", "浙江省信访", above);
        isHeard(number, reReviewer);
        readsOfTheHearing(receipt);
        isReReviewed(number, reReviewer);
        readsTheEnd(receipt);
    }

    private Receipt reports() {
        try (Visit visit = visits.stranger()) {
            Page page = visit.go("/report");
            page.fill("[name=title]", "工地噪声罚款该不该退");
            page.fill("[name=description]", "去年工地停工整改，罚款交了两次。\n我要求退还多交的一次，并给我书面答复。");
            page.click("button.btn-primary[value=next]");
            Division village = DemoVisits.village(divisions);
            page.fill("#place", village.name());
            if (visits.scripts()) {
                page.waitForSelector("#place-found input[type=radio]");
            } else {
                page.click("button[name=find][value=place]");
            }
            page.check("#place-found input[value='" + village.code() + "']");
            page.click("button.btn-primary[value=next]");
            page.fill("[name=name]", "赵明");
            page.fill("[name=phone]", "13800000000");
            page.click("button.btn-primary[value=send]");
            return Receipt.on(page);
        }
    }

    private void isRouted(String number) {
        try (Visit visit = visits.staff("clerk")) {
            does(visit, number, "confirm", _ -> { });
        }
        try (Visit visit = visits.staff("dispatcher")) {
            does(visit, number, "sort", page -> {
                page.check("[name=kind][value=petition]");
                page.selectOption("[name=category]", NOISE);
                page.check("[name=level][value=blue]");
            });
            Page page = open(visit, number);
            assertThat(page.innerText("main")).contains("待转送交办", "登记转送期限", "信访工作条例");
            page.click("a[href$='/act/assign']");
            page.click("a[href$='use=suggestion']");
            page.check("[name=sort][value=claim]");
            page.check("[name=manner][value=assigned]");
            page.fill("[name=reason]", "行政处罚由综合行政执法局作出，请依法处理并报送结果。");
            visit.show("petition-assign");
            DemoVisits.send(page);
            // assigned needs a term
            assertThat(page.innerText(".errors")).contains("请填写此项");
            page.check("[name=term][value=d45]");
            visit.check("petition-assign-refused");
            DemoVisits.send(page);
            assertThat(page.innerText("main")).contains("待受理告知", "交办时限", "受理告知期限");
        }
    }

    private void isHandled(String number) {
        try (Visit visit = visits.staff("handler")) {
            does(visit, number, "accept", page -> {
                page.fill("[name=notice]", "您的申诉求决事项决定受理，六十日内书面答复。");
                visit.check("petition-accept");
            });
            assertThat(visit.page().innerText("main")).contains("已受理，办理中", "办理期限", "第三十四条");
            does(visit, number, "handle", page -> page.fill("[name=done]", "调取处罚卷宗和缴款凭证核对。"));
            Page page = open(visit, number);
            page.click("a[href$='/act/answer']");
            page.fill("[name=requests]", "要求退还多交的一次罚款。");
            page.fill("[name=facts]", "经查，两次缴款对应两份处罚决定书，分别为五月和六月作出，没有重复。");
            page.check("[name=opinion][value=not-supported]");
            page.fill("[name=answer]", "两次处罚针对两次不同的违法施工，罚款不予退还。");
            page.fill("[name=ground]", "《中华人民共和国行政处罚法》第二十九条。");
            visit.show("petition-opinion");
            DemoVisits.send(page);
            // nobody is replied to without being told of review
            assertThat(page.innerText(".errors")).contains("已告知三十日内可以请求复查");
            page.check("[name=told]");
            DemoVisits.send(page);
            assertThat(page.innerText("main")).contains("已书面答复，待核查送达");
        }
    }

    private void isVerified(String number) {
        try (Visit visit = visits.staff("verifier")) {
            does(visit, number, "verify", page -> {
                page.check("[name=asked][value=asked]");
                page.check("[name=resolved][value=no]");
                page.check("[name=satisfied][value=no]");
                page.check("[name=outcome][value=not-supported]");
                visit.check("petition-verify");
            });
            assertThat(visit.page().innerText("main")).contains("已答复，等待信访人");
        }
    }

    private void asksForReview(Receipt receipt) {
        try (Visit visit = visits.entering(receipt)) {
            Page page = visit.page();
            assertThat(page.innerText("main")).contains("请求复查的期限", "信访工作条例", "第三十五条", "罚款不予退还", "两份处罚决定书");
            visit.show("petition-replied");
            page.click("a[href*='/papers/']:has-text('信访处理意见〔')");
            assertThat(page.innerText("article.paper")).contains("赵明：", "罚款不予退还", "行政处罚法", "信访工作条例", "第三十二条");
            visit.show("petition-paper");
            page.click("main .actions a");
            page.click("a[href$='/act/rate']");
            page.check("input[name=rating][value='2']");
            page.fill("[name=comment]", "办理快，说理还不够。");
            DemoVisits.send(page);
            page.click("a[href$='/act/ask-review']");
            page.fill("[name=reason]", "六月那次并没有施工，有停工通知为证。");
            visit.check("petition-ask-review");
            DemoVisits.send(page);
            assertThat(page.innerText("main")).contains("已收到复查请求", "复查期限");
        }
    }

    private void isSentUp(String number, String action, String typed, Unit to) {
        try (Visit visit = visits.staff("dispatcher")) {
            Page page = open(visit, number);
            page.click("a[href$='/act/" + action + "']");
            assertThat(page.locator(".suggestion").count()).as("no rule says who reviews").isZero();
            page.fill("#lead", typed);
            if (visits.scripts()) {
                page.waitForSelector("#lead-found input[value='" + to.id() + "']");
            } else {
                page.click("button[name=find][value=lead]");
            }
            page.check("#lead-found input[value='" + to.id() + "']");
            visit.check("petition-" + action);
            DemoVisits.send(page);
            assertThat(page.innerText("main")).contains(to.name());
        }
    }

    private void isReviewed(String number, UUID post) {
        try (Visit visit = visits.staff("mediator", post)) {
            Page page = open(visit, number);
            assertThat(page.innerText("main")).contains("六月那次并没有施工", "两份处罚决定书");
            page.click("a[href*='/papers/']:has-text('信访处理意见〔')");
            assertThat(page.innerText("article.paper")).contains("罚款不予退还").doesNotContain("回复期限", "还没有回复");
            visit.check("petition-paper-staff");
            page = open(visit, number);
            page.click("a[href$='/act/review-decide']");
            page.check("[name=outcome][value=kept]");
            page.fill("[name=facts]", "停工通知为七月一日作出，六月二十日现场检查笔录记载正在施工。");
            page.fill("[name=answer]", "维持原处理意见。");
            page.fill("[name=ground]", "《信访工作条例》第三十五条。");
            page.check("[name=told]");
            visit.show("petition-review");
            DemoVisits.send(page);
            assertThat(page.innerText("main")).contains("已复查，等待信访人");
        }
    }

    private void asksForReReview(Receipt receipt) {
        try (Visit visit = visits.entering(receipt)) {
            Page page = visit.page();
            assertThat(page.innerText("main")).contains("维持原处理意见。", "请求复核的期限", "第三十六条");
            visit.check("petition-reviewed");
            page.click("a[href$='/act/ask-recheck']");
            page.fill("[name=reason]", "请求当面听证。");
            DemoVisits.send(page);
            assertThat(page.innerText("main")).contains("请求复核");
        }
    }

    private void isHeard(String number, UUID post) {
        try (Visit visit = visits.staff("auditor", post)) {
            does(visit, number, "recheck-hearing", page -> {
                page.fill("[name=at]", "2099-03-02T09:30");
                page.fill("[name=place]", "市信访听证中心二楼");
                page.check("[name=reason][value=asked]");
                visit.check("petition-hearing");
            });
            assertThat(visit.page().innerText("main")).contains("信访人申请");
        }
    }

    private void readsOfTheHearing(Receipt receipt) {
        try (Visit visit = visits.entering(receipt)) {
            assertThat(visit.page().innerText("main")).contains("市信访听证中心二楼", "2099");
            visit.show("petition-hearing-told");
        }
    }

    private void isReReviewed(String number, UUID post) {
        try (Visit visit = visits.staff("auditor", post)) {
            does(visit, number, "recheck-hearing-held", page -> {
                page.check("[name=held][value=held]");
                page.fill("[name=record]", "双方到场，出示停工通知和检查笔录，充分陈述。");
            });
            does(visit, number, "recheck-decide", page -> {
                page.check("[name=outcome][value=kept]");
                page.fill("[name=facts]", "听证查明的事实与复查一致。");
                page.fill("[name=answer]", "维持复查意见，信访程序终结。");
                page.fill("[name=ground]", "《信访工作条例》第三十六条。");
                page.check("[name=told]");
            });
            assertThat(visit.page().innerText("main")).contains("复核终结", "不予支持");
        }
    }

    private void readsTheEnd(Receipt receipt) {
        try (Visit visit = visits.entering(receipt)) {
            Page page = visit.page();
            assertThat(page.innerText("main")).contains("复核终结", "维持复查意见，信访程序终结。", "仍以同一事实和理由提出的，不再受理", "反映人不服答复，请求复查", "反映人不服复查意见，请求复核");
            assertThat(page.locator("a[href$='/act/reopen'], a[href$='/act/ask-review']").count()).isZero();
            visit.show("petition-ended");
            page.click("a[href$='/act/rate']");
            page.check("input[name=rating][value='3']");
            DemoVisits.send(page);
        }
    }

    // ---- people and pages

    private void does(Visit visit, String number, String action, java.util.function.Consumer<Page> fill) {
        Page page = open(visit, number);
        page.click("a[href$='/act/" + action + "']");
        fill.accept(page);
        DemoVisits.send(page);
        assertThat(page.locator(".errors").count()).as(() -> action + ": " + page.innerText("main")).isZero();
    }

    private static Page open(Visit visit, String number) {
        return visit.go("/matters/" + number);
    }

    private Unit unit(String name, String within) {
        return directory.searchUnits(name, within, 5).getFirst();
    }

    /** One more post for somebody of the demo: no unit and no account more, other tests count them. */
    private UUID post(String name, Unit unit, String title) {
        UUID person = accounts.findByName(name).orElseThrow().person();
        UUID post = Uuid7.at(clock.instant());
        Acting.run(new Actor.Machine("test"), () -> roster.enter(new Roster.Entries(Instant.parse("2026-01-01T00:00:00Z"), List.of(), List.of(),
                List.of(new Roster.NewPost(post, unit.id(), title, Set.of(Role.HANDLER), Optional.empty())),
                List.of(new Roster.NewHolding(post, person)), List.of(), List.of())));
        return post;
    }
}
