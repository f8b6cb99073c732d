package org.heshi.identity.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.heshi.Authenticator;
import org.heshi.Browser;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.Visitor;
import org.heshi.boot.database.Server;
import org.heshi.directory.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@HeshiTest
class SecondFactorTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Factors factors;
    @Autowired
    Seal seal;
    @Autowired
    Server server;

    People.Somebody clerk;
    Visitor visitor;

    @BeforeEach
    void somebody() {
        clerk = new People(context).with(Role.WINDOW_CLERK);
        visitor = new Visitor(port).signedInAs(clerk);
    }

    @Test
    void isSetUpByACodeAndThenAskedForAtSignIn() {
        Authenticator.SetUp made = Authenticator.setUp(visitor);
        assertThat(made.codes()).hasSize(Factors.RECOVERY_CODES).doesNotHaveDuplicates();
        assertThat(visitor.get("/account").body()).contains("已启用").contains("还剩 10 个恢复码").contains("设置了两步验证");

        Visitor again = withPassword(clerk, "/account");
        assertThat(again.get("/sign-in/step").body()).contains("输入验证码");
        assertThat(again.get("/account").location()).startsWith("/sign-in?to=");
        again.get("/sign-in/step");
        var done = again.post("/sign-in/step", Map.of("code", made.authenticator().next()));
        assertThat(done.status()).isEqualTo(303);
        assertThat(done.location()).isEqualTo("/account");
        assertThat(again.get("/account").status()).isEqualTo(200);
    }

    @Test
    void isNotSetUpByAWrongCode() {
        visitor.get("/account");
        visitor.post("/account/factor/begin", Map.of());
        visitor.get("/account/factor");
        var refused = visitor.post("/account/factor", Map.of("code", "000000"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("验证码不正确");
        assertThat(factors.find(clerk.person())).isEmpty();
        assertThat(new Visitor(port).signedInAs(clerk).get("/queue").status()).isEqualTo(200);
    }

    @Test
    void opensNothingWithThePasswordAlone() {
        Authenticator.setUp(visitor);
        Visitor half = withPassword(clerk, "");
        for (String path : List.of("/queue", "/account", "/posts", "/password", "/confirm", "/account/factor")) {
            assertThat(half.get(path).location()).as(path).startsWith("/sign-in");
        }
        assertThat(half.get("/sign-in/set-up").location()).isEqualTo("/sign-in");
        half.get("/sign-in/step");
        assertThat(half.post("/account/factor/begin", Map.of()).location()).startsWith("/sign-in");
        assertThat(new Visitor(port).get("/sign-in/step").location()).isEqualTo("/sign-in");
    }

    @Test
    void takesACodeOnceOnly() {
        Authenticator.SetUp made = Authenticator.setUp(visitor);
        Visitor one = withPassword(clerk, "");
        one.get("/sign-in/step");
        // The code that confirmed it is used as well.
        assertThat(one.post("/sign-in/step", Map.of("code", made.authenticator().now())).status()).isEqualTo(422);
        String code = made.authenticator().next();
        assertThat(one.post("/sign-in/step", Map.of("code", code)).status()).isEqualTo(303);
        Visitor two = withPassword(clerk, "");
        two.get("/sign-in/step");
        assertThat(two.post("/sign-in/step", Map.of("code", code)).body()).contains("已经使用过");
    }

    @Test
    void letsOneOfManyInWhoUseTheSameCodeAtOnce() {
        Authenticator.SetUp made = Authenticator.setUp(visitor);
        String code = made.authenticator().next();
        AtomicInteger in = new AtomicInteger();
        IntStream.range(0, 4).parallel().forEach(_ -> {
            if (factors.check(clerk.person(), code) instanceof Factors.Check.Right) {
                in.incrementAndGet();
            }
        });
        assertThat(in.get()).isEqualTo(1);
    }

    @Test
    void takesEachRecoveryCodeOnce() {
        Authenticator.SetUp made = Authenticator.setUp(visitor);
        Visitor one = withPassword(clerk, "/account");
        one.get("/sign-in/step");
        assertThat(one.post("/sign-in/step", Map.of("code", made.codes().get(3).toLowerCase())).location()).isEqualTo("/account");
        assertThat(one.get("/account").body()).contains("您使用了一个恢复码，还剩 9 个").contains("使用了一个恢复码");
        Visitor two = withPassword(clerk, "");
        two.get("/sign-in/step");
        assertThat(two.post("/sign-in/step", Map.of("code", made.codes().get(3))).status()).isEqualTo(422);

        one.get("/account");
        List<String> fresh = Authenticator.codes(one.post("/account/factor/codes", Map.of()).body());
        assertThat(fresh).hasSize(10).doesNotContainAnyElementsOf(made.codes());
        two.get("/sign-in/step");
        assertThat(two.post("/sign-in/step", Map.of("code", made.codes().get(4))).status()).isEqualTo(422);
        assertThat(two.post("/sign-in/step", Map.of("code", fresh.getFirst())).status()).isEqualTo(303);
    }

    @Test
    void makesWaitAfterWrongCodes() {
        Authenticator.SetUp made = Authenticator.setUp(visitor);
        Visitor guesser = withPassword(clerk, "");
        guesser.get("/sign-in/step");
        for (int i = 0; i < 6; i++) {
            assertThat(guesser.post("/sign-in/step", Map.of("code", "00000" + i)).body()).contains("验证码不正确");
        }
        assertThat(guesser.post("/sign-in/step", Map.of("code", made.authenticator().next())).body()).contains("尝试次数过多，请 1 分钟后再试");
    }

    @Test
    void endsASignInThatIsHalfDoneWithTheAccountAndWithThePost() {
        Authenticator.SetUp made = Authenticator.setUp(visitor);
        Visitor half = withPassword(clerk, "");
        half.get("/sign-in/step");
        new People(context).endPost(clerk.person(), clerk.post());
        assertThat(half.post("/sign-in/step", Map.of("code", made.authenticator().next())).body()).contains("您目前没有任职岗位");

        People.Somebody other = new People(context).with(Role.HANDLER);
        Authenticator.SetUp theirs = Authenticator.setUp(new Visitor(port).signedInAs(other));
        Visitor begun = withPassword(other, "");
        begun.get("/sign-in/step");
        context.getBean(org.heshi.identity.Accounts.class).end(other.person());
        assertThat(begun.post("/sign-in/step", Map.of("code", theirs.authenticator().next())).location()).isEqualTo("/sign-in");
    }

    @Test
    void isChangedAndGivenUpByItsOwner() {
        Authenticator.SetUp first = Authenticator.setUp(visitor);
        Authenticator.SetUp second = Authenticator.setUp(visitor);
        assertThat(second.authenticator().secret()).isNotEqualTo(first.authenticator().secret());
        assertThat(factors.check(clerk.person(), first.authenticator().next())).isInstanceOf(Factors.Check.Wrong.class);
        assertThat(factors.check(clerk.person(), second.authenticator().next())).isInstanceOf(Factors.Check.Right.class);
        visitor.get("/account");
        visitor.post("/account/factor/remove", Map.of());
        assertThat(visitor.get("/account").body()).contains("未启用").contains("停用了两步验证");
        assertThat(new Visitor(port).signedInAs(clerk).get("/queue").status()).isEqualTo(200);
    }

    @Test
    void keepsNoSecretThatTheDatabaseAloneWouldGiveAway() throws Exception {
        Authenticator.SetUp made = Authenticator.setUp(visitor);
        byte[] kept;
        try (Connection owner = server.connectAsOwner(); var s = owner.prepareStatement("select secret from identity.second_factor where person = ?")) {
            s.setObject(1, clerk.person());
            var found = s.executeQuery();
            found.next();
            kept = found.getBytes(1);
        }
        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain(new String(made.authenticator().secret(), StandardCharsets.ISO_8859_1));
        assertThat(seal.open(clerk.person(), kept)).isEqualTo(made.authenticator().secret());
        assertThatThrownBy(() -> seal.open(UUID.randomUUID(), kept)).isInstanceOf(IllegalStateException.class);
        kept[kept.length - 1] ^= 1;
        assertThatThrownBy(() -> seal.open(clerk.person(), kept)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isPossibleWithATelephoneAndWithoutScripts() {
        try (Browser.Visit visit = Browser.visit(port).narrow().withoutScripts().open().signedInAs(clerk)) {
            visit.go("/account");
            visit.check("account");
            visit.page().click("form[action='/account/factor/begin'] button");
            visit.check("factor-set-up");
            Authenticator made = Authenticator.reading(visit.page().content());
            visit.page().fill("#code", made.now());
            visit.page().click("main form .btn-primary");
            visit.check("factor-codes");
            visit.page().click("main a.btn-primary");
            visit.check("account-with-factor");
            visit.page().context().clearCookies();
            visit.go("/sign-in");
            visit.page().fill("#name", clerk.name());
            visit.page().fill("#password", People.PASSWORD);
            visit.page().click("main button[type=submit]");
            visit.check("factor-step");
            visit.page().fill("#code", "1");
            visit.page().click("main button[type=submit]");
            visit.check("factor-step-refused");
            visit.page().fill("#code", made.next());
            visit.page().click("main button[type=submit]");
            assertThat(visit.page().url()).endsWith("/queue");
        }
    }

    private Visitor withPassword(People.Somebody somebody, String to) {
        Visitor half = new Visitor(port);
        half.get("/sign-in");
        var answer = half.post("/sign-in", Map.of("name", somebody.name(), "password", People.PASSWORD, "to", to));
        assertThat(answer.location()).isEqualTo("/sign-in/step");
        return half;
    }
}
