package org.heshi.identity.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.Authenticator;
import org.heshi.Browser;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** In a real Chromium with an authenticator of its own making (WebAuthn over the DevTools protocol). */
@HeshiTest
class PasskeyTests {

    private static final Pattern ANSWER = Pattern.compile("(?:^|&)answer=([^&]*)");

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Passkeys passkeys;

    People.Somebody clerk;
    Browser.Visit visit;
    Page page;
    CDPSession devtools;
    String authenticator;
    final List<String> sent = new CopyOnWriteArrayList<>();

    @BeforeEach
    void somebodyWithAnAuthenticator() {
        clerk = new People(context).with(Role.WINDOW_CLERK);
        visit = Browser.visit(port).narrow().open();
        page = visit.page();
        devtools = visit.developerTools();
        devtools.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject made = new JsonObject();
        made.add("options", options);
        authenticator = devtools.send("WebAuthn.addVirtualAuthenticator", made).get("authenticatorId").getAsString();
        page.onRequest(request -> {
            if (request.method().equals("POST") && request.url().endsWith("/passkey") && request.postData() != null) {
                Matcher answer = ANSWER.matcher(request.postData());
                if (answer.find()) {
                    sent.add(URLDecoder.decode(answer.group(1), StandardCharsets.UTF_8));
                }
            }
        });
    }

    @AfterEach
    void close() {
        visit.close();
    }

    /** Passkeys belong to a name; the test's is localhost. */
    private void go(String path) {
        page.navigate("http://localhost:" + port + path);
    }

    private void arrives(String path) {
        page.waitForURL("http://localhost:" + port + path);
    }

    private void withPassword() {
        go("/sign-in");
        page.fill("#name", clerk.name());
        page.fill("#password", People.PASSWORD);
        page.click("main form[action='/sign-in'] button[type=submit]");
    }

    private void register(String label) {
        go("/account");
        page.fill("#label", label);
        page.click("form[data-passkey=make] button");
        page.waitForSelector(".passkeys");
    }

    private void withPasskey() {
        page.context().clearCookies();
        go("/sign-in?to=/account");
        page.click("form[action='/sign-in/passkey'] button");
    }

    private void userVerified(boolean verified) {
        JsonObject how = new JsonObject();
        how.addProperty("authenticatorId", authenticator);
        how.addProperty("isUserVerified", verified);
        devtools.send("WebAuthn.setUserVerified", how);
    }

    @Test
    void isRegisteredUsedBesideThePasswordAndRemoved() {
        withPassword();
        go("/account");
        visit.check("account-passkeys-none");
        register("办公室电脑");
        assertThat(page.innerText("main")).contains("办公室电脑").contains("通行密钥已添加").contains("添加了通行密钥");
        visit.check("account-passkeys");

        withPasskey();
        arrives("/account");
        assertThat(page.innerText("main")).contains("办公室电脑");

        page.click("form[action$='/remove'] button");
        assertThat(page.innerText("main")).contains("通行密钥已删除");
        assertThat(passkeys.of(clerk.person())).isEmpty();
        withPasskey();
        page.waitForSelector("main .errors");
        assertThat(page.innerText("main .errors")).contains("通行密钥未通过验证");
        visit.check("sign-in-passkey-refused");
    }

    @Test
    void isBothFactorsAtOnceAndTheSecondAfterAPassword() {
        Authenticator.setUp(new Visitor(port).signedInAs(clerk));
        withCode();
        register("手机");
        withPasskey();
        arrives("/account");

        page.context().clearCookies();
        withPassword();
        assertThat(page.url()).endsWith("/sign-in/step");
        visit.check("factor-step-passkey");
        page.click("form[action='/sign-in/passkey'] button");
        arrives("/queue");
    }

    /** A fresh factor, because its code of this half minute is used. */
    private void withCode() {
        context.getBean(org.heshi.identity.factor.Factors.class).remove(clerk.person(), clerk.person());
        Authenticator.SetUp made = Authenticator.setUp(new Visitor(port).signedInAs(clerk));
        withPassword();
        page.fill("#code", made.authenticator().next());
        page.click("main form[action='/sign-in/step'] button");
        arrives("/queue");
    }

    @Test
    void confirmsWhoOneIs() {
        withPassword();
        register("手机");
        go("/confirm?to=/account");
        visit.check("confirm-passkey");
        page.click("form[action='/confirm/passkey'] button");
        arrives("/account");
    }

    @Test
    void isRefusedWithoutHavingMadeSureOfItsOwner() {
        withPassword();
        register("手机");
        userVerified(false);
        withPasskey();
        page.waitForSelector("[data-failed]:visible");
        assertThat(page.url()).contains("/sign-in");
        userVerified(true);
        page.click("form[action='/sign-in/passkey'] button");
        arrives("/account");
    }

    @Test
    void isRefusedWhenAnAnswerIsGivenAgain() {
        withPassword();
        register("手机");
        withPasskey();
        arrives("/account");
        String answer = sent.getLast();
        assertThat(answer).contains("signature");

        Visitor thief = new Visitor(port);
        thief.get("/sign-in");
        assertThat(thief.post("/sign-in/passkey", Map.of("answer", answer)).status()).as("never asked").isEqualTo(422);
        assertThat(thief.post("/sign-in/passkey/options", Map.of()).body()).contains("challenge").contains("\"userVerification\":\"required\"")
                .contains("\"allowCredentials\":[]");
        assertThat(thief.post("/sign-in/passkey", Map.of("answer", answer)).status()).as("asked something else").isEqualTo(422);
        thief.post("/sign-in/passkey/options", Map.of());
        for (String nonsense : List.of("", "{}", "null", "[1]", "{\"id\":1}", "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{}}",
                answer.replaceFirst("\"signature\":\"..", "\"signature\":\"AA"), "x".repeat(100_000))) {
            thief.get("/sign-in");
            thief.post("/sign-in/passkey/options", Map.of());
            assertThat(thief.post("/sign-in/passkey", Map.of("answer", nonsense)).status()).as(nonsense.length() > 200 ? "long" : nonsense).isEqualTo(422);
        }
        assertThat(thief.get("/queue").location()).startsWith("/sign-in");
    }

    @Test
    void isRefusedOnceThePostOrTheAccountHasEnded() {
        withPassword();
        register("手机");
        new People(context).endPost(clerk.person(), clerk.post());
        withPasskey();
        page.waitForSelector("main .errors");
        assertThat(page.innerText("main .errors")).contains("您目前没有任职岗位");
        context.getBean(org.heshi.identity.Accounts.class).end(clerk.person());
        withPasskey();
        page.waitForSelector("main .errors");
        assertThat(page.innerText("main .errors")).contains("通行密钥未通过验证");
    }

    @Test
    void isOfferedOnlyUnderItsNameAndWhereScriptsRun() {
        page.navigate("http://127.0.0.1:" + port + "/sign-in");
        assertThat(page.isVisible("form[data-passkey]")).isFalse();
        try (Browser.Visit plain = Browser.visit(port).narrow().withoutScripts().open().signedInAs(clerk)) {
            plain.page().navigate("http://localhost:" + port + "/sign-in");
            assertThat(plain.page().isVisible("form[data-passkey]")).isFalse();
        }
    }
}
