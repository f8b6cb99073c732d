package org.heshi.mediation.allowance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.heshi.access.Actor;
import org.heshi.kernel.Ids;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Page;
import org.heshi.kernel.PageKey;
import org.heshi.kernel.Uuid7;
import org.heshi.kernel.Yuan;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** The ledger of allowances and the scale that it goes by. Lines are only added; what was earned wrongly is taken back by another line. */
@Repository
public class Allowances {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    Allowances(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @param what {@code agreed}, {@code performed} or {@code taken-back} @param fen less than nothing when it was taken back */
    public record Line(UUID id, UUID post, Optional<UUID> person, UUID unit, UUID matter, MatterNumber number, String what, long fen, Instant at) {
    }

    /** What somebody earned in some time. */
    public record Sum(Optional<UUID> person, UUID unit, int agreed, int performed, int takenBack, long fen) {
    }

    // ---- the scale

    List<Scale> scale(String division) {
        return jdbc.sql("select * from mediation.scale where division = any (?::text[]) order by set_at desc, id desc limit 500")
                .param(IntStream.of(2, 4, 6, 9, 12, 15, 17).filter(digits -> digits <= division.length()).mapToObj(digits -> division.substring(0, digits)).toArray(String[]::new))
                .query(Allowances::scale).list();
    }

    List<Scale> shown(String division) {
        return transactions.execute(_ -> scale(division));
    }

    void set(Actor.Staff by, String division, String what, String form, String type, Yuan amount, LocalDate from, String basis) {
        Instant now = clock.instant();
        transactions.executeWithoutResult(_ -> jdbc.sql("""
                insert into mediation.scale (id, division, what, form, type, fen, from_day, basis, set_at, set_by) values (?, ?, ?, ?, ?, ?, ?::date, ?, ?, ?)
                """).params(Uuid7.at(now), division, what, form, type, amount.fen(), from.toString(), basis, now.atOffset(ZoneOffset.UTC), by.post()).update());
    }

    private static Scale scale(ResultSet r, int row) throws SQLException {
        return new Scale(r.getObject("id", UUID.class), r.getString("division"), r.getString("what"), r.getString("form"), r.getString("type"), new Yuan(r.getLong("fen")),
                r.getObject("from_day", LocalDate.class), r.getString("basis"), r.getObject("set_at", OffsetDateTime.class).toInstant());
    }

    // ---- the ledger; written by the act's own transaction

    record Earning(UUID post, @Nullable UUID person, UUID unit, String division, UUID matter, MatterNumber number, int seq, String what, Scale scale, Instant at) {
    }

    void earn(Earning one) {
        jdbc.sql("""
                insert into mediation.allowance (id, post, person, unit, division, matter, number, seq, what, fen, at, scale) values (?, ?, ?::uuid, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """).param(Uuid7.at(one.at())).param(one.post()).param(one.person() == null ? null : one.person().toString()).param(one.unit()).param(one.division())
                .param(one.matter()).param(one.number().digits()).param(one.seq()).param(one.what()).param(one.scale().amount().fen()).param(one.at().atOffset(ZoneOffset.UTC))
                .param(one.scale().id()).update();
    }

    /** Whether the case earned this already and it was not taken back. */
    boolean earned(UUID matter, String what) {
        return jdbc.sql("""
                select exists (select from mediation.allowance a where a.matter = ? and a.what = ? and not exists (select from mediation.allowance b where b.undoes = a.id))
                """).params(matter, what).query(Boolean.class).single();
    }

    /** Takes back all that the case earned and that was not taken back yet. */
    void takeBack(UUID matter, int seq, Instant at) {
        jdbc.sql("""
                insert into mediation.allowance (id, post, person, unit, division, matter, number, seq, what, fen, at, undoes)
                select gen_random_uuid(), a.post, a.person, a.unit, a.division, a.matter, a.number, ?, 'taken-back', -a.fen, ?, a.id from mediation.allowance a
                where a.matter = ? and a.undoes is null and not exists (select from mediation.allowance b where b.undoes = a.id)
                """).param(seq).param(at.atOffset(ZoneOffset.UTC)).param(matter).update();
    }

    // ---- what is read of it

    /** What a person earned, the newest first. */
    Page<Line> of(UUID person, String after, int size) {
        String[] parts = after.split("\\.", 2);
        Optional<Instant> at = PageKey.instant(parts[0]);
        Optional<UUID> last = parts.length == 2 ? Ids.find(parts[1]) : Optional.empty();
        boolean goesOn = at.isPresent() && last.isPresent();
        JdbcClient.StatementSpec asked = jdbc.sql("select * from mediation.allowance where person = :person"
                + (goesOn ? " and at <= :at and (at < :at or id > :id)" : "") + " order by at desc, id limit :limit").param("person", person)
                .param("at", at.orElse(Instant.EPOCH).atOffset(ZoneOffset.UTC)).param("id", last.orElse(new UUID(0, 0))).param("limit", size + 1);
        return Page.cut(transactions.execute(_ -> asked.query(Allowances::line).list()), size, line -> PageKey.of(line.at()) + "." + line.id());
    }

    /** What a person earned in some time, in fen. */
    public long sum(UUID person, Instant from, Instant to) {
        return transactions.execute(_ -> jdbc.sql("select coalesce(sum(fen), 0) from mediation.allowance where person = ? and at >= ? and at < ?").param(person)
                .param(from.atOffset(ZoneOffset.UTC)).param(to.atOffset(ZoneOffset.UTC)).query(Long.class).single());
    }

    /** What each earned at a place or in a unit in some time, as far as who looks may know. */
    List<Sum> sums(Whose whose, Instant from, Instant to) {
        return transactions.execute(_ -> asked("""
                select person, unit, count(*) filter (where what = 'agreed') as agreed, count(*) filter (where what = 'performed') as performed,
                       count(*) filter (where what = 'taken-back') as back, sum(fen) as fen
                """, whose, from, to, "group by person, unit order by sum(fen) desc, person limit 1000").query((r, _) -> new Sum(Optional.ofNullable(r.getObject("person", UUID.class)),
                r.getObject("unit", UUID.class), r.getInt("agreed"), r.getInt("performed"), r.getInt("back"), r.getLong("fen"))).list());
    }

    /** The lines themselves, the oldest first. */
    List<Line> lines(Whose whose, Instant from, Instant to, int most) {
        return transactions.execute(_ -> asked("select *", whose, from, to, "order by at, id limit " + most).query(Allowances::line).list());
    }

    /** A unit, or a place and everything below it. */
    record Whose(Optional<UUID> unit, String place) {

        static Whose of(Actor.Staff staff) {
            return staff.scope().isEmpty() ? new Whose(Optional.of(staff.unit()), "") : new Whose(Optional.empty(), staff.scope());
        }
    }

    private JdbcClient.StatementSpec asked(String what, Whose whose, Instant from, Instant to, String rest) {
        String county = whose.place().length() >= 6 ? "county = :county and " : "";
        String where = whose.unit().isPresent() ? "unit = :unit" : county + "division >= :place and division < :place || chr(1114111)";
        return jdbc.sql(what + " from mediation.allowance where " + where + " and at >= :from and at < :to " + rest).param("unit", whose.unit().orElse(new UUID(0, 0)))
                .param("place", whose.place()).param("county", whose.place().substring(0, Math.min(6, whose.place().length()))).param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC));
    }

    private static Line line(ResultSet r, int row) throws SQLException {
        return new Line(r.getObject("id", UUID.class), r.getObject("post", UUID.class), Optional.ofNullable(r.getObject("person", UUID.class)), r.getObject("unit", UUID.class),
                r.getObject("matter", UUID.class), new MatterNumber(r.getString("number")), r.getString("what"), r.getLong("fen"), r.getObject("at", OffsetDateTime.class).toInstant());
    }
}
