package org.heshi.divisions.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.stream.IntStream;
import org.heshi.HeshiTest;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.Grids;
import org.heshi.divisions.Level;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Refusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.WebApplicationContext;

@HeshiTest
class WhenAnAdministratorDividesAVillageTests {

    @Autowired
    Grids grids;
    @Autowired
    Divisions divisions;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;
    @Autowired
    InstantSource clock;
    @Autowired
    WebApplicationContext context;

    /** A village of its own for each test, under a real town. */
    String village;

    @BeforeEach
    void foundsAVillage() {
        village = jdbc.sql("select (max(code)::bigint + 1)::text from divisions.standing where level = 5 and code like '330681201%'").query(String.class).single();
        UUID id = UUID.randomUUID();
        transactions.executeWithoutResult(tx -> {
            jdbc.sql("update divisions.edition set number = nextval('divisions.edition_number')").update();
            jdbc.sql("insert into divisions.division values (?)").param(id).update();
            jdbc.sql("insert into divisions.standing (division, code, name, valid_from, edition) "
                            + "select ?, ?, '试验村委会', date '2023-06-30', (select number from divisions.edition)")
                    .params(id, village).update();
        });
    }

    @Test
    void givesCodesInOrderAndNeverTwice() {
        assertThat(codes(grids.add(village, List.of("东片网格", "西片网格")))).containsExactly(village + "001", village + "002");
        grids.end(village + "002");
        assertThat(codes(grids.add(village, List.of("南片网格")))).containsExactly(village + "003");
        assertThat(codes(grids.add(village + "001", List.of("一组", "二组")))).containsExactly(village + "00101", village + "00102");
        assertThat(divisions.children(village)).extracting(Division::name).containsExactly("东片网格", "南片网格");
        assertThat(divisions.get(village + "00101").level()).isEqualTo(Level.MICRO_GRID);
        assertThat(divisions.fullName(village + "00102")).isEqualTo("浙江省绍兴市诸暨市东和乡试验村委会东片网格二组");
        assertThat(divisions.search("东片", village, 5)).extracting(Division::code).containsExactly(village + "001");
        assertThat(divisions.search("yz", village + "001", 5)).extracting(Division::code).containsExactly(village + "00101");
    }

    @Test
    void keepsTheOldNameOnRecordWhenItIsChangedLater() {
        Division grid = ((Grids.Done) grids.add(village, List.of("旧名网格"))).places().getFirst();
        grids.rename(grid.code(), "笔误更正网格");
        assertThat(standings(grid.id())).as("the same day it is corrected").hasSize(1);
        InstantSource tomorrow = () -> clock.instant().plus(Duration.ofDays(1));
        new GridRegister(jdbc, divisions, transactions, tomorrow).rename(grid.code(), "新名网格");
        assertThat(standings(grid.id())).containsExactly("笔误更正网格", "新名网格");
        assertThat(divisions.get(grid.code())).as("until then the old name stands").isEqualTo(new Division(grid.id(), grid.code(), Level.GRID, "笔误更正网格"));
        assertThat(divisions.search("新名网格", village, 5)).isEmpty();
        assertThat(jdbc.sql("select valid_from from divisions.standing where division = ? and valid_to = 'infinity'").param(grid.id())
                .query(LocalDate.class).single()).isEqualTo(CivilTime.dateOf(tomorrow.instant()));
    }

    @Test
    void endsAGridOnlyWhenNothingStandsBelow() {
        grids.add(village, List.of("东片网格"));
        grids.add(village + "001", List.of("一组"));
        assertThat(reasons(grids.end(village + "001"))).containsExactly("divisions.micro-grids-stand");
        assertThat(grids.end(village + "00101")).isInstanceOf(Grids.Done.class);
        assertThat(grids.end(village + "001")).isInstanceOf(Grids.Done.class);
        assertThat(divisions.children(village)).isEmpty();
        assertThatThrownBy(() -> grids.end(village + "001")).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void refusesNamesThatAreNone() {
        assertThat(reasons(grids.add(village, List.of()))).containsExactly("divisions.name-missing");
        assertThat(reasons(grids.add(village, List.of("  ", "东片")))).containsExactly("divisions.name-missing");
        assertThat(reasons(grids.add(village, List.of("东片", " 东片　")))).containsExactly("divisions.name-taken");
        assertThat(reasons(grids.add(village, List.of("格".repeat(31))))).containsExactly("divisions.name-long");
        for (String strange : List.of("东\u202e片", "东\u200b片", "\ud800", "东\u0000片", "东\ue000")) {
            assertThat(reasons(grids.add(village, List.of(strange)))).containsExactly("divisions.name-strange");
        }
        assertThat(divisions.children(village)).isEmpty();
        assertThat(grids.add(village, List.of("'; drop table x; --", "<script>alert(1)</script>"))).isInstanceOf(Grids.Done.class);
    }

    @Test
    void hasNoMoreThan999GridsInAVillageAnd99MicroGridsInAGrid() throws InterruptedException {
        assertThat(codes(grids.add(village, IntStream.rangeClosed(1, 999).mapToObj(n -> "第" + n + "网格").toList()))).hasSize(999).last().isEqualTo(village + "999");
        assertThat(reasons(grids.add(village, List.of("多一个")))).containsExactly("divisions.numbers-used-up");
        assertThat(reasons(grids.add(village + "001", Collections.nCopies(100, "x")))).contains("divisions.numbers-used-up");
        // so many names at once are laid in the background; the search finds them when that is done
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (divisions.search("第999网格", village, 1).isEmpty() && System.nanoTime() < until) {
            Thread.sleep(50);
        }
        assertThat(divisions.search("第999网格", village, 1)).extracting(Division::code).containsExactly(village + "999");
    }

    @Test
    void dividesNothingButVillagesAndGrids() {
        for (String code : List.of("330681", "330681201", "33", "", "x", village + "777", village + "00101")) {
            assertThatThrownBy(() -> grids.add(code, List.of("网格"))).isInstanceOf(NoSuchElementException.class);
            assertThatThrownBy(() -> grids.rename(code, "网格")).isInstanceOf(NoSuchElementException.class);
        }
        assertThatThrownBy(() -> grids.end("330681109290")).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void isNotAddedToByTwoAtTheSameNumber() {
        List<Grids.Answer> answers = IntStream.range(0, 16).parallel().mapToObj(n -> grids.add(village, List.of("同时" + n))).toList();
        assertThat(answers).allMatch(Grids.Done.class::isInstance);
        assertThat(divisions.children(village)).extracting(Division::code).hasSize(16).doesNotHaveDuplicates();
    }

    @Test
    void isGuardedByTheDatabaseToo() {
        grids.add(village, List.of("东片网格"));
        String grid = village + "001";
        // a code that stands already, orphans, codes of no shape, a name of nothing
        for (String code : List.of(grid, "330681209201", village + "00201", village + "000", grid + "00", "3306812", "0306", "33０6", village + "1234567")) {
            assertThatThrownBy(() -> insert(code, "名称")).as(code).isInstanceOf(DataIntegrityViolationException.class);
        }
        assertThatThrownBy(() -> insert(village + "002", " ")).isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> jdbc.sql("update divisions.standing set valid_to = date '2024-01-01' where code = ? and valid_to = 'infinity'").param(village).update())
                .as("its grid would stand alone").isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> jdbc.sql("delete from divisions.standing where code = ?").param(grid).update()).as("nothing is deleted").isInstanceOf(RuntimeException.class);
        insert(village + "002", "名称");
    }

