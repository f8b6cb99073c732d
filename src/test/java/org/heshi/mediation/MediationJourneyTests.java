package org.heshi.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.FilePayload;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.heshi.Browser.Visit;
import org.heshi.DemoTest;
import org.heshi.DemoVisits;
import org.heshi.DemoVisits.Receipt;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.identity.Accounts;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.CreditCode;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.view.MatterViews;
import org.heshi.mediation.course.Dispute;
import org.heshi.mediation.course.Disputes;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Disputes of the demo county from the first word to the last: neighbours who sign on two telephones, an accident that an insurer pays for in instalments and a court
 * confirms, a side that leaves, and wages that are not paid. Axe and the width are asked of the pages on the way; the pictures stand in the documents.
 */
@DemoTest
class MediationJourneyTests {

    private static final String COUNTY = "330681";
    private static final String COMMITTEE = "诸暨市人民调解委员会";

    @LocalServerPort
    int port;
    @Autowired
    Matters matters;
    @Autowired
    MatterViews views;
    @Autowired
    Disputes disputes;
    @Autowired
    Directory directory;
    @Autowired
    Divisions divisions;
    @Autowired
    Accounts accounts;
    @Autowired
    EvidenceStore evidence;
    @Autowired
    InstantSource clock;

    /** Where the case that is acted on without a browser stands. */
    Answer.Done at;

    @Test
    void neighboursSignOnTheirTelephonesAndItIsSealedKeptAndVisited() {
        DemoVisits office = new DemoVisits(port, 1280, true);
        Receipt first = reports(new DemoVisits(port, 360, false));
        String number = MatterNumber.parse(first.number()).orElseThrow().digits();
        String desk = "/mediation/" + number;
        String own = "/follow/" + number;
        isGivenToTheCommittee(office, number);
        try (Visit mediator = mediating(office); Visit old = new DemoVisits(port, 360, false).entering(first)) {
            Page page = mediator.page();
            mediator.go("/queue");
            page.click("a[href='/matters/" + number + "']");
            act(mediator, number, "accept");
            assertThat(page.url()).as("whoever works a case comes back to where it is worked").endsWith(desk);
            assertThat(page.innerText("#wanting")).contains("登记对方当事人", "受理登记");
            act(mediator, number, "party", "role", "respondent", "name", "李对面", "phone", "13900000001");
            act(mediator, number, "take-up", "source", "application-one", "type", "neighbours", "applicants", "1", "respondents", "2", "claimed", "3000",
                    "facts", "李家翻建院墙，往外移了三尺，王家的三轮车过不去。", "requests", "退回原来的墙界，赔偿压坏的菜地。", "fit", "true");
            Receipt second = invited(mediator, desk);

            try (Visit phone = new DemoVisits(port, 360, true).entering(second)) {
                consents(old, own, false);
                consents(phone, own, true);
                act(mediator, number, "appoint", "mediator", demo("mediator").post().toString(), "how", "appointed", "no-interest", "true");
                act(mediator, number, "willing");
                act(mediator, number, "session", "at", minutesAgo(30), "where", "市调委会第一调解室", "present", "1", "present", "2", "cause", "院墙越界", "told", "true",
                        "statements", "王某：过道只剩一尺。李某：墙是按老地基砌的。", "verified", "现场量过，新墙比旧墙往外八十厘米。", "result", "愿意继续商量。");
                offers(old, own, "2", "退三尺，赔三千。", "3000");
                offers(phone, own, "1", "退两尺，赔六百。", "600");
                old.go(own);
                assertThat(old.page().innerText("main")).contains("退两尺，赔六百。");
                old.check("mediation-journey-offers");
                drafts(mediator, number);
                mediator.go(desk);
                mediator.show("mediation-workspace");
                signsByLink(mediator, phone, desk, second);
                signsByUpload(old, own);
                act(mediator, number, "sign-mediator");
                act(mediator, number, "put-in-force", "checked", "true");
                mediator.go(desk);
                assertThat(page.innerText("main")).containsPattern("20[0-9]{2}.诸暨人调字第[0-9]+号");
                mediator.check("mediation-journey-in-force");

                byte[] agreement = downloads(phone, own, "人民调解协议书");
                isGenuine(agreement);
                phone.go(own);
                assertThat(phone.page().innerText("main")).contains("已达成协议");
                phone.check("mediation-journey-agreed");

                fills(old, "/follow/" + number + "/act/performed", "which", "2", "amount", "600", "on", today().toString());
                act(mediator, number, "perform", "which", "1", "on", today().toString(), "note", "墙已经退回，过道恢复原样。");
                act(mediator, number, "perform", "which", "3", "on", today().toString());
            }
            act(mediator, number, "revisit", "at", minutesAgo(1), "whose", "1", "whose", "2", "how", "visit", "kept", "yes", "satisfied", "yes", "sued", "no", "words", "两家都说满意，过道通了。");
            mediator.go(desk + "/papers");
            page.click("main form[action='" + desk + "/papers'] button");
            mediator.show("mediation-papers");
            act(mediator, number, "answer", "answer", "你们的院墙纠纷已经调解成功，协议都已履行。");
            try (Visit visit = office.staff("verifier")) {
                act(visit, number, "verify", "asked", "asked", "resolved", "yes", "satisfied", "yes", "outcome", "agreed", "finding", "两家都说已经和好。");
                assertThat(visit.page().innerText("main")).contains("已办结");
            }
            old.go(own);
            assertThat(old.page().innerText("main")).contains("已办结", "调解成功");
            old.check("mediation-journey-closed");
        }
    }

