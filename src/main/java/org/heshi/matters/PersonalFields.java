package org.heshi.matters;

import java.util.List;
import org.heshi.kernel.Bilingual;

/** Every field of the newest procedures in which people's words, names, addresses, files or whereabouts are taken. */
public interface PersonalFields {

    List<PersonalField> all();

    /** @param kind of the procedure that has it */
    record PersonalField(String kind, String name, Bilingual label) {
    }
}
