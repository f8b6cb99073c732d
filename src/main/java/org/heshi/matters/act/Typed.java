package org.heshi.matters.act;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heshi.kernel.Refusal;

/**
 * The input of an action after reading it by the procedure's fields: what may stand in the entry, what stands apart as particulars, what
 * it sets, and every reason why it cannot be taken.
 *
 * @param data  codes, ids, numbers and times by field name, as canonical JSON can hold them
 * @param sets  values by target, in the types of their columns
 */
record Typed(Map<String, Object> data, List<Words> words, Map<org.heshi.matters.procedure.Procedure.Target, Object> sets, List<Refusal> refusals) {

    /** With what the entry says beside what was typed. */
    Typed saying(Map<String, Object> adds) {
        if (adds.isEmpty()) {
            return this;
        }
        Map<String, Object> all = new LinkedHashMap<>(data);
        all.putAll(adds);
        return new Typed(all, words, sets, refusals);
    }

    record Words(String field, int ordinal, Optional<Integer> party, String kind, String value) {
    }
}
