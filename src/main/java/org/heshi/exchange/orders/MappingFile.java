package org.heshi.exchange.orders;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.heshi.exchange.orders.Mapping.Event;
import org.heshi.kernel.Bilingual;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import tools.jackson.core.JsonPointer;

/** Reads a mapping and says everything that is wrong with it, each with its line. */
final class MappingFile {

    private static final int MOST_BYTES = 262_144;
    private static final Set<String> TOP = Set.of("mapping", "title", "time", "event", "number", "message", "order", "supplement", "reminder", "returned", "recalled", "accepted", "result", "status", "assigned", "ended",
            "signed", "progress", "answered", "declined");
    private static final Set<String> SOURCE = Set.of("at", "is", "values", "unknown", "required", "prefix", "time", "zone", "cut");
    private static final Set<String> OUT = Set.of("of", "is", "values", "otherwise", "time", "zone", "as");
    private static final Set<String> LEVELS = Set.of("blue", "yellow", "red");
    private static final Set<String> URGENCIES = Set.of("two-hours", "day", "week", "fortnight");
    private static final Set<String> CHANNELS = Set.of("hotline-12345", "agency", "phone", "letter", "court", "grid", "sensor");
    private static final Set<String> TRUTHS = Set.of("true", "false");
    private static final Set<String> TIMES = Set.of("occurred-at");
    private static final String HOTLINE = "hotline-12345";

    private final String file;
    private final List<String> problems;
    private Optional<Source.TimeForm> standard = Optional.empty();

