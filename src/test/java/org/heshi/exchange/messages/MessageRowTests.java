package org.heshi.exchange.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageRowTests {

    private static final Instant NOW = Instant.parse("2026-07-03T04:00:00Z");
    private static final Heading HEADING = Heading.of(List.of("id", "Sender", "title", "received_at", "text", "reply", "replied_at", "category"));

    @Test
    void readsAnAnsweredMessage() {
        assertThat(read("7", "甲", "路灯", "2026-01-02T08:00:00+08:00", "不亮", "已修", "2026-01-03T09:30:00+08:00", "城乡建设"))
                .isEqualTo(new MessageRow.Good(new Message("甲", "路灯", Instant.parse("2026-01-02T00:00:00Z"), "不亮",
                        Optional.of(new Message.Reply("已修", Instant.parse("2026-01-03T01:30:00Z"))), Optional.of("城乡建设"))));
    }

    @ParameterizedTest
    @CsvSource({"2026-01-02T08:00:00+08:00", "2026-01-02 8:00", "2026/1/2 08:00:00", "2026-01-02T00:00:00Z"})
    void readsTheTimesThatBoardsWrite(String written) {
        assertThat(read("1", "", "路灯", written, "不亮", "", "", "")).isInstanceOfSatisfying(MessageRow.Good.class,
                good -> assertThat(good.message().receivedAt()).isEqualTo("2026-01-02T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"2026-02-30 08:00,received-unreadable", "yesterday,received-unreadable", "'',received-missing", "2026-07-04 08:00,received-future",
            "0001-01-01 00:00,received-unreadable"})
    void refusesOtherTimes(String written, String reason) {
        assertThat(read("1", "", "路灯", written, "不亮", "", "", "")).isEqualTo(new MessageRow.Bad(List.of(reason)));
    }

    @Test
    void tellsEveryReasonAtOnce() {
        assertThat(read("1", "", " ", "", "\0", "r", "", "")).isEqualTo(new MessageRow.Bad(List.of("no-title", "nul", "received-missing", "replied-missing")));
        assertThat(read("1", "", "路灯", "2026-01-02 08:00", "不亮", "r", "2026-01-01 08:00", ""))
                .isEqualTo(new MessageRow.Bad(List.of("replied-before-received")));
        assertThat(read("1", "", "路灯", "2026-01-02 08:00", "不亮", "", "2026-01-03 08:00", ""))
                .isEqualTo(new MessageRow.Bad(List.of("replied-without-words")));
    }

    @Test
    void knowsAMessageAgainWhateverItsIdAndSpaces() {
        String digest = digest("1", "甲", "路灯 不亮", "2026-01-02T08:00:00+08:00", "村口\n三天了");
        assertThat(digest("2", "甲", "路灯  不亮", "2026-01-02 08:00", "村口\r\n 三天了 ")).isEqualTo(digest).hasSize(64);
        assertThat(digest("1", "乙", "路灯 不亮", "2026-01-02T08:00:00+08:00", "村口\n三天了")).isNotEqualTo(digest);
        assertThat(digest("1", "甲路", "灯 不亮", "2026-01-02T08:00:00+08:00", "村口\n三天了")).isNotEqualTo(digest);
    }

    @Test
    void losesNoAnswerOfAMessageThatTwoOfficesAnswered() {
        String[] message = {"1", "甲", "路灯", "2026-01-02 08:00", "不亮"};
        assertThat(answered(message, "已修", "2026-01-03 08:00")).isNotEqualTo(answered(message, "转办", "2026-01-03 08:00"))
                .isNotEqualTo(answered(message, "已修", "2026-01-04 08:00")).isNotEqualTo(digest(message));
    }

    private static String answered(String[] message, String reply, String at) {
        List<String> row = new java.util.ArrayList<>(List.of(message));
        row.addAll(List.of(reply, at, ""));
        return ((MessageRow.Good) MessageRow.read(HEADING, row, NOW)).message().digest();
    }

    @Test
    void namesTheColumnsThatAreMissing() {
        assertThat(Heading.of(List.of("id", "title")).missing()).containsExactly("received_at", "text");
    }

    private static String digest(String... fields) {
        List<String> row = new java.util.ArrayList<>(List.of(fields));
        row.addAll(List.of("", "", ""));
        return ((MessageRow.Good) MessageRow.read(HEADING, row, NOW)).message().digest();
    }

    private static MessageRow read(String... fields) {
        return MessageRow.read(HEADING, List.of(fields), NOW);
    }
}
