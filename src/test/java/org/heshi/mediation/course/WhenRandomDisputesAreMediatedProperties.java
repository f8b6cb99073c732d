package org.heshi.mediation.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.BeforeTry;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.documents.Papers;
import org.heshi.kernel.Yuan;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Readings;
import org.heshi.matters.Readings.Reading;
import org.heshi.mediation.course.Dispute.Instalment;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestContextManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Whatever parties and mediators do in whatever order: an agreement is in force only with every signature on that very text, and what is paid, left and owed adds up.
 * It is taken up, corrected, agreed, broken and mediated once more; an agreement stands until another one takes its place, and a case has one number and is counted once.
 * What was signed is remembered here by the entries of the log alone.
 */
@HeshiTest
class WhenRandomDisputesAreMediatedProperties {

    private static final int LIVES = 4;
    private static final int LIVES_IN_FULL = 150;
    /** By so many steps, each the next one, a dispute comes from the wish to mediate once more to its second agreement. */
    private static final int STRAIGHT = 14;
    private static Hall hall;

    @Autowired
    ApplicationContext context;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    @BeforeTry
    void program() throws Exception {
        new TestContextManager(getClass()).prepareTestInstance(this);
        if (hall == null) {
            hall = new Hall(context);
        }
    }

    /**
     * @param next whether somebody does what brings the dispute on where it stands, or anybody anything
     * @param dice by which the one who acts and what they write are drawn
     */
    record Step(boolean next, long dice) {
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(Arbitraries.of(true, false), Arbitraries.longs()).as(Step::new).list().ofMinSize(STRAIGHT).ofMaxSize(40);
    }

    @Property(tries = LIVES, edgeCases = EdgeCasesMode.NONE)
    void noAgreementIsInForceWithoutEverySignatureOnThatTextAndPaymentsBalance(@ForAll("steps") List<Step> steps) {
        walked(begun().mediating(), steps, 0);
    }

    @Tag("full")
    @Property(tries = LIVES_IN_FULL)
    void noAgreementIsInForceWithoutEverySignatureInAnyOfManyLives(@ForAll("steps") List<Step> steps) {
        walked(begun().mediating(), steps, 0);
    }

    /** Begins where money is owed already and is mediated once more: the whole way is walked in each run, and on from there. */
    @Property(tries = 1, edgeCases = EdgeCasesMode.NONE)
    void anAgreementStandsUntilAnotherOneTakesItsPlace(@ForAll("steps") List<Step> steps) {
        Case one = begun().inForce();
        one.done(one.party(2), "remediate", Map.of("reason", "付不起"));
        assertThat(walked(one, steps, STRAIGHT)).contains("written", "replaced");
    }

    /** There is somebody who may be named as a party when the registration is corrected, and left out again. */
    private Case begun() {
        Case one = new Case(context, hall);
        one.done(one.mediator, "party", Map.of("role", "respondent", "name", "钱三家", "phone", "13900000003"));
        return one;
    }

    /** @return what was reached on the way */
    private Set<String> walked(Case one, List<Step> steps, int straight) {
        Set<String> reached = new HashSet<>();
        for (int i = 0; i < steps.size(); i++) {
            Random random = new Random(steps.get(i).dice());
            Dispute before = one.dispute();
            Answer answer = i < straight || steps.get(i).next() ? next(one, before, state(one), random) : random(one, before, random);
            Dispute now = one.dispute();
            holds(one, now, "step " + i);
            now.result().ifPresent(result -> reached.add(result.code()));
            if (now.drafts().stream().anyMatch(text -> text.replacedBy().isPresent())) {
                reached.add("replaced");
            }
            if (!(answer instanceof Answer.Done)) {
                assertThat(now).as("what was refused changed nothing, step %d", i).isEqualTo(before);
            }
        }
        return reached;
    }

    private static String state(Case one) {
        return one.read(one.mediator).getLast().state();
    }