    private MappingFile(String file, List<String> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** @param problems gets one sentence for each thing that is wrong, as {@code FILE:LINE: …} */
    static Optional<Mapping> read(String file, byte[] bytes, List<String> problems) {
        int before = problems.size();
        MappingFile reader = new MappingFile(file, problems);
        if (bytes.length > MOST_BYTES) {
            problems.add(file + ":1: the file is longer than " + MOST_BYTES + " bytes");
            return Optional.empty();
        }
        try {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(true);
            options.setMaxAliasesForCollections(0);
            options.setNestingDepthLimit(20);
            Node root = new Yaml(new SafeConstructor(options)).compose(new java.io.StringReader(new String(bytes, StandardCharsets.UTF_8)));
            if (root instanceof MappingNode named) {
                Optional<Mapping> mapping = reader.mapping(named);
                return problems.size() == before ? mapping : Optional.empty();
            }
            problems.add(file + ":1: a mapping of names is expected");
        } catch (MarkedYAMLException e) {
            problems.add(file + ":" + (e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1) + ": not readable as YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add(file + ":1: not readable as YAML");
        }
        return Optional.empty();
    }

    private Optional<Mapping> mapping(MappingNode root) {
        Map<String, Node> parts = named(root, TOP, "");
        String name = word(parts.get("mapping"), root, "mapping");
        if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            wrong(parts.getOrDefault("mapping", root), "'mapping' is the name in the address: small letters, digits and dashes, 40 at most");
        }
        Bilingual title = title(parts.get("title"), root);
        if (parts.get("time") != null) {
            Map<String, Node> time = named(parts.get("time"), Set.of("format", "zone"), "time");
            standard = form(time.get("format"), time.get("zone"), parts.get("time"));
        }
        boolean toThem = parts.get("assigned") != null;
        List<String> events = List.of(Event.values()).stream().filter(one -> one.ofOurs() == toThem).map(Event::code).toList();
        for (String other : toThem ? List.of("order", "result", "status", "supplement", "reminder", "returned", "recalled") : List.of("signed", "progress", "answered", "declined", "ended")) {
            if (parts.get(other) != null) {
                wrong(parts.get(other), "'" + other + "' has no place in a mapping " + (toThem ? "with 'assigned': orders go from us to them" : "without 'assigned': orders come from them to us"));
            }
        }
        if (toThem && parts.get("event") == null) {
            wrong(root, "'event' is missing: what a message of theirs says of an order of ours");
        }
        Optional<Source> event = Optional.ofNullable(parts.get("event")).map(node -> {
            Source source = source(node, "event");
            if (source.values().isEmpty()) {
                wrong(node, "event: 'values' is missing: say which of their codes is " + String.join(", ", events));
            }
            if (toThem && !source.required()) {
                wrong(node, "event: 'required: true' is missing");
            }
            among(node, "event", source, events);
            return source;
        });
        Optional<Source> number = Optional.ofNullable(parts.get("number")).map(node -> source(node, "number"));
        if (number.isEmpty()) {
            wrong(root, "'number' is missing: where their order's number stands");
        } else if (!number.get().required() || number.get().at().isEmpty()) {
            wrong(parts.get("number"), "number: it must have 'at' and 'required: true'");
        }
        Optional<Source> message = Optional.ofNullable(parts.get("message")).map(node -> source(node, "message"));
        Map<String, Source> fields = toThem ? Map.of() : fields(parts.get("order"), root);
        Map<Event, Source> words = new EnumMap<>(Event.class);
        for (Event later : Event.values()) {
            Node node = parts.get(later.code());
            if (later != Event.ORDER && node != null) {
                words.put(later, source(node, later.code()));
            } else if (later != Event.ORDER && event.filter(source -> source.values().containsValue(later.code()) || source.unknown().equals(later.code())).isPresent()) {
                wrong(root, "'" + later.code() + "' is missing: where the words of such a message stand");
            }
        }
        List<Out> accepted = outs(parts.get("accepted"), root, "accepted", Mapping.ACCEPTED);
        List<Out> result = toThem ? List.of() : outs(parts.get("result"), root, "result", Mapping.RESULT);
        List<Out> status = toThem || parts.get("status") == null ? List.of() : outs(parts.get("status"), root, "status", Mapping.STATUS);
        List<Out> assigned = toThem ? outs(parts.get("assigned"), root, "assigned", Mapping.ASSIGNED) : List.of();
        List<Out> ended = toThem && parts.get("ended") != null ? outs(parts.get("ended"), root, "ended", Mapping.ENDED) : List.of();
        if (number.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Mapping(name, title, event, number.get(), message, fields, words, accepted, result, status, assigned, ended));
    }

    private Map<String, Source> fields(@Nullable Node node, Node root) {
        Map<String, Source> fields = new HashMap<>();
        if (node == null) {
            wrong(root, "'order' is missing: which of our fields stand where in their order");
            return fields;
        }
        named(node, Mapping.FIELDS, "order").forEach((field, value) -> {
            Source source = source(value, field);
            fields.put(field, source);
            switch (field) {
                case "level" -> among(value, field, source, LEVELS);
                case "urgency" -> among(value, field, source, URGENCIES);
                case "channel" -> among(value, field, source, CHANNELS);
                case "anonymous", "about-office" -> among(value, field, source, TRUTHS);
                case "category" -> source.values().values().stream().filter(code -> !code.matches("[0-9]{2}([0-9]{2}){0,2}")).forEach(code ->
                        wrong(where(value, code), field + ": '" + code + "' is no code of a category: two, four or six digits"));
                case "place" -> source.values().values().stream().filter(code -> !code.matches("[0-9]{6,17}")).forEach(code ->
                        wrong(where(value, code), field + ": '" + code + "' is no code of a place"));
                default -> {
                }
            }
            if (source.time().isPresent() && !TIMES.contains(field)) {
                wrong(value, field + ": it is no time");
            } else if (TIMES.contains(field) && source.time().isEmpty()) {
                wrong(value, field + ": how they write times is missing: 'time' here or for the whole file");
            }
        });
        for (String needed : List.of("title", "description", "channel")) {
            if (!fields.containsKey(needed)) {
                wrong(node, "order: '" + needed + "' is missing");
            } else if (fields.get(needed).fixed().isEmpty() && !fields.get(needed).required()) {
                wrong(node, "order: '" + needed + "' needs 'required: true' or 'is'");
            }
        }
        Source channel = fields.get("channel");
        boolean hotline = channel != null && (channel.fixed().filter(HOTLINE::equals).isPresent() || channel.values().containsValue(HOTLINE) || channel.unknown().equals(HOTLINE));
        if (hotline && !fields.containsKey("urgency")) {
            wrong(node, "order: 'urgency' is missing: the term of an order of the 12345 hotline");
        }
        return fields;
    }

    private void among(Node node, String field, Source source, java.util.Collection<String> known) {
        List<String> ours = new ArrayList<>(source.values().values());
        source.fixed().ifPresent(ours::add);
        if (!Set.of(Source.REFUSE, Source.LEAVE).contains(source.unknown())) {
            ours.add(source.unknown());
        }
        ours.stream().filter(value -> !known.contains(value)).distinct().forEach(value ->
                wrong(where(node, value), field + ": '" + value + "' is unknown here, known are " + String.join(", ", new TreeSet<>(known))));
    }

    /** The line of that very word, where it can be found. */
    private static Node where(Node node, String word) {
        if (node instanceof MappingNode named) {
            for (NodeTuple entry : named.getValue()) {
                Node found = where(entry.getValueNode(), word);
                if (found instanceof ScalarNode plain && plain.getValue().equals(word)) {
                    return found;
                }
            }
        }
        return node;
    }

    private Source source(Node node, String of) {
        if (!(node instanceof MappingNode)) {
            wrong(node, of + ": 'at: /…' or 'is: …' is expected");
            return new Source(List.of(), Optional.of(""), Map.of(), Source.REFUSE, false, "", Optional.empty(), 0);
        }
        Map<String, Node> parts = named(node, SOURCE, of);
        List<JsonPointer> at = new ArrayList<>();
        Node places = parts.get("at");
        if (places instanceof SequenceNode many) {
            many.getValue().forEach(one -> pointer(one, of).ifPresent(at::add));
        } else if (places != null) {
            pointer(places, of).ifPresent(at::add);
        }
        Optional<String> fixed = Optional.ofNullable(parts.get("is")).map(one -> word(one, node, of + ".is"));
        if (at.isEmpty() == fixed.isEmpty() && (places == null || fixed.isPresent())) {
            wrong(node, of + ": either 'at' or 'is' is expected");
        }
        Map<String, String> values = values(parts.get("values"), of);
        if (parts.get("unknown") != null && values.isEmpty()) {
            wrong(parts.get("unknown"), of + ": 'unknown' says what becomes of codes that are not among 'values', and there are none");
        }
        boolean dated = TIMES.contains(of) || parts.get("time") != null;
        Optional<Source.TimeForm> time = !dated ? Optional.empty() : parts.get("time") == null ? standard : form(parts.get("time"), parts.get("zone"), node);
        return new Source(at, fixed, values, Optional.ofNullable(parts.get("unknown")).map(one -> word(one, node, of + ".unknown")).orElse(Source.REFUSE), truth(parts.get("required"), of + ".required"),
                Optional.ofNullable(parts.get("prefix")).map(one -> word(one, node, of + ".prefix")).orElse(""), time, count(parts.get("cut"), of));
    }

    private List<Out> outs(@Nullable Node node, Node root, String of, Set<String> known) {
        List<Out> outs = new ArrayList<>();
        if (!(node instanceof MappingNode shape)) {
            wrong(node == null ? root : node, "'" + of + "' is missing: what stands where in what they are sent");
            return outs;
        }
        for (NodeTuple entry : shape.getValue()) {
            Optional<JsonPointer> to = pointer(entry.getKeyNode(), of);
            if (to.isEmpty()) {
                continue;
            }
            if (!(entry.getValueNode() instanceof MappingNode)) {
                wrong(entry.getValueNode(), of + ": 'of: …' or 'is: …' is expected");
                continue;
            }
            Map<String, Node> parts = named(entry.getValueNode(), OUT, of);
            Optional<String> ours = Optional.ofNullable(parts.get("of")).map(one -> word(one, node, of));
            ours.filter(one -> !known.contains(one)).ifPresent(one -> wrong(entry.getValueNode(), of + ": '" + one + "' is unknown here, known are " + String.join(", ", new TreeSet<>(known))));
            Optional<String> fixed = Optional.ofNullable(parts.get("is")).map(one -> word(one, node, of));
            if (ours.isEmpty() == fixed.isEmpty()) {
                wrong(entry.getValueNode(), of + ": either 'of' or 'is' is expected");
            }
            String as = parts.get("as") != null ? word(parts.get("as"), node, of) : parts.get("is") instanceof ScalarNode plain
                    ? plain.getTag().equals(Tag.INT) || plain.getTag().equals(Tag.FLOAT) ? "number" : plain.getTag().equals(Tag.BOOL) ? "boolean" : "text" : "text";
            Map<String, String> values = values(parts.get("values"), of);
            Optional<String> otherwise = Optional.ofNullable(parts.get("otherwise")).map(one -> word(one, node, of));
            if (!Set.of("text", "number", "boolean").contains(as)) {
                wrong(entry.getValueNode(), of + ": 'as' is text, number or boolean");
            } else if (as.equals("number")) {
                List<String> all = new ArrayList<>(values.values());
                fixed.ifPresent(all::add);
                otherwise.ifPresent(all::add);
                if (all.isEmpty() || !all.stream().allMatch(one -> one.matches("-?[0-9]{1,15}([.][0-9]{1,6})?")) || !values.isEmpty() && otherwise.isEmpty()) {
                    wrong(entry.getValueNode(), of + ": with 'as: number' every value and 'otherwise' must be a number");
                }
            }
            boolean dated = ours.filter(one -> one.equals("at") || one.endsWith("-at")).isPresent();
            Optional<Source.TimeForm> time = !dated ? Optional.empty() : parts.get("time") == null ? standard : form(parts.get("time"), parts.get("zone"), entry.getValueNode());
            outs.add(new Out(to.get(), ours, fixed, values, otherwise, time, as));
        }
        for (Out one : outs) {
            for (Out other : outs) {
                if (one != other && (other.to() + "/").startsWith(one.to() + "/")) {
                    wrong(node, of + ": " + one.to() + " and " + other.to() + " cannot both be written");
                }
            }
        }
        return outs;
    }

    private Optional<Source.TimeForm> form(@Nullable Node format, @Nullable Node zone, Node of) {
        String pattern = word(format, of, "time");
        try {
            ZoneId place = zone == null ? ZoneId.of("Asia/Shanghai") : ZoneId.of(word(zone, of, "zone"));
            if (!Set.of("epoch-ms", "epoch-s").contains(pattern)) {
                DateTimeFormatter.ofPattern(pattern);
            }
            return Optional.of(new Source.TimeForm(pattern, place));
        } catch (DateTimeException | IllegalArgumentException e) {
            wrong(of, "time: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Map<String, String> values(@Nullable Node node, String of) {
        Map<String, String> values = new LinkedHashMap<>();
        if (node instanceof MappingNode table) {
            for (NodeTuple entry : table.getValue()) {
                String theirs = word(entry.getKeyNode(), node, of + ".values");
                if (values.put(theirs, word(entry.getValueNode(), node, of + ".values")) != null) {
                    wrong(entry.getKeyNode(), of + ": '" + theirs + "' stands twice in 'values'");
                }
            }
        } else if (node != null) {
            wrong(node, of + ": 'values' is a table of their code and ours");
        }
        return values;
    }

    private Optional<JsonPointer> pointer(Node node, String of) {
        String text = word(node, node, of);
        try {
            if (text.startsWith("/") && text.length() > 1 && text.length() <= 200) {
                return Optional.of(JsonPointer.compile(text));
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        wrong(node, of + ": '" + text + "' is no JSON pointer such as /data/orderNo");
        return Optional.empty();
    }

    private Bilingual title(@Nullable Node node, Node root) {
        if (node == null) {
            wrong(root, "'title' is missing: {zh: …, en: …}");
            return new Bilingual("?", "?");
        }
        Map<String, Node> parts = named(node, Set.of("zh", "en"), "title");
        return new Bilingual(word(parts.get("zh"), node, "title.zh"), word(parts.get("en"), node, "title.en"));
    }

    private Map<String, Node> named(Node node, Set<String> known, String of) {
        Map<String, Node> parts = new LinkedHashMap<>();
        if (!(node instanceof MappingNode named)) {
            wrong(node, of + ": names are expected here");
            return parts;
        }
        for (NodeTuple entry : named.getValue()) {
            String key = entry.getKeyNode() instanceof ScalarNode plain ? plain.getValue() : "?";
            if (!known.contains(key)) {
                wrong(entry.getKeyNode(), (of.isEmpty() ? "" : of + ": ") + "unknown key '" + key + "', known are " + String.join(", ", new TreeSet<>(known)));
            } else if (parts.put(key, entry.getValueNode()) != null) {
                wrong(entry.getKeyNode(), (of.isEmpty() ? "" : of + ": ") + "'" + key + "' stands twice");
            }
        }
        return parts;
    }

    private String word(@Nullable Node node, Node around, String of) {
        if (node instanceof ScalarNode plain && !plain.getValue().isBlank() && plain.getValue().length() <= 200) {
            return plain.getValue();
        }
        wrong(node == null ? around : node, "'" + of + "' is missing, or is no short word");
        return "?";
    }

    private boolean truth(@Nullable Node node, String of) {
        if (node == null) {
            return false;
        }
        String said = word(node, node, of);
        if (!TRUTHS.contains(said)) {
            wrong(node, "'" + of + "' is true or false");
        }
        return said.equals("true");
    }

    private int count(@Nullable Node node, String of) {
        if (node == null) {
            return 0;
        }
        String said = word(node, node, of + ".cut");
        if (!said.matches("[1-9][0-9]{0,4}")) {
            wrong(node, of + ": 'cut' is a number of characters");
            return 0;
        }
        return Integer.parseInt(said);
    }

    private void wrong(Node node, String what) {
        problems.add(file + ":" + (node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1) + ": " + what);
    }
}
