package org.heshi.matters.procedure;

import java.util.List;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.ChildFields;
import org.heshi.matters.procedure.Procedure.Field;
import org.heshi.matters.procedure.Procedure.Type;
import org.springframework.stereotype.Component;

@Component
class FieldsOfChildren implements ChildFields {

    private static final String FIRST = "under-14";
    private static final Bilingual NO_HINT = new Bilingual("", "");

    private final Procedures procedures;

    FieldsOfChildren(Procedures procedures) {
        this.procedures = procedures;
    }

    /** The question itself, and what is asked because of the answer. */
    @Override
    public List<Question> of(String kind, String action) {
        return procedures.current(kind).findAction(action).stream().flatMap(found -> found.fields().stream())
                .filter(field -> field.name().equals(FIRST) || field.when().filter(when -> when.field().equals(FIRST)).isPresent())
                .map(FieldsOfChildren::question).toList();
    }

    private static Question question(Field field) {
        return new Question(field.name(), field.label(), field.hint().orElse(NO_HINT), field.options(), field.type() == Type.PHONE);
    }
}
