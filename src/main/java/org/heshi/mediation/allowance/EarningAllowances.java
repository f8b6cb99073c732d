package org.heshi.mediation.allowance;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Actor;
import org.heshi.access.InnerScope;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Unit;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.Companion;
import org.heshi.mediation.course.CourseListener;
import org.heshi.mediation.course.Dispute;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * A case earns its mediator what the scale says when it is agreed and when all of it is performed. An agreement stands when the case is opened again, and so does what
 * it earned; when another one takes its place, what was earned by the first is taken back. The scale of the day counts.
 */
@Component
@Order(10)
class EarningAllowances implements CourseListener {

    private static final Actor.Machine SELF = new Actor.Machine("mediation");

    private static final Set<String> EARN = Set.of("put-in-force", "oral", "perform", "performed");

    private final Allowances allowances;
    private final Directory directory;
    private final InnerScope inner;

    EarningAllowances(Allowances allowances, Directory directory, InnerScope inner) {
        this.allowances = allowances;
        this.directory = directory;
        this.inner = inner;
    }

    @Override
    public boolean listensTo(String action) {
        return EARN.contains(action);
    }

    @Override
    public void kept(Companion.Step step, Optional<Dispute> before, Dispute after) {
        switch (step.action()) {
            case "put-in-force", "oral" -> {
                if (before.flatMap(Dispute::agreement).isPresent()) {
                    inner.as(SELF, () -> allowances.takeBack(step.matter(), step.seq(), step.at()));
                }
                earn(step, after, "agreed", step.action().equals("oral") ? "oral" : "written");
            }
            case "perform", "performed" -> {
                if (!after.due().isEmpty() && after.due().stream().allMatch(one -> one.doneOn().isPresent())) {
                    earn(step, after, "performed", after.inForce().filter(Dispute.Draft::oral).isPresent() ? "oral" : "written");
                }
            }
            default -> {
                // nothing is earned by it
            }
        }
    }

    private void earn(Companion.Step step, Dispute dispute, String what, String form) {
        Optional<UUID> post = dispute.keepers().stream().map(Dispute.MediatorOf::post).findFirst();
        Optional<Unit> unit = directory.findUnit(dispute.unit());
        if (post.isEmpty() || unit.isEmpty()) {
            return;
        }
        inner.as(SELF, () -> {
            String division = unit.get().division();
            Optional<Scale> scale = Scale.of(allowances.scale(division), what, form, dispute.type(), division, CivilTime.dateOf(step.at())).filter(line -> line.amount().fen() > 0);
            if (scale.isEmpty() || allowances.earned(step.matter(), what)) {
                return;
            }
            List<HeldPost> holders = directory.holdersOf(Set.of(post.get()), step.at());
            allowances.earn(new Allowances.Earning(post.get(), holders.isEmpty() ? null : holders.getFirst().person(), dispute.unit(), division, step.matter(), step.number(),
                    step.seq(), what, scale.get(), step.at()));
        });
    }
}
