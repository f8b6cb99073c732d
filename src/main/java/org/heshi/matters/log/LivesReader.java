package org.heshi.matters.log;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.heshi.matters.Lives;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** One row a matter, its entries in one text: the database sends no more of them than what counts. */
@Component
class LivesReader implements Lives {

    /** An entry is a line: the number of its step, time, holder, and what is to be read of its content. */
    private static final String LIFE = """
            select m.id, m.kind, m.category, m.channel, m.level, coalesce(m.scope_was, m.scope_code) as scope_code, m.division_code, m.lead, m.outcome, m.rating, m.imported, m.terminal,
                   (date_part('epoch', m.recorded_at) * 1000)::bigint as recorded_at, (date_part('epoch', m.occurred_at) * 1000)::bigint as occurred_at,
                   (date_part('epoch', m.closed_at) * 1000)::bigint as closed_at,
                   m.about_office or exists (select from matters.barred_post b where b.matter = m.id)
                     or exists (select from matters.holding h where h.matter = m.id and h.relation = 'barred') as apart,
                   (select string_agg(e.step || '|' || (date_part('epoch', e.recorded_at) * 1000)::bigint || '|'
                                      || coalesce(e.held_by::text, '') || '|'
                                      || case when e.seq = 1 and not exists (select from matters.step s where s.id = e.step and s.action = 'import') then '' else coalesce(%s, encode(e.packed, 'hex') || ',' || e.matter || ',' || coalesce(e.actor_unit::text, '') || ','
                                        || coalesce(e.actor_post::text, '') || ',' || coalesce(e.actor_person::text, '') || ',' || (extract(epoch from e.recorded_at) * 1000000)::bigint, '=' || e.content) end,
                                      e'\\n' order by e.seq)
                      from matters.entry_row e where e.matter = m.id) as steps
            from matters.matter m
            """;
    /** By what was drawn out of the content when it was written. */
    private static final String SHORT = LIFE.replace("%s", "'~' || e.told");
    /** By the content itself. */
    private static final String WHOLE = LIFE.replace("%s", "null");

    private final JdbcClient jdbc;
    /** What the numbers stand for: so few, that they are read once and not beside each of millions of entries. */
    private final Map<Long, Done> known = new ConcurrentHashMap<>();

    /** @param ended empty in entries from before turns were written */
    private record Done(String action, Optional<Boolean> ended) {

        private static final Done UNKNOWN = new Done("", Optional.empty());
    }

