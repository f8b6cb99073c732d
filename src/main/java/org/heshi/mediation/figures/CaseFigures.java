package org.heshi.mediation.figures;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** One row a case, by the body that accepted it, and what is counted of them for who looks. */
@Repository
class CaseFigures {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    CaseFigures(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** What a table goes by. */
    enum By {
        TYPE("type"), SOURCE("source"), FORM("case when result in ('written', 'oral') then result end"), PERFORMANCE("nullif(performance, '')"),
        CONFIRMATION("nullif(confirmation, '')"), MONTH("to_char(accepted_at at time zone 'Asia/Shanghai', 'YYYY-MM')"), UNIT("unit::text"), MEDIATOR("post::text");

        final String sql;

        By(String sql) {
            this.sql = sql;
        }

        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * Of the cases that were accepted in some time.
     *
     * @param accepted  all of them: succeeded, failed and those that go on
     * @param sum       of the agreements, in fen
     * @param performed agreements that were performed whole
     * @param confirmed agreements that the court confirmed
     */
    record Counted(String key, long accepted, long succeeded, long failed, long sum, long written, long oral, long performed, long confirmed) {

        static final Counted NOTHING = new Counted("", 0, 0, 0, 0, 0, 0, 0, 0);

        long goesOn() {
            return accepted - succeeded - failed;
        }

        /** Both together, under the key of this one. */
        Counted and(Counted other) {
            return new Counted(key, accepted + other.accepted, succeeded + other.succeeded, failed + other.failed, sum + other.sum, written + other.written, oral + other.oral,
                    performed + other.performed, confirmed + other.confirmed);
        }
    }

    /** @param unit empty: the whole place */
    record Asked(Optional<UUID> unit, String place, Instant from, Instant to) {

        static Asked of(Actor.Staff staff, Instant from, Instant to) {
            return staff.scope().isEmpty() ? new Asked(Optional.of(staff.unit()), "", from, to) : new Asked(Optional.empty(), staff.scope(), from, to);
        }
    }

    private static final String COUNTS = """
            count(*) as accepted, count(*) filter (where result in ('written', 'oral')) as succeeded, count(*) filter (where result = 'failed') as failed,
            coalesce(sum(sum_fen), 0) as sum_fen, count(*) filter (where result = 'written') as written, count(*) filter (where result = 'oral') as oral,
            count(*) filter (where performance = 'whole') as performed, count(*) filter (where confirmation = 'confirmed') as confirmed
            """;

    /** Every table by its keys in order; a case that has no key of a table stands under the empty one. The whole under null. */
    Map<By, List<Counted>> count(Asked asked, List<By> by) {
        return transactions.execute(_ -> {
            Map<By, List<Counted>> tables = new EnumMap<>(By.class);
            by.forEach(one -> tables.put(one, asked("select coalesce(" + one.sql + ", '') as key, " + COUNTS, asked, "group by 1 order by 1").query(CaseFigures::counted).list()));
            return tables;
        });
    }

    Counted whole(Asked asked) {
        return transactions.execute(_ -> asked("select '' as key, " + COUNTS, asked, "").query(CaseFigures::counted).single());
    }

    private JdbcClient.StatementSpec asked(String select, Asked asked, String rest) {
        String where = asked.unit().isPresent() ? "unit = :unit" : asked.place().length() >= 9 ? "town = :town" : asked.place().length() >= 6 ? "county = :county"
                : "county >= :place and county < :place || chr(1114111)";
        return jdbc.sql(select + " from mediation.figure where " + where + " and accepted_at >= :from and accepted_at < :to " + rest).param("unit", asked.unit().orElse(new UUID(0, 0)))
                .param("town", cut(asked.place(), 9)).param("county", cut(asked.place(), 6)).param("place", asked.place()).param("from", asked.from().atOffset(ZoneOffset.UTC))
                .param("to", asked.to().atOffset(ZoneOffset.UTC));
    }

    private static String cut(String place, int digits) {
        return place.substring(0, Math.min(digits, place.length()));
    }

    private static Counted counted(ResultSet r, int row) throws SQLException {
        return new Counted(r.getString("key"), r.getLong("accepted"), r.getLong("succeeded"), r.getLong("failed"), r.getLong("sum_fen"), r.getLong("written"), r.getLong("oral"),
                r.getLong("performed"), r.getLong("confirmed"));
    }

    // ---- written by the act's own transaction

    Optional<Figure> find(UUID matter, UUID unit) {
        return jdbc.sql("select * from mediation.figure where matter = ? and unit = ?").params(matter, unit).query((r, _) -> new Figure(matter, r.getObject("unit", UUID.class),
                Optional.ofNullable(r.getObject("post", UUID.class)), r.getString("scope"), r.getString("type"), r.getString("source"),
                r.getObject("accepted_at", OffsetDateTime.class).toInstant(), Optional.ofNullable(r.getObject("ended_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                r.getString("result"), r.getLong("sum_fen"), r.getString("performance"), r.getString("confirmation"), r.getBoolean("walled"))).optional();
    }

    void put(Figure figure) {
        jdbc.sql("""
                insert into mediation.figure (matter, unit, post, scope, type, source, accepted_at, ended_at, result, sum_fen, performance, confirmation, walled)
                values (?, ?, ?::uuid, ?, ?, ?, ?, ?::timestamptz, ?, ?, ?, ?, ?)
                on conflict (matter, unit) do update set post = excluded.post, type = excluded.type, source = excluded.source, ended_at = excluded.ended_at, result = excluded.result, sum_fen = excluded.sum_fen,
                  performance = excluded.performance, confirmation = excluded.confirmation, walled = excluded.walled
                """).param(figure.matter()).param(figure.unit()).param(figure.post().map(UUID::toString).orElse(null)).param(figure.scope()).param(figure.type())
                .param(figure.source()).param(figure.acceptedAt().atOffset(ZoneOffset.UTC)).param(figure.endedAt().map(Instant::toString).orElse(null)).param(figure.result())
                .param(figure.sum()).param(figure.performance()).param(figure.confirmation()).param(figure.walled()).update();
    }
}
