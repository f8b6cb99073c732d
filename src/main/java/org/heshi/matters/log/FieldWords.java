package org.heshi.matters.log;

import java.util.Locale;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.procedure.HouseActs;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Field;
import org.heshi.matters.procedure.Procedures;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What an action and a field of it are called, also where the house acted and no procedure did. */
@Component
public class FieldWords {

    private final Procedures procedures;
    private final MessageSource messages;

    FieldWords(Procedures procedures, MessageSource messages) {
        this.procedures = procedures;
        this.messages = messages;
    }

    public Bilingual of(String key) {
        return new Bilingual(messages.getMessage(key, null, Locale.SIMPLIFIED_CHINESE), messages.getMessage(key, null, Locale.ENGLISH));
    }

    /** @param procedure the version from which it was done */
    public Bilingual action(String kind, int procedure, String action) {
        return HouseActs.ALL.contains(action) ? of("house." + action)
                : procedures.version(kind, procedure).findAction(action).map(Action::title).orElseGet(() -> of("house.went.entry"));
    }

    public Bilingual field(String kind, int procedure, String action, String field) {
        if (HouseActs.ALL.contains(action)) {
            return of(field.equals(HouseActs.STAYS) ? "house.stays" : "house.correction");
        }
        Procedure known = procedures.version(kind, procedure);
        return known.findAction(action).flatMap(one -> one.findField(field)).or(() -> known.actions().values().stream().flatMap(one -> one.findField(field).stream()).findFirst())
                .map(Field::label).orElseGet(() -> of("house.went.other"));
    }
}
