package org.heshi.mediation.course;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.kernel.Yuan;
import org.heshi.matters.Clause;
import org.heshi.matters.Companion.Step;
import org.heshi.mediation.course.Dispute.Result;
import org.heshi.mediation.course.Dispute.Side;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes the rows of a dispute, inside the transaction of the act that says it. */
@Component
class CaseRows {

    /** A session that nobody said the end of. */
    private static final java.time.Duration SESSION = java.time.Duration.ofMinutes(90);

    private final JdbcClient jdbc;

    CaseRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Long fen(Optional<Yuan> amount) {
        return amount.map(Yuan::fen).orElse(null);
    }

    private static Optional<Yuan> amount(Step step, String field) {
        return step.data().get(field) instanceof String figures ? Yuan.parse(figures) : Optional.empty();
    }

    /** An agreement that is in force stays so: only another one takes its place. */
    void takeUp(Step step, UUID unit, UUID number) {
        jdbc.sql("""
                insert into mediation.dispute (matter, unit, type, source, taken_up_at, claimed_fen, number_id)
                values (:matter, :unit, :type, :source, :at, :claimed, :number)
                on conflict (matter) do update
                  set unit = excluded.unit, type = excluded.type, source = excluded.source, taken_up_at = excluded.taken_up_at, claimed_fen = excluded.claimed_fen,
                      number_id = excluded.number_id, begun_at = null, ended_at = null, result = null
                """).param("matter", step.matter()).param("unit", unit).param("type", step.data().get("type")).param("source", step.data().get("source")).param("at", at(step.at()))
                .param("claimed", fen(amount(step, "claimed"))).param("number", number).update();
        stand(step, true);
    }

    /** What was wrong from the beginning: when it was taken up stays. */
    void correct(Step step) {
        jdbc.sql("update mediation.dispute set type = :type, source = :source, claimed_fen = :claimed where matter = :matter").param("type", step.data().get("type"))
                .param("source", step.data().get("source")).param("claimed", fen(amount(step, "claimed"))).param("matter", step.matter()).update();
        stand(step, false);
    }

    /** Who stands on which side; who is not named takes part no more, nor whoever speaks for them. @param anew whether everybody is asked anew */
    private void stand(Step step, boolean anew) {
        Set<Integer> wards = new HashSet<>(Course.parties(step, "wards"));
        for (Side side : List.of(Side.APPLICANT, Side.RESPONDENT, Side.THIRD)) {
            for (int party : Course.parties(step, Course.SIDES.get(side))) {
                jdbc.sql("""
                        insert into mediation.participant as p (matter, party, side, ward) values (:matter, :party, :side, :ward)
                        on conflict (matter, party) do update set side = excluded.side, ward = excluded.ward, represents = null, authority = null, out_at = null, authority_ended_at = null,
                          consented_at = case when :anew or p.out_at is not null or p.ward <> excluded.ward or p.represents is not null then null else p.consented_at end,
                          open = case when :anew or p.out_at is not null or p.ward <> excluded.ward or p.represents is not null then null else p.open end,
                          mediator = case when :anew or p.out_at is not null then null else p.mediator end,
                          mediator_how = case when :anew or p.out_at is not null then null else p.mediator_how end
                        """).param("matter", step.matter()).param("party", party).param("side", side.code()).param("ward", wards.contains(party)).param("anew", anew).update();
            }
        }
        Integer[] named = Course.named(step, Course.SIDES.values()).toArray(Integer[]::new);
        jdbc.sql("""
                update mediation.participant set out_at = case when coalesce(represents, party) = any (:named::int[]) then null else coalesce(out_at, :at) end where matter = :matter
                """).param("named", named).param("at", at(step.at())).param("matter", step.matter()).update();
    }

    void participant(UUID matter, int party, Side side, Optional<Integer> represents, Optional<String> authority) {
        jdbc.sql("insert into mediation.participant (matter, party, side, represents, authority) values (:matter, :party, :side, :represents, :authority)").param("matter", matter)
                .param("party", party).param("side", side.code()).param("represents", represents.orElse(null)).param("authority", side == Side.GUARDIAN ? null : authority.orElse("general"))
                .update();
    }

    void authorityEnded(Step step, int party) {
        jdbc.sql("update mediation.participant set authority_ended_at = ? where matter = ? and party = ?").params(at(step.at()), step.matter(), party).update();
    }

