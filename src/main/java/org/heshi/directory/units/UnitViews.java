package org.heshi.directory.units;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.heshi.directory.Categories;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Unit;
import org.heshi.directory.desk.Days;
import org.heshi.directory.desk.Ground;
import org.heshi.directory.names.Typed;
import org.heshi.directory.register.Rows;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.Page;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What the pages of units show. */
@Component
class UnitViews {

    static final int ROWS = 30;
    private static final int RULES_SHOWN = 50;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Directory directory;
    private final Divisions divisions;
    private final Categories categories;
    private final InstantSource clock;

    UnitViews(JdbcClient jdbc, TransactionTemplate transactions, Directory directory, Divisions divisions, Categories categories, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.directory = directory;
        this.divisions = divisions;
        this.categories = categories;
        this.clock = clock;
    }

    /** By place, then by name. @param after the id of the last unit of the page before, empty for the first page */
    Page<UnitRow> list(HeldPost by, String typed, String type, boolean ended, String after) {
        Typed words = new Typed(typed);
        List<UnitRow> rows = jdbc.sql("""
                select u.id, u.name, u.type, u.division_code, u.ended_at
                  from directory.unit u
                 where u.division_code >= :ground and u.division_code < :ground || chr(1114111)
                   and (:ended or u.ended_at is null)
                   and (:type = '' or u.type = :type)
                   and (:typed = '' or u.name like :anywhere or u.initials like :initials)
                   and (:after = '' or (u.division_code, u.name, u.id) >
                        (select a.division_code, a.name, a.id from directory.unit a where a.id = nullif(:after, '')::uuid))
                 order by u.division_code, u.name, u.id
                 limit :rows""")
                .param("ground", by.division()).param("ended", ended).param("type", type).param("typed", words.text())
                .param("anywhere", words.anywhere()).param("initials", words.initials()).param("after", after).param("rows", ROWS + 1)
                .query(this::row).list();
        return Page.cut(rows, ROWS, row -> row.id().toString());
    }

    /** @throws NoSuchElementException when there is none on the administrator's ground */
    Unit get(HeldPost by, UUID id) {
        Unit unit = directory.findUnit(id).orElseThrow(() -> new NoSuchElementException("no such unit"));
        Ground.check(by, unit.division());
        return unit;
    }

    boolean current(Unit unit) {
        return jdbc.sql("select ended_at is null from directory.unit where id = ?").param(unit.id()).query(Boolean.class).single();
    }

    UnitPage page(HeldPost by, UUID id, Locale locale) {
        Unit unit = get(by, id);
        var now = Days.at(clock.instant());
        return transactions.execute(_ -> {
            List<UnitPage.PostLine> posts = jdbc.sql("""
                    select p.id, p.title, p.roles, p.ended_at is not null as ended, w.name as holder, s.name as stand_in
                      from directory.post p
                      left join directory.holding h on h.post = p.id and h.starts_at <= :now and (h.ends_at is null or :now < h.ends_at)
                      left join directory.person w on w.id = h.person
                      left join directory.leave l on l.holding = h.id and l.starts_at <= :now and :now < l.ends_at
                      left join directory.person s on s.id = l.stand_in
                     where p.unit = :unit
                     order by p.ended_at is not null, p.id""")
                    .param("now", now).param("unit", id)
                    .query((row, _) -> new UnitPage.PostLine(row.getObject("id", UUID.class), row.getString("title"), Rows.roles(row.getArray("roles")),
                            Optional.ofNullable(row.getString("holder")), Optional.ofNullable(row.getString("stand_in")), row.getBoolean("ended")))
                    .list();
            List<UnitPage.RuleLine> rules = jdbc.sql("""
                    select r.id, r.category, r.division_code from directory.handles r
                     where r.lead = :unit and r.starts_at <= :now and (r.ends_at is null or :now < r.ends_at)
                     order by r.category, r.division_code limit :most""")
                    .param("unit", id).param("now", now).param("most", RULES_SHOWN)
                    .query((row, _) -> new UnitPage.RuleLine(row.getObject(1, UUID.class), row.getString(2), row.getString(3)))
                    .list().stream()
                    .map(rule -> new UnitPage.RuleLine(rule.id(), rule.category().isEmpty() ? "" : categories.path(rule.category(), locale),
                            placeName(rule.place())))
                    .toList();
            record Life(Instant startedAt, Optional<Instant> endedAt) {
            }
            Life life = jdbc.sql("select started_at, ended_at from directory.unit where id = ?").param(id)
                    .query((row, _) -> new Life(row.getObject(1, OffsetDateTime.class).toInstant(), instant(row, "ended_at"))).single();
            return new UnitPage(unit, placeName(unit.division()), unit.parent().flatMap(directory::findUnit), life.startedAt(), life.endedAt(), posts, rules);
        });
    }

    String placeName(String code) {
        return divisions.fullNames(List.of(code)).getOrDefault(code, code);
    }

    private UnitRow row(ResultSet row, int number) throws SQLException {
        String division = row.getString("division_code");
        return new UnitRow(row.getObject("id", UUID.class), row.getString("name"), Rows.unitType(row.getString("type")), division,
                placeName(division), instant(row, "ended_at"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
