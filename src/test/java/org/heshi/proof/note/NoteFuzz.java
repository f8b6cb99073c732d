package org.heshi.proof.note;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Any text is a note, a head, a proof or none, and says the same when it is written again. */
class NoteFuzz {

    @FuzzTest(maxDuration = "60s")
    void isReadOrNot(byte[] file) {
        String text = new String(file, StandardCharsets.UTF_8);
        Note.parse(text).ifPresent(note -> {
            if (Note.parse(note.toString()).filter(again -> again.toString().equals(note.toString())).isEmpty()) {
                throw new IllegalStateException("another note when it is written again");
            }
        });
        TreeHead.parse(text);
        Receipt.parse(text);
        InclusionProof.find(text);
        VerifyingKey.parse(text);
    }
}
