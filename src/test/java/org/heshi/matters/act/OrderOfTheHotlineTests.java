package org.heshi.matters.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heshi.matters.act.WhenUnitsDisagreeTests.codes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.access.Actor;
import org.heshi.calendar.Calendar;
import org.heshi.calendar.Limit;
import org.heshi.calendar.ServiceHours;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Way;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.view.MatterViews;
import org.heshi.matters.view.MatterViews.ClockView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** An order of the 12345 hotline: its own number, its own limit from registration to answer, and the answer handed back. */
@HeshiTest
class OrderOfTheHotlineTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    MatterViews views;
    @Autowired
    Matters matters;
    @Autowired
    Calendar calendar;

    @LocalServerPort
    int port;

    County county;

    @BeforeEach
    void county() {
        county = County.make(context);
    }

    private Map<String, Object> order(String number, String urgency) {
        Map<String, Object> input = new LinkedHashMap<>(Map.of("channel", "hotline-12345", "title", "停水", "description", "全楼停水", "place", county.villageA,
                "category", County.ROADS, "level", "blue"));
        input.put("order-number", number);
        input.put("urgency", urgency);
        return input;
    }

    private Answer register(Map<String, Object> input) {
        return county.as(county.clerk, () -> matters.act(Act.report("register", input, UUID.randomUUID().toString())));
    }

    private static String number() {
        return "GD" + UUID.randomUUID();
    }

    private ClockView clock(UUID matter) {
        return county.as(county.dispatcher, () -> views.get(matter)).clocks().stream().filter(c -> c.name().equals("order")).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"two-hours, 2 HOUR", "day, 24 HOUR", "week, 7 DAY", "fortnight, 15 DAY"})
    void runsUnderTheLimitOfItsUrgencyAndKeepsItThroughSorting(String urgency, String length) {
        Way way = Way.registered(context, county, county.clerk, "停水", Map.of("channel", "hotline-12345", "order-number", number(), "urgency", urgency));
        ClockView at = clock(way.id());
        assertThat(at.lastAt()).isEqualTo(calendar.due(Limit.parse(length), county.as(county.dispatcher, () -> views.get(way.id())).recordedAt(),
                ServiceHours.ALWAYS).at().minusSeconds(1));
        way.sorted().assigned();
        assertThat(clock(way.id()).lastAt()).as("sorting begins nothing anew").isEqualTo(at.lastAt());
        way.accepted().answered();
        assertThat(clock(way.id()).lastAt()).as("the hotline has no answer yet").isEqualTo(at.lastAt());
        way.closed();
        assertThat(clock(way.id()).lastAt()).as("nor has it by the close").isEqualTo(at.lastAt());
        way.does(county.dispatcher, "hand-back", Map.of("words", "已恢复供水"));
        assertThat(county.as(county.dispatcher, () -> views.get(way.id())).clocks()).isEmpty();
    }

    @Test
    void isNotRegisteredWithoutItsNumberAndUrgencyNorTwice() {
        Map<String, Object> bare = order("x", "day");
        bare.remove("order-number");
        bare.remove("urgency");
        assertThat(codes(register(bare))).containsExactly("required", "required");
        assertThat(codes(register(order("两个字", "day")))).containsExactly("not-a-code");
        String number = number();
        assertThat(register(order(number, "day"))).isInstanceOf(Answer.Done.class);
        assertThat(codes(register(order(number, "day")))).containsExactly("order-taken");
    }

    @Test
    void startsNoClockForAMatterThatIsNoOrder() {
        Way way = Way.registered(context, county, "不是工单").sorted();
        assertThat(county.as(county.dispatcher, () -> views.get(way.id())).clocks()).extracting(ClockView::name).doesNotContain("order");
        way.assigned().accepted().answered();
        assertThat(offered(way)).doesNotContain("hand-back");
    }

    @Test
    void isHandedBackOnceWhenItIsAnswered() {
        Way way = Way.registered(context, county, county.clerk, "停水", Map.of("channel", "hotline-12345", "order-number", number(), "urgency", "day"));
        way.sorted().assigned().accepted();
        assertThat(offered(way)).doesNotContain("hand-back");
        way.answered();
        assertThat(offered(way)).contains("hand-back");
        assertThat(orders(county.clerk)).containsExactly(way.id());
        assertThat(orders(county.townClerkB)).as("another centre's").isEmpty();
        way.does(county.dispatcher, "hand-back", Map.of("words", "已恢复供水", "receipt", "HZ-1"));
        assertThat(offered(way)).doesNotContain("hand-back");
        assertThat(orders(county.clerk)).isEmpty();
    }

    @Test
    void isFoundByItsNumberByThoseWhoMaySeeItAlone() {
        String number = number();
        Way way = Way.registered(context, county, county.clerk, "停水", Map.of("channel", "hotline-12345", "order-number", number, "urgency", "day"));
        assertThat(county.as(county.dispatcher, () -> views.findOrder(number))).contains(way.number());
        assertThat(county.as(county.townSupervisorB, () -> views.findOrder(number))).isEmpty();
        Visitor clerk = county.signedIn(new Visitor(port), county.clerk);
        assertThat(clerk.get("/search?q=" + number).location()).isEqualTo(way.page());
        assertThat(clerk.get("/orders").body()).contains(number);
        Visitor handler = county.signedIn(new Visitor(port), county.handler);
        assertThat(handler.get("/orders").status()).isEqualTo(403);
    }

    private List<UUID> orders(County.Member who) {
        return county.as(who, () -> views.orders(java.util.Optional.empty(), 20)).rows().stream().map(order -> order.row().id()).toList();
    }

    private List<String> offered(Way way) {
        return county.as(county.dispatcher, () -> views.nextActions(way.id())).stream().map(Action::name).toList();
    }

    @Test
    void isNotRegisteredTwiceAtTheSameMoment() throws InterruptedException {
        String number = number();
        Actor clerk = county.actor(county.clerk);
        List<Answer> answers = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
        List<Thread> threads = java.util.stream.IntStream.range(0, 4).mapToObj(_ -> Thread.ofVirtual().start(() -> answers.add(
                county.as(clerk, () -> matters.act(Act.report("register", order(number, "week"), UUID.randomUUID().toString())))))).toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(answers).hasSize(4).filteredOn(Answer.Done.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Answer.Refused.class::isInstance).hasSize(3).allSatisfy(answer -> assertThat(codes(answer)).containsExactly("order-taken"));
    }
}
