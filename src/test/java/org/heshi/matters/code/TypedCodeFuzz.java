package org.heshi.matters.code;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever is typed where a code belongs becomes at most nine of its symbols. */
class TypedCodeFuzz {

    @FuzzTest(maxDuration = "60s")
    void isSymbolsOfTheSet(byte[] typed) {
        String code = CodeKeeper.normal(new String(typed, StandardCharsets.UTF_8));
        if (!code.matches("[2-9A-HJKMNP-Z]{0,9}") || !CodeKeeper.normal(code).equals(code)) {
            throw new IllegalStateException("taken for a code: " + code);
        }
    }
}
