package org.heshi.identity.mine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.heshi.identity.Accounts;
import org.heshi.identity.BrowserKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@HeshiTest
class MyVisitsTests {

    private static final Pattern END = Pattern.compile("action=\"(/account/visits/[0-9a-f-]{36}/end)\"");

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Accounts accounts;

    People.Somebody clerk;
    Visitor here;
    Visitor there;

    @BeforeEach
    void twoBrowsers() {
        clerk = new People(context).with(Role.WINDOW_CLERK);
        here = new Visitor(port).signedInAs(clerk);
        there = new Visitor(port).signedInAs(clerk);
    }

    @Test
    void showsWhereOneIsSignedInAndMarksThisOne() {
        String page = here.get("/account").body();
        assertThat(END.matcher(page).results().count()).isEqualTo(1);
        assertThat(page).contains("本机").contains("其他浏览器（其他设备）").doesNotContain("127.");
    }

    @Test
    void endsOneAtOnce() {
        Matcher end = END.matcher(here.get("/account").body());
        assertThat(end.find()).isTrue();
        assertThat(there.get("/queue").status()).isEqualTo(200);
        assertThat(here.post(end.group(1), Map.of()).location()).isEqualTo("/account");
        assertThat(there.get("/queue").location()).startsWith("/sign-in");
        assertThat(here.get("/account").body()).contains("该设备已退出登录");
        here.post(end.group(1), Map.of());
        assertThat(here.get("/account").body()).contains("该设备此前已退出登录");
    }

    @Test
    void endsAllOthers() {
        Visitor third = new Visitor(port).signedInAs(clerk);
        here.get("/account");
        here.post("/account/visits/end-others", Map.of());
        assertThat(there.get("/queue").location()).startsWith("/sign-in");
        assertThat(third.get("/queue").location()).startsWith("/sign-in");
        assertThat(here.get("/account").body()).contains("已退出其他 2 个设备").doesNotContain("/account/visits/end-others");
    }

    @Test
    void endsNobodyElses() {
        Visitor other = new Visitor(port).signedInAs(new People(context).with(Role.ADMINISTRATOR));
        Matcher end = END.matcher(here.get("/account").body());
        assertThat(end.find()).isTrue();
        other.get("/account");
        other.post(end.group(1), Map.of());
        assertThat(other.get("/account").body()).contains("该设备此前已退出登录");
        assertThat(there.get("/queue").status()).isEqualTo(200);
    }

    @Test
    void endsWithTheAccountInEveryBrowser() {
        accounts.end(clerk.person());
        assertThat(here.get("/queue").location()).startsWith("/sign-in");
        assertThat(there.get("/queue").location()).startsWith("/sign-in");
    }

    @Test
    void endsWithTheLastPostInEveryBrowser() {
        new People(context).endPost(clerk.person(), clerk.post());
        assertThat(here.get("/queue").location()).isEqualTo("/sign-in?why=ended");
        assertThat(there.get("/queue").location()).isEqualTo("/sign-in?why=ended");
        assertThat(here.cookie("heshi").map(_ -> here.get("/queue").location()).orElse("/sign-in")).startsWith("/sign-in");
    }

    @Test
    void keepsOnlyTheKindOfABrowser() {
        assertThat(BrowserKind.of("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0"))
                .isEqualTo("edge/windows");
        assertThat(BrowserKind.of("Mozilla/5.0 (Linux; Android 15; V2) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0"))
                .isEqualTo("wechat/android");
        assertThat(BrowserKind.of("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Mobile Safari/604.1"))
                .isEqualTo("safari/iphone");
        assertThat(BrowserKind.of(null)).isEqualTo("other/other");
        assertThat(BrowserKind.of("x\0' drop table")).isEqualTo("other/other");
    }
}
