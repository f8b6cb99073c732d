package org.heshi.exchange.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heshi.kernel.Bilingual;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How another system writes its orders.
 *
 * @param event    what a message is; empty: always an order
 * @param number   of their order
 * @param message  their own id of a message, so that none is taken twice; empty: its content
 * @param fields   what an order brings, by our field
 * @param words    what a later message says, by what it is
 * @param accepted what they are answered
 * @param result   what is handed back
 * @param status   where an order of theirs stands meanwhile; may be empty
 * @param assigned an order of ours to them. With it the mapping is that of an agency to which we hand orders, and {@code order}, {@code result} and {@code status} are empty
 * @param ended    that an order of ours is theirs no more; may be empty
 */
record Mapping(String name, Bilingual title, Optional<Source> event, Source number, Optional<Source> message, Map<String, Source> fields, Map<Event, Source> words, List<Out> accepted,
        List<Out> result, List<Out> status, List<Out> assigned, List<Out> ended) {

    /** Fields of ours that an order may bring. */
    static final Set<String> FIELDS = Set.of("title", "description", "category", "level", "channel", "urgency", "place", "place-words", "point", "occurred-at", "name", "phone", "email",
            "anonymous", "about-office", "accused-words");
    static final Set<String> ACCEPTED = Set.of("number", "order", "code", "follow", "at", "again");
    static final Set<String> RESULT = Set.of("id", "order", "number", "words", "outcome", "state", "registered-at", "handed-back-at");

    static final Set<String> STATUS = Set.of("id", "order", "number", "kind", "state", "at");
    static final Set<String> ASSIGNED = Set.of("id", "number", "title", "description", "place", "place-words", "division", "kind", "category", "level", "state", "due-at",
            "registered-at", "assigned-at");
    static final Set<String> ENDED = Set.of("id", "order-id", "number", "at");

    /** The last four are said by an agency of an order of ours. */
    enum Event {
        ORDER, SUPPLEMENT, REMINDER, RETURNED, RECALLED, SIGNED, PROGRESS, ANSWERED, DECLINED;

        boolean ofOurs() {
            return compareTo(SIGNED) >= 0;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    Mapping {
        fields = Map.copyOf(fields);
        words = Map.copyOf(words);
        accepted = List.copyOf(accepted);
        result = List.copyOf(result);
        status = List.copyOf(status);
        assigned = List.copyOf(assigned);
        ended = List.copyOf(ended);
    }

    /** Whether orders go from us to them. */
    boolean toThem() {
        return !assigned.isEmpty();
    }

    /** Whether they are told that an order of theirs came into this state: it is among those that they know. */
    boolean tells(String state) {
        return !status.isEmpty() && status.stream().filter(out -> out.of().filter("state"::equals).isPresent())
                .allMatch(out -> out.values().isEmpty() || out.values().containsKey(state) || out.otherwise().isPresent());
    }

    /** A message as we read it. @param input by our field; of a later message its words under {@code words} */
    record Read(Event event, String number, Optional<String> id, Map<String, String> input) {
    }

    /** @param faults what is wrong; when there is anything the message is refused */
    record Reading(Optional<Read> read, List<Fault> faults) {
    }

    Reading read(JsonNode message) {
        List<Fault> faults = new ArrayList<>();
        Event what = event.flatMap(source -> take(source, message, faults)).map(code -> Event.valueOf(code.toUpperCase(Locale.ROOT))).orElse(Event.ORDER);
        Optional<String> order = take(number, message, faults);
        if (order.filter(text -> !text.matches("[A-Za-z0-9-]{1,40}")).isPresent()) {
            faults.add(new Fault(number.at().isEmpty() ? "" : number.at().getFirst().toString(), "order-number", List.of()));
        }
        Optional<String> id = message().flatMap(source -> take(source, message, faults));
        Map<String, String> input = new LinkedHashMap<>();
        if (what == Event.ORDER) {
            fields.forEach((field, source) -> take(source, message, faults).ifPresent(value -> input.put(field, value)));
        } else if (words.containsKey(what)) {
            take(words.get(what), message, faults).ifPresent(value -> input.put("words", value));
        }
        return faults.isEmpty() ? new Reading(Optional.of(new Read(what, order.orElseThrow(), id, input)), List.of()) : new Reading(Optional.empty(), faults);
    }

    private static Optional<String> take(Source source, JsonNode message, List<Fault> faults) {
        return switch (source.in(message)) {
            case Source.Found.Value(var text) -> Optional.of(text);
            case Source.Found.Nothing _ -> Optional.empty();
            case Source.Found.Wrong(var fault) -> {
                faults.add(fault);
                yield Optional.empty();
            }
        };
    }

    /** Where a field of ours stands in their message; empty: nowhere. */
    String pointerOf(String field) {
        return Optional.ofNullable(fields.get(field)).filter(source -> !source.at().isEmpty()).map(source -> source.at().getFirst().toString()).orElse("");
    }

    /** @param ours text, or an {@link Instant} */
    static ObjectNode write(List<Out> shape, Map<String, Object> ours) {
        ObjectNode root = JSON.createObjectNode();
        for (Out out : shape) {
            Object value = out.fixed().<Object>map(fixed -> fixed).orElseGet(() -> out.of().map(ours::get).orElse(null));
            if (value == null) {
                continue;
            }
            String text = value instanceof Instant instant ? out.time().map(form -> form.write(instant)).orElseGet(instant::toString) : value.toString();
            put(root, out.to(), out.values().getOrDefault(text, out.values().isEmpty() ? text : out.otherwise().orElse(text)), out.as());
        }
        return root;
    }

    private static void put(ObjectNode root, JsonPointer to, String text, String as) {
        ObjectNode at = root;
        JsonPointer left = to;
        while (!left.tail().matches()) {
            at = at.withObject("/" + left.getMatchingProperty().replace("~", "~0").replace("/", "~1"));
            left = left.tail();
        }
        String name = left.getMatchingProperty();
        switch (as) {
            case "number" -> at.put(name, new java.math.BigDecimal(text));
            case "boolean" -> at.put(name, Boolean.parseBoolean(text));
            default -> at.put(name, text);
        }
    }
}
