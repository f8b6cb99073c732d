package org.heshi.directory.desk;

import java.util.List;
import java.util.Map;
import org.heshi.kernel.Refusal;

/** What came of a change to the directory. */
public sealed interface Answer {

    /** @param id of what was added or changed: a UUID, or the code of a category */
    record Done(String id) implements Answer {
    }

    /** @param candidates by field name: what the typed words may have meant, when they meant several things */
    record Refused(List<Refusal> refusals, Map<String, List<Candidate>> candidates) implements Answer {

        public Refused {
            refusals = List.copyOf(refusals);
            candidates = Map.copyOf(candidates);
        }

        public Refused(List<Refusal> refusals) {
            this(refusals, Map.of());
        }
    }
}
