package org.heshi.matters.procedure;

import java.util.List;
import org.heshi.matters.PersonalFields;
import org.heshi.matters.procedure.Procedure.Type;
import org.springframework.stereotype.Component;

@Component
class FieldsOfPeople implements PersonalFields {

    private final Procedures procedures;

    FieldsOfPeople(Procedures procedures) {
        this.procedures = procedures;
    }

    @Override
    public List<PersonalField> all() {
        return procedures.all().stream().flatMap(procedure -> procedure.actions().values().stream().flatMap(action -> action.fields().stream())
                .filter(field -> field.type().particular() || field.type() == Type.POINT)
                .map(field -> new PersonalField(procedure.kind(), field.name(), field.label()))).distinct().toList();
    }
}
