package org.heshi.matters.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.view.MatterViews;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class WhatIsFoundOnARoundTests {

    private static final Pattern NUMBER = Pattern.compile("<dd class=\"code\" data-number>(\\d{4}-\\d{5}-\\d{4})</dd>");

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Matters matters;
    @Autowired
    MatterViews views;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    County county;
    Visitor grid;

    @BeforeEach
    void aGridWorker() {
        county = County.make(context);
        grid = county.signedIn(new Visitor(port), county.gridWorker);
    }

    private Map<String, String> typed(Map<String, String> more) {
        grid.get("/desk/round");
        Map<String, String> fields = new HashMap<>(Map.of("form.version", "0", "form.key", UUID.randomUUID().toString(), "title", "三组路口井盖松动",
                "category", County.ROADS, "level", "blue", "place", county.gridA, "answer", "当场垫实，踩踏不再晃动。"));
        fields.putAll(more);
        return fields;
    }

    private UUID kept(String body) {
        Matcher number = NUMBER.matcher(body);
        assertThat(number.find()).as(body).isTrue();
        return county.as(county.gridWorker, () -> views.find(MatterNumber.parse(number.group(1)).orElseThrow())).orElseThrow();
    }

    private Map<String, Object> row(UUID matter) {
        return county.as(county.supervisor, () -> transactions.execute(_ -> jdbc.sql("select kind, state, turn, channel, version, division_code from matters.matter where id = ?")
                .param(matter).query().singleRow()));
    }

    @Test
    void isOneActAndWaitsForSomebodyElseToCheck() {
        String receipt = grid.post("/desk/round", typed(Map.of())).body();
        assertThat(receipt).contains("等待核查").doesNotContain("data-code", "class=\"qr\"");
        UUID matter = kept(receipt);
        assertThat(row(matter)).containsEntry("kind", "grid-event").containsEntry("state", "answered").containsEntry("turn", "verifier").containsEntry("channel", "grid")
                .containsEntry("version", 1).containsEntry("division_code", county.gridA);

        Answer own = county.as(county.gridWorker, () -> matters.act(Act.on(matter, "verify", Map.of("asked", "seen", "outcome", "resolved"), 1, UUID.randomUUID().toString())));
        assertThat(own).isInstanceOf(Answer.Refused.class);
        Answer checked = county.as(county.townClerkA, () -> matters.act(Act.on(matter, "verify", Map.of("asked", "seen", "outcome", "resolved"), 1, UUID.randomUUID().toString())));
        assertThat(checked).isInstanceOf(Answer.Done.class);
        assertThat(row(matter)).containsEntry("state", "closed");
    }

    /** Nobody has to sort, assign or answer it any more: only the time to check runs. */
    @Test
    void startsNoLimitButThatOfChecking() {
        UUID matter = kept(grid.post("/desk/round", typed(Map.of("level", "red"))).body());
        List<String> running = county.as(county.supervisor, () -> transactions.execute(_ -> jdbc.sql("select name from matters.clock where matter = ?").param(matter)
                .query(String.class).list()));
        assertThat(running).containsExactly("check");
    }

    @Test
    void isWhereTheWorkerGoesRound() {
        Map<String, String> elsewhere = typed(Map.of("place", county.villageB));
        var refused = grid.post("/desk/round", elsewhere);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("不在您巡查的范围内", "当场垫实");
        Map<String, String> nowhere = typed(Map.of());
        nowhere.remove("place");
        assertThat(row(kept(grid.post("/desk/round", nowhere).body()))).containsEntry("division_code", county.villageA);
    }

    @Test
    void goesBackToTheDeskWhenItIsNotSo() {
        UUID matter = kept(grid.post("/desk/round", typed(Map.of())).body());
        Answer redo = county.as(county.townClerkA, () -> matters.act(Act.on(matter, "redo", Map.of("reason", "现场仍然晃动，请重新处理"), 1, UUID.randomUUID().toString())));
        assertThat(redo).as(String.valueOf(redo)).isInstanceOf(Answer.Done.class);
        assertThat(row(matter).get("state")).isNotEqualTo("closed");
        assertThat(List.of("desk", "lead")).contains((String) row(matter).get("turn"));
    }

    @Test
    void isKeptOnceOnADoubleClickAndSaysAllThatIsMissingAtOnce() {
        Map<String, String> form = typed(Map.of());
        UUID first = kept(grid.post("/desk/round", form).body());
        assertThat(kept(grid.post("/desk/round", form).body())).isEqualTo(first);

        var refused = grid.post("/desk/round", typed(Map.of("title", "", "answer", " ", "category", "", "place-words", "老供销社对面")));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("老供销社对面", "id=\"title-errors\"", "id=\"answer-errors\"", "id=\"category-errors\"");
    }

    @Test
    void isForGridWorkersAlone() {
        for (County.Member member : new County.Member[] {county.clerk, county.handler, county.supervisor, county.verifier, county.townClerkA}) {
            Visitor visitor = county.signedIn(new Visitor(port), member);
            assertThat(visitor.get("/desk/round").status()).as(member.account()).isEqualTo(403);
            Answer answer = county.as(member, () -> matters.act(Act.found("grid-event", "settle-found", Map.of("title", "井盖", "category", County.ROADS, "level", "blue",
                    "answer", "修好"), UUID.randomUUID().toString())));
            assertThat(answer).isEqualTo(new Answer.Refused(List.of(Refusal.of("not-allowed"))));
        }
        assertThat(new Visitor(port).get("/desk/round").location()).contains("/sign-in");
        assertThat(grid.get("/desk/round").body()).contains("巡查即办", "name=\"answer\"").doesNotContain("name=\"phone\"");
    }
}
