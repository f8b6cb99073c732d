package org.heshi.identity.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import county.CountyIdentity;
import java.net.URI;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.heshi.Authenticator;
import org.heshi.Browser;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Against a real provider, in a real browser; its tokens are changed on the way where they shall be refused. */
@HeshiTest
class CountyProviderTests {

    private static final String PASSWORD = "at-the-county";
    private static CountyIdentity county;

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Provider provider;
    @Autowired
    ProviderAccounts bound;

    People.Somebody clerk;
    String subject;
    Browser.Visit visit;
    Page page;

    @BeforeEach
    void somebodyWhoIsKnownToTheCounty() {
        if (county == null) {
            county = new CountyIdentity(URI.create(provider.issuer()), "heshi", "a-secret-of-the-tests",
                    "http://127.0.0.1:" + port + Provider.BACK, "http://127.0.0.1:" + port + "/sign-in?why=out");
        }
        clerk = new People(context).with(Role.WINDOW_CLERK);
        subject = "subject-" + UUID.randomUUID();
        county.enrol(subject, PASSWORD);
        visit = Browser.visit(port).narrow().open();
        page = visit.page();
    }

    @AfterEach
    void close() {
        county.change(UnaryOperator.identity());
        visit.close();
    }

    @AfterAll
    static void stop() {
        county.close();
        county = null;
    }

    private void throughTheCounty() {
        visit.go("/sign-in");
        page.click("form[action='/sign-in/provider'] button");
    }

    private void atTheCounty(String name) {
        page.fill("input[name=username]", name);
        page.fill("input[name=password]", PASSWORD);
        page.click("button[type=submit]");
    }

    private void bind() {
        bound.bind(clerk.person(), provider.issuer(), subject, null);
    }

    private void signIn() {
        throughTheCounty();
        atTheCounty(subject);
        page.waitForURL(visit.address("/queue"));
    }

    @Test
    void isBoundByALinkThatWorksOnceAndThenSignsIn() {
        String link = "/bind/" + bound.link(clerk.person());
        visit.go(link);
        visit.check("provider-bind");
        page.click("main form button");
        atTheCounty(subject);
        page.waitForURL(visit.address("/sign-in"));
        assertThat(page.innerText("body")).contains("已绑定统一身份认证");
        visit.check("sign-in-with-provider");
        throughTheCounty();
        page.waitForURL(visit.address("/queue"));
        visit.go("/account");
        assertThat(page.innerText("main")).contains("已绑定，绑定于").contains("绑定了统一身份认证");
        visit.check("account-bound");
        assertThat(new Visitor(port).get(link).status()).isEqualTo(404);
    }

    @Test
    void isBoundAndUnboundByWhoIsSignedIn() {
        visit.signedInAs(clerk);
        visit.go("/account");
        page.click("form[action='/account/provider/bind'] button");
        atTheCounty(subject);
        page.waitForURL(visit.address("/account"));
        assertThat(bound.find(provider.issuer(), subject)).contains(clerk.person());
        visit.go("/confirm?to=/notices");
        page.click("form[action='/confirm/provider'] button");
        page.waitForURL(visit.address("/notices"));
        visit.go("/account");
        page.click("form[action='/account/provider/unbind'] button");
        assertThat(page.innerText("main")).contains("未绑定").contains("解除了统一身份认证绑定");
        assertThat(bound.find(provider.issuer(), subject)).isEmpty();
    }

    @Test
    void goesByTheSubjectAndNeverByTheName() {
        county.enrol(clerk.name(), PASSWORD);
        throughTheCounty();
        atTheCounty(clerk.name());
        page.waitForSelector("main .errors");
        assertThat(page.innerText("main .errors")).contains("没有绑定账号");
        assertThat(visit.go("/queue").url()).contains("/sign-in");
    }

    @Test
    void bindsNoSubjectToTwoAccounts() {
        bind();
        People.Somebody other = new People(context).with(Role.HANDLER);
        visit.go("/bind/" + bound.link(other.person()));
        page.click("main form button");
        atTheCounty(subject);
        page.waitForSelector("main .errors");
        assertThat(page.innerText("main .errors")).contains("未能绑定");
        assertThat(bound.find(provider.issuer(), subject)).contains(clerk.person());
    }

    @Test
    void takesNoTokenThatIsWrongInAnything() throws Exception {
        bind();
        signIn();
        RSAKey foreign = new RSAKeyGenerator(2048).keyID(county.key().getKeyID()).generate();
        Map<String, UnaryOperator<String>> changes = new LinkedHashMap<>();
        changes.put("no algorithm", token -> new PlainJWT(claims(token)).serialize());
        changes.put("another issuer", token -> signed(county.key(), token, claims -> claims.issuer("https://id.example.org")));
        changes.put("another audience", token -> signed(county.key(), token, claims -> claims.audience("somebody-else")));
        changes.put("another nonce", token -> signed(county.key(), token, claims -> claims.claim("nonce", "another")));
        changes.put("no nonce", token -> signed(county.key(), token, claims -> claims.claim("nonce", null)));
        changes.put("no subject", token -> signed(county.key(), token, claims -> claims.subject(null)));
        changes.put("over", token -> signed(county.key(), token, claims -> claims.issueTime(Date.from(Instant.now().minusSeconds(900)))
                .expirationTime(Date.from(Instant.now().minusSeconds(300)))));
        changes.put("another key", token -> signed(foreign, token, _ -> { }));
        changes.put("no signature", token -> token.substring(0, token.lastIndexOf('.') + 1));
        changes.put("no token", _ -> "");
        for (Map.Entry<String, UnaryOperator<String>> one : changes.entrySet()) {
            county.change(one.getValue());
            page.context().clearCookies(new com.microsoft.playwright.BrowserContext.ClearCookiesOptions().setName("heshi"));
            throughTheCounty();
            page.waitForSelector("main .errors");
            assertThat(page.innerText("main .errors")).as(one.getKey()).contains("统一身份认证未通过");
            assertThat(visit.go("/queue").url()).as(one.getKey()).contains("/sign-in");
        }
        county.change(token -> signed(county.key(), token, _ -> { }));
        throughTheCounty();
        page.waitForURL(visit.address("/queue"));
        county.change(token -> signed(county.key(), token, claims -> claims.claim("auth_time", Date.from(Instant.now().minusSeconds(600)))));
        visit.go("/confirm?to=/notices");
        page.click("form[action='/confirm/provider'] button");
        page.waitForSelector("main .errors");
    }

