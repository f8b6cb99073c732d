package org.heshi.site.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.heshi.Authenticator;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Whoever proved long ago who they are does it again before administration and exports. The addresses are found in the program itself. */
@HeshiTest
class ConfirmFirstTests {

    /**
     * What answers with something else than a page and yet is no export, besides what a resident gets of their own matter and the public record: one
     * picture, a list of places, the state of the program, an error, a question for a passkey, what programs with a token of their own are told. A new entry here is a decision.
     */
    private static final Set<String> NO_EXPORT = Set.of("/files/{id}", "/files/{id}/original", "/files/{id}/thumb", "/report/files/{id}/thumb", "/health", "/places", "/error",
            "/sign-in/passkey/options", "/confirm/passkey/options", "/sign-in/provider/ended", "/api/v1/matters", "/api/v1/matters/{number}", "/api/**",
            "/papers/{id}/{version}", "/papers/{id}/reprint", "/papers/case-files/{id}",
            "/mediation/sittings/{number}/{seq}/sitting.ics", "/mediation/{number}/papers/{kind}/{about}",
            // the very sheet that was sent comes back; outlines of places are public
            "/desk/import", "/figures/outlines");
    /** For programs, to whom no cookie counts, and for everybody. */
    private static final List<String> FOR_PROGRAMS_AND_EVERYBODY = List.of("/api/v1/", "/open311/", "/bill/", "/calendar/feed/", "/follow/", "/proof/");

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    RequestMappingHandlerMapping mapping;
    @Autowired
    SessionRepository<? extends Session> sessions;

    People.Somebody admin;
    Visitor visitor;

    @BeforeEach
    void somebody() {
        admin = new People(context).in(UnitType.CENTRE, "330681", Role.values());
        visitor = new Visitor(port).signedInAs(admin);
    }

    private record Address(RequestMethod method, String pattern) {

        String path() {
            return pattern.replaceAll("\\{(id|post|unit|person)[^}]*}", "00000000-0000-7000-8000-000000000000").replaceAll("\\{[^}]*}", "1");
        }
    }

    private List<Address> guarded() {
        List<Address> all = new ArrayList<>();
        mapping.getHandlerMethods().forEach((info, _) -> info.getPatternValues().forEach(pattern -> info.getMethodsCondition().getMethods().stream()
                .map(method -> new Address(method, pattern)).filter(address -> ConfirmFirst.guards(address.path())).forEach(all::add)));
        return all;
    }

    @Test
    void standsBeforeEveryPageOfAdministration() {
        assertThat(guarded()).hasSizeGreaterThan(60);
        prove(Duration.ofMinutes(40));
        visitor.get("/account");
        List<String> letThrough = new ArrayList<>();
        for (Address address : guarded()) {
            Visitor.Answer answer = address.method() == RequestMethod.GET ? visitor.get(address.path()) : visitor.post(address.path(), Map.of());
            if (answer.status() != 303 || !answer.location().startsWith("/confirm?to=")) {
                letThrough.add(address + " answered " + answer.status() + " " + answer.location());
            }
        }
        assertThat(letThrough).isEmpty();
        assertThat(visitor.get("/queue").status()).isEqualTo(200);
    }

    @Test
    void standsBeforeTheSameAddressesHoweverTheyAreWritten() {
        prove(Duration.ofMinutes(40));
        visitor.get("/account");
        List<String> letThrough = new ArrayList<>();
        for (Address address : guarded()) {
            String path = address.path();
            // the first letter, and the last one of an ending
            for (int at : new int[] {1, path.length() - 1}) {
                String disguised = path.substring(0, at) + "%%%02x".formatted((int) path.charAt(at)) + path.substring(at + 1);
                Visitor.Answer answer = address.method() == RequestMethod.GET ? visitor.get(disguised) : visitor.post(disguised, Map.of());
                if (answer.status() != 400) {
                    letThrough.add(address.method() + " " + disguised + " answered " + answer.status());
                }
            }
        }
        assertThat(letThrough).isEmpty();
    }

