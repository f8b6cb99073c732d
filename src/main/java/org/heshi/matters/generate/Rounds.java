package org.heshi.matters.generate;

import org.heshi.matters.clock.Recount;
import org.heshi.matters.clock.Watch;
import org.springframework.stereotype.Component;

/** What the program does by itself about limits, one round at a time and only when told to. */
@Component
public class Rounds {

    private final Watch watch;
    private final Recount recount;

    Rounds(Watch watch, Recount recount) {
        this.watch = watch;
        this.recount = recount;
    }

    /** Gives word of what is due now, one batch. @return how many were due */
    public int watch() {
        return watch.round();
    }

    /** Counts one batch again after a notice. @return how many limits it came past; 0 when the walk is over */
    public int recount() {
        return recount.round();
    }
}
