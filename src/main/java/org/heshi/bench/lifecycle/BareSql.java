package org.heshi.bench.lifecycle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.bench.Load;
import org.heshi.kernel.MatterNumber;

/**
 * The same rows, bytes and commits as {@code act} writes, by prepared statements and nothing else: no procedure, no access, no digest is computed.
 * It replays what one real life of a matter left in the tables, under new ids.
 */
final class BareSql {

    private final UUID original;
    private final List<Change> changes = new ArrayList<>();

    private record Held(String unit, String relation) {
    }

    private record HeldRow(Held key, boolean turn, String state, String kind, Integer level) {
    }

    /** What one action wrote. Rows are lists of column values as text, in the order of their statement. */
    private record Change(Object[] matter, Object[] entry, List<Object[]> particulars, List<Object[]> parties, Set<Held> gone,
            List<HeldRow> written, Set<Held> known, List<Object[]> started, List<Object[]> changed, List<String> over) {
    }

    BareSql(UUID original) {
        this.original = original;
    }

    /** Reads what the action that was just done on the original wrote. */
    void watch(Connection owner, int seq) throws SQLException {
        Object[] matter = row(owner, MATTER_COLUMNS, "matters.matter where id = ?", original).getFirst();
        Object[] entry = row(owner, ENTRY_COLUMNS, "matters.entry_row where matter = ? and seq = " + seq, original).getFirst();
        List<Object[]> particulars = row(owner, PARTICULAR_COLUMNS, "matters.particular where matter = ? and seq = " + seq, original);
        List<Object[]> parties = seq == 1 ? row(owner, "party, role, code_salt, code_hmac", "matters.party where matter = ?", original) : List.of();
        Set<HeldRow> held = new LinkedHashSet<>();
        for (Object[] h : row(owner, "unit::text, relation, turn, state, kind, level", "matters.holding where matter = ?", original)) {
            held.add(new HeldRow(new Held((String) h[0], (String) h[1]), (Boolean) h[2], (String) h[3], (String) h[4],
                    h[5] == null ? null : ((Number) h[5]).intValue()));
        }
        Set<HeldRow> written = new LinkedHashSet<>(held);
        written.removeAll(before);
        Set<Held> gone = new HashSet<>();
        before.forEach(h -> gone.add(h.key()));
        held.forEach(h -> gone.remove(h.key()));
        Map<String, Object[]> clocks = new LinkedHashMap<>();
        row(owner, CLOCK_COLUMNS, "matters.clock where matter = ?", original).forEach(clock -> clocks.put((String) clock[0], clock));
        // a row whose turn goes on in another state is written again, too
        changes.add(new Change(matter, entry, particulars, parties, gone, List.copyOf(written), before.stream().map(HeldRow::key).collect(Collectors.toSet()),
                clocks.values().stream().filter(clock -> !clocksBefore.containsKey((String) clock[0])).toList(),
                clocks.values().stream().filter(clock -> clocksBefore.containsKey((String) clock[0])
                        && !Arrays.deepEquals(text(clock), text(clocksBefore.get((String) clock[0])))).toList(),
                clocksBefore.keySet().stream().filter(name -> !clocks.containsKey(name)).toList()));
        clocksBefore = clocks;
        before = held;
    }

    private static Object[] text(Object[] row) {
        return Arrays.stream(row).map(String::valueOf).toArray();
    }

    private Set<HeldRow> before = Set.of();
    private Map<String, Object[]> clocksBefore = Map.of();

    private static final String MATTER_COLUMNS = """
            kind, procedure, state, terminal, turn, version, head, category, level, channel, division_code, scope_code, latitude, longitude, lead, accused,
            outcome, rating, occurred_at, entered_at, last_at, closed_at, reopen_until, merged_into, recorded_at, split_from, imported, words_key""";
    private static final String ENTRY_COLUMNS = """
            seq, step, actor_unit, actor_post, actor_person, actor_party, recorded_at, packed, digest, occurred_at, held_by""";
    private static final String CLOCK_COLUMNS = """
            name, run, kind, procedure, relation, unit, length, hours, started_at, due_at, warn_at, provisional, edition, pauses, extended, extended_days,
            said, next_at, owed""";
    private static final String PARTICULAR_COLUMNS = "field, seq, ordinal, party, class, sealed";

