package org.heshi.matters.act;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.heshi.access.FirstQuestion;
import org.heshi.matters.clock.Clocks;
import org.heshi.matters.clock.Running;
import org.heshi.matters.log.Bell;
import org.heshi.matters.log.CanonicalJson;
import org.heshi.matters.log.Packed;
import org.heshi.matters.log.Step;
import org.heshi.matters.log.Steps;
import org.heshi.matters.log.Told;
import org.heshi.matters.seal.Seals;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The SQL of acting. Everything that an action writes goes in one statement: one way to the server, and every policy judges by what the actor
 * could see before it, also when the action hands the matter away.
 */
@Component
class Ledger {

    private final JdbcClient jdbc;
    private final JdbcTemplate template;
    private final Seals seals;
    private final Bell bell;
    private final Steps steps;
    private final FirstQuestion first;

    Ledger(JdbcClient jdbc, JdbcTemplate template, Seals seals, Bell bell, Steps steps, FirstQuestion first) {
        this.first = first;
        this.steps = steps;
        this.bell = bell;
        this.jdbc = jdbc;
        this.seals = seals;
        this.template = template;
    }

    /**
     * @param party the role of the party that acts
     * @param done  what was done of the actions that were asked for
     */
    record Loaded(Row row, Set<Holding> holdings, Set<UUID> barred, Optional<String> party, List<Running> clocks, List<Done> done) {
    }

    /** @param person who did it; null when nobody of the staff did */
    record Done(int seq, String action, @Nullable UUID person) {
    }

    record DoneBefore(UUID matter, String number, int seq, String action, String state) {
    }

    private static final String ROW = """
            select %s m.*, (select p.role from matters.party p where p.matter = m.id and p.party = ?) as party from matters.matter m where m.id = ?;
            select relation, unit from matters.holding where matter = ? and not barred%s;
            select * from matters.clock where matter = ?
            """;
    private static final String LOAD = ROW.formatted("set_config('app.acted', m.id::text, true), set_config('plan_cache_mode', 'force_generic_plan', true),",
            " union all select null, unit from matters.barred_from_acted");
    private static final String LOAD_WITH_DONE = LOAD + ";\nselect seq, action, actor_person from matters.done_to_acted where action = any (?)";
    private static final String BESIDE = ROW.formatted("", " union all select null, unnest(matters.barred_units(?))");

    /**
     * The matter as the actor may see it; from then on this transaction acts upon it. Its statements go by keys, and the long ones take longer to plan
     * than to do: they are planned once for a connection.
     *
     * @param party   the resident's, 0 for staff
     * @param actions of which is told who did them when
     */
    Optional<Loaded> load(UUID matter, int party, Set<String> actions) {
        return first.ask(actions.isEmpty() ? LOAD : LOAD_WITH_DONE, (statement, at) -> {
            Parameters p = new Parameters(statement, at).number(party).uuid(matter).uuid(matter).uuid(matter);
            if (!actions.isEmpty()) {
                p.texts(List.copyOf(actions));
            }
        }, statement -> loaded(statement, !actions.isEmpty()));
    }

    /** Another matter than the one acted upon, as the actor may see it. */
    Optional<Loaded> beside(UUID matter) {
        return first.ask(BESIDE, (statement, at) -> new Parameters(statement, at).number(0).uuid(matter).uuid(matter).uuid(matter).uuid(matter),
                statement -> loaded(statement, false));
    }

    private static Optional<Loaded> loaded(PreparedStatement statement, boolean withDone) throws SQLException {
        ResultSet r = statement.getResultSet();
        if (!r.next()) {
            return Optional.empty();
        }
        Row row = Row.of(r);
        Optional<String> party = Optional.ofNullable(r.getString("party"));
        Set<Holding> holdings = new LinkedHashSet<>();
        Set<UUID> barred = new LinkedHashSet<>();
        for (ResultSet h = next(statement); h.next(); ) {
            String relation = h.getString(1);
            UUID unit = h.getObject(2, UUID.class);
            if (relation == null) {
                barred.add(unit);
            } else {
                holdings.add(new Holding(unit, relation));
            }
        }
        List<Running> clocks = new ArrayList<>();
        for (ResultSet c = next(statement); c.next(); ) {
            clocks.add(Running.of(c));
        }
        List<Done> done = new ArrayList<>();
        for (ResultSet d = withDone ? next(statement) : null; d != null && d.next(); ) {
            done.add(new Done(d.getInt(1), d.getString(2), d.getObject(3, UUID.class)));
        }
        return Optional.of(new Loaded(row, holdings, barred, party, clocks, done));
    }

