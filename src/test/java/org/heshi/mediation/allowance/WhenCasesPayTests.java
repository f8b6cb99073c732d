package org.heshi.mediation.allowance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.heshi.County;
import org.heshi.County.Member;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.kernel.Yuan;
import org.heshi.mediation.Affair;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class WhenCasesPayTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    private static Scale line(String division, String what, String form, String type, long fen, String from) {
        return new Scale(UUID.randomUUID(), division, what, form, type, new Yuan(fen), LocalDate.parse(from), "本地规定", Instant.EPOCH);
    }

    @Test
    void theNearestPlaceThenTheTypeThenTheFormThenTheNewestCounts() {
        LocalDate day = LocalDate.of(2026, 11, 22);
        Scale whole = line("549901", "agreed", "", "", 100, "2026-01-01");
        Scale newer = line("549901", "agreed", "", "", 200, "2026-06-01");
        Scale later = line("549901", "agreed", "", "", 900, "2026-12-01");
        Scale written = line("549901", "agreed", "written", "", 300, "2026-01-01");
        Scale typed = line("549901", "agreed", "", "labour", 400, "2026-01-01");
        Scale town = line("549901101", "agreed", "", "", 50, "2026-01-01");
        assertThat(Scale.of(List.of(whole, newer, later), "agreed", "oral", "labour", "549901101201", day)).contains(newer);
        assertThat(Scale.of(List.of(whole, newer, written), "agreed", "written", "labour", "549901101201", day)).contains(written);
        assertThat(Scale.of(List.of(whole, newer, written, typed), "agreed", "written", "labour", "549901101201", day)).contains(typed);
        assertThat(Scale.of(List.of(whole, typed, town), "agreed", "written", "labour", "549901101201", day)).contains(town);
        assertThat(Scale.of(List.of(whole, typed, town), "performed", "written", "labour", "549901101201", day)).isEmpty();
        assertThat(Scale.of(List.of(town), "agreed", "written", "labour", "549901102", day)).isEmpty();
    }

    @Test
    void theLedgerTakesInWhatWasEarnedAndTakesItBackWhenAnotherAgreementTakesThePlaceOfTheFirst() throws Exception {
        County county = County.make(context);
        Member head = county.hire(county.centre, "pay-head", Role.HEAD);
        Member ownHead = county.hire(county.committeeA, "pay-own", Role.HEAD);
        Member mediator = county.hire(county.committeeA, "pay-mediator", Role.MEDIATOR);
        Visitor setter = county.signedIn(new Visitor(port), head);
        setter.get("/password");
        assertThat(setter.post("/mediation/allowance/scale", Map.of("what", "agreed", "amount", "abc", "from", "2026-01-01", "basis", "")).status()).isEqualTo(422);
        String today = new Affair(context, county, mediator).today().toString();
        assertThat(setter.post("/mediation/allowance/scale", Map.of("what", "agreed", "amount", "120.50", "from", today, "basis", "县司法局〔2026〕1号")).status()).isEqualTo(303);
        assertThat(setter.post("/mediation/allowance/scale", Map.of("what", "performed", "form", "oral", "amount", "30", "from", today, "basis", "县司法局〔2026〕1号")).status()).isEqualTo(303);
        Visitor ownSetter = county.signedIn(new Visitor(port), ownHead);
        ownSetter.get("/password");
        assertThat(ownSetter.post("/mediation/allowance/scale", Map.of("what", "agreed", "amount", "999", "from", today, "basis", "自定")).status()).isEqualTo(403);

        Affair affair = new Affair(context, county, mediator);
        affair.takenUp("neighbours", "application-one", Map.of()).mediating().oral("院墙越界", List.of(affair.clause("赔偿", "100", 5), affair.clause("退让三尺", "", 5)));
        assertThat(ledger(affair)).containsExactly("agreed 12050");
        affair.does("perform", Map.of("which", "1", "amount", "60", "on", today));
        affair.does("perform", Map.of("which", "1", "amount", "40", "on", today));
        assertThat(ledger(affair)).containsExactly("agreed 12050");
        affair.does("perform", Map.of("which", "2", "on", today));
        assertThat(ledger(affair)).containsExactly("agreed 12050", "performed 3000");

        Visitor own = county.signedIn(new Visitor(port), mediator);
        assertThat(own.get("/mediation/allowance").body()).contains("150.50", "120.50", affair.way.number().shown());
        assertThat(own.get("/mediation").body()).contains("150.50");
        String month = today.substring(0, 7);
        assertThat(setter.get("/mediation/allowance/unit?month=" + month).body()).contains("试验pay-mediator", "150.50");
        assertThat(ownSetter.get("/mediation/allowance/unit?month=" + month).body()).contains("试验pay-mediator", "150.50");
        assertThat(ownSetter.get("/mediation/allowance/unit.csv?month=" + month).body()).contains(affair.way.number().shown(), "120.50");
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(ownSetter.bytes("/mediation/allowance/unit.xlsx?month=" + month)))) {
            assertThat(book.getFirstSheet().read()).hasSize(3);
            assertThat(book.getFirstSheet().read().get(1).getCellAsNumber(5).orElseThrow()).isEqualByComparingTo("120.50");
        }
        Member otherHead = county.hire(county.roads, "pay-other", Role.HEAD);
        Visitor other = county.signedIn(new Visitor(port), otherHead);
        assertThat(other.get("/mediation/allowance/unit?month=" + month).body()).doesNotContain("pay-mediator");

        affair.does("answer", Map.of("answer", "已达成口头协议"));
        affair.does(county.actor(county.verifier), "verify", Map.of("asked", "asked", "resolved", "yes", "satisfied", "yes", "outcome", "agreed"));
        affair.does(affair.resident(1), "reopen", Map.of("reason", "又越界了"));
        assertThat(ledger(affair)).as("the agreement stands").containsExactly("agreed 12050", "performed 3000");
        affair.assigned().takenUp("neighbours", "application-one", Map.of()).mediating().oral("院墙又越界", List.of(affair.clause("赔偿", "20", 5)));
        assertThat(ledger(affair)).containsExactly("agreed 12050", "agreed 12050", "performed 3000", "taken-back -12050", "taken-back -3000");
        Affair again = new Affair(context, county, mediator);
        again.takenUp("neighbours", "application-one", Map.of()).mediating().oral("院墙越界", List.of(again.clause("退让三尺", "", 5)));
        again.does("remediate", Map.of("reason", "再谈谈"));
        again.does("refuse", Map.of("told", "true"));
        again.does("perform", Map.of("which", "1", "on", today));
        assertThat(ledger(again)).as("a new try failed before anybody was named for it").containsExactly("agreed 12050", "performed 3000");
        assertThatThrownBy(() -> Acting.run(new Actor.Machine("mediation"), () -> transactions.executeWithoutResult(_ -> jdbc.sql("update mediation.allowance set fen = 1").update())))
                .isInstanceOf(DataAccessException.class);
    }

    private List<String> ledger(Affair affair) {
        return Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc.sql("select what || ' ' || fen from mediation.allowance where matter = ? order by what, fen")
                .param(affair.way.id()).query(String.class).list()));
    }

    @Test
    void aCaseWithoutAScalePaysNothing() {
        County county = County.make(context);
        Member mediator = county.hire(county.committeeA, "free-mediator", Role.MEDIATOR);
        Affair affair = new Affair(context, county, mediator);
        affair.takenUp("neighbours", "initiative", Map.of()).mediating().oral("院墙越界", List.of(affair.clause("退让三尺", "", 5)));
        assertThat(ledger(affair)).isEmpty();
    }
}
