package org.heshi.matters.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.heshi.calendar.Calendar;
import org.heshi.calendar.Due;
import org.heshi.calendar.Limit;
import org.heshi.calendar.Pause;
import org.heshi.calendar.ServiceHours;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Refusal;
import org.heshi.matters.LimitListener;
import org.heshi.matters.MattersSettings;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What an action does to the clocks of a matter. No SQL: {@code act} reads the running ones and writes those that moved, in its one transaction. */
@Component
public class Clocks {

    /** Nobody is woken for a limit in days: word of it waits for the morning of a working day. */
    static final LocalTime MORNING = LocalTime.of(8, 30);

    /** The field of an action that pauses which says why. */
    public static final String REASON = "reason";
    private static final String DAYS = "days";
    private static final String FROM = "from";
    /** Since when one was done that was satisfied only later, by a check. */
    private static final String DONE = "done";

    private final Calendar calendar;
    private final ServiceHours served;
    private final MattersSettings settings;

    Clocks(Calendar calendar, MattersSettings settings) {
        this.calendar = calendar;
        this.served = settings.served();
        this.settings = settings;
    }

    /**
     * Where an action takes a matter, as far as clocks care.
     *
     * @param before   the procedure that it was under; empty for a new matter
     * @param after    the one it is under now
     * @param data     what the entry holds in clear
     * @param imported whether it comes in from elsewhere, with a past of its own: nothing starts
     * @param seq      number of the entry
     * @param received when the matter was received
     * @param holder   the unit that stands so to the matter after it, by relation
     */
    public record Move(Optional<Procedure> before, Procedure after, Action action, Map<String, Object> data, boolean terminal, boolean imported,
            int level, int seq, Instant at, Instant received, Function<String, @Nullable UUID> holder) {

        private boolean arrives() {
            return before.isEmpty() || !before.get().kind().equals(after.kind());
        }

        /** Since when a clock counts that starts by it. */
        private Instant from(Clock clock) {
            return clock.received() && arrives() && received.isBefore(at) ? received : at;
        }
    }

    /** A clock that runs on as another row than it was read as. */
    public record Change(Running from, Running to) {
    }

    /**
     * @param over    names of clocks that run no more
     * @param changed clocks that go on otherwise than before, or begin anew
     * @param started clocks that did not run before
     * @param told    what happened to which clock, and its due instant, for the entry
     */
    public record Moved(List<String> over, List<Change> changed, List<Running> started, List<Map<String, Object>> told) {
    }

    /** Everything that clocks have against an action, before anything is written. */
    public List<Refusal> refusals(Procedure procedure, Action action, Map<String, Object> data, List<Running> running, Instant at) {
        List<Refusal> refusals = new ArrayList<>();
        action.within().ifPresent(name -> {
            Optional<Running> clock = find(running, name);
            if (clock.filter(c -> !until(c, at).isBefore(c.dueAt())).isPresent()) {
                refusals.add(Refusal.of("clock-over", procedure.clocks().get(name).title(), clock.get().dueAt()));
            }
        });
        action.during().filter(name -> find(running, name).isEmpty()).ifPresent(name ->
                refusals.add(Refusal.of("clock-not-running", procedure.clocks().get(name).title())));
        // of several that an action lets stand still, or go on, those do for which it means something
        List<Refusal> still = new ArrayList<>();
        boolean stands = false;
        for (Clock clock : procedure.clocks().values()) {
            Optional<Running> now = find(running, clock.name());
            if (clock.pauses().contains(action.name()) && !action.guard().alone()) {
                if (now.isEmpty()) {
                    still.add(Refusal.of("clock-not-running", clock.title()));
                } else if (now.get().paused()) {
                    still.add(Refusal.of("clock-paused-already", clock.title()));
                } else if (!at.isBefore(now.get().dueAt())) {
                    // what is over is not made silent
                    still.add(Refusal.of("clock-over", clock.title(), now.get().dueAt()));
                } else {
                    stands = true;
                }
            }
            if (clock.resumes().contains(action.name()) && action.guard().answers().isEmpty() && now.filter(c -> c.paused() && !c.resting()).isEmpty()) {
                still.add(Refusal.of("clock-not-paused", clock.title()));
            } else if (clock.resumes().contains(action.name()) && action.guard().answers().isEmpty()) {
                stands = true;
            }
            clock.extension().filter(extension -> extension.action().equals(action.name())).ifPresent(extension ->
                    extends_(clock, extension, now, data, at).ifPresent(refusals::add));
        }
        if (!stands) {
            refusals.addAll(still);
        }
        return refusals;
    }

