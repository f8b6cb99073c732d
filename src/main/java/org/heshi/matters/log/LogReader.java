package org.heshi.matters.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.MatterLog;
import org.heshi.matters.WholeLog;
import org.heshi.matters.seal.Seals;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads the log as {@code heshi_follower}. */
@Component
class LogReader implements MatterLog, WholeLog {

    /** Rows that a long reading holds at once. */
    private static final int ROWS = 2_000;

    private final JdbcClient jdbc;
    private final Seals seals;
    /** One moment for all that a long reading sees. */
    private final TransactionTemplate moment;
    private final Newest newest = new Newest();

    LogReader(@Qualifier("follower") JdbcClient jdbc, Seals seals, @Qualifier("follower") TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.seals = seals;
        this.moment = Moment.of(transactions);
    }

    /** A dozen followers read the same newest entries within moments of one another: they are read once. What has a position never changes. */
    @Override
    public List<LoggedEntry> after(long position, int limit) {
        List<LoggedEntry> known = newest.after(position, limit);
        if (!known.isEmpty()) {
            return known;
        }
        List<LoggedEntry> read = read(position, limit);
        newest.add(position, read);
        return read;
    }

    private List<LoggedEntry> read(long position, int limit) {
        return jdbc.sql("""
                select p.position, e.*
                from (select r.first + u.n - 1 as position, u.matter, u.seq
                      from matters.position_row r cross join lateral unnest(r.matters, r.seqs) with ordinality as u (matter, seq, n)
                      where r.first > :after - 32 and r.first + u.n - 1 > :after order by r.first, u.n limit :limit) p
                join matters.entry e on e.matter = p.matter and e.seq = p.seq
                order by p.position
                """).param("after", position).param("limit", limit).query((r, _) -> new LoggedEntry(
                r.getLong("position"), r.getObject("matter", UUID.class), r.getInt("seq"), r.getString("action"), r.getString("kind"),
                r.getInt("procedure"), Optional.ofNullable(r.getString("from_kind")), Optional.ofNullable(r.getString("from_state")),
                r.getString("to_state"), r.getString("actor_kind"), Optional.ofNullable(r.getObject("actor_unit", UUID.class)),
                Optional.ofNullable(r.getObject("actor_person", UUID.class)), r.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                Set.of((String[]) r.getArray("audience").getArray()), Packed.content(r))).list();
    }

    /** The newest entries that somebody read, without gaps. */
    private static final class Newest {

        private static final int MOST = 3_000;

        private final ArrayDeque<LoggedEntry> entries = new ArrayDeque<>();

        synchronized List<LoggedEntry> after(long position, int limit) {
            if (entries.isEmpty() || position + 1 < entries.getFirst().position() || position >= entries.getLast().position()) {
                return List.of();
            }
            return entries.stream().skip(position + 1 - entries.getFirst().position()).limit(limit).toList();
        }

        synchronized void add(long position, List<LoggedEntry> read) {
            if (read.isEmpty() || !entries.isEmpty() && read.getLast().position() <= entries.getLast().position()) {
                return;
            }
            if (!entries.isEmpty() && position > entries.getLast().position()) {
                // somebody is further ahead; whoever is behind reads for themselves
                entries.clear();
            }
            long last = entries.isEmpty() ? position : entries.getLast().position();
            read.stream().filter(entry -> entry.position() > last).forEach(entries::addLast);
            while (entries.size() > MOST) {
                entries.removeFirst();
            }
        }
    }

    @Override
    public long head() {
        return jdbc.sql("select position from matters.sequencer").query(Long.class).single();
    }

    @Override
    public Optional<Placed> placed(MatterNumber number, int seq) {
        return jdbc.sql("""
                select %s, matters.position_of(e.matter, e.seq) as position
                from matters.matter m join matters.entry e on e.matter = m.id
                where m.number = ? and e.seq = ?
                """.formatted(Packed.COLUMNS)).param(number.digits()).param(seq).query((r, _) -> {
            long position = r.getLong("position");
            return new Placed(r.getObject("matter", UUID.class), r.wasNull() ? OptionalLong.empty() : OptionalLong.of(position),
                    r.getObject("recorded_at", OffsetDateTime.class).toInstant(), Packed.content(r));
        }).optional();
    }

    @Override
    public List<byte[]> digests(long position, int count) {
        return jdbc.sql("""
                select e.digest
                from (select r.first + u.n - 1 as position, u.matter, u.seq
                      from matters.position_row r cross join lateral unnest(r.matters, r.seqs) with ordinality as u (matter, seq, n)
                      where r.first > :after - 32 and r.first <= :after + :count and r.first + u.n - 1 between :after + 1 and :after + :count) p
                join matters.entry_row e on e.matter = p.matter and e.seq = p.seq
                order by p.position
                """).param("after", position).param("count", count).query((r, _) -> r.getBytes(1)).list();
    }

    @Override
    public void each(Content each) {
        moment.executeWithoutResult(_ -> jdbc.sql("""
                select r.first + u.n - 1 as position, m.number, u.seq, %s
                from matters.position_row r cross join lateral unnest(r.matters, r.seqs) with ordinality as u (matter, seq, n)
                join matters.entry e on e.matter = u.matter and e.seq = u.seq join matters.matter m on m.id = u.matter
                order by r.first, u.n
                """.formatted(Packed.COLUMNS)).withFetchSize(ROWS).query(r -> {
            each.take(r.getLong("position"), new MatterNumber(r.getString("number")), r.getInt("seq"), Packed.content(r));
        }));
    }

