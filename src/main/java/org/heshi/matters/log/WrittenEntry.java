package org.heshi.matters.log;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.matters.procedure.HouseActs;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An entry as its canonical content tells it, read in one pass: a proof reads millions.
 *
 * @param bytes its content in UTF-8, whose digest is the entry's
 */
record WrittenEntry(byte[] bytes, byte[] digest, int seq, String matter, String number, String action, String kind, int procedure, @Nullable String fromKind,
        @Nullable Integer fromProcedure, @Nullable String fromState, String to, By by, Instant recordedAt, @Nullable Instant occurredAt, List<String> audience,
        List<Commitment> commitments, String previous, @Nullable String turn, @Nullable String heldBy) {

    /** What stands in the database of an entry beside its content, in the order in which {@link #differs} reads it. */
    static final String COLUMNS = """
            e.matter, e.seq, e.digest, e.content, e.packed, e.action, e.kind, e.procedure, e.from_kind, e.from_procedure, e.from_state, e.to_state, e.actor_kind,
            e.actor_unit, e.actor_post, e.actor_person, e.actor_party, e.turn, e.held_by, e.recorded_at, e.occurred_at, e.audience::text as audience
            """;

    private static final JsonFactory FACTORY = JsonFactory.builder().build();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Who acted. */
    record By(String kind, @Nullable String unit, @Nullable String post, @Nullable String person, @Nullable Integer party) {

        private static final By NOBODY = new By("", null, null, null, null);
    }

    /** What stands in the place of a particular. */
    record Commitment(String field, int ordinal, String kind, @Nullable Integer party, String hmac) {
    }

    /** The entry of a row with {@link #COLUMNS}. */
    static WrittenEntry of(ResultSet r) throws SQLException {
        return read(Packed.bytes(r), r.getBytes("digest"));
    }

    static WrittenEntry read(String content, byte[] digest) {
        return read(content.getBytes(StandardCharsets.UTF_8), digest);
    }

    /** @throws IllegalArgumentException when it is not the content of an entry */
    static WrittenEntry read(byte[] bytes, byte[] digest) {
        try (JsonParser p = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            if (p.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("no object");
            }
            return read(p, bytes, digest);
        } catch (JacksonException | DateTimeException e) {
            throw new IllegalArgumentException("not the content of an entry", e);
        }
    }

    private static WrittenEntry read(JsonParser p, byte[] bytes, byte[] digest) {
        int seq = 0;
        int procedure = 0;
        Integer fromProcedure = null;
        String matter = "";
        String number = "";
        String action = "";
        String kind = "";
        String from = null;
        String to = "";
        By by = By.NOBODY;
        Instant recordedAt = null;
        String occurredAt = null;
        List<String> audience = List.of();
        List<Commitment> commitments = List.of();
        String previous = "";
        String turn = null;
        String heldBy = null;
        while (p.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "seq" -> seq = p.getIntValue();
                case "procedure" -> procedure = p.getIntValue();
                case "fromProcedure" -> fromProcedure = number(p);
                case "matter" -> matter = said(p);
                case "number" -> number = said(p);
                case "action" -> action = said(p);
                case "kind" -> kind = said(p);
                case "from" -> from = text(p);
                case "to" -> to = said(p);
                case "actor" -> by = by(p);
                case "recordedAt" -> recordedAt = Instant.parse(said(p));
                case "occurredAt" -> occurredAt = text(p);
                case "audience" -> audience = words(p);
                case "commitments" -> commitments = commitments(p);
                case "previous" -> previous = said(p);
                case "turn" -> turn = text(p);
                case "heldBy" -> heldBy = text(p);
                default -> p.skipChildren();
            }
        }
        if (p.currentToken() != JsonToken.END_OBJECT || p.nextToken() != null) {
            throw new IllegalArgumentException("more than an object");
        }
        if (recordedAt == null) {
            throw new IllegalArgumentException("no time");
        }
        int dot = from == null ? 0 : from.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("no kind and state");
        }
        return new WrittenEntry(bytes, digest, seq, matter, number, action, kind, procedure, from == null ? null : from.substring(0, dot), fromProcedure,
                from == null ? null : from.substring(dot + 1), to, by, recordedAt, occurredAt == null ? null : Instant.parse(occurredAt), audience, commitments,
                previous, turn, heldBy);
    }

    private static @Nullable String text(JsonParser p) {
        return p.currentToken() == JsonToken.VALUE_NULL ? null : said(p);
    }

    private static String said(JsonParser p) {
        if (p.currentToken() != JsonToken.VALUE_STRING) {
            throw new IllegalArgumentException("no text");
        }
        return p.getString();
    }

    private static @Nullable Integer number(JsonParser p) {
        return p.currentToken() == JsonToken.VALUE_NULL ? null : Integer.valueOf(p.getIntValue());
    }

    private static By by(JsonParser p) {
        object(p);
        String kind = "";
        String unit = null;
        String post = null;
        String person = null;
        Integer party = null;
        while (p.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "kind" -> kind = said(p);
                case "unit" -> unit = text(p);
                case "post" -> post = text(p);
                case "person" -> person = text(p);
                case "party" -> party = number(p);
                default -> p.skipChildren();
            }
        }
        return new By(kind, unit, post, person, party);
    }

    private static void object(JsonParser p) {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("no object");
        }
    }

    private static void list(JsonParser p) {
        if (p.currentToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException("no list");
        }
    }

    private static List<String> words(JsonParser p) {
        list(p);
        List<String> words = new ArrayList<>(4);
        while (p.nextToken() != JsonToken.END_ARRAY) {
            words.add(said(p));
        }
        return words;
    }

    private static List<Commitment> commitments(JsonParser p) {
        list(p);
        List<Commitment> all = new ArrayList<>(4);
        while (p.nextToken() != JsonToken.END_ARRAY) {
            object(p);
            String field = "";
            int ordinal = 0;
            String kind = "";
            Integer party = null;
            String hmac = "";
            while (p.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = p.currentName();
                p.nextToken();
                switch (name) {
                    case "field" -> field = said(p);
                    case "ordinal" -> ordinal = p.getIntValue();
                    case "class" -> kind = said(p);
                    case "party" -> party = number(p);
                    case "hmac" -> hmac = said(p);
                    default -> p.skipChildren();
                }
            }
            all.add(new Commitment(field, ordinal, kind, party, hmac));
        }
        return all;
    }

    /** What its row says, when it is written as it says itself. */
    Packed.Row beside(UUID matter) {
        return new Packed.Row(matter, id(by.unit), id(by.post), id(by.person), id(heldBy), recordedAt);
    }

    Step step() {
        return new Step(action, kind, procedure, fromKind, fromProcedure, fromState, to, turn, by.kind, audience);
    }

    private static @Nullable UUID id(@Nullable String said) {
        return said == null ? null : UUID.fromString(said);
    }

    /** Who may read it, as PostgreSQL writes an array of plain words. */
    String readers() {
        return array(audience);
    }

    static String array(List<String> words) {
        return "{" + String.join(",", words) + "}";
    }

    String content() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Where the particulars stood that it says are gone ({@link HouseActs#place}); none for another act than that of erasing a part.
     *
     * @throws IllegalArgumentException when it says something else than a list
     */
    Set<String> gone() {
        if (!action.equals(HouseActs.ERASE_PART)) {
            return Set.of();
        }
        try {
            return json().path("data").path("gone").valueStream().map(JsonNode::stringValue).collect(Collectors.toSet());
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no list of places", e);
        }
    }

    /** All that it says, for what is not read above. */
    JsonNode json() {
        return JSON.readTree(bytes);
    }

    /** The first column that does not say what the content says. */
    Optional<String> differs(ResultSet r) throws SQLException {
        if (r.getInt("seq") != seq) {
            return Optional.of("seq");
        }
        String wrong = !action.equals(r.getString("action")) ? "action"
                : !kind.equals(r.getString("kind")) ? "kind"
                : procedure != r.getInt("procedure") ? "procedure"
                : !Objects.equals(fromKind, r.getString("from_kind")) ? "from_kind"
                : !same(fromProcedure, r, "from_procedure") ? "from_procedure"
                : !Objects.equals(fromState, r.getString("from_state")) ? "from_state"
                : !to.equals(r.getString("to_state")) ? "to_state"
                : !by.kind.equals(r.getString("actor_kind")) ? "actor_kind"
                : !same(by.unit, r, "actor_unit") ? "actor_unit"
                : !same(by.post, r, "actor_post") ? "actor_post"
                : !same(by.person, r, "actor_person") ? "actor_person"
                : !same(by.party, r, "actor_party") ? "actor_party"
                : !Objects.equals(turn, r.getString("turn")) ? "turn"
                : !same(heldBy, r, "held_by") ? "held_by"
                : !same(recordedAt, r, "recorded_at") || !same(occurredAt, r, "occurred_at") ? "recorded_at"
                : !readers().equals(r.getString("audience")) ? "audience" : "";
        return wrong.isEmpty() ? Optional.empty() : Optional.of(wrong);
    }

    private static boolean same(@Nullable Integer said, ResultSet r, String column) throws SQLException {
        int there = r.getInt(column);
        return r.wasNull() ? said == null : said != null && said == there;
    }

    private static boolean same(@Nullable String said, ResultSet r, String column) throws SQLException {
        UUID there = r.getObject(column, UUID.class);
        return there == null ? said == null : there.toString().equals(said);
    }

    private static boolean same(@Nullable Instant said, ResultSet r, String column) throws SQLException {
        OffsetDateTime there = r.getObject(column, OffsetDateTime.class);
        return there == null ? said == null : there.toInstant().equals(said);
    }
}
