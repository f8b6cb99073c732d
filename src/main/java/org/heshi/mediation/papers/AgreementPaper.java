package org.heshi.mediation.papers;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.heshi.documents.Papers;
import org.heshi.documents.UnitSeals;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Companion;
import org.heshi.mediation.course.CourseListener;
import org.heshi.mediation.course.Dispute;
import org.springframework.stereotype.Component;

/** The agreement is in force when it is sealed, and not one moment before: both are one transaction. What stands against its printing stands against the act. */
@Component
class AgreementPaper implements Companion, CourseListener {

    private static final String ACTION = "put-in-force";
    private static final String ORAL = "oral";

    private final CaseReader cases;
    private final CasePapers issued;
    private final Filling filling;
    private final Papers papers;
    private final UnitSeals seals;

    AgreementPaper(CaseReader cases, CasePapers issued, Filling filling, Papers papers, UnitSeals seals) {
        this.cases = cases;
        this.issued = issued;
        this.filling = filling;
        this.papers = papers;
        this.seals = seals;
    }

    @Override
    public boolean takesPart(String kind, String action) {
        return kind.equals("dispute") && action.equals(ACTION);
    }

    @Override
    public Judged judge(Step step) {
        List<Refusal> refusals = new ArrayList<>();
        cases.find(step.matter()).ifPresent(known -> {
            refusals.addAll(CasePapers.nameless(known));
            known.dispute().draft().filter(draft -> !draft.oral()).ifPresent(draft -> refusals.addAll(papers.refusals(filling.agreement(known, draft))));
            seals.find(known.dispute().unit()).filter(seal -> !seal.validUntil().isAfter(step.at()))
                    .ifPresent(seal -> refusals.add(Refusal.of("paper-seal-over", known.committee(), CivilTime.dateOf(seal.validUntil()))));
        });
        return refusals.isEmpty() ? Judged.FINE : Judged.refused(refusals.stream().map(refusal -> new Refusal(refusal.code(), "", refusal.arguments())).distinct().toArray(Refusal[]::new));
    }

    @Override
    public void keep(Step step) {
        // the course keeps what the act changes, and tells us then
    }

    @Override
    public boolean listensTo(String action) {
        return action.equals(ACTION) || action.equals(ORAL);
    }

    @Override
    public void kept(Step step, Optional<Dispute> before, Dispute after) {
        if (step.action().equals(ORAL) && before.flatMap(Dispute::agreement).isEmpty()) {
            // nothing is printed of it, and it takes the place of none that was
            return;
        }
        Case known = cases.find(step.matter()).orElseThrow();
        before.flatMap(Dispute::agreement).ifPresent(replaced -> issued.replaced(known, replaced));
        if (step.action().equals(ORAL)) {
            return;
        }
        Slot slot = filling.slots(known).stream().filter(one -> one.of("agreement", 0)).findFirst().orElseThrow(() -> new NoSuchElementException("no text is in force"));
        List<Refusal> refusals = issued.issueAgreement(known, slot);
        if (!refusals.isEmpty()) {
            throw new IllegalStateException("the agreement cannot be issued: " + refusals);
        }
    }
}
