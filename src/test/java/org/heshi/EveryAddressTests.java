package org.heshi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every address that the program knows, asked by those who have nothing to look for there. A new page that forgets its guard fails here. */
@HeshiTest
class EveryAddressTests {

    /** Open to everybody by intent. A new entry here is a decision. */
    private static final Set<String> OPEN = Set.of("/", "/help", "/places", "/procedures", "/procedures/{kind}", "/api/v1/docs", "/api/v1/openapi.yaml", "/health", "/sign-in", "/sign-in/passkey",
            "/sign-in/passkey/options", "/sign-in/provider", "/sign-in/provider/back", "/sign-in/provider/ended", "/first/{secret}", "/report", "/report/done", "/report/files/{id}/thumb", "/follow", "/follow/mine", "/follow/mine/code", "/follow/mine/enter", "/say/{token}", "/sign/{token}",
            "/proof", "/proof/newest.txt", "/proof/heads.txt", "/proof/keys.txt", "/proof/consistency.txt", "/proof/check.html", "/mediation/mediators", "/mediation/cases", "/bill", "/bill/editions/{edition}", "/bill/answers", "/bill/data", "/bill/data/datapackage.json", "/bill/data/{file:[a-z0-9-]+\\.csv}", "/bill/feed.atom", "/bill/feed.rss", "/papers/check", "/privacy", "/error");

    @Autowired
    ApplicationContext context;
    @Autowired
    RequestMappingHandlerMapping mapping;
    @LocalServerPort
    int port;

    private record Address(RequestMethod method, String pattern) {

        String path() {
            return pattern.replaceAll("\\{(id|post|unit|person|attachment)[^}]*}", "00000000-0000-7000-8000-000000000000")
                    .replaceAll("\\{number[^}]*}", "0012-61234-5678").replaceAll("\\{[^}]*}", "1");
        }

        boolean open() {
            return OPEN.contains(pattern);
        }
    }

    private List<Address> addresses() {
        List<Address> all = new ArrayList<>();
        mapping.getHandlerMethods().forEach((info, method) -> {
            String room = method.getBeanType().getPackageName();
            boolean planted = method.getBeanType().getProtectionDomain().getCodeSource().getLocation().getPath().contains("test-classes");
            if (room.startsWith("org.heshi") && !planted) {
                Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
                for (String pattern : info.getPatternValues()) {
                    for (RequestMethod m : methods.isEmpty() ? Set.of(RequestMethod.GET) : methods) {
                        all.add(new Address(m, pattern));
                    }
                }
            }
        });
        assertThat(all).hasSizeGreaterThan(40);
        return all;
    }

    private static Visitor.Answer ask(Visitor visitor, Address address) {
        return address.method() == RequestMethod.GET ? visitor.get(address.path()) : visitor.post(address.path(), Map.of());
    }

    private static boolean turnedAway(Visitor.Answer answer) {
        boolean toSignIn = answer.status() / 100 == 3 && (answer.location().startsWith("/sign-in") || answer.location().equals("/follow")
                || answer.location().startsWith("/follow?"));
        // the follow-up page of any number, there or not, asks a stranger for the code and tells nothing
        boolean askedForTheCode = answer.status() == 200 && answer.body().contains("name=\"code\"") && !answer.body().contains("timeline");
        return toSignIn || askedForTheCode || answer.status() == 403 || answer.status() == 404 || answer.status() == 401;
    }

    private static String said(Address address, Visitor.Answer answer) {
        return address.method() + " " + address.pattern() + " answered " + answer.status() + " " + answer.location();
    }

    @Test
    void turnsAStrangerAwayEverywhereButAtTheOpenPages() {
        Visitor stranger = new Visitor(port);
        stranger.get("/sign-in");
        assertThat(addresses().stream().filter(a -> !a.open()).map(a -> Map.entry(a, ask(stranger, a)))
                .filter(e -> !turnedAway(e.getValue())).map(e -> said(e.getKey(), e.getValue())).toList()).isEmpty();
    }

    @Test
    void turnsAwayWhoseOnlyPostHasEnded() {
        People people = new People(context);
        People.Somebody ended = people.in(UnitType.CENTRE, "330681", Role.DISPATCHER, Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUDITOR, Role.WINDOW_CLERK);
        Visitor visitor = signedIn(ended);
        assertThat(visitor.get("/queue").status()).isEqualTo(200);
        people.endPost(ended.person(), ended.post());
        assertThat(addresses().stream().filter(a -> !a.open() && !a.pattern().startsWith("/follow")).map(a -> Map.entry(a, ask(visitor, a)))
                .filter(e -> !turnedAway(e.getValue())).map(e -> said(e.getKey(), e.getValue())).toList()).isEmpty();
    }

    @Test
    void turnsAwayFromAdministrationWhoIsNoAdministrator() {
        Visitor handler = signedIn(new People(context).with(Role.HANDLER, Role.HEAD));
        assertThat(addresses().stream().filter(a -> a.pattern().startsWith("/admin") || a.pattern().startsWith("/templates"))
                .map(a -> Map.entry(a, ask(handler, a))).filter(e -> e.getValue().status() != 403).map(e -> said(e.getKey(), e.getValue())).toList())
                .isEmpty();
    }

    @Test
    void neverAnswersNonsenseWithAFailureOfItsOwn() {
        Visitor staff = signedIn(new People(context).in(UnitType.CENTRE, "330681", Role.values()));
        List<String> failures = new ArrayList<>();
        for (Address address : addresses()) {
            if (address.method() != RequestMethod.GET || address.pattern().equals("/sign-out")) {
                continue;
            }
            for (String query : List.of("", "?page=%00&after=%ED%A0%80&q=%27%3B--&state=%3Cscript%3E&within=x&id=1", "?after=9.zzzzzzzzzzzzz.x&q=" + "a".repeat(2000))) {
                Visitor.Answer answer = staff.get(address.path() + query);
                if (answer.status() >= 500) {
                    failures.add(said(address, answer) + " for " + query);
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void keepsItsListOfOpenPagesTrue() {
        Set<String> known = addresses().stream().map(Address::pattern).collect(Collectors.toCollection(TreeSet::new));
        assertThat(OPEN.stream().filter(open -> !open.equals("/error") && !known.contains(open)).toList()).as("open pages that do not exist").isEmpty();
    }

    private Visitor signedIn(People.Somebody somebody) {
        return new Visitor(port).signedInAs(somebody);
    }
}
