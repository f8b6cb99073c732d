package org.heshi.mediation.course;

import java.util.Optional;
import org.heshi.matters.Companion;

/** Whoever keeps something beside a dispute by what happened to it: ledgers, figures, papers. Called in the transaction of the act; whatever is thrown undoes it. */
public interface CourseListener {

    /** Whether it keeps something of that action: a dispute is read before and after only for who listens. */
    boolean listensTo(String action);

    /**
     * @param before how it stood; empty before it was taken up
     * @param after  how it stands
     */
    void kept(Companion.Step step, Optional<Dispute> before, Dispute after);
}