    /** Whether clocks let an action be done now, whatever will be typed. */
    public boolean allow(Procedure procedure, Action action, List<Running> running, Instant at) {
        return refusals(procedure, action, Map.of(DAYS, 1), running, at).isEmpty();
    }

    private static Optional<Refusal> extends_(Clock clock, Procedure.Extension extension, Optional<Running> now, Map<String, Object> data, Instant at) {
        long days = data.get(DAYS) instanceof Number number ? number.longValue() : 0;
        if (now.isEmpty()) {
            return Optional.of(Refusal.of("clock-not-running", clock.title()));
        }
        if (!until(now.get(), at).isBefore(now.get().dueAt())) {
            return Optional.of(Refusal.of("clock-over", clock.title(), now.get().dueAt()));
        }
        if (now.get().extended() >= extension.times()) {
            return Optional.of(Refusal.of("clock-extended-already", clock.title(), extension.times()));
        }
        return days < 1 || days > extension.most() ? Optional.of(Refusal.at(DAYS, "clock-extension-days", extension.most())) : Optional.empty();
    }

    /** How far a clock has come: one that stands still, to where it stopped. */
    private static Instant until(Running clock, Instant at) {
        return clock.pausedAt() == null ? at : clock.pausedAt();
    }

    private static Optional<Running> find(List<Running> running, String name) {
        return running.stream().filter(clock -> clock.name().equals(name)).findFirst();
    }

    /** What an action that is not refused does to the running clocks and which it starts. */
    public Moved move(List<Running> running, Move move) {
        List<Map<String, Object>> told = new ArrayList<>();
        Map<String, Running> over = new LinkedHashMap<>();
        List<Change> changed = new ArrayList<>();
        List<Running> started = new ArrayList<>();
        for (Running clock : running) {
            Clock described = move.before().map(procedure -> procedure.clocks().get(clock.name())).orElse(null);
            Optional<Running> now = moved(clock, described, move, told);
            if (now.isEmpty()) {
                over.put(clock.name(), clock);
            } else if (!now.get().equals(clock)) {
                changed.add(new Change(clock, now.get()));
            }
        }
        if (!move.terminal() && !move.imported()) {
            for (Clock clock : move.after().clocks().values()) {
                boolean goesOn = find(running, clock.name()).isPresent() && !over.containsKey(clock.name());
                boolean corrects = clock.corrects().contains(move.action().name());
                // what is settled as it comes waits for nobody to assign or answer it
                boolean arrives = move.arrives() && clock.starts().contains(Procedure.ARRIVAL) && !clock.satisfies().contains(move.action().name());
                boolean begins = corrects || clock.starts().contains(move.action().name()) || arrives;
                Optional<Limit> length = clock.lengths().find(move.level(), move.data());
                if (begins && !goesOn && length.isPresent()) {
                    Running before = over.remove(clock.name());
                    Running fresh = corrects && before != null ? corrected(clock, length.get(), before, move) : start(clock, length.get(), move, move.from(clock));
                    if (before == null) {
                        started.add(fresh);
                    } else {
                        changed.add(new Change(before, fresh));
                    }
                    told.add(beginning(fresh, move.at()));
                }
            }
        }
        return new Moved(List.copyOf(over.keySet()), changed, started, told);
    }

