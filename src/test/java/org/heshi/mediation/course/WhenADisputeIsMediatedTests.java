package org.heshi.mediation.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.documents.Paper;
import org.heshi.documents.Papers;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Yuan;
import org.heshi.matters.Chains;
import org.heshi.matters.Clause;
import org.heshi.matters.FollowNotes;
import org.heshi.matters.Matters.Answer;
import org.heshi.mediation.course.Dispute.Instalment;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** From consent to the court: what the law asks of each step, and what is kept of it. */
@HeshiTest
class WhenADisputeIsMediatedTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    Chains chains;

    @Test
    void goesFromConsentToTheCourtsConfirmationAndTheLastInstalment() {
        Case one = new Case(context).inForce();
        Dispute agreed = one.dispute();
        assertThat(agreed.result()).contains(Dispute.Result.WRITTEN);
        assertThat(agreed.sum()).contains(new Yuan(100_000));
        assertThat(agreed.due()).extracting(Instalment::ordinal).containsExactly(1, 2, 3);
        one.done(one.party(1), "join-application", Map.of("agreed", "true"));
        assertThat(one.refused(one.mediator, "file", filing(one))).containsExactly("mediation-not-joined");
        one.done(one.mediator, "join-recorded", Map.of("whose", List.of("2"), "signed", "true"));
        one.done(one.mediator, "file", filing(one));
        one.done(one.mediator, "court-accepted", Map.of("on", Case.inDays(0).toString(), "number", "（2026）试民特1号"));
        one.done(one.mediator, "court-confirmed", Map.of("on", Case.inDays(0).toString(), "number", "（2026）试民特1号"));
        assertThat(one.dispute().enforceableUntil()).contains(Case.inDays(40).plusYears(2));

        List<FollowNotes.Note> told = new ArrayList<>();
        Acting.run(one.party(2), () -> context.getBeanProvider(FollowNotes.class).forEach(room -> {
            told.addAll(room.onThePage(one.party(2), one.id(), "dispute", "agreed"));
            told.addAll(room.before(one.party(2), one.id(), "dispute", "broken"));
        }));
        assertThat(told.stream().flatMap(note -> note.days().stream())).as("a day, not a term to count by oneself").hasSize(2)
                .allMatch(day -> day.day().equals(Case.inDays(40).plusYears(2)));

        one.done(one.mediator, "perform", paid("1", "250.50"));
        assertThat(one.refused(one.mediator, "perform", paid("1", "349.51"))).containsExactly("mediation-too-much");
        assertThat(one.refused(one.mediator, "perform", Map.of("which", "2", "on", Case.inDays(0).toString()))).containsExactly("mediation-amount");
        // who owes says that it was paid: kept, and nothing is balanced by it
        one.done(one.party(2), "performed", paid("1", "349.50"));
        assertThat(one.dispute().due().getFirst().paid()).isEqualTo(new Yuan(25_050));
        one.done(one.party(1), "performed", paid("1", "349.50"));
        assertThat(one.dispute().due().getFirst().doneOn()).isPresent();
        one.done(one.mediator, "perform", paid("2", "400"));
        assertThat(one.refused(one.mediator, "perform", paid("3", "5"))).containsExactly("mediation-no-amount");
        assertThat(one.dispute().performedAt()).isEmpty();
        one.done(one.mediator, "perform", Map.of("which", "3", "on", Case.inDays(0).toString()));
        assertThat(one.dispute().performedAt()).isPresent();
        assertThat(one.refused(one.mediator, "perform", paid("1", "1"))).containsExactly("not-an-option");

        List<Chains.Wrong> wrong = new ArrayList<>();
        Acting.run(new Actor.Machine("verify"), () -> chains.verify(Optional.of(one.matter.number()), wrong::add, _ -> { }));
        assertThat(wrong).isEmpty();
    }

    private static Map<String, Object> filing(Case one) {
        return Map.of("court", one.court.id().toString(), "on", Case.inDays(0).toString(), "fit", "true", "papers", "true");
    }

    @Test
    void isConfirmedByACourtAloneInTimeAndOnlyWhereACourtMay() {
        Case one = new Case(context).inForce();
        jdbc(one, "update mediation.dispute set in_force_at = in_force_at - interval '50 days' where matter = ?");
        Map<String, Object> joined = new java.util.HashMap<>(Map.of("whose", List.of("1", "2"), "signed", "true"));
        assertThat(one.refused(one.mediator, "join-recorded", joined)).containsExactly("mediation-confirm-late");
        joined.put("on", Case.inDays(-35).toString());
        one.done(one.mediator, "join-recorded", joined);
        Map<String, Object> late = new java.util.HashMap<>(filing(one));
        assertThat(one.refused(one.mediator, "file", late)).containsExactly("mediation-confirm-late");
        late.put("on", Case.inDays(-51).toString());
        assertThat(one.refused(one.mediator, "file", late)).containsExactly("mediation-day-before");
        late.put("on", Case.inDays(-30).toString());
        late.put("court", one.hall.organ.id().toString());
        assertThat(one.refused(one.mediator, "file", late)).containsExactly("unit-of-another-kind");
        late.put("court", one.court.id().toString());
        one.done(one.mediator, "file", late);
        assertThat(one.dispute().court().orElseThrow().filedOn()).isEqualTo(Case.inDays(-30));

        Case family = new Case(context);
        Map<String, Object> taken = new java.util.HashMap<>(Map.of("source", "court-before", "entrusted-by", family.hall.organ.id().toString(), "type", "marriage", "applicants", List.of("1"),
                "respondents", List.of("2"), "facts", "赡养老人", "fit", "true"));
        assertThat(family.refused(family.mediator, "take-up", taken)).containsExactly("mediation-not-a-court");
        taken.put("entrusted-by", family.court.id().toString());
        family.done(family.mediator, "take-up", taken);
        family.agreesTo();
        Map<String, Object> draft = new java.util.HashMap<>(Case.draft(Case.clause(2, 1, "支付抚养费", "600", Case.inDays(10))));
        assertThat(family.refused(family.mediator, "draft", draft)).containsExactly("mediation-settles");
        draft.put("settles", "status");
        family.done(family.mediator, "draft", draft);
        family.signed(1).signed(2).sealed();
        assertThat(family.refused(family.party(1), "join-application", Map.of("agreed", "true"))).containsExactly("mediation-confirm-status");
        assertThat(family.refused(family.mediator, "file", filing(family))).containsExactly("mediation-confirm-status", "mediation-not-joined");
    }

    @Test
    void isNotMediatedWhereTheLawForbidsItAndThePartiesReadWhereToGo() {
        Case one = new Case(context).takenUp();
        assertThat(one.refused(one.mediator, "not-fit", Map.of("reason", "pending"))).containsExactly("required");
        one.done(one.mediator, "not-fit", Map.of("reason", "pending", "ground", "法院已经立案，请到诉讼服务中心"));
        assertThat(one.dispute().result()).contains(Dispute.Result.FAILED);
        assertThat(words(one, one.party(2))).contains("法院已经立案，请到诉讼服务中心");
        assertThat(one.refused(one.party(1), "consent", Map.of("told", "true", "open", "closed"))).isNotEmpty();
        Case unread = new Case(context);
        unread.done(unread.mediator, "not-fit", Map.of("reason", "organ", "ground", "不服处罚，请申请行政复议"));
        assertThat(words(unread, unread.party(1))).as("before anybody stands on a side, who reported it reads why").contains("不服处罚，请申请行政复议");
    }

    @Test
    void isReadByTheCourtThatEntrustedItWhichRecordsItselfWhatItDecides() {
        Case one = new Case(context);
        one.done(one.mediator, "take-up", Map.of("source", "court-before", "entrusted-by", one.court.id().toString(), "type", "neighbours", "applicants", List.of("1"),
                "respondents", List.of("2"), "facts", "砌墙占地", "fit", "true"));
        assertThat(one.read(one.judge)).as("a court that takes no part").isEmpty();
        assertThat(one.refused(one.mediator, "court-online", Map.of("court", one.hall.organ.id().toString()))).containsExactly("unit-of-another-kind");
        one.done(one.mediator, "court-online", Map.of("court", one.court.id().toString()));
        one.agreesTo();
        one.done(one.mediator, "caucus", Map.of("with", List.of("2"), "record", "只说给调解员听"));
        one.done(one.mediator, "draft", Case.draft(Case.clause(2, 1, "赔偿", "600", Case.inDays(10))));
        one.signed(1).signed(2).sealed();
        one.done(one.mediator, "report-back", Map.of("on", Case.inDays(0).toString(), "words", "已达成书面协议"));
        assertThat(words(one, one.judge)).contains("已达成书面协议", "砌墙占地").doesNotContain("只说给调解员听", "李对面砌墙占了王小明三尺地");
        one.done(one.mediator, "join-recorded", Map.of("whose", List.of("1", "2"), "signed", "true"));
        Map<String, Object> accepted = Map.of("on", Case.inDays(0).toString(), "number", "（2026）试民特1号");
        assertThat(one.refused(one.judge, "court-accepted", accepted)).containsExactly("only-after");
        Map<String, Object> elsewhere = new java.util.HashMap<>(filing(one));
        elsewhere.put("court", new Case(context).court.id().toString());
        assertThat(one.refused(one.mediator, "file", elsewhere)).containsExactly("mediation-court-invited");
        one.done(one.mediator, "file", filing(one));
        one.done(one.judge, "court-accepted", accepted);
        one.done(one.judge, "court-confirmed", accepted);
        assertThat(one.dispute().court().orElseThrow().state()).isEqualTo("confirmed");
        assertThat(one.act(one.judge, "perform", Map.of("which", "1", "amount", "600", "on", Case.inDays(0).toString()))).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void tellsTheNextBodyNothingThatWasSaidInConfidenceToTheFirst() {
        Case one = new Case(context).mediating();
        one.done(one.mediator, "caucus", Map.of("with", List.of("2"), "record", "底线是三千，只说给您听"));
        one.done(one.party(2), "offer", Map.of("offer", "最多两千，先不要告诉对方"));
        one.done(one.mediator, "session", Map.of("at", "2026-01-01T09:00", "where", "村委会", "present", List.of("1", "2"), "cause", "墙", "told", "true", "statements", "各说各的", "result", "谈不拢"));
        one.done(one.mediator, "stop", Map.of("reason", "no-agreement", "told", "true"));
        one.done(one.hall.dispatcher, "reassign", Map.of("lead", one.hall.works.id().toString(), "reason", "由另一个调委会再调"));
        assertThat(words(one, one.hall.handler)).contains("由另一个调委会再调").doesNotContain("底线是三千，只说给您听", "最多两千，先不要告诉对方");
        assertThat(one.read(one.mediator)).as("who mediated before has no part in it any more").isEmpty();
        assertThat(words(one, one.party(2))).contains("底线是三千，只说给您听", "最多两千，先不要告诉对方");
        assertThat(words(one, one.party(1))).contains("各说各的").doesNotContain("底线是三千，只说给您听", "最多两千，先不要告诉对方");
    }

    @Test
    void isMediatedOnceMoreByTheSameBodyWhenTheCheckSendsItBack() {
        Case one = new Case(context).mediating();
        one.done(one.mediator, "caucus", Map.of("with", List.of("2"), "record", "底线是三千"));
        one.done(one.mediator, "stop", Map.of("reason", "no-agreement", "told", "true"));
        one.done(one.mediator, "answer", Map.of("answer", "调解不成"));
        one.done(one.hall.verifier, "redo", Map.of("reason", "双方愿意再谈"));
        assertThat(one.dispute().result()).isEmpty();
        assertThat(one.dispute().mediator()).isEmpty();
        assertThat(one.refused(one.mediator, "willing", Map.of())).containsExactly("mediation-not-consented");
        assertThat(words(one, one.second)).as("the same body").contains("底线是三千");
        assertThat(words(one, one.hall.verifier)).doesNotContain("底线是三千");
        assertThat(words(one, one.hall.handler)).isEmpty();
    }

    private static Map<String, Object> paid(String which, String amount) {
        return Map.of("which", which, "amount", amount, "on", Case.inDays(0).toString());
    }

    @Test
    void beginsOnlyWhenBothSidesWantItAndEndsWhenOneDoesNot() {
        Case one = new Case(context);
        assertThat(one.refused(one.party(1), "consent", Map.of("told", "true", "open", "closed"))).containsExactly("only-after");
        one.takenUp();
        assertThat(one.refused(one.party(1), "consent", Map.of("open", "closed"))).containsExactly("required");
        one.done(one.party(1), "consent", Map.of("told", "true", "open", "open"));
        assertThat(one.refused(one.mediator, "willing", Map.of())).containsExactly("mediation-not-consented");
        assertThat(one.refused(one.mediator, "invite", Map.of("at", "2100-01-01T09:00", "where", "调解室", "open", "open"))).containsExactly("mediation-not-open");
        one.done(one.party(2), "decline", Map.of());
        assertThat(one.dispute().result()).contains(Dispute.Result.FAILED);
        assertThat(one.read(one.party(1)).getLast().state()).isEqualTo("not-agreed");
    }

    @Test
    void letsOnlyThoseOfASideDecideAndWhoeverSpeaksForThem() {
        Case one = new Case(context);
        one.done(one.mediator, "party", Map.of("role", "other", "name", "赵邻居"));
        one.done(one.mediator, "represent", Map.of("whose", "2", "role", "representative", "authority", "general", "name", "周代理", "letter", List.of(one.picture())));
        one.done(one.mediator, "represent", Map.of("whose", "1", "role", "guardian", "name", "王父亲", "letter", List.of(one.picture())));
        one.done(one.mediator, "take-up", Map.of("source", "application-one", "type", "neighbours", "applicants", List.of("1"), "respondents", List.of("2"), "wards", List.of("1"),
                "facts", "砌墙占地", "fit", "true"));
        Map<String, Object> consents = Map.of("told", "true", "open", "closed");
        assertThat(one.refused(one.party(1), "consent", consents)).containsExactly("mediation-ward");
        assertThat(one.refused(one.party(3), "consent", consents)).containsExactly("not-allowed");
        assertThat(one.refused(one.party(4), "consent", consents)).containsExactly("mediation-authority");
        assertThat(one.refused(one.party(4), "decline", Map.of())).containsExactly("mediation-authority");
        one.done(one.party(5), "consent", consents);
        assertThat(one.dispute().participant(1).orElseThrow().consentedAt()).isPresent();
        assertThat(one.refused(one.party(5), "consent", consents)).containsExactly("mediation-consented");
        one.done(one.party(2), "consent", consents);
        one.done(one.mediator, "willing", Map.of());
    }

    @Test
    void isMediatedByNobodyWhomAPartyRejectsOrWhoIsOne() {
        Case one = new Case(context).takenUp();
        Map<String, Object> appoint = Map.of("mediator", one.mediator.post().toString(), "how", "appointed", "no-interest", "true");
        assertThat(one.refused(one.mediator, "appoint", Map.of("mediator", one.hall.handler.post().toString(), "how", "appointed", "no-interest", "true"))).containsExactly("not-an-option");
        assertThat(one.refused(one.mediator, "appoint", Map.of("mediator", one.mediator.post().toString(), "second", one.mediator.post().toString(), "how", "chosen", "no-interest", "true")))
                .containsExactly("mediation-twice");
        one.done(one.mediator, "party", Map.of("role", "third", "name", one.second.held().personName()));
        assertThat(one.refused(one.mediator, "appoint", Map.of("mediator", one.second.post().toString(), "how", "chosen", "no-interest", "true"))).containsExactly("mediation-is-party");
        one.done(one.mediator, "appoint", appoint);
        one.done(one.party(2), "object", Map.of());
        assertThat(one.dispute().mediator()).isEmpty();
        assertThat(one.refused(one.head, "appoint", appoint)).containsExactly("mediation-kept-out");
        assertThat(one.refused(one.mediator, "step-back", Map.of("ground", "interest"))).containsExactly("mediation-not-the-mediator");
    }

    @Test
    void isSignedOnOneExactTextAndAnyChangeVoidsEverySignature() {
        Case one = new Case(context).drafted();
        String first = one.fingerprint();
        assertThat(first).as("128 bits: nobody makes another text for it").matches("[0-9a-f]{4}(-[0-9a-f]{4}){7}");
        assertThat(one.refused(one.party(2), "sign", signs(one, first.substring(0, 19)))).containsExactly("mediation-other-text");
        one.signed(1);
        assertThat(one.refused(one.party(1), "sign", signs(one, first))).containsExactly("mediation-signed");
        assertThat(one.refused(one.party(2), "sign", signs(one, "0000000000000000"))).containsExactly("mediation-other-text");
        assertThat(one.refused(one.mediator, "put-in-force", Map.of("checked", "true"))).containsExactly("mediation-unsigned", "mediation-unsigned-mediator");
        assertThat(one.refused(one.second, "sign-mediator", Map.of("text", first))).contains("mediation-not-the-mediator");
        one.signed(2);
        one.done(one.mediator, "sign-mediator", Map.of("text", first));
        one.done(one.mediator, "draft", Case.draft(Case.clause(2, 1, "赔偿", "999", Case.inDays(5))));
        assertThat(one.dispute().signaturesOn(one.dispute().draft().orElseThrow())).isEmpty();
        assertThat(one.refused(one.party(2), "sign", signs(one, first))).containsExactly("mediation-other-text");
        assertThat(one.refused(one.mediator, "put-in-force", Map.of("checked", "true"))).contains("mediation-unsigned");
        one.done(one.mediator, "back", Map.of());
        assertThat(one.dispute().draft()).isEmpty();
    }

    private static Map<String, Object> signs(Case one, String text) {
        return Map.of("read", "true", "text", text, "signature", List.of(one.picture()));
    }

    @Test
    void isWrittenSoThatItCanBePerformed() {
        Case one = new Case(context).mediating();
        assertThat(one.refused(one.mediator, "draft", Case.draft(Case.clause(2, 1, "赔偿", "0", Case.inDays(3)), Case.clause(2, 2, "赔偿", "5", Case.inDays(3)),
                Case.clause(9, 1, "", "五百", Case.inDays(-1)), Case.clause(2, 0, "赔偿", "0.01", Case.inDays(3)))))
                .containsExactly("clause-amount", "clause-towards", "clause-who", "clause-what", "clause-amount", "clause-past", "clause-for-whom");
        one.done(one.mediator, "party", Map.of("role", "witness", "name", "孙看见"));
        assertThat(one.refused(one.mediator, "draft", Case.draft(Case.clause(3, 1, "赔偿", "0.01", Case.inDays(0))))).containsExactly("mediation-clause-who");
        Map<String, Object> few = new java.util.HashMap<>(Case.draft(Case.clause(2, 1, "赔偿", "10000000000", Case.inDays(3))));
        few.put("copies", "2");
        assertThat(one.refused(one.mediator, "draft", few)).containsExactly("mediation-copies");
        String[] tooMuch = java.util.stream.IntStream.range(0, 10).mapToObj(_ -> Case.clause(2, 1, "赔偿", "10,000,000,000", Case.inDays(3))).toArray(String[]::new);
        assertThat(one.refused(one.mediator, "draft", Case.draft(tooMuch))).containsExactly("mediation-clauses-sum");
        one.done(one.mediator, "draft", Case.draft(Case.clause(2, 1, "赔偿", "１０，０００，０００，０００．０１元", Case.inDays(3))));
        String written = one.read(one.party(2)).getLast().word("terms");
        assertThat(Clause.read(written)).singleElement().extracting(clause -> clause.amount().orElseThrow().figures()).isEqualTo("10000000000.01");
    }

    @Test
    void mayBeAgreedByWordOfMouthOnlyBeforeEverybody() {
        Case one = new Case(context).mediating();
        Map<String, Object> oral = new java.util.HashMap<>(Map.of("at", Case.minute(0), "where", "村委会", "present", List.of("1"), "facts", "砌墙占地", "no-paper", "true",
                "terms", List.of(Case.clause(2, 0, "当场拆墙", "", Case.inDays(0)))));
        assertThat(one.refused(one.mediator, "oral", oral)).containsExactly("mediation-absent");
        oral.put("present", List.of("1", "2"));
        one.done(one.mediator, "oral", oral);
        assertThat(one.dispute().result()).contains(Dispute.Result.ORAL);
        assertThat(one.refused(one.party(1), "join-application", Map.of("agreed", "true"))).containsExactly("mediation-confirm-written");
        one.done(one.mediator, "perform", Map.of("which", "1", "on", Case.inDays(0).toString()));
        assertThat(one.dispute().performedAt()).isPresent();
    }

    @Test
    void isAskedAboutAnewWhenItIsOpenedAgain() {
        Case one = new Case(context).inForce();
        one.done(one.mediator, "answer", Map.of("answer", "已达成协议"));
        one.done(one.hall.verifier, "verify", Map.of("asked", "asked", "resolved", "no", "satisfied", "no", "outcome", "agreed"));
        one.done(one.party(1), "reopen", Map.of("reason", "没有付钱"));
        one.done(one.hall.dispatcher, "assign", Map.of("lead", one.committee.id().toString(), "reason", "重新调解"));
        one.done(one.mediator, "accept", Map.of());
        assertThat(one.dispute().participant(1).orElseThrow().consentedAt()).isEmpty();
        one.takenUp();
        assertThat(one.dispute().result()).isEmpty();
        assertThat(one.refused(one.mediator, "willing", Map.of())).containsExactly("mediation-not-consented");
    }

    @Test
    void keepsAnAgreementInForceUntilAnotherOneTakesItsPlace() {
        Case one = new Case(context).inForce();
        int first = one.dispute().agreement().orElseThrow();
        java.time.Instant since = one.dispute().inForceAt().orElseThrow();
        one.done(one.mediator, "perform", paid("1", "250.50"));
        openedAgain(one);
        stands(one, first, "250.50");
        one.done(one.mediator, "perform", paid("1", "49.50"));
        one.takenUp();
        stands(one, first, "300.00");
        one.done(one.party(2), "decline", Map.of());
        assertThat(one.dispute().result()).contains(Dispute.Result.FAILED);
        stands(one, first, "300.00");
        assertThat(one.dispute().inForceAt()).contains(since);
        one.done(one.party(1), "performed", paid("1", "100"));
        one.done(one.party(1), "broken", Map.of("words", "还差一半"));
        stands(one, first, "400.00");

        Case other = new Case(context).inForce();
        int before = other.dispute().agreement().orElseThrow();
        openedAgain(other);
        other.mediating();
        other.done(other.mediator, "draft", Case.draft(Case.clause(2, 1, "赔偿", "5", Case.inDays(1))));
        stands(other, before, "0.00");
        other.signed(1).signed(2);
        other.done(other.mediator, "sign-mediator", Map.of("text", other.fingerprint()));
        Paper issued = agreement(other);
        other.done(other.mediator, "put-in-force", Map.of("checked", "true"));
        Dispute now = other.dispute();
        assertThat(now.agreement()).isPresent().isNotEqualTo(Optional.of(before));
        assertThat(now.drafts()).filteredOn(text -> text.seq() == before).extracting(Dispute.Draft::replacedBy).containsExactly(now.agreement());
        assertThat(now.sum()).contains(new Yuan(500));
        assertThat(now.due()).hasSize(1);
        assertThat(Acting.as(other.mediator, () -> context.getBean(Papers.class).find(issued.id())).orElseThrow().replaced()).isPresent();
        assertThat(agreement(other).id()).isNotEqualTo(issued.id());
        assertThat(agreement(other).number()).as("the same case").isEqualTo(issued.number());
    }

    @Test
    void isMediatedOnceMoreWhenAnySideOrTheBodyWantsItAndEverybodyConsentsAnew() {
        Case one = new Case(context).mediating();
        assertThat(one.refused(one.mediator, "perform", paid("1", "5"))).as("nothing is owed before the first agreement").containsExactly("only-after");
        one.done(one.mediator, "stop", Map.of("reason", "no-agreement", "told", "true"));
        assertThat(one.refused(one.party(2), "remediate", Map.of("reason", "再谈谈"))).containsExactly("only-after");

        Case kept = new Case(context).inForce();
        int first = kept.dispute().agreement().orElseThrow();
        UUID number = kept.dispute().numberId();
        kept.done(kept.mediator, "party", Map.of("role", "other", "name", "赵邻居"));
        kept.done(kept.mediator, "answer", Map.of("answer", "已达成协议"));
        kept.done(kept.hall.verifier, "verify", Map.of("asked", "asked", "resolved", "no", "satisfied", "no", "outcome", "agreed"));
        assertThat(kept.act(kept.party(3), "remediate", Map.of("reason", "与我无关"))).isInstanceOf(Answer.Refused.class);
        // whoever did not report it, after it was closed
        kept.done(kept.party(2), "remediate", Map.of("reason", "钱太多了，付不起"));
        assertThat(kept.read(kept.party(1)).getLast().state()).isEqualTo("accepted");
        assertThat(kept.refused(kept.party(2), "consent", Map.of("told", "true", "open", "closed"))).containsExactly("only-after");
        stands(kept, first, "0.00");
        assertThat(dueIn(kept)).as("whoever mediated it sees to it while nobody else is named").isTrue();
        kept.takenUp();
        assertThat(kept.dispute().numberId()).as("the same case").isEqualTo(number);
        assertThat(kept.refused(kept.mediator, "willing", Map.of())).containsExactly("mediation-not-consented");
        assertThat(counted(kept)).containsExactly("written 100000");
        kept.done(kept.party(1), "decline", Map.of());
        stands(kept, first, "0.00");
        assertThat(counted(kept)).as("a new try that fails changes nothing of what stands").containsExactly("written 100000");
        assertThat(dueIn(kept)).isTrue();
        assertThat(kept.dispute().mediator()).isEmpty();
        assertThat(kept.dispute().keepers()).extracting(Dispute.MediatorOf::post).containsExactly(kept.mediator.post());
        kept.done(kept.head, "remediate", Map.of("reason", "双方都愿意再谈"));
        kept.mediating();
        kept.done(kept.mediator, "oral", Map.of("at", Case.minute(0), "where", "村委会", "present", List.of("1", "2"), "facts", "砌墙占地", "no-paper", "true",
                "terms", List.of(Case.clause(2, 1, "赔偿", "300", Case.inDays(3)))));
        assertThat(kept.dispute().inForce()).get().extracting(Dispute.Draft::oral).isEqualTo(true);
        assertThat(counted(kept)).as("one case, with what holds now").containsExactly("oral 30000");
        List<Chains.Wrong> wrong = new ArrayList<>();
        Acting.run(new Actor.Machine("verify"), () -> chains.verify(Optional.of(kept.matter.number()), wrong::add, _ -> { }));
        assertThat(wrong).isEmpty();
    }

    @Test
    void isACaseOfItsOwnForAnotherBodyThatTakesItUpAndTheFirstStaysWithWhatItAgreed() {
        Case one = new Case(context).inForce();
        Case other = new Case(context, one.hall);
        Paper issued = agreement(one);
        one.done(one.mediator, "answer", Map.of("answer", "已达成协议"));
        one.done(one.hall.verifier, "verify", Map.of("asked", "asked", "resolved", "no", "satisfied", "no", "outcome", "agreed"));
        one.done(one.party(1), "reopen", Map.of("reason", "没有付钱"));
        one.done(one.hall.dispatcher, "assign", Map.of("lead", other.committee.id().toString(), "reason", "换一个调委会"));
        one.done(other.mediator, "accept", Map.of());
        one.done(other.mediator, "take-up", Map.of("source", "application-one", "type", "neighbours", "applicants", List.of("1"), "respondents", List.of("2"), "facts", "墙", "fit", "true"));
        assertThat(counted(one)).containsExactlyInAnyOrder("written 100000", " 0");
        one.done(other.mediator, "perform", paid("1", "250.50"));
        one.done(one.party(1), "consent", Map.of("told", "true", "open", "closed"));
        one.done(one.party(2), "consent", Map.of("told", "true", "open", "closed"));
        one.done(other.mediator, "appoint", Map.of("mediator", other.mediator.post().toString(), "how", "appointed", "no-interest", "true"));
        one.done(other.mediator, "willing", Map.of());
        one.done(other.mediator, "draft", Case.draft(Case.clause(2, 1, "赔偿", "5", Case.inDays(1))));
        Actor machine = new Actor.Machine("test");
        String text = Acting.as(machine, () -> context.getBean(Disputes.class).find(one.id())).orElseThrow().draft().orElseThrow().fingerprint();
        one.done(one.party(1), "sign", signs(one, text));
        one.done(one.party(2), "sign", signs(one, text));
        one.done(other.mediator, "sign-mediator", Map.of("text", text));
        one.done(other.mediator, "put-in-force", Map.of("checked", "true"));
        Dispute now = Acting.as(machine, () -> context.getBean(Disputes.class).find(one.id())).orElseThrow();
        assertThat(now.unit()).isEqualTo(other.committee.id());
        assertThat(now.sum()).contains(new Yuan(500));
        assertThat(counted(one)).containsExactlyInAnyOrder("written 100000", "written 500");
        assertThat(Acting.as(machine, () -> context.getBean(Papers.class).numbers(one.id()))).hasSize(2);
        assertThat(Acting.as(machine, () -> context.getBean(Papers.class).find(issued.id())).orElseThrow().replaced()).isPresent();
    }

    /** Whether its mediator finds it among what is still to be performed. */
    private boolean dueIn(Case one) {
        return Acting.as(one.mediator, () -> context.getBean(org.heshi.mediation.calendar.Held.class).due(one.mediator.post(), 9)).stream().anyMatch(due -> due.matter().equals(one.id()));
    }

    private List<String> counted(Case one) {
        return Acting.as(new Actor.Machine("test"), () -> context.getBean(org.springframework.transaction.support.TransactionTemplate.class)
                .execute(_ -> context.getBean(org.springframework.jdbc.core.simple.JdbcClient.class).sql("select result || ' ' || sum_fen from mediation.figure where matter = ?")
                        .param(one.id()).query(String.class).list()));
    }

    @Test
    void isInForceSinceItWasAgreedByWordOfMouthAndNotSinceItWasRecorded() {
        Case one = new Case(context).mediating();
        Map<String, Object> oral = new java.util.HashMap<>(Map.of("at", Case.minute(-1), "where", "村委会", "present", List.of("1", "2"), "facts", "砌墙占地", "no-paper", "true",
                "terms", List.of(Case.clause(2, 1, "赔偿", "300", Case.inDays(3)))));
        assertThat(one.refused(one.mediator, "oral", oral)).containsExactly("mediation-oral-before");
        oral.put("at", Case.minute(1));
        assertThat(one.act(one.mediator, "oral", oral)).as("not yet").isInstanceOf(Answer.Refused.class);
        // it began three days ago, as the entry of it says when it is done then
        jdbc(one, "update mediation.dispute set begun_at = begun_at - interval '3 days' where matter = ?");
        oral.put("at", Case.minute(-2));
        one.done(one.mediator, "oral", oral);
        assertThat(one.dispute().inForceAt().map(CivilTime::dateOf)).contains(Case.inDays(-2));
        assertThat(one.refused(one.mediator, "perform", Map.of("which", "1", "amount", "100", "on", Case.inDays(-3).toString()))).containsExactly("mediation-day-before");
        one.done(one.mediator, "perform", Map.of("which", "1", "amount", "100", "on", Case.inDays(-2).toString()));
    }

    @Test
    void isCorrectedBeforeItIsAgreedAndWhoeverIsLeftOutIsOut() {
        Case one = new Case(context);
        one.done(one.mediator, "party", Map.of("role", "respondent", "name", "赵无关", "phone", "13900000002"));
        one.done(one.mediator, "take-up", Map.of("source", "court-before", "entrusted-by", one.court.id().toString(), "type", "land", "applicants", List.of("1"),
                "respondents", List.of("2", "3"), "claimed", "900", "facts", "砌墙占地", "fit", "true"));
        one.done(one.head, "pause", Map.of("reason", "appraisal", "words", "等鉴定"));
        one.done(one.head, "resume", Map.of());
        one.done(one.mediator, "party-code", Map.of("whose", "3", "checked", "id-card"));
        assertThat(code(one, 3)).isTrue();
        for (int party = 1; party <= 3; party++) {
            one.done(one.party(party), "consent", Map.of("told", "true", "open", "closed"));
        }
        one.done(one.mediator, "appoint", Map.of("mediator", one.mediator.post().toString(), "how", "appointed", "no-interest", "true"));
        one.done(one.mediator, "willing", Map.of());
        Map<String, Object> text = Case.draft(Case.clause(2, 1, "赔偿", "600", Case.inDays(10)));
        text.put("copies", "4");
        one.done(one.mediator, "draft", text);
        one.signed(1);
        java.time.Instant since = one.dispute().takenUpAt();
        Map<String, Object> right = new java.util.HashMap<>(Map.of("reason", "类型登记错了", "source", "court-before", "entrusted-by", one.court.id().toString(), "type", "neighbours",
                "applicants", List.of("1"), "respondents", List.of("2", "3"), "claimed", "900", "facts", "砌墙占地", "fit", "true"));
        one.done(one.mediator, "amend", right);
        assertThat(one.dispute().draft()).as("who the parties are did not change").isPresent();
        assertThat(one.dispute().type()).isEqualTo("neighbours");

        // a limit goes by what is right, from when it began
        assertThat(limits(one)).contains("entrusted 30 DAY", "same start").doesNotContain("labour 15 DAY");
        right.putAll(Map.of("source", "court-after", "type", "labour"));
        one.done(one.mediator, "amend", right);
        assertThat(limits(one)).contains("entrusted 15 DAY", "labour 15 DAY", "same start");
        right.put("type", "neighbours");
        one.done(one.mediator, "amend", right);
        assertThat(limits(one)).contains("entrusted 15 DAY", "same start").doesNotContain("labour 15 DAY");

        right.putAll(Map.of("reason", "赵无关不是当事人，法院委托弄错了", "source", "application-one", "respondents", List.of("2"), "claimed", "800", "facts", "墙占了三尺"));
        right.remove("entrusted-by");
        assertThat(one.refused(one.mediator, "amend", right)).as("the text that is signed names the parties").containsExactly("mediation-being-signed");
        one.done(one.mediator, "back", Map.of());
        one.done(one.mediator, "amend", right);
        Dispute now = one.dispute();
        assertThat(now.principals()).extracting(Dispute.Participant::party).containsExactly(1, 2);
        assertThat(now.participant(1).orElseThrow().consentedAt()).as("whoever consented did").isPresent();
        assertThat(now.claimed()).contains(new Yuan(80_000));
        assertThat(now.takenUpAt()).isEqualTo(since);
        assertThat(now.entrusted()).isFalse();
        assertThat(limits(one)).noneMatch(limit -> limit.startsWith("entrusted"));
        assertThat(code(one, 3)).isFalse();
        assertThat(one.refused(one.mediator, "party-code", Map.of("whose", "3", "checked", "id-card"))).containsExactly("mediation-left-out");
        assertThat(one.refused(one.party(3), "offer", Map.of("offer", "五百"))).isNotEmpty();
        int before = one.version();
        one.done(one.mediator, "session", Map.of("at", Case.minute(0), "where", "村委会", "present", List.of("1", "2"), "cause", "墙", "told", "true", "statements", "各说各的", "result", "再谈"));
        one.done(one.mediator, "draft", Case.draft(Case.clause(2, 1, "赔偿", "600", Case.inDays(10))));
        one.signed(1).signed(2);
        one.done(one.mediator, "sign-mediator", Map.of("text", one.fingerprint()));
        one.done(one.mediator, "put-in-force", Map.of("checked", "true"));
        assertThat(one.read(one.party(3))).as("nothing that comes").allMatch(entry -> entry.seq() <= before);
        assertThat(one.read(one.party(2))).anyMatch(entry -> entry.action().equals("put-in-force"));
        assertThat(figure(one)).isEqualTo("neighbours application 60000");
        assertThat(one.act(one.mediator, "amend", right)).as("an agreement is in force").isInstanceOf(Answer.Refused.class);

        // an agreement in force binds whom it concerns, and nobody settles it over their head
        one.done(one.party(2), "remediate", Map.of("reason", "付不起"));
        one.done(one.mediator, "party", Map.of("role", "respondent", "name", "李家人", "phone", "13900000003"));
        Map<String, Object> without = new java.util.HashMap<>(right);
        without.remove("reason");
        without.put("respondents", List.of("4"));
        assertThat(one.refused(one.mediator, "take-up", without)).containsExactly("mediation-bound");
        without.put("respondents", List.of("2", "4"));
        one.done(one.mediator, "take-up", without);
        assertThat(one.dispute().principals()).extracting(Dispute.Participant::party).containsExactly(1, 2, 4);
    }

    /** Names and lengths of those that run, and whether the one of what was entrusted began when the case was taken up. */
    private List<String> limits(Case one) {
        return Acting.as(new Actor.Machine("test"), () -> context.getBean(org.springframework.transaction.support.TransactionTemplate.class)
                .execute(_ -> context.getBean(org.springframework.jdbc.core.simple.JdbcClient.class).sql("""
                        select name || ' ' || length from matters.clock where matter = :matter
                        union all select 'same start' from matters.clock c join mediation.dispute d on d.matter = c.matter
                         where c.matter = :matter and c.name = 'entrusted' and c.started_at = d.taken_up_at
                        """).param("matter", one.id()).query(String.class).list()));
    }

    private boolean code(Case one, int party) {
        return Acting.as(new Actor.Machine("test"), () -> context.getBean(org.heshi.matters.ResidentCodes.class).mark(one.party(party))).isPresent();
    }

    private String figure(Case one) {
        return Acting.as(new Actor.Machine("test"), () -> context.getBean(org.springframework.transaction.support.TransactionTemplate.class)
                .execute(_ -> context.getBean(org.springframework.jdbc.core.simple.JdbcClient.class).sql("select type || ' ' || source || ' ' || sum_fen from mediation.figure where matter = ?")
                        .param(one.id()).query(String.class).single()));
    }

    private static void stands(Case one, int agreement, String paid) {
        assertThat(one.dispute().agreement()).contains(agreement);
        assertThat(one.dispute().inForce()).isPresent();
        assertThat(one.dispute().sum()).contains(new Yuan(100_000));
        assertThat(one.dispute().due()).hasSize(3).first().extracting(Instalment::paid).isEqualTo(Yuan.parse(paid).orElse(Yuan.NOTHING));
    }

    /** The one that stands. */
    private Paper agreement(Case one) {
        return Acting.as(one.mediator, () -> context.getBean(Papers.class).of(one.id())).stream().filter(paper -> paper.kind().equals("mediation-agreement") && paper.replaced().isEmpty())
                .findFirst().orElseThrow();
    }

    private static void openedAgain(Case one) {
        one.done(one.mediator, "answer", Map.of("answer", "已达成协议"));
        one.done(one.hall.verifier, "verify", Map.of("asked", "asked", "resolved", "no", "satisfied", "no", "outcome", "agreed"));
        one.done(one.party(1), "reopen", Map.of("reason", "没有付钱"));
        one.done(one.hall.dispatcher, "assign", Map.of("lead", one.committee.id().toString(), "reason", "重新调解"));
        one.done(one.mediator, "accept", Map.of());
    }

    @Test
    void tellsOnlyWhomItConcernsOfATalkThatWasFixed() {
        Case one = new Case(context).mediating();
        one.done(one.mediator, "invite-apart", Map.of("with", List.of("2"), "at", "2100-01-01T09:00", "where", "调解室"));
        one.done(one.mediator, "invite", Map.of("at", "2100-01-02T09:00", "where", "调解室", "open", "closed"));
        one.done(one.mediator, "invite", Map.of("at", "2100-01-03T09:00", "where", "调解室", "open", "closed"));
        List<FollowNotes.Way> files = Acting.as(one.party(1), () -> context.getBeanProvider(FollowNotes.class).stream()
                .flatMap(room -> room.onThePage(one.party(1), one.id(), "dispute", "mediating").stream()).flatMap(note -> note.actions().stream()).toList());
        assertThat(files).as("told apart by their time").extracting(FollowNotes.Way::at).hasSize(2).doesNotHaveDuplicates().doesNotContain(Optional.empty());
        assertThat(seen(one, one.party(1))).containsExactly(false, false);
        assertThat(seen(one, one.party(2))).containsExactly(true, false, false);
        assertThat(one.read(one.party(1))).noneMatch(entry -> entry.action().equals("invite-apart"));
        assertThat(Acting.as(one.hall.neighbourDispatcher, () -> context.getBean(Disputes.class).find(one.id()))).isEmpty();
        assertThat(Acting.as(new Actor.Resident(UUID.randomUUID(), 1), () -> context.getBean(Disputes.class).find(one.id()))).isEmpty();
    }

    private List<Boolean> seen(Case one, Actor who) {
        return Acting.as(who, () -> context.getBean(Disputes.class).find(one.id())).orElseThrow().sittings().stream().map(Dispute.Sitting::apart).toList();
    }

    @Test
    void remindsOnceBeforeTheDayAndOnceAfterIt() {
        Case one = new Case(context).inForce();
        jdbc(one, "update mediation.instalment set due = current_date + 2 where matter = ? and ordinal = 1");
        jdbc(one, "update mediation.instalment set due = current_date - 2 where matter = ? and ordinal = 2");
        Reminders reminders = context.getBean(Reminders.class);
        assertThat(reminders.round()).isGreaterThanOrEqualTo(2);
        reminders.round();
        assertThat(one.read(one.party(2))).filteredOn(entry -> entry.action().equals("remind"))
                .extracting(entry -> entry.text("which").orElseThrow() + entry.text("when").orElseThrow()).containsExactly("2late", "1soon");
        assertThat(one.read(one.party(2)).getLast().word("item")).startsWith("赔偿，600.00 元，");
    }

    @Test
    void changesWhoThePartiesAreOnlyByANewText() {
        Case one = new Case(context).drafted().signed(1);
        String text = one.fingerprint();
        one.done(one.mediator, "particulars", Map.of("whose", List.of("2"), "kind-of", "person", "phone", "13900000088"));
        assertThat(one.fingerprint()).as("a telephone does not stand in it").isEqualTo(text);
        assertThat(one.dispute().signaturesOn(one.dispute().draft().orElseThrow())).hasSize(1);
        Map<String, Object> moved = Map.of("whose", List.of("2"), "kind-of", "person", "address", "别处");
        Map<String, Object> owner = Map.of("role", "third", "name", "赵共有");
        Map<String, Object> deputy = Map.of("whose", List.of("2"), "role", "representative", "authority", "special", "name", "周代理", "letter", List.of(one.picture()));
        assertThat(one.refused(one.mediator, "particulars", moved)).containsExactly("mediation-being-signed");
        assertThat(one.refused(one.mediator, "particulars", Map.of("whose", List.of("2"), "kind-of", "organisation"))).containsExactly("mediation-being-signed");
        assertThat(one.refused(one.mediator, "represent", deputy)).containsExactly("mediation-being-signed");
        assertThat(one.refused(one.mediator, "party", owner)).containsExactly("mediation-being-signed");
        one.done(one.mediator, "party", Map.of("role", "witness", "name", "孙看见"));
        assertThat(notes(one, 2, "signing")).contains("mediation.signing.note.title").doesNotContain("mediation.signing.void.title");
        one.done(one.mediator, "back", Map.of());
        assertThat(one.dispute().draft()).isEmpty();
        assertThat(one.read(one.party(2)).getLast()).as("the sides read that it is void").matches(entry -> entry.action().equals("back") && entry.state().equals("mediating"));
        assertThat(notes(one, 2, "mediating")).contains("mediation.signing.void.title");
        one.done(one.mediator, "particulars", moved);
        one.done(one.mediator, "draft", Case.draft(Case.clause(2, 1, "赔偿", "5", Case.inDays(1))));
        one.done(one.mediator, "particulars", moved);
        one.signed(1).signed(2);
        one.done(one.mediator, "back", Map.of());
        one.done(one.mediator, "party", owner);
        Map<String, Object> four = new java.util.HashMap<>(Case.draft(Case.clause(2, 1, "赔偿", "5", Case.inDays(1))));
        four.put("copies", "4");
        assertThat(one.refused(one.mediator, "draft", four)).containsExactly("mediation-not-consented");
        assertThat(one.refused(one.mediator, "represent", Map.of("whose", List.of("4"), "role", "representative", "authority", "special", "name", one.mediator.held().personName(),
                "letter", List.of(one.picture())))).containsExactly("mediation-mediates");
    }

    /** Titles of what a party is told on the page where they follow it. */
    private List<String> notes(Case one, int party, String state) {
        return Acting.as(one.party(party), () -> context.getBeanProvider(FollowNotes.class).stream()
                .flatMap(room -> room.onThePage(one.party(party), one.id(), "dispute", state).stream()).map(FollowNotes.Note::title).toList());
    }

    @Test
    void isReadBetweenTheSidesAndByNobodyElseWhomTheMatterConcerns() {
        Case one = new Case(context);
        one.done(one.mediator, "party", Map.of("role", "applicant", "name", "王当事"));
        one.done(one.mediator, "take-up", Map.of("source", "application-one", "type", "neighbours", "applicants", List.of("3"), "respondents", List.of("2"), "facts", "砌墙占地", "fit", "true"));
        one.done(one.party(3), "consent", Map.of("told", "true", "open", "closed"));
        one.done(one.party(2), "consent", Map.of("told", "true", "open", "closed"));
        one.done(one.mediator, "appoint", Map.of("mediator", one.mediator.post().toString(), "how", "appointed", "no-interest", "true"));
        one.done(one.mediator, "willing", Map.of());
        one.done(one.mediator, "session", Map.of("at", "2026-01-01T09:00", "where", "村委会", "present", List.of("2", "3"), "cause", "墙", "told", "true", "statements", "各说各的", "result", "再谈"));
        one.done(one.mediator, "draft", Case.draft(Case.clause(2, 3, "赔偿", "5", Case.inDays(1))));
        assertThat(words(one, one.party(3))).contains("各说各的", "李对面砌墙占了王小明三尺地");
        assertThat(words(one, one.party(1))).as("who only reported it").doesNotContain("各说各的", "李对面砌墙占了王小明三尺地");
        assertThat(one.refused(one.party(1), "withdraw", Map.of())).containsExactly("mediation-not-a-side");
        assertThat(one.refused(one.hall.dispatcher, "reassign", Map.of("lead", one.hall.works.id().toString(), "reason", "改派"))).contains("mediation-going-on");
        one.done(one.mediator, "party", Map.of("role", "witness", "name", "孙看见"));
        one.signed(3).signed(2).sealed();
        one.done(one.mediator, "perform", Map.of("which", "1", "amount", "2", "on", Case.inDays(0).toString(), "note", "先付两元"));
        for (int bystander : new int[] {1, 4}) {
            assertThat(words(one, one.party(bystander))).as("what a bystander reads").doesNotContain("砌墙占地", "先付两元");
        }
        assertThat(words(one, one.party(3))).contains("砌墙占地", "先付两元");
        Case left = new Case(context).mediating();
        left.done(left.mediator, "party", Map.of("role", "witness", "name", "孙看见"));
        left.done(left.party(2), "leave", Map.of("reason", "家里的事不想说"));
        assertThat(words(left, left.party(1))).contains("家里的事不想说");
        assertThat(words(left, left.party(3))).doesNotContain("家里的事不想说");
    }

    private static List<String> words(Case one, Actor who) {
        return one.read(who).stream().flatMap(entry -> entry.words().values().stream()).toList();
    }

    @Test
    void isNotSpokenForByAGuardianOfSomebodyWhoNeedsNone() {
        Case one = new Case(context);
        one.done(one.mediator, "represent", Map.of("whose", "2", "role", "guardian", "name", "村主任", "letter", List.of(one.picture())));
        one.takenUp();
        assertThat(one.refused(one.party(3), "consent", Map.of("told", "true", "open", "closed"))).containsExactly("mediation-authority");
    }

    @Test
    void isNotSignedByAGuardianOrVillageChiefForAVillagerWhoNeedsNone() {
        Case one = new Case(context).mediating();
        one.done(one.mediator, "represent", Map.of("whose", "2", "role", "guardian", "name", "村主任", "letter", List.of(one.picture())));
        one.done(one.mediator, "party", Map.of("role", "other", "name", "赵村长"));
        one.done(one.mediator, "draft", Case.draft(Case.clause(2, 1, "赔偿", "600", Case.inDays(10))));
        String text = one.fingerprint();
        assertThat(one.refused(one.party(3), "sign", signs(one, text))).containsExactly("mediation-authority");
        assertThat(one.act(one.party(4), "sign", signs(one, text))).as("who stands on no side").isInstanceOf(Answer.Refused.class);
        for (String other : List.of("3", "4")) {
            assertThat(one.refused(one.mediator, "sign-paper", Map.of("whose", List.of(other), "text", text, "witnessed", "true", "files", List.of(one.picture()))))
                    .containsExactly("mediation-not-on-a-side");
        }
        assertThat(one.dispute().signaturesOn(one.dispute().draft().orElseThrow())).isEmpty();
        one.done(one.party(2), "sign", signs(one, text));
    }

    @Test
    void isNotPutInForceWhenADayOfPerformancePassedWhileItWasSigned() {
        Case one = new Case(context).mediating();
        one.done(one.mediator, "draft", Case.draft(Case.clause(2, 1, "赔偿", "600", Case.inDays(10)), Case.clause(2, 1, "先付", "5", Case.inDays(1))));
        one.signed(1).signed(2);
        one.done(one.mediator, "sign-mediator", Map.of("text", one.fingerprint()));
        assertThat(sealedIn(one, 1)).isEmpty();
        assertThat(sealedIn(one, 2)).singleElement().isEqualTo(org.heshi.kernel.Refusal.of("mediation-clause-over", 2));
        assertThat(sealedIn(one, 11)).extracting(org.heshi.kernel.Refusal::code).containsExactly("mediation-clause-over", "mediation-clause-over");
    }

    /** What would stand against putting it in force that many days from now. */
    private List<org.heshi.kernel.Refusal> sealedIn(Case one, int days) {
        java.time.Instant then = java.time.Instant.now(java.time.Clock.systemUTC()).plus(java.time.Duration.ofDays(days));
        org.heshi.matters.Companion.Step step = new org.heshi.matters.Companion.Step(one.id(), one.matter.number(), "dispute", "signing", "put-in-force", one.mediator, one.version() + 1, then,
                Map.of("checked", true), List.of(), Optional.empty(), Optional.empty());
        return Acting.as(one.mediator, () -> context.getBean(org.springframework.transaction.support.TransactionTemplate.class).execute(_ -> context.getBean(Course.class).judge(step)))
                .refusals();
    }

    @Test
    void takesNoNumberThatCannotBeAndNoAmountThatIsNone() {
        Case one = new Case(context).inForce();
        for (Map<String, Object> whose : List.<Map<String, Object>>of(Map.of("whose", List.of("2"), "kind-of", "person"),
                Map.of("whose", "2", "role", "representative", "authority", "general", "name", "周代理", "letter", List.of(one.picture())))) {
            String action = whose.containsKey("role") ? "represent" : "particulars";
            Map<String, Object> typed = new java.util.HashMap<>(whose);
            // the example of the standard, and with another check character
            typed.put("identity", "110105194912310021");
            assertThat(((Answer.Refused) one.act(one.mediator, action, typed)).refusals()).containsExactly(org.heshi.kernel.Refusal.at("identity", "identity-check"));
            typed.put("identity", "110105491231002");
            assertThat(((Answer.Refused) one.act(one.mediator, action, typed)).refusals()).containsExactly(org.heshi.kernel.Refusal.at("identity", "identity-length"));
            for (String fine : List.of("11010519491231002x", "E1234567", "")) {
                typed.put("identity", fine);
                one.done(one.mediator, action, typed);
            }
        }
        for (String none : List.of("0", "0.00", "０元")) {
            assertThat(((Answer.Refused) one.act(one.mediator, "perform", paid("1", none))).refusals()).contains(org.heshi.kernel.Refusal.at("amount", "amount-zero"));
        }
        for (String words : List.of("五百", "约500", "5.005", "-5", "1e3")) {
            assertThat(((Answer.Refused) one.act(one.mediator, "perform", paid("1", words))).refusals()).contains(org.heshi.kernel.Refusal.at("amount", "not-an-amount"));
        }
        assertThat(one.dispute().due().getFirst().paid()).isEqualTo(Yuan.NOTHING);
        Case going = new Case(context).mediating();
        assertThat(((Answer.Refused) going.act(going.party(1), "offer", Map.of("offer", "至少五百", "amount", "五百"))).refusals())
                .containsExactly(org.heshi.kernel.Refusal.at("amount", "not-an-amount"));
    }

    /** Two mediators of one body, at the same moment and from what both saw before. */
    @Test
    void isRecordedOnceWhenTwoMediatorsDoItAtOnce() throws Exception {
        Case one = new Case(context).inForce();
        int seen = one.version();
        List<Answer> paid = together(() -> one.hall.act(one.mediator, one.id(), "perform", paid("1", "250"), seen), () -> one.hall.act(one.second, one.id(), "perform", paid("1", "250"), seen));
        assertThat(paid).hasAtLeastOneElementOfType(Answer.Done.class).hasAtLeastOneElementOfType(Answer.Stale.class);
        assertThat(one.dispute().due().getFirst().paid()).as("not twice").isEqualTo(new Yuan(25_000));
        assertThat(one.read(one.mediator)).filteredOn(entry -> entry.action().equals("perform")).hasSize(1);

        one.done(one.head, "remediate", Map.of("reason", "双方都愿意再谈"));
        one.mediating();
        int before = one.version();
        List<Answer> answers = together(() -> one.hall.act(one.mediator, one.id(), "session", session("甲记的陈述"), before),
                () -> one.hall.act(one.second, one.id(), "perform", paid("1", "100"), before));
        assertThat(answers).hasAtLeastOneElementOfType(Answer.Done.class).hasAtLeastOneElementOfType(Answer.Stale.class);
        // whoever was told does it again on what they see now
        int now = one.version();
        assertThat(now).isEqualTo(before + 1);
        assertThat(answers.getFirst() instanceof Answer.Stale ? one.hall.act(one.mediator, one.id(), "session", session("甲记的陈述"), now)
                : one.hall.act(one.second, one.id(), "perform", paid("1", "100"), now)).isInstanceOf(Answer.Done.class);
        assertThat(one.dispute().due().getFirst().paid()).isEqualTo(new Yuan(35_000));
        assertThat(one.read(one.party(1))).filteredOn(entry -> entry.action().equals("session")).singleElement()
                .satisfies(entry -> assertThat(entry.word("statements")).isEqualTo("甲记的陈述"));
    }

    private static Map<String, Object> session(String statements) {
        return Map.of("at", Case.minute(0), "where", "村委会", "present", List.of("1", "2"), "cause", "墙", "told", "true", "statements", statements, "result", "再谈");
    }

    private static List<Answer> together(java.util.concurrent.Callable<Answer> first, java.util.concurrent.Callable<Answer> second) throws Exception {
        try (java.util.concurrent.ExecutorService pool = java.util.concurrent.Executors.newFixedThreadPool(2)) {
            List<Answer> answers = new ArrayList<>();
            for (java.util.concurrent.Future<Answer> answer : pool.invokeAll(List.of(first, second))) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    @Test
    void isSpokenForByWhoeverMayAndOnlyAsLongAsTheyMay() {
        Case one = new Case(context);
        Map<String, Object> taken = new java.util.HashMap<>(Map.of("source", "application-one", "type", "neighbours", "applicants", List.of("1"), "respondents", List.of("2"), "facts", "砌墙占地", "fit", "true"));
        one.done(one.mediator, "particulars", Map.of("whose", List.of("2"), "kind-of", "person", "identity", bornYearsAgo(16)));
        assertThat(one.refused(one.mediator, "take-up", taken)).containsExactly("mediation-minor");
        taken.put("wards", List.of("2"));
        one.done(one.mediator, "represent", Map.of("whose", "2", "role", "representative", "authority", "special", "name", "周代理", "letter", List.of(one.picture())));
        one.done(one.mediator, "take-up", taken);
        Map<String, Object> consents = Map.of("told", "true", "open", "closed");
        assertThat(one.refused(one.party(3), "consent", consents)).as("for a ward who has no guardian").containsExactly("mediation-no-guardian");
        assertThat(one.refused(one.mediator, "authority-ended", Map.of("whose", "2", "ground", "over"))).containsExactly("mediation-not-a-speaker");
        one.done(one.mediator, "represent", Map.of("whose", "2", "role", "guardian", "name", "李父亲", "letter", List.of(one.picture())));
        one.done(one.mediator, "party-code", Map.of("whose", "3", "checked", "id-card"));
        one.done(one.party(3), "consent", consents);
        one.done(one.party(1), "consent", consents);
        one.done(one.mediator, "appoint", Map.of("mediator", one.mediator.post().toString(), "how", "appointed", "no-interest", "true"));
        one.done(one.mediator, "willing", Map.of());
        Map<String, Object> text = Case.draft(Case.clause(2, 1, "赔偿", "5", Case.inDays(1)));
        one.done(one.mediator, "draft", text);
        Map<String, Object> over = Map.of("whose", "3", "ground", "taken-back");
        assertThat(one.refused(one.mediator, "authority-ended", over)).as("they stand in what is signed").containsExactly("mediation-being-signed");
        one.done(one.mediator, "back", Map.of());
        int before = one.version();
        one.done(one.mediator, "authority-ended", over);
        assertThat(code(one, 3)).isFalse();
        taken.put("reason", "写错了事实");
        one.done(one.mediator, "amend", taken);
        one.done(one.mediator, "draft", text);
        assertThat(one.refused(one.party(3), "sign", signs(one, one.fingerprint()))).containsExactly("mediation-not-a-side");
        assertThat(one.read(one.party(3))).as("also after it was registered anew").allMatch(entry -> entry.seq() <= before);
        assertThat(one.read(one.party(2))).anyMatch(entry -> entry.action().equals("authority-ended"));
        one.done(one.party(4), "sign", signs(one, one.fingerprint()));
    }

    /** A number of somebody who is of that age, with its check character. */
    private static String bornYearsAgo(int years) {
        String first = "110105" + Case.inDays(-30).minusYears(years).toString().replace("-", "") + "002";
        return java.util.stream.IntStream.range(0, 11).mapToObj(last -> first + (last == 10 ? "X" : Integer.toString(last)))
                .filter(number -> org.heshi.kernel.IdentityNumber.parse(number).isPresent()).findFirst().orElseThrow();
    }

    @Test
    void goesBackToTheBodyWithTheAgreementStanding() {
        Case one = new Case(context).inForce();
        one.done(one.mediator, "answer", Map.of("answer", "已达成协议"));
        assertThat(one.refused(one.hall.verifier, "redo", Map.of("reason", "没有付钱"))).containsExactly("mediation-in-force");
        one.done(one.hall.verifier, "take-back", Map.of("reason", "没有付钱"));
        assertThat(one.dispute().agreement()).isPresent();
        one.done(one.mediator, "perform", paid("1", "600"));
    }

    @Test
    void endsWhenWhoAppliedWithdrawsAndLeavesNothingConfirmedToTheNextAgreement() {
        Case withdrawn = new Case(context).drafted();
        withdrawn.done(withdrawn.party(1), "withdraw", Map.of());
        assertThat(withdrawn.dispute().result()).contains(Dispute.Result.FAILED);
        assertThat(withdrawn.dispute().draft()).isEmpty();

        Case one = new Case(context).inForce();
        one.done(one.mediator, "join-recorded", Map.of("whose", List.of("1", "2"), "signed", "true"));
        one.done(one.mediator, "file", filing(one));
        one.done(one.mediator, "court-confirmed", Map.of("on", Case.inDays(0).toString(), "number", "（2026）试民特1号"));
        one.done(one.mediator, "answer", Map.of("answer", "已达成协议"));
        one.done(one.hall.verifier, "verify", Map.of("asked", "asked", "resolved", "no", "satisfied", "no", "outcome", "agreed"));
        one.done(one.party(1), "reopen", Map.of("reason", "没有付钱"));
        one.done(one.hall.dispatcher, "assign", Map.of("lead", one.committee.id().toString(), "reason", "重新调解"));
        one.done(one.mediator, "accept", Map.of());
        one.mediating();
        one.done(one.mediator, "draft", Case.draft(Case.clause(2, 1, "赔偿", "5", Case.inDays(1))));
        one.signed(1).signed(2);
        one.done(one.mediator, "sign-mediator", Map.of("text", one.fingerprint()));
        one.done(one.mediator, "put-in-force", Map.of("checked", "true"));
        assertThat(one.dispute().court()).isEmpty();
        assertThat(one.dispute().enforceableUntil()).isEmpty();
        one.done(one.mediator, "join-recorded", Map.of("whose", List.of("1", "2"), "signed", "true"));
        one.done(one.mediator, "file", filing(one));
    }

    private void jdbc(Case one, String sql) {
        Acting.run(new Actor.Machine("test"), () -> context.getBean(org.springframework.transaction.support.TransactionTemplate.class)
                .executeWithoutResult(_ -> context.getBean(org.springframework.jdbc.core.simple.JdbcClient.class).sql(sql).param(one.id()).update()));
    }
}
