package org.heshi.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CivilTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** An administrator of Zhuji at the pages of the directory, and others who try them. */
@HeshiTest
class AdministrationTests {

    private static final String COUNTY = "330681";
    private static final String NEIGHBOUR = "330683";

    @Autowired
    ApplicationContext context;
    @Autowired
    Directory directory;
    @Autowired
    Categories categories;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;
    @Autowired
    InstantSource clock;
    @LocalServerPort
    int port;

    People people;
    People.Somebody administrator;
    Visitor visitor;
    String mark;

    @BeforeEach
    void oneAdministrator() {
        people = new People(context);
        administrator = people.in(UnitType.CENTRE, COUNTY, Role.ADMINISTRATOR);
        visitor = new Visitor(port).signedInAs(administrator);
        mark = UUID.randomUUID().toString().substring(0, 8);
    }

    @Test
    void opensItsPagesToNobodyElse() {
        People.Somebody clerk = people.in(UnitType.CENTRE, COUNTY, Role.WINDOW_CLERK, Role.SUPERVISOR);
        for (String path : List.of("/admin/units", "/admin/units/new", "/admin/units/" + clerk.unit(), "/admin/posts/" + clerk.post(),
                "/admin/posts/" + clerk.post() + "/assign", "/admin/people/" + clerk.person(), "/admin/handling", "/admin/handling/new",
                "/admin/categories", "/admin/categories/new", "/admin/import", "/admin/import/template.xlsx")) {
            assertThat(new Visitor(port).get(path).location()).as("a stranger at " + path).startsWith("/sign-in");
            assertThat(new Visitor(port).signedInAs(clerk).get(path).status()).as("a clerk at " + path).isEqualTo(403);
            assertThat(visitor.get(path).status()).as("the administrator at " + path).isEqualTo(200);
        }
    }

    @Test
    void showsTheNeighbourCountysAdministratorNothing() {
        People.Somebody ours = people.in(UnitType.DEPARTMENT, COUNTY, Role.HANDLER);
        UUID holding = holdingOf(ours);
        Visitor neighbour = new Visitor(port).signedInAs(people.in(UnitType.CENTRE, NEIGHBOUR, Role.ADMINISTRATOR));
        String name = directory.findUnit(ours.unit()).orElseThrow().name();

        assertThat(neighbour.get("/admin/units?q=" + tail(name)).body()).doesNotContain(ours.unit().toString());
        assertThat(visitor.get("/admin/units?q=" + tail(name)).body()).contains(ours.unit().toString());
        for (String path : List.of("/admin/units/" + ours.unit(), "/admin/units/" + ours.unit() + "/edit", "/admin/units/" + ours.unit() + "/end",
                "/admin/units/" + ours.unit() + "/posts/new", "/admin/posts/" + ours.post(), "/admin/posts/" + ours.post() + "/edit",
                "/admin/posts/" + ours.post() + "/assign", "/admin/posts/" + ours.post() + "/end", "/admin/holdings/" + holding + "/end",
                "/admin/holdings/" + holding + "/leave", "/admin/people/" + ours.person())) {
            assertThat(neighbour.get(path).status()).as(path).isEqualTo(404);
        }
        neighbour.get("/admin/units/new");
        assertThat(neighbour.post("/admin/units/" + ours.unit() + "/edit", Map.of("name", "改名")).status()).isEqualTo(404);
        assertThat(neighbour.post("/admin/units/" + ours.unit() + "/end", Map.of()).status()).isEqualTo(404);
        assertThat(neighbour.post("/admin/holdings/" + holding + "/end", Map.of("now", "now")).status()).isEqualTo(404);
        assertThat(neighbour.post("/admin/people/" + ours.person(), Map.of("name", "改名")).status()).isEqualTo(404);
        assertThat(neighbour.post("/admin/units/new", Map.of("name", "越界" + mark, "type", "department", "division", COUNTY)).status()).isEqualTo(422);
        assertThat(directory.findHeldPost(ours.person(), ours.post(), clock.instant())).isPresent();
        assertThat(directory.findUnit(ours.unit()).orElseThrow().name()).isEqualTo(name);
    }

