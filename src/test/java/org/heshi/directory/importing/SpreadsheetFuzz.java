package org.heshi.directory.importing;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes are a spreadsheet or a refusal. */
class SpreadsheetFuzz {

    @FuzzTest(maxDuration = "60s")
    void isReadOrRefused(byte[] file) {
        Spreadsheet.read(file);
    }
}
