package org.heshi.statistics.bulletin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.documents.Pdf;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Ids;
import org.heshi.statistics.MonthlyBulletins;
import org.heshi.statistics.PutIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class WhenABulletinIsReleasedTests {

    private static final Pattern HIDDEN = Pattern.compile("name=\"(revision|digest)\" value=\"([^\"]*)\"");

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    MonthlyBulletins own;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    County county;
    private final LocalDate today = CivilTime.dateOf(java.time.Clock.systemUTC().instant());
    private final YearMonth month = YearMonth.from(today).minusMonths(1);

    @BeforeEach
    void aCounty() {
        county = County.make(context);
    }

    @Test
    void isReleasedByTheProgramsOwnPartsAsByAPerson() {
        assertThatThrownBy(() -> Acting.run(staff(county.clerk), () -> own.release(month, "前言", ""))).isInstanceOf(AccessDeniedException.class);
        assertThat(Acting.as(staff(county.supervisor), () -> own.release(month, "各镇：", "请按期办结。"))).isTrue();
        assertThat(Acting.as(staff(county.supervisor), () -> own.release(month, "又一次", ""))).as("one a month").isFalse();
        assertThat(as(county.supervisor).get("/figures/bulletins").body()).contains(month.getYear() + "年第1期").doesNotContain("第2期");
    }

    private Actor staff(County.Member member) {
        return new Actor.Staff(context.getBean(Directory.class).heldPosts(member.person(), java.time.Clock.systemUTC().instant()).getFirst());
    }

    private Visitor as(County.Member member) {
        Visitor visitor = county.signedIn(new Visitor(port), member);
        visitor.get("/posts");
        return visitor;
    }

    private static Map<String, String> seen(String page) {
        Map<String, String> seen = new java.util.HashMap<>();
        Matcher hidden = HIDDEN.matcher(page);
        while (hidden.find()) {
            seen.put(hidden.group(1), hidden.group(2));
        }
        return seen;
    }

    @Test
    void staysAsItWasAndIsReadByThoseBelow() throws Exception {
        PutIn put = PutIn.some(context, county, 30, 55, new Random(11));
        Visitor supervisor = as(county.supervisor);
        assertThat(supervisor.get("/figures/bulletins").body()).contains("还没有发布过通报");
        assertThat(supervisor.post("/figures/bulletins", Map.of("month", YearMonth.from(today).toString())).location()).as("a month that is not over").isEqualTo("/figures/bulletins");
        String draft = supervisor.post("/figures/bulletins", Map.of("month", month.toString())).location();
        assertThat(supervisor.post("/figures/bulletins", Map.of("month", month.toString())).location()).as("one draft a month").isEqualTo(draft);
        long came = put.count(one -> one.cameIn(month.atDay(1), month.atEndOfMonth()));
        assertThat(supervisor.get(draft).body()).contains("草稿", "共受理 " + came + " 件", "受理较多的类别");

        assertThat(supervisor.post(draft, Map.of("foreword", "长".repeat(4001), "remarks", "", "revision", "0")).status()).isEqualTo(422);
        assertThat(supervisor.post(draft, Map.of("foreword", "各镇各部门：", "remarks", "请按期办结。", "revision", "0")).status()).isEqualTo(303);
        var stale = supervisor.post(draft, Map.of("foreword", "别人的窗口里写的", "remarks", "", "revision", "0"));
        assertThat(stale.status()).isEqualTo(422);
        assertThat(stale.body()).contains("别人的窗口里写的", "请再看一遍");
        assertThat(Pdf.byPoppler(supervisor.bytes(draft + "/paper.pdf"))).contains("草稿·尚未发布", "各镇各部门", "请按期办结", "内部资料", "共受理" + came + "件");

        Visitor townA = as(county.townSupervisorA);
        assertThat(townA.get(draft).status()).as("a draft is its writers'").isEqualTo(404);
        assertThat(townA.get(draft + "/paper.pdf").status()).isEqualTo(404);
        assertThat(supervisor.post(draft + "/release", Map.of("revision", "1", "digest", "other")).status()).as("other figures than those on the screen").isEqualTo(422);
        Map<String, String> unsaved = seen(supervisor.get(draft).body());
        unsaved.putAll(Map.of("foreword", "各镇各部门、各单位：", "remarks", "请按期办结。"));
        assertThat(supervisor.post(draft + "/release", unsaved).location()).isEqualTo(draft);
        assertThat(supervisor.get(draft).body()).as("what was typed and not saved is kept and looked at again").contains("各镇各部门、各单位：", "已经保存", "草稿");
        unsaved.put("revision", "2");
        assertThat(supervisor.post(draft + "/release", unsaved).location()).isEqualTo(draft);
        assertThat(supervisor.get(draft).body()).contains("已经发布");

        byte[] paper = supervisor.bytes(draft + "/paper.pdf");
        String said = Pdf.byPoppler(paper);
        assertThat(said).contains(month.getYear() + "年第1期", month.getYear() + "年" + month.getMonthValue() + "月", "各镇各部门", "请按期办结", "内部资料", "共受理" + came + "件", "响应率", "甲镇", "乙镇", "指标说明")
                .doesNotContain("草稿");
        assertThat(said.indexOf("甲镇")).as("places by code, not by how many").isLessThan(said.indexOf("乙镇"));
        assertThat(townA.bytes(draft + "/paper.pdf")).isEqualTo(paper);
        assertThat(townA.get("/figures/bulletins").body()).contains("第1期").doesNotContain("别人的窗口");
        assertThat(townA.get(draft).body()).contains("这一期已经发布", "各镇各部门");
        stays(draft);
        correctedByAnother(supervisor, draft, paper);
        refusals(draft);
    }

    private void stays(String draft) {
        Visitor supervisor = as(county.supervisor);
        for (String step : List.of("", "/drop", "/release")) {
            assertThat(supervisor.post(draft + step, Map.of("foreword", "改", "remarks", "", "revision", "1")).status()).as(step).isEqualTo(404);
        }
        var id = Ids.find(draft.substring(draft.lastIndexOf('/') + 1)).orElseThrow();
        for (String sql : List.of("update statistics.bulletin set foreword = 'x' where id = ?", "delete from statistics.bulletin where id = ?")) {
            assertThatThrownBy(() -> county.as(county.supervisor, () -> transactions.execute(_ -> jdbc.sql(sql).param(id).update()))).rootCause().hasMessageContaining("stays as it was");
            Integer changed = county.as(county.townSupervisorA, () -> transactions.execute(_ -> jdbc.sql(sql).param(id).update()));
            assertThat(changed).as("of another's nothing is there to change").isZero();
        }
    }

    private void correctedByAnother(Visitor supervisor, String first, byte[] paper) throws Exception {
        String second = supervisor.post("/figures/bulletins", Map.of("month", month.toString())).location();
        assertThat(second).isNotEqualTo(first);
        assertThat(supervisor.get(second).body()).as("it begins with the words of the one that it replaces").contains("第1期", "各镇各部门、各单位：", "请按期办结。");
        assertThat(supervisor.post(second + "/release", seen(supervisor.get(second).body())).location()).isEqualTo(second);
        assertThat(Pdf.byPoppler(supervisor.bytes(second + "/paper.pdf"))).contains("第2期", "本期替代" + month.getYear() + "年第1期");
        assertThat(supervisor.bytes(first + "/paper.pdf")).isEqualTo(paper);
        String third = supervisor.post("/figures/bulletins", Map.of("month", month.minusMonths(1).toString())).location();
        assertThat(supervisor.post(third, Map.of("foreword", "字" + Character.toString(0x10F00), "remarks", "", "revision", "0")).status()).isEqualTo(303);
        assertThat(supervisor.post(third + "/release", seen(supervisor.get(third).body())).status()).as("what no font has").isEqualTo(422);
        assertThat(supervisor.post(third + "/drop", Map.of()).location()).isEqualTo("/figures/bulletins");
        assertThat(supervisor.get(third).status()).isEqualTo(404);
    }

    @Test
    void getsANumberOfItsOwnWhenTwoMonthsAreReleasedAtOnce() throws Exception {
        List<String> drafts = new ArrayList<>();
        Visitor supervisor = as(county.supervisor);
        for (int back = 0; back < 2; back++) {
            // two months of one year that are among the thirteen last finished ones, whatever month it is now
            YearMonth some = YearMonth.of(today.getYear() - 1, 11 + back);
            drafts.add(supervisor.post("/figures/bulletins", Map.of("month", some.toString())).location());
        }
        List<Map<String, String>> seen = new ArrayList<>();
        drafts.forEach(draft -> seen.add(seen(supervisor.get(draft).body())));
        List<Visitor> hands = List.of(as(county.supervisor), as(county.supervisor));
        CyclicBarrier together = new CyclicBarrier(2);
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int at = i;
                answers.add(pool.submit(() -> {
                    together.await();
                    return hands.get(at).post(drafts.get(at) + "/release", seen.get(at)).status();
                }));
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(303, 422);
            }
        }
        List<Integer> numbers = county.as(county.supervisor, () -> transactions.execute(_ -> jdbc.sql("select number from statistics.bulletin where place = ? and number is not null")
                .param(county.code).query(Integer.class).list()));
        assertThat(numbers).isNotEmpty().doesNotHaveDuplicates();
    }

    private void refusals(String released) {
        County other = County.make(context);
        Visitor stranger = other.signedIn(new Visitor(port), other.supervisor);
        assertThat(stranger.get(released).status()).isEqualTo(404);
        assertThat(stranger.get(released + "/paper.pdf").status()).isEqualTo(404);
        assertThat(stranger.get("/figures/bulletins").body()).contains("还没有发布过通报");
        for (County.Member theirs : List.of(county.roadsHead, county.handler, county.waterHandler, county.organDispatcher)) {
            Visitor bureau = as(theirs);
            assertThat(bureau.get("/figures/bulletins").body()).as(theirs.account()).contains(released, "第1期").doesNotContain("name=\"month\"");
            assertThat(bureau.get(released).body()).contains("这一期已经发布", "各镇各部门");
            assertThat(bureau.download(released + "/paper.pdf").statusCode()).isEqualTo(200);
            assertThat(bureau.post("/figures/bulletins", Map.of("month", month.toString())).status()).as("it is read, not written").isEqualTo(403);
        }
        String draft = as(county.supervisor).post("/figures/bulletins", Map.of("month", month.minusMonths(2).toString())).location();
        assertThat(as(county.roadsHead).get(draft).status()).as("a draft is addressed to nobody yet").isEqualTo(404);
        assertThat(as(county.roadsHead).get("/figures/bulletins").body()).doesNotContain(draft);
        for (Visitor none : List.of(as(county.aboveHead), other.signedIn(new Visitor(port), other.roadsHead), other.signedIn(new Visitor(port), other.handler))) {
            assertThat(none.get(released).status()).as("a bureau of another place").isEqualTo(404);
            assertThat(none.get(released + "/paper.pdf").status()).isEqualTo(404);
            assertThat(none.get("/figures/bulletins").body()).contains("还没有发布过通报").doesNotContain(released);
        }
        assertThat(as(county.clerk).get(released).status()).isEqualTo(403);
        assertThat(new Visitor(port).get(released).location()).as("a stranger signs in first").contains("/sign-in");
        assertThat(as(county.auditor).get(released).status()).isEqualTo(200);
        assertThat(as(county.auditor).post("/figures/bulletins", Map.of("month", month.toString())).status()).isEqualTo(403);
        Visitor former = as(county.townSupervisorB);
        assertThat(former.get(released).status()).isEqualTo(200);
        county.end(county.townSupervisorB);
        assertThat(former.get(released).body()).doesNotContain("各镇各部门");
    }
}