    LivesReader(@Qualifier("follower") JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Life> of(Set<UUID> matters) {
        return whole(jdbc.sql(SHORT + " where m.id = any (?)").param(matters.toArray(UUID[]::new)).query(this::life).list());
    }

    @Override
    public List<Life> between(UUID after, UUID upTo, boolean proved) {
        return whole(jdbc.sql((proved ? WHOLE : SHORT) + " where m.id > ? and m.id <= ? order by m.id").param(after).param(upTo).query(this::life).list());
    }

    @Override
    public Optional<UUID> next(UUID after, int matters) {
        return jdbc.sql("select id from (select id from matters.matter where id > ? order by id limit ?) few order by id desc limit 1").param(after).param(matters)
                .query(UUID.class).optional();
    }

    @Override
    public long about() {
        return jdbc.sql("select greatest(reltuples, 0)::bigint from pg_class where oid = 'matters.matter'::regclass").query(Long.class).single();
    }

    /** What is kept from somebody counts with the organ that received it, at whose desk it is. */
    private List<Life> whole(List<Life> read) {
        UUID[] apart = read.stream().filter(Life::apart).map(Life::matter).toArray(UUID[]::new);
        if (apart.length == 0) {
            return read;
        }
        Map<UUID, UUID> desks = new java.util.HashMap<>();
        jdbc.sql("""
                select matter, unit from matters.holding where matter = any (?) and relation = 'desk'
                union all select matter, unit from matters.put_away where matter = any (?) and relation = 'desk'
                """).param(apart).param(apart).query(r -> {
            desks.merge(r.getObject("matter", UUID.class), r.getObject("unit", UUID.class), (one, other) -> one.compareTo(other) < 0 ? one : other);
        });
        return read.stream().map(life -> !life.apart() ? life : new Life(life.matter(), life.kind(), life.category(), life.channel(), life.level(), life.place(),
                Optional.ofNullable(desks.get(life.matter())), life.outcome(), true, life.rating(), life.recordedAt(), life.imported(), life.own(), life.closedAt(),
                life.steps())).toList();
    }

    private Life life(ResultSet r, int row) throws SQLException {
        boolean terminal = r.getBoolean("terminal");
        String scope = r.getString("scope_code");
        String division = r.getString("division_code");
        int rating = r.getInt("rating");
        boolean rated = !r.wasNull();
        long occurred = r.getLong("occurred_at");
        boolean own = !r.wasNull();
        long closed = r.getLong("closed_at");
        boolean imported = r.getBoolean("imported");
        String steps = r.getString("steps");
        return new Life(r.getObject("id", UUID.class), r.getString("kind"), text(r, "category"), r.getString("channel"), r.getInt("level"),
                // as fine as the trouble's own place, when that lies within the place which it is kept for; what is kept from somebody counts at the organ that has it
                division.startsWith(scope) && !r.getBoolean("apart") ? division : scope, Optional.ofNullable(r.getObject("lead", UUID.class)), terminal ? text(r, "outcome") : "",
                r.getBoolean("apart"), rated ? OptionalInt.of(rating) : OptionalInt.empty(), Instant.ofEpochMilli(r.getLong("recorded_at")), imported,
                imported && own ? Optional.of(Instant.ofEpochMilli(occurred)) : Optional.empty(),
                terminal ? Optional.of(Instant.ofEpochMilli(closed)) : Optional.empty(), steps == null ? List.of() : steps(steps));
    }

    private static String text(ResultSet r, String column) throws SQLException {
        @Nullable String value = r.getString(column);
        return value == null ? "" : value;
    }

    private List<Step> steps(String lines) {
        List<Step> steps = new ArrayList<>(8);
        int from = 0;
        while (from < lines.length()) {
            int end = lines.indexOf('\n', from);
            end = end < 0 ? lines.length() : end;
            int number = lines.indexOf('|', from);
            int at = lines.indexOf('|', number + 1);
            int holder = lines.indexOf('|', at + 1);
            steps.add(step(done(Long.parseLong(lines, from, number, 10)), Instant.ofEpochMilli(Long.parseLong(lines, number + 1, at, 10)),
                    holder == at + 1 ? Optional.empty() : Optional.of(UUID.fromString(lines.substring(at + 1, holder))), lines.substring(holder + 1, end)));
            from = end + 1;
        }
        return steps;
    }

    /** @param parts as {@link #LIFE} writes them: what is packed, and what of its row is not said before */
    private static String unpacked(String[] parts, Optional<UUID> holder) {
        long micros = Long.parseLong(parts[5]);
        Packed.Row row = new Packed.Row(id(parts[1]), id(parts[2]), id(parts[3]), id(parts[4]), holder.orElse(null),
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000));
        return new String(Packed.unpack(HexFormat.of().parseHex(parts[0]), row), StandardCharsets.UTF_8);
    }

    private static @Nullable UUID id(String said) {
        return said.isEmpty() ? null : UUID.fromString(said);
    }

    private Done done(long number) {
        Done done = known.get(number);
        if (done == null) {
            jdbc.sql("select id, action, turn from matters.step").query(r -> {
                known.put(r.getLong("id"), new Done(r.getString("action"), Optional.ofNullable(r.getString("turn")).map("none"::equals)));
            });
            // one that somebody took away counts as nothing that figures know; the proof names it
            done = known.getOrDefault(number, Done.UNKNOWN);
        }
        return done;
    }

    private static Step step(Done done, Instant at, Optional<UUID> holder, String rest) {
        Told told = rest.isEmpty() ? Told.read("")
                : rest.startsWith("~") ? Told.read(rest.substring(1))
                : Told.of(done.action(), at, rest.startsWith("=") ? rest.substring(1) : unpacked(rest.split(",", -1), holder));
        return new Step(done.action(), at, done.ended(), holder, told.late(), told.solved(), told.satisfied(), told.answeredAt());
    }
}
