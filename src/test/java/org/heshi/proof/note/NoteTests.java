package org.heshi.proof.note;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.heshi.proof.tree.Hash;
import org.junit.jupiter.api.Test;

class NoteTests {

    /** The example of the specification (C2SP signed-note). */
    private static final String EXAMPLE = """
            This is an example message.

            \u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
            """;
    private static final String EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    private static final Instant AT = Instant.parse("2026-11-22T09:00:00Z");

    @Test
    void readsAndChecksWhatOthersSign() {
        VerifyingKey key = VerifyingKey.parse(EXAMPLE_KEY).orElseThrow();
        assertThat(key).hasToString(EXAMPLE_KEY);
        Note note = Note.parse(EXAMPLE).orElseThrow();
        assertThat(note.signer(List.of(key))).contains(key);
        assertThat(note).hasToString(EXAMPLE);
        assertThat(Note.parse(EXAMPLE.replace("example message", "other message")).orElseThrow().signer(List.of(key))).isEmpty();
        assertThat(VerifyingKey.parse(EXAMPLE_KEY.replace("530d903a", "530d903b"))).isEmpty();
    }

    @Test
    void isWorthNothingUnderAnotherKeyOrName() {
        SigningKey key = SigningKey.fresh("heshi-330681-1");
        Note note = Note.signed("one\ntwo\n", key);
        assertThat(Note.parse(note.toString()).orElseThrow().signer(List.of(key.verifier()))).contains(key.verifier());
        assertThat(note.signer(List.of(SigningKey.fresh("heshi-330681-1").verifier()))).isEmpty();
        assertThat(note.signer(List.of(new VerifyingKey("heshi-330682-1", key.verifier().bytes())))).isEmpty();
        assertThat(note.signer(List.of())).isEmpty();
    }

    @Test
    void isNoNoteWithoutItsParts() {
        for (String text : List.of("", "\n", "one\n", "one\n\n", "one\n\n\u2014 a\n", "one\n\n\u2014 a b c\n", "one\n\n- a Uw2QOkn8\n", EXAMPLE.strip(), "\n\n\u2014 a Uw2QOkn8\n")) {
            assertThat(Note.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void keepsItsKeyThroughItsFile() {
        SigningKey key = SigningKey.fresh("heshi-330681-1");
        SigningKey read = SigningKey.parse(key.written()).orElseThrow();
        assertThat(Note.signed("x\n", read).toString()).isEqualTo(Note.signed("x\n", key).toString());
        assertThat(key.toString()).doesNotContain(key.written().strip().split("\n")[1].substring(20));
        assertThat(SigningKey.parse(key.written().substring(0, key.written().length() - 9))).isEmpty();
        assertThat(SigningKey.parse("nothing")).isEmpty();
        String other = SigningKey.fresh("heshi-330681-1").written();
        assertThat(SigningKey.parse(key.verifier() + "\n" + other.split("\n")[1] + "\n")).as("halves of two keys").isEmpty();
    }

    @Test
    void isFoundInTheMailsThatAWitnessKept() {
        SigningKey key = SigningKey.fresh("heshi-330681-1");
        TreeHead one = new TreeHead("heshi-330681-1", 7, Hash.leaf(new byte[0]), AT);
        TreeHead two = new TreeHead("heshi-330681-1", 9, Hash.leaf(new byte[1]), AT.plusSeconds(3600));
        String mails = "From: hall\r\nSubject: 和事存证\r\n\r\n请保存这封邮件\r\n\r\n" + Note.signed(one.text(), key).toString().replace("\n", "\r\n") + "\r\nFrom: hall\r\n\r\n"
                + Note.signed(two.text(), key) + "\n-- \n";
        assertThat(TreeHead.all(mails)).extracting(TreeHead.Signed::head).containsExactly(one, two);
        assertThat(TreeHead.all(mails)).allSatisfy(head -> assertThat(head.note().signer(List.of(key.verifier()))).isPresent());
    }

    @Test
    void carriesAReceiptAndItsProof() {
        SigningKey key = SigningKey.fresh("heshi-330681-1");
        Receipt receipt = new Receipt("heshi-330681-1", "0012612345678", 1, AT, Hash.leaf(new byte[] {3}));
        Hash other = Hash.leaf(new byte[] {4});
        TreeHead head = new TreeHead("heshi-330681-1", 2, Hash.node(receipt.leaf(), other), AT.plusSeconds(60));
        InclusionProof proof = new InclusionProof(0, List.of(other), TreeHead.parse(Note.signed(head.text(), key).toString()).orElseThrow());
        String file = Note.signed(receipt.text(), key) + "\n" + proof;
        assertThat(Receipt.all(file)).extracting(Receipt.Signed::receipt).containsExactly(receipt);
        InclusionProof read = InclusionProof.find(file).orElseThrow();
        assertThat(read.holds(receipt.leaf())).isTrue();
        assertThat(read.holds(other)).isFalse();
        assertThat(InclusionProof.find(file.replace(other.toString(), other.toString().substring(4)))).isEmpty();
        assertThat(InclusionProof.find("c2sp.org/tlog-proof@v1\nindex 1")).isEmpty();
        assertThat(InclusionProof.find("c2sp.org/tlog-proof@v1")).isEmpty();
        assertThat(Receipt.all(file.replace("entry 1", "entry 01"))).isEmpty();
    }
}
