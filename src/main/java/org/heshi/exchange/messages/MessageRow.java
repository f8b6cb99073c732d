package org.heshi.exchange.messages;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heshi.kernel.CivilTime;

/** A row of a message file after reading: a message, or every reason why it is none. */
sealed interface MessageRow {

    record Good(Message message) implements MessageRow {
    }

    /** @param reasons codes, each with words in {@code exchange.rejected.<code>} */
    record Bad(List<String> reasons) implements MessageRow {

        public Bad {
            reasons = List.copyOf(reasons);
        }
    }

    /** Times without an offset are civil time, Asia/Shanghai. */
    List<DateTimeFormatter> CIVIL = List.of(
            DateTimeFormatter.ofPattern("uuuu-M-d'T'H:m[:s]").withResolverStyle(ResolverStyle.STRICT),
            DateTimeFormatter.ofPattern("uuuu-M-d H:m[:s]").withResolverStyle(ResolverStyle.STRICT),
            DateTimeFormatter.ofPattern("uuuu/M/d H:m[:s]").withResolverStyle(ResolverStyle.STRICT));

    /** Nothing was written to a board before there were boards. */
    Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");

    static MessageRow read(Heading heading, List<String> row, Instant now) {
        List<String> reasons = new ArrayList<>();
        String title = heading.in(row, "title");
        String text = heading.in(row, "text");
        if (title.isEmpty()) {
            reasons.add("no-title");
        }
        if (text.isEmpty()) {
            reasons.add("no-text");
        }
        if (row.stream().anyMatch(field -> field.indexOf('\0') >= 0)) {
            reasons.add("nul");
        }
        Optional<Instant> received = time(heading.in(row, "received_at"), "received", now, reasons);
        String replyText = heading.in(row, "reply");
        String repliedAt = heading.in(row, "replied_at");
        Optional<Message.Reply> reply = Optional.empty();
        if (!replyText.isEmpty()) {
            Optional<Instant> at = time(repliedAt, "replied", now, reasons);
            if (at.isPresent() && received.isPresent() && at.get().isBefore(received.get())) {
                reasons.add("replied-before-received");
            }
            reply = at.map(then -> new Message.Reply(replyText, then));
        } else if (!repliedAt.isEmpty()) {
            reasons.add("replied-without-words");
        }
        if (!reasons.isEmpty() || received.isEmpty()) {
            return new Bad(reasons);
        }
        String category = heading.in(row, "category");
        return new Good(new Message(heading.in(row, "sender"), title, received.get(), text, reply,
                category.isEmpty() ? Optional.empty() : Optional.of(category)));
    }

    private static Optional<Instant> time(String written, String which, Instant now, List<String> reasons) {
        if (written.isEmpty()) {
            reasons.add(which + "-missing");
            return Optional.empty();
        }
        Optional<Instant> at = instant(written);
        if (at.isEmpty() || at.get().isBefore(EARLIEST)) {
            reasons.add(which + "-unreadable");
            return Optional.empty();
        }
        if (at.get().isAfter(now)) {
            reasons.add(which + "-future");
            return Optional.empty();
        }
        return at;
    }

    private static Optional<Instant> instant(String written) {
        try {
            return Optional.of(OffsetDateTime.parse(written).toInstant());
        } catch (DateTimeException notWithOffset) {
            for (DateTimeFormatter civil : CIVIL) {
                try {
                    return Optional.of(LocalDateTime.parse(written, civil).atZone(CivilTime.ZONE).toInstant());
                } catch (DateTimeException notThisWay) {
                    // The next way of writing it is tried; none fitting is the answer empty.
                    continue;
                }
            }
            return Optional.empty();
        }
    }
}
