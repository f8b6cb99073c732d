package org.heshi.exchange.open311;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands in an address or a form. A parameter that is there and empty is one that is not there. */
record Asked(Map<String, String[]> parameters) {

    static final Duration SPAN = Duration.ofDays(90);
    static final int MOST = 1_000;
    private static final int DEEPEST = 100_000;

    /** Date and time of the W3C note: with minutes at least, and always with the zone. */
    private static final DateTimeFormatter W3C = new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd'T'HH:mm").optionalStart().appendPattern(":ss")
            .optionalStart().appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true).optionalEnd().optionalEnd().appendOffset("+HH:MM", "Z").toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    Optional<String> find(String name) {
        return Arrays.stream(parameters.getOrDefault(name, new String[0])).map(String::strip).filter(value -> !value.isEmpty()).findFirst();
    }

    String get(String name) {
        return find(name).orElse("");
    }

    /** Named several times, or parted by commas, or both. */
    List<String> list(String name) {
        return Arrays.stream(parameters.getOrDefault(name, new String[0])).flatMap(value -> Arrays.stream(value.split(","))).map(String::strip)
                .filter(value -> !value.isEmpty()).distinct().toList();
    }

    /** @throws Fault.Found when it is no date and time with a zone */
    Optional<Instant> time(String name) {
        return find(name).map(written -> time(name, written));
    }

    private static Instant time(String name, String written) {
        try {
            // a plus that was not escaped in an address came as a space
            return OffsetDateTime.parse(written.replaceFirst(" (\\d\\d:\\d\\d)$", "+$1"), W3C).toInstant();
        } catch (DateTimeException e) {
            throw new Fault.Found(Fault.bad("date", name, written));
        }
    }

    /** From when until when, both belonging to it. */
    record Range(Instant from, Instant to) {
    }

    /** @throws Fault.Found when it ends before it begins or is longer than 90 days */
    Range range(Instant now) {
        Optional<Instant> start = time("start_date");
        Optional<Instant> end = time("end_date");
        Instant to = end.orElseGet(() -> start.map(from -> from.plus(SPAN)).filter(until -> until.isBefore(now)).orElse(now));
        Instant from = start.orElseGet(() -> to.minus(SPAN));
        if (start.isPresent() && end.isPresent() && from.isAfter(to)) {
            throw new Fault.Found(Fault.bad("range-backwards"));
        }
        if (Duration.between(from, to).compareTo(SPAN) > 0) {
            throw new Fault.Found(Fault.bad("range-long", SPAN.toDays()));
        }
        return new Range(from, to);
    }

    /** Which part of a long list. */
    record Part(int size, int skip) {
    }

    /** @throws Fault.Found when the numbers are none */
    Part part() {
        int size = number("page_size", MOST, MOST);
        int page = number("page", 1, DEEPEST);
        if ((long) (page - 1) * size > DEEPEST) {
            throw new Fault.Found(Fault.bad("page", "page"));
        }
        return new Part(size, (page - 1) * size);
    }

    private int number(String name, int otherwise, int most) {
        Optional<String> written = find(name);
        if (written.isEmpty()) {
            return otherwise;
        }
        if (!written.get().matches("[0-9]{1,6}") || Integer.parseInt(written.get()) < 1) {
            throw new Fault.Found(Fault.bad("page", name));
        }
        return Math.min(Integer.parseInt(written.get()), most);
    }

    /** Empty: both. @throws Fault.Found for a word that is no status */
    Optional<Boolean> closed() {
        List<String> asked = list("status").stream().map(word -> word.toLowerCase(java.util.Locale.ROOT)).distinct().toList();
        for (String word : asked) {
            if (!word.equals("open") && !word.equals("closed")) {
                throw new Fault.Found(Fault.bad("status", word));
            }
        }
        return asked.size() == 1 ? Optional.of(asked.getFirst().equals("closed")) : Optional.empty();
    }
}
