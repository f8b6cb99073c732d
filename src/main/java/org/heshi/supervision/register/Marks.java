package org.heshi.supervision.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.kernel.Ids;
import org.heshi.kernel.Page;
import org.heshi.kernel.PageKey;
import org.heshi.supervision.watch.Watched;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Reads the register for who acts: what they may not see in the matter is not there. Keyset-paged, the newest first. */
@Repository
public class Marks {

    private final JdbcClient jdbc;

    Marks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How a paper stands. */
    public enum Standing {
        OPEN, REPLIED, OVERDUE, ENDED,
        /** It asks for no reply. */ NONE
    }

    /**
     * A line of the register.
     *
     * @param seq     number of the entry
     * @param unit    to whom it went, or who leads by it
     * @param replied number of the entry that answered it
     * @param lasts   whether it is neither answered nor over otherwise
     * @param origin  the matter it came from, for a whistle
     */
    public record Line(UUID matter, int seq, String what, Instant at, Optional<String> paper, Optional<UUID> unit, List<UUID> helpers,
            Optional<UUID> byUnit, Optional<Instant> dueAt, Optional<Integer> replied, boolean lasts, Optional<UUID> origin, Optional<String> category,
            String division) {

        public Line {
            helpers = List.copyOf(helpers);
        }

        public Standing standing(Instant now) {
            return replied.isPresent() ? Standing.REPLIED : dueAt.isEmpty() ? Standing.NONE : !lasts ? Standing.ENDED
                    : dueAt.filter(due -> !now.isBefore(due)).isPresent() ? Standing.OVERDUE : Standing.OPEN;
        }
    }

    /** Papers issued in a place. @param what empty for all kinds of papers @param standing empty for all */
    @Transactional(readOnly = true)
    public Page<Line> papers(Watched.Place place, Optional<String> what, Optional<Standing> standing, Instant now, String after, int size) {
        String how = standing.map(s -> switch (s) {
            case OPEN -> " and m.replied is null and m.until = 'infinity' and m.due_at > :now";
            case OVERDUE -> " and m.replied is null and m.until = 'infinity' and m.due_at <= :now";
            case REPLIED -> " and m.replied is not null";
            case ENDED -> " and m.replied is null and m.until < 'infinity' and m.due_at is not null";
            case NONE -> " and m.due_at is null";
        }).orElse("");
        boolean asked = standing.filter(s -> s == Standing.OPEN || s == Standing.OVERDUE).isPresent();
        return page(place, "m.paper is not null" + (what.isPresent() ? " and m.what = :what" : "") + how, what, asked ? Optional.of(now) : Optional.empty(),
                after, size);
    }

    /** Everything of one sort in a place. */
    @Transactional(readOnly = true)
    public Page<Line> all(Watched.Place place, String what, boolean withOrigin, String after, int size) {
        return page(place, "m.what = :what" + (withOrigin ? " and m.origin is not null" : ""), Optional.of(what), Optional.empty(), after, size);
    }

    /** One entry's line, when who acts may see it. */
    @Transactional(readOnly = true)
    public Optional<Line> find(UUID matter, int seq, String what) {
        return jdbc.sql("select m.*, m.until = 'infinity' as lasts from supervision.mark m where m.matter = ? and m.seq = ? and m.what = ?")
                .param(matter).param(seq).param(what).query(Marks::line).optional();
    }

    /** The paper that an entry is, when who acts may see it. */
    @Transactional(readOnly = true)
    public Optional<Line> findPaper(UUID matter, int seq) {
        return jdbc.sql("select m.*, m.until = 'infinity' as lasts from supervision.mark m where m.matter = ? and m.seq = ? and m.paper is not null")
                .param(matter).param(seq).query(Marks::line).optional();
    }

    private Page<Line> page(Watched.Place place, String where, Optional<String> what, Optional<Instant> now, String after, int size) {
        Optional<Key> from = Key.parse(after);
        JdbcClient.StatementSpec asked = jdbc.sql("select m.*, m.until = 'infinity' as lasts from supervision.mark m where " + within(place) + " and " + where
                + (from.isPresent() ? " and m.at <= :at and (m.at < :at or (m.matter, m.seq) > (:matter, :seq))" : "")
                + " order by m.at desc, m.matter, m.seq limit :limit").param("place", place.division()).param("limit", size + 1);
        if (what.isPresent()) {
            asked = asked.param("what", what.get());
        }
        if (now.isPresent()) {
            asked = asked.param("now", now.get().atOffset(ZoneOffset.UTC));
        }
        if (from.isPresent()) {
            asked = asked.param("at", from.get().at().atOffset(ZoneOffset.UTC)).param("matter", from.get().matter()).param("seq", from.get().seq());
        }
        return Page.cut(asked.query(Marks::line).list(), size, last -> new Key(last.at(), last.matter(), last.seq()).text());
    }