    private static ResultSet next(PreparedStatement statement) throws SQLException {
        statement.getMoreResults();
        return statement.getResultSet();
    }

    Optional<DoneBefore> doneBefore(byte[] key) {
        return jdbc.sql("select * from matters.done_before(?)").param(key).query((r, _) -> doneBefore(r, r.getObject("matter", UUID.class))).optional();
    }

    /** Posts that a complaint names, whoever asks. */
    List<UUID> barredPosts(UUID matter) {
        return jdbc.sql("select unnest(matters.barred_posts(?))").param(matter).query(UUID.class).list();
    }

    /** Who did these on the matter acted upon, and when. */
    List<Done> done(Set<String> actions) {
        return jdbc.sql("select seq, action, actor_person from matters.done_to_acted where action = any (?)").param(actions.toArray(String[]::new))
                .query((r, _) -> new Done(r.getInt(1), r.getString(2), r.getObject(3, UUID.class))).list();
    }

    /** Units whose posts did one of these on the matter, whoever asks. */
    List<UUID> unitsThatDid(UUID matter, Set<String> actions) {
        return jdbc.sql("select unnest(matters.units_that_did(?, ?))").param(matter).param(actions.toArray(String[]::new)).query(UUID.class).list();
    }

    /** The matter of that number when the actor may see it. */
    Optional<UUID> find(String number) {
        return jdbc.sql("select id from matters.matter where number = ?").param(number).query(UUID.class).optional();
    }

