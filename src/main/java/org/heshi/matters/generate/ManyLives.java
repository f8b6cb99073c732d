package org.heshi.matters.generate;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.heshi.matters.log.CanonicalJson;
import org.heshi.matters.log.Digests;
import org.heshi.matters.log.Packed;
import org.heshi.matters.log.Step;
import org.heshi.matters.log.Steps;
import org.heshi.matters.log.Told;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedures;
import org.heshi.matters.seal.Seals;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lives that the program wrote, many times over, by COPY: each with its own number, times, salts and keys, and with true digests from its first entry to its
 * last. For what reads the log: nobody holds these matters, and no limit runs. For benches only; it needs a connection of the tables' owner.
 */
@Component
public class ManyLives {

    private static final int CHUNK = 2_000;
    private static final int NODE = 950;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Procedures procedures;
    private final Seals seals;

    ManyLives(Procedures procedures, Seals seals) {
        this.procedures = procedures;
        this.seals = seals;
    }

    /** A life as it was written. */
    private record Life(JsonNode row, Instant start, Procedure.State state, List<Map<String, Object>> entries, Map<Integer, List<Word>> words) {
    }

    private record Word(String field, int ordinal, @Nullable Integer party, String kind, String value) {
    }

    private record Sealed(UUID matter, int seq, Word word, byte[] sealed) {
    }

    private record Entry(UUID matter, Map<String, Object> said, String content, byte[] digest) {
    }

    private record Matter(UUID id, UUID key, String number, Life life, Duration later, int version, byte[] head) {
    }

    /**
     * @param lives    matters as {@link org.heshi.matters.Chains#write} gives them; those with files are left out
     * @param least    so many entries, and those that complete the last life
     * @param newest   when the last of them began
     * @param apart    between the beginnings of two
     * @param progress is told how many more entries were written
     * @return how many entries were written
     */
    public long write(Connection owner, List<String> lives, long least, Instant newest, Duration apart, LongConsumer progress) throws SQLException, IOException {
        List<Life> known = lives.stream().map(this::life).filter(Objects::nonNull).toList();
        long inRound = known.stream().mapToLong(life -> life.entries.size()).sum();
        int count = Math.toIntExact(least * known.size() / inRound + known.size());
        owner.setAutoCommit(false);
        long written = 0;
        for (int from = 0; written < least; from += CHUNK) {
            List<Matter> matters = new ArrayList<>();
            List<Entry> entries = new ArrayList<>();
            List<Sealed> words = new ArrayList<>();
            for (int i = from; i < from + CHUNK && written < least; i++) {
                int before = entries.size();
                matters.add(again(known.get(i % known.size()), i, newest.minus(apart.multipliedBy(count - i)).truncatedTo(ChronoUnit.MILLIS), entries, words));
                written += entries.size() - before;
            }
            put(owner, matters, entries, words);
            owner.commit();
            progress.accept(entries.size());
        }
        return written;
    }

    private @Nullable Life life(String line) {
        JsonNode json = JSON.readTree(line);
        Map<Integer, List<Word>> words = new HashMap<>();
        for (JsonNode p : json.path("particulars")) {
            if (p.path("class").asString().equals("file") || p.path("value").isNull()) {
                return null;
            }
            words.computeIfAbsent(p.path("seq").asInt(), _ -> new ArrayList<>()).add(new Word(p.path("field").asString(), p.path("ordinal").asInt(),
                    p.path("party").isNumber() ? p.path("party").asInt() : null, p.path("class").asString(),
                    p.path("value").asString()));
        }
        List<Map<String, Object>> entries = new ArrayList<>();
        for (JsonNode e : json.path("entries")) {
            entries.add(map(JSON.readTree(e.path("content").asString())));
        }
        JsonNode row = json.path("row");
        Procedure.State state = procedures.version(row.path("kind").asString(), row.path("procedure").asInt()).state(row.path("state").asString());
        return new Life(row, Instant.parse((String) entries.getFirst().get("recordedAt")), state, entries, words);
    }