    void consented(Step step, int party, boolean open) {
        jdbc.sql("update mediation.participant set consented_at = ?, open = ? where matter = ? and party = ?").params(at(step.at()), open, step.matter(), party).update();
    }

    void begun(Step step) {
        jdbc.sql("update mediation.dispute set begun_at = ? where matter = ?").params(at(step.at()), step.matter()).update();
    }

    void ended(Step step, Result result) {
        jdbc.sql("update mediation.dispute set ended_at = ?, result = ? where matter = ? and result is null").params(at(step.at()), result.code(), step.matter()).update();
    }

    /** @param how {@code chosen} by the parties, or {@code appointed} by the committee */
    void appoint(Step step, List<UUID> posts, String how) {
        mediatorsEnd(step, Optional.empty(), "replaced");
        for (int i = 0; i < posts.size(); i++) {
            jdbc.sql("insert into mediation.mediator_of (matter, post, seq, main, how) values (?, ?, ?, ?, ?)").params(step.matter(), posts.get(i), step.seq(), i == 0, how)
                    .update();
        }
    }

    /** @param post of one alone; empty: of all */
    void mediatorsEnd(Step step, Optional<UUID> post, String why) {
        jdbc.sql("update mediation.mediator_of set until = :at, ended = :why where matter = :matter and until is null and (:post::uuid is null or post = :post::uuid)")
                .param("at", at(step.at())).param("why", why).param("matter", step.matter()).param("post", post.orElse(null)).update();
    }

    void sitting(Step step, List<String> audience) {
        Instant from = Instant.parse((String) step.data().get("at"));
        Instant until = step.data().get("until") instanceof String end ? Instant.parse(end) : from.plus(SESSION);
        jdbc.sql("insert into mediation.sitting (matter, seq, room, starts_at, ends_at, audience) values (?, ?, ?::uuid, ?, ?, ?)").param(step.matter()).param(step.seq())
                .param(step.data().get("room")).param(at(from)).param(at(until)).param(audience.toArray(String[]::new)).update();
    }

    void wanted(Step step, int party, UUID mediator, String how) {
        jdbc.sql("update mediation.participant set mediator = ?, mediator_how = ? where matter = ? and party = ?").params(mediator, how, step.matter(), party).update();
    }

    void sittingMoved(Step step) {
        Instant from = Instant.parse((String) step.data().get("at"));
        Instant until = step.data().get("until") instanceof String end ? Instant.parse(end) : from.plus(SESSION);
        jdbc.sql("update mediation.sitting set room = ?::uuid, starts_at = ?, ends_at = ? where matter = ? and seq = ?::int").param(step.data().get("room")).param(at(from)).param(at(until))
                .param(step.matter()).param(step.data().get("which")).update();
    }

    void sittingCancelled(Step step) {
        jdbc.sql("update mediation.sitting set cancelled_at = ? where matter = ? and seq = ?::int").params(at(step.at()), step.matter(), step.data().get("which")).update();
    }

    void voidDrafts(Step step) {
        jdbc.sql("update mediation.draft set void_at = ? where matter = ? and void_at is null and in_force_at is null").params(at(step.at()), step.matter()).update();
    }

    void draft(Step step, boolean oral) {
        jdbc.sql("insert into mediation.draft (matter, seq, digest, form, settles, unit) select matter, ?, decode(?, 'hex'), ?, ?, unit from mediation.dispute where matter = ?")
                .param(step.seq()).param(step.digest().orElseThrow()).param(oral ? "oral" : "written").param(step.data().get("settles")).param(step.matter()).update();
    }

    void signature(Step step, String signer, String how) {
        jdbc.sql("insert into mediation.signature (matter, draft, signer, by_party, seq, at, how) values (?, ?, ?, ?, ?, ?, ?)").param(step.matter()).param(step.data().get("draft"))
                .param(signer).param(step.actor() instanceof org.heshi.access.Actor.Resident resident ? resident.party() : null).param(step.seq()).param(at(step.at())).param(how).update();
    }