    private static DoneBefore doneBefore(ResultSet r, UUID matter) {
        try {
            return new DoneBefore(matter, r.getString("number"), r.getInt("seq"), r.getString("action"), r.getString("to_state"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean numberTaken(String number) {
        return first.ask("select matters.number_taken(?)", (statement, at) -> statement.setString(at, number), statement -> {
            ResultSet r = statement.getResultSet();
            return r.next() && r.getBoolean(1);
        });
    }

    /** Matters that were merged into this one and are still. */
    List<UUID> mergedInto(UUID matter) {
        return jdbc.sql("select id from matters.matter where merged_into = ? order by id").param(matter).query(UUID.class).list();
    }

    /** What people wrote in that entry, by field; empty where it was erased. */
    Map<String, Optional<String>> words(UUID matter, int seq) {
        Map<String, Optional<String>> words = new HashMap<>();
        jdbc.sql("select matter, seq, field, ordinal, sealed from matters.particular where matter = ? and seq = ? and class <> 'file'").param(matter).param(seq)
                .query(r -> {
                    words.put(r.getString("field"), seals.value(r));
                });
        return words;
    }

    /** Nobody acts on that matter until this transaction has ended, so that what is read of it now holds. */
    void keepStill(UUID matter) {
        jdbc.sql("select id from matters.matter where id = ? for share").param(matter).query(UUID.class).optional();
    }

    /** Whether somebody said of this matter that a child is concerned, and who the guardian is, as far as the actor may read it. */
    boolean namesAGuardian(UUID matter) {
        return jdbc.sql("select " + Packed.COLUMNS + " from matters.entry e where e.matter = ?").param(matter).query((r, _) -> Packed.content(r)).list().stream()
                .anyMatch(content -> content.contains(Minors.said()));
    }

    boolean orderTaken(String number) {
        return jdbc.sql("select matters.order_taken(?)").param(number).query(Boolean.class).single();
    }

    /** The next number of a formal paper of that office; held until this transaction ends, so that none is given twice and none is left out. */
    int nextPaper(UUID unit, String word, int year) {
        return jdbc.sql("select matters.next_paper(?, ?, ?)").param(unit).param(word).param(year).query(Integer.class).single();
    }

    record Newest(int seq, String content) {
    }

    /** The newest entry of that action. */
    Optional<Newest> newest(UUID matter, String action) {
        return jdbc.sql("select * from matters.newest(?, ?)").param(matter).param(action).query((r, _) -> new Newest(r.getInt("seq"), Packed.content(r)))
                .optional();
    }

    /** The newest words of a field that the actor may read. */
    Optional<String> newestWords(UUID matter, String field) {
        return jdbc.sql("""
                select matter, seq, field, ordinal, sealed from matters.particular
                where matter = ? and field = ? and class = 'words' and sealed is not null order by seq desc limit 1
                """).param(matter).param(field).query((r, _) -> seals.value(r)).optional().flatMap(value -> value);
    }

    void avoid(UUID matter, UUID post) {
        jdbc.sql("insert into matters.barred_post (matter, post) values (?, ?) on conflict do nothing").param(matter).param(post).update();
    }

    void askLink(byte[] digest, UUID matter, int party, Instant madeAt, Instant expiresAt) {
        jdbc.sql("insert into matters.ask_link (digest, matter, party, made_at, expires_at) values (?, ?, ?, ?, ?)").param(digest).param(matter).param(party)
                .param(madeAt.atOffset(ZoneOffset.UTC)).param(expiresAt.atOffset(ZoneOffset.UTC)).update();
    }

    /** @param at null: it waits again */
    void handedBack(UUID matter, @Nullable Instant at) {
        jdbc.sql("update matters.matter set order_back_at = ?::timestamptz where id = ?").param(at == null ? null : at.toString()).param(matter).update();
    }

    /** A department that was called in helps no more, unless it was named as a helper by who dispatched. */
    void dismiss(UUID matter, UUID unit) {
        boolean named = Stream.of("rule", "reassign", "assign").flatMap(action -> newest(matter, action).stream()).max(Comparator.comparingInt(Newest::seq))
                .filter(newest -> CanonicalJson.object(newest.content(), "data").get("helpers") instanceof List<?> helpers && helpers.contains(unit.toString()))
                .isPresent();
        boolean others = jdbc.sql("""
                select exists (select from matters.matter where split_from = ? and kind = 'whistle' and lead = ? and not terminal)
                """).param(matter).param(unit).query(Boolean.class).single();
        if (!named && !others) {
            jdbc.sql("delete from matters.holding where matter = ? and unit = ? and relation = 'helper'").param(matter).param(unit).update();
        }
    }

    /** Parts of a matter that one of these units leads. */
    List<UUID> partsLedBy(UUID matter, Set<UUID> units) {
        return jdbc.sql("select id from matters.matter where split_from = ? and kind = 'whistle' and lead = any (?) order by id").param(matter)
                .param(units.toArray(UUID[]::new)).query(UUID.class).list();
    }

    /** From now on these units hold nothing of the matter and see none of it. */
    void bar(UUID matter, Set<UUID> units) {
        UUID[] ids = units.toArray(UUID[]::new);
        jdbc.sql("delete from matters.holding where matter = ? and unit = any (?) and not barred").param(matter).param(ids).update();
        jdbc.sql("""
                insert into matters.holding (matter, unit, relation, division_code, turn)
                select m.id, u, 'barred', m.scope_code, false from matters.matter m, unnest(?::uuid[]) u where m.id = ? and u <> all (matters.barred_units(m.id))
                """).param(ids).param(matter).update();
    }

    int nextParty(UUID matter) {
        return jdbc.sql("select coalesce(max(party), 0) + 1 from matters.party where matter = ?").param(matter).query(Integer.class).single();
    }

    /** @param heldBy the unit whose turn it is after it; null when it is nobody's alone */
    record Entry(String action, @Nullable String fromKind, @Nullable Integer fromProcedure, @Nullable String fromState, String actorKind, @Nullable UUID actorUnit, @Nullable UUID actorPost,
            @Nullable UUID actorPerson, @Nullable Integer actorParty, Instant recordedAt, @Nullable Instant occurredAt, List<String> audience, String content,
            byte[] digest, byte @Nullable [] key, @Nullable UUID heldBy) {
    }

    private static final String ENTRY = """
            insert into matters.entry_row (matter, seq, step, held_by, actor_unit, actor_post, actor_person, actor_party, recorded_at, occurred_at, packed, digest_version,
                                           digest, idempotency_key, told)
            select moved.id, ?, ?, ?::uuid, ?::uuid, ?::uuid, ?::uuid, ?::smallint, ?, ?, ?, 1, ?, ?, ? from moved
            """;

    private static final String PARTICULARS = """
            insert into matters.particular (matter, seq, ordinal, party, field, class, sealed)
            select moved.id, ?, p.ordinal, p.party, p.field, p.class, p.sealed
            from moved, unnest(?::text[], ?::smallint[], ?::smallint[], ?::text[], ?::bytea[]) as p (field, ordinal, party, class, sealed)
            """;

    private static final String CLOCKS = """
            insert into matters.clock (matter, name, run, kind, procedure, relation, unit, length, hours, started_at, due_at, warn_at, provisional, edition,
                                       paused_at, pause_reason, pauses, extended, extended_days, said, next_at, owed)
            select moved.id, c.name, c.run, c.kind, c.procedure, c.relation, c.unit, c.length, c.hours, c.started_at, c.due_at, c.warn_at, c.provisional,
                   c.edition, c.paused_at, c.pause_reason, c.pauses, c.extended, c.extended_days, c.said, c.next_at, c.owed
            from moved, jsonb_to_recordset(?::jsonb) as c (name text, run int, kind text, procedure int, relation text, unit uuid, length text, hours text,
              started_at timestamptz, due_at timestamptz, warn_at timestamptz, provisional boolean, edition bigint, paused_at timestamptz,
              pause_reason text, pauses text[], extended int, extended_days int, said smallint, next_at timestamptz, owed boolean)
            """;

    private static final String MOVED = """
            update matters.matter
            set kind = ?, procedure = ?, state = ?, terminal = ?, turn = ?, version = ?, head = ?, level = ?, lead = ?, outcome = ?, rating = ?,
                entered_at = ?, last_at = ?, closed_at = ?, reopen_until = ?%s
            where id = ? and version = ?
            returning id
            """;

    /** What most actions leave as it is: columns are computed from the place, and what is written is computed again. Of a matter placed anew is forgotten where it was. */
    private static final String ABOUT_TOO = """
            , words_key = ?, category = ?, channel = ?, division_code = ?, scope_code = ?, latitude = ?, longitude = ?, accused = ?, occurred_at = ?,
                merged_into = ?, scope_was = case when scope_code = ? then scope_was end, scope_moved_at = case when scope_code = ? then scope_moved_at end""";

    private static final String OVER_CLOCKS = """
            delete from matters.clock k using moved where k.matter = moved.id and k.name = any (?::text[])
            """;

    private static final String CHANGED_CLOCKS = """
            -- only as the row was read: word may have been given of it meanwhile, or it was counted again
            update matters.clock k
            set run = c.run, kind = c.kind, procedure = c.procedure, relation = c.relation, unit = c.unit, length = c.length, hours = c.hours,
                started_at = c.started_at, due_at = c.due_at, warn_at = c.warn_at, provisional = c.provisional, edition = c.edition,
                paused_at = c.paused_at, pause_reason = c.pause_reason, pauses = c.pauses, extended = c.extended, extended_days = c.extended_days,
                said = c.said, next_at = c.next_at, owed = c.owed
            from moved, jsonb_to_recordset(?::jsonb) as c (name text, run int, kind text, procedure int, relation text, unit uuid, length text,
              hours text, started_at timestamptz, due_at timestamptz, warn_at timestamptz, provisional boolean, edition bigint, paused_at timestamptz,
              pause_reason text, pauses text[], extended int, extended_days int, said smallint, next_at timestamptz, owed boolean, was_said smallint,
              was_edition bigint)
            where k.matter = moved.id and k.name = c.name and k.said = c.was_said and k.edition = c.was_edition
            returning k.name
            """;

    private static final String LEFT_HOLDINGS = """
            delete from matters.holding h using moved, unnest(?::uuid[], ?::text[]) as l (unit, relation)
            where h.matter = moved.id and h.unit = l.unit and h.relation = l.relation
            """;

    private static final String HELD_HOLDINGS = """
            insert into matters.holding (matter, unit, relation, division_code, turn, state, kind, level, since)
            select moved.id, n.unit, n.relation, ?, n.turn, case when n.turn then ? end, case when n.turn then ? end,
                   case when n.turn then ?::smallint end, case when n.turn then ?::timestamptz end
            from moved, unnest(?::uuid[], ?::text[], ?::boolean[]) as n (unit, relation, turn)
            """;

    /** When nobody who held it holds it no more, a relation tells which rows those are. */
    private static final String TURNED_RELATIONS = """
            update matters.holding h
            set division_code = t.division, turn = h.relation = t.relation, state = case when h.relation = t.relation then t.state end,
                kind = case when h.relation = t.relation then t.kind end, level = case when h.relation = t.relation then t.level end,
                since = case when h.relation = t.relation then t.since end
            from moved, (values (?, ?, ?, ?, ?::smallint, ?::timestamptz)) as t (division, relation, state, kind, level, since)
            where h.matter = moved.id and h.relation = any (?::text[])
            """;

    /** Who holds what stands there under no key: it is written under the lock of the matter's row, by its version, so that who writes knows what was there. */
    private static final String TURNED_HOLDINGS = """
            update matters.holding h
            set division_code = ?, turn = n.turn, state = case when n.turn then ? end, kind = case when n.turn then ? end,
                level = case when n.turn then ?::smallint end, since = case when n.turn then ?::timestamptz end
            from moved, unnest(?::uuid[], ?::text[], ?::boolean[]) as n (unit, relation, turn)
            where h.matter = moved.id and h.unit = n.unit and h.relation = n.relation
            """;

    private static final String BARRED_HOLDINGS = """
            insert into matters.holding (matter, unit, relation, division_code)
            select moved.id, b, 'barred', ? from moved, unnest(?::uuid[]) as b
            """;

    /** Parts of the statement that an action needs or not. An empty one would cost as much to begin as one with rows. */
    private static final int KEPT = 1;
    private static final int OVER = 2;
    private static final int CHANGED = 4;
    private static final int STARTED = 8;
    private static final int LEFT = 16;
    private static final int HELD = 32;
    private static final int BARS = 64;
    private static final int TURNED = 128;
    private static final int ABOUT = 256;

    /** The statement of an action, by the parts that it needs. */
    private static final String[] ADVANCE = IntStream.range(0, 512).mapToObj(Ledger::statement).toArray(String[]::new);

    private static String statement(int parts) {
        StringBuilder sql = new StringBuilder("with moved as (\n" + MOVED.formatted((parts & ABOUT) == 0 ? "" : ABOUT_TOO) + ")\n, entered as (\n" + ENTRY + ")");
        part(sql, parts & KEPT, "kept", PARTICULARS);
        part(sql, parts & OVER, "over", OVER_CLOCKS);
        part(sql, parts & CHANGED, "changed", CHANGED_CLOCKS);
        part(sql, parts & STARTED, "started", CLOCKS);
        part(sql, parts & LEFT, "left_", LEFT_HOLDINGS);
        part(sql, parts & HELD, "held", HELD_HOLDINGS);
        part(sql, parts & TURNED, "turned", (parts & LEFT) == 0 ? TURNED_RELATIONS : TURNED_HOLDINGS);
        part(sql, parts & BARS, "bars", BARRED_HOLDINGS);
        return sql + "\nselect (select count(*) from moved), " + ((parts & CHANGED) == 0 ? "0" : "(select count(*) from changed)");
    }

    private static void part(StringBuilder sql, int needed, String name, String statement) {
        if (needed != 0) {
            sql.append("\n, ").append(name).append(" as (\n").append(statement).append(")");
        }
    }

    private static final String BORN = """
            insert into matters.matter (id, words_key, number, kind, procedure, state, terminal, turn, version, head, category, level, channel, division_code,
                                        scope_code, latitude, longitude, lead, accused, outcome, rating, occurred_at, recorded_at, entered_at, last_at,
                                        closed_at, reopen_until, merged_into, split_from, order_number, imported, about_office)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String PARTIES = """
            insert into matters.party (matter, party, role, code_salt, code_hmac)
            select moved.id, p.party, p.role, p.salt, p.hmac
            from moved, unnest(?::smallint[], ?::text[], ?::bytea[], ?::bytea[]) as p (party, role, salt, hmac)
            """;

    private static final String BARRED_POSTS = """
            insert into matters.barred_post (matter, post) select moved.id, b from moved, unnest(?::uuid[]) as b
            """;

    /** The statement of a new matter, by the parts that it needs. Who begins one may not read it: nothing is returned, and its parts take the id as it was given. */
    private static final String[] BEGIN = IntStream.range(0, 128).mapToObj(Ledger::beginning).toArray(String[]::new);

    private static String beginning(int parts) {
        StringBuilder sql = new StringBuilder("with born as (\n" + BORN + ")\n, moved as (select ?::uuid as id), entered as (\n" + ENTRY + ")");
        part(sql, parts & KEPT, "kept", PARTICULARS);
        part(sql, parts & STARTED, "started", CLOCKS);
        part(sql, parts & BARS, "bars", BARRED_POSTS);
        return sql + "\n, parties as (\n" + PARTIES + ")\n" + HELD_HOLDINGS;
    }

    /**
     * Writes one action on a matter that exists.
     *
     * @param before who held it when it was read
     * @param barred units that are barred from now on and were not before; nobody may read those rows, so they are never updated
     * @return false when the matter's version is not {@code expected} any more: nothing was written
     * @throws OptimisticLockingFailureException when a clock is not as it was read any more: the transaction is to be taken back and done over
     */
    boolean advance(Row row, int expected, Entry entry, List<Particular> particulars, Clocks.Moved clocks, Set<Holding> before, Set<Holding> gone,
            Set<Holding> written, Set<Holding> turns, List<UUID> barred) {
        Set<Holding> fresh = new LinkedHashSet<>(written);
        fresh.removeAll(before);
        Set<Holding> turned = new LinkedHashSet<>(written);
        turned.retainAll(before);
        bell.ringAfterCommit();
        long step = step(row, entry);
        return Boolean.TRUE.equals(template.execute((ConnectionCallback<Boolean>) connection -> {
            int parts = (particulars.isEmpty() ? 0 : KEPT) | (clocks.over().isEmpty() ? 0 : OVER) | (clocks.changed().isEmpty() ? 0 : CHANGED)
                    | (clocks.started().isEmpty() ? 0 : STARTED) | (gone.isEmpty() ? 0 : LEFT) | (fresh.isEmpty() ? 0 : HELD) | (turned.isEmpty() ? 0 : TURNED) | (barred.isEmpty() ? 0 : BARS)
                    | (row.isAboutTheSame() ? 0 : ABOUT);
            try (PreparedStatement s = connection.prepareStatement(ADVANCE[parts])) {
                Parameters p = new Parameters(s);
                p.text(row.kind).number(row.procedure).text(row.state).flag(row.terminal).text(row.turn).number(row.version).bytes(row.head)
                        .number(row.level).uuid(row.lead).text(row.outcome).number(row.rating).time(row.enteredAt).time(row.lastAt).time(row.closedAt)
                        .time(row.reopenUntil);
                if ((parts & ABOUT) != 0) {
                    p.uuid(row.key).text(row.category).text(row.channel).text(row.division).text(row.scope).real(row.latitude).real(row.longitude)
                            .uuid(row.accused).time(row.occurredAt).uuid(row.mergedInto).text(row.scope).text(row.scope);
                }
                p.uuid(row.id).number(expected);
                entry(p, row, entry, step);
                if ((parts & KEPT) != 0) {
                    particulars(p, row, particulars);
                }
                if ((parts & OVER) != 0) {
                    p.texts(clocks.over());
                }
                if ((parts & CHANGED) != 0) {
                    p.text(Running.changes(clocks.changed()));
                }
                if ((parts & STARTED) != 0) {
                    p.text(Running.json(clocks.started()));
                }
                if ((parts & LEFT) != 0) {
                    p.uuids(gone.stream().map(Holding::unit).toList()).texts(gone.stream().map(Holding::relation).toList());
                }
                if ((parts & HELD) != 0) {
                    holdings(p, row, fresh, turns);
                }
                if ((parts & TURNED) != 0 && (parts & LEFT) == 0) {
                    p.text(row.scope).text(row.turn).text(row.state).text(row.kind).number(row.level).time(row.enteredAt)
                            .texts(turned.stream().map(Holding::relation).distinct().toList());
                } else if ((parts & TURNED) != 0) {
                    holdings(p, row, turned, turns);
                }
                if ((parts & BARS) != 0) {
                    p.text(row.scope).uuids(barred);
                }
                try (var result = s.executeQuery()) {
                    result.next();
                    boolean moved = result.getInt(1) == 1;
                    if (moved && result.getInt(2) != clocks.changed().size()) {
                        throw new OptimisticLockingFailureException("a clock of the matter " + row.id + " was moved meanwhile");
                    }
                    return moved;
                }
            }
        }));
    }

    record Party(int party, String role, byte @Nullable [] salt, byte @Nullable [] hmac) {
    }

    /** Writes the first entry of a new matter. */
    void begin(Row row, Entry entry, List<Particular> particulars, List<Running> clocks, List<Party> parties, List<UUID> barredPosts,
            Set<Holding> written, Set<Holding> turns) {
        bell.ringAfterCommit();
        long step = step(row, entry);
        template.execute((ConnectionCallback<Boolean>) connection -> {
            int parts = (particulars.isEmpty() ? 0 : KEPT) | (clocks.isEmpty() ? 0 : STARTED) | (barredPosts.isEmpty() ? 0 : BARS);
            try (PreparedStatement s = connection.prepareStatement(BEGIN[parts])) {
                Parameters p = new Parameters(s);
                p.uuid(row.id).uuid(row.key).text(row.number).text(row.kind).number(row.procedure).text(row.state).flag(row.terminal).text(row.turn).number(row.version)
                        .bytes(row.head).text(row.category).number(row.level).text(row.channel).text(row.division).text(row.scope).real(row.latitude)
                        .real(row.longitude).uuid(row.lead).uuid(row.accused).text(row.outcome).number(row.rating).time(row.occurredAt)
                        .time(row.recordedAt).time(row.enteredAt).time(row.lastAt).time(row.closedAt).time(row.reopenUntil).uuid(row.mergedInto)
                        .uuid(row.splitFrom).text(row.orderNumber).flag(row.imported).flag(row.aboutOffice).uuid(row.id);
                entry(p, row, entry, step);
                if ((parts & KEPT) != 0) {
                    particulars(p, row, particulars);
                }
                if ((parts & STARTED) != 0) {
                    p.text(Running.json(clocks));
                }
                if ((parts & BARS) != 0) {
                    p.uuids(barredPosts);
                }
                p.array("int2", parties.stream().map(party -> (short) party.party()).toArray(Short[]::new))
                        .texts(parties.stream().map(Party::role).toList())
                        .array("bytea", parties.stream().map(Party::salt).toArray(byte[][]::new))
                        .array("bytea", parties.stream().map(Party::hmac).toArray(byte[][]::new));
                holdings(p, row, written, turns);
                return s.executeUpdate() > 0;
            }
        });
    }

    private long step(Row row, Entry e) {
        return steps.id(new Step(e.action(), row.kind, row.procedure, e.fromKind(), e.fromProcedure(), e.fromState(), row.state, row.turn, e.actorKind(), e.audience()));
    }

    private static void entry(Parameters p, Row row, Entry e, long step) throws SQLException {
        Packed.Row beside = new Packed.Row(row.id, e.actorUnit(), e.actorPost(), e.actorPerson(), e.heldBy(), e.recordedAt());
        p.number(row.version).big(step).uuid(e.heldBy()).uuid(e.actorUnit()).uuid(e.actorPost()).uuid(e.actorPerson()).number(e.actorParty())
                .time(e.recordedAt()).time(e.occurredAt()).bytes(Packed.pack(e.content(), beside)).bytes(e.digest()).bytes(e.key())
                .text(Told.of(e.action(), e.recordedAt(), e.content()).text());
    }

    private void particulars(Parameters p, Row row, List<Particular> list) throws SQLException {
        p.number(row.version)
                .texts(list.stream().map(Particular::field).toList())
                .array("int2", list.stream().map(x -> (short) x.ordinal()).toArray(Short[]::new))
                .array("int2", list.stream().map(x -> x.party().map(Integer::shortValue).orElse(null)).toArray(Short[]::new))
                .texts(list.stream().map(Particular::kind).toList())
                .array("bytea", list.stream().map(x -> seals.seal(row.key, row.id, row.version, x.field(), x.ordinal(), x.salt(), x.value()))
                        .toArray(byte[][]::new));
    }

    private static void holdings(Parameters p, Row row, Set<Holding> written, Set<Holding> turns) throws SQLException {
        List<Holding> list = new ArrayList<>(written);
        p.text(row.scope).text(row.state).text(row.kind).number(row.level).time(row.enteredAt)
                .uuids(list.stream().map(Holding::unit).toList())
                .texts(list.stream().map(Holding::relation).toList())
                .array("bool", list.stream().map(turns::contains).toArray(Boolean[]::new));
    }

    void giveCode(UUID matter, int party, byte[] salt, byte[] hmac) {
        int changed = jdbc.sql("update matters.party set code_salt = ?, code_hmac = ? where matter = ? and party = ?")
                .param(salt).param(hmac).param(matter).param(party).update();
        if (changed != 1) {
            throw new IllegalStateException("no party " + party + " to give a code to");
        }
    }

    /** What the reporter reported stays theirs to follow. */
    void endCodes(UUID matter, Set<Integer> parties) {
        jdbc.sql("update matters.party set code_salt = null, code_hmac = null where matter = ? and party = any (?::int[]) and role <> 'reporter' and code_hmac is not null")
                .param(matter).param(parties.toArray(Integer[]::new)).update();
    }

    void addParty(UUID matter, int party, String role) {
        jdbc.sql("insert into matters.party (matter, party, role) values (?, ?, ?)").param(matter).param(party).param(role).update();
    }

    void link(UUID matter, UUID other) {
        jdbc.sql("insert into matters.link (matter, other) values (?, ?), (?, ?) on conflict do nothing")
                .param(matter).param(other).param(other).param(matter).update();
    }

    record Contact(String field, int party, String value) {
    }

    /** The reporter's names and numbers that the actor may see, newest of each. */
    List<Contact> contacts(UUID matter) {
        return jdbc.sql("""
                select distinct on (field, party) field, coalesce(party, 1) as party, matter, seq, ordinal, sealed
                from matters.particular where matter = ? and class = 'contact' and sealed is not null
                order by field, party, seq desc
                """).param(matter).query((r, _) -> {
            Optional<String> value = seals.value(r);
            return value.isEmpty() ? Optional.<Contact>empty() : Optional.of(new Contact(r.getString("field"), r.getInt("party"), value.get()));
        }).list().stream().flatMap(Optional::stream).toList();
    }

    List<Party> parties(UUID matter) {
        return jdbc.sql("select party, role, code_salt, code_hmac from matters.party where matter = ? order by party").param(matter)
                .query((r, _) -> new Party(r.getInt("party"), r.getString("role"), r.getBytes("code_salt"), r.getBytes("code_hmac"))).list();
    }

    /**
     * Sets the parameters of a statement one after another, each always with the same type: a statement that comes with another type than last time,
     * as a plain null has, is parsed and planned again.
     */
    private static final class Parameters {

        private final PreparedStatement statement;
        private int at;

        Parameters(PreparedStatement statement) {
            this(statement, 1);
        }

        Parameters(PreparedStatement statement, int first) {
            this.statement = statement;
            at = first - 1;
        }

        private static PGobject nothing(String type) throws SQLException {
            PGobject nothing = new PGobject();
            nothing.setType(type);
            return nothing;
        }

        Parameters text(@Nullable String value) throws SQLException {
            statement.setString(++at, value);
            return this;
        }

        Parameters number(@Nullable Integer value) throws SQLException {
            if (value == null) {
                statement.setNull(++at, Types.INTEGER);
            } else {
                statement.setInt(++at, value);
            }
            return this;
        }

        Parameters big(long value) throws SQLException {
            statement.setLong(++at, value);
            return this;
        }

        Parameters real(@Nullable Double value) throws SQLException {
            if (value == null) {
                statement.setNull(++at, Types.DOUBLE);
            } else {
                statement.setDouble(++at, value);
            }
            return this;
        }

        Parameters flag(boolean value) throws SQLException {
            statement.setBoolean(++at, value);
            return this;
        }

        Parameters bytes(byte @Nullable [] value) throws SQLException {
            statement.setBytes(++at, value);
            return this;
        }

        Parameters uuid(@Nullable UUID value) throws SQLException {
            statement.setObject(++at, value == null ? nothing("uuid") : value);
            return this;
        }

        Parameters time(@Nullable Instant value) throws SQLException {
            statement.setObject(++at, value == null ? nothing("timestamptz") : OffsetDateTime.ofInstant(value, ZoneOffset.UTC));
            return this;
        }

        Parameters texts(List<String> values) throws SQLException {
            return array("text", values.toArray(String[]::new));
        }

        Parameters uuids(List<UUID> values) throws SQLException {
            return array("uuid", values.toArray(UUID[]::new));
        }

        Parameters array(String type, Object[] values) throws SQLException {
            statement.setArray(++at, statement.getConnection().createArrayOf(type, values));
            return this;
        }
    }
}
