package org.heshi.matters.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.UUID;
import org.heshi.HeshiTest;
import org.heshi.kernel.Refusal;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Every limit that the Regulations on petition work set, as the shipped procedure runs them: the last days below were counted by hand from the
 * calendar of the year, with its holidays and its make-up workdays.
 */
@HeshiTest
class LimitsOfAPetitionTests {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final UUID DESK = UUID.fromString("00000000-0000-7000-8000-000000000001");
    private static final UUID LEAD = UUID.fromString("00000000-0000-7000-8000-000000000002");

    @Autowired
    Clocks clocks;
    @Autowired
    Procedures procedures;

    Procedure petition;
    /** The clocks of one petition that run, as the door would have them. */
    List<Running> running;
    /** What the last entry says of clocks. */
    List<Map<String, Object>> told;
    int seq;
    Instant received = Instant.EPOCH;

    @BeforeEach
    void noClockYet() {
        petition = procedures.current("petition");
        running = new ArrayList<>();
        told = List.of();
        seq = 1;
    }

    private static Instant at(String civil) {
        return (civil.length() == 10 ? LocalDate.parse(civil).atTime(10, 30) : LocalDateTime.parse(civil)).atZone(SHANGHAI).toInstant();
    }

    /** The first instant that is too late when this day is the last. */
    private static Instant after(String lastDay) {
        return LocalDate.parse(lastDay).plusDays(1).atStartOfDay(SHANGHAI).toInstant();
    }

    private List<Refusal> refusals(String action, Instant at, Map<String, Object> data) {
        return clocks.refusals(petition, petition.findAction(action).orElseThrow(), data, running, at);
    }

    private void does(String action, String civil, Map<String, Object> data) {
        Instant at = at(civil);
        assertThat(refusals(action, at, data)).as("%s on %s", action, civil).isEmpty();
        Action done = petition.findAction(action).orElseThrow();
        boolean ends = done.to().map(petition::state).filter(Procedure.State::terminal).isPresent();
        moved(Optional.of(petition), done, at, data, ends);
    }

    private void does(String action, String civil) {
        does(action, civil, Map.of());
    }

    private void arrives(String civil) {
        received = at(civil);
        sorted(civil);
    }

    private void sorted(String civil) {
        Procedure intake = procedures.current(Procedure.INTAKE);
        moved(Optional.of(intake), intake.findAction("sort").orElseThrow(), at(civil), Map.of(), false);
    }

    private void moved(Optional<Procedure> before, Action action, Instant at, Map<String, Object> data, boolean ends) {
        Clocks.Moved moved = clocks.move(running, new Clocks.Move(before, petition, action, data, ends, false, 0, ++seq, at, received,
                relation -> relation.equals("lead") ? LEAD : relation.equals("reporter") ? null : DESK));
        told = moved.told();
        running.removeIf(clock -> moved.over().contains(clock.name()));
        moved.changed().forEach(change -> running.replaceAll(clock -> clock.equals(change.from()) ? change.to() : clock));
        running.addAll(moved.started());
    }

    private Instant due(String clock) {
        return running.stream().filter(c -> c.name().equals(clock)).findFirst().orElseThrow(() -> new AssertionError(clock + " does not run: " + names()))
                .dueAt();
    }

    private List<String> names() {
        return running.stream().map(Running::name).sorted().toList();
    }

    private List<String> codes(String action, Instant at, Map<String, Object> data) {
        return refusals(action, at, data).stream().map(Refusal::code).toList();
    }

    private static final Map<String, Object> FORWARDED = Map.of("sort", "claim", "manner", "forwarded");

    private void assigned(String day) {
        arrives(day);
        does("assign", day, FORWARDED);
    }

    private void answered(String accepted, String answered) {
        assigned(accepted);
        does("accept", accepted);
        does("handle", answered);
        does("answer", answered);
    }

