package org.heshi.directory.desk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heshi.kernel.Refusal;

/** What typed words turned out to mean. */
public sealed interface Found<T> {

    record One<T>(T value) implements Found<T> {
    }

    /** Nothing was typed. */
    record Nothing<T>() implements Found<T> {
    }

    /** Nothing has that name, or several things have: then the candidates are named. */
    record Unclear<T>(Refusal refusal, List<Candidate> candidates) implements Found<T> {
    }

    default Optional<T> one() {
        return this instanceof One<T>(T it) ? Optional.of(it) : Optional.empty();
    }

    /** Collects what there is to say about the field. */
    default void tell(String field, List<Refusal> refusals, Map<String, List<Candidate>> candidates) {
        if (this instanceof Unclear<T>(Refusal refusal, List<Candidate> among)) {
            refusals.add(refusal);
            if (!among.isEmpty()) {
                candidates.put(field, among);
            }
        }
    }
}