    @Test
    void answersOnlyWhatThisBrowserAsked() {
        Visitor stranger = new Visitor(port);
        assertThat(stranger.get("/sign-in/provider/back?code=x&state=y").status()).isEqualTo(422);
        stranger.get("/sign-in");
        var asked = stranger.post("/sign-in/provider", Map.of("to", "/queue"));
        assertThat(asked.location()).contains("code_challenge=").contains("code_challenge_method=S256").contains("nonce=").contains("state=");
        assertThat(stranger.get("/sign-in/provider/back?code=x&state=y").status()).isEqualTo(422);
        assertThat(stranger.get("/sign-in/provider/back?error=access_denied&state=y").status()).isEqualTo(422);
    }

    @Test
    void asksForOurOwnSecondFactorUnlessTheProviderIsTrustedWithBoth() {
        bind();
        Authenticator.SetUp made = Authenticator.setUp(new Visitor(port).signedInAs(clerk));
        throughTheCounty();
        atTheCounty(subject);
        page.waitForURL(visit.address("/sign-in/step"));
        page.fill("#code", made.authenticator().next());
        page.click("main form[action='/sign-in/step'] button");
        page.waitForURL(visit.address("/queue"));
    }

    @Test
    void signsOutThereToo() {
        bind();
        signIn();
        page.click("details.drop summary");
        page.click("form[action='/sign-out'] button");
        page.waitForURL(visit.address("/sign-in?why=out"));
        assertThat(page.innerText("main")).contains("您已退出登录");
        throughTheCounty();
        page.waitForSelector("input[name=username]");
    }

    @Test
    void endsWhenItEndsThere() throws ParseException {
        bind();
        signIn();
        String sid = claims(county.lastToken()).getStringClaim("sid");
        assertThat(sid).isNotBlank();
        assertThat(ended(logout(claims -> claims.claim("sid", sid)))).isEqualTo(200);
        assertThat(visit.go("/queue").url()).contains("/sign-in");

        throughTheCounty();
        page.waitForURL(visit.address("/queue"));
        Visitor withPassword = new Visitor(port).signedInAs(clerk);
        assertThat(ended(logout(claims -> claims.subject(subject)))).isEqualTo(200);
        assertThat(visit.go("/queue").url()).contains("/sign-in");
        assertThat(withPassword.get("/queue").status()).as("did not begin at the county").isEqualTo(200);
    }

    @Test
    void endsNothingForALogoutTokenThatIsWrongInAnything() {
        bind();
        signIn();
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("nothing", "");
        wrong.put("nonsense", "a.b.c");
        wrong.put("an ID token", county.lastToken());
        wrong.put("no algorithm", new PlainJWT(claims(logout(claims -> claims.subject(subject)))).serialize());
        wrong.put("another issuer", logout(claims -> claims.subject(subject).issuer("https://id.example.org")));
        wrong.put("another audience", logout(claims -> claims.subject(subject).audience("somebody-else")));
        wrong.put("no event", logout(claims -> claims.subject(subject).claim("events", Map.of("something", Map.of()))));
        wrong.put("a nonce", logout(claims -> claims.subject(subject).claim("nonce", "x")));
        wrong.put("nobody", logout(_ -> { }));
        wrong.put("too old", logout(claims -> claims.subject(subject).issueTime(Date.from(Instant.now().minusSeconds(600)))));
        wrong.forEach((what, token) -> assertThat(ended(token)).as(what).isEqualTo(400));
        // Well made, but written before this visit began, as one that is sent again.
        assertThat(ended(logout(claims -> claims.subject(subject).issueTime(Date.from(Instant.now().minusSeconds(120)))))).isEqualTo(200);
        assertThat(visit.go("/queue").url()).endsWith("/queue");
    }

    private int ended(String token) {
        return new Visitor(port).post("/sign-in/provider/ended", Map.of("logout_token", token)).status();
    }

    private String logout(Consumer<JWTClaimsSet.Builder> how) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().issuer(provider.issuer()).audience("heshi").issueTime(new Date())
                .expirationTime(Date.from(Instant.now().plusSeconds(120))).jwtID(UUID.randomUUID().toString())
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        how.accept(claims);
        return signed(county.key(), new JOSEObjectType("logout+jwt"), claims.build());
    }

    private static JWTClaimsSet claims(String token) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(RSAKey key, String token, Consumer<JWTClaimsSet.Builder> how) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder(claims(token));
        how.accept(claims);
        return signed(key, JOSEObjectType.JWT, claims.build());
    }

    private static String signed(RSAKey key, JOSEObjectType type, JWTClaimsSet claims) {
        try {
            SignedJWT made = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).type(type).build(), claims);
            made.sign(new RSASSASigner(key));
            return made.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
