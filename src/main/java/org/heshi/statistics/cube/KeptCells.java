package org.heshi.statistics.cube;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables of figures as {@code heshi_follower} writes them. Everything runs in a transaction that holds {@link #lock}. */
@Component
class KeptCells {

    private final JdbcClient jdbc;

    KeptCells(@Qualifier("follower") JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One after another: who holds it sees all that was counted before. */
    void lock() {
        jdbc.sql("select position from statistics.counted for update").query(Long.class).single();
    }

    void counted(long position, Instant at) {
        jdbc.sql("update statistics.counted set position = greatest(position, ?), at = greatest(at, ?)").param(position).param(at.atOffset(ZoneOffset.UTC)).update();
    }

    static final String LIVES = "select matter, place, (date_part('epoch', came_at) * 1000)::bigint as came, (date_part('epoch', closed_at) * 1000)::bigint as closed, lead, level, apart, late, kind, category, channel, outcome, rest from statistics.life ";

    Map<UUID, Counted> lives(Set<UUID> matters) {
        return byMatter(jdbc.sql(LIVES + "where matter = any (?)").param(matters.toArray(UUID[]::new)).query(KeptCells::life).list());
    }

    Map<UUID, Counted> lives(UUID after, UUID upTo) {
        return byMatter(jdbc.sql(LIVES + "where matter > ? and matter <= ?").param(after).param(upTo).query(KeptCells::life).list());
    }

    private static Map<UUID, Counted> byMatter(List<Counted> lives) {
        Map<UUID, Counted> map = HashMap.newHashMap(lives.size());
        lives.forEach(one -> map.put(one.matter(), one));
        return map;
    }

    static Counted life(ResultSet r, int row) throws SQLException {
        return Counted.of(r.getObject("matter", UUID.class), r.getString("place"), Instant.ofEpochMilli(r.getLong("came")), closed(r),
                r.getObject("lead", UUID.class), r.getInt("level"), r.getBoolean("apart"), r.getBoolean("late"), r.getString("kind"), r.getString("category"),
                r.getString("channel"), r.getString("outcome"), r.getBytes("rest"));
    }

    private static @Nullable Instant closed(ResultSet r) throws SQLException {
        long closed = r.getLong("closed");
        return r.wasNull() ? null : Instant.ofEpochMilli(closed);
    }

    /** Arrays beside one another in the list of columns are gone through together; as tables each would be written down first. */
    private static final String ADD = """
            insert into statistics.life as l (matter, place, came_at, closed_at, lead, level, apart, late, again, kind, category, channel, outcome, rest)
            select matter, place, to_timestamp(came / 1000.0::float8), to_timestamp(closed / 1000.0::float8), lead, level, apart, late, again, kind, category, channel, outcome, rest
            from (select unnest(?::uuid[]) as matter, unnest(?::text[]) as place, unnest(?::bigint[]) as came, unnest(?::bigint[]) as closed, unnest(?::uuid[]) as lead,
                         unnest(?::smallint[]) as level, unnest(?::boolean[]) as apart, unnest(?::boolean[]) as late, unnest(?::boolean[]) as again, unnest(?::text[]) as kind,
                         unnest(?::text[]) as category, unnest(?::text[]) as channel, unnest(?::text[]) as outcome, unnest(?::bytea[]) as rest) as n
            """;

    void keep(Collection<Counted> lives) {
        write(ADD + """
                on conflict (matter) do update set place = excluded.place, came_at = excluded.came_at, closed_at = excluded.closed_at, lead = excluded.lead,
                  level = excluded.level, apart = excluded.apart, late = excluded.late, again = excluded.again, kind = excluded.kind, category = excluded.category, channel = excluded.channel,
                  outcome = excluded.outcome, rest = excluded.rest
                """, lives);
    }

    /** Those that are not there yet: looked up under this lock. */
    void addLives(Collection<Counted> lives) {
        write(ADD, lives);
    }

    private void write(String sql, Collection<Counted> lives) {
        if (lives.isEmpty()) {
            return;
        }
        jdbc.sql(sql).param(lives.stream().map(Counted::matter).toArray(UUID[]::new)).param(column(lives, Counted::place)).param(lives.stream().map(c -> c.came().toEpochMilli()).toArray(Long[]::new))
                .param(lives.stream().map(c -> c.closed().map(Instant::toEpochMilli).orElse(null)).toArray(Long[]::new)).param(lives.stream().map(c -> c.lead().orElse(null)).toArray(UUID[]::new))
                .param(lives.stream().map(c -> (short) c.level()).toArray(Short[]::new)).param(lives.stream().map(Counted::apart).toArray(Boolean[]::new))
                .param(lives.stream().map(Counted::late).toArray(Boolean[]::new)).param(lives.stream().map(c -> !c.reopenings().isEmpty() || !c.undone().isEmpty()).toArray(Boolean[]::new))
                .param(column(lives, Counted::kind)).param(column(lives, Counted::category))
                .param(column(lives, Counted::channel)).param(column(lives, Counted::outcome))
                .param(lives.stream().map(Counted::rest).toArray(byte[][]::new)).update();
    }

    void drop(Collection<UUID> matters) {
        if (!matters.isEmpty()) {
            jdbc.sql("delete from statistics.life where matter = any (?)").param(matters.toArray(UUID[]::new)).update();
        }
    }

    /** Changes of towns and units, to be added to their cells and to those of the places above within seconds. */
    void await(Changes changes) {
        List<Packed> rows = packed(changes);
        if (!rows.isEmpty()) {
            jdbc.sql("""
                    insert into statistics.pending (whose, grain, first, matters, units, hours)
                    select * from unnest(?::text[], ?::"char"[], ?::date[], ?::bytea[], ?::bytea[], ?::bytea[])
                    """).param(column(rows, r -> r.at().whose())).param(column(rows, r -> String.valueOf(r.at().grain())))
                    .param(column(rows, r -> r.at().first().toString())).param(rows.stream().map(Packed::matters).toArray(byte[][]::new))
                    .param(rows.stream().map(Packed::units).toArray(byte[][]::new)).param(rows.stream().map(Packed::hours).toArray(byte[][]::new)).update();
        }
    }

    /** @param net what its cells of matters add to what stands open, where that is known without reading them */
    record Packed(Changes.At at, byte[] matters, byte[] units, byte[] hours, @Nullable Long net) {

        Packed(Changes.At at, byte[] matters, byte[] units, byte[] hours) {
            this(at, matters, units, hours, null);
        }

        boolean nothing() {
            return matters.length + units.length + hours.length == 0;
        }
    }

    static List<Packed> packed(Changes changes) {
        List<Packed> rows = new ArrayList<>(changes.rows.size());
        changes.rows.forEach((at, row) -> {
            Packed packed = new Packed(at, row.matters.packed(), row.units.packed(), row.hours.packed());
            if (!packed.nothing()) {
                rows.add(packed);
            }
        });
        return rows;
    }

    /** Adds what waits to the cells. @return how many rows waited */
    int roll() {
        Changes changes = new Changes(Map.of());
        List<Packed> waiting = jdbc.sql("delete from statistics.pending returning whose, grain, first, matters, units, hours").query((r, _) -> packed(r)).list();
        for (Packed one : waiting) {
            changes.add(one, one.at().whose());
        }
        changes.raise();
        List<Packed> rows = packed(changes);
        if (rows.isEmpty()) {
            return waiting.size();
        }
        // what is there already is added to
        Changes sums = new Changes(Map.of());
        for (Packed one : rows) {
            sums.add(one, one.at().whose());
        }
        jdbc.sql("""
                select c.whose, c.grain, c.first, c.matters, c.units, c.hours
                from unnest(?::text[], ?::"char"[], ?::date[]) as w (whose, grain, first)
                join statistics.cube c on c.whose = w.whose and c.grain = w.grain and c.first = w.first
                """).param(column(rows, r -> r.at().whose())).param(column(rows, r -> String.valueOf(r.at().grain()))).param(column(rows, r -> r.at().first().toString()))
                .query((r, _) -> packed(r)).list().forEach(one -> sums.add(one, one.at().whose()));
        write(wholly(sums));
        stale(rows.stream().filter(r -> r.at().grain() == 'd').map(r -> new Changes.At(r.at().whose(), 'm', r.at().first().withDayOfMonth(1))).distinct().toList());
        return waiting.size();
    }

    /** Also rows in which nothing is left: they are emptied. */
    private static List<Packed> wholly(Changes sums) {
        List<Packed> rows = new ArrayList<>();
        sums.rows.forEach((at, row) -> rows.add(new Packed(at, row.matters.packed(), row.units.packed(), row.hours.packed())));
        return rows;
    }

    private void write(List<Packed> rows) {
        jdbc.sql("""
                insert into statistics.cube as c (whose, grain, first, matters, units, hours, net)
                select unnest(?::text[]), unnest(?::"char"[]), unnest(?::date[]), unnest(?::bytea[]), unnest(?::bytea[]), unnest(?::bytea[]), unnest(?::bigint[])
                on conflict (whose, grain, first) do update set matters = excluded.matters, units = excluded.units, hours = excluded.hours, net = excluded.net, stale = false
                """).param(column(rows, r -> r.at().whose())).param(column(rows, r -> String.valueOf(r.at().grain()))).param(column(rows, r -> r.at().first().toString()))
                .param(rows.stream().map(Packed::matters).toArray(byte[][]::new)).param(rows.stream().map(Packed::units).toArray(byte[][]::new))
                .param(rows.stream().map(Packed::hours).toArray(byte[][]::new)).param(rows.stream().map(row -> Cells.net(row.matters(), row.at().grain() == 'o')).toArray(Long[]::new)).update();
    }

    /** Rows that are not there yet. */
    void add(List<Packed> rows) {
        write(rows);
    }

    void stale(Collection<Changes.At> months) {
        if (!months.isEmpty()) {
            // a row of what is open stands for everything that has figures, also where nothing ever was open
            jdbc.sql("""
                    insert into statistics.cube as c (whose, grain, first, stale)
                    select whose, 'm', first, true from unnest(?::text[], ?::date[]) as m (whose, first)
                    union
                    select whose, 'o', date '1970-01-01', false from unnest(?::text[]) as m (whose)
                    on conflict (whose, grain, first) do update set stale = true where c.grain = 'm' and not c.stale
                    """).param(column(months, Changes.At::whose)).param(column(months, m -> m.first().toString())).param(column(months, Changes.At::whose)).update();
        }
    }

    /** Sums months before this one whose days changed, at most so many. @return how many */
    int months(LocalDate before, int limit) {
        List<Changes.At> months = jdbc.sql("select whose, first from statistics.cube where stale and grain = 'm' and first < ? limit ?").param(before).param(limit)
                .query((r, _) -> new Changes.At(r.getString("whose"), 'm', r.getObject("first", LocalDate.class))).list();
        if (!months.isEmpty()) {
            Changes sums = new Changes(Map.of());
            months.forEach(month -> sums.at(month.whose(), 'm', month.first()));
            jdbc.sql("""
                    select c.whose, c.grain, c.first, c.matters, c.units, c.hours
                    from unnest(?::text[], ?::date[]) as m (whose, first)
                    join statistics.cube c on c.whose = m.whose and c.grain = 'd' and c.first >= m.first and c.first < m.first + interval '1 month'
                    """).param(column(months, Changes.At::whose)).param(column(months, m -> m.first().toString())).query((r, _) -> packed(r)).list()
                    .forEach(one -> sums.add(new Packed(new Changes.At(one.at().whose(), 'm', one.at().first().withDayOfMonth(1)), one.matters(), one.units(), one.hours()),
                            one.at().whose()));
            write(wholly(sums));
        }
        return months.size();
    }

    static Packed packed(ResultSet r) throws SQLException {
        return packed(r, null);
    }

    static Packed packed(ResultSet r, @Nullable Long net) throws SQLException {
        return new Packed(new Changes.At(r.getString("whose"), r.getString("grain").charAt(0), r.getObject("first", LocalDate.class)), r.getBytes("matters"),
                r.getBytes("units"), r.getBytes("hours"), net);
    }

    static <T> String[] column(Collection<T> rows, Function<T, @Nullable String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    /** The codes of many matters. */
    static Set<String> words(Collection<Counted> lives) {
        Set<String> words = new HashSet<>();
        Set<UUID> units = new HashSet<>();
        lives.forEach(one -> Changes.words(one, words, units));
        units.forEach(unit -> words.add(unit.toString()));
        return words;
    }
}
