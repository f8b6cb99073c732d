package org.heshi.statistics;

import java.util.function.LongConsumer;

/** Counts all figures anew from the log, while people act. For the program's own parts, never for pages. */
public interface Recount {

    /** How many matters are to be looked at, about. */
    long about();

    /**
     * @param mend     whether what differs is put right; else it is only told
     * @param progress told how many more matters were looked at
     */
    Outcome run(boolean mend, LongConsumer progress);

    /**
     * @param matters how many there are
     * @param entries how many entries they have
     * @param lives   matters that counted as something else than their log says
     * @param cells   rows of cells that were not the sum of what matters count; not looked at when they are made anew
     */
    record Outcome(long matters, long entries, long lives, long cells) {
        public boolean same() {
            return lives == 0 && cells == 0;
        }
    }
}
