package org.heshi.mediation.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Yuan;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Readings.Reading;
import org.heshi.mediation.course.Dispute.Instalment;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Whatever parties and mediators do in whatever order: an agreement is in force only with every signature on that very text, and what is paid, left and owed adds up.
 * What was signed is remembered here by the entries of the log alone.
 */
@HeshiTest
class WhenRandomDisputesAreMediatedProperties {

    private static final int LIVES = Boolean.getBoolean("heshi.full") ? 150 : 10;
    private static final int STEPS = 40;

    @Autowired
    ApplicationContext context;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    @Test
    void noAgreementIsInForceWithoutEverySignatureOnThatTextAndPaymentsBalance() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Hall hall = new Hall(context);
        Set<String> reached = new HashSet<>();
        for (int life = 0; life < LIVES; life++) {
            // the first begins where money is owed already: every way is walked in each run
            Case one = life == 0 ? new Case(context, hall).inForce() : new Case(context, hall).mediating();
            for (int step = 0; step < STEPS; step++) {
                Dispute before = one.dispute();
                Answer answer = random(one, before, random);
                Dispute now = one.dispute();
                holds(one, now, "seed " + seed + ", life " + life + ", step " + step);
                now.result().ifPresent(result -> reached.add(result.code()));
                now.performedAt().ifPresent(_ -> reached.add("performed"));
                if (!(answer instanceof Answer.Done)) {
                    assertThat(now).as("what was refused changed nothing, seed %d", seed).isEqualTo(before);
                }
            }
        }
        assertThat(reached).as("seed %d", seed).contains("written");
    }

    private Answer random(Case one, Dispute dispute, Random random) {
        String text = random.nextInt(8) == 0 ? "00000000deadbeef" : dispute.draft().map(Dispute.Draft::fingerprint).orElse("none");
        return switch (random.nextInt(dispute.agreement().isPresent() ? 18 : 13)) {
            case 0 -> one.act(one.mediator, "draft", Case.draft(Case.clause(2, 1, "赔偿", random.nextInt(3) == 0 ? "0.01" : "1000", Case.inDays(random.nextInt(3))),
                    Case.clause(1, 0, "道歉", "", Case.inDays(1))));
            case 1, 2, 3 -> one.act(one.party(1), "sign", signs(one, text));
            case 4, 5, 6 -> one.act(one.party(2), "sign", signs(one, text));
            case 7, 8 -> one.act(one.mediator, "sign-mediator", Map.of("text", text));
            case 9, 10 -> one.act(one.mediator, "put-in-force", Map.of("checked", "true"));
            case 11 -> random.nextInt(3) == 0 ? one.act(one.party(1 + random.nextInt(2)), "object", Map.of())
                    : one.act(one.head, "appoint", Map.of("mediator", (random.nextBoolean() ? one.mediator : one.second).post().toString(), "how", "chosen", "no-interest", "true"));
            case 12 -> random.nextInt(12) == 0 ? one.act(one.party(2), "leave", Map.of()) : one.act(one.mediator, "back", Map.of());
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
        if (now.agreement().isPresent()) {
            List<Reading> log = one.read(one.mediator);
            Reading text = log.stream().filter(entry -> entry.seq() == now.agreement().get()).findFirst().orElseThrow();
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
            assertThat(parties).as(where).containsExactlyInAnyOrder(1, 2);
            assertThat(mediator).as(where).isTrue();
            assertThat(log.stream().filter(entry -> entry.action().equals("draft") && entry.seq() > text.seq())).as("a newer text, " + where).isEmpty();
        }
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
