package org.heshi.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class SignInTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Accounts accounts;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    People people;
    People.Somebody clerk;
    Visitor visitor;

    @BeforeEach
    void somebody() {
        people = new People(context);
        clerk = people.with(Role.WINDOW_CLERK);
        visitor = new Visitor(port);
    }

    @Test
    void opensTheQueueToWhoHasThePassword() {
        visitor.get("/sign-in");
        var answer = visitor.post("/sign-in", Map.of("name", clerk.name().toUpperCase() + " ", "password", People.PASSWORD));
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).isEqualTo("/queue");
        assertThat(visitor.get("/password").body()).contains("试验员");
    }

    @Test
    void leadsBackToThePageThatWasAskedFor() {
        var sent = visitor.get("/password?a=b");
        assertThat(sent.location()).isEqualTo("/sign-in?to=%2Fpassword%3Fa%3Db");
        assertThat(visitor.get(sent.location()).body()).contains("value=\"/password?a=b\"");
        var answer = visitor.post("/sign-in", Map.of("name", clerk.name(), "password", People.PASSWORD, "to", "/password?a=b"));
        assertThat(answer.location()).isEqualTo("/password?a=b");
    }

    @Test
    void leadsToNoOtherHost() {
        for (String to : new String[] {"https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)", "/\t/example.org"}) {
            Visitor other = new Visitor(port);
            other.get("/sign-in");
            assertThat(other.post("/sign-in", Map.of("name", clerk.name(), "password", People.PASSWORD, "to", to)).location())
                    .as(to).isEqualTo("/queue");
        }
    }

    @Test
    void saysTheSameOfAWrongPasswordAndOfAnUnknownName() {
        visitor.get("/sign-in");
        var wrong = visitor.post("/sign-in", Map.of("name", clerk.name(), "password", "not this one"));
        visitor.get("/sign-in");
        String nobody = "nobody-" + clerk.name();
        var unknown = visitor.post("/sign-in", Map.of("name", nobody, "password", "not this one"));
        assertThat(wrong.status()).isEqualTo(422).isEqualTo(unknown.status());
        assertThat(plain(wrong.body(), clerk.name())).isEqualTo(plain(unknown.body(), nobody));
        assertThat(wrong.body()).contains("登录名或密码不正确").contains("value=\"" + clerk.name() + "\"").doesNotContain("not this one");
    }

    @Test
    void takesAsLongForAnUnknownName() {
        visitor.get("/sign-in");
        long known = millis(() -> visitor.post("/sign-in", Map.of("name", clerk.name(), "password", "wrong one")));
        long unknown = millis(() -> visitor.post("/sign-in", Map.of("name", "u" + clerk.name(), "password", "wrong one")));
        // Working out the digest is nearly all of it, for both.
        assertThat(unknown).isGreaterThan(known / 3);
    }

    @Test
    void makesEveryNameWaitAfterFiveFailuresKnownOrNot() {
        for (String name : new String[] {clerk.name(), "x" + clerk.name()}) {
            visitor.get("/sign-in");
            for (int i = 0; i < 6; i++) {
                assertThat(visitor.post("/sign-in", Map.of("name", name, "password", "guess " + i)).body()).contains("登录名或密码不正确");
            }
            assertThat(visitor.post("/sign-in", Map.of("name", name, "password", People.PASSWORD)).body()).contains("尝试次数过多，请 1 分钟后再试");
        }
    }

    @Test
    void letsNoMoreGuessesThroughWhenTheyComeAllAtOnce() {
        AtomicInteger checked = new AtomicInteger();
        IntStream.range(0, 24).parallel().forEach(i -> {
            Visitor guesser = new Visitor(port);
            guesser.get("/sign-in");
            if (guesser.post("/sign-in", Map.of("name", clerk.name(), "password", "guess " + i)).body().contains("登录名或密码不正确")) {
                checked.incrementAndGet();
            }
        });
        assertThat(checked.get()).isBetween(1, 6);
    }

    @Test
    void givesTheSessionANewIdAndForgetsTheOldOne() {
        Visitor before = new Visitor(port).signedInAs(clerk);
        String first = before.cookie("heshi").orElseThrow();
        before.get("/password");
        assertThat(before.post("/sign-out", Map.of()).status()).isEqualTo(302);
        before.signedInAs(clerk);
        assertThat(before.cookie("heshi").orElseThrow()).isNotEqualTo(first);

        // A planted id is not taken over.
        var planted = new Visitor(port);
        String token = tokenOf(planted);
        var answer = planted.send(planted.request("/sign-in").header("Content-Type", "application/x-www-form-urlencoded")
                .header("Cookie", "heshi=cGxhbnRlZA==; heshi-form=" + planted.cookie("heshi-form").orElseThrow())
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("name=" + clerk.name() + "&password=" + People.PASSWORD.replace(' ', '+')
                        + "&_csrf=" + token)));
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.whole().headers().allValues("set-cookie")).anySatisfy(cookie -> assertThat(cookie)
                .startsWith("heshi=").doesNotContain("cGxhbnRlZA").contains("HttpOnly").contains("SameSite=Lax"));
    }

    @Test
    void refusesAFormWithoutItsToken() {
        visitor.get("/sign-in");
        visitor.forgetToken();
        assertThat(visitor.post("/sign-in", Map.of("name", clerk.name(), "password", People.PASSWORD)).status()).isEqualTo(403);
        assertThat(visitor.cookie("heshi")).isEmpty();
    }

    @Test
    void signsOutByPostOnly() {
        visitor.signedInAs(clerk);
        assertThat(visitor.get("/sign-out").status()).isEqualTo(404);
        visitor.get("/password");
        assertThat(visitor.post("/sign-out", Map.of()).location()).isEqualTo("/sign-in?why=out");
        assertThat(visitor.get("/password").location()).startsWith("/sign-in");
    }

    @Test
    void refusesSomebodyWithoutAPost() {
        people.endPost(clerk.person(), clerk.post());
        visitor.get("/sign-in");
        assertThat(visitor.post("/sign-in", Map.of("name", clerk.name(), "password", People.PASSWORD)).body()).contains("您目前没有任职岗位");
    }

    @Test
    void givesNothingMoreOnceThePostHasEnded() {
        visitor.signedInAs(clerk);
        assertThat(visitor.get("/password").status()).isEqualTo(200);
        people.endPost(clerk.person(), clerk.post());
        var answer = visitor.get("/password");
        assertThat(answer.location()).isEqualTo("/sign-in?why=ended");
        assertThat(visitor.get(answer.location()).body()).contains("您的岗位已经结束");
        assertThat(visitor.get("/password").location()).startsWith("/sign-in?to=");
    }

    @Test
    void goesOnInAnotherPostThatIsStillHeld() {
        UUID other = people.anotherPost(clerk, Role.SUPERVISOR);
        visitor.signedInAs(clerk);
        visitor.get("/posts");
        assertThat(visitor.post("/posts", Map.of("post", other.toString())).location()).isEqualTo("/queue");
        people.endPost(clerk.person(), other);
        assertThat(visitor.get("/password").location()).isEqualTo("/posts");
        var posts = visitor.get("/posts");
        assertThat(posts.body()).contains("岗位已经结束").contains(clerk.post().toString()).doesNotContain(other.toString());
        assertThat(visitor.post("/posts", Map.of("post", other.toString())).status()).isEqualTo(404);
        visitor.get("/posts");
        assertThat(visitor.post("/posts", Map.of("post", clerk.post().toString())).location()).isEqualTo("/queue");
        assertThat(visitor.get("/password").status()).isEqualTo(200);
    }

    @Test
    void endsEverySessionWithTheAccount() {
        visitor.signedInAs(clerk);
        accounts.end(clerk.person());
        assertThat(visitor.get("/password").location()).startsWith("/sign-in");
        visitor.get("/sign-in");
        assertThat(visitor.post("/sign-in", Map.of("name", clerk.name(), "password", People.PASSWORD)).body()).contains("登录名或密码不正确");
    }

    @Test
    void changesThePasswordAndSignsOutTheOtherDevices() {
        Visitor elsewhere = new Visitor(port).signedInAs(clerk);
        visitor.signedInAs(clerk);
        visitor.get("/password");
        var refused = visitor.post("/password", Map.of("current", "wrong", "password", "another long sentence", "again", "another long sentence"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("当前密码不正确");
        var simple = visitor.post("/password", Map.of("current", People.PASSWORD, "password", "woaini1314520", "again", "woaini1314520"));
        assertThat(simple.body()).contains("太常见");
        var done = visitor.post("/password", Map.of("current", People.PASSWORD, "password", "another long sentence", "again", "another long sentence"));
        assertThat(done.location()).isEqualTo("/password");
        assertThat(visitor.get("/password").body()).contains("密码已修改");
        assertThat(elsewhere.get("/password").location()).startsWith("/sign-in");
    }

    @Test
    void setsTheFirstPasswordByALinkThatWorksOnce() {
        String secret = accounts.firstLink(clerk.person());
        assertThat(visitor.get("/first/" + secret).body()).contains("设置密码").contains(clerk.name());
        assertThat(visitor.post("/first/" + secret, Map.of("password", "short", "again", "short")).status()).isEqualTo(422);
        assertThat(visitor.post("/first/" + secret, Map.of("password", "a fresh long secret", "again", "a fresh long secret")).location())
                .isEqualTo("/sign-in");
        assertThat(visitor.get("/sign-in").body()).contains("密码已设置");
        assertThat(visitor.post("/sign-in", Map.of("name", clerk.name(), "password", "a fresh long secret")).status()).isEqualTo(303);
        assertThat(new Visitor(port).get("/first/" + secret).status()).isEqualTo(404);
    }

    @Test
    void refusesALinkThatAnotherOneReplaced() {
        String earlier = accounts.firstLink(clerk.person());
        accounts.firstLink(clerk.person());
        assertThat(visitor.get("/first/" + earlier).body()).contains("这个链接已经失效");
    }

    @Test
    void showsAccountsToNobodyButTheProgramItself() {
        assertThat(transactions.<Long>execute(_ -> jdbc.sql("select count(*) from identity.account").query(Long.class).single())).isZero();
        assertThat(transactions.<Long>execute(_ -> jdbc.sql("select count(*) from identity.session").query(Long.class).single())).isZero();
    }

    private String tokenOf(Visitor someone) {
        someone.get("/sign-in");
        return java.net.URLEncoder.encode(someone.token(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String plain(String page, String name) {
        return page.replaceAll("name=\"_csrf\" value=\"[^\"]+\"", "").replace(name, "");
    }

    private static long millis(Runnable something) {
        long start = System.nanoTime();
        something.run();
        return (System.nanoTime() - start) / 1_000_000;
    }
}
