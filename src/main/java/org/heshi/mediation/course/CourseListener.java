package org.heshi.mediation.course;

import java.util.Optional;
import org.heshi.matters.Companion;

/** Whoever keeps something beside a dispute by what happened to it: ledgers, figures, papers. Called in the transaction of the act; whatever is thrown undoes it. */
public interface CourseListener {

    /**
     * @param before how it stood; empty before it was taken up
     * @param after  how it stands
     */
    void kept(Companion.Step step, Optional<Dispute> before, Dispute after);
}