    /** What brings it on where it stands. */
    private Answer next(Case one, Dispute dispute, String state, Random random) {
        return switch (state) {
            case "accepted" -> {
                if (Acting.as(one.mediator, () -> context.getBean(Readings.class).next(one.id())).stream().anyMatch(offered -> offered.action().equals("take-up"))) {
                    yield one.act(one.mediator, "take-up", registers(random.nextInt(3) == 0));
                }
                Optional<Integer> silent = silent(dispute);
                yield silent.isPresent() ? one.act(one.party(silent.get()), "consent", Map.of("told", "true", "open", "closed"))
                        : dispute.mediator().isEmpty() ? one.act(one.head, "appoint", appoints(one)) : one.act(one.mediator, "willing", Map.of());
            }
            case "mediating", "signing" -> {
                Optional<Integer> silent = silent(dispute);
                if (silent.isPresent()) {
                    yield one.act(one.party(silent.get()), "consent", Map.of("told", "true", "open", "closed"));
                }
                if (dispute.mediator().isEmpty()) {
                    yield one.act(one.head, "appoint", appoints(one));
                }
                if (dispute.draft().isEmpty()) {
                    yield one.act(one.mediator, "draft", text(random));
                }
                Dispute.Draft draft = dispute.draft().get();
                Optional<Integer> unsigned = dispute.principals().stream().map(Dispute.Participant::party).filter(party -> !dispute.signed(draft, party)).findFirst();
                if (unsigned.isPresent()) {
                    yield one.act(one.party(unsigned.get()), "sign", signs(one, draft.fingerprint()));
                }
                Answer mediator = one.act(dispute.mediator().filter(one.second.post()::equals).isPresent() ? one.second : one.mediator, "sign-mediator", Map.of("text", draft.fingerprint()));
                yield mediator instanceof Answer.Done ? mediator : one.act(one.mediator, "put-in-force", Map.of("checked", "true"));
            }
            case "agreed", "not-agreed" -> random.nextInt(3) == 0 ? one.act(random.nextBoolean() ? one.head : one.party(1), "remediate", Map.of("reason", "再谈谈"))
                    : one.act(one.party(1 + random.nextInt(2)), "broken", Map.of("words", "没有付钱"));
            default -> random(one, dispute, random);
        };
    }

    private static Optional<Integer> silent(Dispute dispute) {
        return dispute.principals().stream().filter(one -> one.consentedAt().isEmpty()).map(Dispute.Participant::party).findFirst();
    }

    private static Map<String, Object> appoints(Case one) {
        return Map.of("mediator", one.mediator.post().toString(), "how", "appointed", "no-interest", "true");
    }

    /** @param three whether the third one is a party, too */
    private static Map<String, Object> registers(boolean three) {
        return Map.of("source", "application-one", "type", "neighbours", "applicants", List.of("1"), "respondents", three ? List.of("2", "3") : List.of("2"), "facts", "砌墙占地", "fit", "true");
    }

    private static Map<String, Object> text(Random random) {
        Map<String, Object> text = Case.draft(Case.clause(2, 1, "赔偿", random.nextInt(3) == 0 ? "0.01" : "1000", Case.inDays(random.nextInt(3))), Case.clause(1, 0, "道歉", "", Case.inDays(1)));
        text.put("copies", "4");
        return text;
    }

    private Answer random(Case one, Dispute dispute, Random random) {
        String text = random.nextInt(8) == 0 ? "00000000deadbeef" : dispute.draft().map(Dispute.Draft::fingerprint).orElse("none");
        return switch (random.nextInt(dispute.agreement().isPresent() ? 23 : 17)) {
            case 0 -> one.act(one.mediator, "draft", text(random));
            case 1, 2, 3 -> one.act(one.party(1), "sign", signs(one, text));
            case 4, 5, 6 -> one.act(one.party(2), "sign", signs(one, text));
            case 7, 8 -> one.act(one.mediator, "sign-mediator", Map.of("text", text));
            case 9, 10 -> one.act(one.mediator, "put-in-force", Map.of("checked", "true"));
            case 11 -> random.nextInt(3) == 0 ? one.act(one.party(1 + random.nextInt(2)), "object", Map.of())
                    : one.act(one.head, "appoint", Map.of("mediator", (random.nextBoolean() ? one.mediator : one.second).post().toString(), "how", "chosen", "no-interest", "true"));
            case 12 -> random.nextInt(12) == 0 ? one.act(one.party(2), "leave", Map.of()) : one.act(one.mediator, "back", Map.of());
            case 13 -> {
                Map<String, Object> right = new HashMap<>(registers(random.nextBoolean()));
                right.put("reason", "登记错了");
                yield one.act(one.mediator, "amend", right);
            }
            case 14 -> one.act(one.party(3), "sign", signs(one, text));
            case 15 -> one.act(one.party(1 + random.nextInt(3)), "remediate", Map.of("reason", "再谈谈"));
            case 16 -> one.act(one.party(1 + random.nextInt(3)), "consent", Map.of("told", "true", "open", "closed"));
            default -> {
                Map<String, Object> paid = new HashMap<>(Map.of("which", Integer.toString(1 + random.nextInt(3)), "on", Case.inDays(0).toString()));
                if (random.nextInt(4) > 0) {
                    paid.put("amount", List.of("0.01", "333.33", "1000", "0").get(random.nextInt(4)));
                }
                Actor who = List.of(one.mediator, one.party(1), one.party(2)).get(random.nextInt(3));
                yield one.act(who, who instanceof Actor.Staff ? "perform" : "performed", paid);
            }
        };
    }

