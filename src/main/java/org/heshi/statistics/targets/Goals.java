package org.heshi.statistics.targets;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.kernel.Uuid7;
import org.heshi.statistics.UnitGoals;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Goals as they are kept: only added to, and shown by PostgreSQL to the unit's own head and supervisors and to those who watch its place. */
@Repository
class Goals implements UnitGoals {

    private static final UUID NOBODY = new UUID(0, 0);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Directory directory;
    private final InstantSource clock;

    Goals(JdbcClient jdbc, TransactionTemplate transactions, Directory directory, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.directory = directory;
        this.clock = clock;
    }

    private static Goal read(ResultSet r, int row) throws SQLException {
        return new Goal(r.getObject("unit", UUID.class), r.getInt("year"), GoalFigure.find(r.getString("figure")).orElseThrow(), r.getInt("version"),
                Optional.ofNullable(r.getBigDecimal("goal")), r.getString("source"), r.getString("reason"), r.getObject("at", OffsetDateTime.class).toInstant(),
                r.getObject("post", UUID.class));
    }

    /** Every goal of the unit in that year, with its history, the newest first. */
    List<Goal> of(UUID unit, int year) {
        return transactions.execute(_ -> jdbc.sql("select * from statistics.goal where unit = ? and year = ? order by at desc, id desc").params(unit, year).query(Goals::read).list());
    }

    /** Units that have goals in that year, as far as who acts may see them, with how many hold. */
    Map<UUID, Integer> units(int year) {
        Map<UUID, Integer> units = new LinkedHashMap<>();
        transactions.executeWithoutResult(_ -> jdbc.sql("""
                select unit, count(*) filter (where goal is not null) as n
                from (select distinct on (unit, figure) unit, goal from statistics.goal where year = ? order by unit, figure, version desc) newest group by unit order by unit
                """).param(year).query(r -> {
            units.put(r.getObject("unit", UUID.class), r.getInt("n"));
        }));
        return units;
    }

    /** @param after version that was there; nothing is added when there is a newer one @return whether it was added */
    boolean add(Unit unit, int year, GoalFigure figure, int after, Optional<BigDecimal> goal, String source, String reason, UUID post, Instant at) {
        return Boolean.TRUE.equals(transactions.execute(_ -> jdbc.sql("""
                insert into statistics.goal (id, place, unit, year, figure, version, goal, source, reason, at, post)
                values (?, ?, ?, ?, ?, ?, ?::numeric, ?, ?, ?, ?) on conflict do nothing
                """).param(Uuid7.at(at)).param(unit.division()).param(unit.id()).param(year).param(figure.code()).param(after + 1)
                .param(goal.map(BigDecimal::toPlainString).orElse(null)).param(source).param(reason).param(at.atOffset(ZoneOffset.UTC)).param(post).update() == 1));
    }

    @Override
    public void enter(UUID unit, int year, String figure, BigDecimal goal, String source) {
        Unit whose = directory.findUnit(unit).orElseThrow();
        UUID post = Acting.current() instanceof Actor.Staff staff ? staff.post() : NOBODY;
        add(whose, year, GoalFigure.find(figure).orElseThrow(), 0, Optional.of(goal), source, "", post, clock.instant());
    }
}