    @Test
    void anAccidentIsPaidByAnInsurerInInstalmentsAndConfirmedByTheCourt() {
        begun("traffic", "电动车被货车撞了", "在路口被货车撞伤，住院半个月，司机、保险公司都说等等。", Map.of("name", "陈货车", "phone", "13900000002"),
                Map.of("name", "试验财产保险公司诸暨支公司", "phone", "13900000003", "role", "third"));
        String number = at.number().digits();
        DemoVisits office = new DemoVisits(port, 1280, false);
        try (Visit mediator = mediating(office)) {
            Page page = mediator.page();
            String code = creditCode();
            String wrong = code.substring(0, 17) + (code.endsWith("0") ? "1" : "0");
            mediator.go("/matters/" + number + "/act/particulars");
            type(page, "whose", "3");
            type(page, "kind-of", "organisation");
            type(page, "identity", wrong);
            DemoVisits.send(page);
            assertThat(page.innerText(".errors")).as("its last character does not fit the others").isNotEmpty();
            mediator.check("mediation-journey-credit-code");
            type(page, "identity", code);
            DemoVisits.send(page);
            assertThat(page.locator(".errors").count()).isZero();

            String[] days = {today().toString(), today().plusDays(30).toString(), today().plusDays(60).toString()};
            does(demo("mediator"), "draft", Map.of("facts", "货车转弯撞倒电动车，王某住院十五天。", "issues", "赔多少、怎么付", "responsibility", "货车负全部责任，由保险公司在限额内赔付。", "copies", "4",
                    "terms", List.of("3\t1\t支付医药费\t12000\t" + days[0] + "\t银行转账", "3\t1\t支付误工费\t9000\t" + days[1] + "\t银行转账",
                            "3\t1\t支付修车费和其他损失\t9000\t" + days[2] + "\t银行转账")));
            isSignedBy(1, 2, 3);
            says(1, "performed", Map.of("which", "1", "amount", "12000", "on", today().toString()));
            act(mediator, number, "perform", "which", "2", "amount", "4000", "on", today().toString(), "note", "先付一部分");
            mediator.go("/mediation/" + number);
            assertThat(page.innerText("#performance")).contains("￥12000.00 / ￥12000.00", "￥4000.00 / ￥9000.00", "￥0.00 / ￥9000.00");
            page.click("#performance a[href$='/act/perform?which=2']");
            assertThat(page.locator("main [name='which'][value='2']").isChecked()).isTrue();
            type(page, "amount", "5000.01");
            type(page, "on", today().toString());
            DemoVisits.send(page);
            assertThat(page.innerText(".errors")).as("no more than what is left").contains("5000.00");
            mediator.check("mediation-journey-too-much");
            for (int party : new int[] {1, 2, 3}) {
                says(party, "join-application", Map.of("agreed", "true"));
            }
            mediator.go("/matters/" + number + "/act/file");
            page.fill("[name='court.find']", "诸暨市人民法院");
            page.click("button[name=find][value=court]");
            page.check("#court-found label:has-text('人民法院') >> nth=0");
            type(page, "on", today().toString());
            type(page, "fit", "true");
            type(page, "papers", "true");
            mediator.check("mediation-journey-file");
            DemoVisits.send(page);
            act(mediator, number, "court-accepted", "on", today().toString(), "number", "（2026）试0681民特1号");
            act(mediator, number, "court-confirmed", "on", today().toString(), "number", "（2026）试0681民特1号");
            mediator.go("/mediation/" + number);
            LocalDate until = today().plusDays(60).plusYears(2);
            assertThat(page.innerText("#court")).contains("已确认有效", "可以申请强制执行到", until.getYear() + "年" + until.getMonthValue() + "月" + until.getDayOfMonth() + "日");
            mediator.check("mediation-journey-court");
        }
        assertThat(dispute().instalments().stream().map(one -> one.paid().figures())).containsExactly("12000.00", "4000.00", "0.00");
        try (Visit phone = enters(1)) {
            phone.go("/follow/" + number + "/act/broken");
            assertThat(phone.page().innerText("main")).contains("二年内申请强制执行");
            phone.check("mediation-journey-enforce");
        }
    }

