package org.heshi.attachments.picture;

import org.heshi.kernel.Refusal;

/** Why bytes are no picture that may be kept. Never leaves this package. */
final class NotAPicture extends Exception {

    private final transient Refusal refusal;

    NotAPicture(Refusal refusal) {
        super(refusal.code());
        this.refusal = refusal;
    }

    static NotAPicture because(String code, Object... arguments) {
        return new NotAPicture(Refusal.of(code, arguments));
    }

    Refusal refusal() {
        return refusal;
    }
}
