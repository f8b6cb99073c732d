package org.heshi.matters.procedure;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts shared fragments into a procedure file: what the file itself says goes before what it includes, key by key, so that a kind can
 * take a shared action and change only where it leads. Actions take groups of shared fields in the same way.
 */
final class Includes {

    private static final String FIELDS = "fields";
    private static final Set<String> KEYS = Set.of("include", "states", "outcomes", "actions", "clocks", FIELDS);
    private static final List<String> SHARED = List.of("states", "outcomes", "actions", "clocks", FIELDS);

    private final Map<String, Piece.Named> fragments;
    private final Problems problems;

    Includes(Map<String, Piece.Named> fragments, Problems problems) {
        this.fragments = fragments;
        this.problems = problems;
    }

    /** Reports unknown keys and circles, once for each fragment. */
    void check() {
        fragments.forEach((name, root) -> {
            Section.of(root, "fragment '" + name + "'", problems, KEYS).ifPresent(section -> {
                for (Piece.Words included : section.listWords("include")) {
                    if (reaches(included.value(), name, new HashSet<>())) {
                        problems.add(included.at(), "fragment '" + name + "' includes itself through '" + included.value() + "'");
                    }
                }
            });
        });
    }

    private boolean reaches(String from, String to, Set<String> seen) {
        if (from.equals(to)) {
            return true;
        }
        Piece.Named root = fragments.get(from);
        return root != null && seen.add(from) && included(root).stream().anyMatch(next -> reaches(next.value(), to, seen));
    }

    /** The file with everything that it includes, without the keys {@code include} and {@code without}. */
    Piece.Named resolve(Piece.Named root) {
        Section file = Section.of(root, "procedure", problems, root.entries().keySet()).orElseThrow();
        file.listWords("include");
        file.listWords("without");
        Piece.Named whole = merge(root, shared(root, Set.of()));
        return withSharedFields(leaveOut(whole, root)).without("include").without("without").without(FIELDS);
    }

    /** Where an action's fields name a group of shared ones, these stand there; what the action says of one of them itself goes before. */
    private Piece.Named withSharedFields(Piece.Named whole) {
        Piece.Entry actions = whole.entries().get("actions");
        if (actions == null || !(actions.value() instanceof Piece.Named all)) {
            return whole;
        }
        Piece.Named taken = all;
        for (Map.Entry<String, Piece.Entry> one : all.entries().entrySet()) {
            if (one.getValue().value() instanceof Piece.Named action && action.entries().get(FIELDS) instanceof Piece.Entry fields
                    && fields.value() instanceof Piece.Named own && own.entries().containsKey("include")) {
                Piece.Named filled = action.with(FIELDS, new Piece.Entry(fields.at(), filled(own, section(whole, FIELDS), "action '" + one.getKey() + "'")));
                taken = taken.with(one.getKey(), new Piece.Entry(one.getValue().at(), filled));
            }
        }
        return whole.with("actions", new Piece.Entry(actions.at(), taken));
    }

    private Piece.Named filled(Piece.Named own, Map<String, Piece.Entry> groups, String of) {
        Map<String, Piece.Entry> brought = new LinkedHashMap<>();
        Section fields = Section.of(own, of + ", fields", problems, own.entries().keySet()).orElseThrow();
        for (Piece.Words name : fields.listWords("include")) {
            Piece.Entry group = groups.get(name.value());
            if (group != null && group.value() instanceof Piece.Named named) {
                named.entries().forEach(brought::putIfAbsent);
            } else {
                problems.add(name.at(), of + ": 'include' names the fields '" + Section.cut(name.value()) + "', which no included fragment has");
            }
        }
        Map<String, Piece.Entry> all = new LinkedHashMap<>();
        own.entries().forEach((name, entry) -> {
            if (name.equals("include")) {
                brought.forEach((field, shared) -> all.put(field, own.entries().containsKey(field) ? over(own.entries().get(field), shared, FIELDS) : shared));
            } else if (!brought.containsKey(name)) {
                all.put(name, entry);
            }
        });
        return new Piece.Named(own.at(), all);
    }

