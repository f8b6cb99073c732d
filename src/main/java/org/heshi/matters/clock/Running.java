package org.heshi.matters.clock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.heshi.calendar.Limit;
import org.heshi.calendar.Pause;
import org.heshi.calendar.ServiceHours;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One clock of a matter that runs, as its row holds it.
 *
 * @param run         number of the entry that started it
 * @param kind        procedure that describes it, with its version
 * @param relation    whom it binds
 * @param unit        that unit now; null when nobody stands so to the matter
 * @param dueAt       the first instant that is too late; of a paused clock, as if it went on now
 * @param warnAt      from when on it is nearly over; null when it does not warn
 * @param provisional whether a notice that has not come yet may move it
 * @param edition     of the calendar when it was computed
 * @param pausedAt    since when it stands still or rests; null while it runs
 * @param pauses      those that are over
 * @param extended    how often it was extended, by {@code extendedDays} days together
 * @param said        how far those who are told have been told: 0 nothing yet
 * @param nextAt      when the next word is due; null: none
 * @param owed        whether something must be done by then; else it is the time in which something may be done
 */
public record Running(String name, int run, String kind, int procedure, String relation, @Nullable UUID unit, Limit length, ServiceHours hours,
        Instant startedAt, Instant dueAt, @Nullable Instant warnAt, boolean provisional, long edition, @Nullable Instant pausedAt,
        @Nullable String pauseReason, List<Pause> pauses, int extended, int extendedDays, int said, @Nullable Instant nextAt, boolean owed) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Running {
        pauses = List.copyOf(pauses);
    }

    public boolean paused() {
        return pausedAt != null;
    }

    /** Why a clock stands still whose answer is being checked; no reason of a procedure's list is called so. */
    private static final String RESTING = "=";

    /** Whether what it is about was done then, and is being checked. */
    public boolean resting() {
        return RESTING.equals(pauseReason);
    }

    /** The same clock, resting since then. */
    Running resting(Instant at) {
        return paused(at, RESTING);
    }

    /** The same clock, standing still since then. */
    Running paused(Instant at, String reason) {
        return new Running(name, run, kind, procedure, relation, unit, length, hours, startedAt, dueAt, warnAt, provisional, edition, at, reason, pauses,
                extended, extendedDays, said, null, owed);
    }

    /** The same clock, binding this unit. */
    Running binding(@Nullable UUID now) {
        return new Running(name, run, kind, procedure, relation, now, length, hours, startedAt, dueAt, warnAt, provisional, edition, pausedAt, pauseReason,
                pauses, extended, extendedDays, said, nextAt, owed);
    }

    /** The same clock, going on. */
    Running running() {
        return new Running(name, run, kind, procedure, relation, unit, length, hours, startedAt, dueAt, warnAt, provisional, edition, null, null, pauses,
                extended, extendedDays, said, nextAt, owed);
    }

    /** The same clock with these pauses behind it and these extensions. When it is due then is counted by who asks. */
    Running with(List<Pause> over, int times, int days) {
        return new Running(name, run, kind, procedure, relation, unit, length, hours, startedAt, dueAt, warnAt, provisional, edition, pausedAt, pauseReason,
                over, times, days, said, nextAt, owed);
    }

    /** The same clock, due then by that edition of the calendar. */
    Running due(Instant at, @Nullable Instant warn, boolean mayMove, long by) {
        return new Running(name, run, kind, procedure, relation, unit, length, hours, startedAt, at, warn, mayMove, by, pausedAt, pauseReason, pauses,
                extended, extendedDays, said, nextAt, owed);
    }

    /** The same clock with so much said of it and the next word then. */
    Running telling(int soFar, @Nullable Instant next) {
        return new Running(name, run, kind, procedure, relation, unit, length, hours, startedAt, dueAt, warnAt, provisional, edition, pausedAt, pauseReason,
                pauses, extended, extendedDays, soFar, next, owed);
    }

    /** As the columns of {@code matters.clock} are called. */
    Map<String, @Nullable Object> columns() {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("run", run);
        row.put("kind", kind);
        row.put("procedure", procedure);
        row.put("relation", relation);
        row.put("unit", text(unit));
        row.put("length", length.toString());
        row.put("hours", hours.toString());
        row.put("started_at", startedAt.toString());
        row.put("due_at", dueAt.toString());
        row.put("warn_at", text(warnAt));
        row.put("provisional", provisional);
        row.put("edition", edition);
        row.put("paused_at", text(pausedAt));
        row.put("pause_reason", pauseReason);
        row.put("pauses", pauses.stream().map(p -> p.from() + "/" + p.to()).toList());
        row.put("extended", extended);
        row.put("extended_days", extendedDays);
        row.put("said", said);
        row.put("next_at", text(nextAt));
        row.put("owed", owed);
        return row;
    }

    /** The rows for {@code jsonb_to_recordset}. */
    public static String json(List<Running> clocks) {
        return clocks.isEmpty() ? "[]" : JSON.writeValueAsString(clocks.stream().map(Running::columns).toList());
    }

    /** The same for clocks that changed; {@code was_said} and {@code was_edition} tell which row it was. */
    public static String changes(List<Clocks.Change> changes) {
        return changes.isEmpty() ? "[]" : JSON.writeValueAsString(changes.stream().map(change -> {
            Map<String, @Nullable Object> row = change.to().columns();
            row.put("was_said", change.from().said());
            row.put("was_edition", change.from().edition());
            return row;
        }).toList());
    }

    /** A row of {@code matters.clock}. */
    public static Running of(ResultSet r) throws SQLException {
        List<Pause> pauses = new ArrayList<>();
        for (String pause : (String[]) r.getArray("pauses").getArray()) {
            String[] ends = pause.split("/");
            pauses.add(new Pause(Instant.parse(ends[0]), Instant.parse(ends[1])));
        }
        return new Running(r.getString("name"), r.getInt("run"), r.getString("kind"), r.getInt("procedure"), r.getString("relation"), r.getObject("unit", UUID.class),
                Limit.parse(r.getString("length")), ServiceHours.parse(r.getString("hours")), Objects.requireNonNull(time(r, "started_at")),
                Objects.requireNonNull(time(r, "due_at")), time(r, "warn_at"), r.getBoolean("provisional"), r.getLong("edition"), time(r, "paused_at"),
                r.getString("pause_reason"), pauses, r.getInt("extended"), r.getInt("extended_days"), r.getInt("said"), time(r, "next_at"), r.getBoolean("owed"));
    }

    private static @Nullable Instant time(ResultSet r, String column) throws SQLException {
        OffsetDateTime at = r.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
