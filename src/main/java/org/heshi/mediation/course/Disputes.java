package org.heshi.mediation.course;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Disputes as they stand, as far as {@link org.heshi.access.Acting#current()} may see them. */
@Component
public class Disputes {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    Disputes(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Empty before it was taken up, and for whoever may not see the matter. */
    public Optional<Dispute> find(UUID matter) {
        return transactions.execute(_ -> jdbc.sql("select * from mediation.dispute where matter = ?").param(matter).query((r, _) -> new Dispute(matter,
                r.getObject("unit", UUID.class), r.getString("type"), r.getString("source"), at(r, "taken_up_at").orElseThrow(), at(r, "begun_at"), at(r, "ended_at"),
                Optional.ofNullable(r.getString("result")).map(code -> Result.valueOf(code.toUpperCase(Locale.ROOT))), number(r, "agreement"), at(r, "in_force_at"),
                yuan(r, "claimed_fen"), yuan(r, "sum_fen"), at(r, "performed_at"), r.getObject("number_id", UUID.class), participants(matter), mediators(matter), drafts(matter),
                signatures(matter), instalments(matter), court(matter), sittings(matter))).optional());
    }

    /** Also before it was taken up: whoever acts for somebody may be known by then. */
    public List<Participant> participants(UUID matter) {
        return people(matter, "out_at is null and authority_ended_at is null");
    }

    /** Those whose authority to act for somebody ended; it does not come back when the case is registered anew. */
    Set<Integer> ended(UUID matter) {
        return jdbc.sql("select party from mediation.participant where matter = ? and authority_ended_at is not null").param(matter).query(Integer.class).set();
    }

    /** Those who were left out, or whose authority ended, and who take part no more. */
    public List<Participant> left(UUID matter) {
        return people(matter, "(out_at is not null or authority_ended_at is not null)");
    }

    private List<Participant> people(UUID matter, String which) {
        return jdbc.sql("select * from mediation.participant where matter = ? and " + which + " order by party").param(matter).query((r, _) -> new Participant(r.getInt("party"),
                Side.of(r.getString("side")), number(r, "represents"), Optional.ofNullable(r.getString("authority")), r.getBoolean("ward"), at(r, "consented_at"),
                Optional.ofNullable(r.getObject("open", Boolean.class)), at(r, "joined_at"),
                wanted(r))).list();
    }

    private List<MediatorOf> mediators(UUID matter) {
        return jdbc.sql("select * from mediation.mediator_of where matter = ? order by seq, main desc").param(matter).query((r, _) -> new MediatorOf(
                r.getObject("post", UUID.class), r.getInt("seq"), r.getBoolean("main"), r.getString("how"), at(r, "until"), Optional.ofNullable(r.getString("ended")))).list();
    }

    private List<Draft> drafts(UUID matter) {
        return jdbc.sql("select seq, encode(digest, 'hex') as digest, unit, form, settles, void_at, in_force_at, replaced_by from mediation.draft where matter = ? order by seq").param(matter)
                .query((r, _) -> new Draft(r.getInt("seq"), r.getString("digest"), r.getObject("unit", UUID.class), r.getString("form").equals("oral"), Optional.ofNullable(r.getString("settles")),
                        at(r, "void_at"), at(r, "in_force_at"), number(r, "replaced_by"))).list();
    }

    private List<Signature> signatures(UUID matter) {
        return jdbc.sql("select * from mediation.signature where matter = ? order by seq").param(matter).query((r, _) -> new Signature(r.getInt("draft"),
                r.getString("signer"), number(r, "by_party"), r.getInt("seq"), at(r, "at").orElseThrow(), r.getString("how"))).list();
    }

    private List<Instalment> instalments(UUID matter) {
        return jdbc.sql("select * from mediation.instalment where matter = ? order by draft, ordinal").param(matter).query((r, _) -> new Instalment(r.getInt("draft"),
                r.getInt("ordinal"), r.getInt("who"), number(r, "towards"), yuan(r, "fen"), r.getObject("due", LocalDate.class), new Yuan(r.getLong("paid_fen")),
                Optional.ofNullable(r.getObject("done_on", LocalDate.class)))).list();
    }

    private Optional<Court> court(UUID matter) {
        return jdbc.sql("select c.* from mediation.court c join mediation.dispute d on d.matter = c.matter and d.agreement = c.draft where c.matter = ?").param(matter).query((r, _) -> new Court(r.getObject("court", UUID.class), r.getString("state"),
                r.getObject("filed_on", LocalDate.class), Optional.ofNullable(r.getObject("decided_on", LocalDate.class)))).optional();
    }

    private List<Sitting> sittings(UUID matter) {
        return jdbc.sql("select * from mediation.sitting where matter = ? and cancelled_at is null order by starts_at, seq").param(matter).query((r, _) -> new Sitting(r.getInt("seq"),
                Optional.ofNullable(r.getObject("room", UUID.class)), at(r, "starts_at").orElseThrow(), at(r, "ends_at").orElseThrow(),
                !Arrays.asList((String[]) r.getArray("audience").getArray()).contains("parties"), Arrays.stream((String[]) r.getArray("audience").getArray())
                        .filter(one -> one.startsWith("party:")).map(one -> Integer.valueOf(one.substring(6))).collect(Collectors.toSet()))).list();
    }

    private static Optional<Dispute.Wanted> wanted(ResultSet r) throws SQLException {
        UUID post = r.getObject("mediator", UUID.class);
        return post == null ? Optional.empty() : Optional.of(new Dispute.Wanted(post, r.getString("mediator_how")));
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