    @Test
    void addsAUnitAndKeepsWhatWasTypedWhenItIsRefused() {
        visitor.get("/admin/units/new");
        Visitor.Answer refused = visitor.post("/admin/units/new", Map.of("name", "<b>单位</b>" + mark, "type", "", "division", "没有这个地方"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("&lt;b>单位&lt;/b>" + mark).doesNotContain("<b>单位").contains("没有这个地方").contains("type-errors", "division-errors");

        Visitor.Answer added = visitor.post("/admin/units/new", Map.of("name", "'; drop table x; <b>" + mark, "type", "department", "division", "330681109"));
        assertThat(added.status()).isEqualTo(303);
        assertThat(visitor.get(added.location()).body()).contains("枫桥镇").contains("; drop table x; &lt;b");
        Visitor.Answer twice = visitor.post("/admin/units/new", Map.of("name", "'; drop table x; <b>" + mark, "type", "department", "division", "330681109"));
        assertThat(twice.status()).isEqualTo(422);
        assertThat(twice.body()).contains("name-errors");
    }

    @Test
    void refusesNamesThatHoldUnseenCharactersOrAreTooLong() {
        visitor.get("/admin/units/new");
        for (String name : List.of("零\u200b宽" + mark, "右\u202e左" + mark, " ", "长".repeat(81))) {
            Visitor.Answer answer = visitor.post("/admin/units/new", Map.of("name", name, "type", "department", "division", COUNTY));
            assertThat(answer.status()).as(name).isEqualTo(422);
            assertThat(answer.body()).contains("name-errors");
        }
    }

    @Test
    void givesAPostAndTakesItBackAtOnce() {
        visitor.get("/admin/units/" + administrator.unit() + "/posts/new");
        Visitor.Answer noRole = visitor.post("/admin/units/" + administrator.unit() + "/posts/new", Map.of("title", "试岗" + mark));
        assertThat(noRole.status()).isEqualTo(422);
        String post = visitor.post("/admin/units/" + administrator.unit() + "/posts/new", Map.of("title", "试岗" + mark, "roles", "dispatcher")).location();
        String today = CivilTime.dateOf(clock.instant()).toString();

        assertThat(visitor.post(post + "/assign", Map.of("person", "试验" + mark, "from", today, "to", "1999-01-01")).body()).contains("to-errors");
        assertThat(visitor.post(post + "/assign", Map.of("person", "试验" + mark, "from", today, "email", "不是邮箱")).body()).contains("email-errors");
        assertThat(visitor.post(post + "/assign", Map.of("person", "试验" + mark, "from", today, "email", "a@example.org")).status()).isEqualTo(303);
        List<HeldPost> holders = directory.holders(administrator.unit(), Role.DISPATCHER, clock.instant());
        assertThat(holders).extracting(HeldPost::personName).containsExactly("试验" + mark);

        Visitor.Answer second = visitor.post(post + "/assign", Map.of("person", "另一" + mark, "from", today));
        assertThat(second.status()).isEqualTo(422);
        assertThat(second.body()).contains("from-errors").contains("试验" + mark);

        UUID holding = holding(holders.getFirst().post(), holders.getFirst().person());
        assertThat(visitor.post("/admin/holdings/" + holding + "/end", Map.of("now", "now")).status()).isEqualTo(303);
        assertThat(directory.holders(administrator.unit(), Role.DISPATCHER, clock.instant())).isEmpty();
    }

    @Test
    void notesALeaveAndLetsTheStandInActUntilTheHolderIsBack() {
        People.Somebody away = people.in(administrator.unit(), Role.HANDLER);
        People.Somebody standIn = people.in(administrator.unit(), Role.VERIFIER);
        UUID holding = holdingOf(away);
        String standInName = directory.people(List.of(standIn.person())).get(standIn.person()).name();
        String awayName = directory.people(List.of(away.person())).get(away.person()).name();
        LocalDate today = CivilTime.dateOf(clock.instant());
        visitor.get("/admin/holdings/" + holding + "/leave");

        assertThat(visitor.post("/admin/holdings/" + holding + "/leave", leave(today, today.plusDays(3), awayName)).body()).contains("standIn-errors");
        assertThat(visitor.post("/admin/holdings/" + holding + "/leave", leave(today, today.plusDays(3), standInName)).status()).isEqualTo(303);
        assertThat(visitor.post("/admin/holdings/" + holding + "/leave", leave(today.plusDays(3), today.plusDays(4), standInName)).body())
                .contains("from-errors");
        assertThat(directory.heldPosts(standIn.person(), clock.instant())).extracting(HeldPost::post).contains(away.post());

        UUID leave = Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ ->
                jdbc.sql("select id from directory.leave where holding = ?").param(holding).query(UUID.class).single()));
        assertThat(visitor.get("/admin/posts/" + away.post()).body()).contains(standInName);
        assertThat(visitor.post("/admin/leaves/" + leave + "/end", Map.of()).status()).isEqualTo(303);
        assertThat(directory.heldPosts(standIn.person(), clock.instant())).extracting(HeldPost::post).doesNotContain(away.post());
    }

