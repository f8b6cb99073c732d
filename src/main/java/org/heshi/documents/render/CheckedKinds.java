package org.heshi.documents.render;

import gg.jte.TemplateEngine;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.heshi.documents.PaperFrame;
import org.heshi.documents.PaperKind;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** All kinds of papers that rooms declare; the program does not start when a template and its content do not belong together. */
@Component
public class CheckedKinds {

    private final Map<String, PaperKind> kinds = new HashMap<>();

    CheckedKinds(ObjectProvider<PaperKind> declared, TemplateEngine templates) {
        for (PaperKind kind : declared.orderedStream().toList()) {
            check(kind, templates);
            if (kinds.put(kind.code(), kind) != null) {
                throw new IllegalStateException("two kinds of papers are called " + kind.code());
            }
        }
    }

    /** @throws IllegalStateException when the template is not there or takes something else */
    static void check(PaperKind kind, TemplateEngine templates) {
        if (!templates.hasTemplate(kind.template())) {
            throw new IllegalStateException("the paper " + kind.code() + " has no template " + kind.template());
        }
        Map<String, Class<?>> taken = templates.getParamInfo(kind.template());
        Map<String, Class<?>> given = Map.of("paper", PaperFrame.class, "content", kind.content());
        if (!taken.equals(given)) {
            throw new IllegalStateException("the template " + kind.template() + " of the paper " + kind.code() + " takes " + taken + " and would be given " + given);
        }
    }

    /** @throws NoSuchElementException when no room declares it */
    public PaperKind get(String code) {
        PaperKind kind = kinds.get(code);
        if (kind == null) {
            throw new NoSuchElementException("no paper is called " + code);
        }
        return kind;
    }

    /** Whether it shows who people are; also of one that no room declares any more, of which nobody can say. */
    public boolean showsContacts(String code) {
        return Optional.ofNullable(kinds.get(code)).map(PaperKind::contacts).orElse(true);
    }

    /** What a kind is called; empty for one that no room declares any more. */
    public Optional<String> title(String code) {
        return Optional.ofNullable(kinds.get(code)).map(PaperKind::title);
    }
}
