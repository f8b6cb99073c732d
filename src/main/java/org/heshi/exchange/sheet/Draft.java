package org.heshi.exchange.sheet;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Optional;
import org.heshi.kernel.CivilTime;

/** What a row says, apart from what is known here. */
final class Draft {

    /** Times without an offset are civil time, Asia/Shanghai. */
    private static final List<DateTimeFormatter> TIMES = List.of(form("uuuu-M-d'T'H:m[:s]"), form("uuuu-M-d H:m[:s]"), form("uuuu/M/d H:m[:s]"), form("uuuu.M.d H:m[:s]"),
            form("uuuu年M月d日 H:m[:s]"), form("uuuu年M月d日H时m分"));
    private static final List<DateTimeFormatter> DAYS = List.of(form("uuuu-M-d"), form("uuuu/M/d"), form("uuuu.M.d"), form("uuuu年M月d日"), form("uuuuMMdd"));

    private Draft() {
    }

    private static DateTimeFormatter form(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
    }

    /** A day alone is its beginning. Empty when it is no time. */
    static Optional<Instant> time(String written) {
        String text = Normalizer.normalize(written, Normalizer.Form.NFKC).strip();
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException notWithOffset) {
            for (DateTimeFormatter form : TIMES) {
                Optional<LocalDateTime> at = read(() -> LocalDateTime.parse(text, form));
                if (at.isPresent()) {
                    return at.map(time -> time.atZone(CivilTime.ZONE).toInstant());
                }
            }
            for (DateTimeFormatter form : DAYS) {
                Optional<LocalDate> day = read(() -> LocalDate.parse(text, form));
                if (day.isPresent()) {
                    return day.map(CivilTime::startOf);
                }
            }
            return Optional.empty();
        }
    }

    private interface Reading<T> {
        T read();
    }

    private static <T> Optional<T> read(Reading<T> reading) {
        try {
            return Optional.of(reading.read());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** By what the same row is known again, in whatever file: SHA-256 over what it says, in compatibility form with single spaces. */
    static byte[] digest(String division, Line line) {
        StringBuilder whole = new StringBuilder("sheet:").append(division);
        for (Column column : Column.values()) {
            String said = column.time() ? time(line.get(column)).map(Instant::toString).orElse(line.get(column)) : line.get(column);
            String normal = Normalizer.normalize(said, Normalizer.Form.NFKC).replaceAll("\\s+", " ").strip();
            whole.append('|').append(normal.length()).append(':').append(normal);
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(whole.toString().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