    @Test
    void keepsAdministratorsFromLockingThemselvesOut() {
        visitor.get("/admin/units");
        assertThat(visitor.post("/admin/posts/" + administrator.post() + "/end", Map.of()).status()).isEqualTo(422);
        assertThat(visitor.post("/admin/units/" + administrator.unit() + "/end", Map.of()).status()).isEqualTo(422);
        assertThat(visitor.post("/admin/holdings/" + holdingOf(administrator) + "/end", Map.of("now", "now")).status()).isEqualTo(422);
        assertThat(visitor.post("/admin/posts/" + administrator.post() + "/edit", Map.of("title", "试岗", "roles", "handler")).status()).isEqualTo(422);
        assertThat(directory.findHeldPost(administrator.person(), administrator.post(), clock.instant())).isPresent();
    }

    @Test
    void endsAUnitWithItsPostsAndRules() {
        People.Somebody member = people.in(UnitType.DEPARTMENT, COUNTY, Role.HANDLER);
        DirectoryRows rows = new DirectoryRows(jdbc, transactions);
        Category category = Acting.as(new Actor.Machine("test"), () -> categories.addPath(List.of("试验大类", "停用" + mark)));
        rows.rule(category.code(), COUNTY, member.unit());
        assertThat(directory.whoHandles(category.code(), COUNTY).orElseThrow().lead().id()).isEqualTo(member.unit());

        visitor.get("/admin/units/" + member.unit() + "/end");
        assertThat(visitor.post("/admin/units/" + member.unit() + "/end", Map.of()).status()).isEqualTo(303);

        assertThat(directory.heldPosts(member.person(), clock.instant())).isEmpty();
        assertThat(directory.whoHandles(category.code(), COUNTY).map(handling -> handling.lead().id())).isNotEqualTo(java.util.Optional.of(member.unit()));
        assertThat(visitor.get("/admin/units/" + member.unit()).status()).isEqualTo(200);
    }