    /** How the clock goes on; empty when it is over. */
    private Optional<Running> moved(Running clock, @Nullable Clock described, Move move, List<Map<String, Object>> told) {
        String action = move.action().name();
        if (described != null && described.satisfies().contains(action)) {
            // one that stood still would have been due so much later; one that rested was done when it began to
            Map<String, Object> done = telling(clock.paused() ? resumed(clock, described, move.at()) : clock, "satisfied");
            if (clock.resting()) {
                done.put(DONE, String.valueOf(clock.pausedAt()));
            }
            told.add(done);
            return Optional.empty();
        }
        boolean leaves = move.arrives() && !(described != null && described.carried() && move.after().clocks().containsKey(clock.name()));
        // an order waits for its answer whatever became of the matter
        boolean closes = move.terminal() && !(described != null && described.carried());
        if (described == null || closes || leaves || described.ends().contains(action)
                || described.starts().contains(action) && !described.whole()
                || described.corrects().contains(action) && !described.lengths().find(move.level(), move.data()).equals(Optional.of(clock.length()))) {
            told.add(telling(clock, "ended"));
            return Optional.empty();
        }
        UUID unit = move.holder().apply(clock.relation());
        boolean handedOn = !Objects.equals(unit, clock.unit());
        Running now = clock;
        if (described.pauses().contains(action) && !clock.paused() && move.at().isBefore(clock.dueAt())) {
            now = clock.paused(move.at(), String.valueOf(move.data().getOrDefault(REASON, "")));
            told.add(telling(now, "paused"));
        } else if (described.rests().contains(action) && !clock.paused()) {
            now = clock.resting(move.at());
            told.add(telling(now, "rested"));
        } else if (clock.resting() && described.wakes().contains(action)) {
            now = resumed(clock, described, move.at());
            told.add(telling(now, "woken"));
        } else if (clock.paused() && !clock.resting() && (described.resumes().contains(action) || handedOn)) {
            // what one unit waited for is no reason to stand still while another has the matter
            now = resumed(clock, described, move.at());
            told.add(telling(now, "resumed"));
        } else if (described.extension().filter(extension -> extension.action().equals(action)).isPresent()) {
            now = extended(clock, described, ((Number) move.data().get(DAYS)).intValue(), move.at());
            told.add(telling(now, "extended"));
        }
        if (!handedOn) {
            return Optional.of(now);
        }
        Running bound = now.binding(unit);
        return Optional.of(unit == null || bound.paused() || !bound.owed() || bound.said() == 0 ? bound : toldAfresh(bound, move.at()));
    }

    /** Whom it binds now was told nothing of it yet: neither that it is nearly over nor that it is. */
    private Running toldAfresh(Running c, Instant at) {
        boolean over = !at.isBefore(c.dueAt());
        Instant first = over || c.warnAt() == null ? c.dueAt() : c.warnAt();
        return c.telling(over ? 1 : 0, wordAt(c.length(), later(first, at)));
    }

    /** When word of the next stage goes out after that one was given; null: none does. */
    @Nullable Instant next(Running c, LimitListener.Stage stage) {
        if (stage == LimitListener.Stage.SOON) {
            return wordAt(c.length(), c.dueAt());
        }
        int step = stage.ordinal() - LimitListener.Stage.OVER.ordinal();
        List<Limit> steps = c.length().unit() == Limit.Unit.HOUR ? settings.escalateHours() : settings.escalateDays();
        if (step >= steps.size() || stage == LimitListener.Stage.ABOVE) {
            return null;
        }
        Instant from = c.length().unit() == Limit.Unit.HOUR ? c.dueAt() : c.dueAt().minusSeconds(1);
        return wordAt(c.length(), calendar.due(steps.get(step), from, c.hours()).at());
    }

    /** As if its length had been so from the beginning. */
    private Running corrected(Clock clock, Limit length, Running before, Move move) {
        Running fresh = start(clock, length, move, before.startedAt()).with(before.pauses(), before.extended(), before.extendedDays());
        return still(counted(before.pausedAt() == null ? fresh : fresh.paused(before.pausedAt(), String.valueOf(before.pauseReason())), clock, move.at()));
    }

    private Running start(Clock clock, Limit length, Move move, Instant from) {
        long edition = calendar.edition();
        ServiceHours hours = clock.served() ? served : clock.hours();
        Due due = calendar.due(length, from, hours);
        Instant warnAt = warnAt(clock, from, due.at());
        String relation = clock.binds().code();
        return new Running(clock.name(), move.seq(), move.after().kind(), move.after().version(), relation, move.holder().apply(relation), length,
                hours, from, due.at(), warnAt, due.provisional(), edition, null, null, List.of(), 0, 0, 0,
                clock.right() ? null : wordAt(length, later(warnAt == null ? due.at() : warnAt, move.at())), !clock.right());
    }

    private Running resumed(Running c, Clock described, Instant at) {
        return counted(c.resting() ? c : stoodStill(c, at), described, at).running();
    }