    @Override
    public Map<UUID, Now> now(Set<UUID> matters) {
        return now(matters, true);
    }

    @Override
    public Map<UUID, Now> wordless(Set<UUID> matters) {
        return now(matters, false);
    }

    private Map<UUID, Now> now(Set<UUID> matters, boolean opened) {
        if (matters.isEmpty()) {
            return Map.of();
        }
        UUID[] ids = matters.toArray(UUID[]::new);
        Map<UUID, Map<String, Set<UUID>>> units = new HashMap<>();
        Map<UUID, Set<UUID>> barred = new HashMap<>();
        jdbc.sql("select matter, unit, relation from matters.holding where matter = any (?)").param(ids).query(r -> {
            UUID matter = r.getObject("matter", UUID.class);
            UUID unit = r.getObject("unit", UUID.class);
            String relation = r.getString("relation");
            if (relation.equals("barred")) {
                barred.computeIfAbsent(matter, _ -> new HashSet<>()).add(unit);
            } else {
                units.computeIfAbsent(matter, _ -> new HashMap<>()).computeIfAbsent(relation, _ -> new HashSet<>()).add(unit);
            }
        });
        Map<UUID, Set<UUID>> barredPosts = new HashMap<>();
        jdbc.sql("select matter, post from matters.barred_post where matter = any (?)").param(ids).query(r -> {
            barredPosts.computeIfAbsent(r.getObject("matter", UUID.class), _ -> new HashSet<>()).add(r.getObject("post", UUID.class));
        });
        Map<UUID, Map<String, String>> words = new HashMap<>();
        Map<UUID, String> emails = new HashMap<>();
        if (opened) {
            jdbc.sql("""
                    select distinct on (matter, field) matter, seq, field, ordinal, sealed
                    from matters.particular
                    where matter = any (?) and sealed is not null and (class = 'words' or class = 'contact' and field = 'email' and party = 1)
                    order by matter, field, seq desc, ordinal
                    """).param(ids).query(r -> {
                UUID matter = r.getObject("matter", UUID.class);
                Optional<String> value = seals.shown(r).filter(said -> !said.equals(Seals.UNREADABLE));
                if (value.isPresent() && r.getString("field").equals("email")) {
                    emails.put(matter, value.get());
                } else if (value.isPresent()) {
                    words.computeIfAbsent(matter, _ -> new HashMap<>()).put(r.getString("field"), value.get());
                }
            });
        }
        Map<UUID, Now> result = new LinkedHashMap<>();
        jdbc.sql("select * from matters.matter where id = any (?)").param(ids).query(r -> {
            Now now = now(r, words, emails, units, barred, barredPosts);
            result.put(now.matter(), now);
        });
        return result;
    }

    @Override
    public Set<UUID> apart(Set<UUID> matters) {
        return Set.copyOf(jdbc.sql("""
                select m.id from matters.matter m where m.id = any (?) and (m.about_office or exists (select from matters.barred_post b where b.matter = m.id)
                  or exists (select from matters.holding h where h.matter = m.id and h.relation = 'barred'))
                """).param(matters.toArray(UUID[]::new)).query(UUID.class).list());
    }

    @Override
    public Set<UUID> ended(Set<UUID> matters) {
        return Set.copyOf(jdbc.sql("select id from matters.matter where id = any (?) and (put_away_at is not null or erased_at is not null)")
                .param(matters.toArray(UUID[]::new)).query(UUID.class).list());
    }

    @Override
    public Map<UUID, String> scopesBefore(Set<UUID> matters) {
        Map<UUID, String> before = new HashMap<>();
        jdbc.sql("select id, scope_was from matters.matter where id = any (?) and scope_was is not null").param(matters.toArray(UUID[]::new)).query(r -> {
            before.put(r.getObject(1, UUID.class), r.getString(2));
        });
        return before;
    }

    private static Now now(ResultSet r, Map<UUID, Map<String, String>> words, Map<UUID, String> emails, Map<UUID, Map<String, Set<UUID>>> units,
            Map<UUID, Set<UUID>> barred, Map<UUID, Set<UUID>> barredPosts) throws SQLException {
        UUID id = r.getObject("id", UUID.class);
        return new Now(id, new MatterNumber(r.getString("number")), r.getString("kind"), r.getInt("procedure"), r.getString("state"),
                r.getBoolean("terminal"), r.getString("turn"), r.getInt("level"), Optional.ofNullable(r.getString("category")),
                r.getString("channel"), r.getString("division_code"), r.getString("scope_code"), Optional.ofNullable(r.getObject("lead", UUID.class)),
                Optional.ofNullable(r.getString("outcome")), r.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                r.getObject("last_at", OffsetDateTime.class).toInstant(), words.getOrDefault(id, Map.of()), Optional.ofNullable(emails.get(id)),
                units.getOrDefault(id, Map.of()), barred.getOrDefault(id, Set.of()),
                barredPosts.getOrDefault(id, Set.of()));
    }
}
