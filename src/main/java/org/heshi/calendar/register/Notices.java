package org.heshi.calendar.register;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.heshi.calendar.days.Notice;
import org.heshi.calendar.days.NoticeDay;
import org.heshi.kernel.Uuid7;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Notices as they are written: a draft between preview and confirmation, then an edition for good. */
@Repository
public class Notices {

    private static final Duration DRAFT_KEPT = Duration.ofDays(1);

    /** What became of a notice. */
    public sealed interface Taking {

        /** @param edition the number it has in the database */
        record Taken(long edition) implements Taking {
        }

        /** The same days hold for this year already; nothing was written. */
        record Known() implements Taking {
        }
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final KeptCalendar calendar;
    private final InstantSource clock;

    Notices(JdbcClient jdbc, TransactionTemplate transactions, KeptCalendar calendar, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.calendar = calendar;
        this.clock = clock;
    }

    /** Keeps a notice for its preview, for the person who acts only. */
    public UUID draft(Notice notice) {
        Instant now = clock.instant();
        UUID id = Uuid7.at(now);
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("delete from calendar.draft where at < ?").param(now.minus(DRAFT_KEPT).atOffset(ZoneOffset.UTC)).update();
            jdbc.sql("""
                    insert into calendar.draft (id, person, at, year, source, days, kinds, names)
                    values (?, nullif(current_setting('app.person', true), '')::uuid, ?, ?, ?, ?::date[], ?::text[], ?::text[])""")
                    .params(id, now.atOffset(ZoneOffset.UTC), notice.year(), notice.source(), days(notice), kinds(notice), names(notice)).update();
        });
        return id;
    }

    /** @throws NoSuchElementException when there is none, or it is not of the person who acts */
    public Notice getDraft(UUID id) {
        return transactions.execute(_ -> jdbc.sql("select year, source, days::text[], kinds, names from calendar.draft where id = ?").param(id)
                .query((r, _) -> {
                    String[] days = (String[]) r.getArray(3).getArray();
                    String[] kinds = (String[]) r.getArray(4).getArray();
                    String[] names = (String[]) r.getArray(5).getArray();
                    return new Notice(r.getInt(1), r.getString(2), Optional.empty(), IntStream.range(0, days.length)
                            .mapToObj(i -> new NoticeDay(LocalDate.parse(days[i]), NoticeDay.Kind.of(kinds[i]), names[i])).toList());
                }).optional()).orElseThrow(() -> new NoSuchElementException("no such draft of a notice"));
    }

    public void discard(UUID id) {
        transactions.executeWithoutResult(_ -> jdbc.sql("delete from calendar.draft where id = ?").param(id).update());
    }

    /** Takes in what the draft holds and forgets the draft: of two clicks one finds it. */
    public Taking confirm(UUID id) {
        return done(transactions.execute(_ -> {
            Notice notice = getDraft(id);
            if (jdbc.sql("delete from calendar.draft where id = ?").param(id).update() != 1) {
                throw new NoSuchElementException("no such draft of a notice");
            }
            return insert(notice);
        }));
    }

    /** Takes a notice in; in the name of who acts. */
    public Taking take(Notice notice) {
        return done(transactions.execute(_ -> insert(notice)));
    }

    /** The same for the command line, where nobody is signed in: the program itself acts. */
    public Taking takeAsProgram(Notice notice) {
        return done(transactions.execute(_ -> {
            jdbc.sql("select set_config('app.kind', 'machine', true)").query(String.class).single();
            return insert(notice);
        }));
    }

    private Taking insert(Notice notice) {
        // one after the other, so that editions become visible in their order
        jdbc.sql("select pg_advisory_xact_lock(hashtext('calendar.notice'))").query().singleRow();
        if (calendar.fresh().notice(notice.year()).map(Notice::days).equals(Optional.of(notice.days()))) {
            return new Taking.Known();
        }
        long edition = jdbc.sql("""
                insert into calendar.notice (edition, year, source, at)
                values ((select coalesce(max(edition), 0) + 1 from calendar.notice), ?, ?, ?) returning edition""")
                .params(notice.year(), notice.source(), clock.instant().atOffset(ZoneOffset.UTC)).query(Long.class).single();
        jdbc.sql("""
                insert into calendar.day (edition, year, day, kind, name)
                select ?, ?, d.day, d.kind, d.name from unnest(?::date[], ?::text[], ?::text[]) as d (day, kind, name)""")
                .params(edition, notice.year(), days(notice), kinds(notice), names(notice)).update();
        return new Taking.Taken(edition);
    }

    private Taking done(Taking taking) {
        calendar.fresh();
        return taking;
    }

    private static String[] days(Notice notice) {
        return notice.days().stream().map(day -> day.day().toString()).toArray(String[]::new);
    }

    private static String[] kinds(Notice notice) {
        return notice.days().stream().map(day -> day.kind().code()).toArray(String[]::new);
    }

    private static String[] names(Notice notice) {
        return notice.days().stream().map(NoticeDay::name).toArray(String[]::new);
    }
}
