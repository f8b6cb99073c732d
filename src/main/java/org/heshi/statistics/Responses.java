package org.heshi.statistics;

import java.time.LocalDate;
import java.util.Optional;

/** How many of what was assigned in these days its lead signed for in time: the same count as among the rates of supervision, for {@link org.heshi.access.Acting#current()}. */
public interface Responses {

    /** @param only kind, category, channel and level are told apart @param cut places of then or of today */
    InTime of(Whose whose, LocalDate from, LocalDate to, Only only, Question.Cut cut);

    /**
     * @param inTime signed for before the limit for signing was over
     * @param due    signed for, or over that limit without
     * @param least  fewer than this give no rate
     */
    record InTime(long inTime, long due, int least) {
    }
}
