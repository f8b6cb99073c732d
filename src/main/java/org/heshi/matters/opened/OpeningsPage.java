package org.heshi.matters.opened;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Openings.Judgement;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;

/**
 * @param running those of who looks whose time is not over
 * @param all     for auditors, the newest first; empty for others
 * @param auditor whether who looks is one
 * @param mayOpen whether they may open one
 * @param next    address of the older ones; empty when there are none
 * @param refused the one whose judgement was refused
 * @param typed   what was typed there
 */
public record OpeningsPage(List<Line> running, List<Line> all, boolean auditor, boolean mayOpen, String next, Optional<UUID> refused, String typed, List<Refusal> refusals) {

    public OpeningsPage {
        running = List.copyOf(running);
        all = List.copyOf(all);
        refusals = List.copyOf(refusals);
    }

    /**
     * @param number of the matter, when who looks may see it or opened it
     * @param ground message key
     * @param own    whether who looks opened it themselves, so that another judges it
     */
    public record Line(UUID id, String unit, Optional<MatterNumber> number, String ground, String words, Instant openedAt, Instant until,
            Optional<Judgement> judgement, boolean own) {
    }

    public List<Refusal> refusals(Line line) {
        return refused.filter(line.id()::equals).isPresent() ? refusals : List.of();
    }

    public String typed(Line line) {
        return refused.filter(line.id()::equals).isPresent() ? typed : "";
    }
}
