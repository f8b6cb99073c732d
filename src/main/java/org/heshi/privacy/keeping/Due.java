package org.heshi.privacy.keeping;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.Endings;
import org.heshi.matters.Endings.Closed;
import org.heshi.privacy.register.PurposeRegister;
import org.heshi.privacy.register.Register;
import org.heshi.privacy.rights.Requests;
import org.springframework.stereotype.Component;

/** What falls due by the terms of the register: which closed matters are to be put away, which to be erased. */
@Component
class Due {

    private final Endings endings;
    private final PurposeRegister register;
    private final Holds holds;
    private final Requests requests;

    Due(Endings endings, PurposeRegister register, Holds holds, Requests requests) {
        this.endings = endings;
        this.register = register;
        this.holds = holds;
        this.requests = requests;
    }

    /**
     * @param erase whether it is to be erased, or put away
     * @param on    the first day on which that is so
     * @param held  whether a hold or an open request keeps it
     */
    record Line(Closed matter, boolean erase, LocalDate on, boolean held) {
    }

    /** What the entry in the chain names as its rule: version of the register and kind. */
    String rule(Closed matter) {
        Register.Term term = register.now().term(matter.kind(), matter.outcome());
        return "register-" + register.version() + " " + matter.kind() + "." + matter.outcome() + " " + term.use() + "/" + term.whole();
    }

    private LocalDate on(Closed matter, boolean erase) {
        Register.Term term = register.now().term(matter.kind(), matter.outcome());
        return CivilTime.dateOf(matter.closedAt()).plusMonths(erase ? term.whole() : term.use()).plusDays(1);
    }

    /** One lot of those of a kind that are due on that day; the last of it leads to the next. */
    Lot lot(String kind, boolean erase, String scope, LocalDate day, Optional<Closed> after, int limit) {
        // what may be due at the earliest: the exact day of each is worked out below
        Instant before = CivilTime.startOf(day.minusMonths(register.now().shortest(kind, erase)).plusDays(1));
        List<Closed> found = endings.closed(kind, erase, scope, before, after, limit);
        List<Closed> due = found.stream().filter(matter -> !on(matter, erase).isAfter(day)).toList();
        Set<UUID> held = Acting.as(new Actor.Machine("retention"), () -> {
            List<UUID> ids = due.stream().map(Closed::matter).toList();
            Set<UUID> kept = new HashSet<>(holds.on(ids));
            kept.addAll(requests.waiting(ids));
            return kept;
        });
        return new Lot(due.stream().map(matter -> new Line(matter, erase, on(matter, erase), held.contains(matter.matter()))).toList(), found.size(),
                found.size() < limit ? Optional.empty() : Optional.of(found.getLast()));
    }

    /** @param looked how many were looked at, due or not */
    record Lot(List<Line> lines, int looked, Optional<Closed> next) {
    }

    /** Everything that is due by that day in that place, the first days first, as far as it fits. */
    List<Line> list(String scope, LocalDate day, int limit) {
        List<Line> lines = new ArrayList<>();
        for (boolean erase : new boolean[] {true, false}) {
            for (String kind : endings.kinds()) {
                lines.addAll(lot(kind, erase, scope, day, Optional.empty(), limit).lines());
            }
        }
        return lines.stream().sorted(java.util.Comparator.comparing(Line::on).thenComparing(line -> line.matter().number().digits())).limit(limit).toList();
    }
}
