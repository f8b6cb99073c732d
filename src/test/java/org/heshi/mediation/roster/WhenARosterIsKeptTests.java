package org.heshi.mediation.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.County;
import org.heshi.County.Member;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.kernel.Page;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Picks;
import org.heshi.mediation.Affair;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@HeshiTest
class WhenARosterIsKeptTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Mediators mediators;

    private static final Map<String, String> GOOD = Map.of("standing", "member", "skills", "labour", "languages", "普通话、吴语", "most", "5", "termFrom", "2025-01-01",
            "termTo", "2028-01-01", "listed", "true", "works", "true");

    @Test
    void isKeptByTheHeadOfTheCommitteeAndShownAsEachChose() {
        County county = County.make(context);
        Member head = county.hire(county.committeeA, "med-head", Role.HEAD);
        Member shown = county.hire(county.committeeA, "med-shown", Role.MEDIATOR);
        Member quiet = county.hire(county.committeeA, "med-quiet", Role.MEDIATOR);
        Member foreign = county.hire(county.roads, "med-foreign", Role.HEAD);
        Visitor visitor = county.signedIn(new Visitor(port), head);
        String page = "/mediation/mediators/" + shown.post();
        assertThat(visitor.get("/mediation/bodies/" + county.committeeA.id()).body()).contains("尚未登记", "试验med-shown", "试验med-quiet");
        assertThat(visitor.get(page + "/edit").status()).isEqualTo(200);
        Visitor.Answer tooLong = visitor.post(page + "/edit", Map.of("standing", "member", "most", "x", "termFrom", "2025-01-01", "termTo", "2028-01-02", "works", "true"));
        assertThat(tooLong.status()).isEqualTo(422);
        assertThat(tooLong.body()).contains("不超过三年", "0 到 500");
        assertThat(visitor.post(page + "/edit", GOOD).status()).isEqualTo(303);
        assertThat(visitor.post("/mediation/mediators/" + quiet.post() + "/edit", Map.of("standing", "member", "most", "3", "works", "true")).status()).isEqualTo(303);
        assertThat(visitor.post(page + "/training", Map.of("day", "2026-01-05", "hours", "4.5", "subject", "调解技巧")).status()).isEqualTo(303);
        assertThat(visitor.get(page).body()).contains("调解技巧", "4.5 学时", "0 / 5 件");

        String stranger = new Visitor(port).get("/mediation/mediators?place=" + county.code + "&skill=labour&language=吴语").body();
        assertThat(stranger).contains("试验med-shown", "劳动争议").doesNotContain("0 / 5", "med-quiet");
        assertThat(new Visitor(port).get("/mediation/mediators?place=" + county.code).body()).contains("试验med-shown").doesNotContain("med-quiet");
        assertThat(new Visitor(port).get(page).location()).startsWith("/sign-in");
        assertThat(visitor.get("/mediation/mediators?name=试验med-qu").body()).contains("试验med-quiet").doesNotContain("试验med-shown");

        Visitor other = county.signedIn(new Visitor(port), foreign);
        other.get("/password");
        assertThat(other.get(page).status()).isEqualTo(200);
        assertThat(other.get(page + "/edit").status()).isEqualTo(403);
        assertThat(other.post(page + "/edit", GOOD).status()).isEqualTo(403);
        assertThat(other.post("/mediation/bodies/" + county.committeeA.id() + "/rooms", Map.of("name", "一室")).status()).isEqualTo(403);
        Visitor administrator = county.signedIn(new Visitor(port), county.administrator);
        administrator.get("/password");
        assertThat(administrator.post("/mediation/bodies/" + county.committeeA.id() + "/edit", Map.of("sort", "trade")).body()).contains("要选领域");
        assertThat(administrator.post("/mediation/bodies/" + county.committeeA.id() + "/edit", Map.of("sort", "trade", "field", "medical", "intro", "随叫随到")).status()).isEqualTo(303);
        assertThat(administrator.post("/mediation/bodies/" + county.committeeA.id() + "/rooms", Map.of("name", "一室", "seats", "8")).status()).isEqualTo(303);
        assertThat(administrator.post("/mediation/bodies/" + county.committeeA.id() + "/rooms", Map.of("name", "一室")).status()).isEqualTo(422);
        assertThat(administrator.get("/mediation/bodies/" + county.committeeA.id()).body()).contains("医疗", "随叫随到", "一室", "三至九人", "妇女成员");
        County elsewhere = County.make(context);
        Visitor away = elsewhere.signedIn(new Visitor(port), elsewhere.administrator);
        away.get("/password");
        assertThat(away.post(page + "/edit", GOOD).status()).isEqualTo(403);
    }

    @Test
    void hasOneDirectorOfACommittee() {
        County county = County.make(context);
        Member one = county.hire(county.committeeA, "dir-one", Role.MEDIATOR);
        Member two = county.hire(county.committeeA, "dir-two", Role.MEDIATOR);
        Acting.run(new Actor.Machine("test"), () -> {
            assertThat(mediators.keep(entry(county, one.post(), "director"))).isTrue();
            assertThat(mediators.keep(entry(county, one.post(), "director"))).isTrue();
            assertThat(mediators.keep(entry(county, two.post(), "director"))).isFalse();
            assertThat(mediators.keep(entry(county, two.post(), "deputy"))).isTrue();
        });
    }

    @Test
    void isReadPageByPageEachOnce() {
        County county = County.make(context);
        List<UUID> posts = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            posts.add(county.hire(i % 2 == 0 ? county.committeeA : county.centre, "page-" + i, Role.MEDIATOR).post());
        }
        Acting.run(new Actor.Machine("test"), () -> posts.forEach(post -> mediators.keep(entry(county, post, "member"))));
        for (String skill : List.of("", "traffic")) {
            List<UUID> seen = new ArrayList<>();
            Optional<String> key = Optional.of("");
            while (key.isPresent()) {
                String after = key.get();
                Page<Entry> page = county.as(county.dispatcher, () -> mediators.list(new Mediators.Filter(county.code, skill, "", Optional.empty()), after, 3));
                page.rows().forEach(entry -> seen.add(entry.post()));
                key = page.next();
            }
            assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(posts);
        }
        assertThat(county.as(county.dispatcher, () -> mediators.list(new Mediators.Filter(county.code, "medical", "", Optional.empty()), "", 3)).rows()).isEmpty();
        assertThat(Acting.as(new Actor.Passerby(), () -> mediators.list(new Mediators.Filter(county.code, "", "", Optional.empty()), "", 30)).rows()).isEmpty();
        assertThat(Acting.as(new Actor.Passerby(), () -> mediators.loads(posts))).isEmpty();
    }

    @Test
    void saysWhomPartiesMayChooseAndWhomNobodyNames() {
        County county = County.make(context);
        Member good = county.hire(county.committeeA, "pick-good", Role.MEDIATOR);
        Member over = county.hire(county.committeeA, "pick-over", Role.MEDIATOR);
        Member full = county.hire(county.committeeA, "pick-full", Role.MEDIATOR);
        Member never = county.hire(county.committeeA, "pick-never", Role.MEDIATOR);
        java.time.LocalDate today = org.heshi.kernel.CivilTime.dateOf(java.time.Instant.now(java.time.Clock.systemUTC()));
        Acting.run(new Actor.Machine("test"), () -> {
            mediators.keep(new Entry(good.post(), county.committeeA.id(), county.villageA, "member", false, List.of("house"), List.of(), 5, Optional.empty(), Optional.empty(), false, true));
            mediators.keep(new Entry(over.post(), county.committeeA.id(), county.villageA, "member", false, List.of("house"), List.of(), 5, Optional.of(today.minusYears(2)),
                    Optional.of(today.minusDays(1)), false, true));
            mediators.keep(new Entry(full.post(), county.committeeA.id(), county.villageA, "member", false, List.of(), List.of(), 0, Optional.empty(), Optional.empty(), false, true));
        });
        Affair affair = new Affair(context, county, good).takenUp("house", "initiative", Map.of());
        MediatorPicks picks = context.getBean(MediatorPicks.class);
        List<Picks.Pick> offered = Acting.as(affair.resident(2), () -> picks.offered("mediators-to-choose", affair.way.id()));
        assertThat(offered).as("those who may be named and have time").extracting(Picks.Pick::value).containsExactly(good.post().toString());
        assertThat(offered.getFirst().hint().zh()).contains("擅长").doesNotContainPattern("[0-9]");
        assertThat(Acting.as(new Actor.Resident(UUID.randomUUID(), 1), () -> picks.offered("mediators-to-choose", affair.way.id()))).isEmpty();
        assertThat(refused(affair, over)).containsExactly("mediation-roster-over");
        assertThat(refused(affair, never)).containsExactly("mediation-roster-off");
        assertThat(Acting.as(county.actor(good), () -> picks.offered("mediators", affair.way.id()))).filteredOn(one -> one.value().equals(full.post().toString())).singleElement()
                .satisfies(one -> assertThat(one.hint().zh()).contains("已满"));

        affair.does(affair.resident(1), "choose-mediator", Map.of("mediator", good.post().toString()));
        affair.appoint(full);
        assertThat(affair.dispute().mediating().getFirst().how()).as("one side alone chose, and somebody else").isEqualTo("appointed");
        affair.does(affair.resident(2), "accept-mediator", Map.of("agreed", "true"));
        assertThat(affair.dispute().wanted(affair.dispute().participant(2).orElseThrow())).contains("accepted");
        assertThat(affair.dispute().wanted(affair.dispute().participant(1).orElseThrow())).isEmpty();
        affair.does(affair.resident(1), "object", Map.of());
        assertThat(affair.dispute().mediator()).isEmpty();
        affair.does(affair.resident(2), "choose-mediator", Map.of("mediator", good.post().toString()));
        affair.appoint(good);
        assertThat(affair.dispute().mediating().getFirst().how()).as("whatever was ticked").isEqualTo("chosen");
        assertThat(((Answer.Refused) affair.answer(affair.resident(1), "choose-mediator", Map.of("mediator", good.post().toString()))).refusals().getFirst().code())
                .isEqualTo("mediation-named-already");
    }

    private List<String> refused(Affair affair, Member who) {
        Answer answer = affair.answer(affair.county.actor(affair.mediator), "appoint", Map.of("mediator", who.post().toString(), "how", "appointed", "no-interest", "true"));
        return ((Answer.Refused) answer).refusals().stream().map(org.heshi.kernel.Refusal::code).toList();
    }

    private static Entry entry(County county, UUID post, String standing) {
        return new Entry(post, county.committeeA.id(), county.villageA, standing, false, List.of("traffic"), List.of("普通话"), 5, Optional.empty(), Optional.empty(), false, true);
    }
}
