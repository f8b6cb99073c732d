package org.heshi.bill.edition;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An edition of the bill.
 *
 * @param number    from 1; empty while it is a draft
 * @param month     the newest in it
 * @param recounted months that were counted anew since the edition before
 * @param digest    SHA-256 of its lines as CSV, 64 small hexadecimal digits
 * @param parts     its months, the oldest first
 */
public record Edition(UUID id, Optional<Integer> number, YearMonth month, Instant madeAt, List<YearMonth> recounted, String digest, Optional<Instant> releasedAt, List<Part> parts) {

    public Edition {
        recounted = List.copyOf(recounted);
        parts = List.copyOf(parts);
    }

    public Optional<Part> part(YearMonth wanted) {
        return parts.stream().filter(part -> part.month().equals(wanted)).findFirst();
    }

    public Part newest() {
        return parts.getLast();
    }

    /** One line of the list of editions. */
    public record Heading(UUID id, int number, YearMonth month, List<YearMonth> recounted, String digest, Instant releasedAt) {

        public Heading {
            recounted = List.copyOf(recounted);
        }
    }
}
