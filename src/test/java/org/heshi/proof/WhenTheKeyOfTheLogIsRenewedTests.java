package org.heshi.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.matters.Chains;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Receipts;
import org.heshi.matters.TreeProof;
import org.heshi.proof.head.LogKeys;
import org.heshi.proof.head.ProofSettings;
import org.heshi.proof.note.Receipt;
import org.heshi.proof.note.VerifyingKey;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@ProofTest
class WhenTheKeyOfTheLogIsRenewedTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    LogKeys keys;
    @Autowired
    ProofSettings settings;
    @Autowired
    Receipts receipts;
    @Autowired
    TreeProof proof;

    @Test
    void signsWithTheNewOneAndStillProvesWhatTheOldOneSigned() {
        Answer.Done matter = new Hall(context).report();
        ProofWaits.until(context, matter.number(), 1);
        String before = receipts.of(matter.number(), 1).orElseThrow();
        VerifyingKey old = keys.signing().verifier();
        VerifyingKey renewed = keys.renew(false);
        assertThat(renewed).isNotEqualTo(old);
        assertThat(keys.signing().verifier()).isEqualTo(renewed);
        String after = receipts.of(matter.number(), 1).orElseThrow();
        assertThat(Receipt.all(after).getFirst().note().signer(List.of(renewed))).isPresent();
        assertThat(Receipt.all(after).getFirst().note().signer(List.of(old))).isEmpty();
        assertThat(keys.known().getLast().statement()).contains("after " + old.shownId());
        assertThat(ProofWaits.signed(context).note().signer(List.of(renewed))).isPresent();
        List<Chains.Wrong> wrong = new ArrayList<>();
        Acting.run(new Actor.Machine("verify"), () -> proof.verify(List.of(before, after), List.of(), wrong::add, _ -> { }));
        assertThat(wrong).isEmpty();
    }

    @Test
    void goesOnWhereARenewalWasStopped() throws IOException {
        VerifyingKey old = keys.signing().verifier();
        String oldFile = Files.readString(settings.key());
        VerifyingKey renewed = keys.renew(false);
        // as if the power had failed between the statement and the file's change of place
        Path next = settings.key().resolveSibling(settings.key().getFileName() + ".next");
        Files.move(settings.key(), next);
        write(settings.key(), oldFile);
        Files.setLastModifiedTime(settings.key(), java.nio.file.attribute.FileTime.fromMillis(1));
        assertThat(keys.signing().verifier()).isEqualTo(renewed).isNotEqualTo(old);
        assertThat(next).doesNotExist();
    }

    @Test
    void doesNotSignWithoutItsKeyAndSaysWhatToDo() throws IOException {
        keys.signing();
        String kept = Files.readString(settings.key());
        Files.delete(settings.key());
        assertThatThrownBy(() -> keys.signing()).hasMessageContaining("lost").hasMessageContaining("log-key --lost");
        write(settings.key(), kept.substring(0, kept.length() - 12));
        assertThatThrownBy(() -> keys.signing()).hasMessageContaining("damaged");
        write(settings.key(), org.heshi.proof.note.SigningKey.fresh("heshi-test").written());
        assertThatThrownBy(() -> keys.signing()).hasMessageContaining("not the one that signed last");
        write(settings.key(), kept);
        Files.setPosixFilePermissions(settings.key(), PosixFilePermissions.fromString("rw-r-----"));
        Files.setLastModifiedTime(settings.key(), java.nio.file.attribute.FileTime.fromMillis(2));
        assertThatThrownBy(() -> keys.signing()).hasMessageContaining("chmod 600");
        write(settings.key(), kept);
        assertThat(keys.signing().written()).isEqualTo(kept);
    }

    @Test
    void isSeenToBeUnendorsedWhenTheOldOneWasLost() throws IOException {
        keys.signing();
        Files.delete(settings.key());
        VerifyingKey fresh = keys.renew(true);
        assertThat(keys.signing().verifier()).isEqualTo(fresh);
        assertThat(keys.known().getLast().statement()).contains("the one before is lost");
    }

    private static void write(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }
}
