package org.heshi.mediation.unusual;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.heshi.County;
import org.heshi.County.Member;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.documents.seal.KeptSeals;
import org.heshi.kernel.Yuan;
import org.heshi.matters.Clause;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.Matters;
import org.heshi.mediation.Affair;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@HeshiTest
class WhenAgreementsLookAlikeTests {

    private static final String CANNED = "双方因宅基地边界发生争执，经调解员耐心劝说，双方互相谅解，握手言和。";

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;

    private static Clause clause(String what, String amount, int day) {
        return new Clause(1, Optional.of(2), what, Yuan.parse(amount), LocalDate.of(2026, 12, day), "");
    }

    @Test
    void areTheSameWithOtherSumsDaysAndPunctuation() {
        Optional<String> one = SameText.of(List.of(CANNED), List.of(clause("赔偿 500 元", "500", 1)), 20);
        assertThat(SameText.of(List.of(CANNED.replace("，", " ,")), List.of(clause("赔偿１２元。", "12", 9)), 20)).isEqualTo(one).isPresent();
        assertThat(SameText.of(List.of(CANNED.replace("宅基地", "承包地")), List.of(clause("赔偿 500 元", "500", 1)), 20)).isNotEqualTo(one);
        assertThat(SameText.of(List.of("道歉"), List.of(clause("赔礼道歉", "1", 1)), 20)).as("there are few ways to say so").isEmpty();
    }

    @Test
    void withTheSameSignatureOrScanInOtherCasesAndInForceWithinSecondsAreShown() {
        County county = County.make(context);
        Member copyist = county.hire(county.committeeA, "stamper", Role.MEDIATOR);
        Acting.run(new Actor.Machine("test"), () -> context.getBean(KeptSeals.class).make(county.committeeA.id(), false));
        List<Affair> same = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            same.add(written(county, copyist, i, 7, 8));
        }
        Affair other = written(County.make(context), null, 2, 9, 10);
        String page = county.signedIn(new Visitor(port), county.supervisor).get("/mediation/unusual").body();
        String signature = page.substring(page.indexOf("id=\"signature\""), page.indexOf("id=\"close\""));
        assertThat(signature).contains(same.get(0).way.number().shown(), same.get(1).way.number().shown()).doesNotContain(other.way.number().shown(), "王小明");
        assertThat(java.util.regex.Pattern.compile("value=\"signature:[0-9a-f]{64}\"").matcher(signature).results().count()).as("drawn on the screen, and the scan of the paper; not the mediator's own").isEqualTo(2);
        String close = page.substring(page.indexOf("id=\"close\""), page.indexOf("id=\"device\""));
        assertThat(close).contains(same.get(0).way.number().shown(), same.get(1).way.number().shown()).doesNotContain(other.way.number().shown());
    }

    /** Party 1 signs on the screen with that picture; the paper that party 2 signed is scanned afterwards. */
    private Affair written(County county, Member who, int i, int drawn, int scanned) {
        Member mediator = who == null ? county.hire(county.committeeA, "other-" + i, Role.MEDIATOR) : who;
        if (who == null) {
            Acting.run(new Actor.Machine("test"), () -> context.getBean(KeptSeals.class).make(county.committeeA.id(), false));
        }
        Affair affair = new Affair(context, county, mediator).takenUp("house", "initiative", Map.of()).mediating();
        affair.does("draft", Map.of("facts", "第" + "一二三".charAt(i) + "件：" + "甲乙丙".charAt(i) + "户院墙越界若干尺，双方当场丈量", "issues", "退让多少", "responsibility", "各有责任", "copies", "3",
                "terms", List.of(affair.clause("退让" + "一二三".charAt(i) + "尺", "", 5))));
        String text = affair.dispute().draft().orElseThrow().fingerprint();
        affair.does(affair.resident(1), "sign", Map.of("read", "true", "text", text, "signature", List.of(picture(drawn))));
        affair.does("sign-paper", Map.of("whose", List.of("2"), "text", text, "witnessed", "true", "files", List.of(picture(scanned))));
        affair.does("sign-mediator", Map.of("text", text, "signature", List.of(picture(drawn + 100))));
        return affair.does("put-in-force", Map.of("checked", "true"));
    }

    private Matters.Evidence picture(int shade) {
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            BufferedImage image = new BufferedImage(80, 40, BufferedImage.TYPE_INT_RGB);
            image.setRGB(3, 3, 0x808000 + shade);
            ImageIO.write(image, "png", png);
            return Acting.as(new Actor.Passerby(), () -> {
                try {
                    return ((EvidenceStore.Kept.Done) context.getBean(EvidenceStore.class).keep("scan.png", png.size(), new ByteArrayInputStream(png.toByteArray()))).evidence();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void areShownToTheSupervisorWithWhatTheyAreAndWhatWasFound() {
        County county = County.make(context);
        Member copyist = county.hire(county.committeeA, "copyist", Role.MEDIATOR);
        Member honest = county.hire(county.roads, "honest", Role.MEDIATOR);
        List<Affair> canned = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Affair affair = new Affair(context, county, copyist).takenUp("house", "initiative", Map.of()).mediating();
            canned.add(affair.oral(i < 2 ? CANNED : "第" + "一二三四五".charAt(i) + "件：" + "甲乙丙丁戊".charAt(i) + "户与邻居因排水沟走向发生争执，现场查看后各让一步", List.of(affair.clause("赔偿" + (i + 1) + "元", Integer.toString(i + 1), 3))));
        }
        Affair own = new Affair(context, county, honest).takenUp("house", "initiative", Map.of()).mediating();
        own.oral("甲家的屋檐水滴到乙家院里，双方各说各的理，最后商量改装檐沟。", List.of(own.clause("改装檐沟", "", 3)));

        Visitor supervisor = county.signedIn(new Visitor(port), county.supervisor);
        String page = supervisor.get("/mediation/unusual").body();
        assertThat(page).contains(canned.get(0).way.number().shown(), canned.get(1).way.number().shown(), "试验copyist", "5 件")
                .doesNotContain(canned.get(2).way.number().shown(), own.way.number().shown(), "试验honest", "王小明", "李对面");
        java.util.regex.Matcher about = java.util.regex.Pattern.compile("name=\"about\" value=\"(text:[0-9a-f]{64})\"").matcher(page);
        assertThat(about.find()).isTrue();
        assertThat(supervisor.post("/mediation/unusual", Map.of("about", about.group(1), "words", "")).status()).isEqualTo(422);
        assertThat(supervisor.post("/mediation/unusual", Map.of("about", "text:x", "words", "核实")).status()).isEqualTo(422);
        assertThat(supervisor.post("/mediation/unusual", Map.of("about", about.group(1), "words", "已电话核实两户，确有其事，文字雷同已提醒。")).status()).isEqualTo(303);
        assertThat(supervisor.get("/mediation/unusual").body()).contains("文字雷同已提醒");

        Visitor auditor = county.signedIn(new Visitor(port), county.auditor);
        auditor.get("/password");
        assertThat(auditor.get("/mediation/unusual").body()).contains(canned.get(0).way.number().shown()).doesNotContain("name=\"about\"");
        assertThat(auditor.post("/mediation/unusual", Map.of("about", about.group(1), "words", "x")).status()).isEqualTo(403);
        County elsewhere = County.make(context);
        assertThat(elsewhere.signedIn(new Visitor(port), elsewhere.supervisor).get("/mediation/unusual").body()).doesNotContain(canned.get(0).way.number().shown(), "copyist");
    }
}
