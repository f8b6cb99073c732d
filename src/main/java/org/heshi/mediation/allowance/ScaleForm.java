package org.heshi.mediation.allowance;

import java.util.Objects;

/** What is typed about a line of the scale. */
public record ScaleForm(String what, String form, String type, String amount, String from, String basis) {

    public ScaleForm {
        what = Objects.requireNonNullElse(what, "");
        form = Objects.requireNonNullElse(form, "");
        type = Objects.requireNonNullElse(type, "");
        amount = Objects.requireNonNullElse(amount, "");
        from = Objects.requireNonNullElse(from, "");
        basis = Objects.requireNonNullElse(basis, "");
    }
}