    @Test
    void giveTheDeskFifteenDaysToPassItOn() {
        arrives("2026-02-14");
        assertThat(due("dispatch")).isEqualTo(after("2026-03-01"));
        assertThat(names()).containsExactly("dispatch");
        does("assign", "2026-03-01", FORWARDED);
        assertThat(names()).containsExactly("notice", "sign");
    }

    @Test
    void giveTheOrganFifteenDaysForItsWrittenNoticeAndFiveWorkingDaysToObject() {
        assigned("2026-09-29");
        assertThat(due("notice")).isEqualTo(after("2026-10-14"));
        // 30 September, then after the holiday 8, 9, the make-up Saturday 10 and Monday 12 October
        assertThat(due("sign")).isEqualTo(after("2026-10-12"));
        assertThat(codes("return", after("2026-10-12").minusMillis(1), Map.of())).isEmpty();
        assertThat(codes("return", after("2026-10-12"), Map.of())).as("on the sixth working day").containsExactly("clock-over");
        assertThat(codes("accept", after("2026-10-12"), Map.of())).isEmpty();
    }

    @Test
    void runOnForTheOrganWhileItsObjectionIsVerifiedAndWhenItIsRefused() {
        assigned("2026-09-29");
        does("return", "2026-10-08");
        assertThat(names()).containsExactly("notice", "objection");
        // 9, the make-up Saturday 10 and Monday 12 October
        assertThat(due("objection")).isEqualTo(after("2026-10-12"));
        does("refuse-return", "2026-10-09");
        assertThat(names()).containsExactly("notice");
        assertThat(due("notice")).as("from the day it was received").isEqualTo(after("2026-10-14"));
    }

    @Test
    void countTheFifteenDaysFromReceiptWhereverItLay() {
        received = at("2026-02-14");
        sorted("2026-02-25");
        assertThat(due("dispatch")).isEqualTo(after("2026-03-01"));
        noClockYet();
        sorted("2026-03-05");
        assertThat(due("dispatch")).as("over before it was sorted").isEqualTo(after("2026-03-01"));
        assertThat(running.getFirst().nextAt()).isNotNull();
    }

    @Test
    void giveTheDeskThatAgreesToAnObjectionThreeWorkingDaysAndNotFifteenMore() {
        assigned("2026-09-29");
        does("return", "2026-10-08");
        does("agree-return", "2026-10-09");
        assertThat(names()).containsExactly("resend");
        // the make-up Saturday 10, then 12 and 13 October
        assertThat(due("resend")).isEqualTo(after("2026-10-13"));
        does("assign", "2026-10-13", FORWARDED);
        assertThat(names()).containsExactly("notice", "sign");
    }

    @ParameterizedTest
    @CsvSource({"d10, 2026-03-11", "d15, 2026-03-16", "d30, 2026-03-31", "d45, 2026-04-15", "d60, 2026-04-30"})
    void bindTheOrganToTheTermInWhichItWasAssigned(String term, String last) {
        arrives("2026-03-01");
        does("assign", "2026-03-01", Map.of("sort", "claim", "manner", "assigned", "term", term));
        assertThat(due("result")).isEqualTo(after(last));
        does("accept", "2026-03-02");
        does("report-result", "2026-03-03");
        assertThat(names()).containsExactly("total");
    }

    @Test
    void demandTheResultAlsoOfTheOrganThatItIsHandedToAndWhenItIsClosed() {
        arrives("2026-03-01");
        does("assign", "2026-03-01", Map.of("sort", "claim", "manner", "assigned", "term", "d60"));
        does("reassign", "2026-03-05");
        assertThat(due("result")).isEqualTo(after("2026-04-30"));
        does("accept", "2026-03-06");
        does("handle", "2026-03-10");
        does("answer", "2026-03-10");
        does("verify", "2026-03-11");
        does("content", "2026-03-12");
        assertThat(names()).containsExactly("result");
        does("report-result", "2026-03-13");
        assertThat(running).isEmpty();
        assertThat(codes("report-result", at("2026-03-14"), Map.of())).as("nothing is owed any more").containsExactly("clock-not-running");
    }

