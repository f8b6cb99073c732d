package org.heshi.privacy.incidents;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Uuid7;
import org.heshi.kernel.Words;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** The book of breaches (PIPL 57): only added to, for supervisors and auditors of a place. */
@Repository
class Incidents {

    /** What may be added. The first five are what the authority and the persons are told: kinds of data, cause, harm, what is done, how to lessen it. */
    static final List<String> NOTES = List.of("kinds", "people", "cause", "harm", "remedy", "told-authority", "told-people", "not-told", "closed");
    private static final int TITLE = 100;
    private static final int WORDS = 5000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    Incidents(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    static Actor.Staff keeper() {
        Actor.Staff staff = Acting.staffWith(Role.SUPERVISOR, Role.AUDITOR);
        if (staff.scope().isEmpty()) {
            throw new AccessDeniedException("this post watches no place");
        }
        return staff;
    }

    /** @param what of the newest notes, in their order: which were written */
    record Incident(UUID id, String title, Instant foundAt, Instant at, UUID unit, List<String> what) {
    }

    /** @param doneAt when it was done, where that is another time than when it was written down */
    record Note(String what, String words, Optional<Instant> doneAt, Instant at, UUID unit) {
    }

    sealed interface Keeping {
        record Done(UUID incident) implements Keeping {
        }

        record Refused(List<Refusal> refusals) implements Keeping {
        }
    }

    Keeping begin(IncidentForm form) {
        Actor.Staff staff = keeper();
        Instant now = clock.instant();
        List<Refusal> refusals = new ArrayList<>();
        String title = Words.line(form.title());
        if (title.isEmpty()) {
            refusals.add(Refusal.at("title", "required"));
        } else if (Words.length(title) > TITLE) {
            refusals.add(Refusal.at("title", "too-long", TITLE, Words.length(title)));
        }
        Optional<Instant> found = time(form.foundAt());
        if (form.foundAt().isBlank()) {
            refusals.add(Refusal.at("foundAt", "required"));
        } else if (found.isEmpty()) {
            refusals.add(Refusal.at("foundAt", "not-a-time"));
        } else if (found.get().isAfter(now)) {
            refusals.add(Refusal.at("foundAt", "in-the-future"));
        }
        String kinds = words("words", form.words(), refusals);
        if (!refusals.isEmpty()) {
            return new Keeping.Refused(refusals);
        }
        UUID id = Uuid7.at(now);
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("insert into privacy.incident (id, scope, title, found_at, at, person, post, unit) values (?, ?, ?, ?, ?, ?, ?, ?)").params(id, staff.scope(), title,
                    found.get().atOffset(ZoneOffset.UTC), now.atOffset(ZoneOffset.UTC), staff.person(), staff.post(), staff.unit()).update();
            note(id, "kinds", kinds, Optional.empty(), staff, now);
        });
        return new Keeping.Done(id);
    }

    /** @return what is wrong with it, nothing when it was added */
    List<Refusal> add(UUID incident, NoteForm form) {
        Actor.Staff staff = keeper();
        get(incident);
        Instant now = clock.instant();
        List<Refusal> refusals = new ArrayList<>();
        if (!NOTES.contains(form.what())) {
            refusals.add(Refusal.at("what", "required"));
        }
        String words = words("words", form.words(), refusals);
        Optional<Instant> done = time(form.doneAt());
        if (!form.doneAt().isBlank() && done.isEmpty()) {
            refusals.add(Refusal.at("doneAt", "not-a-time"));
        } else if (done.filter(at -> at.isAfter(now)).isPresent()) {
            refusals.add(Refusal.at("doneAt", "in-the-future"));
        }
        if (refusals.isEmpty()) {
            transactions.executeWithoutResult(_ -> note(incident, form.what(), words, done, staff, now));
        }
        return refusals;
    }

    private void note(UUID incident, String what, String words, Optional<Instant> done, Actor.Staff staff, Instant now) {
        jdbc.sql("insert into privacy.incident_note (id, incident, what, words, done_at, at, person, post, unit) values (?, ?, ?, ?, ?::timestamptz, ?, ?, ?, ?)")
                .params(java.util.Arrays.asList(Uuid7.at(now), incident, what, words, done.map(Instant::toString).orElse(null), now.atOffset(ZoneOffset.UTC), staff.person(),
                        staff.post(), staff.unit())).update();
    }

    private static String words(String field, String typed, List<Refusal> refusals) {
        String words = Words.clean(typed);
        if (words.isEmpty()) {
            refusals.add(Refusal.at(field, "required"));
        } else if (Words.length(words) > WORDS) {
            refusals.add(Refusal.at(field, "too-long", WORDS, Words.length(words)));
        }
        return words;
    }

    private static Optional<Instant> time(String typed) {
        try {
            return typed.isBlank() ? Optional.empty() : Optional.of(LocalDateTime.parse(typed.strip()).atZone(CivilTime.ZONE).toInstant())
                    .filter(at -> at.isAfter(Instant.parse("2000-01-01T00:00:00Z")));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static final String INCIDENT = """
            select i.*, (select coalesce(array_agg(distinct n.what), '{}') from privacy.incident_note n where n.incident = i.id) as noted from privacy.incident i
            """;

    List<Incident> list(int limit) {
        keeper();
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql(INCIDENT + "order by i.id desc limit ?").param(limit).query((r, _) -> incident(r)).list()));
    }

    Incident get(UUID id) {
        keeper();
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql(INCIDENT + "where i.id = ?").param(id).query((r, _) -> incident(r)).optional()))
                .orElseThrow(() -> new NoSuchElementException("no such incident for who asks"));
    }

    private static Incident incident(java.sql.ResultSet r) throws java.sql.SQLException {
        return new Incident(r.getObject("id", UUID.class), r.getString("title"), r.getObject("found_at", OffsetDateTime.class).toInstant(),
                r.getObject("at", OffsetDateTime.class).toInstant(), r.getObject("unit", UUID.class), List.of((String[]) r.getArray("noted").getArray()));
    }

    List<Note> notes(UUID incident) {
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("select what, words, done_at, at, unit from privacy.incident_note where incident = ? order by id")
                .param(incident).query((r, _) -> new Note(r.getString("what"), r.getString("words"),
                        Optional.ofNullable(r.getObject("done_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant), r.getObject("at", OffsetDateTime.class).toInstant(),
                        r.getObject("unit", UUID.class))).list()));
    }
}
