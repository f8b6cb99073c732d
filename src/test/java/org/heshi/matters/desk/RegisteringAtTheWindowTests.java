package org.heshi.matters.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Unit;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.ResidentCodes;
import org.heshi.matters.Way;
import org.heshi.matters.view.MatterViews;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class RegisteringAtTheWindowTests {

    private static final Pattern NUMBER = Pattern.compile("<dd class=\"code\" data-number>(\\d{4}-\\d{5}-\\d{4})</dd>");
    private static final Pattern CODE = Pattern.compile("<dd class=\"code\" data-code>([A-Z0-9-]{8,9})</dd>");

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    MatterViews views;
    @Autowired
    ResidentCodes codes;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    County county;
    Visitor clerk;

    @BeforeEach
    void aClerk() {
        county = County.make(context);
        clerk = county.signedIn(new Visitor(port), county.clerk);
    }

    private Map<String, String> typed(Map<String, String> more) {
        clerk.get("/desk/register");
        Map<String, String> fields = new HashMap<>(Map.of("form.version", "0", "form.key", UUID.randomUUID().toString(), "channel", "window",
                "title", "路灯不亮", "description", "村口路灯坏了三天", "place", county.villageA, "category", County.ROADS, "level", "blue", "name", "王小明",
                "phone", "13800000000"));
        fields.putAll(more);
        return fields;
    }

    private MatterViews.MatterView matter(String body) {
        Matcher number = NUMBER.matcher(body);
        assertThat(number.find()).as(body).isTrue();
        return Acting.as(new Actor.Machine("test"), () -> views.get(views.find(MatterNumber.parse(number.group(1)).orElseThrow()).orElseThrow()));
    }

    @Test
    void givesANumberAndACodeThatOpenTheMatter() {
        var receipt = clerk.post("/desk/register", typed(Map.of()));
        assertThat(receipt.status()).isEqualTo(200);
        var matter = matter(receipt.body());
        assertThat(matter.state().name()).isEqualTo("registered");
        assertThat(matter.word("title")).isEqualTo("路灯不亮");
        assertThat(matter.channel()).isEqualTo("window");
        Matcher code = CODE.matcher(receipt.body());
        assertThat(code.find()).isTrue();
        assertThat(codes.open(matter.number().digits(), code.group(1))).isPresent();
        assertThat(receipt.header("cache-control").orElse("")).contains("no-store");
    }

    @Test
    void handsOutNumberAndCodeOfAComplaintThatTheClerkMayNotSee() {
        clerk = county.signedIn(new Visitor(port), county.townClerkA);
        var receipt = clerk.post("/desk/register", typed(Map.of("about-office", "true", "accused", county.roads.id().toString())));
        assertThat(receipt.status()).as(receipt.body()).isEqualTo(200);
        var matter = matter(receipt.body());
        assertThat(matter.desk()).map(Unit::id).contains(county.organ.id());
        Matcher code = CODE.matcher(receipt.body());
        assertThat(code.find()).isTrue();
        assertThat(codes.open(matter.number().digits(), code.group(1))).isPresent();
        assertThat(clerk.get("/matters/" + matter.number().digits()).status()).isEqualTo(404);
    }

    @Test
    void registersOnceOnADoubleClick() {
        Map<String, String> form = typed(Map.of());
        String first = clerk.post("/desk/register", form).body();
        String second = clerk.post("/desk/register", form).body();
        assertThat(matter(second).number()).isEqualTo(matter(first).number());
        assertThat(second).contains("已经显示过一次");
    }

    @Test
    void choosesTheOnlyCategoryAndPlaceThatFitWhatWasTyped() {
        Map<String, String> form = typed(Map.of("category.find", "宅基地使用", "place.find", "甲一村第一网格"));
        form.remove("category");
        form.remove("place");
        var receipt = clerk.post("/desk/register", form);
        assertThat(receipt.status()).as(receipt.body()).isEqualTo(200);
        assertThat(matter(receipt.body()).category()).contains("010301");
        assertThat(matter(receipt.body()).division()).isEqualTo(county.gridA);
    }

    @Test
    void findsCategoriesByTheirInitialsAndAsksWhichOne() {
        Map<String, String> search = typed(Map.of("category.find", "zjd", "find", "category", "description", "先写的内容"));
        search.remove("category");
        var found = clerk.post("/desk/register", search);
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.body()).contains("宅基地使用", "先写的内容");
        search.remove("find");
        var asked = clerk.post("/desk/register", search);
        assertThat(asked.status()).isEqualTo(422);
        assertThat(asked.body()).contains("id=\"category-errors\"", "先写的内容");
    }

    @Test
    void saysEverythingThatIsMissingAtOnce() {
        var refused = clerk.post("/desk/register", typed(Map.of("title", "", "description", " ", "phone", "13800000000")));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("href=\"#title\"", "href=\"#description\"", "13800000000");
    }

    @Test
    void asksOnceWhetherItIsTheSameTroubleAndLinksIt() {
        Way known = Way.registered(context, county, "已经在办的路灯");
        Map<String, String> form = typed(Map.of("title", "又来反映路灯"));
        var asked = clerk.post("/desk/register", form);
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.body()).contains("同一地点已有同类事项正在办理", known.number().shown(), "已经在办的路灯", "又来反映路灯")
                .doesNotContain("data-code");
        assertThat(looks(known.id())).isEqualTo(1);
        form.put("same", known.number().digits());
        form.put("same-link", "yes");
        var receipt = clerk.post("/desk/register", form);
        UUID made = matter(receipt.body()).id();
        assertThat(county.as(county.clerk, () -> views.get(made)).links()).containsExactly(known.number());
        assertThat(known.state()).isEqualTo("registered");
    }

    private long looks(UUID matter) {
        return Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> jdbc
                .sql("select count(*) from access.look where matter = ? and person = ?").params(matter, county.clerk.person())
                .query(Long.class).single()));
    }

    @Test
    void neverShowsAnotherDesksMatterAsTheSame() {
        Way.registered(context, county, county.townClerkB, "乙镇登记的事", Map.of());
        var answer = clerk.post("/desk/register", typed(Map.of()));
        assertThat(answer.body()).doesNotContain("乙镇登记的事").contains("data-code");
    }

    @Test
    void sortsAtOnceWhenThePostMay() {
        var receipt = clerk.post("/desk/register", typed(Map.of("kind", "service")));
        assertThat(matter(receipt.body()).procedure().kind()).isEqualTo("service");
        Map<String, String> without = typed(Map.of("kind", "service"));
        without.remove("category");
        var refused = clerk.post("/desk/register", without);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("同时分类需要先选类别");
    }

    @Test
    void isForPostsThatRegister() {
        for (County.Member member : new County.Member[] {county.handler, county.supervisor, county.verifier}) {
            Visitor visitor = county.signedIn(new Visitor(port), member);
            assertThat(visitor.get("/desk/register").status()).as(member.account()).isEqualTo(403);
        }
        Visitor grid = county.signedIn(new Visitor(port), county.gridWorker);
        assertThat(grid.get("/desk/register").status()).isEqualTo(200);
        assertThat(grid.get("/desk/register").body()).doesNotContain("name=\"kind\"");
    }
}
