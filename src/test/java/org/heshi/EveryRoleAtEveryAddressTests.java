package org.heshi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.County.Member;
import org.heshi.Endpoints.Endpoint;
import org.heshi.access.AccessTable;
import org.heshi.access.AccessTable.Field;
import org.heshi.access.AccessTable.Sight;
import org.heshi.access.AccessTable.Standing;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.MenuItem;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Way;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every address of the program asked by a post of every role, and those of a matter for matters to which they stand in every way: whom a page turns away
 * is what the access table says of pages, and what the table does not let somebody see answers as what is not there. Strangers and posts that ended are
 * tried at every address by {@link EveryAddressTests}.
 */
@HeshiTest
class EveryRoleAtEveryAddressTests {

    /** Those end the visit. */
    private static final Set<String> ENDINGS = Set.of("/sign-out", "/follow/leave", "/account/visits/end-others", "/sign-in", "/sign-in/passkey", "/posts");

    private static final String MATTER = "/matters/{number}";

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    RequestMappingHandlerMapping mapping;
    @Autowired
    Matters matters;

    private final AccessTable table = AccessTable.shipped();
    private final List<String> wrong = new ArrayList<>();
    private int cells;

    private record Target(MatterNumber number, Set<Standing> stands) {
    }

    @Test
    void turnsAwayWhomTheTableTurnsAwayAndKnowsNothingOfWhatTheyMustNotSee() {
        County county = County.make(context);
        County elsewhere = County.make(context);
        List<Target> targets = List.of(
                new Target(Way.registered(context, county, county.townClerkA, "镇里受理", Map.of()).number(), EnumSet.of(Standing.DESK, Standing.VERIFIER, Standing.ABOVE)),
                new Target(Way.registered(context, county, "县里受理").number(), EnumSet.of(Standing.ABOVE)),
                new Target(Way.registered(context, elsewhere, "别县受理").number(), EnumSet.of(Standing.NONE)),
                new Target(accusation(county), EnumSet.of(Standing.BARRED)));
        String nobodys = MatterNumber.draw(999, 2099, new java.util.Random(7)).digits();
        List<Endpoint> endpoints = Endpoints.of(mapping).stream().filter(endpoint -> !ENDINGS.contains(endpoint.pattern())).toList();
        for (Role role : Role.values()) {
            Member member = county.hire(county.centreA, "every-" + role.code(), role);
            Visitor visitor = county.signedIn(new Visitor(port), member);
            visitor.get("/password");
            for (Endpoint endpoint : endpoints) {
                Map<String, String> fillers = fillers(nobodys);
                Visitor.Answer none = ask(visitor, endpoint, fillers);
                turnedAway(role, endpoint, none);
                if (endpoint.pattern().contains("{number")) {
                    for (Target target : targets) {
                        boolean sees = target.stands().stream().anyMatch(standing -> table.cell(role.code(), standing, "intake", false, Field.NUMBER).see() != Sight.NO);
                        // to whom it is shown, its other pages say what they say
                        if (!sees || endpoint.pattern().equals(MATTER)) {
                            fillers.put("number", target.number().digits());
                            asked(role, endpoint, target, sees, ask(visitor, endpoint, fillers), none, nobodys);
                        }
                    }
                }
            }
        }
        System.out.printf("All roles at all addresses: %,d cells of %d addresses, %d roles and %d ways to stand to a matter.%n", cells, endpoints.size(), Role.values().length, targets.size());
        assertThat(wrong).isEmpty();
        assertThat(cells).isGreaterThan(2_000);
    }

    /** Nobody has to know an address by heart, and nobody is led to a page that turns them away. */
    @Test
    void offersEachPageOfMediationToExactlyThoseWhoMayOpenIt() {
        Map<String, Set<String>> offered = new LinkedHashMap<>();
        context.getBeansOfType(MenuItem.class).values().stream().filter(item -> item.href().startsWith("/mediation"))
                .forEach(item -> offered.computeIfAbsent(item.href(), _ -> new HashSet<>()).addAll(item.roles()));
        assertThat(offered).containsKeys("/mediation", "/mediation/calendar", "/mediation/allowance/unit", "/mediation/figures", "/mediation/unusual", "/mediation/stories");
        offered.forEach((href, roles) -> {
            Set<String> let = table.page("GET", href).orElseThrow();
            // what strangers may read is led to from elsewhere, too
            if (!let.contains(AccessTable.STRANGER)) {
                assertThat(roles).as(href).isEqualTo(let);
            }
        });
    }

    private void turnedAway(Role role, Endpoint endpoint, Visitor.Answer answer) {
        cells++;
        Optional<Set<String>> let = table.page(endpoint.method().name(), endpoint.pattern());
        if (let.isEmpty()) {
            wrong.add(endpoint.pattern() + " stands in no line of the access table's pages");
            return;
        }
        boolean allowed = let.get().contains(role.code()) || let.get().contains(AccessTable.STRANGER);
        boolean refused = answer.status() == 403;
        if (allowed == refused) {
            wrong.add(role.code() + ", " + endpoint.method() + " " + endpoint.pattern() + ": answered " + answer.status() + ", and by the table is " + (allowed ? "let in" : "turned away"));
        }
    }

    private void asked(Role role, Endpoint endpoint, Target target, boolean sees, Visitor.Answer answer, Visitor.Answer none, String nobodys) {
        cells++;
        String said = role.code() + " as " + target.stands() + ", " + endpoint.method() + " " + endpoint.pattern() + ": answered " + answer.status();
        if (!sees && (answer.status() != none.status() || !answer.location().replace(target.number().digits(), nobodys).equals(none.location()))) {
            wrong.add(said + ", and " + none.status() + " for a number that nobody has");
        }
        if (endpoint.pattern().equals(MATTER) && sees != (answer.status() == 200)) {
            wrong.add(said + ", and by the table " + (sees ? "is shown" : "is not there"));
        }
    }

    private static Map<String, String> fillers(String number) {
        Map<String, String> fillers = new LinkedHashMap<>();
        for (String id : List.of("id", "unit", "post", "person", "attachment", "file")) {
            fillers.put(id, "00000000-0000-7000-8000-000000000000");
        }
        fillers.putAll(Map.of("number", number, "kind", "intake", "action", "note", "name", "add", "seq", "1"));
        return fillers;
    }

    private static Visitor.Answer ask(Visitor visitor, Endpoint endpoint, Map<String, String> fillers) {
        String path = endpoint.path(fillers);
        return endpoint.reads() ? visitor.get(path) : visitor.post(path, Map.of());
    }

    private MatterNumber accusation(County county) {
        Answer answer = Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", Map.of("title", "反映中心", "description", "中心不办事", "place", county.villageA,
                "about-office", "true", "accused", county.centreA.id().toString()), UUID.randomUUID().toString())));
        return ((Answer.Done) answer).number();
    }
}
