package org.heshi.supervision.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.MatterLog.Now;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a matter counts for, entry by entry. */
class FigureOfAMatterTests {

    private static final UUID MATTER = new UUID(0, 1);
    private static final UUID ROADS = new UUID(0, 2);
    private static final UUID ORGAN = new UUID(0, 3);
    private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");

    private int seq;
    private Figure figure;

    @BeforeEach
    void nothingCountedYet() {
        seq = 0;
    }

    private Figure does(String action, String from, String to, String content, boolean terminal) {
        return does(action, from, to, content, terminal, Set.of());
    }

    private Figure does(String action, String from, String to, String content, boolean terminal, Set<UUID> barred) {
        seq++;
        LoggedEntry entry = new LoggedEntry(seq, MATTER, seq, action, "service", 1, from.isEmpty() ? Optional.empty() : Optional.of("service"),
                from.isEmpty() ? Optional.empty() : Optional.of(from), to, "staff", Optional.empty(), Optional.empty(), at(seq), Set.of("staff"), content);
        Now now = new Now(MATTER, MatterNumber.draw(1, 26, new java.util.Random(1)), "service", 1, to, terminal, "lead", 0, Optional.of("0703"), "phone", "330681101",
                "330681101", Optional.of(ROADS), terminal ? Optional.of("resolved") : Optional.empty(), START, at(seq), Map.of(), Optional.empty(),
                Map.of("desk", Set.of(ORGAN), "lead", Set.of(ROADS)), barred, Set.of());
        figure = (figure == null ? Figure.first(entry, now) : figure).after(entry, Content.of(content), now);
        return figure;
    }

    private static Instant at(int seq) {
        return START.plusSeconds(seq * 3600L);
    }

    private static String clock(String what, Instant due) {
        return "{\"data\":{},\"clocks\":[{\"name\":\"sign\",\"run\":2,\"what\":\"" + what + "\",\"due\":\"" + due + "\"}]}";
    }

    private void closed() {
        does("register", "", "registered", "{\"data\":{\"channel\":\"phone\"}}", false);
        does("assign", "registered", "assigned", clock("started", at(10)), false);
        does("accept", "assigned", "accepted", clock("satisfied", at(10)), false);
        does("verify", "answered", "closed", "{\"data\":{\"asked\":\"asked\",\"resolved\":\"yes\",\"satisfied\":\"fair\"}}", true);
    }

    @Test
    void knowsWhetherItWasSignedForInTime() {
        closed();
        assertThat(figure.assignedAt()).isEqualTo(at(2));
        assertThat(figure.signDue()).isEqualTo(at(10));
        assertThat(figure.signedAt()).isEqualTo(at(3));
        assertThat(figure.channel()).isEqualTo("phone");
        assertThat(figure.unit()).isEqualTo(ROADS);
    }

    @Test
    void countsUnderTheChannelOfItsMatterWhateverTheFirstEntrySays() {
        // what is split off is made by staff and came as what it was split from did
        does("split", "", "registered", "{\"data\":{}}", false);
        assertThat(figure.channel()).isEqualTo("phone");
    }

    @Test
    void takesTheNewestWordOfTheResident() {
        closed();
        assertThat(figure.resolved()).isEqualTo("yes");
        assertThat(figure.closedAt()).isEqualTo(at(4));
        does("say", "closed", "closed", "{\"data\":{\"resolved\":\"no\",\"satisfied\":\"no\"}}", true);
        assertThat(figure.resolved()).isEqualTo("no");
        assertThat(figure.satisfied()).isEqualTo("no");
        assertThat(figure.closedAt()).as("what is said later closes nothing anew").isEqualTo(at(4));
        does("visit", "closed", "closed", "{\"data\":{\"reached\":\"unreachable\"}}", true);
        assertThat(figure.resolved()).as("who was not reached takes nothing back").isEqualTo("no");
        assertThat(figure.unreachable()).isFalse();
        does("visit", "closed", "closed", "{\"data\":{\"reached\":\"phone\",\"resolved\":\"partly\",\"satisfied\":\"fair\"}}", true);
        assertThat(figure.resolved()).as("what staff wrote down replaces no word of the resident's own").isEqualTo("no");
        does("say", "closed", "closed", "{\"data\":{\"resolved\":\"partly\",\"satisfied\":\"fair\"}}", true);
        assertThat(figure.resolved()).as("they themselves do").isEqualTo("partly");
    }

    @Test
    void keepsTheOwnWordOfTheResidentUntilTheNextAnswer() {
        does("register", "", "registered", "{\"data\":{}}", false);
        does("say", "answered", "answered", "{\"data\":{\"resolved\":\"no\",\"satisfied\":\"no\"}}", false);
        does("verify", "answered", "closed", "{\"data\":{\"asked\":\"phone\",\"resolved\":\"yes\",\"satisfied\":\"yes\"}}", true);
        assertThat(figure.resolved()).isEqualTo("no");
        assertThat(figure.satisfied()).isEqualTo("no");
        does("answer", "accepted", "answered", "{\"data\":{}}", false);
        does("verify", "answered", "closed", "{\"data\":{\"asked\":\"phone\",\"resolved\":\"yes\",\"satisfied\":\"yes\"}}", true);
        assertThat(figure.resolved()).isEqualTo("yes");
    }