    private Piece.Named leaveOut(Piece.Named whole, Piece.Named root) {
        Piece.Named left = whole;
        for (Piece.Words name : words(root, "without")) {
            if (SHARED.stream().noneMatch(key -> section(whole, key).containsKey(name.value()))) {
                problems.add(name.at(), "'without' names '" + Section.cut(name.value()) + "', which no included fragment has");
            } else if (SHARED.stream().anyMatch(key -> section(root, key).containsKey(name.value()))) {
                problems.add(name.at(), "'without' names '" + name.value() + "', which the file itself describes");
            }
            for (String key : SHARED) {
                Piece.Entry entry = left.entries().get(key);
                if (entry != null && entry.value() instanceof Piece.Named named) {
                    left = left.with(key, new Piece.Entry(entry.at(), named.without(name.value())));
                }
            }
        }
        return left;
    }

    private static Map<String, Piece.Entry> section(Piece.Named root, String key) {
        Piece.Entry entry = root.entries().get(key);
        return entry != null && entry.value() instanceof Piece.Named named ? named.entries() : Map.of();
    }

    /** What the includes of a file say together. */
    private Piece.Named shared(Piece.Named root, Set<String> chain) {
        Piece.Named together = new Piece.Named(root.at(), Map.of());
        for (Piece.Words name : included(root)) {
            Piece.Named fragment = fragments.get(name.value());
            if (chain.contains(name.value())) {
                continue;
            }
            if (fragment == null) {
                problems.add(name.at(), "'include' names '" + Section.cut(name.value()) + "', but there is no file common/" + Section.cut(name.value()) + ".yaml");
                continue;
            }
            Set<String> longer = new HashSet<>(chain);
            longer.add(name.value());
            Piece.Named whole = merge(fragment, shared(fragment, longer));
            for (String key : SHARED) {
                together = join(together, whole, key, name);
            }
        }
        return together;
    }

    private Piece.Named join(Piece.Named together, Piece.Named more, String key, Piece.Words name) {
        Piece.Entry mine = together.entries().get(key);
        Piece.Entry theirs = more.entries().get(key);
        if (theirs == null || !(theirs.value() instanceof Piece.Named added)) {
            return together;
        }
        if (mine == null || !(mine.value() instanceof Piece.Named sofar)) {
            return together.with(key, theirs);
        }
        for (Map.Entry<String, Piece.Entry> entry : added.entries().entrySet()) {
            Piece.Entry first = sofar.entries().get(entry.getKey());
            if (first != null && !first.equals(entry.getValue())) {
                problems.add(name.at(), key + ": '" + entry.getKey() + "' comes from two fragments, " + first.at().file() + ":" + first.at().line()
                        + " and " + entry.getValue().at().file() + ":" + entry.getValue().at().line());
            }
            sofar = sofar.with(entry.getKey(), entry.getValue());
        }
        return together.with(key, new Piece.Entry(mine.at(), sofar));
    }

    /** Own entries first and in their order; an own entry keeps the keys of the included one that it does not say itself. */
    private static Piece.Named merge(Piece.Named own, Piece.Named shared) {
        Piece.Named whole = own;
        for (String key : SHARED) {
            Piece.Entry theirs = shared.entries().get(key);
            if (theirs == null || !(theirs.value() instanceof Piece.Named base)) {
                continue;
            }
            Piece.Entry mine = own.entries().get(key);
            if (mine == null) {
                whole = whole.with(key, theirs);
            } else if (mine.value() instanceof Piece.Named over) {
                Map<String, Piece.Entry> all = new LinkedHashMap<>();
                over.entries().forEach((name, entry) -> all.put(name, over(entry, base.entries().get(name), key)));
                base.entries().forEach(all::putIfAbsent);
                whole = whole.with(key, new Piece.Entry(mine.at(), new Piece.Named(over.at(), all)));
            }
        }
        return whole;
    }

    private static Piece.Entry over(Piece.Entry own, Piece.@Nullable Entry base, String key) {
        if (base == null || key.equals("outcomes") || !(own.value() instanceof Piece.Named over && base.value() instanceof Piece.Named under)) {
            return own;
        }
        Map<String, Piece.Entry> all = new LinkedHashMap<>(under.entries());
        all.putAll(over.entries());
        return new Piece.Entry(own.at(), new Piece.Named(over.at(), all));
    }

    private static List<Piece.Words> included(Piece.Named root) {
        return words(root, "include");
    }

    /** What is wrong with the list itself is reported once, by {@link #check} or {@link #resolve}. */
    private static List<Piece.Words> words(Piece.Named root, String key) {
        return Section.of(root, "", new Problems(), root.entries().keySet()).orElseThrow().listWords(key);
    }
}
