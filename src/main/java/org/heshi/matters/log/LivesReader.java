package org.heshi.matters.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.springframework.transaction.support.TransactionTemplate;

/** One row a matter, its entries in one row of bytes: the database sends no more of them than what counts, and writes no number as text. */
@Component
class LivesReader implements Lives {

    private static final String LIFE = """
            select m.id, m.kind, m.category, m.channel, m.level, coalesce(m.scope_was, m.scope_code) as scope_code, m.division_code, m.lead, m.outcome, m.rating, m.imported, m.terminal,
                   (date_part('epoch', m.recorded_at) * 1000)::bigint as recorded_at, (date_part('epoch', m.occurred_at) * 1000)::bigint as occurred_at,
                   (date_part('epoch', m.closed_at) * 1000)::bigint as closed_at,
            """;
    /** Of an entry: the number of its step, time, holder, and what is to be read of its content. */
    private static final String ENTRY = """
            string_agg(int8send(e.step) || timestamptz_send(e.recorded_at) || coalesce(uuid_send(e.held_by), :none) || %s, '' order by e.seq)
            """;
    private static final String CONTENT = """
            case when e.packed is null then '\\x02' || int4send(octet_length(e.content)) || convert_to(e.content, 'UTF8')
              else '\\x03' || int4send(octet_length(e.packed)) || e.packed || coalesce(uuid_send(e.actor_unit), :none) || coalesce(uuid_send(e.actor_post), :none)
                || coalesce(uuid_send(e.actor_person), :none) end
            """;
    /** By what was drawn out of the content when it was written. */
    private static final String SHORT = entry("case when e.told = '' then '\\x00' when e.told is not null then '\\x01' || int4send(octet_length(e.told)) || convert_to(e.told, 'UTF8') else "
            + CONTENT + " end");
    /** By the content itself; of a first entry only when it was brought here. */
    private static final String WHOLE = entry("case when e.seq = 1 and not exists (select from matters.step s where s.id = e.step and s.action = 'import') then '\\x00' else " + CONTENT + " end");
    private static final String SOME = LIFE + """
                   m.about_office or exists (select from matters.barred_post b where b.matter = m.id)
                     or exists (select from matters.holding h where h.matter = m.id and h.relation = 'barred') as apart,
                   (select %s from matters.entry_row e where e.matter = m.id) as steps
            from matters.matter m where m.id = any (:matters)
            """.formatted(SHORT);
    private static final String ALL = LIFE + """
                   m.about_office as apart from matters.matter m where m.id > :after and m.id <= :to order by m.id
            """;
    private static final String BARRED = """
            select matter from matters.barred_post where matter > :after and matter <= :to
            union select matter from matters.holding where matter > :after and matter <= :to and relation = 'barred'
            """;
    private static final String STEPS = "select e.matter, %s as steps from matters.entry_row e where e.matter > :after and e.matter <= :to group by e.matter";
    private static final String STEPS_SHORT = STEPS.formatted(SHORT);
    private static final String STEPS_WHOLE = STEPS.formatted(WHOLE);
    private static final UUID NONE = new UUID(0, 0);
    /** PostgreSQL counts from the beginning of 2000. */
    private static final long EPOCH = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond() * 1_000_000;

