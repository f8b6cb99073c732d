package org.heshi.matters.act;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.ResidentCodes;
import org.heshi.matters.view.MatterViews;
import org.heshi.matters.view.MatterViews.HistoryItem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Each party of a dispute follows it with a code of their own; what one says to the mediator alone the other reads nowhere. */
@HeshiTest
class WhenPartiesAreHeardApartTests {

    private static final String APART = "我愿意退让三尺，先不要告诉他";

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Matters matters;
    @Autowired
    MatterViews views;
    @Autowired
    ResidentCodes codes;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    Hall hall;
    Answer.Done dispute;
    int version;

    @BeforeEach
    void aDispute() {
        hall = new Hall(context);
        dispute = hall.report();
        hall.done(hall.clerk, dispute.matter(), "confirm", Map.of(), 1);
        hall.done(hall.dispatcher, dispute.matter(), "sort", Map.of("kind", "dispute", "category", "02", "level", "blue"), 2);
        hall.done(hall.dispatcher, dispute.matter(), "assign", Map.of("lead", hall.works.id().toString(), "reason", "职责所在"), 3);
        hall.done(hall.handler, dispute.matter(), "accept", Map.of(), 4);
        hall.done(hall.handler, dispute.matter(), "party", Map.of("role", "respondent", "name", "李对面", "phone", "13900000001"), 5);
        hall.done(hall.handler, dispute.matter(), "party", Map.of("role", "witness", "name", "赵看见", "phone", "13900000002"), 6);
        version = 7;
    }

    private Answer.Done codeOf(int party) {
        Answer.Done done = hall.done(hall.handler, dispute.matter(), "party-code", Map.of("whose", List.of(Integer.toString(party)), "checked", "id-card"), version);
        version++;
        return done;
    }

    private List<String> read(Actor who) {
        return Acting.as(who, () -> views.history(dispute.matter())).stream().flatMap(item -> Stream.concat(Stream.of(item.action()),
                item.shown().stream().map(MatterViews.Shown::value))).toList();
    }

    @Test
    void followItWithACodeOfTheirOwn() {
        String second = codeOf(2).code().orElseThrow();
        assertThat(codes.open(dispute.number().digits(), second)).contains(new Actor.Resident(dispute.matter(), 2));
        assertThat(codes.open(dispute.number().digits(), dispute.code().orElseThrow())).as("the reporter's still opens").contains(new Actor.Resident(dispute.matter(), 1));
        String again = codeOf(2).code().orElseThrow();
        assertThat(codes.open(dispute.number().digits(), second)).as("the earlier one ended").isEmpty();
        assertThat(codes.open(dispute.number().digits(), again)).isPresent();
        Visitor neighbour = new Visitor(port);
        neighbour.get("/follow");
        assertThat(neighbour.post("/follow", Map.of("number", dispute.number().digits(), "code", again)).status()).isEqualTo(303);
        Visitor.Answer page = neighbour.get("/follow/" + dispute.number().digits());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("发给当事人查询码").as("what the reporter wrote, and who they are").doesNotContain("村口的路灯坏了三天", "王小明", "13800000000");
    }

    @Test
    void areOnlyThoseOfTheMatter() {
        for (Object whose : List.of("9", "0", "x", "-1", "1,2", List.of())) {
            Map<String, Object> input = new HashMap<>(Map.of("checked", "id-card"));
            input.put("whose", whose);
            Answer answer = hall.act(hall.handler, dispute.matter(), "party-code", input, version);
            assertThat(answer).as("whose " + whose).isInstanceOfSatisfying(Answer.Refused.class, refused ->
                    assertThat(refused.refusals()).extracting(Refusal::field).containsOnly("whose"));
        }
    }

    @Test
    void areHeardAloneAndTheOtherSideReadsItNowhere() {
        hall.done(hall.handler, dispute.matter(), "caucus", Map.of("with", List.of("2"), "record", APART), version);
        assertThat(read(new Actor.Resident(dispute.matter(), 2))).contains("caucus", APART);
        for (Actor other : List.of(new Actor.Resident(dispute.matter(), 1), new Actor.Resident(dispute.matter(), 3), hall.dispatcher, hall.verifier, hall.supervisor)) {
            assertThat(read(other)).as("read by " + other).doesNotContain("caucus", APART);
            long rows = Acting.as(other, () -> transactions.execute(_ -> jdbc.sql("select count(*) from matters.particular where matter = ? and seq = ?")
                    .param(dispute.matter()).param(version + 1).query(Long.class).single()));
            assertThat(rows).as("rows of " + other).isZero();
        }
        assertThat(read(hall.handler)).contains("caucus", APART, "party 2");
        List<HistoryItem> mine = Acting.as(hall.handler, () -> views.history(dispute.matter()));
        assertThat(mine).anySatisfy(item -> assertThat(item.action()).isEqualTo("caucus"));
    }
}
