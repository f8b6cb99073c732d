package org.heshi.matters.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.FollowedMatter;
import org.heshi.matters.view.MatterViews;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Each gets a clear word or is kept and shown harmlessly; nothing typed is lost; nothing fails. */
@HeshiTest
class ReportWithBadInputTests {

    private static final Pattern NUMBER = Pattern.compile("data-number>([0-9-]+)<");
    private static final Pattern CODE = Pattern.compile("data-code>([0-9A-Z-]+)<");

    @Autowired
    ApplicationContext context;
    @LocalServerPort
    int port;
    private FollowedMatter staff;
    private Visitor visitor;

    @BeforeEach
    void openTheForm() {
        staff = FollowedMatter.inAVillage(context);
        visitor = new Visitor(port);
        assertThat(visitor.get("/report").status()).isEqualTo(200);
    }

    @Test
    void isToldWhatIsMissingWhenEverythingIsEmpty() {
        Visitor.Answer answer = visitor.post("/report", Map.of("step", "3", "go", "send"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("请填写此项").contains("id=\"title-errors\"").contains("id=\"description-errors\"")
                .contains("<a href=\"#title\">一句话说明：请填写此项</a>");
    }

    @Test
    void isAskedWhichOfficeOnTheStepThatAsksForIt() {
        Map<String, String> first = Map.of("step", "1", "go", "next", "title", "态度不好", "description", "推来推去", "about-office", "true");
        Visitor.Answer answer = visitor.post("/report", first);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("请选择所反映的单位，或者写出它的名称", "推来推去");
        Map<String, String> named = new HashMap<>(first);
        named.put("accused-words", "某某办事窗口");
        assertThat(visitor.post("/report", named).status()).isEqualTo(200);
    }

    @Test
    void keepsAHundredThousandCharactersAndSaysHowManyAreTooMany() {
        String much = "字".repeat(100_000);
        Visitor.Answer answer = visitor.post("/report", Map.of("step", "1", "go", "next", "title", "很长", "description", much));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("100,000").contains(much);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "place|330681999999|没有这个地方|2", "place|' or 1=1 --|没有这个地方|2", "point|0,0|不在本县范围内|2", "point|north|请填纬度和经度|2",
        "occurred-at|2199-01-01T00:00|还没有到|1", "occurred-at|yesterday|请填日期和时间|1", "email|nobody|电子邮箱不对|3",
        "accused|00000000-0000-0000-0000-000000000000|没有勾选这一项|1", "category|99|没有这个分类|1", "phone|--|电话号码不对|3"})
    void isShownTheStepOfTheFieldThatIsWrongWithEverythingElseKept(String field, String value, String said, int step) {
        Map<String, String> form = whole(Map.of(field, value));
        Visitor.Answer answer = visitor.post("/report", form);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains(said).contains("name=\"step\" value=\"" + step + "\"").contains("村口的路灯坏了三天").contains("王小明");
        if (!field.equals("place") && !field.equals("accused") && !field.equals("category")) {
            // Codes that no list offered were not typed by anybody; what was typed is still there.
            assertThat(answer.body()).contains("value=\"" + value + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'; drop table matters.matter; --", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "${7*7}{{7*7}}",
        "零\u200B宽\uFEFF字", "\u202Egnp.exe", "مرحبا", "😀𠮷", "a\u0007b"})
    void keepsWhatLooksLikeCodeAsPlainWords(String wicked) {
        Visitor.Answer answer = visitor.post("/report", whole(Map.of("title", wicked, "place-words", wicked, "name", wicked, "accused-words", wicked,
                "about-office", "true")));
        assertThat(answer.status()).as(answer.body()).isIn(303, 422);
        if (answer.status() == 422) {
            // No organ receives complaints in this county: said, and nothing lost.
            answer = visitor.post("/report", whole(Map.of("title", wicked, "place-words", wicked, "name", wicked)));
        }
        assertThat(answer.status()).isEqualTo(303);
        Visitor.Answer receipt = visitor.get(answer.location());
        String number = found(NUMBER, receipt);
        visitor.get("/follow");
        String page = opened(visitor, number, found(CODE, receipt)).body();
        assertThat(page).doesNotContain("<script>alert").doesNotContain("<img src=x");
        assertThat(page).doesNotContain("\u202E").doesNotContain("\uFEFF");
        assertThat(staff.history(staff.find(MatterNumber.parse(number).orElseThrow()))).hasSize(1);
    }

    @Test
    void takesHalfACharacterForAnUnknownOne() {
        String body = "step=3&go=send&title=%ED%A0%BD&description=" + "%ED%B8%80&place=" + staff.place() + "&form.key=" + UUID.randomUUID()
                + "&_csrf=" + visitor.token();
        Visitor.Answer answer = visitor.postBody("/report", body, "application/x-www-form-urlencoded");
        assertThat(answer.status()).isIn(303, 422, 400);
    }

    @Test
    void actsOnceWhenTheButtonIsPressedTwice() throws Exception {
        // The session stands after the first step, as it does for everybody who comes to the last one.
        visitor.post("/report", Map.of("step", "1", "go", "next", "title", "路灯", "description", "坏了"));
        Map<String, String> form = whole(Map.of());
        Callable<Visitor.Answer> click = () -> visitor.post("/report", form);
        try (ExecutorService hands = Executors.newFixedThreadPool(2)) {
            List<Future<Visitor.Answer>> clicks = hands.invokeAll(List.of(click, click));
            String first = clicks.getFirst().get().location();
            assertThat(clicks.getFirst().get().status()).isEqualTo(303);
            assertThat(clicks.getLast().get().location()).isEqualTo(first);
            Visitor.Answer receipt = visitor.get(first);
            assertThat(found(CODE, receipt)).hasSize(9);
            assertThat(first).doesNotContain(found(CODE, receipt).replace("-", ""));
        }
        // and once more much later, by going back in the browser
        assertThat(visitor.post("/report", form).status()).isEqualTo(303);
    }

    @Test
    void makesOnlySoManyVisitsFromOneAddressAndStillGivesAReceipt() {
        visitor.post("/report", Map.of("step", "1", "go", "next"));
        Visitor last = visitor;
        int kept = 0;
        for (int i = 0; i < 66; i++) {
            last = visitor.neighbour();
            last.get("/report");
            last.post("/report", Map.of("step", "1", "go", "next"));
            kept += last.cookie("heshi").isPresent() ? 1 : 0;
        }
        assertThat(kept).as("visits that one address was given").isBetween(50, 61);
        assertThat(last.cookie("heshi")).isEmpty();
        assertThat(found(CODE, last.get(last.post("/report", whole(Map.of())).location()))).hasSize(9);
    }

    @Test
    void showsTheCodeToNobodyWhoOnlyHasTheAddressOfTheReceipt() {
        Visitor.Answer sent = visitor.post("/report", whole(Map.of()));
        Visitor stranger = new Visitor(port);
        Visitor.Answer seen = stranger.get(sent.location());
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.body()).doesNotContain("data-code").contains("不再显示");
        assertThat(stranger.get("/report/done").body()).contains("没有可以显示的回执");
    }

    @Test
    void isShownNoCodeAnyMoreAfterLeaving() {
        Visitor.Answer sent = visitor.post("/report", whole(Map.of()));
        Visitor.Answer receipt = visitor.get(sent.location());
        visitor.get("/follow");
        opened(visitor, found(NUMBER, receipt), found(CODE, receipt));
        assertThat(visitor.get(sent.location()).body()).contains("data-code");
        visitor.get("/follow");
        visitor.post("/follow/leave", Map.of());
        assertThat(visitor.get(sent.location()).body()).doesNotContain("data-code").contains("不再显示");
        assertThat(visitor.cookie("heshi-receipt")).isEmpty();
    }

    @Test
    void leavesNoContactWhenNoneIsWanted() {
        Visitor.Answer sent = visitor.post("/report", whole(Map.of("anonymous", "true")));
        assertThat(sent.status()).isEqualTo(303);
        String number = found(NUMBER, visitor.get(sent.location()));
        MatterViews views = context.getBean(MatterViews.class);
        UUID matter = staff.find(MatterNumber.parse(number).orElseThrow());
        String parties = org.heshi.access.Acting.as(staff.desk(), () -> views.get(matter).parties()).toString();
        assertThat(parties).doesNotContain("王小明").doesNotContain("13800000000");
    }

    private Map<String, String> whole(Map<String, String> more) {
        Map<String, String> form = new HashMap<>(Map.of("step", "3", "go", "send", "title", "路灯不亮", "description", "村口的路灯坏了三天", "name", "王小明",
                "place", staff.place(), "form.key", UUID.randomUUID().toString()));
        form.putAll(more);
        return form;
    }

    static Visitor.Answer opened(Visitor visitor, String number, String code) {
        Visitor.Answer answer = visitor.post("/follow", Map.of("number", number, "code", code));
        assertThat(answer.status()).isEqualTo(303);
        return visitor.get(answer.location());
    }

    private static String found(Pattern pattern, Visitor.Answer answer) {
        Matcher matcher = pattern.matcher(answer.body());
        assertThat(matcher.find()).as(pattern + " in " + answer.body()).isTrue();
        return matcher.group(1);
    }
}
