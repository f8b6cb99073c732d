package org.heshi.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.microsoft.playwright.Page;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.heshi.Browser;
import org.heshi.Browser.Visit;
import org.heshi.Visitor;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Receipts;
import org.heshi.proof.head.Heads;
import org.heshi.proof.head.LogKeys;
import org.heshi.proof.note.InclusionProof;
import org.heshi.proof.note.Receipt;
import org.heshi.proof.note.TreeHead;
import org.heshi.proof.note.VerifyingKey;
import org.heshi.proof.tree.Hash;
import org.heshi.proof.tree.Merkle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** What people outside get to see of the record, and what they can do with it without the program. */
@ProofTest
class WhenAResidentChecksTheRecordTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Heads heads;
    @Autowired
    LogKeys keys;
    @Autowired
    Receipts receipts;
    @Autowired
    JavaMailSenderImpl server;

    private Hall hall;
    private Answer.Done matter;

    @BeforeEach
    void aMatter() {
        hall = new Hall(context);
        matter = hall.report();
    }

    private TreeHead.Signed signed() {
        return ProofWaits.signed(context);
    }

    private Visitor inside(Answer.Done mine) {
        Visitor visitor = new Visitor(port);
        visitor.get("/follow");
        assertThat(visitor.post("/follow", Map.of("number", mine.number().digits(), "code", mine.code().orElseThrow())).status()).isEqualTo(303);
        return visitor;
    }

    private String proofs(Answer.Done mine) {
        return "/follow/" + mine.number().digits() + "/proof";
    }

    @Test
    void haveEachEntryTheyMayReadWithItsProof() {
        // this hour has its head
        signed();
        Answer.Done reported = hall.report();
        ProofWaits.until(context, reported.number(), 1);
        Visitor visitor = inside(reported);
        String before = visitor.get(proofs(reported)).body();
        assertThat(before).contains("已记下");
        String receiptAlone = visitor.get(proofs(reported) + "/1").body();
        assertThat(Receipt.all(receiptAlone)).hasSize(1);
        assertThat(InclusionProof.find(receiptAlone)).isEmpty();
        TreeHead.Signed head = signed();
        assertThat(visitor.get(proofs(reported)).body()).contains("已在公布的签名之下").doesNotContain("已记下，");
        Visitor.Answer file = visitor.get(proofs(reported) + "/1");
        assertThat(file.status()).isEqualTo(200);
        List<VerifyingKey> known = List.of(keys.signing().verifier());
        Receipt.Signed receipt = Receipt.all(file.body()).getFirst();
        assertThat(receipt.note().signer(known)).isPresent();
        assertThat(receipt.receipt().number()).isEqualTo(reported.number().digits());
        InclusionProof proof = InclusionProof.find(file.body()).orElseThrow();
        assertThat(proof.head().head()).isEqualTo(head.head());
        assertThat(proof.head().note().signer(known)).isPresent();
        assertThat(proof.holds(receipt.receipt().leaf())).isTrue();
    }

    @Test
    void getNothingOfAnothersMatterAndNothingThatStaffKeepToThemselves() {
        Answer.Done other = hall.report();
        hall.done(hall.dispatcher, other.matter(), "note", Map.of("note", "内部意见"), 1);
        ProofWaits.until(context, other.number(), 2);
        Visitor visitor = inside(matter);
        assertThat(visitor.get(proofs(other)).status()).isEqualTo(302);
        assertThat(visitor.get(proofs(other) + "/1").status()).isEqualTo(404);
        Visitor own = inside(other);
        assertThat(own.get(proofs(other) + "/1").status()).isEqualTo(200);
        assertThat(own.get(proofs(other) + "/2").status()).as("a note of staff").isEqualTo(404);
        assertThat(own.get(proofs(other)).body()).doesNotContain("/proof/2\"");
        assertThat(new Visitor(port).get(proofs(other) + "/1").status()).isIn(302, 303, 404);
    }

    @Test
    void findTheSameRecordWhoeverAsks() {
        TreeHead.Signed old = signed();
        hall.report();
        TreeHead.Signed newest = signed();
        Visitor stranger = new Visitor(port);
        String page = stranger.get("/proof").body();
        assertThat(page).contains(newest.head().root().toString(), keys.signing().verifier().toString(), "最长约一小时");
        assertThat(stranger.get("/proof/newest.txt").body()).isEqualTo(newest.note().toString());
        assertThat(TreeHead.all(stranger.get("/proof/heads.txt").body())).extracting(TreeHead.Signed::head).contains(old.head(), newest.head());
        assertThat(stranger.get("/proof/keys.txt").body()).contains(keys.signing().verifier().toString());
        List<Hash> proof = stranger.get("/proof/consistency.txt?from=" + old.head().size() + "&to=" + newest.head().size()).body().lines().map(Hash::parse).toList();
        assertThat(Merkle.consistent(old.head().size(), old.head().root(), newest.head().size(), newest.head().root(), proof)).isTrue();
        for (String query : List.of("", "?from=0&to=1", "?from=2&to=1", "?from=1&to=999999999", "?from=x&to=1", "?from=-1&to=2")) {
            assertThat(stranger.get("/proof/consistency.txt" + query).status()).as(query).isEqualTo(404);
        }
    }

    @Test
    void isSentToTheWitnessWithNothingOfAnybody() throws Exception {
        GreenMail mail = new GreenMail(new ServerSetup(server.getPort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        try {
            TreeHead.Signed head = signed();
            MovedTime.at(head.head().at().plusSeconds(1), () -> ProofWaits.until(() -> sent(mail, head).isPresent()));
            MimeMessage message = sent(mail, head).orElseThrow();
            assertThat(message.getAllRecipients()).extracting(Object::toString).containsExactly("auditor@example.org");
            assertThat(TreeHead.all(message.getContent().toString())).extracting(TreeHead.Signed::head).containsExactly(head.head());
            assertThat(message.getSubject()).contains("和事存证");
        } finally {
            mail.stop();
        }
    }

    private static java.util.Optional<MimeMessage> sent(GreenMail mail, TreeHead.Signed head) {
        for (MimeMessage message : mail.getReceivedMessages()) {
            try {
                if (message.getContent().toString().contains(head.head().root().toString()) && message.getContent().toString().contains(head.head().at().toString())) {
                    return java.util.Optional.of(message);
                }
            } catch (IOException | jakarta.mail.MessagingException e) {
                throw new AssertionError(e);
            }
        }
        return java.util.Optional.empty();
    }

    @Test
    void canBeCheckedByAPageThatNeedsNoServer(@TempDir Path folder) throws IOException {
        TreeHead.Signed head = signed();
        Visitor visitor = inside(matter);
        String file = visitor.get(proofs(matter) + "/1").body();
        String key = keys.signing().verifier().toString();
        Path page = folder.resolve("heshi-check.html");
        Files.writeString(page, new Visitor(port).get("/proof/check.html").body());
        try (Visit visit = Browser.visit(port).narrow().withScripts(true).open()) {
            Page check = visit.page();
            check.navigate(page.toUri().toString());
            assertThat(said(check, file, key, head.note().toString())).as("all is true").containsExactly("good", "good", "good", "good");
            visit.accessible();
            visit.fits();
            assertThat(said(check, file, "", "")).as("without a key").containsExactly("open", "good");
            assertThat(said(check, receipts.of(matter.number(), 1).orElseThrow(), key, "")).as("a receipt alone").containsExactly("good", "open");
            assertThat(said(check, file.replaceFirst("entry 1", "entry 2"), key, "")).as("a receipt that was changed").contains("bad");
            String leaf = Receipt.all(file).getFirst().receipt().leaf().toString();
            assertThat(said(check, file.replaceFirst(Pattern.quote(leaf), Hash.leaf(new byte[] {9}).toString()), key, "")).containsExactly("bad", "good", "bad");
            String root = head.head().root().toString();
            assertThat(said(check, file.replace(root, Hash.leaf(new byte[] {9}).toString()), key, "")).containsExactly("good", "bad", "bad");
            assertThat(said(check, file, org.heshi.proof.note.SigningKey.fresh("heshi-test").verifier().toString(), "")).containsExactly("bad", "bad", "good");
            assertThat(said(check, file, key.substring(2), "")).contains("bad");
            assertThat(said(check, "nothing", key, "")).containsExactly("bad");
        }
    }

    private static List<String> said(Page page, String text, String key, String others) {
        page.fill("#text", text);
        page.fill("#key", key);
        page.fill("#others", others);
        page.click("#check");
        return page.locator("#said li").all().stream().map(line -> line.getAttribute("class")).toList();
    }

    @Test
    void looksGoodOnATelephoneAndOnADesk() {
        signed();
        for (Browser.Setup setup : List.of(Browser.visit(port).narrow().withoutScripts(), Browser.visit(port).wide().inEnglish())) {
            try (Visit visit = setup.open()) {
                visit.go("/proof");
                visit.show("public-record");
                Page page = visit.go("/follow");
                page.fill("[name=number]", matter.number().digits());
                page.fill("[name=code]", matter.code().orElseThrow());
                page.click("main button[type=submit]");
                page.click("main a[href$='/proof']");
                visit.show("proof-of-a-matter");
            }
        }
    }
}
