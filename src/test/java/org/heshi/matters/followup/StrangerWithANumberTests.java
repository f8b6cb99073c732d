package org.heshi.matters.followup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.attachments.picture.SamplePictures;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.FollowedMatter;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Matters.Evidence;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@HeshiTest
class StrangerWithANumberTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    EvidenceStore evidence;
    @LocalServerPort
    int port;
    private FollowedMatter staff;
    private Answer.Done matter;
    private String address;

    @BeforeEach
    void somebodyReported() {
        staff = FollowedMatter.inAVillage(context);
        matter = staff.report(Map.of());
        address = "/follow/" + matter.number().digits();
    }

    @Test
    void seesOnlyTheQuestionForTheCode() {
        Visitor.Answer answer = new Visitor(port).get(address);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("name=\"code\"").doesNotContain("路灯");
        assertThat(new Visitor(port).get(address + "/act/add").body()).contains("name=\"code\"").doesNotContain("路灯");
    }

    @Test
    void cannotTellAnUnknownNumberFromAWrongCode() {
        Visitor visitor = new Visitor(port);
        visitor.get("/follow");
        String unknown = unknownNumber();
        Visitor.Answer wrong = visitor.post("/follow", Map.of("number", matter.number().digits(), "code", "ABCDEFGH"));
        Visitor.Answer none = visitor.post("/follow", Map.of("number", unknown, "code", "ABCDEFGH"));
        assertThat(wrong.status()).isEqualTo(none.status()).isEqualTo(422);
        assertThat(plain(wrong, matter.number().digits())).isEqualTo(plain(none, unknown));
    }

    @Test
    void isHeldUpAfterTenWrongCodesWhileOthersAreNot() {
        Visitor guesser = new Visitor(port);
        guesser.get("/follow");
        for (int i = 0; i < 10; i++) {
            assertThat(guesser.post("/follow", Map.of("number", matter.number().digits(), "code", "ABCDEFG" + (i + 2) % 10)).status()).isEqualTo(422);
        }
        Visitor.Answer held = guesser.post("/follow", right());
        assertThat(held.status()).isEqualTo(429);
        assertThat(held.body()).contains("3 分钟再试").contains(matter.number().digits());

        Visitor owner = new Visitor(port);
        owner.get("/follow");
        assertThat(owner.post("/follow", right()).status()).isEqualTo(303);
    }

    @Test
    void mayOpenTheirOwnMatterAgainAndAgain() {
        Visitor owner = new Visitor(port);
        for (int i = 0; i < 15; i++) {
            owner.get("/follow");
            assertThat(owner.post("/follow", right()).status()).isEqualTo(303);
        }
    }

    @Test
    void seesNothingOfAnotherMatterWithTheirOwnCode() throws IOException {
        Answer.Done other = staff.report(Map.of("title", "别人的事", "files", List.of(photo())));
        UUID file = staff.history(other.matter()).getFirst().files().getFirst().id();
        Visitor visitor = in();
        String theirs = "/follow/" + other.number().digits();
        assertThat(visitor.get(theirs).body()).contains("name=\"code\"").doesNotContain("别人的事");
        visitor.get(address);
        assertThat(visitor.post(theirs + "/act/add", Map.of("words", "不该在这里")).body()).contains("name=\"code\"");
        assertThat(staff.history(other.matter())).hasSize(1);
        awaitNaming(other.matter(), file);
        assertThat(visitor.get("/follow/files/" + file).status()).isEqualTo(404);
        assertThat(visitor.get("/report/files/" + file + "/thumb").status()).isEqualTo(404);
        assertThat(visitor.get("/files/" + file).status()).isNotEqualTo(200);
    }

    @Test
    void getsTheirOwnPhotoWithHeadersThatLetItBeNothingElse() throws IOException {
        matter = staff.report(Map.of("files", List.of(photo())));
        address = "/follow/" + matter.number().digits();
        UUID file = staff.history(matter.matter()).getFirst().files().getFirst().id();
        awaitNaming(matter.matter(), file);
        Visitor.Answer answer = in().get("/follow/files/" + file);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).hasValue("image/png");
        assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.header("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).hasValue("same-origin");
        assertThat(answer.header("Content-Disposition").orElseThrow()).startsWith("inline").doesNotContain("<");
        assertThat(answer.header("Content-Security-Policy").orElseThrow()).contains("sandbox");
    }

    @Test
    void keepsWhatTheyTypedWhenSomebodyActsFirst() {
        Visitor visitor = in();
        String form = visitor.get(address + "/act/add").body();
        String version = form.replaceAll("(?s).*name=\"form.version\" value=\"([0-9]+)\".*", "$1");
        staff.act(staff.desk(), matter.matter(), "confirm", Map.of());
        Map<String, String> typed = Map.of("words", "又坏了一盏", "form.version", version, "form.key", UUID.randomUUID().toString());
        Visitor.Answer stale = visitor.post(address + "/act/add", typed);
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.body()).contains("又坏了一盏").contains("有了新的变化").contains("待分类");
        String now = stale.body().replaceAll("(?s).*name=\"form.version\" value=\"([0-9]+)\".*", "$1");
        assertThat(now).isNotEqualTo(version);
        Map<String, String> again = Map.of("words", "又坏了一盏", "form.version", now, "form.key", UUID.randomUUID().toString());
        assertThat(visitor.post(address + "/act/add", again).status()).isEqualTo(303);
        assertThat(visitor.post(address + "/act/add", again).status()).as("the same form twice").isEqualTo(303);
        assertThat(staff.history(matter.matter()).stream().filter(item -> item.action().equals("add"))).hasSize(1);
    }

    @Test
    void cannotDoWhatIsNotTheirs() {
        Visitor visitor = in();
        visitor.get(address);
        assertThat(visitor.get(address + "/act/confirm").status()).isEqualTo(404);
        assertThat(visitor.post(address + "/act/nothing", Map.of()).status()).isEqualTo(404);
        assertThat(visitor.post(address + "/act/confirm", Map.of("form.version", "1")).status()).isEqualTo(422);
        assertThat(visitor.post(address + "/act/reopen", Map.of("form.version", "1", "reason", "还没好")).status()).isEqualTo(422);
        assertThat(staff.history(matter.matter())).hasSize(1);
    }

    @Test
    void seesNothingAnyMoreAfterLeaving() {
        Visitor visitor = in();
        assertThat(visitor.get(address).body()).contains("路灯");
        assertThat(visitor.post("/follow/leave", Map.of()).status()).isEqualTo(303);
        assertThat(visitor.get(address).body()).contains("name=\"code\"").doesNotContain("路灯");
    }

    private Visitor in() {
        Visitor visitor = new Visitor(port);
        visitor.get("/follow");
        assertThat(visitor.post("/follow", right()).status()).isEqualTo(303);
        visitor.get(address);
        return visitor;
    }

    private Map<String, String> right() {
        return Map.of("number", matter.number().digits(), "code", matter.code().orElseThrow());
    }

    private Evidence photo() throws IOException {
        byte[] bytes = SamplePictures.png(30, 20);
        EvidenceStore.Kept kept = org.heshi.access.Acting.as(new org.heshi.access.Actor.Passerby(), () -> {
            try {
                return evidence.keep("<img>\u202E照片.png", bytes.length, new ByteArrayInputStream(bytes));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        return ((EvidenceStore.Kept.Done) kept).evidence();
    }

    /** The log is read a moment later; from then on the unguessable id alone opens nothing. */
    private void awaitNaming(UUID in, UUID file) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (new Visitor(port).get("/report/files/" + file + "/thumb").status() != 404) {
            assertThat(System.nanoTime()).as("the naming of %s in %s", file, in).isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000L);
        }
    }

    private String unknownNumber() {
        return org.heshi.kernel.MatterNumber.draw(999, 99, new java.util.Random(7)).digits();
    }

    private static String plain(Visitor.Answer answer, String number) {
        return answer.body().replace(number, "N").replaceAll("name=\"_csrf\" value=\"[^\"]*\"", "");
    }
}
