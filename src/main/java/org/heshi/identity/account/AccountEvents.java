package org.heshi.identity.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CannotStart;
import org.heshi.kernel.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Signing in and out of an account, what was refused, and what was done with the means for it; told to its owner. */
@Repository
public class AccountEvents {

    /** Network logs are kept for six months at least (Cybersecurity Law, 21(3)); the longest six months. */
    private static final Duration LEAST = Duration.ofDays(184);
    private static final Actor SELF = new Actor.Machine("identity");

    /**
     * @param byOwner false: by an administrator on the server, or by somebody unknown
     * @param browser as {@link org.heshi.identity.BrowserKind#of} says it; empty when none is known
     */
    public record Event(Instant at, String what, boolean byOwner, String browser) {
    }

    /** What was refused in a while. @param last none when there was none */
    public record Refusals(int times, @Nullable Instant last) {
    }

    /**
     * What was refused in one hour.
     *
     * @param from     when the hour began
     * @param inMinute most in one of its minutes
     */
    public record Hour(Instant from, long times, long inMinute) {
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;
    private final Duration term;

    AccountEvents(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock, @Value("${heshi.identity.events-for:184d}") Duration term) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.term = term;
        if (term.compareTo(LEAST) < 0) {
            throw CannotStart.because("heshi.identity.events-for must be " + LEAST.toDays() + "d or more: logs of signing in are kept for six months by law.");
        }
    }

    /**
     * Notes it, in the caller's transaction if one runs as the program itself.
     *
     * @param what  ends a message key: {@code account.event.<what>}
     * @param actor who did it; none: a command on the server
     */
    public void note(UUID person, String what, @Nullable UUID actor) {
        note(person, what, actor, "");
    }

    /** The same, and with which kind of browser. */
    public void note(UUID person, String what, @Nullable UUID actor, String browser) {
        Instant now = clock.instant();
        inside(() -> jdbc.sql("""
                insert into identity.account_event (id, person, at, what, actor, browser) values (:id, :person, :at, :what, :actor::uuid, :browser)""")
                .param("id", Uuid7.at(now)).param("person", person).param("at", at(now)).param("what", what)
                .param("actor", actor).param("browser", browser).update());
    }

    /** Notes that something was refused, once a minute; by whom it was tried is not known. @param person none: nobody has that name */
    public void refused(@Nullable UUID person, String what, String browser) {
        Instant now = clock.instant();
        inside(() -> jdbc.sql("""
                insert into identity.account_event (id, person, at, what, browser, minute) values (:id, :person::uuid, :at, :what, :browser, :minute)
                on conflict (person, what, minute) where minute is not null do update set times = account_event.times + 1""")
                .param("id", Uuid7.at(now)).param("person", person).param("at", at(now)).param("what", what).param("browser", browser)
                .param("minute", at(now.truncatedTo(ChronoUnit.MINUTES))).update());
    }

    /** The last ones, newest first, without what was refused: nobody can push them off the page by trying. */
    public List<Event> last(UUID person, int most) {
        return inside(() -> jdbc.sql("""
                select at, what, actor is not null as owner, browser from identity.account_event where person = ? and minute is null
                order by at desc, id desc limit ?""").param(person).param(most).query(AccountEvents::event).list());
    }

    /** @param person none: with names that nobody has, which are kept nowhere, because a password may have been typed there */
    public Refusals refusals(@Nullable UUID person, Instant since) {
        return inside(() -> jdbc.sql("""
                select coalesce(sum(times), 0) as times, max(minute) as last from identity.account_event
                where (person = :person or :person::uuid is null and person is null) and minute is not null and at >= :since""")
                .param("person", person).param("since", at(since)).query((r, _) -> new Refusals((int) Math.min(Integer.MAX_VALUE, r.getLong("times")),
                        r.getObject("last", OffsetDateTime.class) == null ? null : r.getObject("last", OffsetDateTime.class).toInstant())).single());
    }

    /** The hours in which most was refused, the latest first: that is how a burst is seen. @param person as for {@link #refusals} */
    public List<Hour> busiestHours(@Nullable UUID person, Instant since, int most) {
        return inside(() -> jdbc.sql("""
                select date_trunc('hour', minute, 'UTC') as hour, sum(times) as times, max(times) as in_minute from
                  (select minute, sum(times) as times from identity.account_event
                   where (person = :person or :person::uuid is null and person is null) and minute is not null and at >= :since group by minute) as a_minute
                group by hour order by times desc, hour desc limit :most""")
                .param("person", person).param("since", at(since)).param("most", most)
                .query((r, _) -> new Hour(r.getObject("hour", OffsetDateTime.class).toInstant(), r.getLong("times"), r.getLong("in_minute"))).list())
                .stream().sorted(Comparator.comparing(Hour::from).reversed()).toList();
    }

    /** Erases what is older than the term. */
    public int forget() {
        return inside(() -> jdbc.sql("delete from identity.account_event where at < ?").param(at(clock.instant().minus(term))).update());
    }

    private <T> T inside(Supplier<T> work) {
        return Objects.requireNonNull(Acting.as(SELF, () -> transactions.execute(_ -> work.get())));
    }

    private static Event event(ResultSet r, int n) throws SQLException {
        return new Event(r.getObject("at", OffsetDateTime.class).toInstant(), r.getString("what"), r.getBoolean("owner"), r.getString("browser"));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
