package org.heshi.mediation.figures;

import java.util.Optional;
import java.util.Set;
import org.heshi.access.Actor;
import org.heshi.access.InnerScope;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.matters.Companion;
import org.heshi.matters.MatterRows;
import org.heshi.mediation.course.CourseListener;
import org.heshi.mediation.course.Dispute;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Counts each case as its acts leave it, in their transaction. A case counts at the place of the committee that accepted it. It is what has a number: mediated again by
 * the same committee it is the same case; another committee that takes the matter up gives it a number of its own and has a case more, and the first one stays with
 * what it agreed.
 */
@Component
@Order(20)
class CountingCases implements CourseListener {

    private static final Actor.Machine SELF = new Actor.Machine("mediation");
    private static final Set<String> COUNTS = Set.of("take-up", "amend", "appoint", "put-in-force", "oral", "stop", "leave", "refuse", "not-fit", "decline", "withdraw", "reopen", "redo", "remediate", "perform", "performed", "file",
            "court-accepted", "court-confirmed", "court-refused", "court-withdrawn");

    private final CaseFigures figures;
    private final Directory directory;
    private final MatterRows matters;
    private final InnerScope inner;

    CountingCases(CaseFigures figures, Directory directory, MatterRows matters, InnerScope inner) {
        this.figures = figures;
        this.directory = directory;
        this.matters = matters;
        this.inner = inner;
    }

    @Override
    public boolean listensTo(String action) {
        return COUNTS.contains(action);
    }

    @Override
    public void kept(Companion.Step step, Optional<Dispute> before, Dispute after) {
        inner.as(SELF, () -> {
            boolean walled = matters.keptFromSome(step.matter());
            Figure was = figures.find(step.matter(), after.unit())
                    .orElseGet(() -> Figure.first(after, directory.findUnit(after.unit()).map(Unit::division).orElseThrow(), walled));
            figures.put(was.now(after, walled));
            // what is paid of another body's agreement is that one's figure
            after.inForce().map(Dispute.Draft::unit).filter(unit -> !unit.equals(after.unit())).flatMap(unit -> figures.find(step.matter(), unit))
                    .ifPresent(theirs -> figures.put(theirs.now(after, walled)));
        });
    }
}
