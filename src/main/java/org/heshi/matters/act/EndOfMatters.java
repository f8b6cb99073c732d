package org.heshi.matters.act;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Endings;
import org.heshi.matters.Forgetting;
import org.heshi.matters.HeldBack;
import org.heshi.matters.NamedFiles;
import org.heshi.matters.clock.Clocks;
import org.heshi.matters.log.CanonicalJson;
import org.heshi.matters.log.Digests;
import org.heshi.matters.log.Packed;
import org.heshi.matters.procedure.HouseActs;
import org.heshi.matters.seal.Seals;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes the acts of the house into the chain, as {@link OneDoor} does those of procedures, and lets the rooms forget. */
@Component
class EndOfMatters implements Endings {

    private static final Logger LOG = LoggerFactory.getLogger(EndOfMatters.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    static final Actor.Machine MACHINE = new Actor.Machine("ending");
    private static final Set<String> READERS = Set.of("staff", "reporter");
    private static final int TRIES = 5;

    private final Ledger ledger;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final NamedFiles named;
    private final ObjectProvider<Forgetting> rooms;
    private final ObjectProvider<HeldBack> heldBack;
    private final Seals seals;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    EndOfMatters(Ledger ledger, JdbcClient jdbc, TransactionTemplate transactions, NamedFiles named, ObjectProvider<Forgetting> rooms,
            ObjectProvider<HeldBack> heldBack, Seals seals, InstantSource clock) {
        this.ledger = ledger;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.named = named;
        this.rooms = rooms;
        this.heldBack = heldBack;
        this.seals = seals;
        this.clock = clock;
    }

    record Stands(Row row, boolean putAway, boolean erased) {
    }

    /** Everything in one transaction, as a machine; done over when somebody acted at the same moment. Empty: it was overtaken. */
    Answer as(UUID matter, Function<Stands, Optional<Answer>> doing) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Answer> answer = Objects.requireNonNull(Acting.as(MACHINE, () -> transactions.execute(status -> {
                Row row = ledger.load(matter, 0, Set.of()).orElseThrow(() -> new NoSuchElementException("no such matter")).row();
                Optional<Answer> done = doing.apply(jdbc.sql("select put_away_at is not null, erased_at is not null from matters.matter where id = ?").param(matter)
                        .query((r, _) -> new Stands(row, r.getBoolean(1), r.getBoolean(2))).single());
                if (!(done.orElse(null) instanceof Answer.Done)) {
                    status.setRollbackOnly();
                }
                return done;
            })));
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw new IllegalStateException("the matter moves too fast to be ended");
    }

    static Optional<Answer> refused(String code) {
        return Optional.of(new Answer.Refused(Refusal.of(code)));
    }

    /** Locked first: a hold names the matter, so it waits for this transaction, or this one for the hold. */
    Optional<Refusal> heldBack(UUID matter, Optional<Ground> ground) {
        jdbc.sql("select id from matters.matter where id = ? for update").param(matter).query(UUID.class).single();
        return heldBack.orderedStream().flatMap(one -> one.from(matter, ground).stream()).findFirst();
    }

    @Override
    public Answer putAway(UUID matter, String rule) {
        Actor who = Acting.current();
        return as(matter, stands -> {
            if (stands.putAway() || stands.erased()) {
                return Optional.of(new Answer.Already());
            }
            if (!stands.row().terminal) {
                return refused("ending-still-open");
            }
            Optional<Refusal> held = heldBack(matter, Optional.empty());
            if (held.isPresent()) {
                return held.map(Answer.Refused::new);
            }
            Optional<Answer> done = write(stands.row(), who, HouseActs.PUT_AWAY, Map.of("rule", rule), List.of());
            done.ifPresent(_ -> {
                jdbc.sql("update matters.matter set put_away_at = last_at where id = ?").param(matter).update();
                jdbc.sql("""
                        insert into matters.put_away (matter, unit, relation, division_code)
                        select matter, unit, relation, division_code from matters.holding where matter = ? and not barred
                        """).param(matter).update();
                jdbc.sql("delete from matters.holding where matter = ? and not barred").param(matter).update();
            });
            return done;
        });
    }

