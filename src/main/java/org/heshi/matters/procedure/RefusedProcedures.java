package org.heshi.matters.procedure;

/** Procedure files are wrong. A wrong procedure would do wrong to everybody whose matter runs under it, so the program does not start with one. */
public final class RefusedProcedures extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Violations violations;

    RefusedProcedures(Violations violations) {
        super(violations.render());
        this.violations = violations;
    }

    public Violations violations() {
        return violations;
    }
}
