package org.heshi.supervision.meetings;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Ids;
import org.heshi.kernel.Page;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Uuid7;
import org.heshi.kernel.Words;
import org.heshi.supervision.task.SetTask;
import org.heshi.supervision.task.TaskForm;
import org.heshi.supervision.task.TypedUnits;
import org.heshi.supervision.watch.Watched;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Minutes of joint meetings of a place, kept as they were written, and the tasks that each set. */
@Repository
class Meetings {

    private static final int MOST_UNITS = 60;
    private static final String MEETING = """
            select m.*, (select c.id from supervision.meeting c where c.corrects = m.id) as corrected_by,
                   (select count(*) from supervision.meeting_task t where t.meeting = m.id) as tasks
              from supervision.meeting m
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final TypedUnits typed;
    private final SetTask tasks;
    private final InstantSource clock;

    Meetings(JdbcClient jdbc, TransactionTemplate transactions, TypedUnits typed, SetTask tasks, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.typed = typed;
        this.tasks = tasks;
        this.clock = clock;
    }

    /** @param tasks how many of them who looks may see */
    record Meeting(UUID id, LocalDate heldOn, String title, List<UUID> units, String words, Optional<UUID> corrects, Optional<UUID> correctedBy, Instant at,
            UUID person, UUID unit, int tasks) {
    }

    sealed interface Keeping {
        record Done(UUID meeting) implements Keeping {
        }

        record Refused(List<Refusal> refusals) implements Keeping {
        }
    }

    Page<Meeting> list(Watched.Place place, String after, int size) {
        Optional<UUID> from = Ids.find(after);
        JdbcClient.StatementSpec asked = jdbc.sql(MEETING + " where m.scope >= :place and m.scope < :place || chr(1114111)"
                + (from.isPresent() ? " and m.id < :after" : "") + " order by m.id desc limit :limit").param("place", place.division()).param("limit", size + 1);
        JdbcClient.StatementSpec ready = from.isPresent() ? asked.param("after", from.get()) : asked;
        return Page.cut(transactions.execute(_ -> ready.query(Meetings::meeting).list()), size, meeting -> meeting.id().toString());
    }

    /** @throws NoSuchElementException when there is none in a place that who looks watches */
    Meeting get(UUID id) {
        return transactions.execute(_ -> jdbc.sql(MEETING + " where m.id = ?").param(id).query(Meetings::meeting).optional())
                .orElseThrow(() -> new NoSuchElementException("no such meeting"));
    }

    /** The tasks that it set, as far as who looks may see them, the first one first. */
    List<UUID> tasks(UUID meeting) {
        return transactions.execute(_ -> jdbc.sql("select matter from supervision.meeting_task where meeting = ? order by at, matter").param(meeting)
                .query(UUID.class).list());
    }

    Keeping keep(MeetingForm form) {
        Watched.Place place = Watched.centre();
        Actor.Staff staff = Acting.staff();
        Instant now = clock.instant();
        List<Refusal> refusals = new ArrayList<>();
        Optional<LocalDate> day = day(form.heldOn());
        if (day.isEmpty()) {
            refusals.add(Refusal.at("heldOn", form.heldOn().isBlank() ? "supervision-empty" : "supervision-day"));
        } else if (day.get().isAfter(CivilTime.dateOf(now))) {
            refusals.add(Refusal.at("heldOn", "supervision-day-ahead"));
        }
        String title = needed("title", Words.line(form.title()), 100, refusals);
        List<UUID> units = typed.lines("units", form.units(), place.division(), MOST_UNITS, refusals);
        String words = needed("words", Words.clean(form.words()), 20_000, refusals);
        Optional<Meeting> corrected = form.corrects().isEmpty() ? Optional.empty() : Optional.of(get(UUID.fromString(form.corrects())));
        if (corrected.flatMap(Meeting::correctedBy).isPresent()) {
            refusals.add(Refusal.of("supervision-corrected"));
        }
        if (!refusals.isEmpty()) {
            return new Keeping.Refused(refusals);
        }
        UUID id = Uuid7.at(now);
        int kept = transactions.execute(_ -> jdbc.sql("""
                insert into supervision.meeting (id, division, scope, held_on, title, units, words, corrects, at, person, post, unit)
                values (?, ?, ?, ?, ?, ?, ?, ?::uuid, ?, ?, ?, ?) on conflict do nothing
                """).param(id).param(place.division()).param(place.division()).param(Date.valueOf(day.get())).param(title).param(units.toArray(UUID[]::new)).param(words)
                .param(corrected.map(meeting -> meeting.id().toString()).orElse(null)).param(now.atOffset(ZoneOffset.UTC)).param(staff.person())
                .param(staff.post()).param(staff.unit()).update());
        if (kept == 1) {
            return new Keeping.Done(id);
        }
        // the same form twice finds what the first one wrote
        return transactions.execute(_ -> jdbc.sql("""
                select id from supervision.meeting where division = ? and held_on = ? and person = ? and md5(title) = md5(?) and md5(words) = md5(?)
                """).param(place.division()).param(Date.valueOf(day.get())).param(staff.person()).param(title).param(words).query(UUID.class).optional())
                .<Keeping>map(Keeping.Done::new).orElseGet(() -> new Keeping.Refused(List.of(Refusal.of("supervision-corrected"))));
    }

    /** Sets a task out of a meeting: the matter and its place in the minutes in one transaction. */
    SetTask.Setting set(UUID meeting, TaskForm form) {
        get(meeting);
        return transactions.execute(status -> {
            SetTask.Setting setting = tasks.set(SetTask.Sort.TASK, form);
            if (setting instanceof SetTask.Setting.Done(var done)) {
                jdbc.sql("insert into supervision.meeting_task (meeting, matter, at) values (?, ?, ?) on conflict do nothing").param(meeting)
                        .param(done.matter()).param(clock.instant().atOffset(ZoneOffset.UTC)).update();
            } else {
                status.setRollbackOnly();
            }
            return setting;
        });
    }

    static String needed(String field, String words, int most, List<Refusal> refusals) {
        if (words.isEmpty()) {
            refusals.add(Refusal.at(field, "supervision-empty"));
        } else if (Words.length(words) > most) {
            refusals.add(Refusal.at(field, "supervision-long", most));
        }
        return words;
    }

    private static Optional<LocalDate> day(String typed) {
        try {
            LocalDate day = LocalDate.parse(typed.strip());
            return day.getYear() >= 2000 && day.getYear() <= 2200 ? Optional.of(day) : Optional.empty();
        } catch (java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Meeting meeting(ResultSet r, int row) throws SQLException {
        return new Meeting(r.getObject("id", UUID.class), r.getObject("held_on", LocalDate.class), r.getString("title"),
                Arrays.asList((UUID[]) r.getArray("units").getArray()), r.getString("words"), Optional.ofNullable(r.getObject("corrects", UUID.class)),
                Optional.ofNullable(r.getObject("corrected_by", UUID.class)), r.getObject("at", OffsetDateTime.class).toInstant(),
                r.getObject("person", UUID.class), r.getObject("unit", UUID.class), r.getInt("tasks"));
    }
}