    @Test
    void addsAndEndsARuleAndRefusesASecondOne() {
        People.Somebody member = people.in(UnitType.DEPARTMENT, COUNTY, Role.HANDLER);
        String unit = directory.findUnit(member.unit()).orElseThrow().name();
        Category category = Acting.as(new Actor.Machine("test"), () -> categories.addPath(List.of("试验大类", "分工" + mark)));
        visitor.get("/admin/handling/new");
        Map<String, String> form = Map.of("category", category.code(), "place", COUNTY, "lead", unit);

        assertThat(visitor.post("/admin/handling/new", Map.of("category", "没有" + mark, "place", "", "lead", "")).body())
                .contains("category-errors", "place-errors", "lead-errors");
        assertThat(visitor.post("/admin/handling/new", form).status()).isEqualTo(303);
        assertThat(directory.whoHandles(category.code(), COUNTY).orElseThrow().lead().id()).isEqualTo(member.unit());
        assertThat(visitor.get("/admin/handling?category=" + category.code()).body()).contains(unit);
        assertThat(visitor.post("/admin/handling/new", form).status()).isEqualTo(422);

        UUID rule = Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ ->
                jdbc.sql("select id from directory.handles where category = ?").param(category.code()).query(UUID.class).single()));
        assertThat(visitor.post("/admin/handling/" + rule + "/end", Map.of()).status()).isEqualTo(303);
        assertThat(visitor.get("/admin/handling?category=" + category.code()).body()).doesNotContain(unit);
        assertThat(visitor.get("/admin/handling/" + rule).body()).as("what became of it stays written").contains(unit, "定立", "停用");
    }

    @Test
    void keepsTheCategoryTree() {
        visitor.get("/admin/categories/new");
        assertThat(visitor.post("/admin/categories/new", Map.of("under", "", "name", "类" + mark)).status()).isEqualTo(303);
        Category made = categories.findByName("类" + mark).orElseThrow();
        assertThat(made.nameEn()).isEqualTo(made.name());
        assertThat(visitor.post("/admin/categories/new", Map.of("under", "", "name", "类" + mark)).status()).isEqualTo(422);
        assertThat(visitor.post("/admin/categories/new", Map.of("under", made.code(), "name", "子" + mark, "nameEn", "Child")).status()).isEqualTo(303);
        assertThat(visitor.post("/admin/categories/" + made.code() + "/rename", Map.of("name", "新" + mark, "nameEn", "New")).status()).isEqualTo(303);
        assertThat(categories.find(made.code()).orElseThrow().nameEn()).isEqualTo("New");
        assertThat(visitor.post("/admin/categories/" + made.code() + "/end", Map.of()).status()).isEqualTo(303);
        assertThat(categories.findByName("新" + mark)).isEmpty();
        assertThat(categories.findByName("子" + mark)).isEmpty();
        assertThat(categories.find(made.code())).isPresent();
        assertThat(visitor.get("/admin/categories?under=" + made.code()).status()).isEqualTo(404);
    }

    @Test
    void letsATownsAdministratorReadTheCategoriesOnly() {
        Visitor town = new Visitor(port).signedInAs(people.in(UnitType.CENTRE, "330681109", Role.ADMINISTRATOR));
        assertThat(town.get("/admin/categories").body()).doesNotContain("/admin/categories/new");
        assertThat(town.post("/admin/categories/new", Map.of("under", "", "name", "镇" + mark)).status()).isEqualTo(422);
        assertThat(categories.findByName("镇" + mark)).isEmpty();
    }

    @Test
    void importsASpreadsheetAfterItsPreviewAndAddsNothingTheSecondTime() throws IOException {
        byte[] file = workbook(sheet -> {
            sheet.unit("导入局" + mark, "部门", COUNTY, "");
            sheet.unit("导入所" + mark, "police-station", "330681109", "导入局" + mark);
            sheet.post("导入局" + mark, "", "局长" + mark, "负责人、承办", "试导" + mark, "0575-00001111", "d@example.org", "");
            sheet.rule("", "330681109002", "导入所" + mark, "导入局" + mark);
        });
        Visitor.Answer uploaded = upload("units.xlsx", file);
        assertThat(uploaded.status()).isEqualTo(303);
        assertThat(visitor.get(uploaded.location()).status()).isEqualTo(200);
        assertThat(directory.searchUnits("导入局" + mark, COUNTY, 5)).isEmpty();
        assertThat(new Visitor(port).signedInAs(people.in(UnitType.CENTRE, COUNTY, Role.ADMINISTRATOR)).get(uploaded.location()).status()).isEqualTo(404);

        assertThat(visitor.post(uploaded.location() + "/confirm", Map.of()).status()).isEqualTo(303);
        Unit bureau = directory.searchUnits("导入局" + mark, COUNTY, 5).getFirst();
        assertThat(directory.holders(bureau.id(), Role.HANDLER, clock.instant())).extracting(HeldPost::personName).containsExactly("试导" + mark);
        assertThat(visitor.post(uploaded.location() + "/confirm", Map.of()).status()).isEqualTo(404);

        Visitor.Answer again = upload("units.xlsx", file);
        assertThat(visitor.get(again.location()).body()).doesNotContain(again.location() + "/confirm");
    }

    @Test
    void namesEveryBadRowAndImportsTheOthers() throws IOException {
        byte[] file = workbook(sheet -> {
            sheet.unit("好的" + mark, "部门", COUNTY, "");
            sheet.unit("坏类型" + mark, "火箭", COUNTY, "");
            sheet.unit("外县" + mark, "部门", NEIGHBOUR, "");
            sheet.unit("好的" + mark, "部门", COUNTY, "");
            sheet.post("没有这个机构" + mark, "", "岗", "负责人", "", "", "", "");
            sheet.post("好的" + mark, "", "岗", "国王", "", "", "不是邮箱", "");
            sheet.formula();
        });
        Visitor.Answer uploaded = upload("bad.xlsx", file);
        assertThat(uploaded.status()).isEqualTo(303);
        String preview = visitor.get(uploaded.location()).body();
        assertThat(preview).contains("火箭", NEIGHBOUR, "没有这个机构" + mark, "国王");
        assertThat(preview.replaceAll("\\s+", " ")).contains(">3</td>", ">4</td>", ">5</td>");
        assertThat(preview).contains("公式");
    }

    @Test
    void refusesFilesThatAreNoSpreadsheetsCutOffOrTooBig() throws IOException {
        byte[] good = workbook(sheet -> sheet.unit("整" + mark, "部门", COUNTY, ""));
        assertThat(upload("a.xlsx", "<script>".getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(422);
        assertThat(upload("a.xls", new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0}).status()).isEqualTo(422);
        assertThat(upload("b.xlsx", Arrays.copyOf(good, good.length / 2)).status()).isEqualTo(422);
        assertThat(upload("c.xlsx", new byte[0]).status()).isEqualTo(422);
        assertThat(upload("d.xlsx", new byte[6 * 1024 * 1024]).status()).isEqualTo(422);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (java.util.zip.ZipOutputStream zip = new java.util.zip.ZipOutputStream(bomb)) {
            zip.putNextEntry(new java.util.zip.ZipEntry("xl/workbook.xml"));
            byte[] zeros = new byte[1024 * 1024];
            for (int i = 0; i < 100; i++) {
                zip.write(zeros);
            }
        }
        Visitor.Answer refused = upload("e.xlsx", bomb.toByteArray());
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("file-errors");
    }

    @Test
    void offersATemplateThatItReadsItself() {
        Visitor.Answer answer = visitor.get("/admin/import/template.xlsx");
        assertThat(answer.header("content-disposition").orElse("")).contains("heshi-directory.xlsx");
        assertThat(answer.body()).startsWith("PK");
    }

    private static Map<String, String> leave(LocalDate from, LocalDate to, String standIn) {
        Map<String, String> form = new HashMap<>();
        form.put("from", from.toString());
        form.put("to", to.toString());
        form.put("standIn", standIn);
        return form;
    }

    private UUID holdingOf(People.Somebody somebody) {
        return holding(somebody.post(), somebody.person());
    }

    private UUID holding(UUID post, UUID person) {
        return Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc
                .sql("select id from directory.holding where post = ? and person = ?").params(post, person).query(UUID.class).single()));
    }

    private static String tail(String name) {
        return name.substring(name.length() - 8);
    }

    private Visitor.Answer upload(String filename, byte[] content) {
        visitor.get("/admin/import");
        String boundary = "xxheshixx";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n" + visitor.token() + "\r\n--" + boundary
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + filename
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return visitor.send(visitor.request("/admin/import").header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
    }

    private interface Filling {
        void fill(Sheets sheets);
    }

    private static byte[] workbook(Filling filling) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(out, "test", "1.0")) {
            filling.fill(new Sheets(workbook));
        }
        return out.toByteArray();
    }

    private static final class Sheets {
        private final Worksheet units;
        private final Worksheet posts;
        private final Worksheet rules;
        private int unit;
        private int post;
        private int rule;

        Sheets(Workbook workbook) {
            units = workbook.newWorksheet("机构");
            posts = workbook.newWorksheet("Posts");
            rules = workbook.newWorksheet("办理分工");
            row(units, 0, "名称", "类型", "区划代码", "上级机构");
            row(posts, 0, "Unit", "Division", "Post", "Roles", "Person", "Telephone", "E-mail", "Place of the post");
            row(rules, 0, "分类代码", "区划代码", "牵头机构", "协助机构");
        }

        void unit(String... cells) {
            row(units, ++unit, cells);
        }

        void post(String... cells) {
            row(posts, ++post, cells);
        }

        void rule(String... cells) {
            row(rules, ++rule, cells);
        }

        void formula() {
            units.formula(++unit, 0, "1+1");
            units.value(unit, 1, "部门");
            units.value(unit, 2, Integer.parseInt(COUNTY));
        }

        private static void row(Worksheet sheet, int row, String... cells) {
            for (int i = 0; i < cells.length; i++) {
                if (!cells[i].isEmpty()) {
                    sheet.value(row, i, cells[i]);
                }
            }
        }
    }
}
