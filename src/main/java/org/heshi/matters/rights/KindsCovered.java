package org.heshi.matters.rights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.heshi.access.AccessTable;
import org.heshi.kernel.CannotStart;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedures;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Every kind of matter that is published stands in the access table, in the group that its procedure puts it into. A county's own kinds are named in
 * {@code heshi.own-kinds}: with that somebody says that they know them to be guarded as their group.
 */
@Component
class KindsCovered {

    KindsCovered(Procedures procedures, @Value("${heshi.own-kinds:}") String own) {
        List<String> wrong = problems(AccessTable.shipped(), procedures.all(), own);
        if (!wrong.isEmpty()) {
            throw CannotStart.wrongSettings(wrong);
        }
    }

    static List<String> problems(AccessTable table, List<Procedure> procedures, String own) {
        Set<String> named = Arrays.stream(own.split(",")).map(String::strip).filter(kind -> !kind.isEmpty()).collect(Collectors.toSet());
        List<String> wrong = new ArrayList<>();
        for (Procedure procedure : procedures) {
            String group = procedure.internal() ? AccessTable.BETWEEN_OFFICES : AccessTable.BROUGHT;
            String known = table.groups().get(procedure.kind());
            if (known == null && !named.contains(procedure.kind())) {
                wrong.add("The kind \"" + procedure.kind() + "\" stands in no line of the access table (page /access). If what holds for the group \"" + group
                        + "\" is right for it, name it in HESHI_OWN_KINDS.");
            } else if (known != null && !known.equals(group)) {
                wrong.add("The access table has the kind \"" + procedure.kind() + "\" in the group \"" + known + "\", and its procedure makes it \"" + group + "\".");
            }
        }
        return wrong;
    }
}
