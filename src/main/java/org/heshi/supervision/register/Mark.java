package org.heshi.supervision.register;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.MatterLog.Now;
import org.jspecify.annotations.Nullable;

/**
 * One row of the register.
 *
 * @param seq   number of the entry that did it, or that started the clock that is over
 * @param until null while it lasts
 */
record Mark(UUID matter, int seq, String what, String clock, Instant at, @Nullable Instant until, @Nullable Instant dueAt, @Nullable String paper,
        @Nullable UUID unit, List<UUID> helpers, @Nullable UUID byUnit, @Nullable UUID origin, @Nullable String category, String division, String scope) {

    static final String OVERDUE = "overdue";

    private static final Map<String, String> MARKED = Map.of("return", "returned", "reopen", "reopened", "urge", "urged", "supervise", "supervised",
            "remind", "reminded", "take-on", "taken-on", "rule", "ruled", "whistle", "whistled", "call", "whistled", "set-task", "task");

    /** What asks for something by a limit, and lasts until that is done or has no meaning any more. */
    private static final Set<String> LASTING = Set.of("supervised", "reminded", "task", "taken-on", "whistled", "urged");

    /** The mark that an entry leaves, if it is one that supervision lists. */
    static Optional<Mark> of(LoggedEntry entry, Content content, Now matter) {
        String what = MARKED.getOrDefault(entry.action(), content.fact("paper").isPresent() ? "paper" : "");
        if (what.isEmpty()) {
            return Optional.empty();
        }
        Optional<Content.Clock> started = content.clocks().stream().filter(clock -> clock.what().equals("started")).reduce((one, other) ->
                other.name().equals(entry.action()) ? other : one);
        boolean lasts = started.isPresent() && LASTING.contains(what);
        return Optional.of(new Mark(entry.matter(), entry.seq(), what, lasts ? started.get().name() : "", entry.recordedAt(),
                lasts ? null : entry.recordedAt(), lasts ? started.get().due() : null, content.fact("paper").orElse(null),
                content.id("lead").or(matter::lead).orElse(null), content.ids("helpers"), entry.actorUnit().orElse(null),
                content.id("split-from").orElse(null), matter.category().orElse(null), matter.division(), matter.scope()));
    }

    /** A limit that is or was over. */
    static Mark overdue(Now matter, int run, String clock, Instant due, Optional<UUID> unit) {
        return new Mark(matter.matter(), run, OVERDUE, clock, due, null, due, null, unit.orElse(null), List.of(), null, null,
                matter.category().orElse(null), matter.division(), matter.scope());
    }
}
