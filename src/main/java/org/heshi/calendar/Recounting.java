package org.heshi.calendar;

import java.time.Instant;
import java.util.Optional;

/** Whoever keeps due instants and counts them again after a new notice: how far that has come, for the page on which the notice was taken in. */
public interface Recounting {

    /**
     * @param counted how many were looked at so far
     * @param total   how many there were when it began
     * @param failed  how many keep their old instant because they could not be counted
     * @param done    whether all were
     * @param at      of the last step
     */
    record Progress(long counted, long total, long failed, boolean done, Instant at) {
    }

    /** Of the newest count; empty when there was none yet. Any actor may ask. */
    Optional<Progress> progress();
}
