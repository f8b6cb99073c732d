package org.heshi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.heshi.matters.FollowedMatter;
import org.heshi.matters.Matters.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What every answer tells the browser: nothing from elsewhere, nothing kept, nothing guessed, framed or read by others. */
@HeshiTest
class EveryHeaderTests {

    /** Browsers and proxies may keep these: they are the same for everybody. */
    private static final List<String> ASSETS = List.of("/heshi.css", "/heshi.js", "/icons.svg", "/mark.svg",
            "/webjars/htmx.org/dist/htmx.min.js", "/webjars/tabler__core/dist/css/tabler.min.css");

    @Autowired
    ApplicationContext context;
    @Autowired
    RequestMappingHandlerMapping mapping;
    @LocalServerPort
    int port;

    private record Seen(String who, String address, Visitor.Answer answer) {

        String header(String name) {
            return String.join(", ", answer.whole().headers().allValues(name));
        }

        @Override
        public String toString() {
            return who + " at " + address + ": " + answer.status();
        }
    }

    /** Read once, judged by each test. */
    private static List<Seen> everywhere = List.of();

    private List<Seen> everywhere() {
        if (everywhere.isEmpty()) {
            everywhere = read();
        }
        return new ArrayList<>(everywhere);
    }

    @AfterAll
    static void forget() {
        everywhere = List.of();
    }

    private List<Seen> read() {
        FollowedMatter staff = FollowedMatter.inAVillage(context);
        Answer.Done mine = staff.report(Map.of());
        staff.takeToTheHandler(mine.matter());
        Visitor resident = new Visitor(port);
        resident.get("/follow");
        assertThat(resident.post("/follow", Map.of("number", mine.number().digits(), "code", mine.code().orElseThrow())).status()).isEqualTo(303);
        Visitor official = new Visitor(port).signedInAs(new People(context).in(UnitType.CENTRE, "330681", Role.values()));
        Map<String, Visitor> all = Map.of("nobody", new Visitor(port), "the resident", resident, "an official", official);
        Map<String, String> fillers = Map.of("number", mine.number().digits(), "id", UUID.randomUUID().toString(), "unit", UUID.randomUUID().toString(),
                "kind", "service", "action", "note", "name", "add", "code", "330681", "seq", "1");
        List<Seen> seen = new ArrayList<>();
        all.forEach((who, visitor) -> {
            for (Endpoints.Endpoint endpoint : Endpoints.of(mapping)) {
                String path = endpoint.path(fillers);
                if (endpoint.reads()) {
                    seen.add(new Seen(who, path, visitor.get(path)));
                } else if (!path.startsWith("/sign-out") && !path.endsWith("/leave") && !path.startsWith("/posts")) {
                    seen.add(new Seen(who, "POST " + path, visitor.post(path, Map.of())));
                }
            }
            seen.add(new Seen(who, "/nothing/here", visitor.get("/nothing/here")));
            seen.add(new Seen(who, "/report/test-fault", visitor.get("/report/test-fault")));
        });
        seen.removeIf(one -> one.address().equals("/error"));
        assertThat(seen).hasSizeGreaterThan(300);
        assertThat(seen.stream().map(one -> one.answer().status()).distinct()).contains(200, 302, 303, 404, 422, 403, 500);
        return seen;
    }

    @Test
    void tellWhatMayRunAndWhoMayFrameAndRead() {
        List<Seen> seen = everywhere();
        Visitor stranger = new Visitor(port);
        ASSETS.forEach(path -> seen.add(new Seen("nobody", path, stranger.get(path))));
        assertThat(seen).allSatisfy(one -> {
            assertThat(one.header("content-security-policy")).contains("default-src 'self'", "object-src 'none'", "base-uri 'none'",
                    "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types default");
            // the provider of the tests is the one other address
            assertThat(one.header("content-security-policy").replaceFirst("form-action 'self' http://127\\.0\\.0\\.1:\\d+$", "form-action 'self'"))
                    .endsWith("form-action 'self'").doesNotContain("unsafe", "http:", "https:", "*");
            assertThat(one.header("x-content-type-options")).isEqualTo("nosniff");
            assertThat(one.header("x-frame-options")).isEqualTo("DENY");
            assertThat(one.header("referrer-policy")).isEqualTo("same-origin");
            assertThat(one.header("cross-origin-opener-policy")).isEqualTo("same-origin");
            assertThat(one.header("cross-origin-resource-policy")).isEqualTo("same-origin");
            assertThat(one.header("cross-origin-embedder-policy")).isEqualTo("require-corp");
            assertThat(one.header("permissions-policy")).contains("microphone=()");
            // Open311 is read by pages of others in their readers' browsers (GeoReport v2): what it shows is for everybody, and it takes no cookie
            assertThat(one.header("access-control-allow-origin")).isEqualTo(one.address().matches("(POST )?/open311/.*") ? "*" : "");
            assertThat(one.header("server") + one.header("x-powered-by")).isEmpty();
        });
    }

    @Test
    void areKeptByNobody() {
        // the public bill is the same for everybody and never changes: a reader may keep it, and asks each time whether it still stands
        Predicate<Seen> forEverybody = one -> one.address().matches("/bill(/(data|editions|towns)/.*|/feed\\.(atom|rss))?") && one.answer().status() == 200;
        List<Seen> seen = everywhere();
        assertThat(seen.stream().filter(forEverybody.negate())).allSatisfy(one -> assertThat(one.header("cache-control")).contains("no-store"));
        assertThat(seen.stream().filter(forEverybody)).isNotEmpty().allSatisfy(one -> assertThat(one.header("cache-control")).containsAnyOf("no-store", "no-cache"));
        Visitor stranger = new Visitor(port);
        for (String asset : ASSETS) {
            assertThat(stranger.get(asset).header("cache-control").orElse("")).as(asset).contains("public");
        }
    }

    @Test
    void sayWhatTheirBytesAre() {
        assertThat(everywhere().stream().filter(one -> !one.answer().body().isEmpty())).allSatisfy(one -> assertThat(one.header("content-type").toLowerCase())
                .matches("text/(html|plain|csv|xml);\\s*charset=utf-8|application/(problem\\+|geo\\+)?json.*|application/(pdf|yaml)|application/(atom|rss)\\+xml;\\s*charset=utf-8|image/(png|jpeg)|application/vnd\\..*"));
    }

    @Test
    void setsCookiesThatScriptsCannotRead() {
        Set<String> cookies = new LinkedHashSet<>();
        everywhere().forEach(one -> cookies.addAll(one.answer().whole().headers().allValues("set-cookie")));
        cookies.addAll(new Visitor(port).get("/?lang=en").whole().headers().allValues("set-cookie"));
        assertThat(cookies.stream().map(cookie -> cookie.replaceAll("=.*", "")).distinct()).contains("heshi-form", "lang", "heshi-said");
        assertThat(cookies).allSatisfy(cookie -> assertThat(cookie).containsIgnoringCase("; HttpOnly").containsPattern("; SameSite=(Lax|Strict)"));
    }
}