    @Override
    public Answer takeOut(UUID matter, String rule) {
        Actor who = Acting.current();
        return as(matter, stands -> {
            if (stands.erased()) {
                return refused("ending-erased");
            }
            if (!stands.putAway()) {
                return Optional.of(new Answer.Already());
            }
            Optional<Answer> done = write(stands.row(), who, HouseActs.TAKE_OUT, Map.of("rule", rule), List.of());
            done.ifPresent(_ -> giveBack(matter));
            return done;
        });
    }

    private void giveBack(UUID matter) {
        jdbc.sql("update matters.matter set put_away_at = null where id = ?").param(matter).update();
        jdbc.sql("""
                insert into matters.holding (matter, unit, relation, division_code)
                select p.matter, p.unit, p.relation, p.division_code from matters.put_away p where p.matter = ?
                  and not exists (select from matters.holding h where h.matter = p.matter and h.unit = p.unit and h.relation = p.relation)
                """).param(matter).update();
        jdbc.sql("delete from matters.put_away where matter = ?").param(matter).update();
    }

    @Override
    public Answer erase(UUID matter, Ground ground, String rule) {
        Actor who = Acting.current();
        Answer answer = as(matter, stands -> {
            if (stands.erased()) {
                return Optional.of(new Answer.Already());
            }
            if (!stands.row().terminal) {
                return refused("ending-still-open");
            }
            Optional<Refusal> held = heldBack(matter, Optional.of(ground));
            if (held.isPresent()) {
                return held.map(Answer.Refused::new);
            }
            Set<UUID> files = new LinkedHashSet<>();
            named.of(matter).forEach(file -> files.add(file.file()));
            List<String> gone = commitments(matter);
            byte[] digest = Digests.of(String.join("\n", gone));
            Optional<Answer> done = write(stands.row(), who, HouseActs.ERASE, Map.of("ground", ground.code(), "rule", rule, "particulars", gone.size(), "files", files.size(),
                    "erased", Digests.hex(digest)), List.of());
            done.ifPresent(_ -> {
                if (stands.putAway()) {
                    // what is left tells of nobody: those who held it see that it was, and that it is erased
                    giveBack(matter);
                }
                jdbc.sql("update matters.particular set sealed = null, erased_at = ? where matter = ? and erased_at is null")
                        .param(stands.row().lastAt.atOffset(ZoneOffset.UTC)).param(matter).update();
                jdbc.sql("delete from matters.ask_link where matter = ?").param(matter).update();
                jdbc.sql("update matters.matter set erased_at = last_at where id = ?").param(matter).update();
                jdbc.sql("""
                        insert into matters.erasure (matter, seq, at, ground, rule, particulars, files, digest) values (?, ?, ?, ?, ?, ?, ?, ?)
                        """).params(matter, stands.row().version, stands.row().lastAt.atOffset(ZoneOffset.UTC), ground.code(), rule, gone.size(),
                        files.toArray(UUID[]::new), digest).update();
            });
            return done;
        });
        if (!(answer instanceof Answer.Refused)) {
            finish(matter);
        }
        return answer;
    }

    private List<String> commitments(UUID matter) {
        return commitments(matter, new LinkedHashSet<>(jdbc.sql("""
                select seq || ' ' || field || ' ' || ordinal from matters.particular where matter = ? and erased_at is null order by seq, field, ordinal
                """).param(matter).query(String.class).list()));
    }

    /** Entry, field, number and commitment of each of these particulars: anybody who has the chain can compute their digest again. */
    List<String> commitments(UUID matter, Set<String> there) {
        List<String> lines = new ArrayList<>();
        jdbc.sql("select e.seq, " + Packed.COLUMNS + " from matters.entry e where e.matter = ? order by e.seq").param(matter).query(r -> {
            int seq = r.getInt("seq");
            for (JsonNode c : JSON.readTree(Packed.bytes(r)).path("commitments")) {
                String key = HouseActs.place(seq, c.path("field").asString(), c.path("ordinal").asInt());
                if (there.contains(key)) {
                    lines.add(key + " " + c.path("hmac").asString());
                }
            }
        });
        return lines;
    }

