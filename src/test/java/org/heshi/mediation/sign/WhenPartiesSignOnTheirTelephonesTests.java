package org.heshi.mediation.sign;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Looks;
import org.heshi.boot.database.Server;
import org.heshi.documents.Pdf;
import org.heshi.matters.CodeCarrier;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Matters;
import org.heshi.matters.Readings;
import org.heshi.matters.ResidentCodes;
import org.heshi.mediation.CaseOfTwo;
import org.heshi.mediation.course.Disputes;
import org.heshi.mediation.unusual.SigningMarks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.mvc.support.RedirectAttributesModelMap;

/** Each signs by a link that is theirs alone and stands for one exact text. */
@HeshiTest
class WhenPartiesSignOnTheirTelephonesTests {

    private static final Pattern LINK = Pattern.compile("/sign/([0-9a-f]{32})");
    private static final Pattern HIDDEN = Pattern.compile("name=\"(text|key)\" value=\"([^\"]+)\"");
    /** What of the case nobody reads before their own code was right. */
    private static final List<String> SECRETS = List.of("院墙", "退让三尺", "王小明", "李对面", "1200.50", "道路局");

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Server server;
    @Autowired
    EvidenceStore files;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    CaseOfTwo of;

    @BeforeEach
    void aTextWaits() {
        of = CaseOfTwo.takenUp(context).mediating().drafted("退让三尺，重砌院墙");
    }

    private String link(int party) {
        Visitor desk = of.desk(port);
        assertThat(desk.get("/mediation/" + of.digits() + "/signing").body()).contains("王小明", "李对面", "1200.50");
        Visitor.Answer made = desk.post("/mediation/" + of.digits() + "/signing/" + party, Map.of());
        assertThat(made.status()).isEqualTo(200);
        Matcher found = LINK.matcher(made.body());
        assertThat(found.find()).isTrue();
        return found.group();
    }

    private static Visitor.Answer open(Visitor phone, String link, String code) {
        phone.get("/follow");
        phone.get(link);
        return phone.post(link, Map.of("code", code));
    }

    private String page() {
        return "/follow/" + of.digits() + "/sign";
    }

    private Visitor.Answer sign(Visitor phone, Map<String, String> changed) {
        Visitor.Answer shown = phone.get(page());
        assertThat(shown.status()).isEqualTo(200);
        Map<String, String> form = new LinkedHashMap<>();
        Matcher hidden = HIDDEN.matcher(shown.body());
        while (hidden.find()) {
            form.put(hidden.group(1), hidden.group(2));
        }
        form.put("read", "true");
        form.put("drawn", written("王小明"));
        form.putAll(changed);
        return phone.post(page(), form);
    }

