package org.heshi.statistics.cube;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.heshi.matters.Lives.Life;
import org.heshi.matters.Lives.Step;
import org.jspecify.annotations.Nullable;

/**
 * What a matter counts as. A pure function of its life, so that nothing depends on the order in which entries were seen nor on how often.
 *
 * @param came       when it came in; for what came from elsewhere its own time
 * @param closed     when it was closed for the last time; empty while it is open
 * @param measured   whether it is known how long that took
 * @param lead       who leads it, or the organ that received it when somebody is barred
 * @param outcome    empty while it is open
 * @param accepted   when the lead first signed for it
 * @param undone     earlier closings, each of which was followed by going on
 * @param reopenings when it went on
 * @param charged    milliseconds in the hands of each unit until it was closed; of what is open none
 * @param stars      1 to 5, 0 for none; of what is open none
 * @param satisfied  1 yes, 2 fairly, 3 no, 0 nobody said; of what is open none
 * @param solved     1 yes, 2 partly, 3 no, 0 nobody said; of what is open none
 */
record Counted(UUID matter, String place, Instant came, Optional<Instant> closed, boolean measured, Optional<UUID> lead, int level, boolean apart, boolean late, String kind,
        String category, String channel, String outcome, Optional<Instant> accepted, List<Instant> undone, List<Instant> reopenings, Map<UUID, Long> charged, int stars,
        int satisfied, int solved) {

    private static final Set<String> NEW_ROUND = Set.of("answer", "answer-at-once", "answer-suggestion", "answer-conduct", "not-accept", "review-decide",
            "recheck-decide", "reopen", "unmerge", "remediate");
    private static final Set<String> BEGINS = Set.of("reopen", "unmerge", "remediate");
    private static final List<String> SATISFIED = List.of("", "yes", "fair", "no");
    private static final List<String> SOLVED = List.of("", "yes", "partly", "no");

    Counted {
        undone = List.copyOf(undone);
        reopenings = List.copyOf(reopenings);
        charged = Map.copyOf(charged);
    }

    static Counted of(Life life) {
        List<Step> steps = life.steps();
        Instant came = life.own().orElse(life.recordedAt());
        boolean brought = life.imported() && !steps.isEmpty() && steps.getFirst().action().equals("import");
        List<Instant> closings = new ArrayList<>();
        List<Instant> reopenings = new ArrayList<>();
        boolean measured = true;
        boolean ended = false;
        boolean late = false;
        Optional<Instant> accepted = Optional.empty();
        String solved = "";
        String satisfied = "";
        boolean own = false;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean now = step.ended().orElse(ended);
            if (now && !ended) {
                boolean elsewhere = i == 0 && brought;
                measured = !elsewhere || step.answeredAt().isPresent();
                closings.add(elsewhere ? step.answeredAt().orElse(came) : step.at());
            } else if (ended && !now) {
                reopenings.add(step.at());
            }
            ended = now;
            late |= step.late();
            if (accepted.isEmpty() && step.action().equals("accept")) {
                accepted = Optional.of(step.at());
            }
            if (NEW_ROUND.contains(step.action())) {
                own = false;
            }
            if (BEGINS.contains(step.action())) {
                solved = "";
                satisfied = "";
            }
            boolean says = step.action().equals("say");
            boolean answered = SATISFIED.indexOf(step.satisfied()) > 0 || SOLVED.indexOf(step.solved()) > 0;
            // what staff wrote down never replaces what the resident said themselves
            if (answered && (says || !own && (step.action().equals("verify") || step.action().equals("visit")))) {
                satisfied = step.satisfied();
                solved = step.solved();
                own = says;
            }
        }
        // entries from before whose turn it is was written into them: the matter's own row says how it stands
        if (life.closedAt().isPresent() && !ended) {
            closings.add(life.closedAt().get());
        } else if (life.closedAt().isEmpty() && ended) {
            reopenings.add(steps.getLast().at());
        }
        @Nullable Instant closed = life.closedAt().isPresent() ? closings.removeLast() : null;
        return new Counted(life.matter(), life.place(), came, Optional.ofNullable(closed), measured, life.lead(), life.level(), life.apart(), late && closed != null,
                life.kind(), life.category(), life.channel(), closed == null ? "" : life.outcome(), accepted, closings, reopenings,
                closed == null ? Map.of() : charged(steps), closed == null ? 0 : life.rating().orElse(0), closed == null ? 0 : Math.max(0, SATISFIED.indexOf(satisfied)),
                closed == null ? 0 : Math.max(0, SOLVED.indexOf(solved)));
    }

    /** What follows an entry is charged to the unit whose turn it is after it; time after the end is nobody's. */
    private static Map<UUID, Long> charged(List<Step> steps) {
        Map<UUID, Long> charged = new TreeMap<>();
        for (int i = 0; i + 1 < steps.size(); i++) {
            Step step = steps.get(i);
            long millis = steps.get(i + 1).at().toEpochMilli() - step.at().toEpochMilli();
            if (step.holder().isPresent() && !step.ended().orElse(false) && millis > 0) {
                charged.merge(step.holder().get(), millis, Long::sum);
            }
        }
        return charged;
    }

    /** What has no column of its own. */
    byte[] rest() {
        Cells.Bytes out = new Cells.Bytes(32 + 24 * charged.size());
        long start = came.toEpochMilli();
        out.number((measured ? 1 : 0) | (accepted.isPresent() ? 2 : 0) | stars << 2 | satisfied << 5 | solved << 7);
        accepted.ifPresent(at -> out.signed(at.toEpochMilli() - start));
        for (List<Instant> times : List.of(undone, reopenings)) {
            out.number(times.size());
            times.forEach(at -> out.signed(at.toEpochMilli() - start));
        }
        new TreeMap<>(charged).forEach((unit, millis) -> {
            out.id(unit);
            out.number(millis);
        });
        return out.made();
    }

    static Counted of(UUID matter, String place, Instant came, @Nullable Instant closed, @Nullable UUID lead, int level, boolean apart, boolean late, String kind,
            String category, String channel, String outcome, byte[] rest) {
        Cells.Bytes in = new Cells.Bytes(rest);
        long start = came.toEpochMilli();
        int said = (int) in.number();
        Optional<Instant> accepted = (said & 2) == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(start + in.signed()));
        List<Instant> undone = times(in, start);
        List<Instant> reopenings = times(in, start);
        Map<UUID, Long> charged = new TreeMap<>();
        while (in.more()) {
            UUID unit = in.id();
            charged.put(unit, in.number());
        }
        return new Counted(matter, place, came, Optional.ofNullable(closed), (said & 1) == 1, Optional.ofNullable(lead), level, apart, late, kind, category, channel, outcome,
                accepted, undone, reopenings, charged, said >> 2 & 7, said >> 5 & 3, said >> 7 & 3);
    }

    private static List<Instant> times(Cells.Bytes in, long start) {
        int n = (int) in.number();
        List<Instant> times = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            times.add(Instant.ofEpochMilli(start + in.signed()));
        }
        return times;
    }
}