    private void insert(String code, String name) {
        UUID id = UUID.randomUUID();
        transactions.executeWithoutResult(tx -> {
            jdbc.sql("insert into divisions.division values (?)").param(id).update();
            jdbc.sql("insert into divisions.standing (division, code, name, valid_from, edition) values (?, ?, ?, date '2026-01-01', 1)")
                    .params(id, code, name).update();
        });
    }

    @Test
    void seesAndChangesThemOnPages() throws Exception {
        assertThat(ask(get("/admin/grids").param("q", "诸暨 试验村")).getContentAsString()).contains("/admin/grids/" + village);
        assertThat(ask(get("/admin/grids/" + village)).getContentAsString()).contains("还没有划分网格");
        MockHttpServletResponse added = ask(post("/admin/grids/" + village).param("names", "东片网格\r\n\r\n西片<b>网格\r\n"));
        assertThat(added.getStatus()).isEqualTo(303);
        assertThat(added.getHeader("Location")).isEqualTo("/admin/grids/" + village);
        assertThat(ask(get("/admin/grids/" + village)).getContentAsString()).contains("东片网格", "西片&lt;b&gt;网格", village + "002");
        MockHttpServletResponse refused = ask(post("/admin/grids/" + village).param("names", "北片网格\n东片网格"));
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString()).contains("北片网格\n东片网格").contains("这里已经有“东片网格”");
        MockHttpServletResponse renamed = ask(post("/admin/grids/" + village + "001/name").param("name", "中心网格"));
        assertThat(renamed.getStatus()).isEqualTo(303);
        assertThat(ask(get("/admin/grids/" + village + "001")).getContentAsString()).contains("中心网格");
        MockHttpServletResponse kept = ask(post("/admin/grids/" + village + "001/name").param("name", "字".repeat(40)));
        assertThat(kept.getStatus()).isEqualTo(422);
        assertThat(kept.getContentAsString()).contains("value=\"" + "字".repeat(40) + "\"");
        MockHttpServletResponse ended = ask(post("/admin/grids/" + village + "002/end"));
        assertThat(ended.getStatus()).isEqualTo(303);
        assertThat(ended.getHeader("Location")).isEqualTo("/admin/grids/" + village);
        assertThat(divisions.children(village)).extracting(Division::name).containsExactly("中心网格");
        assertThat(ask(get("/admin/grids/" + village + "001").queryParam("lang", "en")).getContentAsString()).contains("Change the name");
    }

    /** Inside of the security chain, whose own tests say who comes so far. */
    private MockHttpServletResponse ask(MockHttpServletRequestBuilder request) throws Exception {
        MockMvc pages = MockMvcBuilders.webAppContextSetup(context).build();
        MockHttpServletResponse response = pages.perform(request.requestAttr(CsrfToken.class.getName(), new DefaultCsrfToken("X-CSRF", "_csrf", "token")))
                .andReturn().getResponse();
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        return response;
    }

    private List<String> standings(UUID division) {
        return jdbc.sql("select name from divisions.standing where division = ? order by valid_from").param(division).query(String.class).list();
    }

    private static List<String> codes(Grids.Answer answer) {
        assertThat(answer).isInstanceOf(Grids.Done.class);
        return ((Grids.Done) answer).places().stream().map(Division::code).toList();
    }

    private static List<String> reasons(Grids.Answer answer) {
        assertThat(answer).isInstanceOf(Grids.Refused.class);
        return ((Grids.Refused) answer).reasons().stream().map(Refusal::code).toList();
    }
}