    /** As the script of the page sends what was written. */
    static String written(String name) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(true, name.length()));
    }

    static byte[] png(boolean inked, int strokes) {
        BufferedImage field = new BufferedImage(640, 240, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = field.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, 640, 240);
        if (inked) {
            pen.setColor(Color.BLACK);
            pen.setStroke(new BasicStroke(5));
            for (int i = 0; i < strokes; i++) {
                pen.drawLine(40 + i * 150, 40, 140 + i * 150, 200);
            }
        }
        pen.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(field, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Test
    void eachByALinkAndTheCodeOfTheirOwn() {
        for (int party : List.of(1, 2)) {
            String link = link(party);
            Visitor phone = new Visitor(port);
            Visitor.Answer in = open(phone, link, of.codes.get(party));
            assertThat(in.status()).isEqualTo(303);
            assertThat(in.location()).isEqualTo(page());
            assertThat(phone.get(page()).body()).contains("退让三尺，重砌院墙", "1200.50", "壹仟贰佰元零伍角整", "王小明", "李对面", of.draft().orElseThrow().fingerprint());
            assertThat(sign(phone, Map.of()).status()).isEqualTo(303);
            assertThat(phone.get(page()).body()).contains("您已签字");
            assertThat(new Visitor(port).get(link).status()).as("used").isEqualTo(410);
        }
        assertThat(of.dispute().signaturesOn(of.draft().orElseThrow())).extracting(one -> one.signer()).containsExactlyInAnyOrder("party:1", "party:2");
    }

    @Test
    void andNobodyElseGetsAWordOfIt() {
        String link = link(1);
        Visitor stranger = new Visitor(port);
        Visitor.Answer shown = stranger.get(link);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.body()).contains("先输入您本人的查询码").doesNotContain(SECRETS);
        // forwarded to the other side: their own code is right for the case and opens nothing here
        for (String code : List.of(of.codes.get(2), "ABCD-EFGH", "")) {
            Visitor.Answer answer = open(new Visitor(port), link, code);
            assertThat(answer.status()).as("with " + code).isEqualTo(422);
            assertThat(answer.body()).doesNotContain(SECRETS).doesNotContain(of.digits());
        }
        // and who has no code gets no further by knowing the page behind it
        assertThat(new Visitor(port).get(page()).location()).isEqualTo("/follow/" + of.digits());
        assertThat(open(new Visitor(port), link, of.codes.get(1)).status()).as("the link is still good").isEqualTo(303);
    }

    @Test
    void wrongCodesAreCountedAsAtEveryOtherDoor() {
        String link = link(1);
        Visitor guesser = new Visitor(port);
        guesser.get(link);
        int waits = 0;
        for (int i = 0; i < 12; i++) {
            waits += guesser.post(link, Map.of("code", "ABCD-EFGH")).status() == 429 ? 1 : 0;
        }
        assertThat(waits).isPositive();
        assertThat(guesser.post("/follow", Map.of("number", of.digits(), "code", "ABCDEFGH")).status()).as("one count for every door").isEqualTo(429);
    }

    @Test
    void openingALinkTwiceUsesNothingUp() {
        String link = link(1);
        for (int i = 0; i < 3; i++) {
            assertThat(open(new Visitor(port), link, of.codes.get(1)).status()).isEqualTo(303);
        }
        Visitor phone = new Visitor(port);
        open(phone, link, of.codes.get(1));
        assertThat(sign(phone, Map.of()).status()).isEqualTo(303);
        assertThat(phone.get(link).body()).contains("这个链接已经用过了").doesNotContain(SECRETS);
        assertThat(sign(phone, Map.of()).status()).as("sent again").isEqualTo(303);
        assertThat(of.dispute().signatures()).hasSize(1);
    }

    @Test
    void aLinkEndsWithANewerOneWithItsTextAndWithItsTime() {
        String first = link(1);
        String second = link(1);
        assertThat(new Visitor(port).get(first).body()).contains("换成新的").doesNotContain(SECRETS);
        assertThat(open(new Visitor(port), first, of.codes.get(1)).status()).isEqualTo(410);
        assertThat(new Visitor(port).get(second).status()).isEqualTo(200);
        of.drafted("退让两尺，重砌院墙");
        assertThat(new Visitor(port).get(second).body()).contains("协议书改过了").doesNotContain(SECRETS);
        assertThat(open(new Visitor(port), second, of.codes.get(1)).status()).isEqualTo(410);
        of.does("back", Map.of());
        assertThat(new Visitor(port).get(second).body()).contains("现在没有等待签字的协议书");
        assertThat(new Visitor(port).get("/sign/" + "0".repeat(32)).status()).isEqualTo(404);
        assertThat(new Visitor(port).get("/sign/none").body()).contains("打不开这个链接");
    }

    @Test
    void aLinkThatIsTooOldSaysSoAndAnotherOneIsGiven() throws SQLException {
        String link = link(1);
        try (Connection owner = server.connectAsOwner(); PreparedStatement old = owner.prepareStatement("""
                update mediation.signing_link set made_at = made_at - interval '8 days', expires_at = expires_at - interval '8 days' where matter = ?""")) {
            old.setObject(1, of.way.id());
            assertThat(old.executeUpdate()).isEqualTo(1);
        }
        Visitor.Answer shown = new Visitor(port).get(link);
        assertThat(shown.status()).isEqualTo(410);
        assertThat(shown.body()).contains("这个链接过期了", "重新给您一个").doesNotContain(SECRETS);
        assertThat(open(new Visitor(port), link, of.codes.get(1)).status()).isEqualTo(410);
        assertThat(of.desk(port).get("/mediation/" + of.digits() + "/signing").body()).contains("过期", "重新给一个链接");
        assertThat(open(new Visitor(port), link(1), of.codes.get(1)).status()).isEqualTo(303);
    }

    @Test
    void aRepresentativeWithSpecialAuthoritySignsByALinkOfTheirOwnForWhomTheyActFor() throws IOException {
        byte[] letter = png(true, 2);
        EvidenceStore.Kept.Done kept = (EvidenceStore.Kept.Done) files.keep("委托书.png", letter.length, new ByteArrayInputStream(letter));
        of.does("back", Map.of());
        of.does("represent", Map.of("whose", List.of("2"), "role", "representative", "authority", "special", "name", "周代理", "letter", List.of(kept.evidence())));
        of.drafted("退让三尺，重砌院墙").code(3);
        Visitor phone = new Visitor(port);
        assertThat(open(phone, link(3), of.codes.get(3)).status()).isEqualTo(303);
        assertThat(phone.get(page()).body()).contains("周代理签字", "代为签字，为");
        assertThat(sign(phone, Map.of("drawn", written("周代理"))).status()).isEqualTo(303);
        assertThat(of.dispute().signatures()).singleElement().satisfies(one -> {
            assertThat(one.signer()).isEqualTo("party:2");
            assertThat(one.byParty()).contains(3);
        });
        assertThat(of.phone(port, 2).get(page()).body()).as("whom they act for reads who signed for them").contains("签字的是", "周代理").doesNotContain("您已签字");
    }

    @Test
    void aTextThatWasChangedMeanwhileIsReadAnewAndNotSigned() {
        Visitor phone = of.phone(port, 1);
        Visitor.Answer shown = phone.get(page());
        Map<String, String> form = new LinkedHashMap<>(Map.of("read", "true", "drawn", written("王小明")));
        Matcher hidden = HIDDEN.matcher(shown.body());
        while (hidden.find()) {
            form.put(hidden.group(1), hidden.group(2));
        }
        of.drafted("退让两尺，重砌院墙");
        Visitor.Answer answer = phone.post(page(), form);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("刚才文本改过了", "退让两尺");
        assertThat(of.dispute().signatures()).isEmpty();
    }

    @Test
    void whoSignsWhileTheOtherSignsIsNotInTheWay() {
        Visitor first = of.phone(port, 1);
        Visitor second = of.phone(port, 2);
        first.get(page());
        assertThat(sign(second, Map.of()).status()).isEqualTo(303);
        assertThat(sign(first, Map.of()).status()).isEqualTo(303);
        assertThat(of.dispute().signatures()).hasSize(2);
    }

    @Test
    void withoutScriptsByAPhotoOfTheirSignature() {
        Visitor phone = of.phone(port, 1);
        Visitor.Answer shown = phone.get(page());
        Map<String, String> form = new LinkedHashMap<>(Map.of("read", "true", "drawn", "", "_csrf", phone.token()));
        Matcher hidden = HIDDEN.matcher(shown.body());
        while (hidden.find()) {
            form.put(hidden.group(1), hidden.group(2));
        }
        assertThat(phone.send(multipart(phone, form, "签名.png", png(true, 3))).status()).isEqualTo(303);
        assertThat(of.dispute().signatures()).hasSize(1);
    }

    private HttpRequest.Builder multipart(Visitor phone, Map<String, String> form, String name, byte[] file) {
        String mark = "mark" + UUID.randomUUID();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        form.forEach((field, value) -> body.writeBytes(("--" + mark + "\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n" + value + "\r\n")
                .getBytes(StandardCharsets.UTF_8)));
        body.writeBytes(("--" + mark + "\r\nContent-Disposition: form-data; name=\"signature\"; filename=\"" + name + "\"\r\nContent-Type: image/png\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes(("\r\n--" + mark + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return phone.request(page()).header("Content-Type", "multipart/form-data; boundary=" + mark).POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
    }

    @Test
    void theTextIsThereAsItWillBePrintedForThoseWhoSignAlone() throws IOException {
        byte[] written = png(true, 3);
        EvidenceStore.Kept.Done kept = (EvidenceStore.Kept.Done) files.keep("乙.png", written.length, new ByteArrayInputStream(written));
        of.says(2, "sign", Map.of("read", "true", "text", of.draft().orElseThrow().fingerprint(), "signature", List.of(kept.evidence())));
        byte[] pdf = of.phone(port, 1).bytes(page() + "/text.pdf");
        assertThat(Pdf.text(pdf)).contains("重砌院墙", "王小明", "李对面", of.draft().orElseThrow().fingerprint());
        List<PDXObject> drawn = new ArrayList<>();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            for (PDPage leaf : document.getPages()) {
                for (COSName name : leaf.getResources().getXObjectNames()) {
                    drawn.add(leaf.getResources().getXObject(name));
                }
            }
        }
        assertThat(drawn).as("nobody's signature").noneMatch(PDImageXObject.class::isInstance);
        assertThat(new Visitor(port).get(page() + "/text.pdf").status()).isEqualTo(404);
    }

    @Test
    void aFieldThatIsEmptyDamagedOrUnreadIsRefusedBesideItAndWhatWasWrittenIsKept() {
        Visitor phone = of.phone(port, 1);
        String blank = "data:image/png;base64," + Base64.getEncoder().encodeToString(png(false, 0));
        assertThat(sign(phone, Map.of("drawn", blank)).body()).contains("框里没有看到签名");
        assertThat(sign(phone, Map.of("drawn", "data:image/png;base64,AAAA")).body()).contains("签名没有收到");
        assertThat(sign(phone, Map.of("drawn", "")).body()).contains("请写上您的签名");
        Visitor.Answer unread = sign(phone, Map.of("read", "false"));
        assertThat(unread.status()).isEqualTo(422);
        assertThat(unread.body()).contains("请先看完全文", "name=\"kept\"");
        assertThat(of.dispute().signatures()).isEmpty();
        Matcher kept = Pattern.compile("name=\"kept\" value=\"([^\"]+)\"").matcher(unread.body());
        assertThat(kept.find()).isTrue();
        assertThat(sign(phone, Map.of("drawn", "", "kept", kept.group(1))).status()).isEqualTo(303);
    }

    @Test
    void whoeverCanBeReachedGetsTheLinkThemselvesAndNobodyElseSeesIt() {
        List<String> sent = new ArrayList<>();
        CodeCarrier carrier = new CodeCarrier() {
            @Override
            public boolean carries(Way way) {
                return true;
            }

            @Override
            public Optional<String> shownAt() {
                return Optional.empty();
            }

            @Override
            public void send(Way way, String address, String code, long minutes, Locale language) {
                throw new AssertionError("no code is sent");
            }

            @Override
            public boolean carriesLinks(Way way) {
                return true;
            }

            @Override
            public void sendLink(Way way, String address, String link, Locale language) {
                sent.addAll(List.of(way.name(), address, link));
            }
        };
        LinksController office = new LinksController(context.getBean(SigningLinks.class), context.getBean(Agreements.class), context.getBean(Disputes.class),
                context.getBean(ResidentCodes.class), context.getBean(MatterRows.class), context.getBean(Looks.class), context.getBean(HandSigned.class), context.getBean(Readings.class),
                context.getBean(Matters.class), carrier, InstantSource.system(), "https://heshi.example");
        FreshLink fresh = (FreshLink) Acting.as(of.county.actor(of.mediator), () -> office.make(of.digits(), "2", Locale.SIMPLIFIED_CHINESE, new RedirectAttributesModelMap()))
                .getModel().get("link");
        assertThat(fresh.address()).isEmpty();
        assertThat(fresh.sent()).contains("139****0001");
        assertThat(sent).hasSize(3).startsWith("SMS", "+8613900000001");
        assertThat(open(new Visitor(port), sent.getLast().replace("https://heshi.example", ""), of.codes.get(2)).status()).isEqualTo(303);
    }

    @Test
    void severalWhoSignInOneVisitAreShownToTheSupervisorUntilTheFileIsLongBound() {
        Visitor one = new Visitor(port);
        for (int party : List.of(1, 2)) {
            assertThat(open(one, link(party), of.codes.get(party)).status()).isEqualTo(303);
            assertThat(sign(one, Map.of()).status()).isEqualTo(303);
        }
        CaseOfTwo apart = CaseOfTwo.takenUp(context).mediating().drafted("各退一步");
        assertThat(marks("select count(distinct mark) from mediation.signing where matter = ?")).isOne();
        assertThat(marks("select count(*) from mediation.signing where matter = ? and party = 2 and handed is not null")).as("a telephone is on record").isZero();
        Visitor supervisor = of.county.signedIn(new Visitor(port), of.county.supervisor);
        String page = supervisor.get("/mediation/unusual").body();
        assertThat(page).contains("device:" + of.way.id(), "quick:" + of.way.id(), "2 方").doesNotContain(apart.way.id().toString(), "王小明", "李对面");
        assertThat(supervisor.post("/mediation/unusual", Map.of("about", "device:" + of.way.id(), "words", "在调解室一起签的，已核实")).status()).isEqualTo(303);

        SigningMarks marks = context.getBean(SigningMarks.class);
        Acting.run(new Actor.Machine("test"), () -> transactions.executeWithoutResult(_ -> marks.bound(of.way.id())));
        Acting.run(new Actor.Machine("test"), () -> transactions.executeWithoutResult(_ -> jdbc.sql("update mediation.signing set bound_at = bound_at - interval '179 days' where matter = ?")
                .param(of.way.id()).update()));
        marks.round();
        assertThat(marks("select count(*) from mediation.signing where matter = ?")).isEqualTo(2);
        Acting.run(new Actor.Machine("test"), () -> transactions.executeWithoutResult(_ -> jdbc.sql("update mediation.signing set bound_at = bound_at - interval '2 days' where matter = ?")
                .param(of.way.id()).update()));
        marks.round();
        assertThat(marks("select count(*) from mediation.signing where matter = ?")).isZero();
    }

    @Test
    void whoSignsRightAfterBeingHandedACodeAndCannotBeReachedIsShownToTheSupervisor() {
        of = CaseOfTwo.accepted(context);
        of.does("party", Map.of("role", "respondent", "name", "李对面"));
        of.does("take-up", Map.of("source", "application-one", "type", "neighbours", "applicants", List.of("1"), "respondents", List.of("2"), "facts", "院墙越界", "fit", "true"));
        of.mediating().drafted("退让三尺，重砌院墙");
        Visitor phone = new Visitor(port);
        open(phone, link(2), of.codes.get(2));
        assertThat(sign(phone, Map.of()).status()).isEqualTo(303);
        assertThat(of.county.signedIn(new Visitor(port), of.county.supervisor).get("/mediation/unusual").body()).contains("handed:" + of.way.id(), "1 个签字")
                .doesNotContain("device:" + of.way.id());
    }

    private long marks(String sql) {
        return Acting.<Long>as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql(sql).param(of.way.id()).query(Long.class).single()));
    }

    @Test
    void aLinkIsKeptAsADigestOnly() {
        String token = link(1).substring("/sign/".length());
        List<String> rows = Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql("select l::text from mediation.signing_link l where matter = ?")
                .param(of.way.id()).query(String.class).list()));
        assertThat(rows).hasSize(1).noneMatch(row -> row.contains(token));
    }

    @Test
    void theMediatorSignsTheTextThatStandsOnThePage() {
        String here = "/mediation/" + of.digits() + "/signing";
        Visitor desk = of.desk(port);
        Map<String, String> form = new LinkedHashMap<>(Map.of("drawn", written("调解")));
        Matcher hidden = HIDDEN.matcher(desk.get(here).body());
        while (hidden.find()) {
            form.put(hidden.group(1), hidden.group(2));
        }
        of.drafted("退让两尺");
        assertThat(desk.post(here + "/mediator", form).status()).as("a text that was changed meanwhile").isEqualTo(409);
        assertThat(of.dispute().signatures()).isEmpty();
        hidden = HIDDEN.matcher(desk.get(here).body());
        while (hidden.find()) {
            form.put(hidden.group(1), hidden.group(2));
        }
        assertThat(desk.post(here + "/mediator", form).status()).isEqualTo(303);
        assertThat(of.dispute().signatures()).singleElement().satisfies(one -> assertThat(one.signer()).isEqualTo("post:" + of.mediator.post()));
        assertThat(desk.get(here).body()).doesNotContain("/signing/mediator\"");
        Visitor head = of.county.signedIn(new Visitor(port), of.county.roadsHead);
        assertThat(head.get(here).body()).as("who does not mediate is not asked").doesNotContain("/signing/mediator\"");
    }

    @Test
    void onlyTheBodyThatMediatesGivesLinksAndOnlyToWhoSigns() {
        Visitor other = of.county.signedIn(new Visitor(port), of.county.townClerkB);
        assertThat(other.get("/mediation/" + of.digits() + "/signing").status()).isEqualTo(404);
        assertThat(of.county.signedIn(new Visitor(port), of.county.dispatcher).get("/mediation/" + of.digits() + "/signing").status()).isEqualTo(403);
        Visitor desk = of.desk(port);
        desk.get("/mediation/" + of.digits() + "/signing");
        assertThat(desk.post("/mediation/" + of.digits() + "/signing/7", Map.of()).status()).isEqualTo(303);
    }
}
