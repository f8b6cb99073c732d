package org.heshi.matters.procedure;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes in the place of a procedure are procedures or violations with their lines. */
class ProcedureFileFuzz {

    @FuzzTest(maxDuration = "60s")
    void isReadOrRefused(byte[] file) {
        try {
            ProcedureSet.of(GoodFiles.with("repair.yaml", file));
        } catch (RefusedProcedures refused) {
            if (refused.violations().list().isEmpty() || refused.violations().list().stream().anyMatch(violation -> violation.line() < 1 || violation.message().isBlank())) {
                throw new IllegalStateException("refused without a reason", refused);
            }
        }
    }
}