    @Test
    void aSideThatLeavesEndsItAndEachIsToldInWritingWhatIsLeft() {
        begun("contract", "承包的鱼塘没有按约定交付", "塘租交了，鱼塘到现在没有腾出来。", Map.of("name", "周塘主", "phone", "13900000004"));
        String number = at.number().digits();
        try (Visit phone = enters(2)) {
            Page page = phone.page();
            page.click("a[href$='/act/leave'] >> nth=0");
            assertThat(page.innerText("main")).contains("停止");
            page.fill("[name=reason]", "价钱谈不拢，我不谈了。");
            DemoVisits.send(page);
            phone.go("/follow/" + number);
            assertThat(page.innerText("main")).contains("未达成协议", "仲裁", "向人民法院起诉");
            phone.check("mediation-journey-left");
            try (Visit mediator = mediating(new DemoVisits(port, 1280, false))) {
                String papers = "/mediation/" + number + "/papers";
                mediator.go(papers);
                mediator.page().click("main form[action='" + papers + "'] button");
                mediator.check("mediation-journey-remedies");
            }
            byte[] told = downloads(phone, "/follow/" + number, "人民调解终止告知书");
            isGenuine(told);
        }
        try (Visit phone = enters(1)) {
            phone.go("/follow/" + number);
            assertThat(phone.page().innerText("main")).contains("价钱谈不拢，我不谈了。", "向人民法院起诉", "给您的文书");
        }
    }

    @Test
    void wagesThatAreNotPaidHaveWaysOfTheirOwn() {
        begun("labour", "工地三个月没有发工资", "在工地干了三个月，工资一直没有发。", Map.of("name", "赵包工", "phone", "13900000005"));
        String number = at.number().digits();
        try (Visit phone = enters(1)) {
            assertThat(phone.page().innerText("main")).contains("劳动争议可以随时申请仲裁", "十五日内没有达成协议");
            phone.check("mediation-journey-labour");
        }
        does(demo("mediator"), "draft", Map.of("facts", "拖欠三个月工资。", "issues", "欠多少、什么时候付", "responsibility", "赵某应当支付。", "copies", "3", "terms",
                List.of("2\t1\t支付拖欠的工资\t18000\t" + today() + "\t银行转账")));
        isSignedBy(1, 2);
        try (Visit phone = enters(1)) {
            Page page = phone.page();
            page.click("a[href$='/act/broken'] >> nth=0");
            assertThat(page.innerText("main")).contains("申请支付令", "起诉").doesNotContain("已经法院确认");
            phone.check("mediation-journey-order-for-payment");
            type(page, "words", "说好今天付，电话也不接。");
            DemoVisits.send(page);
            assertThat(page.locator(".errors").count()).isZero();
        }
        try (Visit mediator = mediating(new DemoVisits(port, 360, false))) {
            mediator.go("/mediation/" + number);
            assertThat(mediator.page().innerText("main")).contains("说好今天付，电话也不接。", "督促履行");
            mediator.check("mediation-journey-broken");
        }
    }

    // ---- neighbours

