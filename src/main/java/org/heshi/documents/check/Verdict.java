package org.heshi.documents.check;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What is told to whoever holds a file: nothing but what stands in the register beside what the file itself says.
 *
 * @param unit   whose seal it bears, by its name of today
 * @param number as it is printed
 * @param title  key of what such a paper is called; empty when it is not known
 * @param at     when this version, or this copy, was made
 */
public record Verdict(Kind kind, Optional<String> unit, Optional<String> number, String title, Optional<Instant> at, Standing standing, String sha256) {

    public enum Kind {
        /** Sealed, whole, and in the register. */ GENUINE,
        /** In the register, and bears no seal. */ KNOWN,
        /** Sealed and whole, but not in the register. */ NOT_IN_REGISTER,
        /** Something was put behind what was sealed. */ CHANGED,
        /** Bears a signature that does not fit, or none of this house. */ BROKEN, FOREIGN,
        /** No signature, and not in the register. */ UNKNOWN;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public String tone() {
            return switch (this) {
                case GENUINE, KNOWN -> "good";
                case NOT_IN_REGISTER, FOREIGN, UNKNOWN -> "warn";
                case CHANGED, BROKEN -> "bad";
            };
        }
    }

    /** How what was found stands in the register. */
    public enum Standing {
        NONE, HOLDS, REPLACED, WITHDRAWN, COPY, CASE_FILE;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
