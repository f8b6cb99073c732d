package org.heshi.search.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@HeshiTest
class SearchPageTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Matters matters;

    County county;
    People people;
    String word;
    Answer.Done matter;
    Visitor clerk;

    @BeforeEach
    void aMatterThatIsIndexed() {
        county = County.make(context);
        people = new People(context);
        // no digits: long numbers stay out of the index
        word = "词" + UUID.randomUUID().toString().replace("-", "").chars().mapToObj(c -> Character.toString('㐀' + Character.digit(c, 16))).collect(Collectors.joining());
        matter = report("<b>" + word + "</b>路灯 & \"不亮\"", "<script>alert(1)</script>" + word);
        clerk = new Visitor(port).signedInAs(people.in(county.centre.id(), Role.DISPATCHER, Role.WINDOW_CLERK));
        eventuallyFound(clerk, word);
    }

    @Test
    void findsAMatterByWordsAndShowsThemHarmlessly() {
        Visitor.Answer page = clerk.get("/search?q=" + word);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("<mark>" + word + "</mark>", "&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;b&gt;", matter.number().shown(),
                "/matters/" + matter.number().digits()).doesNotContain("<script>alert(1)", "<b>" + word);
        assertThat(clerk.get("/search?q=" + word + "&lang=en").body()).contains(matter.number().shown());
    }

    @Test
    void goesStraightToTheMatterOfANumber() {
        assertThat(clerk.get("/search?q=" + matter.number().shown()).location()).isEqualTo("/matters/" + matter.number().digits());
    }

    @Test
    void showsANeighbourNothingNotEvenByNumber() {
        Visitor neighbour = new Visitor(port).signedInAs(people.in(County.make(context).centre.id(), Role.DISPATCHER));
        assertThat(neighbour.get("/search?q=" + word).body()).doesNotContain(matter.number().shown(), "<mark>");
        assertThat(neighbour.get("/search?q=" + matter.number().digits()).status()).isEqualTo(200);
        Visitor department = new Visitor(port).signedInAs(people.in(county.roads.id(), Role.HANDLER));
        assertThat(department.get("/search?q=" + word).body()).doesNotContain(matter.number().shown(), "<mark>");
    }

    @Test
    void showsAStrangerTheSignIn() {
        Visitor.Answer answer = new Visitor(port).get("/search?q=" + word);
        assertThat(answer.status()).isNotEqualTo(200);
        assertThat(answer.body()).doesNotContain(word);
    }

    @Test
    void takesAnythingThatIsTyped() {
        for (String query : new String[] {"q=%22%2A%28%5B", "q=%00", "q=%F0%9F%98%80", "q=" + "%E8%B7%AF".repeat(1_500), "q=x&from=yesterday&to=2026-13-40",
                "q=x&after=nonsense", "q=x&kind=%27&state=%3Cb%3E&category=zz&level=9&place=..&closed=maybe&sort=up", "q=" + word + "&from=2026-01-01"}) {
            Visitor.Answer page = clerk.get("/search?" + query);
            assertThat(page.status()).as(query).isIn(200, 400);
            assertThat(page.body()).doesNotContain("Exception");
        }
        assertThat(clerk.get("/search?q=x&from=yesterday").body()).contains("2026-07-03");
    }

    @Test
    void findsNobodyByNameOrTelephone() {
        Answer.Done named = report("井盖" + word, "丢了");
        eventuallyFound(clerk, "井盖" + word);
        assertThat(clerk.get("/search?q=%E7%8E%8B%E5%B0%8F%E6%98%8E").body()).doesNotContain(named.number().shown());
        assertThat(clerk.get("/search?q=13800000000").body()).doesNotContain(named.number().shown());
    }

    private Answer.Done report(String title, String description) {
        return (Answer.Done) Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", Map.of("title", title, "description", description,
                "place", county.villageA, "name", "王小明" + word, "phone", "13800000000"), UUID.randomUUID().toString())));
    }

    private static void eventuallyFound(Visitor visitor, String words) {
        String query = "/search?q=" + java.net.URLEncoder.encode(words, java.nio.charset.StandardCharsets.UTF_8);
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!visitor.get(query).body().contains("<mark>")) {
            assertThat(System.nanoTime()).as("found in time").isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
        }
    }
}