    private static List<Object[]> row(Connection c, String columns, String from, UUID id) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("select " + columns + " from " + from)) {
            s.setObject(1, id);
            List<Object[]> rows = new ArrayList<>();
            try (ResultSet r = s.executeQuery()) {
                int n = r.getMetaData().getColumnCount();
                while (r.next()) {
                    Object[] row = new Object[n];
                    for (int i = 0; i < n; i++) {
                        row[i] = r.getObject(i + 1);
                    }
                    rows.add(row);
                }
            }
            return rows;
        }
    }

    /** A client that lives whole lives, one transaction an action. */
    Load.Client client(Connection c, Runnable counted) throws SQLException {
        c.setAutoCommit(false);
        SplittableRandom random = new SplittableRandom();
        PreparedStatement insertMatter = c.prepareStatement("insert into matters.matter (" + MATTER_COLUMNS + ", id, number) values ("
                + "?, ".repeat(29) + "?)");
        PreparedStatement updateMatter = c.prepareStatement("update matters.matter set " + MATTER_COLUMNS.replaceAll("\\s+", " ")
                .replace(", recorded_at, split_from, imported, words_key", "").replace(", ", " = ?, ") + " = ? where id = ? and version = ?");
        PreparedStatement insertEntry = c.prepareStatement("insert into matters.entry_row (" + ENTRY_COLUMNS + ", digest_version, matter, idempotency_key) values ("
                + "?, ".repeat(11) + "1, ?, ?)");
        PreparedStatement insertParticular = c.prepareStatement("insert into matters.particular (" + PARTICULAR_COLUMNS + ", matter) values ("
                + "?, ".repeat(6) + "?)");
        PreparedStatement insertParty = c.prepareStatement("insert into matters.party (party, role, code_salt, code_hmac, matter) values (?, ?, ?, ?, ?)");
        PreparedStatement deleteHolding = c.prepareStatement("delete from matters.holding where matter = ? and unit = ?::uuid and relation = ?");
        PreparedStatement putHolding = c.prepareStatement("""
                insert into matters.holding (division_code, turn, state, kind, level, since, matter, unit, relation) values (?, ?, ?, ?, ?, ?, ?, ?::uuid, ?)
                """);
        PreparedStatement turnHolding = c.prepareStatement("""
                update matters.holding set division_code = ?, turn = ?, state = ?, kind = ?, level = ?, since = ? where matter = ? and unit = ?::uuid and relation = ?
                """);
        PreparedStatement startClock = c.prepareStatement("insert into matters.clock (" + CLOCK_COLUMNS + ", matter) values (" + "?, ".repeat(19) + "?)");
        PreparedStatement changeClock = c.prepareStatement("update matters.clock set " + CLOCK_COLUMNS.replaceAll("\\s+", " ").replace(", ", " = ?, ")
                + " = ? where name = ? and matter = ?");
        PreparedStatement stopClock = c.prepareStatement("delete from matters.clock where name = ? and matter = ?");
        return new Load.Client() {
            private UUID id = original;
            private int next;

            @Override
            public void once() throws SQLException {
                if (next == 0) {
                    id = new UUID(System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(4096), random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 1L << 63);
                }
                Change change = changes.get(next);
                byte[] digest = new byte[32];
                random.nextBytes(digest);
                if (next == 0) {
                    set(insertMatter, 1, change.matter);
                    insertMatter.setBytes(7, digest);
                    insertMatter.setObject(29, id);
                    insertMatter.setString(30, MatterNumber.draw(random.nextInt(900, 1000), random.nextInt(100), random).digits());
                    insertMatter.executeUpdate();
                } else {
                    set(updateMatter, 1, Arrays.copyOf(change.matter, 24));
                    updateMatter.setBytes(7, digest);
                    updateMatter.setObject(25, id);
                    updateMatter.setInt(26, next);
                    if (updateMatter.executeUpdate() != 1) {
                        throw new SQLException("the row was not where it should be");
                    }
                }
                set(insertEntry, 1, change.entry);
                insertEntry.setBytes(9, digest);
                insertEntry.setObject(12, id);
                byte[] key = new byte[16];
                random.nextBytes(key);
                insertEntry.setBytes(13, key);
                insertEntry.executeUpdate();
                for (Object[] p : change.particulars) {
                    set(insertParticular, 1, p);
                    insertParticular.setObject(7, id);
                    insertParticular.addBatch();
                }
                if (!change.particulars.isEmpty()) {
                    insertParticular.executeBatch();
                }
                for (Object[] p : change.parties) {
                    set(insertParty, 1, p);
                    insertParty.setObject(5, id);
                    insertParty.executeUpdate();
                }
                for (String clock : change.over) {
                    stopClock.setString(1, clock);
                    stopClock.setObject(2, id);
                    stopClock.executeUpdate();
                }
                for (Object[] clock : change.changed) {
                    set(changeClock, 1, clock);
                    changeClock.setObject(20, clock[0]);
                    changeClock.setObject(21, id);
                    changeClock.executeUpdate();
                }
                for (Object[] clock : change.started) {
                    set(startClock, 1, clock);
                    startClock.setObject(20, id);
                    startClock.addBatch();
                }
                if (!change.started.isEmpty()) {
                    startClock.executeBatch();
                }
                for (Held h : change.gone) {
                    deleteHolding.setObject(1, id);
                    deleteHolding.setString(2, h.unit());
                    deleteHolding.setString(3, h.relation());
                    deleteHolding.executeUpdate();
                }
                for (HeldRow h : change.written) {
                    PreparedStatement holding = change.known.contains(h.key()) ? turnHolding : putHolding;
                    holding.setObject(1, change.matter[11]);
                    holding.setBoolean(2, h.turn());
                    holding.setString(3, h.state());
                    holding.setString(4, h.kind());
                    holding.setObject(5, h.level(), Types.SMALLINT);
                    holding.setObject(6, h.turn() ? change.matter[19] : null, Types.TIMESTAMP);
                    holding.setObject(7, id);
                    holding.setString(8, h.key().unit());
                    holding.setString(9, h.key().relation());
                    holding.addBatch();
                }
                if (!change.written.isEmpty()) {
                    putHolding.executeBatch();
                    turnHolding.executeBatch();
                }
                c.commit();
                counted.run();
                next = (next + 1) % changes.size();
            }

            @Override
            public void close() throws SQLException {
                c.close();
            }
        };
    }

    private static void set(PreparedStatement s, int from, Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            s.setObject(from + i, values[i]);
        }
    }
}