    @Override
    public Answer correct(UUID matter, int party, String words, String rule) {
        Actor who = Acting.current();
        String said = words.strip();
        if (said.isEmpty() || said.codePointCount(0, said.length()) > 5000) {
            throw new IllegalArgumentException("1 to 5000 characters");
        }
        return as(matter, stands -> {
            if (stands.erased()) {
                return refused("ending-erased");
            }
            stands.row().key = seals.usable(stands.row().key);
            byte[] salt = new byte[32];
            random.nextBytes(salt);
            return write(stands.row(), who, HouseActs.CORRECT, Map.of("rule", rule),
                    List.of(new Particular(HouseActs.CORRECTION, 0, Optional.of(party), "words", said, salt)));
        });
    }

    /** Whether its first entry says that a matter came in as a complaint about an office, also one that was named in words only. */
    private static boolean aboutOffice(String content) {
        return content.contains("\"about-office\":true");
    }

    /** One entry that leaves the matter in the state it is in. Empty: somebody acted meanwhile. */
    Optional<Answer> write(Row row, Actor who, String action, Map<String, Object> data, List<Particular> particulars) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant at = now.isAfter(row.lastAt) ? now : row.lastAt;
        byte[] previous = row.head;
        int expected = row.version;
        row.version++;
        row.lastAt = at;
        Map<String, Object> actor = new LinkedHashMap<>();
        @Nullable UUID unit = null;
        @Nullable UUID post = null;
        @Nullable UUID person = null;
        String kind;
        if (who instanceof Actor.Staff s) {
            actor.put("kind", kind = "staff");
            actor.put("unit", (unit = s.unit()).toString());
            actor.put("post", (post = s.post()).toString());
            actor.put("person", (person = s.person()).toString());
        } else {
            actor.put("kind", kind = "machine");
            actor.put("name", who instanceof Actor.Machine m ? m.name() : MACHINE.name());
        }
        List<String> readers = READERS.stream().sorted().toList();
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("v", Digests.VERSION);
        content.put("matter", row.id.toString());
        content.put("number", row.number);
        content.put("seq", row.version);
        content.put("action", action);
        content.put("kind", row.kind);
        content.put("procedure", row.procedure);
        content.put("from", row.kind + "." + row.state);
        content.put("fromProcedure", row.procedure);
        content.put("to", row.state);
        content.put("turn", row.turn);
        content.put("heldBy", null);
        content.put("actor", actor);
        content.put("recordedAt", at.toString());
        content.put("occurredAt", null);
        content.put("audience", readers);
        content.put("data", data);
        content.put("commitments", particulars.stream().map(p -> {
            Map<String, Object> c = new LinkedHashMap<>();
            c.put("field", p.field());
            c.put("ordinal", p.ordinal());
            c.put("class", p.kind());
            p.party().ifPresent(n -> c.put("party", n));
            c.put("hmac", Digests.commitment(p.salt(), p.value()));
            return c;
        }).toList());
        content.put("previous", Digests.hex(previous));
        String canonical = CanonicalJson.write(content);
        byte[] digest = Digests.of(canonical);
        row.head = digest;
        byte[] key = Digests.key(action + "|" + row.id + "|" + row.version);
        Ledger.Entry entry = new Ledger.Entry(action, row.kind, row.procedure, row.state, kind, unit, post, person, null, at, null, readers, canonical, digest,
                key, null);
        boolean moved = ledger.advance(row, expected, entry, particulars, new Clocks.Moved(List.of(), List.of(), List.of(), List.of()), Set.of(), Set.of(), Set.of(), Set.of(),
                List.of());
        return moved ? Optional.of(new Answer.Done(row.version)) : Optional.empty();
    }

    // ---- what the rooms hold

    private record Begun(UUID matter, MatterNumber number, Set<UUID> files, Set<String> rooms) {
    }

    private static final String BEGUN = """
            select e.matter, m.number, e.files, e.rooms from matters.erasure e join matters.matter m on m.id = e.matter where e.done_at is null
            """;

    private List<Begun> begun(String where, Object parameter) {
        return Objects.requireNonNull(Acting.as(MACHINE, () -> transactions.execute(_ -> jdbc.sql(BEGUN + where).param(parameter).query((r, _) ->
                new Begun(r.getObject("matter", UUID.class), new MatterNumber(r.getString("number")), Set.of((UUID[]) r.getArray("files").getArray()),
                        Set.of((String[]) r.getArray("rooms").getArray()))).list())));
    }

    private boolean finish(UUID matter) {
        return begun("and e.matter = ?", matter).stream().allMatch(this::finish);
    }

    /** Each room that has forgotten is noted, so that what was killed goes on where it was. */
    private boolean finish(Begun erasure) {
        Set<String> done = new LinkedHashSet<>(erasure.rooms());
        boolean whole = true;
        for (Forgetting room : rooms.stream().sorted(Comparator.comparing(Forgetting::last)).toList()) {
            if (done.contains(room.room())) {
                continue;
            }
            boolean forgotten;
            try {
                forgotten = Acting.as(MACHINE, () -> room.forget(new Forgetting.Forgotten(erasure.matter(), erasure.number(), erasure.files())));
            } catch (RuntimeException e) {
                LOG.error("the room {} could not forget an erased matter; it is tried again", room.room(), e);
                forgotten = false;
            }
            whole &= forgotten;
            if (forgotten) {
                Acting.run(MACHINE, () -> transactions.executeWithoutResult(_ -> jdbc.sql("update matters.erasure set rooms = array_append(rooms, ?) where matter = ? and not ? = any (rooms)")
                        .params(room.room(), erasure.matter(), room.room()).update()));
            }
        }
        if (whole) {
            OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
            Acting.run(MACHINE, () -> transactions.executeWithoutResult(_ -> jdbc.sql("update matters.erasure set done_at = greatest(at, ?) where matter = ? and done_at is null")
                    .param(now).param(erasure.matter()).update()));
        }
        return whole;
    }

    @Override
    public int goOn(int limit) {
        return (int) begun("order by e.at limit ?", limit).stream().filter(this::finish).count();
    }

    @Override
    public boolean finishedSince(Instant moment) {
        return Boolean.TRUE.equals(Acting.as(MACHINE, () -> transactions.execute(_ -> jdbc.sql("""
                select exists (select from matters.erasure where done_at >= :since) or exists (select from matters.part where done_at >= :since)
                """).param("since", moment.atOffset(ZoneOffset.UTC)).query(Boolean.class).single())));
    }

    @Override
    public void sweep() {
        for (Forgetting room : rooms) {
            Acting.run(MACHINE, room::sweep);
        }
    }

    // ---- what others ask

    @Override
    public Optional<Ending> of(UUID matter) {
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("""
                select m.put_away_at, m.erased_at, e.ground, e.rule, e.particulars, cardinality(e.files) as files, encode(e.digest, 'hex') as digest, e.done_at
                from matters.matter m left join matters.erasure e on e.matter = m.id
                where m.id = ? and (m.put_away_at is not null or m.erased_at is not null)
                """).param(matter).query((r, _) -> new Ending(instant(r.getObject("put_away_at", OffsetDateTime.class)), instant(r.getObject("erased_at", OffsetDateTime.class)),
                Optional.ofNullable(r.getString("ground")).map(EndOfMatters::ground), Objects.requireNonNullElse(r.getString("rule"), ""), r.getInt("particulars"), r.getInt("files"),
                Objects.requireNonNullElse(r.getString("digest"), ""), r.getObject("done_at") != null)).optional()));
    }

    private static Optional<Instant> instant(@Nullable OffsetDateTime at) {
        return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
    }

    private static Ground ground(String code) {
        return Ground.valueOf(code.toUpperCase(java.util.Locale.ROOT));
    }

    @Override
    public List<Closed> closed(String kind, boolean putAway, String scope, Instant endedBefore, Optional<Closed> after, int limit) {
        String where = putAway ? "m.put_away_at is not null and m.erased_at is null" : "m.closed_at is not null and m.put_away_at is null and m.erased_at is null";
        return Objects.requireNonNull(Acting.as(MACHINE, () -> transactions.execute(_ -> jdbc.sql("""
                select m.id, m.number, m.kind, m.outcome, m.scope_code, m.closed_at
                from matters.matter m
                where m.kind = :kind and starts_with(m.scope_code, :scope) and m.closed_at < :before and (m.closed_at, m.id) > (:at, :id) and
                """ + where + """
                 and not exists (select from matters.matter t where t.id = m.merged_into and t.closed_at is null)
                order by m.closed_at, m.id limit :limit
                """).param("kind", kind).param("scope", scope).param("before", endedBefore.atOffset(ZoneOffset.UTC))
                .param("at", after.map(Closed::closedAt).orElse(Instant.EPOCH).atOffset(ZoneOffset.UTC)).param("id", after.map(Closed::matter).orElse(new UUID(0, 0)))
                .param("limit", limit).query((r, _) -> new Closed(r.getObject("id", UUID.class), new MatterNumber(r.getString("number")), r.getString("kind"),
                        r.getString("outcome"), r.getString("scope_code"), r.getObject("closed_at", OffsetDateTime.class).toInstant())).list())));
    }

    @Override
    public List<String> kinds() {
        return Objects.requireNonNull(Acting.as(MACHINE, () -> transactions.execute(_ -> jdbc.sql("select distinct kind from matters.procedure order by 1").query(String.class).list())));
    }

    @Override
    public Optional<Holders> holders(MatterNumber number) {
        return Objects.requireNonNull(Acting.as(MACHINE, () -> transactions.execute(_ -> jdbc.sql("""
                select m.id, m.scope_code,
                       (select coalesce(array_agg(distinct p.unit), '{}') from matters.put_away p where p.matter = m.id and p.relation <> 'origin') as units
                from matters.matter m where m.number = ? and m.put_away_at is not null and m.erased_at is null
                """).param(number.digits()).query((r, _) -> new Holders(r.getObject("id", UUID.class), r.getString("scope_code"),
                List.of((UUID[]) r.getArray("units").getArray()))).optional())));
    }

    @Override
    public boolean isAboutWhoActs(UUID matter) {
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("select matters.is_about_who_acts(?) is true").param(matter).query(Boolean.class).single()));
    }

    @Override
    public Optional<Subject> subject(MatterNumber number) {
        return Objects.requireNonNull(Acting.as(MACHINE, () -> transactions.execute(_ -> jdbc.sql("""
                select m.id, m.accused, (select h.unit from matters.holding h where h.matter = m.id and h.relation = 'desk' and not h.barred) as desk, %s
                from matters.matter m left join matters.entry e on e.matter = m.id and e.seq = 1 where m.number = ?
                """.formatted(Packed.COLUMNS)).param(number.digits()).query((r, _) -> new Subject(r.getObject("id", UUID.class), number, Optional.ofNullable(r.getObject("accused", UUID.class)),
                aboutOffice(Packed.content(r)), Optional.ofNullable(r.getObject("desk", UUID.class)))).optional())));
    }

    @Override
    public boolean byPapers(MatterNumber request) {
        return Objects.requireNonNull(Acting.as(MACHINE, () -> transactions.execute(_ -> jdbc.sql("""
                select %s from matters.matter m join matters.entry e on e.matter = m.id and e.seq = 1 where m.number = ?
                """.formatted(Packed.COLUMNS)).param(request.digits()).query((r, _) -> Packed.content(r)).optional()))).filter(content -> "papers".equals(CanonicalJson.object(content, "data").get("proof"))).isPresent();
    }

    @Override
    public SortedMap<Integer, String> roles(UUID matter) {
        SortedMap<Integer, String> roles = new TreeMap<>();
        Acting.run(MACHINE, () -> transactions.executeWithoutResult(_ -> jdbc.sql("select party, role from matters.party where matter = ?").param(matter).query(r -> {
            roles.put(r.getInt("party"), r.getString("role"));
        })));
        return roles;
    }

    @Override
    public List<Erased> erased(Instant from, Instant until, int limit) {
        return Objects.requireNonNull(Acting.as(MACHINE, () -> transactions.execute(_ -> jdbc.sql("""
                select m.number, e.at, e.ground, e.rule, e.particulars, cardinality(e.files) as files, encode(e.digest, 'hex') as digest, e.done_at
                from matters.erasure e join matters.matter m on m.id = e.matter where e.at >= ? and e.at < ? order by e.at desc limit ?
                """).params(from.atOffset(ZoneOffset.UTC), until.atOffset(ZoneOffset.UTC), limit).query((r, _) -> new Erased(new MatterNumber(r.getString("number")),
                r.getObject("at", OffsetDateTime.class).toInstant(), ground(r.getString("ground")), r.getString("rule"), r.getInt("particulars"), r.getInt("files"),
                r.getString("digest"), r.getObject("done_at") != null)).list())));
    }
}