    /** With the pause behind it that ends now. */
    private static Running stoodStill(Running c, Instant at) {
        List<Pause> pauses = new ArrayList<>(c.pauses());
        Instant from = Objects.requireNonNullElse(c.pausedAt(), at);
        // the clock of the machine may have been set back since
        pauses.add(new Pause(from, at.isBefore(from) ? from : at));
        return c.with(pauses, c.extended(), c.extendedDays());
    }

    private Running extended(Running c, Clock described, int days, Instant at) {
        return still(counted(c.with(c.pauses(), c.extended() + 1, c.extendedDays() + days), described, at));
    }

    /** The same run by the days as they are known now. */
    Running afresh(Running c, Clock described, Instant at) {
        return still(counted(c, described, at));
    }

    /** Nobody is told of what stands still. */
    private static Running still(Running counted) {
        return counted.pausedAt() == null ? counted : counted.paused(counted.pausedAt(), String.valueOf(counted.pauseReason()));
    }

    /** The due instant counted afresh from what is known of the run, and when there is word of it. */
    private Running counted(Running c, Clock described, Instant at) {
        long edition = calendar.edition();
        Due due = calendar.due(c.length(), c.startedAt(), c.hours(), c.pauses());
        Instant dueAt = c.extendedDays() == 0 ? due.at() : later(c.length(), due.at(), c.extendedDays());
        Instant warnAt = warnAt(described, c.startedAt(), dueAt);
        // what was said of the old instant is not true of the new one; what was said of one that is still over is not said again
        Instant first = warnAt == null ? dueAt : warnAt;
        boolean moved = !dueAt.equals(c.dueAt());
        int said = at.isBefore(first) || moved && at.isBefore(dueAt) ? 0 : at.isBefore(dueAt) ? Math.min(c.said(), 1) : c.said();
        Instant next;
        if (described.right()) {
            next = null;
        } else if (said == 0) {
            next = wordAt(c.length(), later(first, at));
        } else if (said == 1) {
            next = wordAt(c.length(), later(dueAt, at));
        } else if (c.paused()) {
            // it may be over when it goes on; what was still to be said then is, and not before its time
            Instant still = next(c.due(dueAt, warnAt, due.provisional(), edition), LimitListener.Stage.values()[said - 1]);
            next = still == null ? null : wordAt(c.length(), later(still, at));
        } else {
            next = c.nextAt();
        }
        return c.due(dueAt, warnAt, due.provisional(), edition).telling(said, next);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    /** Days of grace are civil days on top, whatever the unit of the limit. */
    private static Instant later(Limit length, Instant due, int days) {
        return length.unit() == Limit.Unit.HOUR ? due.plus(Duration.ofDays(days)) : CivilTime.startOf(CivilTime.dateOf(due).plusDays(days));
    }

    /** So long before it is due, counted back in its own unit; never before it started. */
    private @Nullable Instant warnAt(Clock clock, Instant start, Instant due) {
        if (clock.warns().isEmpty()) {
            return null;
        }
        Limit before = clock.warns().get();
        Instant at = switch (before.unit()) {
            case HOUR -> due.minus(Duration.ofHours(before.amount()));
            case DAY -> CivilTime.startOf(CivilTime.dateOf(due).minusDays(before.amount()));
            case MONTH -> CivilTime.startOf(CivilTime.dateOf(due).minusMonths(before.amount()));
            case WORKDAY -> CivilTime.startOf(workdaysBack(CivilTime.dateOf(due), before.amount()));
        };
        return at.isAfter(start) ? at : null;
    }

    private LocalDate workdaysBack(LocalDate day, int count) {
        LocalDate at = day;
        for (int left = count; left > 0; ) {
            at = at.minusDays(1);
            if (calendar.isWorkday(at)) {
                left--;
            }
        }
        return at;
    }

    /** When word of an instant goes out: at once for limits in hours, in the morning of a working day for the others. */
    Instant wordAt(Limit length, Instant at) {
        if (length.unit() == Limit.Unit.HOUR) {
            return at;
        }
        LocalDate day = CivilTime.dateOf(at);
        if (CivilTime.of(at).toLocalTime().isAfter(MORNING)) {
            if (calendar.isWorkday(day) && CivilTime.of(at).toLocalTime().isBefore(LocalTime.of(18, 0))) {
                return at;
            }
            day = day.plusDays(1);
        }
        while (!calendar.isWorkday(day)) {
            day = day.plusDays(1);
        }
        return CivilTime.startOf(day).plus(Duration.ofSeconds(MORNING.toSecondOfDay()));
    }

    private static Map<String, Object> telling(Running clock, String what) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", clock.name());
        told.put("run", clock.run());
        told.put("what", what);
        told.put("due", clock.dueAt().toString());
        if (!clock.owed()) {
            told.put("right", true);
        }
        return told;
    }