    @Test
    void measuresByNoticeWhereSigningIsARightToObject() {
        String clocks = "{\"data\":{},\"clocks\":[{\"name\":\"sign\",\"run\":2,\"what\":\"%s\",\"due\":\"" + at(5) + "\",\"right\":true},"
                + "{\"name\":\"notice\",\"run\":2,\"what\":\"%s\",\"due\":\"" + at(15) + "\"}]}";
        does("register", "", "registered", "{\"data\":{}}", false);
        does("assign", "registered", "assigned", clocks.formatted("started", "started"), false);
        assertThat(figure.signDue()).isEqualTo(at(15));
        seq = 9;
        does("accept", "assigned", "accepted", clocks.formatted("satisfied", "satisfied"), false);
        assertThat(figure.assignedAt()).isEqualTo(at(2));
        assertThat(figure.signDue()).isEqualTo(at(15));
        assertThat(figure.signedAt()).isEqualTo(at(10));
    }

    @Test
    void countsWhoCouldNotBeReachedApart() {
        does("register", "", "registered", "{\"data\":{}}", false);
        does("verify", "answered", "closed", "{\"data\":{\"asked\":\"unreachable\"}}", true);
        assertThat(figure.unreachable()).isTrue();
        assertThat(figure.resolved()).isNull();
        does("say", "closed", "closed", "{\"data\":{\"resolved\":\"yes\",\"satisfied\":\"yes\"}}", true);
        assertThat(figure.unreachable()).isFalse();
    }

    @Test
    void callsNobodyUnreachableWhoDidNotWantToAnswer() {
        does("register", "", "registered", "{\"data\":{}}", false);
        does("visit", "closed", "closed", "{\"data\":{\"reached\":\"declined\"}}", true);
        assertThat(figure.unreachable()).isFalse();
    }

    @Test
    void saysNothingOfPapersThatWereChecked() {
        does("register", "", "registered", "{\"data\":{}}", false);
        does("verify", "answered", "closed", "{\"data\":{\"asked\":\"records\"}}", true);
        assertThat(figure.unreachable()).isFalse();
        assertThat(figure.resolved()).isNull();
    }

    @Test
    void forgetsTheEarlierEndWhenItIsOpenedAgain() {
        closed();
        does("reopen", "closed", "registered", "{\"data\":{}}", false);
        assertThat(figure.closedAt()).isNull();
        assertThat(figure.resolved()).isNull();
        assertThat(figure.satisfied()).isNull();
    }

    @Test
    void countsAComplaintWithTheOrganThatReceivedIt() {
        does("register", "", "registered", "{\"data\":{\"about-office\":true}}", false);
        assertThat(figure.office()).isTrue();
        assertThat(figure.unit()).isEqualTo(ORGAN);
        does("assign", "registered", "assigned", clock("started", at(10)), false, Set.of(new UUID(0, 9)));
        assertThat(figure.unit()).isEqualTo(ORGAN);
        assertThat(figure.walled()).isTrue();
    }

    @Test
    void countsNothingTwice() {
        closed();
        Figure before = figure;
        LoggedEntry again = new LoggedEntry(4, MATTER, 4, "verify", "service", 1, Optional.of("service"), Optional.of("answered"), "closed", "staff",
                Optional.empty(), Optional.empty(), at(9), Set.of("staff"), "{\"data\":{\"resolved\":\"no\"}}");
        Now now = new Now(MATTER, MatterNumber.draw(1, 26, new java.util.Random(1)), "service", 1, "closed", true, "none", 0, Optional.empty(), "web", "330681",
                "330681", Optional.of(ROADS), Optional.of("resolved"), START, START, Map.of(), Optional.empty(), Map.of(), Set.of(), Set.of());
        assertThat(before.after(again, Content.of(again.content()), now)).isEqualTo(before);
    }

    @Test
    void marksAPaperWithTheLimitThatItStarted() {
        LoggedEntry order = new LoggedEntry(5, MATTER, 5, "supervise", "service", 1, Optional.of("service"), Optional.of("accepted"), "accepted", "staff",
                Optional.of(ORGAN), Optional.empty(), at(5), Set.of("staff"), """
                        {"data":{"paper":"督办〔2026〕3号","term":"three"},"clocks":[{"name":"supervise","run":5,"what":"started","due":"2026-03-06T16:00:00Z"}]}""");
        Now now = new Now(MATTER, MatterNumber.draw(1, 26, new java.util.Random(1)), "service", 1, "accepted", false, "lead", 0, Optional.of("0703"), "phone", "330681101",
                "330681101", Optional.of(ROADS), Optional.empty(), START, START, Map.of(), Optional.empty(), Map.of(), Set.of(), Set.of());
        assertThat(Mark.of(order, Content.of(order.content()), now)).contains(new Mark(MATTER, 5, "supervised", "supervise", at(5), null,
                Instant.parse("2026-03-06T16:00:00Z"), "督办〔2026〕3号", ROADS, List.of(), ORGAN, null, "0703", "330681101", "330681101"));
        LoggedEntry note = new LoggedEntry(6, MATTER, 6, "note", "service", 1, Optional.of("service"), Optional.of("accepted"), "accepted", "staff",
                Optional.empty(), Optional.empty(), at(6), Set.of("staff"), "{\"data\":{}}");
        assertThat(Mark.of(note, Content.of(note.content()), now)).isEmpty();
    }
}
