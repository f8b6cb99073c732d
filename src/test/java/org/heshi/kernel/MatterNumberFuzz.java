package org.heshi.kernel;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever is typed where a number belongs is one, with its check digit, or none. */
class MatterNumberFuzz {

    @FuzzTest(maxDuration = "60s")
    void isOneOrNone(byte[] typed) {
        String text = new String(typed, StandardCharsets.UTF_8);
        MatterNumber.parse(text).ifPresent(number -> {
            if (!number.digits().matches("[0-9]{13}") || !MatterNumber.parse(number.shown()).equals(MatterNumber.parse(text))) {
                throw new IllegalStateException("taken for a number: " + text);
            }
        });
        Words.clean(text);
        Ids.find(text);
    }
}