    /** With what it is counted from, so that the log alone tells all of it. */
    private static Map<String, Object> beginning(Running clock, Instant at) {
        Map<String, Object> told = telling(clock, "started");
        told.put("length", clock.length().toString());
        told.put("hours", clock.hours().toString());
        if (!clock.startedAt().equals(at)) {
            told.put(FROM, clock.startedAt().toString());
        }
        return told;
    }

    /**
     * What an entry that stands in the log did.
     *
     * @param procedure the one that the matter was under after it
     * @param data      what it holds in clear
     * @param clocks    what it tells of clocks
     */
    public record Logged(int seq, Procedure procedure, Instant at, Map<String, Object> data, List<Map<String, Object>> clocks) {
    }

    /**
     * The clocks of a matter that still run, told from its log alone: for one that came from elsewhere with its entries.
     *
     * @param level  of the matter
     * @param holder the unit that stands so to the matter here, by relation
     * @throws IllegalArgumentException when the entries tell of clocks what cannot have been
     */
    public List<Running> fromLog(List<Logged> entries, int level, Function<String, @Nullable UUID> holder, Instant now) {
        Map<String, Running> running = new LinkedHashMap<>();
        for (Logged entry : entries) {
            for (Map<String, Object> told : entry.clocks()) {
                String name = String.valueOf(told.get("name"));
                String what = String.valueOf(told.get("what"));
                if (what.equals("started")) {
                    running.put(name, told(entry, name, told, level));
                    continue;
                }
                Running clock = Optional.ofNullable(running.get(name)).orElseThrow(() -> new IllegalArgumentException(name + " did not run: " + what));
                switch (what) {
                    case "satisfied", "ended" -> running.remove(name);
                    case "paused" -> running.put(name, clock.paused(entry.at(), String.valueOf(entry.data().getOrDefault(REASON, ""))));
                    case "resumed" -> running.put(name, stoodStill(clock, entry.at()).running());
                    case "rested" -> running.put(name, clock.resting(entry.at()));
                    case "woken" -> running.put(name, clock.running());
                    case "extended" -> running.put(name, clock.with(clock.pauses(), clock.extended() + 1, clock.extendedDays()
                            + (entry.data().get(DAYS) instanceof Number days ? days.intValue() : 0)));
                    default -> throw new IllegalArgumentException("no clock is " + what);
                }
            }
        }
        Map<Integer, Procedure> procedures = new java.util.HashMap<>();
        entries.forEach(entry -> procedures.put(entry.seq(), entry.procedure()));
        return running.values().stream().map(clock -> afresh(clock.binding(holder.apply(clock.relation())),
                described(procedures.get(clock.run()), clock.name()), now)).toList();
    }

    private Running told(Logged entry, String name, Map<String, Object> told, int level) {
        Clock clock = described(entry.procedure(), name);
        Limit length = told.get("length") instanceof String text ? Limit.parse(text) : clock.lengths().find(level, entry.data())
                .orElseThrow(() -> new IllegalArgumentException(name + " has no length"));
        ServiceHours hours = told.get("hours") instanceof String text ? ServiceHours.parse(text) : clock.hours();
        Instant from = told.get(FROM) instanceof String text ? Instant.parse(text) : entry.at();
        Due due = calendar.due(length, from, hours);
        return new Running(name, entry.seq(), entry.procedure().kind(), entry.procedure().version(), clock.binds().code(), null, length, hours, from,
                due.at(), null, due.provisional(), 0, null, null, List.of(), 0, 0, 0, null, !clock.right());
    }

    private static Clock described(@Nullable Procedure procedure, String name) {
        return Optional.ofNullable(procedure).map(Procedure::clocks).map(clocks -> clocks.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no such clock: " + name));
    }
}
