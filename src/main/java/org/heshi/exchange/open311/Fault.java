package org.heshi.exchange.open311;

import java.util.List;

/**
 * What is wrong with a request: 404 for what is not there, 403 for the key, 400 for everything else, as the specification has it.
 *
 * @param key of the message that says it, below {@code open311.fault}
 */
record Fault(int status, String key, List<Object> arguments) {

    Fault {
        arguments = List.copyOf(arguments);
    }

    static Fault bad(String key, Object... arguments) {
        return new Fault(400, key, List.of(arguments));
    }

    static Fault missing(String key, Object... arguments) {
        return new Fault(404, key, List.of(arguments));
    }

    static Fault key(String key) {
        return new Fault(403, key, List.of());
    }

    /** Thrown from where it is found; the first says the status of the answer, all of them stand in it. */
    static final class Found extends RuntimeException {

        private final transient List<Fault> faults;

        Found(List<Fault> faults) {
            super(faults.toString(), null, false, false);
            this.faults = List.copyOf(faults);
        }

        Found(Fault fault) {
            this(List.of(fault));
        }

        List<Fault> faults() {
            return faults;
        }
    }
}