    /** @param since when it took effect, which for an oral one is not when it was recorded */
    void inForce(Step step, int draft, Result result, List<Clause> clauses, Instant since) {
        Yuan sum = Yuan.NOTHING;
        int ordinal = 0;
        for (Clause clause : clauses) {
            ordinal++;
            sum = sum.plus(clause.amount().orElse(Yuan.NOTHING));
            jdbc.sql("insert into mediation.instalment (matter, draft, ordinal, who, towards, fen, due) values (?, ?, ?, ?, ?, ?, ?)").param(step.matter()).param(draft).param(ordinal)
                    .param(clause.who()).param(clause.towards().orElse(null)).param(fen(clause.amount())).param(clause.by()).update();
        }
        // whoever joined an application to the court did so for the agreement before
        jdbc.sql("update mediation.participant p set joined_at = null from mediation.dispute d where d.matter = p.matter and p.matter = ? and d.agreement is not null").param(step.matter())
                .update();
        jdbc.sql("update mediation.draft set replaced_by = :draft where matter = :matter and in_force_at is not null and replaced_by is null and seq <> :draft").param("draft", draft)
                .param("matter", step.matter()).update();
        jdbc.sql("update mediation.draft set in_force_at = :at where matter = :matter and seq = :draft").param("at", at(since)).param("matter", step.matter()).param("draft", draft).update();
        jdbc.sql("""
                update mediation.dispute set ended_at = :at, result = :result, agreement = :draft, in_force_at = :since, sum_fen = :sum, performed_at = null where matter = :matter
                """).param("at", at(step.at())).param("since", at(since)).param("result", result.code()).param("draft", draft).param("sum", sum.fen()).param("matter", step.matter()).update();
    }

    void performed(Step step) {
        int ordinal = Integer.parseInt((String) step.data().get("which"));
        Long fen = fen(amount(step, "amount"));
        jdbc.sql("insert into mediation.payment (matter, seq, draft, ordinal, fen, day) values (?, ?, ?, ?, ?, ?::date)").param(step.matter()).param(step.seq()).param(step.data().get("agreement"))
                .param(ordinal).param(fen).param(step.data().get("on")).update();
        jdbc.sql("""
                update mediation.instalment
                   set paid_fen = paid_fen + coalesce(:fen::bigint, 0), done_on = case when fen is null or paid_fen + coalesce(:fen::bigint, 0) = fen then :day::date end
                 where matter = :matter and draft = :draft and ordinal = :ordinal
                """).param("fen", fen).param("day", step.data().get("on")).param("matter", step.matter()).param("draft", step.data().get("agreement")).param("ordinal", ordinal).update();
        jdbc.sql("""
                update mediation.dispute d set performed_at = :at
                 where matter = :matter and not exists (select from mediation.instalment i where i.matter = d.matter and i.draft = d.agreement and i.done_on is null)
                """).param("at", at(step.at())).param("matter", step.matter()).update();
    }

    void reminded(Step step) {
        jdbc.sql("""
                update mediation.instalment i set told = ? from mediation.dispute d
                 where d.matter = i.matter and d.agreement = i.draft and i.matter = ? and i.ordinal = ?
                """).params(step.data().get("when"), step.matter(), Integer.parseInt((String) step.data().get("which"))).update();
    }

    void joined(Step step, int party) {
        jdbc.sql("update mediation.participant set joined_at = ? where matter = ? and party = ? and joined_at is null").params(at(step.at()), step.matter(), party).update();
    }

    void filed(Step step) {
        jdbc.sql("""
                insert into mediation.court (matter, draft, court, state, filed_on)
                select matter, agreement, ?::uuid, 'filed', ?::date from mediation.dispute where matter = ?
                on conflict (matter, draft) do update set court = excluded.court, state = 'filed', filed_on = excluded.filed_on, decided_on = null
                """).params(step.data().get("court"), step.data().get("on"), step.matter()).update();
    }

    void court(Step step, String state) {
        jdbc.sql("update mediation.court set state = :state, decided_on = case when :state = 'accepted' then null else :on::date end"
                + " where matter = :matter and draft = (select agreement from mediation.dispute where matter = :matter)").param("state", state)
                .param("on", step.data().get("on")).param("matter", step.matter()).update();
    }

    /** It is tried once more: who mediates and who consents is asked anew. What was agreed stands, and who joined its way to the court. */
    void again(Step step) {
        mediatorsEnd(step, Optional.empty(), "replaced");
        voidDrafts(step);
        jdbc.sql("update mediation.dispute set ended_at = null, result = null, begun_at = null where matter = ?").param(step.matter()).update();
        jdbc.sql("update mediation.participant set consented_at = null, open = null, mediator = null, mediator_how = null where matter = ?").param(step.matter()).update();
    }
}