    /** As SQL of {@code :place}; columns, so that an index serves towns and counties. */
    static String within(Watched.Place place) {
        return switch (place.division().length()) {
            case 6 -> "m.county = :place";
            case 9 -> "m.town = :place";
            default -> "starts_with(m.scope, :place)";
        };
    }

    /**
     * A matter on the monthly list.
     *
     * @param why     what brought it there: {@code overdue}, {@code returned} and so on
     * @param returns how often it was returned until the end of the month
     */
    public record Listed(UUID matter, Set<String> why, int returns) {
    }

    /** Returns, reopenings, orders and what was over, that began or lasted between two instants; matters by id. */
    @Transactional(readOnly = true)
    public Page<Listed> between(Watched.Place place, Instant from, Instant to, String after, int size) {
        JdbcClient.StatementSpec asked = jdbc.sql("""
                select matter, why, returns from (
                  select m.matter, array_agg(distinct m.what order by m.what) as why,
                         (select count(*) from supervision.mark r where r.matter = m.matter and r.what = 'returned' and r.at < :to) as returns
                    from supervision.mark m
                   where """ + " " + within(place) + " " + """
                     and m.at < :to and m.until >= :from and m.what in ('overdue', 'returned', 'reopened', 'supervised', 'taken-on', 'whistled')
                     and m.origin is null
                """ + (after.isEmpty() ? "" : " and m.matter > :after") + """
                   group by m.matter) l
                 where l.why <> '{returned}' or l.returns >= 2
                 order by l.matter limit :limit
                """).param("place", place.division()).param("from", from.atOffset(ZoneOffset.UTC)).param("to", to.atOffset(ZoneOffset.UTC))
                .param("limit", size + 1);
        if (!after.isEmpty()) {
            asked = asked.param("after", UUID.fromString(after));
        }
        List<Listed> found = asked.query((r, _) -> {
            int returns = r.getInt("returns");
            List<String> why = new ArrayList<>(Arrays.asList((String[]) r.getArray("why").getArray()));
            if (returns < 2) {
                why.remove("returned");
            }
            return new Listed(r.getObject("matter", UUID.class), new java.util.LinkedHashSet<>(why), returns);
        }).list();
        return Page.cut(found, size, last -> last.matter().toString());
    }

    private static Line line(ResultSet r, int row) throws SQLException {
        int replied = r.getInt("replied");
        boolean answered = !r.wasNull();
        return new Line(r.getObject("matter", UUID.class), r.getInt("seq"), r.getString("what"), time(r, "at").orElseThrow(),
                Optional.ofNullable(r.getString("paper")), Optional.ofNullable(r.getObject("unit", UUID.class)),
                Arrays.asList((UUID[]) r.getArray("helpers").getArray()), Optional.ofNullable(r.getObject("by_unit", UUID.class)), time(r, "due_at"),
                answered ? Optional.of(replied) : Optional.empty(), r.getBoolean("lasts"), Optional.ofNullable(r.getObject("origin", UUID.class)),
                Optional.ofNullable(r.getString("category")), r.getString("division"));
    }

    private static Optional<Instant> time(ResultSet r, String column) throws SQLException {
        @Nullable OffsetDateTime at = r.getObject(column, OffsetDateTime.class);
        return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
    }

    /** Where a page ended. */
    private record Key(Instant at, UUID matter, int seq) {

        String text() {
            return PageKey.of(at) + "." + matter + "." + seq;
        }

        static Optional<Key> parse(String text) {
            String[] parts = text.split("\\.");
            return parts.length != 3 || !parts[2].matches("[0-9]{1,9}") ? Optional.empty() : PageKey.instant(parts[0])
                    .flatMap(at -> Ids.find(parts[1]).map(matter -> new Key(at, matter, Integer.parseInt(parts[2]))));
        }
    }
}
