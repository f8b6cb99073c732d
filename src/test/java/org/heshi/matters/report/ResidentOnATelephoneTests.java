package org.heshi.matters.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.heshi.Browser;
import org.heshi.HeshiTest;
import org.heshi.attachments.picture.SamplePictures;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.FollowedMatter;
import org.heshi.matters.view.MatterViews;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** The whole way of a resident, on a small telephone and an office screen, with scripts and without; axe looks at every page. */
@HeshiTest
class ResidentOnATelephoneTests {

    private static final String HTML = "<b onclick=alert(1)>路灯</b> '; drop table entry; -- \u202Egnp";

    @Autowired
    ApplicationContext context;
    @LocalServerPort
    int port;

    /** The halves that the five people do not walk; with {@code heshi.full} all four. */
    static Stream<Arguments> browsers() {
        List<Arguments> browsers = new ArrayList<>(List.of(Arguments.of(360, true), Arguments.of(1280, false)));
        if (Boolean.getBoolean("heshi.full")) {
            browsers.addAll(List.of(Arguments.of(360, false), Arguments.of(1280, true)));
        }
        return browsers.stream();
    }

    @ParameterizedTest
    @MethodSource("browsers")
    void reportsFollowsAnswersRatesAndReopens(int width, boolean scripts) {
        FollowedMatter staff = FollowedMatter.inAVillage(context);
        String mode = scripts ? "" : "-plain";
        Browser.Setup setup = (width == 360 ? Browser.visit(port).narrow() : Browser.visit(port).wide()).withScripts(scripts);
        String number;
        String code;
        try (Browser.Visit visit = setup.open()) {
            Page page = visit.go("/report");
            visit.check("report-1" + mode);

            // an empty step is refused with everything else kept
            page.fill("[name=description]", "村口老供销社对面的路灯坏了三天，\n晚上看不见路。");
            page.click("button.btn-primary[value=next]");
            visit.check("report-1-refused" + mode);
            assertThat(page.inputValue("[name=description]")).contains("晚上看不见路");
            assertThat(page.innerText(".errors")).contains("请填写此项");
            page.fill("[name=title]", HTML);
            page.click("button.btn-primary[value=next]");

            // the place: typed, searched, chosen
            page.fill("#place", staff.placeName());
            if (scripts) {
                page.waitForSelector("#place-found input[type=radio]");
            } else {
                page.click("button[name=find][value=place]");
            }
            visit.check("report-2-found" + mode);
            page.check("#place-found input[value='" + staff.place() + "']");
            page.fill("[name=place-words]", "老供销社对面");
            page.click("button.btn-primary[value=next]");
            visit.check("report-3" + mode);

            // back keeps everything
            page.click("button[value=back]");
            assertThat(page.isChecked("#place-found input[value='" + staff.place() + "']")).isTrue();
            page.click("button[value=back]");
            assertThat(page.inputValue("[name=title]")).isEqualTo(HTML);
            page.click("button.btn-primary[value=next]");
            page.click("button.btn-primary[value=next]");

            page.fill("[name=name]", "王小明");
            page.fill("[name=phone]", "不知道");
            page.setInputFiles("[name=files]", new FilePayload[] {
                new FilePayload("路灯.jpg", "image/jpeg", SamplePictures.fromATelephone(800, 600, 6)),
                new FilePayload("script.png", "image/png", "<script>alert(1)</script>".getBytes(java.nio.charset.StandardCharsets.UTF_8))});
            if (scripts) {
                page.waitForSelector("#files-preview img");
                visit.take("report-3-preview" + mode);
            }
            page.click("button.btn-primary[value=send]");
            visit.check("report-3-refused" + mode);
            assertThat(page.innerText(".errors")).contains("不是照片");
            assertThat(page.locator(".photos img").count()).isPositive();
            page.click("button.btn-primary[value=send]");
            assertThat(page.innerText(".errors")).contains("电话号码不对");
            page.fill("[name=phone]", "13800000000");
            page.click("button.btn-primary[value=send]");

            assertThat(page.url()).contains("/report/done");
            visit.check("receipt" + mode);
            number = page.innerText("[data-number]");
            code = page.innerText("[data-code]");
            assertThat(page.url()).doesNotContain(code).doesNotContain(code.replace("-", ""));
            page.reload();
            assertThat(page.innerText("[data-code]")).isEqualTo(code);
            page.click("a.btn-primary");
            visit.check("follow-enter" + mode);
        }

        UUID matter = staff.find(MatterNumber.parse(number).orElseThrow());
        staff.takeToTheHandler(matter);
        staff.ask(matter, "是哪一盏灯？杆子上有编号吗？");
        try (Browser.Visit visit = setup.open()) {
            Page page = visit.go("/follow");
            page.fill("#number", number.replace('-', ' '));
            page.fill("#code", "ABCD-EFGH");
            page.click("main button[type=submit]");
            visit.check("follow-wrong" + mode);
            assertThat(page.innerText(".errors")).contains("编号或查询码不对");
            page.fill("#code", code.toLowerCase(java.util.Locale.ROOT));
            page.click("main button[type=submit]");
            visit.check("follow" + mode);
            assertThat(page.innerText("main")).contains("是哪一盏灯").contains("<b onclick=alert(1)>路灯</b>");
            assertThat(page.locator("main .photos img").count()).isPositive();
            Object loaded = page.evaluate("""
                    async () => { const image = document.querySelector('main .photos img'); image.scrollIntoView(); image.loading = 'eager';
                      await image.decode(); return image.naturalWidth; }""");
            assertThat(((Number) loaded).intValue()).isEqualTo(240);

            page.click("a[href$='/act/reply']");
            visit.check("follow-reply" + mode);
            page.fill("[name=words]", "杆子上写着 12 号。");
            page.click("form .btn-primary");
            assertThat(page.innerText("main")).contains("已经提交").contains("杆子上写着 12 号").doesNotContain("有问题要问您");

            page.click("a[href$='/act/add']");
            visit.check("follow-add" + mode);
            page.fill("[name=words]", "昨晚又有人摔了一跤。");
            page.click("form .btn-primary");
            assertThat(page.innerText("main")).contains("昨晚又有人摔了一跤");

            staff.answerAndClose(matter, "已更换灯头，当晚恢复照明。");
            page.reload();
            visit.check("follow-closed" + mode);
            assertThat(page.innerText("main")).contains("已更换灯头").contains("前可以要求重新办理");

            page.click("a[href$='/act/rate']");
            visit.check("follow-rate" + mode);
            page.click("form .btn-primary");
            assertThat(page.innerText(".errors")).contains("请填写此项");
            page.check("input[name=rating][value='2']");
            page.click("form .btn-primary");
            assertThat(page.innerText("main")).contains("不满意");

            page.click("a[href$='/act/reopen']");
            page.fill("[name=reason]", "第二天又不亮了。");
            page.click("form .btn-primary");
            visit.check("follow-reopened" + mode);
            assertThat(page.innerText("main")).contains("第二天又不亮了");

            page.click("form.leave button");
            visit.check("follow-left" + mode);
            page.navigate(visit.address("/follow/" + number.replace("-", "")));
            assertThat(page.locator("#code").count()).isEqualTo(1);
        }
        List<String> actions = new ArrayList<>(staff.history(matter).stream().map(MatterViews.HistoryItem::action).toList());
        assertThat(actions).contains("report", "reply", "add", "rate", "reopen");
        assertThat(Map.of("reports", actions.stream().filter("report"::equals).count())).containsValue(1L);
    }
}
