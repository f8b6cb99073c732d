package org.heshi.mediation.course;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heshi.kernel.Yuan;
import org.heshi.mediation.course.Dispute.Court;
import org.heshi.mediation.course.Dispute.Draft;
import org.heshi.mediation.course.Dispute.Instalment;
import org.heshi.mediation.course.Dispute.MediatorOf;
import org.heshi.mediation.course.Dispute.Participant;
import org.heshi.mediation.course.Dispute.Result;
import org.heshi.mediation.course.Dispute.Side;
import org.heshi.mediation.course.Dispute.Signature;
import org.heshi.mediation.course.Dispute.Sitting;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Disputes as they stand, as far as {@link org.heshi.access.Acting#current()} may see them. */
@Component
public class Disputes {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PARTICIPANT = "select party, side, represents, authority, ward, consented_at, open, joined_at, mediator, mediator_how";
    private static final String EVERYBODY = "select coalesce(json_agg(x), '[]')::text from (" + PARTICIPANT
            + ", out_at is not null or authority_ended_at is not null as gone, authority_ended_at is not null as ended from mediation.participant where matter = ? order by party) x";

    /** What belongs to a dispute in one way to the server: acting upon one asks for it before and after. */
    private static final String WHOLE = "select d.*"
            + part("participants", PARTICIPANT + " from mediation.participant where matter = d.matter and out_at is null and authority_ended_at is null order by party")
            + part("mediators", "select post, seq, main, how, until, ended from mediation.mediator_of where matter = d.matter order by seq, main desc")
            + part("drafts", "select seq, encode(digest, 'hex') as digest, unit, form, settles, void_at, in_force_at, replaced_by from mediation.draft where matter = d.matter order by seq")
            + part("signatures", "select draft, signer, by_party, seq, at, how from mediation.signature where matter = d.matter order by seq")
            + part("instalments", "select draft, ordinal, who, towards, fen, due, paid_fen, done_on from mediation.instalment where matter = d.matter order by draft, ordinal")
            + part("court", "select court, state, filed_on, decided_on from mediation.court where matter = d.matter and draft = d.agreement")
            + part("sittings", "select seq, room, starts_at, ends_at, audience from mediation.sitting where matter = d.matter and cancelled_at is null order by starts_at, seq")
            + " from mediation.dispute d where d.matter = ?";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    Disputes(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Empty before it was taken up, and for whoever may not see the matter. */
    public Optional<Dispute> find(UUID matter) {
        return transactions.execute(_ -> jdbc.sql(WHOLE).param(matter).query((r, _) -> new Dispute(matter,
                r.getObject("unit", UUID.class), r.getString("type"), r.getString("source"), at(r, "taken_up_at").orElseThrow(), at(r, "begun_at"), at(r, "ended_at"),
                Optional.ofNullable(r.getString("result")).map(code -> Result.valueOf(code.toUpperCase(Locale.ROOT))), number(r, "agreement"),
                at(r, "in_force_at"), yuan(r, "claimed_fen"), yuan(r, "sum_fen"), at(r, "performed_at"), r.getObject("number_id", UUID.class),
                each(r.getString("participants"), Disputes::participant), each(r.getString("mediators"), Disputes::mediator), each(r.getString("drafts"), Disputes::draft),
                each(r.getString("signatures"), Disputes::signature), each(r.getString("instalments"), Disputes::instalment),
                each(r.getString("court"), Disputes::court).stream().findFirst(), each(r.getString("sittings"), Disputes::sitting))).optional());
    }

    private static String part(String name, String select) {
        return ", (select json_agg(x) from (" + select + ") x)::text as " + name;
    }

    /** Also before it was taken up: whoever acts for somebody may be known by then. */
    public List<Participant> participants(UUID matter) {
        return everybody(matter).stream().filter(one -> !one.left()).map(Known::who).toList();
    }

    /**
     * One of all who take part or took part.
     *
     * @param left  left out, or authority ended: takes part no more
     * @param ended whose authority to act for somebody ended; it does not come back when the case is registered anew
     */
    record Known(Participant who, boolean left, boolean ended) {
    }

    /** All of them, also before it was taken up, in one reading. */
    List<Known> everybody(UUID matter) {
        return each(jdbc.sql(EVERYBODY).param(matter).query(String.class).single(),
                r -> new Known(participant(r), r.get("gone").asBoolean(), r.get("ended").asBoolean()));
    }

    /** Those who were left out, or whose authority ended, and who take part no more. */
    public List<Participant> left(UUID matter) {
        return everybody(matter).stream().filter(Known::left).map(Known::who).toList();
    }

    private static <T> List<T> each(@Nullable String rows, Function<JsonNode, T> read) {
        return rows == null ? List.of() : JSON.readTree(rows).valueStream().map(read).toList();
    }

    private static Participant participant(JsonNode r) {
        return new Participant(r.get("party").asInt(), Side.of(r.get("side").asString()), number(r, "represents"), text(r, "authority"), r.get("ward").asBoolean(),
                at(r, "consented_at"), value(r, "open").map(JsonNode::asBoolean), at(r, "joined_at"),
                id(r, "mediator").map(post -> new Dispute.Wanted(post, r.get("mediator_how").asString())));
    }

    private static MediatorOf mediator(JsonNode r) {
        return new MediatorOf(id(r, "post").orElseThrow(), r.get("seq").asInt(), r.get("main").asBoolean(), r.get("how").asString(), at(r, "until"), text(r, "ended"));
    }

    private static Draft draft(JsonNode r) {
        return new Draft(r.get("seq").asInt(), r.get("digest").asString(), id(r, "unit").orElseThrow(), r.get("form").asString().equals("oral"), text(r, "settles"),
                at(r, "void_at"), at(r, "in_force_at"), number(r, "replaced_by"));
    }

    private static Signature signature(JsonNode r) {
        return new Signature(r.get("draft").asInt(), r.get("signer").asString(), number(r, "by_party"), r.get("seq").asInt(), at(r, "at").orElseThrow(), r.get("how").asString());
    }

    private static Instalment instalment(JsonNode r) {
        return new Instalment(r.get("draft").asInt(), r.get("ordinal").asInt(), r.get("who").asInt(), number(r, "towards"),
                value(r, "fen").map(fen -> new Yuan(fen.asLong())), date(r, "due").orElseThrow(), new Yuan(r.get("paid_fen").asLong()), date(r, "done_on"));
    }

    private static Court court(JsonNode r) {
        return new Court(id(r, "court").orElseThrow(), r.get("state").asString(), date(r, "filed_on").orElseThrow(), date(r, "decided_on"));
    }

    private static Sitting sitting(JsonNode r) {
        Set<String> audience = r.get("audience").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
        return new Sitting(r.get("seq").asInt(), id(r, "room"), at(r, "starts_at").orElseThrow(), at(r, "ends_at").orElseThrow(), !audience.contains("parties"),
                audience.stream().filter(one -> one.startsWith("party:")).map(one -> Integer.valueOf(one.substring(6))).collect(Collectors.toSet()));
    }

    private static Optional<JsonNode> value(JsonNode row, String column) {
        return Optional.ofNullable(row.get(column)).filter(value -> !value.isNull());
    }

    private static Optional<String> text(JsonNode row, String column) {
        return value(row, column).map(JsonNode::asString);
    }

    private static Optional<UUID> id(JsonNode row, String column) {
        return text(row, column).map(UUID::fromString);
    }

    private static Optional<Integer> number(JsonNode row, String column) {
        return value(row, column).map(JsonNode::asInt);
    }

    private static Optional<Instant> at(JsonNode row, String column) {
        return text(row, column).map(at -> OffsetDateTime.parse(at).toInstant());
    }

    private static Optional<LocalDate> date(JsonNode row, String column) {
        return text(row, column).map(LocalDate::parse);
    }

    private static Optional<Instant> at(ResultSet r, String column) throws SQLException {
        return Optional.ofNullable(r.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static Optional<Integer> number(ResultSet r, String column) throws SQLException {
        return Optional.ofNullable(r.getObject(column, Integer.class));
    }

    private static Optional<Yuan> yuan(ResultSet r, String column) throws SQLException {
        return Optional.ofNullable(r.getObject(column, Long.class)).map(Yuan::new);
    }
}