    private Receipt reports(DemoVisits visits) {
        Division village = DemoVisits.village(divisions);
        try (Visit visit = visits.stranger()) {
            Page page = visit.go("/report");
            page.fill("[name=title]", "邻居砌墙占了过道");
            page.fill("[name=description]", "邻居翻建院墙，往外移了三尺，三轮车过不去。");
            page.click("button.btn-primary[value=next]");
            page.fill("#place", village.name());
            page.click("button[name=find][value=place]");
            page.check("#place-found input[value='" + village.code() + "']");
            page.click("button.btn-primary[value=next]");
            page.fill("[name=name]", "王小明");
            page.fill("[name=phone]", "13800000000");
            page.click("button.btn-primary[value=send]");
            return Receipt.on(page);
        }
    }

    private void isGivenToTheCommittee(DemoVisits office, String number) {
        try (Visit clerk = office.staff("clerk")) {
            act(clerk, number, "confirm", "level", "blue");
        }
        try (Visit dispatcher = office.staff("dispatcher")) {
            act(dispatcher, number, "sort", "kind", "dispute", "category", "010102", "level", "blue");
            Page page = dispatcher.go("/matters/" + number + "/act/assign");
            page.fill("[name='lead.find']", COMMITTEE);
            page.click("button[name=find][value=lead]");
            page.check("#lead-found label:has-text('" + COMMITTEE + "') >> nth=0");
            page.fill("[name=reason]", "双方都愿意到市里调解。");
            DemoVisits.send(page);
            assertThat(page.innerText("main")).contains("待签收", COMMITTEE);
        }
    }

    private Receipt invited(Visit mediator, String desk) {
        Page page = mediator.go(desk + "/invite");
        page.click("#party-2 ~ details summary");
        page.check("#how-2");
        page.check("form[action$='/invite/2'] [name=code]");
        page.check("#checked-2");
        page.click("form[action$='/invite/2'] .btn-primary");
        assertThat(page.innerText("main")).contains("自愿", "李");
        mediator.check("mediation-journey-letter");
        return new Receipt(page.innerText(".slip dd >> nth=0"), page.innerText(".slip dd >> nth=1"));
    }

    private static void consents(Visit phone, String own, boolean shown) {
        Page page = phone.go(own);
        page.click("a[href$='/act/consent'] >> nth=0");
        page.check("[name=told]");
        page.check("[name=open][value=closed]");
        if (shown) {
            phone.show("mediation-consent");
        }
        DemoVisits.send(page);
        assertThat(page.locator(".errors").count()).isZero();
    }

    private static void offers(Visit phone, String own, String to, String offer, String amount) {
        fills(phone, own + "/act/offer", "to", to, "offer", offer, "amount", amount);
    }

    private void drafts(Visit mediator, String number) {
        Page page = mediator.go("/matters/" + number + "/act/draft");
        type(page, "facts", "李某翻建院墙时比旧墙往外移了八十厘米，压坏王某菜地，过道变窄。");
        type(page, "issues", "墙界在哪里，菜地怎么赔。");
        type(page, "responsibility", "李某建墙越界，承担主要责任。");
        type(page, "copies", "3");
        while (page.locator(".clause").count() < 3) {
            page.click("button[name=find][value=terms]");
            page.waitForLoadState();
        }
        clause(page, 1, "2", "1", "拆除越界的院墙，退回原墙界", "", 20);
        clause(page, 2, "2", "1", "赔偿压坏的菜地", "600", 10);
        clause(page, 3, "1", "", "拆墙期间让出过道堆放砖料", "", 20);
        DemoVisits.send(page);
        assertThat(page.url()).doesNotContain("/act/draft");
    }

    private void clause(Page page, int row, String who, String towards, String what, String amount, int days) {
        page.selectOption("#terms-who-" + row, who);
        page.selectOption("#terms-towards-" + row, towards);
        page.fill("#terms-what-" + row, what);
        page.fill("#terms-amount-" + row, amount);
        page.fill("#terms-by-" + row, today().plusDays(days).toString());
    }

