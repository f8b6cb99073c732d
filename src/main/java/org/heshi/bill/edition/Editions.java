package org.heshi.bill.edition;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.InnerScope;
import org.heshi.kernel.Uuid7;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Editions as they are kept. Whoever may not see drafts sees none: PostgreSQL shows what was released. */
@Repository
public class Editions {

    private static final Actor.Machine SELF = new Actor.Machine("bill");

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionTemplate transactions;
    private final InnerScope inner;
    /** Released months never change: each is read once. A prefecture's month is some hundred kilobytes. */
    private final Map<UUID, Part> released = new ConcurrentHashMap<>();

    Editions(JdbcClient jdbc, JdbcTemplate batches, TransactionTemplate transactions, InnerScope inner) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.transactions = transactions;
        this.inner = inner;
    }

    // ---- what everybody reads

    /** Released ones, the newest first. */
    public List<Edition.Heading> list() {
        return transactions.execute(_ -> jdbc.sql("select * from bill.edition where released_at is not null order by number desc").query(Editions::heading).list());
    }

    public Optional<Edition.Heading> newestHeading() {
        return transactions.execute(_ -> jdbc.sql("select * from bill.edition where released_at is not null order by number desc limit 1").query(Editions::heading).optional());
    }

    public Optional<Edition> newest() {
        return newestHeading().flatMap(heading -> edition(heading.number()));
    }

    public Optional<Edition> edition(int number) {
        return transactions.execute(_ -> jdbc.sql("select * from bill.edition where number = ?").param(number).query((r, _) -> edition(r)).optional().map(this::whole));
    }

    // ---- drafts

    Optional<Edition> draft() {
        return transactions.execute(_ -> jdbc.sql("select * from bill.edition where released_at is null").query((r, _) -> edition(r)).optional().map(this::whole));
    }

    /** What released editions told of this month, the oldest first. */
    List<Part> told(YearMonth month) {
        return transactions.execute(_ -> jdbc.sql("select * from bill.part where released and month = ? order by counted_at, id").param(Date.valueOf(month.atDay(1)))
                .query(Editions::head).list().stream().map(this::filled).toList());
    }

    /** Keeps a draft in the place of the one that was there. @param parts all months; those that were released before are taken as they are */
    void keep(UUID id, List<Part> parts, List<YearMonth> recounted, Instant at) {
        List<Part> ordered = parts.stream().sorted(Comparator.comparing(Part::month)).toList();
        Acting.run(SELF, () -> transactions.executeWithoutResult(_ -> {
            jdbc.sql("lock table bill.edition in share row exclusive mode").update();
            drop();
            jdbc.sql("insert into bill.edition (id, month, made_at, recounted, digest) values (?, ?, ?, ?::date[], ?)").params(id, Date.valueOf(ordered.getLast().month().atDay(1)),
                    at.atOffset(ZoneOffset.UTC), recounted.stream().map(month -> month.atDay(1).toString()).toArray(String[]::new), EditionCsv.digest(ordered)).update();
            for (Part part : ordered) {
                if (jdbc.sql("select count(*) from bill.part where id = ?").param(part.id()).query(Integer.class).single() == 0) {
                    insert(part);
                }
                jdbc.sql("insert into bill.edition_part (edition, part) values (?, ?)").params(id, part.id()).update();
            }
        }));
    }

    private void drop() {
        jdbc.sql("delete from bill.edition where released_at is null").update();
        jdbc.sql("delete from bill.part p where not p.released and not exists (select from bill.edition_part e where e.part = p.id)").update();
    }

    void dropDraft() {
        Acting.run(SELF, () -> transactions.executeWithoutResult(_ -> drop()));
    }

    /** @return its number; empty when the draft is not the one that was looked at */
    Optional<Integer> release(UUID id, String digest, UUID post, Instant at) {
        return transactions.execute(_ -> {
            List<Integer> number = new ArrayList<>();
            inner.as(SELF, () -> {
                jdbc.sql("lock table bill.edition in share row exclusive mode").update();
                number.addAll(jdbc.sql("""
                        update bill.edition set number = (select coalesce(max(number), 0) + 1 from bill.edition), released_at = ?, released_by = ?
                        where id = ? and digest = ? and released_at is null returning number
                        """).params(at.atOffset(ZoneOffset.UTC), post, id, digest).query(Integer.class).list());
                if (!number.isEmpty()) {
                    jdbc.sql("update bill.part set released = true where not released and id in (select part from bill.edition_part where edition = ?)").param(id).update();
                }
            });
            return number.stream().findFirst();
        });
    }

    private void insert(Part part) {
        jdbc.sql("insert into bill.part (id, month, counted_at, k) values (?, ?, ?, ?)").params(part.id(), Date.valueOf(part.month().atDay(1)), part.countedAt().atOffset(ZoneOffset.UTC),
                part.k()).update();
        lines(part.id(), "town", part.towns());
        lines(part.id(), "category", part.categories());
        List<Object[]> rows = new ArrayList<>();
        for (int town = 0; town < part.towns().size(); town++) {
            for (int category = 0; category < part.categories().size(); category++) {
                Part.Cell cell = part.cell(town, category);
                Part.Listed listed = cell.listed();
                rows.add(new Object[] {part.id(), town, category, listed.received(), listed.solved(), listed.otherwise(), cell.received(),
                        cell.solved(), cell.otherwise(), cell.content(), cell.discontent(), cell.median().orElse(null), cell.p90().orElse(null)});
            }
        }
        batches.batchUpdate("insert into bill.cell values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows, new int[] {Types.OTHER, Types.SMALLINT, Types.SMALLINT, Types.INTEGER,
                Types.INTEGER, Types.INTEGER, Types.INTEGER, Types.INTEGER, Types.INTEGER, Types.INTEGER, Types.INTEGER, Types.BIGINT, Types.BIGINT});
    }

    private void lines(UUID part, String axis, List<Part.Line> lines) {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            rows.add(new Object[] {part, axis, i, lines.get(i).code(), lines.get(i).name(), lines.get(i).nameEn()});
        }
        batches.batchUpdate("insert into bill.line (part, axis, place, code, name, name_en) values (?, ?, ?, ?, ?, ?)", rows);
    }

    // ---- reading

    private record Head(UUID id, YearMonth month, Instant countedAt, int k, boolean open) {
    }

    private static Head head(ResultSet r, int row) throws SQLException {
        return new Head(r.getObject("id", UUID.class), YearMonth.from(r.getObject("month", LocalDate.class)), r.getObject("counted_at", OffsetDateTime.class).toInstant(), r.getInt("k"),
                r.getBoolean("released"));
    }

    private Edition whole(Edition heading) {
        List<Part> parts = jdbc.sql("select p.* from bill.part p join bill.edition_part e on e.part = p.id where e.edition = ? order by p.month").param(heading.id()).query(Editions::head)
                .list().stream().map(this::filled).toList();
        return new Edition(heading.id(), heading.number(), heading.month(), heading.madeAt(), heading.recounted(), heading.digest(), heading.releasedAt(), parts);
    }

    private Part filled(Head head) {
        Part known = released.get(head.id());
        if (known != null) {
            return known;
        }
        List<Part.Line> towns = lines(head.id(), "town");
        List<Part.Line> categories = lines(head.id(), "category");
        Part.Cell[][] cells = new Part.Cell[towns.size()][categories.size()];
        jdbc.sql("select * from bill.cell where part = ?").param(head.id()).query(r -> {
            cells[r.getInt("town")][r.getInt("category")] = new Part.Cell(new Part.Listed(r.getInt("listed_received"), r.getInt("listed_solved"), r.getInt("listed_otherwise")),
                    r.getInt("received"), r.getInt("solved"), r.getInt("otherwise"), r.getInt("content"), r.getInt("discontent"),
                    Optional.ofNullable(r.getObject("median", Long.class)), Optional.ofNullable(r.getObject("p90", Long.class)));
        });
        Part part = new Part(head.id(), head.month(), head.countedAt(), head.k(), towns, categories, cells);
        if (head.open()) {
            released.put(head.id(), part);
        }
        return part;
    }

    private List<Part.Line> lines(UUID part, String axis) {
        return jdbc.sql("select * from bill.line where part = ? and axis = ? order by place").params(part, axis)
                .query((r, _) -> new Part.Line(r.getString("code"), r.getString("name"), r.getString("name_en"))).list();
    }

    private static List<YearMonth> months(ResultSet r, String column) throws SQLException {
        return Arrays.stream((Date[]) r.getArray(column).getArray()).map(Date::toLocalDate).map(YearMonth::from).toList();
    }

    private static Edition edition(ResultSet r) throws SQLException {
        OffsetDateTime at = r.getObject("released_at", OffsetDateTime.class);
        return new Edition(r.getObject("id", UUID.class), Optional.ofNullable(r.getObject("number", Integer.class)), YearMonth.from(r.getObject("month", LocalDate.class)),
                r.getObject("made_at", OffsetDateTime.class).toInstant(), months(r, "recounted"), r.getString("digest"), Optional.ofNullable(at).map(OffsetDateTime::toInstant), List.of());
    }

    private static Edition.Heading heading(ResultSet r, int row) throws SQLException {
        return new Edition.Heading(r.getObject("id", UUID.class), r.getInt("number"), YearMonth.from(r.getObject("month", LocalDate.class)), months(r, "recounted"), r.getString("digest"),
                r.getObject("released_at", OffsetDateTime.class).toInstant());
    }

    static UUID newId(Instant at) {
        return Uuid7.at(at);
    }
}