    private static Map<String, Object> signs(Case one, String text) {
        return Map.of("read", "true", "text", text, "signature", List.of(one.picture()));
    }

    private void holds(Case one, Dispute now, String where) {
        List<Reading> log = one.read(one.mediator);
        Optional<Reading> sealed = log.stream().filter(entry -> entry.action().equals("put-in-force")).reduce((_, newest) -> newest);
        // an agreement stands from the act that put it in force to the one that puts another in its place, whatever is done between
        assertThat(now.agreement()).as(where).isEqualTo(sealed.map(entry -> ((Number) entry.data().get("draft")).intValue()));
        assertThat(now.drafts()).as(where).allMatch(draft -> draft.inForceAt().isEmpty() || draft.replacedBy().isPresent() == (draft.seq() != now.agreement().orElseThrow()));
        if (sealed.isPresent()) {
            Reading text = log.stream().filter(entry -> entry.seq() == now.agreement().orElseThrow()).findFirst().orElseThrow();
            Set<Integer> parties = new HashSet<>();
            boolean mediator = false;
            for (Reading entry : log) {
                boolean onThis = text.digest().equals(entry.data().get("signs")) && entry.seq() > text.seq();
                if (onThis && entry.action().equals("sign")) {
                    parties.add(entry.party().orElseThrow());
                } else if (onThis && entry.action().equals("sign-mediator")) {
                    mediator = true;
                }
            }
            Reading registered = log.stream().filter(entry -> Set.of("take-up", "amend").contains(entry.action()) && entry.seq() < sealed.get().seq()).reduce((_, newest) -> newest).orElseThrow();
            assertThat(parties).as(where).containsExactlyInAnyOrderElementsOf(Stream.of("applicants", "respondents").flatMap(side -> registered.parties(side).stream()).toList());
            assertThat(registered.seq()).as("who the parties are is what was signed, " + where).satisfiesAnyOf(seq -> assertThat(seq).isLessThan(text.seq()),
                    seq -> assertThat(log.stream().filter(entry -> Set.of("take-up", "amend").contains(entry.action()) && entry.seq() < text.seq()).reduce((_, newest) -> newest).orElseThrow()
                            .parties("respondents")).isEqualTo(registered.parties("respondents")));
            assertThat(mediator).as(where).isTrue();
            assertThat(log.stream().filter(entry -> entry.action().equals("draft") && entry.seq() > text.seq() && entry.seq() < sealed.get().seq())).as("a newer text, " + where).isEmpty();
        }
        // one case has one number, the first of its committee, however often it is taken up, corrected or mediated again; and is counted once
        assertThat(Acting.as(one.mediator, () -> context.getBean(Papers.class).numbers(one.id()))).as(where).singleElement()
                .satisfies(number -> assertThat(number.number()).isEqualTo(1), number -> assertThat(number.id()).isEqualTo(now.numberId()));
        List<String> counted = Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql("select result || ' ' || sum_fen from mediation.figure where matter = ?")
                .param(one.id()).query(String.class).list()));
        assertThat(counted).as(where).containsExactly(now.agreement().isPresent() ? "written " + now.sum().orElse(Yuan.NOTHING).fen()
                        : now.result().filter(Dispute.Result.FAILED::equals).isPresent() ? "failed 0" : " 0");
        List<Instalment> due = new ArrayList<>(now.due());
        assertThat(due.stream().map(one2 -> one2.amount().orElse(Yuan.NOTHING)).reduce(Yuan.NOTHING, Yuan::plus)).as(where).isEqualTo(now.sum().orElse(Yuan.NOTHING));
        for (Instalment owed : due) {
            long paid = Acting.as(one.mediator, () -> transactions.execute(_ -> jdbc.sql("select coalesce(sum(fen), 0) from mediation.payment where matter = ? and draft = ? and ordinal = ?")
                    .params(one.id(), owed.draft(), owed.ordinal()).query(Long.class).single()));
            assertThat(owed.paid().fen()).as(where).isEqualTo(paid);
            owed.amount().ifPresent(amount -> assertThat(owed.doneOn().isPresent()).as(where).isEqualTo(amount.equals(owed.paid())));
        }
        assertThat(now.performedAt().isPresent()).as(where).isEqualTo(!due.isEmpty() && due.stream().allMatch(owed -> owed.doneOn().isPresent()));
    }
}
