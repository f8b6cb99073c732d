package org.heshi.exchange.orders;

import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;

/**
 * A value of ours in a message to them.
 *
 * @param to     where
 * @param of     which of ours
 * @param fixed  a value that is always the same
 * @param values what ours is called there
 * @param otherwise what stands there for what is not among them; empty: ours
 * @param as     text, number or boolean
 */
record Out(JsonPointer to, Optional<String> of, Optional<String> fixed, Map<String, String> values, Optional<String> otherwise, Optional<Source.TimeForm> time, String as) {

    Out {
        values = Map.copyOf(values);
    }
}
