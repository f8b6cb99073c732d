package org.heshi.matters.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Page;
import org.heshi.matters.Chains;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.ResidentCodes;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.view.MatterViews;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HeshiTest
class WhenAMatterIsTakenToItsCloseTests {

    @Autowired
    ApplicationContext context;
    @Autowired
    Matters matters;
    @Autowired
    MatterViews views;
    @Autowired
    ResidentCodes codes;
    @Autowired
    Chains chains;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    Hall hall;

    @BeforeEach
    void hall() {
        hall = new Hall(context);
    }

    private Answer.Done closed() {
        Answer.Done m = hall.accepted();
        hall.done(hall.handler, m.matter(), "handle", Map.of("done", "换了灯泡"), 5);
        hall.done(hall.handler, m.matter(), "answer", Map.of("answer", "路灯已修好"), 6);
        return hall.done(hall.verifier, m.matter(), "verify", Map.of("asked", "asked", "resolved", "yes", "satisfied", "yes", "outcome", "resolved"), 7);
    }

    @Test
    void goesFromReportToVerifiedCloseThroughFivePeople() {
        Answer.Done closed = closed();

        assertThat(closed.state()).isEqualTo("closed");
        assertThat(closed.version()).isEqualTo(8);
        MatterViews.MatterView seen = Acting.as(hall.dispatcher, () -> views.get(closed.matter()));
        assertThat(seen.outcome()).contains("resolved");
        assertThat(seen.closedAt()).isPresent();
        assertThat(seen.word("answer")).isEqualTo("路灯已修好");
        assertThat(seen.lead()).map(u -> u.id()).contains(hall.works.id());
        List<String> actions = Acting.as(hall.dispatcher, () -> views.history(closed.matter())).stream().map(MatterViews.HistoryItem::action).toList();
        assertThat(actions).containsExactly("report", "confirm", "sort", "assign", "accept", "handle", "answer", "verify");
    }

    @Test
    void letsTheResidentFollowWithNumberAndCodeOnly() {
        Answer.Done reported = hall.report();
        String code = reported.code().orElseThrow();

        assertThat(codes.open(reported.number().shown(), code)).contains(new Actor.Resident(reported.matter(), 1));
        assertThat(codes.open(reported.number().digits(), code.toLowerCase().replace("-", " "))).isPresent();
        assertThat(codes.open(reported.number().shown(), "AAAA-AAAA")).isEmpty();
        assertThat(codes.open("0000-00000-0000", code)).isEmpty();

        Actor resident = new Actor.Resident(reported.matter(), 1);
        hall.done(hall.clerk, reported.matter(), "note", Map.of("note", "内部记录"), 1);
        List<MatterViews.HistoryItem> history = Acting.as(resident, () -> views.history(reported.matter()));
        assertThat(history).extracting(MatterViews.HistoryItem::action).containsExactly("report");
        assertThat(Acting.as(resident, () -> views.nextActions(reported.matter()))).extracting(Action::name).contains("add", "withdraw")
                .doesNotContain("note", "sort", "reopen");
        hall.done(resident, reported.matter(), "add", Map.of("words", "今天还没有来修"), 2);
        assertThat(Acting.as(resident, () -> views.history(reported.matter()))).hasSize(2);
    }

    @Test
    void showsContactsOnlyToWhoHandlesIt() {
        Answer.Done m = hall.accepted();

        assertThat(contactsSeenBy(hall.handler, m.matter())).containsEntry("phone", "13800000000");
        assertThat(contactsSeenBy(hall.supervisor, m.matter())).isEmpty();
        assertThat(contactsSeenBy(hall.dispatcher, m.matter())).isEmpty();
        hall.done(hall.handler, m.matter(), "handle", Map.of("done", "修好"), 5);
        hall.done(hall.handler, m.matter(), "answer", Map.of("answer", "修好"), 6);
        assertThat(contactsSeenBy(hall.verifier, m.matter())).containsEntry("name", "王小明");
        assertThat(contactsSeenBy(hall.supervisor, m.matter())).isEmpty();
        hall.done(hall.verifier, m.matter(), "verify", Map.of("asked", "seen", "outcome", "resolved"), 7);
        assertThat(contactsSeenBy(hall.verifier, m.matter())).isEmpty();
    }