    @Test
    void standsBeforeEverythingThatIsWrittenForTables() {
        Set<String> open = new TreeSet<>();
        mapping.getHandlerMethods().forEach((info, handler) -> {
            if (handler.getBeanType().getPackageName().startsWith("org.heshi") && notAPage(handler)) {
                info.getPatternValues().stream().filter(pattern -> !ConfirmFirst.guards(new Address(RequestMethod.GET, pattern).path())
                        && !NO_EXPORT.contains(pattern) && FOR_PROGRAMS_AND_EVERYBODY.stream().noneMatch(pattern::startsWith)).forEach(open::add);
            }
        });
        assertThat(open).as("answers that are no page and are guarded by nothing").isEmpty();
    }

    /** Answers with bytes or data: by what it returns, or because it writes them itself. */
    private static boolean notAPage(HandlerMethod handler) {
        Method method = handler.getMethod();
        boolean planted = handler.getBeanType().getProtectionDomain().getCodeSource().getLocation().getPath().contains("test-classes");
        String type = method.getReturnType().getSimpleName();
        return !planted && (!Set.of("String", "ModelAndView", "View", "RedirectView").contains(type)
                || method.isAnnotationPresent(org.springframework.web.bind.annotation.ResponseBody.class));
    }

    @Test
    void leadsBackAfterThePasswordOrACode() {
        Authenticator.SetUp made = Authenticator.setUp(visitor);
        prove(Duration.ofMinutes(16));
        assertThat(visitor.get("/admin/units?q=x").location()).isEqualTo("/confirm?to=%2Fadmin%2Funits%3Fq%3Dx");
        assertThat(visitor.get("/confirm?to=%2Fadmin%2Funits%3Fq%3Dx").body()).contains("请先确认是您本人");
        assertThat(visitor.post("/confirm", Map.of("to", "/admin/units?q=x", "password", "wrong")).status()).isEqualTo(422);
        assertThat(visitor.post("/confirm", Map.of("to", "/admin/units?q=x", "code", "000000")).status()).isEqualTo(422);
        assertThat(visitor.get("/admin/units").location()).startsWith("/confirm");
        visitor.get("/confirm");
        assertThat(visitor.post("/confirm", Map.of("to", "/admin/units?q=x", "password", People.PASSWORD)).location()).isEqualTo("/admin/units?q=x");
        assertThat(visitor.get("/admin/units").status()).isEqualTo(200);

        prove(Duration.ofMinutes(16));
        visitor.get("/confirm");
        assertThat(visitor.post("/confirm", Map.of("to", "https://example.org/", "code", made.authenticator().next())).location()).isEqualTo("/queue");
        assertThat(visitor.get("/admin/units").status()).isEqualTo(200);
    }

    @Test
    void letsAFormBeSentThatTookAWhileToType() {
        visitor.get("/admin/units/new");
        prove(Duration.ofMinutes(20));
        assertThat(visitor.post("/admin/units/new", Map.of()).status()).isEqualTo(422);
        prove(Duration.ofMinutes(31));
        Visitor.Answer late = visitor.post("/admin/units/new", Map.of(), "Referer", "http://127.0.0.1:" + port + "/admin/units/new?within=1");
        assertThat(late.location()).isEqualTo("/confirm?to=%2Fadmin%2Funits%2Fnew%3Fwithin%3D1&lost=yes");
        assertThat(visitor.get(late.location()).body()).contains("刚才的内容没有提交");
    }

    @Test
    void makesWaitWhoGuesses() {
        visitor.get("/confirm");
        for (int i = 0; i < 6; i++) {
            assertThat(visitor.post("/confirm", Map.of("password", "guess " + i)).body()).contains("当前密码不正确");
        }
        assertThat(visitor.post("/confirm", Map.of("password", People.PASSWORD)).body()).contains("尝试次数过多");
    }

    /** As if they had proved it this long ago. */
    private void prove(Duration ago) {
        prove(sessions, new String(Base64.getDecoder().decode(visitor.cookie("heshi").orElseThrow()), StandardCharsets.UTF_8), Instant.now().minus(ago));
    }

    private static <S extends Session> void prove(SessionRepository<S> sessions, String id, Instant at) {
        S session = sessions.findById(id);
        session.setAttribute("heshi.proved", at);
        sessions.save(session);
    }
}
