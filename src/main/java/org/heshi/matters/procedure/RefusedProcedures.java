package org.heshi.matters.procedure;

import org.springframework.boot.ExitCodeGenerator;

/** The procedure files are wrong, so the program does not start: a wrong procedure would do wrong to everybody whose matter runs under it. */
public final class RefusedProcedures extends RuntimeException implements ExitCodeGenerator {

    /** What the process answers with. */
    public static final int EXIT_CODE = 2;

    private final transient Violations violations;

    RefusedProcedures(Violations violations) {
        super(violations.render());
        this.violations = violations;
    }

    public Violations violations() {
        return violations;
    }

    @Override
    public int getExitCode() {
        return EXIT_CODE;
    }
}