    private Map<String, String> contactsSeenBy(Actor who, UUID matter) {
        return Acting.as(who, () -> views.get(matter)).parties().getFirst().contacts();
    }

    @Test
    void showsAStrangerANeighbourAndASubordinateNothing() {
        Answer.Done m = hall.accepted();
        for (Actor who : List.of(hall.neighbourDispatcher, hall.stationHandler, hall.policeHead, new Actor.Passerby(),
                new Actor.Resident(UUID.randomUUID(), 1))) {
            assertThatThrownBy(() -> Acting.as(who, () -> views.get(m.matter()))).as("%s", who).isInstanceOf(NoSuchElementException.class);
            assertThat(Acting.as(who, () -> views.history(m.matter()))).isEmpty();
            assertThat(Acting.as(who, () -> views.find(m.number()))).isEmpty();
            assertThat(Acting.as(who, () -> views.rows(List.of(m.matter())))).isEmpty();
            assertThatThrownBy(() -> hall.act(who, m.matter(), "note", Map.of("note", "x"), 5)).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void isNeverVerifiedByWhoHandledItInWhateverPost() {
        Answer.Done m = hall.accepted();
        hall.done(hall.handler, m.matter(), "handle", Map.of("done", "修好"), 5);
        hall.done(hall.otherHandler, m.matter(), "answer", Map.of("answer", "修好"), 6);

        assertThat(Acting.as(hall.bothSides, () -> views.nextActions(m.matter()))).extracting(Action::name).doesNotContain("verify");
        Answer answer = hall.act(hall.bothSides, m.matter(), "verify", Map.of("asked", "seen", "outcome", "resolved"), 7);
        assertThat(answer).isInstanceOfSatisfying(Answer.Refused.class,
                r -> assertThat(r.refusals()).extracting("code").containsExactly("not-by-the-same-person"));
    }

    @Test
    void answersTheSameKeyWithTheSameAndAnOldVersionWithWhatChanged() {
        String key = Hall.key();
        Act act = Act.report("report", Map.of("title", "路灯", "description", "坏了", "place", hall.county), key);
        Answer.Done first = (Answer.Done) Acting.as(new Actor.Passerby(), () -> matters.act(act));
        Answer.Done again = (Answer.Done) Acting.as(new Actor.Passerby(), () -> matters.act(act));
        assertThat(again.matter()).isEqualTo(first.matter());
        assertThat(again.number()).isEqualTo(first.number());
        assertThat(again.code()).isEmpty();

        hall.done(hall.clerk, first.matter(), "confirm", Map.of(), 1);
        assertThat(hall.act(hall.dispatcher, first.matter(), "confirm", Map.of(), 1)).isEqualTo(new Answer.Stale(first.matter(), 2, "registered"));
    }

    @Test
    void refusesEveryWrongFieldAtOnceAndNothingIsWritten() {
        Map<String, Object> input = Map.of("title", "长".repeat(61), "description", "", "place", "999999", "phone", "call me", "email", "nobody",
                "occurred-at", "2999-01-01T00:00", "point", "0,0", "category", "99999", "more", "x");
        Answer answer = Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", input, Hall.key())));
        assertThat(answer).isInstanceOfSatisfying(Answer.Refused.class, refused ->
                assertThat(refused.refusals()).extracting(r -> r.field() + " " + r.code()).contains("title too-long", "description required",
                        "place unknown-place", "phone not-a-phone", "email not-an-email", "occurred-at in-the-future", "point point-outside",
                        "category unknown-category", "more unknown-field"));
    }

    @Test
    void refusesWhatTheProcedureDoesNotAllow() {
        Answer.Done m = hall.accepted();
        for (String action : List.of("verify", "report", "register", "import", "sort", "nothing", "assign")) {
            assertThat(hall.act(hall.handler, m.matter(), action, Map.of(), 5)).as(action).isInstanceOfSatisfying(Answer.Refused.class,
                    r -> assertThat(r.refusals()).extracting("code").containsExactly("not-allowed"));
        }
        assertThat(Acting.as(hall.handler, () -> matters.act(Act.report("report", Map.of("title", "a", "description", "b"), "short"))))
                .isInstanceOf(Answer.Refused.class);
    }

    @Test
    void sendsAComplaintAboutAnOfficePastItToTheReceivingOrgan() {
        Answer.Done m = hall.report(Map.of("about-office", "true", "accused", hall.police.id().toString()));

        for (Actor who : List.of(hall.clerk, hall.dispatcher, hall.supervisor, hall.policeHead, hall.stationHandler)) {
            if (who == hall.policeHead || who == hall.stationHandler) {
                assertThatThrownBy(() -> Acting.as(who, () -> views.get(m.matter()))).isInstanceOf(NoSuchElementException.class);
            }
        }
        assertThat(Acting.as(hall.organDispatcher, () -> views.get(m.matter())).accused()).map(u -> u.id()).contains(hall.police.id());
        hall.done(hall.organDispatcher, m.matter(), "confirm", Map.of(), 1);
        hall.done(hall.organDispatcher, m.matter(), "sort", Map.of("kind", "service", "category", "02", "level", "blue"), 2);
        for (UUID barred : List.of(hall.police.id(), hall.station.id())) {
            assertThat(hall.act(hall.organDispatcher, m.matter(), "assign", Map.of("lead", barred.toString(), "reason", "x"), 3))
                    .isInstanceOfSatisfying(Answer.Refused.class, r -> assertThat(r.refusals()).extracting("code").contains("unit-accused"));
        }
        hall.done(hall.organDispatcher, m.matter(), "assign", Map.of("lead", hall.works.id().toString(), "reason", "x"), 3);
        assertThat(Acting.as(hall.handler, () -> views.get(m.matter())).state().name()).isEqualTo("assigned");
    }

    @Test
    void keepsEveryMergedReportersOwnNumberAnswerAndRating() {
        Answer.Done primary = hall.accepted();
        Answer.Done second = hall.report(Map.of("name", "李四", "phone", "13900000000", "description", "我家门口的灯也坏了"));
        hall.done(hall.dispatcher, second.matter(), "confirm", Map.of(), 1);
        hall.done(hall.dispatcher, second.matter(), "merge", Map.of("into", primary.number().shown(), "reason", "同一盏灯"), 2);
        hall.done(hall.handler, primary.matter(), "handle", Map.of("done", "修好"), 5);
        hall.done(hall.handler, primary.matter(), "answer", Map.of("answer", "灯已修好"), 6);

        Actor resident = new Actor.Resident(second.matter(), 1);
        MatterViews.MatterView seen = Acting.as(resident, () -> views.get(second.matter()));
        assertThat(seen.word("answer")).isEqualTo("灯已修好");
        assertThat(seen.state().name()).isEqualTo("merged");
        assertThat(seen.mergedInto()).isEmpty();
        assertThat(Acting.as(resident, () -> views.find(primary.number()))).isEmpty();
        hall.done(resident, second.matter(), "rate", Map.of("rating", "2"), seen.version());
        assertThat(Acting.as(hall.dispatcher, () -> views.get(second.matter())).rating()).contains(2);
        assertThat(Acting.as(hall.dispatcher, () -> views.get(primary.matter())).merged()).containsExactly(second.number());
        assertThat(Acting.as(hall.dispatcher, () -> views.get(primary.matter())).rating()).isEmpty();
    }

    @Test
    void isOpenedAgainByAMergedReporterOnlyOnceTheAnswerHasReachedThem() {
        Answer.Done primary = hall.accepted();
        Answer.Done second = hall.report();
        hall.done(hall.dispatcher, second.matter(), "confirm", Map.of(), 1);
        hall.done(hall.dispatcher, second.matter(), "merge", Map.of("into", primary.number().shown(), "reason", "同一盏灯"), 2);
        Actor.Resident reporter = new Actor.Resident(second.matter(), 1);
        assertThat(Acting.as(reporter, () -> views.nextActions(second.matter()))).extracting("name").doesNotContain("reopen");
        assertThat(hall.act(reporter, second.matter(), "reopen", Map.of("reason", "等不及了"), 3))
                .isInstanceOfSatisfying(Answer.Refused.class, r -> assertThat(r.refusals()).extracting("code").containsExactly("window-closed"));

        hall.done(hall.handler, primary.matter(), "handle", Map.of("done", "修好"), 5);
        hall.done(hall.handler, primary.matter(), "answer", Map.of("answer", "灯已修好"), 6);
        assertThat(Acting.as(reporter, () -> views.nextActions(second.matter()))).extracting("name").contains("reopen", "rate");
        hall.done(reporter, second.matter(), "reopen", Map.of("reason", "我家门口那盏还是不亮"), 4);

        MatterViews.MatterView again = Acting.as(hall.dispatcher, () -> views.get(second.matter()));
        assertThat(again.state().name()).isEqualTo("registered");
        assertThat(again.mergedInto()).isEmpty();
        assertThat(again.outcome()).isEmpty();
        assertThat(Acting.as(hall.dispatcher, () -> views.get(primary.matter())).merged()).isEmpty();
    }

    @Test
    void splitsALinksAndGivesNewCodes() {
        Answer.Done m = hall.report();
        hall.done(hall.dispatcher, m.matter(), "confirm", Map.of(), 1);
        Answer.Done split = hall.done(hall.dispatcher, m.matter(), "split", Map.of("part-title", "井盖", "part-description", "井盖也坏了", "reason", "两件事"), 2);
        assertThat(Acting.as(hall.dispatcher, () -> views.get(m.matter())).word("title")).isEqualTo("路灯不亮");
        assertThat(Acting.as(hall.dispatcher, () -> views.get(m.matter())).word("description")).isEqualTo("村口的路灯坏了三天");
        UUID made = Acting.as(hall.dispatcher, () -> views.find(split.made().orElseThrow())).orElseThrow();
        assertThat(Acting.as(hall.dispatcher, () -> views.get(made)).splitFrom()).contains(m.number());
        assertThat(codes.open(split.made().orElseThrow().shown(), m.code().orElseThrow())).isPresent();

        hall.done(hall.dispatcher, m.matter(), "link", Map.of("other", split.made().orElseThrow().shown()), 3);
        assertThat(Acting.as(hall.dispatcher, () -> views.get(made)).links()).containsExactly(m.number());

        Answer.Done fresh = hall.done(hall.clerk, m.matter(), "new-code", Map.of("checked", "id-card"), 4);
        assertThat(codes.open(m.number().shown(), m.code().orElseThrow())).isEmpty();
        assertThat(codes.open(m.number().shown(), fresh.code().orElseThrow())).isPresent();
    }

    @Test
    void isOpenedAgainByItsReporterWithinTheWindow() {
        Answer.Done m = closed();
        Actor resident = new Actor.Resident(m.matter(), 1);
        assertThat(Acting.as(resident, () -> views.nextActions(m.matter()))).extracting(Action::name).contains("rate", "reopen");
        Answer.Done again = hall.done(resident, m.matter(), "reopen", Map.of("reason", "又坏了"), 8);
        assertThat(again.state()).isEqualTo("registered");
        MatterViews.MatterView seen = Acting.as(hall.dispatcher, () -> views.get(m.matter()));
        assertThat(seen.outcome()).isEmpty();
        assertThat(seen.closedAt()).isEmpty();
        assertThat(seen.lead()).isEmpty();
    }

    @Test
    void standsInTheQueueOfWhoseTurnItIs() {
        Answer.Done m = hall.accepted();
        assertThat(queue(hall.handler)).extracting(MatterViews.Row::id).containsExactly(m.matter());
        assertThat(queue(hall.dispatcher)).isEmpty();
        assertThat(Acting.as(hall.handler, () -> views.queueCounts())).singleElement()
                .satisfies(c -> assertThat(c.state() + c.count()).isEqualTo("accepted1"));
        Answer.Done red = hall.report();
        hall.done(hall.clerk, red.matter(), "confirm", Map.of("level", "red"), 1);
        Answer.Done blue = hall.report();
        assertThat(queue(hall.clerk)).extracting(MatterViews.Row::id).containsExactly(red.matter(), blue.matter());
        MatterViews.QueueFilter one = new MatterViews.QueueFilter(Optional.empty(), Optional.empty(), 1);
        var first = Acting.as(hall.clerk, () -> views.queue(one));
        var next = Acting.as(hall.clerk, () -> views.queue(new MatterViews.QueueFilter(Optional.empty(), first.next(), 1)));
        assertThat(next.rows()).extracting(MatterViews.Row::id).containsExactly(blue.matter());
        assertThat(next.next()).isEmpty();
        assertThat(Acting.as(hall.supervisor, () -> views.divisionMatters(hall.county, Optional.empty(), 10)).rows()).hasSize(3);
        assertThat(Acting.as(hall.neighbourDispatcher, () -> views.divisionMatters(hall.county, Optional.empty(), 10)).rows()).isEmpty();
        assertThat(oneByOne(after -> Acting.as(hall.supervisor, () -> views.divisionMatters(hall.county, after, 1)))).containsExactly(blue.matter(), red.matter(), m.matter());
        assertThat(oneByOne(after -> Acting.as(hall.clerk, () -> views.unitMatters(after, 1)))).containsExactly(blue.matter(), red.matter(), m.matter());
    }

    private static List<UUID> oneByOne(Function<Optional<String>, Page<MatterViews.Row>> page) {
        List<UUID> all = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Page<MatterViews.Row> one = page.apply(after);
            one.rows().forEach(row -> all.add(row.id()));
            after = one.next();
        } while (after.isPresent());
        return all;
    }

    @Test
    void standsInTheVerifiersQueueForTheCheckOnly() {
        Answer.Done waiting = hall.report();
        Answer.Done m = hall.accepted();
        hall.done(hall.handler, m.matter(), "handle", Map.of("done", "修好"), 5);
        assertThat(queue(hall.verifier)).isEmpty();
        hall.done(hall.handler, m.matter(), "answer", Map.of("answer", "修好"), 6);
        assertThat(queue(hall.verifier)).extracting(MatterViews.Row::id).containsExactly(m.matter());
        assertThat(Acting.as(hall.verifier, () -> views.queueCounts())).extracting(MatterViews.StateCount::state).containsExactly("answered");
        assertThat(queue(hall.clerk)).extracting(MatterViews.Row::id).containsExactly(waiting.matter());
        assertThat(Acting.as(hall.clerk, () -> views.queueCounts())).extracting(MatterViews.StateCount::state).containsExactly("reported");
    }

    @Test
    void isSplitWithEveryPartyItHas() {
        Answer.Done m = hall.report();
        hall.done(hall.dispatcher, m.matter(), "confirm", Map.of(), 1);
        hall.done(hall.dispatcher, m.matter(), "party", Map.of("role", "respondent", "name", "赵六", "phone", "13700000000"), 2);
        Answer.Done split = hall.done(hall.dispatcher, m.matter(), "split", Map.of("part-title", "井盖", "part-description", "井盖也坏了"), 3);
        UUID made = Acting.as(hall.dispatcher, () -> views.find(split.made().orElseThrow())).orElseThrow();
        assertThat(Acting.as(hall.dispatcher, () -> views.get(made)).parties()).extracting(p -> p.contacts().get("name")).containsExactly("王小明", "赵六");
    }

    private List<MatterViews.Row> queue(Actor who) {
        return Acting.as(who, () -> views.queue(new MatterViews.QueueFilter(Optional.empty(), Optional.empty(), 20))).rows();
    }

    @Test
    void keepsAChainThatVerifies() {
        Answer.Done m = closed();
        List<Chains.Wrong> wrong = new ArrayList<>();
        long checked = Acting.as(new Actor.Machine("verify"), () -> chains.verify(Optional.of(m.number()), wrong::add, _ -> { }));
        assertThat(checked).isEqualTo(1);
        assertThat(wrong).isEmpty();
    }

    @Test
    void keepsAComplaintInWordsFromThePlaceItIsAboutAlsoAfterSorting() {
        Answer.Done m = hall.report(Map.of("about-office", "true", "accused-words", "某某所的所长"));
        String place = hall.neighbour.division();
        hall.done(hall.organDispatcher, m.matter(), "confirm", Map.of("place", place), 1);
        hall.done(hall.organDispatcher, m.matter(), "sort", Map.of("kind", "service", "category", "02", "level", "blue", "place", place), 2);
        assertThatThrownBy(() -> Acting.as(hall.neighbourDispatcher, () -> views.get(m.matter()))).isInstanceOf(NoSuchElementException.class);
        assertThat(scope(m.matter())).isEqualTo(hall.organ.division());
    }

    private String scope(UUID matter) {
        return Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ ->
                jdbc.sql("select scope_code from matters.matter where id = ?").param(matter).query(String.class).single()));
    }

    @Test
    void givesTheDeskTheLeadOfWhatItSolvedItself() {
        Answer.Done m = hall.report();
        hall.done(hall.dispatcher, m.matter(), "confirm", Map.of(), 1);
        hall.done(hall.dispatcher, m.matter(), "sort", Map.of("kind", "advice", "category", "02", "level", "blue"), 2);
        hall.done(hall.dispatcher, m.matter(), "answer", Map.of("answer", "这样办"), 3);
        hall.done(hall.verifier, m.matter(), "redo", Map.of("reason", "没有说清楚"), 4);
        assertThat(queue(hall.dispatcher)).extracting(MatterViews.Row::id).containsExactly(m.matter());
    }

    @Test
    void answersTheSameFormTheSameAlsoWhenItHandedTheMatterAway() {
        Answer.Done m = hall.report();
        hall.done(hall.dispatcher, m.matter(), "confirm", Map.of(), 1);
        hall.done(hall.dispatcher, m.matter(), "sort", Map.of("kind", "service", "category", "02", "level", "yellow"), 2);
        hall.done(hall.dispatcher, m.matter(), "assign", Map.of("lead", hall.works.id().toString(), "reason", "职责所在"), 3);
        Act back = Act.on(m.matter(), "return", Map.of("reason", "不归我们管"), 4, Hall.key());
        Answer first = Acting.as(hall.handler, () -> matters.act(back));
        assertThat(first).isInstanceOf(Answer.Done.class);
        assertThat(Acting.as(hall.handler, () -> matters.act(back))).isEqualTo(first);
    }

    @Test
    void relaysAnAnswerThroughAMergedMatterToThoseMergedIntoIt() {
        Answer.Done last = hall.report();
        Answer.Done middle = hall.report();
        Answer.Done primary = hall.report();
        List.of(last, middle, primary).forEach(m -> hall.done(hall.dispatcher, m.matter(), "confirm", Map.of(), 1));
        hall.done(hall.dispatcher, last.matter(), "merge", Map.of("into", middle.number().shown(), "reason", "同一盏灯"), 2);
        hall.done(hall.dispatcher, middle.matter(), "merge", Map.of("into", primary.number().shown(), "reason", "同一盏灯"), 2);
        hall.done(hall.dispatcher, primary.matter(), "decline", Map.of("answer", "这是供电公司的", "instead", "供电所 95598"), 2);
        MatterViews.MatterView seen = Acting.as(new Actor.Resident(last.matter(), 1), () -> views.get(last.matter()));
        assertThat(seen.word("answer")).isEqualTo("这是供电公司的");
        assertThat(seen.word("instead")).isEqualTo("供电所 95598");
    }

    @Test
    void takesAnAppointmentThatLiesAheadAndKeepsTimesThatVerify() {
        Answer.Done m = hall.report(Map.of("occurred-at", "2026-01-02T03:04:05.123456789+08:00"));
        hall.done(hall.dispatcher, m.matter(), "confirm", Map.of(), 1);
        hall.done(hall.dispatcher, m.matter(), "sort", Map.of("kind", "dispute", "category", "02", "level", "blue"), 2);
        hall.done(hall.dispatcher, m.matter(), "assign", Map.of("lead", hall.police.id().toString(), "reason", "x"), 3);
        hall.done(hall.policeHead, m.matter(), "accept", Map.of(), 4);
        hall.done(hall.policeHead, m.matter(), "invite", Map.of("at", "2100-01-01T09:00", "where", "调解室", "open", "closed"), 5);
        List<Chains.Wrong> wrong = new ArrayList<>();
        Acting.as(new Actor.Machine("verify"), () -> chains.verify(Optional.of(m.number()), wrong::add, _ -> { }));
        assertThat(wrong).isEmpty();
    }

    @Test
    void givesBackWhatWasMergedIntoAMatterThatItsReporterWithdraws() {
        Answer.Done primary = hall.accepted();
        Answer.Done second = hall.report();
        hall.done(hall.dispatcher, second.matter(), "confirm", Map.of(), 1);
        hall.done(hall.dispatcher, second.matter(), "merge", Map.of("into", primary.number().shown(), "reason", "同一盏灯"), 2);
        hall.done(new Actor.Resident(primary.matter(), 1), primary.matter(), "withdraw", Map.of(), 5);
        MatterViews.MatterView seen = Acting.as(hall.dispatcher, () -> views.get(second.matter()));
        assertThat(seen.state().name()).isEqualTo("registered");
        assertThat(seen.mergedInto()).isEmpty();
        assertThat(seen.outcome()).isEmpty();
        assertThat(queue(hall.dispatcher)).extracting(MatterViews.Row::id).contains(second.matter());
    }

    @Test
    void mergesIntoNothingThatWasAnsweredAlready() {
        Answer.Done primary = hall.accepted();
        hall.done(hall.handler, primary.matter(), "handle", Map.of("done", "修好"), 5);
        hall.done(hall.handler, primary.matter(), "answer", Map.of("answer", "灯已修好"), 6);
        Answer.Done second = hall.report();
        hall.done(hall.dispatcher, second.matter(), "confirm", Map.of(), 1);
        assertThat(hall.act(hall.dispatcher, second.matter(), "merge", Map.of("into", primary.number().shown(), "reason", "同一盏灯"), 2))
                .isInstanceOfSatisfying(Answer.Refused.class, r -> assertThat(r.refusals()).extracting("code").containsExactly("merge-into-answered"));
    }

    @Test
    void takesOtherWordsUnderAUsedKeyForNothingThatIsDone() {
        String key = Hall.key();
        Map<String, Object> input = Map.of("title", "路灯不亮", "description", "坏了三天", "place", hall.county, "name", "王小明");
        Answer first = Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", input, key)));
        Answer.Done done = (Answer.Done) first;
        assertThat(Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", input, key))))
                .isInstanceOfSatisfying(Answer.Done.class, same -> assertThat(same.number()).isEqualTo(done.number()));
        Map<String, Object> other = Map.of("title", "路灯不亮", "description", "井盖也坏了", "place", hall.county, "name", "王小明");
        assertThat(Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", other, key))))
                .isInstanceOfSatisfying(Answer.Refused.class, r -> assertThat(r.refusals()).extracting("code").containsExactly("key-used"));

        Actor resident = new Actor.Resident(done.matter(), 1);
        Act add = Act.on(done.matter(), "add", Map.of("words", "第一次"), 1, key);
        assertThat(Acting.as(resident, () -> matters.act(add))).isInstanceOf(Answer.Done.class);
        assertThat(Acting.as(resident, () -> matters.act(Act.on(done.matter(), "add", Map.of("words", "第二次"), 1, key))))
                .isInstanceOf(Answer.Refused.class);
        assertThat(Acting.as(resident, () -> matters.act(Act.on(done.matter(), "add", Map.of("words", "第一次"), 2, key))))
                .isInstanceOfSatisfying(Answer.Done.class, same -> assertThat(same.version()).isEqualTo(2));
    }

    @Test
    void showsTheReportersNameToNobodyWhenItHasEnded() {
        Answer.Done m = closed();
        for (Actor who : List.of(hall.handler, hall.dispatcher, hall.clerk, hall.verifier, hall.supervisor)) {
            assertThat(contactsSeenBy(who, m.matter())).isEmpty();
        }
        hall.done(new Actor.Resident(m.matter(), 1), m.matter(), "reopen", Map.of("reason", "又坏了"), 8);
        assertThat(contactsSeenBy(hall.dispatcher, m.matter())).containsEntry("name", "王小明");
    }
}
