package org.heshi.matters.procedure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what is wrong with the procedure files in place of a stack trace. */
class RefusedProceduresAnalyzer extends AbstractFailureAnalyzer<RefusedProcedures> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RefusedProcedures cause) {
        int number = cause.violations().list().size();
        return new FailureAnalysis((number == 1 ? "One thing is" : number + " things are") + " wrong with the procedure files:\n\n"
                + cause.violations().render(),
                "Mend the lines named above and start again. docs/procedures.md describes the format; "
                        + "./heshi procedures check FOLDER checks without starting.", cause);
    }
}
