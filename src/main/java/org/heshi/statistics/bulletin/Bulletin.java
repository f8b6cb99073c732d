package org.heshi.statistics.bulletin;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;
import java.util.UUID;

/**
 * A bulletin without its paper.
 *
 * @param version  more than 1: takes the place of an earlier one of the same month
 * @param revision how often the draft was saved
 * @param number   which of the year; empty of a draft, as are the times
 */
public record Bulletin(UUID id, String place, YearMonth month, int version, UUID unit, String foreword, String remarks, int revision, Instant writtenAt, Optional<Integer> number,
        Optional<Instant> countedAt, Optional<Instant> releasedAt) {

    public boolean released() {
        return releasedAt.isPresent();
    }
}