    private static String entry(String content) {
        return ENTRY.formatted(content).replace(":none", "'\\x" + "00".repeat(16) + "'");
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate moment;
    /** What the numbers stand for: so few, that they are read once and not beside each of millions of entries. */
    private final Map<Long, Done> known = new ConcurrentHashMap<>();

    /** @param ended empty in entries from before turns were written */
    private record Done(String action, Optional<Boolean> ended) {

        private static final Done UNKNOWN = new Done("", Optional.empty());
    }

    LivesReader(@Qualifier("follower") JdbcClient jdbc, @Qualifier("follower") TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.moment = Moment.of(transactions);
    }

    @Override
    public List<Life> of(Set<UUID> matters) {
        return whole(jdbc.sql(SOME).param("matters", matters.toArray(UUID[]::new)).query((r, _) -> life(r, r.getBoolean("apart"), r.getBytes("steps"))).list());
    }

    @Override
    public List<Life> between(UUID after, UUID upTo, boolean proved) {
        // one after the other: how many lie between two ids is guessed so badly that a plan for all of it at once goes through everything for each
        return Objects.requireNonNull(moment.execute(_ -> {
            Set<UUID> barred = jdbc.sql(BARRED).param("after", after).param("to", upTo).query(UUID.class).set();
            Map<UUID, byte[]> steps = new HashMap<>();
            jdbc.sql(proved ? STEPS_WHOLE : STEPS_SHORT).param("after", after).param("to", upTo).query(r -> {
                steps.put(r.getObject("matter", UUID.class), r.getBytes("steps"));
            });
            return whole(jdbc.sql(ALL).param("after", after).param("to", upTo).query((r, _) -> {
                UUID id = r.getObject("id", UUID.class);
                return life(r, r.getBoolean("apart") || barred.contains(id), steps.get(id));
            }).list());
        }));
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
        Map<UUID, UUID> desks = new HashMap<>();
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

    private Life life(ResultSet r, boolean apart, byte @Nullable [] steps) throws SQLException {
        boolean terminal = r.getBoolean("terminal");
        String scope = r.getString("scope_code");
        String division = r.getString("division_code");
        int rating = r.getInt("rating");
        boolean rated = !r.wasNull();
        long occurred = r.getLong("occurred_at");
        boolean own = !r.wasNull();
        long closed = r.getLong("closed_at");
        boolean imported = r.getBoolean("imported");
        UUID id = r.getObject("id", UUID.class);
        return new Life(id, r.getString("kind"), text(r, "category"), r.getString("channel"), r.getInt("level"),
                // as fine as the trouble's own place, when that lies within the place which it is kept for; what is kept from somebody counts at the organ that has it
                division.startsWith(scope) && !apart ? division : scope, Optional.ofNullable(r.getObject("lead", UUID.class)), terminal ? text(r, "outcome") : "",
                apart, rated ? OptionalInt.of(rating) : OptionalInt.empty(), Instant.ofEpochMilli(r.getLong("recorded_at")), imported,
                imported && own ? Optional.of(Instant.ofEpochMilli(occurred)) : Optional.empty(),
                terminal ? Optional.of(Instant.ofEpochMilli(closed)) : Optional.empty(), steps == null ? List.of() : steps(id, steps));
    }

    private static String text(ResultSet r, String column) throws SQLException {
        @Nullable String value = r.getString(column);
        return value == null ? "" : value;
    }

    /** @param written as {@link #ENTRY} writes them */
    private List<Step> steps(UUID matter, byte[] written) {
        List<Step> steps = new ArrayList<>(8);
        for (ByteBuffer in = ByteBuffer.wrap(written); in.hasRemaining();) {
            Done done = done(in.getLong());
            long micros = in.getLong() + EPOCH;
            UUID holder = id(in);
            Told told = switch (in.get()) {
                case 1 -> Told.read(text(in));
                case 2 -> Told.of(done.action(), at(micros), text(in));
                case 3 -> {
                    byte[] packed = bytes(in);
                    Packed.Row row = new Packed.Row(matter, id(in), id(in), id(in), holder, Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000));
                    yield Told.of(done.action(), at(micros), new String(Packed.unpack(packed, row), StandardCharsets.UTF_8));
                }
                default -> Told.NOTHING;
            };
            // a first entry tells of what was before only when it was brought here
            told = steps.isEmpty() && !done.action().equals("import") ? Told.NOTHING : told;
            steps.add(new Step(done.action(), at(micros), done.ended(), Optional.ofNullable(holder), told.late(), told.solved(), told.satisfied(), told.answeredAt()));
        }
        return steps;
    }

    private static Instant at(long micros) {
        return Instant.ofEpochMilli(Math.floorDiv(micros + 500, 1_000L));
    }

    private static @Nullable UUID id(ByteBuffer in) {
        UUID id = new UUID(in.getLong(), in.getLong());
        return id.equals(NONE) ? null : id;
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes;
    }

    private static String text(ByteBuffer in) {
        return new String(bytes(in), StandardCharsets.UTF_8);
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
}
