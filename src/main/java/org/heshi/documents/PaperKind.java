package org.heshi.documents;

import java.util.Objects;

/**
 * A kind of paper. Rooms declare beans of it. The program does not start when the template is not there, or takes anything but a {@link PaperFrame}
 * {@code paper} and a {@code content} of this class; that it names no field which the content lacks is the compiler's business.
 *
 * @param code     small letters, digits and dashes; the same one in no other room, and never changed: the register keeps it
 * @param title    key of the message that it is called by
 * @param template JTE template that writes XHTML, as {@code mediation/papers/agreement.jte}
 * @param content  what it is filled from
 * @param sealed   whether it bears the unit's seal; without a certificate of the unit it is not issued then
 * @param contacts whether it shows who people are or where they live: staff fetch it who work on cases, and are recorded to have seen that
 */
public record PaperKind(String code, String title, String template, Class<? extends Record> content, boolean sealed, boolean contacts) {

    /** One that shows no contacts. */
    public PaperKind(String code, String title, String template, Class<? extends Record> content, boolean sealed) {
        this(code, title, template, content, sealed, false);
    }

    public PaperKind {
        if (!code.matches("[a-z][a-z0-9-]{1,39}")) {
            throw new IllegalArgumentException("not a code of a paper: " + code);
        }
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(content, "content");
        if (!template.endsWith(".jte")) {
            throw new IllegalArgumentException("not a template: " + template);
        }
    }
}