    @Test
    void demandNoResultOfNobodyWhenItIsOpenedAgain() {
        arrives("2026-03-01");
        does("assign", "2026-03-01", Map.of("sort", "claim", "manner", "assigned", "term", "d60"));
        does("accept", "2026-03-06");
        does("handle", "2026-03-10");
        does("answer", "2026-03-10");
        does("verify", "2026-03-11");
        does("content", "2026-03-12");
        does("reopen", "2026-03-20");
        assertThat(names()).containsExactly("dispatch");
    }

    @Test
    void climbNoFasterBecauseTheyRested() {
        assigned("2026-01-05");
        does("accept", "2026-01-05");
        does("handle", "2026-03-05");
        // Friday 6 March was the last day: said on Monday at half past eight, the head's turn is on Tuesday
        Running over = running.stream().filter(c -> c.name().equals("total")).findFirst().orElseThrow();
        Instant tuesday = at("2026-03-10T08:30:00");
        assertThat(clocks.next(over, org.heshi.matters.LimitListener.Stage.OVER)).isEqualTo(tuesday);
        running.replaceAll(clock -> clock == over ? over.telling(2, tuesday) : clock);
        does("answer", "2026-03-09T10:00:00");
        does("redo", "2026-03-09T11:00:00");
        assertThat(running).filteredOn(clock -> clock.name().equals("total")).extracting(Running::nextAt, Running::said)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(tuesday, 2));
    }

    @Test
    void areToldOfToWhoeverGetsThemLate() {
        arrives("2026-03-01");
        does("assign", "2026-03-01", Map.of("sort", "claim", "manner", "assigned", "term", "d10"));
        Running told = running.stream().filter(c -> c.name().equals("result")).findFirst().orElseThrow();
        running.replaceAll(clock -> clock == told ? told.telling(1, after("2026-03-11")).binding(DESK) : clock);
        does("reassign", "2026-03-10T20:00:00");
        assertThat(running).filteredOn(clock -> clock.name().equals("result")).extracting(Running::said, Running::nextAt)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(0, at("2026-03-11T08:30:00")));
    }

    @Test
    void demandNoResultOfWhatWasOnlyForwarded() {
        assigned("2026-03-01");
        assertThat(names()).doesNotContain("result");
    }

    @ParameterizedTest
    @CsvSource({"2026-01-05, 2026-03-06", "2027-12-31, 2028-02-29", "2024-02-29, 2024-04-29", "2023-12-31, 2024-02-29", "2025-12-31, 2026-03-01"})
    void giveAClaimSixtyDaysFromItsAcceptance(String accepted, String last) {
        assigned(accepted);
        does("accept", accepted);
        assertThat(names()).containsExactly("total");
        assertThat(due("total")).isEqualTo(after(last));
        does("handle", accepted);
        does("answer", accepted);
        assertThat(names()).containsExactly("check", "total");
        does("verify", accepted);
        assertThat(names()).containsExactly("review-right");
    }

    @Test
    void areExtendedOnceByAtMostThirtyDaysAndOnlyBeforeTheyAreOver() {
        assigned("2027-12-31");
        does("accept", "2027-12-31");
        assertThat(codes("extend", at("2028-01-05"), Map.of("days", 31L))).containsExactly("clock-extension-days");
        assertThat(codes("extend", at("2028-01-05"), Map.of("days", 0L))).containsExactly("clock-extension-days");
        assertThat(codes("extend", after("2028-02-29"), Map.of("days", 30L))).as("asked after the limit").containsExactly("clock-over");
        assertThat(codes("extend", after("2028-02-29").minusMillis(1), Map.of("days", 30L))).as("on 29 February itself").isEmpty();
        does("extend", "2028-02-29T23:59:59", Map.of("days", 30L));
        assertThat(due("total")).isEqualTo(after("2028-03-30"));
        assertThat(codes("extend", at("2028-03-10"), Map.of("days", 1L))).containsExactly("clock-extended-already");
    }

    @Test
    void giveTheSimpleProcedureTenWorkingDays() {
        assigned("2026-09-29");
        does("accept-simple", "2026-09-29");
        // 30 September, 8, 9, 10 (make-up), 12 to 16 and 19 October
        assertThat(due("simple")).isEqualTo(after("2026-10-19"));
        does("handle", "2026-10-10");
        does("answer", "2026-10-10");
        assertThat(names()).containsExactly("check", "total");
    }

    @Test
    void countTheSixtyDaysFromAcceptanceAlsoWhenTheSimpleProcedureBecomesTheOrdinaryOne() {
        assigned("2026-09-29");
        does("accept-simple", "2026-09-29");
        does("make-ordinary", "2026-10-15");
        assertThat(names()).containsExactly("total");
        assertThat(due("total")).isEqualTo(after("2026-11-28"));
    }

    @Test
    void holdNoSixtyDaysForSuggestionsAndComplaintsAboutConduct() {
        for (String action : List.of("accept-suggestion", "accept-conduct")) {
            noClockYet();
            assigned("2025-11-30");
            does(action, "2025-11-30");
            assertThat(names()).containsExactly("feedback");
            assertThat(due("feedback")).as("three months, to the last of February").isEqualTo(after("2026-02-28"));
            does(action.replace("accept", "answer"), "2025-12-05");
            assertThat(names()).containsExactly("check", "feedback");
            does("redo-notice", "2025-12-08");
            does(action, "2025-12-09");
            assertThat(due("feedback")).as("the same three months").isEqualTo(after("2026-02-28"));
            does(action.replace("accept", "answer"), "2025-12-10");
            does("verify-notice", "2026-03-10");
            assertThat(running).isEmpty();
        }
    }

    @Test
    void areNotBegunAnewByHandingOnOrByTheCheckThatSendsBack() {
        assigned("2026-03-02");
        does("accept", "2026-03-03");
        does("reassign", "2026-03-20");
        assertThat(due("total")).isEqualTo(after("2026-05-02"));
        does("accept", "2026-03-21");
        assertThat(due("total")).isEqualTo(after("2026-05-02"));
        does("handle", "2026-04-01");
        does("answer", "2026-04-01");
        does("redo", "2026-04-03");
        assertThat(names()).containsExactly("total");
        assertThat(due("total")).as("as if it had never stopped").isEqualTo(after("2026-05-02"));
        does("extend", "2026-04-20", Map.of("days", 30L));
        assertThat(due("total")).isEqualTo(after("2026-06-01"));
    }

    @Test
    void restWhileTheReplyIsCheckedAndWereKeptWhenItWasGiven() {
        assigned("2026-01-05");
        does("accept", "2026-01-05");
        does("handle", "2026-03-05");
        does("answer", "2026-03-06T23:00:00");
        assertThat(running.stream().filter(c -> c.name().equals("total")).findFirst().orElseThrow().nextAt()).as("word of it").isNull();
        does("verify", "2026-03-12");
        assertThat(told).contains(Map.of("name", "total", "run", 4, "what", "satisfied", "due", after("2026-03-06").toString(),
                "done", at("2026-03-06T23:00:00").toString()));
    }

    @Test
    void areOverAtOnceWhenAReplyIsSentBackAfterThem() {
        assigned("2026-01-05");
        does("accept-simple", "2026-01-05");
        does("handle", "2026-01-19");
        does("answer", "2026-01-19");
        assertThat(names()).containsExactly("check", "total");
        does("redo", "2026-03-10");
        assertThat(names()).containsExactly("total");
        assertThat(due("total")).isEqualTo(after("2026-03-06"));
        assertThat(running).allSatisfy(clock -> assertThat(clock.nextAt()).as(clock.name()).isBeforeOrEqualTo(at("2026-03-10T10:30:00")));
    }

    @ParameterizedTest
    // the thirtieth day is a Thursday, a Saturday, 29 February, the eve of the Spring Festival's last day
    @CsvSource({"2026-06-09, 2026-07-09", "2026-06-11, 2026-07-13", "2024-01-30, 2024-02-29", "2026-01-24, 2026-02-24"})
    void letThePetitionerAskForReviewForThirtyDaysThatEndOnAWorkingDay(String verified, String last) {
        answered(verified, verified);
        does("verify", verified);
        assertThat(names()).containsExactly("review-right");
        assertThat(due("review-right")).isEqualTo(after(last));
        assertThat(codes("ask-review", after(last).minusMillis(1), Map.of())).isEmpty();
        assertThat(codes("ask-review", after(last), Map.of())).as("the day after").containsExactly("clock-over");
    }

    @Test
    void rollForThePetitionerAndNotForTheOffice() {
        answered("2026-06-11", "2026-06-11");
        does("verify", "2026-06-11");
        does("ask-review", "2026-06-11");
        assertThat(names()).containsExactly("review", "review-send");
        assertThat(due("review")).as("a Saturday binds the office").isEqualTo(after("2026-07-11"));
        does("assign-review", "2026-06-15");
        assertThat(due("review")).as("however late it is passed on").isEqualTo(after("2026-07-11"));
        does("review-decide", "2026-07-01");
        assertThat(names()).containsExactly("recheck-right");
        assertThat(due("recheck-right")).isEqualTo(after("2026-07-31"));
    }

    @Test
    void doNotCountTheTimeOfAHearingInTheReReview() {
        answered("2026-01-05", "2026-01-05");
        does("verify", "2026-01-05");
        does("ask-review", "2026-01-06");
        does("assign-review", "2026-01-07");
        does("review-decide", "2026-02-01");
        does("ask-recheck", "2026-03-02");
        does("assign-recheck", "2026-03-03");
        assertThat(due("recheck")).isEqualTo(after("2026-04-01"));
        does("recheck-hearing", "2026-03-10T09:00:00", Map.of("reason", "complex"));
        does("recheck-hearing-held", "2026-03-20T15:00:00");
        assertThat(due("recheck")).as("ten midnights later").isEqualTo(after("2026-04-11"));
        does("recheck-hearing-held", "2026-03-21");
        assertThat(due("recheck")).as("it did not stand still").isEqualTo(after("2026-04-11"));
        does("recheck-decide", "2026-04-11T23:59:00");
        assertThat(running).isEmpty();
    }

    @Test
    void countAHearingInTheHandlingAndTheReview() {
        assigned("2026-03-02");
        does("accept", "2026-03-02");
        does("hearing", "2026-03-10");
        does("hearing-held", "2026-03-20");
        assertThat(due("total")).isEqualTo(after("2026-05-01"));
    }

    @Test
    void areTheSameWhereverTheMachineStands() {
        TimeZone before = TimeZone.getDefault();
        try {
            for (String zone : List.of("UTC", "America/Los_Angeles", "Pacific/Kiritimati")) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                noClockYet();
                assigned("2026-09-29");
                assertThat(due("sign")).as(zone).isEqualTo(after("2026-10-12"));
                assertThat(due("notice")).as(zone).isEqualTo(after("2026-10-14"));
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"dispatch, 第二十二条, false", "notice, 第二十三条, false", "sign, 第二十三条, false", "result, 第二十二条, false", "total, 第三十四条, false",
        "review-right, 第三十五条, false", "review, 第三十五条, false", "recheck-right, 第三十六条, false", "recheck, 第三十六条, false",
        "simple, 全文, false", "objection, 全文, true", "resend, 全文, true", "feedback, 全文, true", "review-send, 全文, true", "recheck-send, 全文, true"})
    void standUnderTheirArticle(String clock, String article, boolean local) {
        assertThat(petition.clocks().get(clock).basis()).singleElement().satisfies(basis -> {
            assertThat(basis.article()).isEqualTo(article);
            assertThat(basis.local()).isEqualTo(local);
        });
    }
}