    private static Step step(Map<String, Object> said) {
        String[] from = said.get("from") instanceof String s ? s.split("\\.", 2) : new String[] {null, null};
        return new Step((String) said.get("action"), (String) said.get("kind"), ((Number) said.get("procedure")).intValue(), from[0],
                said.get("fromProcedure") instanceof Number before ? before.intValue() : null, from[1], (String) said.get("to"), (String) said.get("turn"),
                (String) ((Map<?, ?>) Objects.requireNonNull(said.get("actor"))).get("kind"), ((List<?>) said.get("audience")).stream().map(String::valueOf).toList());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(JsonNode json) {
        return JSON.treeToValue(json, TreeMap.class);
    }

    private Matter again(Life life, int i, Instant at, List<Entry> entries, List<Sealed> words) {
        SplittableRandom random = new SplittableRandom(i * 0x9E3779B97F4A7C15L + 3);
        UUID id = ManyMatters.id(at, random);
        UUID key = seals.freshKey();
        String number = ManyMatters.number(NODE, i, at);
        Duration later = Duration.between(life.start, at);
        byte[] previous = Digests.NOTHING;
        int seq = 0;
        for (Map<String, Object> said : life.entries) {
            seq++;
            Map<String, Object> content = new TreeMap<>(said);
            content.put("matter", id.toString());
            content.put("number", number);
            content.put("recordedAt", moved(said.get("recordedAt"), later));
            content.put("occurredAt", moved(said.get("occurredAt"), later));
            content.put("previous", Digests.hex(previous));
            List<Map<String, Object>> commitments = new ArrayList<>();
            for (Word word : life.words.getOrDefault(seq, List.of())) {
                byte[] salt = ManyMatters.salt(random);
                Map<String, Object> c = new TreeMap<>(Map.of("field", word.field, "ordinal", word.ordinal, "class", word.kind,
                        "hmac", Digests.commitment(salt, word.value)));
                if (word.party != null) {
                    c.put("party", word.party);
                }
                commitments.add(c);
                words.add(new Sealed(id, seq, word, seals.seal(key, id, seq, word.field, word.ordinal, salt, word.value)));
            }
            content.put("commitments", commitments);
            String canonical = CanonicalJson.write(content);
            byte[] digest = Digests.of(canonical);
            entries.add(new Entry(id, content, canonical, digest));
            previous = digest;
        }
        return new Matter(id, key, number, life, later, seq, previous);
    }

    private static @Nullable String moved(@Nullable Object time, Duration later) {
        return time == null ? null : Instant.parse((String) time).plus(later).toString();
    }

    private static @Nullable String moved(JsonNode row, String name, Duration later) {
        return row.path(name).isString() ? moved(row.path(name).asString(), later) : null;
    }

    private static @Nullable String text(JsonNode row, String name) {
        return row.path(name).isNull() || row.path(name).isMissingNode() ? null : row.path(name).asString();
    }

    private static void put(Connection owner, List<Matter> matters, List<Entry> entries, List<Sealed> words) throws SQLException, IOException {
        CopiedRows.copy(owner, """
                matters.matter (id, words_key, number, kind, procedure, state, terminal, turn, version, head, category, level, channel, division_code, scope_code,
                lead, accused, outcome, rating, occurred_at, recorded_at, entered_at, last_at, closed_at, reopen_until, imported)""", matters, (m, rows) -> {
            JsonNode row = m.life.row;
            rows.add(m.id, m.key, m.number, text(row, "kind"), row.path("procedure").asInt(), text(row, "state"), m.life.state.terminal(),
                    m.life.state.turn().code(), m.version, m.head, text(row, "category"), row.path("level").asInt(), text(row, "channel"),
                    text(row, "division"), text(row, "scope"), text(row, "lead"), text(row, "accused"), text(row, "outcome"), text(row, "rating"),
                    moved(row, "occurredAt", m.later), moved(row, "recordedAt", m.later), moved(row, "enteredAt", m.later), moved(row, "lastAt", m.later),
                    moved(row, "closedAt", m.later), moved(row, "reopenUntil", m.later), true);
        });
        Steps.put(owner, entries.stream().map(e -> step(e.said)).toList());
        CopiedRows.copy(owner, """
                matters.entry_row (matter, seq, step, actor_unit, actor_post, actor_person, actor_party, recorded_at, occurred_at, packed, digest_version, digest,
                held_by, told)""", entries, (e, rows) -> {
            Map<String, Object> said = e.said;
            Map<?, ?> actor = (Map<?, ?>) Objects.requireNonNull(said.get("actor"));
            rows.add(e.matter, said.get("seq"), step(said).id(), actor.get("unit"), actor.get("post"), actor.get("person"), actor.get("party"), said.get("recordedAt"),
                    said.get("occurredAt"), Packed.pack(e.content), Digests.VERSION, e.digest,
                    said.get("heldBy"), Told.of((String) said.get("action"), Instant.parse((String) said.get("recordedAt")), e.content).text());
        });
        CopiedRows.copy(owner, "matters.particular (matter, field, seq, ordinal, party, class, sealed)", words, (w, rows) ->
                rows.add(w.matter, w.word.field, w.seq, w.word.ordinal, w.word.party, w.word.kind, w.sealed));
    }
}
