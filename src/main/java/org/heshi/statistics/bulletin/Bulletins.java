package org.heshi.statistics.bulletin;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.Page;
import org.heshi.kernel.Uuid7;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Bulletins as they are kept. PostgreSQL shows each reader their own, and lets nobody change what was released. */
@Repository
class Bulletins {

    private static final String COLUMNS = "id, place, month, version, unit, foreword, remarks, revision, written_at, number, counted_at, released_at";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Divisions divisions;

    Bulletins(JdbcClient jdbc, TransactionTemplate transactions, Divisions divisions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.divisions = divisions;
    }

    /**
     * In a transaction in which who acts may also read what was released for places that went into theirs, and go on with drafts that were left behind at a code that went on
     * as exactly theirs with all that it held. Who watches no place reads what was released for the one on which their unit stands.
     */
    private <T> T within(Supplier<T> something) {
        Optional<Actor.Staff> staff = Acting.current() instanceof Actor.Staff one ? Optional.of(one) : Optional.empty();
        String scope = staff.map(Actor.Staff::scope).orElse("");
        String addressed = scope.isEmpty() ? staff.map(one -> one.held().division()).orElse("") : "";
        List<String> once = scope.isEmpty() ? List.of() : divisions.once(scope);
        // figures of a code hold what lay below it then: where a part went elsewhere, they are not told here
        String former = once.isEmpty() ? "" : divisions.successors().entrySet().stream().filter(one -> one.getValue().equals(scope) && once.stream().anyMatch(one.getKey()::startsWith))
                .map(Map.Entry::getKey).collect(Collectors.joining(","));
        return transactions.execute(_ -> {
            if (!once.isEmpty() || !addressed.isEmpty()) {
                jdbc.sql("select set_config('app.once', ?, true), set_config('app.former', ?, true), set_config('app.addressed', ?, true)").params(String.join(",", once), former, addressed)
                        .query().singleRow();
            }
            return something.get();
        });
    }

    private static Bulletin read(ResultSet r, int row) throws SQLException {
        return new Bulletin(r.getObject("id", UUID.class), r.getString("place"), YearMonth.from(r.getObject("month", LocalDate.class)), r.getInt("version"),
                r.getObject("unit", UUID.class), r.getString("foreword"), r.getString("remarks"), r.getInt("revision"), r.getObject("written_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(r.getObject("number", Integer.class)), instant(r, "counted_at"), instant(r, "released_at"));
    }

    private static Optional<Instant> instant(ResultSet r, String column) throws SQLException {
        return Optional.ofNullable(r.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** Released ones that who acts may read, the newest months first. @param after id of the last one that was shown */
    Page<Bulletin> released(Optional<UUID> after, int size) {
        JdbcClient.StatementSpec asked = jdbc.sql("select " + COLUMNS + " from statistics.bulletin b where released_at is not null"
                + (after.isPresent() ? " and (b.released_at, b.id) < (select a.released_at, a.id from statistics.bulletin a where a.id = :after)" : "")
                + " order by b.released_at desc, b.id desc limit :limit").param("limit", size + 1);
        JdbcClient.StatementSpec ready = after.isPresent() ? asked.param("after", after.get()) : asked;
        return within(() -> Page.cut(ready.query(Bulletins::read).list(), size, one -> one.id().toString()));
    }

    List<Bulletin> drafts() {
        return within(() -> jdbc.sql("select " + COLUMNS + " from statistics.bulletin where released_at is null order by month desc").query(Bulletins::read).list());
    }

    Optional<Bulletin> find(UUID id) {
        return within(() -> jdbc.sql("select " + COLUMNS + " from statistics.bulletin where id = ?").param(id).query(Bulletins::read).optional());
    }

    Optional<byte[]> pdf(UUID id) {
        return within(() -> jdbc.sql("select pdf from statistics.bulletin where id = ? and released_at is not null").param(id).query(byte[].class).optional());
    }

    /** Number of the newest released one of that month. */
    Optional<Integer> numberOf(String place, YearMonth month) {
        return within(() -> jdbc.sql("select number from statistics.bulletin where place = ? and month = ? and released_at is not null order by version desc limit 1")
                .params(place, Date.valueOf(month.atDay(1))).query(Integer.class).optional());
    }

    /** The draft of that month; made when there is none. One that replaces a released one begins with its words. */
    UUID draft(String place, YearMonth month, UUID unit, UUID post, Instant at) {
        return transactions.execute(_ -> {
            jdbc.sql("""
                    insert into statistics.bulletin (id, place, month, version, unit, foreword, remarks, written_at, written_by)
                    select ?, ?, ?, coalesce(max(version), 0) + 1, ?, coalesce((array_agg(foreword order by version desc) filter (where released_at is not null))[1], ''),
                           coalesce((array_agg(remarks order by version desc) filter (where released_at is not null))[1], ''), ?, ?
                      from statistics.bulletin where place = ? and month = ?
                    on conflict do nothing
                    """).params(Uuid7.at(at), place, Date.valueOf(month.atDay(1)), unit, at.atOffset(ZoneOffset.UTC), post, place, Date.valueOf(month.atDay(1))).update();
            return jdbc.sql("select id from statistics.bulletin where place = ? and month = ? and released_at is null").params(place, Date.valueOf(month.atDay(1)))
                    .query(UUID.class).single();
        });
    }

    /** @return whether it was the draft that was on the screen */
    boolean save(UUID id, BulletinForm form, UUID post, Instant at) {
        return Boolean.TRUE.equals(within(() -> jdbc.sql("""
                update statistics.bulletin set foreword = ?, remarks = ?, revision = revision + 1, written_at = ?, written_by = ?
                where id = ? and revision = ? and released_at is null
                """).params(form.foreword(), form.remarks(), at.atOffset(ZoneOffset.UTC), post, id, form.seen()).update() == 1));
    }

    boolean drop(UUID id) {
        return Boolean.TRUE.equals(within(() -> jdbc.sql("delete from statistics.bulletin where id = ? and released_at is null").param(id).update() == 1));
    }

    /** The number that the next one of that year gets. */
    int next(String place, int year) {
        return within(() -> jdbc.sql("select coalesce(max(number), 0) + 1 from statistics.bulletin where place = ? and extract(year from month) = ?").params(place, year)
                .query(Integer.class).single());
    }

    /** @return false when it is not that revision any more, or another one took its number */
    boolean release(Bulletin bulletin, int number, byte[] pdf, Instant countedAt, UUID post, Instant at) {
        return Boolean.TRUE.equals(within(() -> {
            // one after the other for a place: two months released at once would both take the next number
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended('bulletin ' || ?, 0))").param(bulletin.place()).query(rows -> { });
            return jdbc.sql("""
                    update statistics.bulletin set number = ?, pdf = ?, counted_at = ?, released_at = ?, released_by = ?
                    where id = ? and revision = ? and released_at is null
                      and ? = (select coalesce(max(o.number), 0) + 1 from statistics.bulletin o where o.place = ? and extract(year from o.month) = ?)
                    """).params(number, pdf, countedAt.atOffset(ZoneOffset.UTC), at.atOffset(ZoneOffset.UTC), post, bulletin.id(), bulletin.revision(), number, bulletin.place(),
                    bulletin.month().getYear()).update() == 1;
        }));
    }
}
