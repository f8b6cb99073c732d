package org.heshi.mediation.calendar;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heshi.matters.Readings.Reading;

/**
 * A sitting that was fixed as it stands now, by the entries that who looks may read.
 *
 * @param seq      of the entry that fixed it first: it is known by that whatever becomes of it
 * @param apart    with one side alone
 * @param first    when it was to begin before anything was changed
 * @param written  when the newest of its entries was
 * @param revision how often it was changed
 */
public record Fixed(int seq, boolean apart, Instant first, Instant from, Instant until, String where, Instant written, int revision, boolean cancelled) {

    static final Set<String> FIXES = Set.of("invite", "invite-apart");
    static final Set<String> MOVES = Set.of("move-sitting", "move-talk");
    static final Set<String> CANCELS = Set.of("cancel-sitting", "cancel-talk");

    /** In the order in which they were fixed. */
    public static List<Fixed> of(List<Reading> log) {
        Map<Integer, Fixed> fixed = new LinkedHashMap<>();
        for (Reading entry : log) {
            Optional<BookingSittings.Wanted> wanted = BookingSittings.Wanted.of(entry.data());
            if (FIXES.contains(entry.action())) {
                wanted.ifPresent(time -> fixed.put(entry.seq(), new Fixed(entry.seq(), entry.action().equals("invite-apart"), time.from(), time.from(), time.until(),
                        entry.word("where"), entry.at(), 0, false)));
            } else if (MOVES.contains(entry.action())) {
                wanted.ifPresent(time -> fixed.computeIfPresent(which(entry.data()), (_, was) -> new Fixed(was.seq, was.apart, was.first, time.from(), time.until(),
                        entry.word("where"), entry.at(), was.revision + 1, was.cancelled)));
            } else if (CANCELS.contains(entry.action())) {
                fixed.computeIfPresent(which(entry.data()), (_, was) -> was.cancelled(entry.at()));
            }
        }
        return List.copyOf(fixed.values());
    }

    static int which(Map<String, Object> data) {
        return data.get("which") instanceof String seq && seq.matches("[0-9]{1,6}") ? Integer.parseInt(seq) : 0;
    }

    Fixed cancelled(Instant at) {
        return new Fixed(seq, apart, first, from, until, where, at, revision + 1, true);
    }
}