    private static void signsByLink(Visit mediator, Visit phone, String desk, Receipt whose) {
        Page office = mediator.go(desk + "/signing");
        office.click("form[action$='/signing/2'] button");
        // whoever has a telephone gets the link there: the demo shows what it would send
        String link = (office.locator("[data-address]").count() > 0 ? office.innerText("[data-address]")
                : phone.go("/demo/phone").locator("#messages a[href*='/sign/']").first().getAttribute("href")).replaceFirst("^.*(/sign/)", "$1");
        Page page = phone.go(link);
        page.fill("#code", whose.code());
        page.click("main form[method=post] .btn-primary");
        assertThat(page.innerText(".sign-text")).contains("600.00", "陆佰元整", "拆除越界的院墙");
        page.check("[name=read]");
        page.locator("canvas").scrollIntoViewIfNeeded();
        BoundingBox field = page.locator("canvas").boundingBox();
        double[][] strokes = {{30, 20, 150, 25}, {90, 10, 90, 90}, {50, 45, 130, 45}, {160, 20, 220, 80}, {220, 20, 160, 85}};
        for (double[] stroke : strokes) {
            page.mouse().move(field.x + stroke[0], field.y + stroke[1]);
            page.mouse().down();
            page.mouse().move(field.x + (stroke[0] + stroke[2]) / 2 + 4, field.y + (stroke[1] + stroke[3]) / 2 + 4);
            page.mouse().move(field.x + stroke[2], field.y + stroke[3]);
            page.mouse().up();
        }
        phone.show("mediation-sign", "main section:has(canvas)");
        page.click("main form[method=post] button[type=submit]");
        assertThat(page.innerText("main")).contains("您已签字");
    }

    private static void signsByUpload(Visit old, String own) {
        Page page = old.go(own);
        page.click("a[href$='/sign'] >> nth=0");
        page.check("[name=read]");
        page.setInputFiles("#signature", new FilePayload("签名.png", "image/png", signature(1)));
        page.click("main form[method=post] .btn-primary");
        assertThat(page.innerText("main")).contains("您已签字");
    }

    /** The newest paper of this title among those that are for whoever looks. */
    private static byte[] downloads(Visit phone, String own, String title) {
        Page page = phone.go(own);
        page.click("a[href='" + own + "/papers']");
        String href = page.getAttribute(".paper-rows li:has-text('" + title + "') a[href^='/follow/papers/']", "href");
        return page.request().get(phone.address(href)).body();
    }

    /** As anybody who holds it finds out, and that one letter more is found out too. */
    private void isGenuine(byte[] pdf) {
        byte[] changed = pdf.clone();
        changed[pdf.length / 2] ^= 1;
        try (Visit anybody = new DemoVisits(port, 360, false).stranger()) {
            for (boolean genuine : new boolean[] {true, false}) {
                Page page = anybody.go("/papers/check");
                page.setInputFiles("input[type=file]", new FilePayload("文书.pdf", "application/pdf", genuine ? pdf : changed));
                DemoVisits.send(page);
                assertThat(page.innerText("#verdict").equals("是真的")).as(page.innerText("main")).isEqualTo(genuine);
            }
        }
    }

    // ---- steps without a browser

