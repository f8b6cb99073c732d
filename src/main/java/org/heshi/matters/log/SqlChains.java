package org.heshi.matters.log;

import java.io.IOException;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Chains;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.Matters.Evidence;
import org.heshi.matters.clock.Clocks;
import org.heshi.matters.clock.Running;
import org.heshi.matters.procedure.HouseActs;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedures;
import org.heshi.matters.seal.Seals;
import org.heshi.secrets.BrokenSeal;
import org.heshi.secrets.KeyRing;
import org.heshi.secrets.Sealer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole chains: written out, taken in, proved. */
@Component
class SqlChains implements Chains {

    private static final String FORMAT = "heshi-matter";
    private static final int FORMAT_VERSION = 1;
    private static final int BATCH = 500;
    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);
    private static final int HANDS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Optional<String>> digests = new java.util.concurrent.ConcurrentHashMap<>();
    private final JdbcClient jdbc;
    /** Reads the log without asking, row by row, who may see it: the whole of it is proved, for a machine. */
    private final JdbcClient follower;
    private final TransactionTemplate followerMoment;
    private final Seals seals;
    private final TransactionTemplate transactions;
    /** One moment for all statements of a transaction: whoever acts meanwhile must not look like somebody who tampered. */
    private final TransactionTemplate moment;
    private final Procedures procedures;
    private final Directory directory;
    private final Divisions divisions;
    private final Clocks clocks;
    private final Steps steps;
    private final EvidenceStore evidence;
    private final InstantSource clock;

    SqlChains(JdbcClient jdbc, @Qualifier("follower") JdbcClient follower, @Qualifier("follower") TransactionTemplate followers, Seals seals,
            TransactionTemplate transactions, Procedures procedures, Directory directory, Divisions divisions, Clocks clocks, Steps steps, EvidenceStore evidence,
            InstantSource clock) {
        this.steps = steps;
        this.jdbc = jdbc;
        this.follower = follower;
        this.followerMoment = Moment.of(followers);
        this.seals = seals;
        this.transactions = transactions;
        this.moment = new TransactionTemplate(Objects.requireNonNull(transactions.getTransactionManager()));
        this.moment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.procedures = procedures;
        this.directory = directory;
        this.divisions = divisions;
        this.clocks = clocks;
        this.evidence = evidence;
        this.clock = clock;
    }

    private static void machineOnly() {
        if (!(Acting.current() instanceof Actor.Machine)) {
            throw new IllegalStateException("whole chains are for the program's own tools");
        }
    }

    @Override
    public long count(Selection selection) {
        machineOnly();
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("""
                select count(*) from matters.matter where starts_with(scope_code, ?) and (?::timestamptz is null or recorded_at >= ?::timestamptz)
                """).param(selection.division()).param(since(selection)).param(since(selection)).query(Long.class).single()));
    }

    @Override
    public List<UUID> ids(Selection selection, Optional<UUID> after, int limit) {
        machineOnly();
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("""
                select id from matters.matter
                where id > ? and starts_with(scope_code, ?) and (?::timestamptz is null or recorded_at >= ?::timestamptz)
                order by id limit ?
                """).param(after.orElse(new UUID(0, 0))).param(selection.division()).param(since(selection)).param(since(selection)).param(limit)
                .query(UUID.class).list()));
    }

    private static @Nullable OffsetDateTime since(Selection selection) {
        return selection.since().map(i -> OffsetDateTime.ofInstant(i, ZoneOffset.UTC)).orElse(null);
    }

    // ---- out

    @Override
    public void write(List<UUID> matters, Consumer<String> line) {
        machineOnly();
        moment.executeWithoutResult(_ -> {
            Batch batch = load(matters);
            for (UUID id : matters) {
                Chain chain = batch.chains.get(id);
                if (chain != null) {
                    line.accept(CanonicalJson.write(written(chain)));
                }
            }
        });
    }

    private Map<String, Object> written(Chain chain) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("format", FORMAT);
        out.put("version", FORMAT_VERSION);
        out.put("row", chain.row);
        Map<String, Object> published = new java.util.TreeMap<>();
        chain.entries.forEach(e -> digestOf(e.kind(), e.procedure()).ifPresent(digest -> published.put(e.kind() + "." + e.procedure(), digest)));
        out.put("procedures", published);
        out.put("entries", chain.entries.stream().map(e -> Map.of("content", e.content(), "digest", Digests.hex(e.digest()))).toList());
        out.put("parties", chain.parties);
        out.put("holdings", chain.holdings);
        out.put("links", chain.links);
        out.put("particulars", chain.particulars.stream().map(p -> {
            Map<String, Object> m = new LinkedHashMap<>();
            m.put("field", p.field);
            m.put("seq", p.seq);
            m.put("ordinal", p.ordinal);
            m.put("party", p.party);
            m.put("class", p.kind);
            m.put("audience", p.audience());
            m.put("salt", p.salt == null ? null : Base64.getUrlEncoder().withoutPadding().encodeToString(p.salt));
            m.put("value", p.value);
            m.put("erasedAt", p.erasedAt);
            return m;
        }).toList());
        return out;
    }

    // ---- in

    @Override
    public List<Evidence> files(String line) {
        List<Evidence> files = new ArrayList<>();
        try {
            for (JsonNode particular : JSON.readTree(line).path("particulars")) {
                String value = text(particular, "value");
                if ("file".equals(particular.path("class").asString("")) && value != null) {
                    JsonNode file = JSON.readTree(value);
                    files.add(new Evidence(UUID.fromString(file.path("id").asString("")), file.path("name").asString(""),
                            file.path("mediaType").asString(""), file.path("size").asLong(), file.path("sha256").asString(""),
                            file.path("original").asString("")));
                }
            }
            return files;
        } catch (JacksonException | IllegalArgumentException e) {
            // what is wrong with the line is said when it is to be admitted
            return List.of();
        }
    }

    @Override
    public Admission admit(String line) {
        machineOnly();
        JsonNode json;
        try {
            json = JSON.readTree(line);
        } catch (JacksonException e) {
            return refused(Optional.empty(), Refusal.of("chain-not-json"));
        }
        if (!FORMAT.equals(json.path("format").asString("")) || json.path("version").asInt(0) != FORMAT_VERSION) {
            return refused(Optional.empty(), Refusal.of("chain-format"));
        }
        String number = json.path("row").path("number").asString("");
        Optional<MatterNumber> parsed = MatterNumber.parse(number);
        if (parsed.isEmpty()) {
            return refused(Optional.of(number), Refusal.of("chain-number"));
        }
        try {
            return Objects.requireNonNull(transactions.execute(status -> {
                Admission admission = admit(json, parsed.get());
                if (admission instanceof Admission.Refused && status.isNewTransaction()) {
                    status.setRollbackOnly();
                }
                return admission;
            }));
        } catch (IllegalArgumentException | JacksonException | org.springframework.dao.DataIntegrityViolationException e) {
            // a value of another type, or one that no column takes: the line was not written by this program, or was changed
            return refused(Optional.of(number), Refusal.of("chain-damaged"));
        }
    }

    private Admission admit(JsonNode json, MatterNumber number) {
        JsonNode row = json.path("row");
        UUID id = UUID.fromString(row.path("id").asString());
        if (id.equals(FIRST) || id.equals(LAST)) {
            throw new IllegalArgumentException("no id that anything was given");
        }
        List<WrittenEntry> entries = new ArrayList<>();
        for (JsonNode e : json.path("entries")) {
            entries.add(WrittenEntry.read(e.path("content").asString(), HexFormat.of().parseHex(e.path("digest").asString())));
        }
        List<Particular> particulars = new ArrayList<>();
        for (JsonNode p : json.path("particulars")) {
            particulars.add(Particular.read(p));
        }
        List<Refusal> wrong = new ArrayList<>();
        new Proof(id, number, entries, particulars, false).check(w -> wrong.add(Refusal.of("chain-wrong", w.seq(), w.what())));
        if (entries.isEmpty() || !wrong.isEmpty()) {
            return new Admission.Refused(Optional.of(number.digits()), wrong.isEmpty() ? List.of(Refusal.of("chain-damaged")) : wrong);
        }
        WrittenEntry last = entries.getLast();
        if (!last.kind().equals(row.path("kind").asString()) || !last.to().equals(row.path("state").asString()) || last.seq() != row.path("version").asInt()) {
            return refused(Optional.of(number.digits()), Refusal.of("chain-damaged"));
        }
        List<String> known = jdbc.sql("""
                select encode(e.digest, 'hex') from matters.matter m join matters.entry e on e.matter = m.id where m.number = ? or m.id = ? order by e.seq
                """).param(number.digits()).param(id).query(String.class).list();
        if (!known.isEmpty()) {
            return known.equals(entries.stream().map(e -> Digests.hex(e.digest())).toList()) ? new Admission.Known(number)
                    : refused(Optional.of(number.digits()), Refusal.of("chain-number-taken"));
        }
        for (WrittenEntry e : entries) {
            // a version number says little: two installations may have changed the same file in two ways
            Optional<String> here = digestOf(e.kind(), e.procedure());
            if (here.isEmpty() || !here.get().equals(text(json.path("procedures"), e.kind() + "." + e.procedure()))) {
                return refused(Optional.of(number.digits()), Refusal.of("chain-procedure", e.kind(), e.procedure()));
            }
        }
        Procedure procedure = procedures.version(last.kind(), last.procedure());
        Procedure.State state = procedure.states().get(last.to());
        if (state == null) {
            return refused(Optional.of(number.digits()), Refusal.of("chain-procedure", last.kind(), last.procedure()));
        }
        String division = row.path("division").asString();
        if (divisions.find(division).isEmpty()) {
            return refused(Optional.of(number.digits()), Refusal.of("unknown-place"));
        }
        Optional<UUID> centre = directory.centreFor(row.path("scope").asString()).map(org.heshi.directory.Unit::id);
        if (centre.isEmpty()) {
            return refused(Optional.of(number.digits()), Refusal.of("chain-no-centre", row.path("scope").asString()));
        }
        boolean desk = false;
        boolean barred = false;
        for (JsonNode holding : json.path("holdings")) {
            UUID unit = UUID.fromString(holding.path("unit").asString());
            desk |= holding.path("relation").asString().equals("desk") && directory.findUnit(unit).isPresent();
            barred |= holding.path("relation").asString().equals("barred") && unit.equals(centre.get());
        }
        if (!desk && barred) {
            // whoever would take it in here is whom it is about
            return refused(Optional.of(number.digits()), Refusal.of("chain-centre-barred", row.path("scope").asString()));
        }
        insert(id, row, entries, particulars, state, json);
        return new Admission.Done(id, number);
    }

    /** Digest of the text of a published version, hexadecimal; empty when it was never published here. What was published never changes. */
    private Optional<String> digestOf(String kind, int version) {
        return digests.computeIfAbsent(kind + "." + version, _ -> jdbc.sql("""
                select encode(digest, 'hex') from matters.procedure where kind = ? and version = ?
                """).param(kind).param(version).query(String.class).optional());
    }

    private void insert(UUID id, JsonNode row, List<WrittenEntry> entries, List<Particular> particulars, Procedure.State state, JsonNode json) {
        WrittenEntry last = entries.getLast();
        String scope = row.path("scope").asString();
        UUID key = seals.freshKey();
        jdbc.sql("""
                insert into matters.matter (id, words_key, number, kind, procedure, state, terminal, turn, version, head, category, level, channel, division_code,
                                            scope_code, latitude, longitude, lead, accused, outcome, rating, occurred_at, recorded_at, entered_at, last_at,
                                            closed_at, reopen_until, order_number, imported, about_office)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::double precision, ?::double precision, ?::uuid, ?::uuid, ?, ?::smallint,
                        ?::timestamptz, ?::timestamptz, ?::timestamptz, ?::timestamptz, ?::timestamptz, ?::timestamptz,
                        (select n.n from (select ?::text as n) n where not matters.order_taken(n.n)), true, ?)
                """).params(Arrays.asList(id, key, row.path("number").asString(), last.kind(), last.procedure(), last.to(), state.terminal(), state.turn().code(),
                last.seq(), last.digest(), text(row, "category"), row.path("level").asInt(), row.path("channel").asString(), row.path("division").asString(),
                scope, text(row, "latitude"), text(row, "longitude"), text(row, "lead"), text(row, "accused"), text(row, "outcome"), text(row, "rating"),
                text(row, "occurredAt"), text(row, "recordedAt"), text(row, "enteredAt"), text(row, "lastAt"), text(row, "closedAt"),
                text(row, "reopenUntil"), text(entries.getFirst().json().path("data"), "order-number"),
                text(row, "accused") != null || entries.getFirst().json().path("data").path("about-office").asBoolean(false))).update();
        for (WrittenEntry e : entries) {
            jdbc.sql("""
                    insert into matters.entry_row (matter, seq, step, actor_unit, actor_post, actor_person, actor_party, recorded_at, occurred_at, packed, digest_version,
                                                   digest, held_by, told)
                    values (?, ?, ?, ?::uuid, ?::uuid, ?::uuid, ?::smallint, ?::timestamptz, ?::timestamptz, ?, ?, ?, ?::uuid, ?)
                    """).params(Arrays.asList(id, e.seq(), steps.id(e.step()), e.by().unit(), e.by().post(), e.by().person(), e.by().party(), e.recordedAt().toString(),
                    Objects.toString(e.occurredAt(), null), Packed.pack(e.content(), e.beside(id)),
                    Digests.VERSION, e.digest(), e.heldBy(),
                    Told.of(e.action(), e.recordedAt(), e.content()).text())).update();
        }
        for (Particular p : particulars) {
            jdbc.sql("""
                    insert into matters.particular (matter, field, seq, ordinal, party, class, sealed, erased_at)
                    values (?, ?, ?, ?, ?::smallint, ?, ?, ?::timestamptz)
                    """).params(Arrays.asList(id, p.field, p.seq, p.ordinal, p.party, p.kind,
                    p.salt == null || p.value == null ? null : seals.seal(key, id, p.seq, p.field, p.ordinal, p.salt, p.value), p.erasedAt)).update();
        }
        // words that were erased elsewhere are not here: what was erased there is so here
        entries.stream().filter(e -> e.action().equals(HouseActs.ERASE)).findFirst().ifPresent(e ->
                jdbc.sql("update matters.matter set erased_at = ?::timestamptz where id = ?").params(e.recordedAt().toString(), id).update());
        for (JsonNode party : json.path("parties")) {
            // the code stays with the node that gave it: its key is not ours. A new one is given at the window
            jdbc.sql("insert into matters.party (matter, party, role) values (?, ?, ?)").param(id).param(party.path("party").asInt())
                    .param(party.path("role").asString()).update();
        }
        boolean desk = false;
        Set<String> there = new HashSet<>();
        for (JsonNode holding : json.path("holdings")) {
            UUID unit = UUID.fromString(holding.path("unit").asString());
            String relation = holding.path("relation").asString();
            if (!there.add(relation + unit)) {
                throw new IllegalArgumentException("a unit holds it twice in the same way");
            }
            if (relation.equals("barred") || directory.findUnit(unit).isPresent()) {
                hold(id, unit, relation, scope, last, state, row.path("level").asInt());
                desk |= relation.equals("desk");
            }
        }
        if (!desk) {
            UUID centre = directory.centreFor(scope).orElseThrow(() -> new IllegalArgumentException("no centre for " + scope)).id();
            hold(id, centre, "desk", scope, last, state, row.path("level").asInt());
            if (!there.contains("verifier" + centre)) {
                hold(id, centre, "verifier", scope, last, state, row.path("level").asInt());
            }
        }
        // of one that has ended, too: what is carried beyond the end goes on here
        runOn(id, entries, row.path("level").asInt());
        for (JsonNode other : json.path("links")) {
            jdbc.sql("""
                    insert into matters.link (matter, other)
                    select a, b from (select ?::uuid as a, m.id as b from matters.matter m where m.number = ?
                                      union all select m.id, ?::uuid from matters.matter m where m.number = ?) x
                    on conflict do nothing
                    """).param(id).param(other.asString()).param(id).param(other.asString()).update();
        }
    }

    /** The limits go on where they are, told from the entries that were just proved. */
    private void runOn(UUID matter, List<WrittenEntry> entries, int level) {
        Map<String, List<UUID>> held = new HashMap<>();
        jdbc.sql("select relation, unit from matters.holding where matter = ? and not barred").param(matter).query(r -> {
            held.computeIfAbsent(r.getString("relation"), _ -> new ArrayList<>()).add(r.getObject("unit", UUID.class));
        });
        List<Clocks.Logged> logged = entries.stream().map(e -> {
            JsonNode json = e.json();
            return new Clocks.Logged(e.seq(), procedures.version(e.kind(), e.procedure()), e.recordedAt(), map(json.path("data")),
                    json.path("clocks").valueStream().map(SqlChains::map).toList());
        }).toList();
        List<Running> running = clocks.fromLog(logged, level, relation -> held.getOrDefault(relation, List.of()).size() == 1
                ? held.get(relation).getFirst() : null, clock.instant());
        jdbc.sql("""
                insert into matters.clock
                select (jsonb_populate_record(null::matters.clock, c || jsonb_build_object('matter', ?::text))).* from jsonb_array_elements(?::jsonb) as c
                """).param(matter.toString()).param(Running.json(running)).update();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(JsonNode node) {
        return node.isObject() ? JSON.treeToValue(node, Map.class) : Map.of();
    }

    private void hold(UUID matter, UUID unit, String relation, String scope, WrittenEntry last, Procedure.State state, int level) {
        boolean turn = relation.equals(state.turn().code());
        jdbc.sql("""
                insert into matters.holding (matter, unit, relation, division_code, turn, state, kind, level, since)
                values (?, ?, ?, ?, ?, ?, ?, ?::smallint, ?::timestamptz)
                """).params(Arrays.asList(matter, unit, relation, scope, turn, turn ? last.to() : null, turn ? last.kind() : null, turn ? level : null,
                turn ? last.recordedAt().toString() : null)).update();
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isMissingNode() || value.isNull() ? null : value.asString();
    }

    private static Admission.Refused refused(Optional<String> number, Refusal refusal) {
        return new Admission.Refused(number, List.of(refusal));
    }

    // ---- proof

    @Override
    public long verify(Optional<MatterNumber> only, Consumer<Wrong> wrong, LongConsumer progress) {
        machineOnly();
        long checked = 0;
        UUID begin = FIRST;
        Actor.Machine actor = (Actor.Machine) Acting.current();
        // while the database reads the next ones, these are proved; what is wrong is told in the order of the matters
        try (ExecutorService hands = Executors.newFixedThreadPool(HANDS)) {
            Deque<Future<Proved>> under = new ArrayDeque<>();
            boolean more = true;
            while (more || !under.isEmpty()) {
                while (more && under.size() < HANDS + 1) {
                    UUID from = begin;
                    Optional<UUID> until = until(only, from);
                    // behind the last of them, too: what belongs to no matter may stand there
                    UUID to = until.orElse(LAST);
                    if (until.isPresent() || only.isEmpty()) {
                        under.add(hands.submit(() -> Acting.as(actor, () -> prove(only.isPresent() ? to : from, to))));
                    }
                    more = until.isPresent() && only.isEmpty() && !to.equals(LAST);
                    begin = more ? next(to) : LAST;
                }
                if (!under.isEmpty()) {
                    Proved proved = done(under.removeFirst());
                    proved.wrong().forEach(wrong);
                    checked += proved.matters();
                    progress.accept(proved.matters());
                }
            }
        }
        if (only.isEmpty()) {
            order(wrong);
        }
        return checked;
    }

    /** The last matter of the batch that begins with that one. */
    private Optional<UUID> until(Optional<MatterNumber> only, UUID from) {
        return Objects.requireNonNull(followerMoment.execute(_ -> only.isPresent()
                ? follower.sql("select id from matters.matter where number = ?").param(only.get().digits()).query(UUID.class).optional()
                : follower.sql("select id from (select id from matters.matter where id >= ? order by id limit ?) m order by id desc limit 1").param(from).param(BATCH)
                        .query(UUID.class).optional()));
    }

    private static UUID next(UUID id) {
        long low = id.getLeastSignificantBits() + 1;
        return new UUID(low == 0 ? id.getMostSignificantBits() + 1 : id.getMostSignificantBits(), low);
    }

    private record Proved(int matters, List<Wrong> wrong) {
    }

    private Proved prove(UUID from, UUID to) {
        List<Wrong> wrong = new ArrayList<>();
        int count = Objects.requireNonNull(followerMoment.execute(_ -> {
            Batch batch = proved(follower, "m.id between ? and ?", "e.matter between ? and ?", "p.matter between ? and ?", from, to);
            for (Chain chain : batch.chains.values()) {
                chain.prove(wrong::add);
                files(chain, wrong::add);
            }
            batch.strays.forEach(matter -> wrong.add(new Wrong(Optional.empty(), 0, "matter-missing", matter.toString())));
            return batch.chains.size();
        }));
        return new Proved(count, wrong);
    }

    private static Proved done(Future<Proved> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("broken off", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException why ? why : new IllegalStateException(e.getCause());
        }
    }

    /** The bytes of what was sent in: the entry commits to their digest. */
    private void files(Chain chain, Consumer<Wrong> wrong) {
        for (Particular p : chain.particulars) {
            if (!p.kind.equals("file") || p.value == null) {
                continue;
            }
            JsonNode file = JSON.readTree(p.value);
            String found;
            try {
                found = evidence.bytes(UUID.fromString(file.path("id").asString(""))).map(bytes -> Digests.hex(Digests.of(bytes))).orElse("");
            } catch (BrokenSeal | KeyRing.MissingKey e) {
                found = "does not open";
            } catch (IOException | IllegalArgumentException e) {
                found = "";
            }
            if (!found.equals(file.path("sha256").asString(""))) {
                wrong.accept(new Wrong(Optional.of(chain.number), p.seq, found.isEmpty() ? "file-missing" : "file-changed", file.path("id").asString("")));
            }
        }
    }

    /** The dense order: no position is missing, none stands before an earlier entry of its matter, no entry has two. */
    private void order(Consumer<Wrong> wrong) {
        followerMoment.executeWithoutResult(_ -> {
            follower.sql("""
                    select expected from (
                      select first, coalesce(lag(first + cardinality(seqs)) over (order by first), 1) as expected from matters.position_row
                      union all
                      select position + 1, coalesce((select first + cardinality(seqs) from matters.position_row order by first desc limit 1), 1) from matters.sequencer) p
                    where first <> expected order by expected limit 1
                    """).query(r -> {
                wrong.accept(new Wrong(Optional.empty(), 0, "position-missing", "position " + r.getLong("expected")));
            });
            follower.sql("""
                    select p.matter, p.seq, m.number
                    from (select position, matter, seq, lag(seq) over (partition by matter order by position) as before from matters.position) p
                    join matters.matter m on m.id = p.matter
                    where p.before >= p.seq
                    order by p.position limit 100
                    """).query(r -> {
                wrong.accept(new Wrong(Optional.of(new MatterNumber(r.getString("number"))), r.getInt("seq"), "position-order", ""));
            });
            // an entry whose turn was has a place, and a place has an entry
            follower.sql("""
                    select p.position, e.seq, m.number
                    from matters.position p full join matters.entry_row e on e.matter = p.matter and e.seq = p.seq left join matters.matter m on m.id = e.matter
                    where e.matter is null or p.matter is null and e.xid <= (select xid from matters.sequencer)
                    order by p.position, e.matter, e.seq limit 100
                    """).query(r -> {
                String number = r.getString("number");
                wrong.accept(new Wrong(Optional.ofNullable(number).map(MatterNumber::new), r.getInt("seq"), "position-missing",
                        r.getObject("position") == null ? "" : "position " + r.getLong("position")));
            });
        });
    }

    /** Where a particular stands. */
    private record Place(String field, int seq, int ordinal) {
    }

    /** Entries and particulars of one matter, checked against each other. */
    private record Proof(UUID id, MatterNumber number, List<WrittenEntry> entries, List<Particular> particulars, boolean keyDestroyed) {

        void check(Consumer<Wrong> wrong) {
            byte[] previous = Digests.NOTHING;
            int expected = 1;
            Map<Place, Particular> byKey = new HashMap<>();
            particulars.forEach(p -> byKey.put(new Place(p.field, p.seq, p.ordinal), p));
            boolean erased = keyDestroyed || entries.stream().anyMatch(e -> e.action().equals(HouseActs.ERASE));
            Set<String> gone = new HashSet<>();
            for (WrittenEntry e : entries) {
                try {
                    gone.addAll(e.gone());
                } catch (IllegalArgumentException noPlaces) {
                    wrong.accept(say(e.seq(), "content-changed", "it does not say what is gone"));
                }
            }
            for (WrittenEntry e : entries) {
                if (e.seq() != expected) {
                    wrong.accept(say(expected, "entry-missing", ""));
                    expected = e.seq();
                }
                if (!MessageDigest.isEqual(Digests.of(e.bytes()), e.digest())) {
                    wrong.accept(say(e.seq(), "content-changed", "its digest is not that of its content"));
                }
                if (!e.previous().equals(Digests.hex(previous))) {
                    wrong.accept(say(e.seq(), "chain-broken", "it does not name the digest of the entry before it"));
                }
                if (!e.matter().equals(id.toString()) || !e.number().equals(number.digits())) {
                    wrong.accept(say(e.seq(), "matter-changed", ""));
                }
                String readers = e.readers();
                for (WrittenEntry.Commitment c : e.commitments()) {
                    Particular p = byKey.remove(new Place(c.field(), e.seq(), c.ordinal()));
                    if (p == null) {
                        wrong.accept(say(e.seq(), "particular-missing", c.field()));
                    } else if (p.value == null && !p.broken && !erased && !gone.contains(HouseActs.place(p.seq, p.field, p.ordinal))) {
                        // nothing in this history says so: somebody hid it
                        wrong.accept(say(e.seq(), "particular-hidden", p.field));
                    } else if (p.broken || p.value != null && p.salt != null && !Digests.commitment(p.salt, p.value).equals(c.hmac())) {
                        wrong.accept(say(e.seq(), "particular-changed", p.field));
                    } else if (!p.kind.equals(c.kind()) || !p.readers.equals(readers) || !Objects.equals(p.party, c.party())) {
                        // whose it is and who may read it decides what is shown of it
                        wrong.accept(say(e.seq(), "particular-changed", p.field));
                    }
                }
                previous = e.digest();
                expected++;
            }
            byKey.values().forEach(p -> wrong.accept(say(p.seq, "particular-added", p.field)));
        }

        Wrong say(int seq, String what, String detail) {
            return new Wrong(Optional.of(number), seq, what, detail);
        }
    }

    // ---- what stands in the database

    private static final class Batch {
        final Map<UUID, Chain> chains = new LinkedHashMap<>();
        /** What belongs to no matter that is there. */
        final Set<UUID> strays = new LinkedHashSet<>();
    }

    /** Where the matter stands by its current row. */
    private record Current(UUID id, MatterNumber number, String kind, int procedure, String state, int version, byte[] head) {
    }

    private static final class Chain {
        final UUID id;
        final MatterNumber number;
        final Current current;
        /** Whether the matter's key is destroyed although no entry says so: it came back with a backup. */
        boolean keyDestroyed;
        final List<WrittenEntry> entries = new ArrayList<>();
        final List<Particular> particulars = new ArrayList<>();
        Map<String, Object> row = Map.of();
        final List<Map<String, Object>> parties = new ArrayList<>();
        final List<Map<String, Object>> holdings = new ArrayList<>();
        final List<String> links = new ArrayList<>();
        final List<String> columnsWrong = new ArrayList<>();

        Chain(Current current) {
            this.id = current.id;
            this.number = current.number;
            this.current = current;
        }

        /** Who may read what stands with that entry: those who may read the entry. */
        String readers(int seq) {
            return entries.stream().filter(e -> e.seq() == seq).findFirst().map(WrittenEntry::readers).orElse("{}");
        }

        void prove(Consumer<Wrong> wrong) {
            Proof proof = new Proof(id, number, entries, particulars, keyDestroyed);
            proof.check(wrong);
            for (String column : columnsWrong) {
                int slash = column.indexOf('/');
                wrong.accept(proof.say(Integer.parseInt(column.substring(0, slash)), "columns-changed", column.substring(slash + 1)));
            }
            if (entries.isEmpty()) {
                wrong.accept(proof.say(0, "no-entries", ""));
                return;
            }
            WrittenEntry last = entries.getLast();
            if (!last.to().equals(current.state) || !last.kind().equals(current.kind) || last.procedure() != current.procedure || last.seq() != current.version
                    || !MessageDigest.isEqual(current.head, last.digest())) {
                wrong.accept(proof.say(last.seq(), "row-differs", "the current row is not where the last entry led"));
            }
        }
    }

    private Batch load(List<UUID> matters) {
        UUID[] ids = matters.toArray(UUID[]::new);
        Batch batch = proved(jdbc, "m.id = any (?)", "e.matter = any (?)", "p.matter = any (?)", (Object) ids);
        return whole(batch, ids);
    }

    /** What the proof of chains needs of them, by three conditions that take the same values. */
    private Batch proved(JdbcClient jdbc, String matters, String entries, String particulars, Object... values) {
        Batch batch = new Batch();
        List<UUID> keys = new ArrayList<>();
        jdbc.sql("select m.id, m.words_key, m.number, m.kind, m.procedure, m.state, m.version, m.head from matters.matter m where " + matters + " order by m.id")
                .params(values).query(r -> {
                    UUID id = r.getObject("id", UUID.class);
                    keys.add(r.getObject("words_key", UUID.class));
                    batch.chains.put(id, new Chain(new Current(id, new MatterNumber(r.getString("number")), r.getString("kind"), r.getInt("procedure"),
                            r.getString("state"), r.getInt("version"), r.getBytes("head"))));
                });
        Map<UUID, Sealer> sealers = seals.of(keys);
        Set<UUID> destroyed = seals.destroyedOf(batch.chains.keySet());
        batch.chains.forEach((id, chain) -> chain.keyDestroyed = destroyed.contains(id));
        jdbc.sql("select " + WrittenEntry.COLUMNS + " from matters.entry e where " + entries + " order by e.matter, e.seq").params(values).query(r -> {
            Chain chain = batch.chains.get(r.getObject("matter", UUID.class));
            if (chain == null) {
                batch.strays.add(r.getObject("matter", UUID.class));
                return;
            }
            int seq = r.getInt("seq");
            try {
                WrittenEntry e = WrittenEntry.of(r);
                chain.entries.add(e);
                e.differs(r).ifPresent(column -> chain.columnsWrong.add(seq + "/" + column));
            } catch (IllegalArgumentException broken) {
                chain.columnsWrong.add(seq + "/content is not an entry");
            }
        });
        jdbc.sql("select p.matter, p.field, p.seq, p.ordinal, p.party, p.class, p.sealed, p.erased_at from matters.particular p where "
                + particulars + " order by p.matter, p.field, p.seq, p.ordinal").params(values).query(r -> {
            Chain chain = batch.chains.get(r.getObject("matter", UUID.class));
            if (chain == null) {
                batch.strays.add(r.getObject("matter", UUID.class));
                return;
            }
            Optional<Seals.Clear> clear = Optional.empty();
            boolean broken = false;
            int seq = r.getInt("seq");
            String field = r.getString("field");
            int ordinal = r.getInt("ordinal");
            try {
                clear = seals.open(sealers, chain.id, seq, field, ordinal, r.getBytes("sealed"));
            } catch (BrokenSeal | KeyRing.MissingKey e) {
                broken = true;
            }
            int party = r.getInt("party");
            Integer whose = r.wasNull() ? null : party;
            chain.particulars.add(new Particular(field, seq, ordinal, whose, r.getString("class"), chain.readers(seq),
                    clear.map(Seals.Clear::salt).orElse(null), clear.map(Seals.Clear::value).orElse(null), time(r, "erased_at"), broken));
        });
        return batch;
    }

    private Batch whole(Batch batch, UUID[] ids) {
        jdbc.sql("select * from matters.matter where id = any (?)").param(ids).query(r -> {
            Objects.requireNonNull(batch.chains.get(r.getObject("id", UUID.class))).row = row(r);
        });
        jdbc.sql("select matter, party, role from matters.party where matter = any (?) order by matter, party").param(ids).query(r -> {
            Objects.requireNonNull(batch.chains.get(r.getObject("matter", UUID.class))).parties
                    .add(Map.of("party", r.getInt("party"), "role", r.getString("role")));
        });
        jdbc.sql("select matter, unit, relation from matters.holding where matter = any (?) order by matter, relation, unit").param(ids).query(r -> {
            Objects.requireNonNull(batch.chains.get(r.getObject("matter", UUID.class))).holdings
                    .add(Map.of("unit", r.getString("unit"), "relation", r.getString("relation")));
        });
        jdbc.sql("select l.matter, m.number from matters.link l join matters.matter m on m.id = l.other where l.matter = any (?) order by 1, 2")
                .param(ids).query(r -> {
                    Objects.requireNonNull(batch.chains.get(r.getObject("matter", UUID.class))).links.add(r.getString("number"));
                });
        return batch;
    }

    private static Map<String, Object> row(ResultSet r) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        for (String column : List.of("id", "number", "kind", "state", "category", "channel", "latitude", "longitude", "lead", "accused", "outcome",
                "rating")) {
            row.put(column, r.getString(column));
        }
        row.put("procedure", r.getInt("procedure"));
        row.put("version", r.getInt("version"));
        row.put("level", r.getInt("level"));
        row.put("division", r.getString("division_code"));
        row.put("scope", r.getString("scope_code"));
        row.put("occurredAt", time(r, "occurred_at"));
        row.put("recordedAt", time(r, "recorded_at"));
        row.put("enteredAt", time(r, "entered_at"));
        row.put("lastAt", time(r, "last_at"));
        row.put("closedAt", time(r, "closed_at"));
        row.put("reopenUntil", time(r, "reopen_until"));
        return row;
    }

    private static @Nullable String time(ResultSet r, String column) throws SQLException {
        OffsetDateTime at = r.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant().toString();
    }

    private record Particular(String field, int seq, int ordinal, @Nullable Integer party, String kind, String readers, byte @Nullable [] salt,
            @Nullable String value, @Nullable String erasedAt, boolean broken) {

        List<String> audience() {
            return List.of(readers.substring(1, readers.length() - 1).split(","));
        }

        static Particular read(JsonNode p) {
            List<String> audience = new ArrayList<>();
            p.path("audience").forEach(a -> audience.add(a.asString()));
            String salt = text(p, "salt");
            return new Particular(p.path("field").asString(), p.path("seq").asInt(), p.path("ordinal").asInt(),
                    p.path("party").isNumber() ? p.path("party").asInt() : null, p.path("class").asString(), WrittenEntry.array(audience),
                    salt == null ? null : Base64.getUrlDecoder().decode(salt), text(p, "value"), text(p, "erasedAt"), false);
        }
    }
}
