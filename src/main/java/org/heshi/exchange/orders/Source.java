package org.heshi.exchange.orders;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.heshi.kernel.Words;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * Where a value of ours comes from in a message of theirs.
 *
 * @param at       the first of these places that holds something
 * @param fixed    a value that is always the same
 * @param values   what their codes mean; empty: theirs is ours
 * @param unknown  what becomes of a code that is not among them: {@code refuse}, {@code leave}, or one of our values
 * @param required whether the message is refused without it
 * @param prefix   put before it
 * @param time     how they write times
 * @param cut      the most characters that are taken; 0: all
 */
record Source(List<JsonPointer> at, Optional<String> fixed, Map<String, String> values, String unknown, boolean required, String prefix, Optional<TimeForm> time, int cut) {

    static final String REFUSE = "refuse";
    static final String LEAVE = "leave";
    private static final int LONGEST = 20_000;
    private static final int KNOWN_SHOWN = 40;

    Source {
        at = List.copyOf(at);
        values = Map.copyOf(values);
    }

    /** @param pattern as {@link DateTimeFormatter}; {@code epoch-ms} and {@code epoch-s} are counts since 1970 */
    record TimeForm(String pattern, ZoneId zone) {

        Optional<Instant> read(String text) {
            try {
                return Optional.of(switch (pattern) {
                    case "epoch-ms" -> Instant.ofEpochMilli(Long.parseLong(text));
                    case "epoch-s" -> Instant.ofEpochSecond(Long.parseLong(text));
                    default -> {
                        TemporalAccessor read = DateTimeFormatter.ofPattern(pattern).withResolverStyle(java.time.format.ResolverStyle.SMART)
                                .parseBest(text, OffsetDateTime::from, LocalDateTime::from, java.time.LocalDate::from);
                        yield switch (read) {
                            case OffsetDateTime offset -> offset.toInstant();
                            case LocalDateTime local -> local.atZone(zone).toInstant();
                            default -> java.time.LocalDate.from(read).atStartOfDay(zone).toInstant();
                        };
                    }
                });
            } catch (DateTimeException | NumberFormatException _) {
                return Optional.empty();
            }
        }

        String write(Instant instant) {
            return switch (pattern) {
                case "epoch-ms" -> Long.toString(instant.toEpochMilli());
                case "epoch-s" -> Long.toString(instant.getEpochSecond());
                default -> DateTimeFormatter.ofPattern(pattern).format(instant.atZone(zone));
            };
        }
    }

    /** What was found. */
    sealed interface Found {
        record Value(String text) implements Found {
        }

        record Nothing() implements Found {
        }

        record Wrong(Fault fault) implements Found {
        }
    }

    Found in(JsonNode message) {
        if (fixed.isPresent()) {
            return new Found.Value(fixed.get());
        }
        for (JsonPointer place : at) {
            JsonNode node = message.at(place);
            if (node.isMissingNode() || node.isNull() || node.isString() && Words.line(node.asString()).isEmpty()) {
                continue;
            }
            if (!node.isString() && !node.isIntegralNumber() && !node.isBoolean() && !node.isNumber()) {
                return wrong(place, "order-type");
            }
            return value(place, node.isString() ? node.asString() : node.isNumber() ? node.decimalValue().toPlainString() : node.asString());
        }
        return required ? wrong(at.getFirst(), "required") : new Found.Nothing();
    }

    private Found value(JsonPointer place, String theirs) {
        if (theirs.length() > LONGEST || theirs.indexOf(0) >= 0) {
            return wrong(place, "order-value", LONGEST);
        }
        if (time.isPresent()) {
            return time.get().read(theirs.strip()).<Found>map(instant -> new Found.Value(instant.toString())).orElseGet(() -> wrong(place, "order-time", time.get().pattern()));
        }
        if (!values.isEmpty()) {
            String ours = values.get(theirs.strip());
            if (ours != null) {
                return new Found.Value(ours);
            }
            return switch (unknown) {
                case REFUSE -> wrong(place, "order-unknown", Words.line(theirs.length() > 40 ? theirs.substring(0, 40) : theirs),
                        String.join(", ", new TreeSet<>(values.keySet()).stream().limit(KNOWN_SHOWN).toList()));
                case LEAVE -> required ? wrong(place, "required") : new Found.Nothing();
                default -> new Found.Value(unknown);
            };
        }
        String whole = prefix + theirs;
        int[] points = whole.codePoints().toArray();
        return new Found.Value(cut > 0 && points.length > cut ? new String(points, 0, cut) : whole);
    }

    private static Found wrong(JsonPointer place, String code, Object... arguments) {
        return new Found.Wrong(new Fault(place.toString(), code, List.of(arguments)));
    }
}