    /** Reported, sorted, taken up by the committee; everybody consented, the mediator is named, the mediation runs. */
    @SafeVarargs
    private void begun(String type, String title, String words, Map<String, Object>... others) {
        at = (Answer.Done) Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", Map.of("title", title, "description", words,
                "place", DemoVisits.village(divisions).code(), "name", "王小明", "phone", "13800000000"), UUID.randomUUID().toString())));
        Unit committee = directory.searchUnits(COMMITTEE, COUNTY, 1).getFirst();
        does(demo("clerk"), "confirm", Map.of());
        does(demo("dispatcher"), "sort", Map.of("kind", "dispute", "category", "0101", "level", "blue"));
        does(demo("dispatcher"), "assign", Map.of("lead", committee.id().toString(), "reason", "由市调委会调解。"));
        does(demo("mediator"), "accept", Map.of());
        List<String> thirds = new ArrayList<>();
        for (int i = 0; i < others.length; i++) {
            Map<String, Object> somebody = new LinkedHashMap<>(Map.of("role", "respondent"));
            somebody.putAll(others[i]);
            does(demo("mediator"), "party", somebody);
            if (somebody.get("role").equals("third")) {
                thirds.add(Integer.toString(i + 2));
            }
        }
        does(demo("mediator"), "take-up", Map.of("source", "application-one", "type", type, "applicants", List.of("1"), "respondents", List.of("2"), "others", thirds,
                "facts", words, "fit", "true"));
        for (int party = 1; party <= others.length + 1; party++) {
            says(party, "consent", Map.of("told", "true", "open", "closed"));
        }
        does(demo("mediator"), "appoint", Map.of("mediator", demo("mediator").post().toString(), "how", "appointed", "no-interest", "true"));
        does(demo("mediator"), "willing", Map.of());
    }

    private void isSignedBy(int... parties) {
        String text = dispute().draft().orElseThrow().fingerprint();
        for (int party : parties) {
            says(party, "sign", Map.of("read", "true", "text", text, "signature", kept(signature(party))));
        }
        does(demo("mediator"), "sign-mediator", Map.of("text", text));
        does(demo("mediator"), "put-in-force", Map.of("checked", "true"));
    }

    private List<Matters.Evidence> kept(byte[] picture) {
        return Acting.as(new Actor.Passerby(), () -> {
            try {
                return List.of(((EvidenceStore.Kept.Done) evidence.keep("signature.png", picture.length, new ByteArrayInputStream(picture))).evidence());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void says(int party, String action, Map<String, Object> input) {
        does(new Actor.Resident(at.matter(), party), action, input);
    }

    private void does(Actor who, String action, Map<String, Object> input) {
        int version = Acting.as(new Actor.Machine("test"), () -> views.get(at.matter()).version());
        Answer answer = Acting.as(who, () -> matters.act(Act.on(at.matter(), action, input, version, UUID.randomUUID().toString())));
        assertThat(answer).as(action).isInstanceOf(Answer.Done.class);
        at = (Answer.Done) answer;
    }

    /** This party on a telephone of 360 px, with the code that the committee gave them just now. */
    private Visit enters(int party) {
        does(demo("mediator"), "party-code", Map.of("whose", List.of(Integer.toString(party)), "checked", "id-card"));
        return new DemoVisits(port, 360, true).entering(new Receipt(at.number().digits(), at.code().orElseThrow()));
    }

    private Dispute dispute() {
        return Acting.as(new Actor.Machine("test"), () -> disputes.find(at.matter())).orElseThrow();
    }

    private Actor.Staff demo(String account) {
        UUID person = accounts.findByName(account).orElseThrow().person();
        // other tests give the mediator a post besides
        return new Actor.Staff(directory.heldPosts(person, clock.instant()).stream()
                .filter(held -> !account.equals("mediator") || held.roles().contains(Role.MEDIATOR)).findFirst().orElseThrow());
    }

    private Visit mediating(DemoVisits visits) {
        return visits.staff("mediator", demo("mediator").post());
    }

    // ---- forms

    /** Fills the form of an action and sends it: names of fields and values in turn. */
    private static void act(Visit visit, String number, String action, String... typed) {
        fills(visit, "/matters/" + number + "/act/" + action, typed);
    }

    private static void fills(Visit visit, String address, String... typed) {
        Page page = visit.go(address);
        for (int i = 0; i < typed.length; i += 2) {
            type(page, typed[i], typed[i + 1]);
        }
        DemoVisits.send(page);
        assertThat(page.locator(".errors").count()).as(() -> address + " was refused: " + page.innerText("main")).isZero();
    }

    private static void type(Page page, String field, String value) {
        String named = "main [name='" + field + "']";
        String choice = named + "[value='" + value + "']:is([type=radio], [type=checkbox])";
        if (page.locator("select" + named.substring(5)).count() > 0) {
            page.selectOption(named, value);
        } else if (page.locator(choice).count() > 0) {
            page.check(choice);
        } else {
            page.fill(named, value);
        }
    }

    private String minutesAgo(int minutes) {
        return CivilTime.of(clock.instant().minusSeconds(60L * minutes)).toLocalDateTime().withSecond(0).withNano(0).toString();
    }

    private LocalDate today() {
        return CivilTime.dateOf(clock.instant());
    }

    /** Of an invented organisation: its last character fits the others. */
    private static String creditCode() {
        return "0123456789ABCDEFGHJKLMNPQRTUWXY".chars().mapToObj(last -> "91330681MA0000001" + (char) last).filter(code -> CreditCode.parse(code).isPresent()).findFirst().orElseThrow();
    }

    /** No two alike. */
    private static byte[] signature(int whose) {
        BufferedImage paper = new BufferedImage(400, 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = paper.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, 400, 200);
        pen.setColor(Color.BLACK);
        pen.setStroke(new BasicStroke(6));
        pen.drawLine(30, 30 + 20 * whose, 350, 170);
        pen.drawLine(200, 20, 180, 180 - 20 * whose);
        pen.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(paper, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }
}
