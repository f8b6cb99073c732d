package org.heshi.matters.procedure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.heshi.calendar.Limit;
import org.heshi.calendar.ServiceHours;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.heshi.divisions.Level;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Audience;
import org.heshi.matters.procedure.Procedure.Basis;
import org.heshi.matters.procedure.Procedure.Clock;
import org.heshi.matters.procedure.Procedure.Effect;
import org.heshi.matters.procedure.Procedure.Extension;
import org.heshi.matters.procedure.Procedure.Field;
import org.heshi.matters.procedure.Procedure.Lengths;
import org.heshi.matters.procedure.Procedure.Relation;
import org.heshi.matters.procedure.Procedure.State;
import org.heshi.matters.procedure.Procedure.Step;
import org.heshi.matters.procedure.Procedure.Target;
import org.heshi.matters.procedure.Procedure.Type;
import org.heshi.matters.procedure.Procedure.Who;

/**
 * Makes a procedure of a file whose includes are resolved. Reports every key, word and name that is wrong in itself; what is wrong with the
 * whole (a state that nothing reaches) is {@link ProcedureRules}' to say.
 */
final class ProcedureReader {

    /** Named parts of the program that may act. */
    static final Set<String> MACHINES = Set.of("importer", "relay", "clock", "whistle", "rights", "reminder");

    private static final Set<String> KEYS = Set.of("kind", "order", "title", "about", "basis", "include", "without", "steps", "states", "arrivals",
            "outcomes", "actions", "clocks", "internal", "public");
    private static final Set<String> STATE_KEYS = Set.of("title", "step", "turn", "final", "says");
    private static final Set<String> ACTION_KEYS = Set.of("title", "from", "to", "who", "audience", "fields", "effect", "outcomes", "not_by", "says", "basis",
            "within", "while", "once", "unless", "levels", "order", "paper", "above", "answers", "alone", "again", "ever");
    private static final Set<String> CLOCK_KEYS = Set.of("title", "length", "hours", "binds", "starts", "satisfies", "ends", "pauses", "resumes", "rests", "wakes", "extends",
            "warns", "right", "whole", "carried", "lapses", "basis", "from", "corrects");
    private static final List<String> LEVELS = List.of("blue", "yellow", "red");
    private static final String BY = "by";
    private static final String ELSE = "else";
    /** The county's service hours. */
    private static final String SERVICE = "service";
    /** A clock counts from when the matter was received. */
    private static final String RECEIVED = "received";
    private static final int PAPER = 20;
    private static final Set<String> FIELD_KEYS = Set.of("type", "label", "hint", "required", "max", "options", "sets", "future", "required_when",
            "offers", "units", "of");
    private static final Set<String> FROM_KEYS = Set.of("states", "except");

    private static final String NOTHING = "nothing";
    private static final String OPEN = "open";
    private static final String FINAL = "final";
    private static final String ANY = "any";
    private static final String TURN = "turn-";
    private static final String STATES = "states";

    /** An article as people cite it: 第三十四条, 第34条第二款; or the whole text. */
    private static final Pattern ARTICLE = Pattern.compile("第[0-9〇零一二三四五六七八九十百千之]+[编章节条款项].*|附件.*|全文");

    private static final int TITLE = 40;
    private static final int SAYS = 200;
    private static final int HINT = 200;
    private static final int ABOUT = 600;
    private static final int MOST_STATES = 60;
    private static final int MOST_ACTIONS = 120;
    private static final int MOST_CLOCKS = 20;
    private static final int MOST_FIELDS = 60;
    private static final int MOST_OPTIONS = 60;

    /** A procedure and where its parts stand: {@code state x}, {@code action x}, {@code arrival x}. */
    record Read(Procedure procedure, int order, Map<String, Piece.Place> places) {

        Piece.Place at(String part) {
            return places.getOrDefault(part, places.get("procedure"));
        }

        /** Reports where the part stands; see {@link Problems#within}. */
        void report(Problems problems, String part, String message) {
            problems.within(at("procedure").file(), procedure.kind()).add(at(part), message);
        }
    }

    private final Problems problems;
    private final int version;
    private final Map<String, Piece.Place> places = new HashMap<>();
    private final Map<String, State> states = new LinkedHashMap<>();
    private final Map<String, Bilingual> outcomes = new LinkedHashMap<>();
    private final Set<String> stateNames = new LinkedHashSet<>();
    private final Set<String> actionNames = new LinkedHashSet<>();
    private final Set<String> clockNames = new LinkedHashSet<>();
    private final List<Step> steps = new ArrayList<>();

    private ProcedureReader(int version, Problems problems) {
        this.version = version;
        this.problems = problems;
    }

    /** Empty when anything is wrong; what, stands in the problems. */
    static Optional<Read> read(Piece.Named root, int version, Problems problems) {
        int before = problems.count();
        Optional<Read> read = new ProcedureReader(version, problems).read(root);
        return problems.count() == before ? read : Optional.empty();
    }

    private Optional<Read> read(Piece.Named root) {
        Section file = Section.of(root, "procedure", problems, KEYS).orElseThrow();
        places.put("procedure", new Piece.Place(root.at().file(), file.at("kind").line()));
        places.put("public", new Piece.Place(root.at().file(), file.at("public").line()));
        Optional<String> kind = file.needWords("kind", Section.LONGEST_NAME).filter(name -> file.name(name, file.at("kind"), "kind"));
        int order = file.number("order", 0, 999, 500);
        Optional<Bilingual> title = file.needBilingual("title", TITLE);
        Optional<Bilingual> about = file.needBilingual("about", ABOUT);
        List<Basis> basis = basis(file, "procedure");
        readSteps(file);
        readStates(file);
        readOutcomes(file);
        file.entries("clocks", MOST_CLOCKS).keySet().forEach(clockNames::add);
        Map<String, Action> actions = readActions(file);
        Map<String, Clock> clocks = readClocks(file);
        Map<String, String> arrivals = readArrivals(file);
        if (kind.isEmpty() || title.isEmpty() || about.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Read(new Procedure(kind.get(), version, title.get(), about.get(), basis, List.copyOf(steps),
                Collections.unmodifiableMap(states), Collections.unmodifiableMap(actions), Collections.unmodifiableMap(arrivals),
                Collections.unmodifiableMap(outcomes), Collections.unmodifiableMap(clocks), file.flag("internal"), file.flag("public")), order, Map.copyOf(places)));
    }

    private List<Basis> basis(Section section, String of) {
        Optional<Piece> piece = section.find("basis");
        if (piece.isEmpty()) {
            return List.of();
        }
        if (!(piece.get() instanceof Piece.Items items)) {
            problems.add(piece.get().at(), of + ": 'basis': a list is expected, here is " + piece.get().shape());
            return List.of();
        }
        List<Basis> list = new ArrayList<>();
        for (Piece item : items.list()) {
            Section.of(item, of + ": basis", problems, Set.of("law", "article", "local")).ifPresent(entry -> {
                Optional<String> law = entry.needWords("law", 60);
                Optional<String> article = entry.needWords("article", 60);
                boolean local = entry.flag("local");
                if (article.isPresent() && !ARTICLE.matcher(article.get()).matches()) {
                    problems.add(entry.at("article"), of + ": basis: '" + Section.cut(article.get())
                            + "' is no article: write it as people cite it, such as 第三十四条, or 全文 for a whole text");
                }
                if (law.isPresent() && article.isPresent()) {
                    list.add(new Basis(law.get(), article.get(), local));
                }
            });
        }
        return List.copyOf(list);
    }

    private void readSteps(Section file) {
        file.need("steps");
        file.entries("steps", 20).forEach((name, entry) -> {
            if (file.name(name, entry.at(), "step")) {
                places.put("step " + name, entry.at());
                file.bilingual(entry.value(), "step '" + name + "'", TITLE).ifPresent(title -> steps.add(new Step(name, title)));
            }
        });
    }

    private void readStates(Section file) {
        file.need("states");
        Set<String> stepNames = new TreeSet<>();
        file.entries("steps", Integer.MAX_VALUE).forEach((name, _) -> stepNames.add(name));
        Set<String> used = new TreeSet<>();
        file.entries("states", MOST_STATES).forEach((name, entry) -> {
            if (!file.name(name, entry.at(), "state")) {
                return;
            }
            if (Set.of(NOTHING, OPEN, FINAL, ANY).contains(name) || name.startsWith(TURN)) {
                problems.add(entry.at(), "state '" + name + "': the word is reserved for 'from'");
                return;
            }
            stateNames.add(name);
            places.put("state " + name, entry.at());
            Section.of(entry.value(), "state '" + name + "'", problems, STATE_KEYS).ifPresent(state -> {
                Optional<Bilingual> title = state.needBilingual("title", TITLE);
                Optional<Bilingual> says = state.needBilingual("says", SAYS);
                Optional<String> step = state.needWords("step", Section.LONGEST_NAME);
                step.ifPresent(used::add);
                if (step.isPresent() && !stepNames.contains(step.get())) {
                    problems.add(state.at("step"), "state '" + name + "': unknown step '" + Section.cut(step.get()) + "'");
                }
                boolean terminal = state.flag("final");
                Relation turn = terminal && !state.has("turn") ? Relation.NONE
                        : relation(state.needWords("turn", Section.LONGEST_NAME), state.at("turn"), "state '" + name + "'").orElse(Relation.DESK);
                if (turn == Relation.PARTY || turn == Relation.OVER) {
                    problems.add(state.at("turn"), "state '" + name + "': it is nobody's turn who stands so");
                }
                if (terminal != (turn == Relation.NONE)) {
                    problems.add(state.at("turn"), "state '" + name + "': "
                            + (terminal ? "a final state has no turn" : "a state that is not final must say whose turn it is"));
                }
                if (title.isPresent() && says.isPresent() && step.isPresent()) {
                    states.put(name, new State(name, title.get(), step.get(), turn, terminal, says.get()));
                }
            });
        });
        for (String step : stepNames) {
            if (!used.contains(step) && places.containsKey("step " + step)) {
                problems.add(places.get("step " + step), "step '" + step + "': no state belongs to it");
            }
        }
    }

    private void readOutcomes(Section file) {
        file.need("outcomes");
        file.entries("outcomes", MOST_OPTIONS).forEach((name, entry) -> {
            if (file.name(name, entry.at(), "outcome")) {
                file.bilingual(entry.value(), "outcome '" + name + "'", TITLE).ifPresent(words -> outcomes.put(name, words));
            }
        });
    }

    private Map<String, String> readArrivals(Section file) {
        Map<String, String> arrivals = new LinkedHashMap<>();
        file.entries("arrivals", 200).forEach((from, entry) -> {
            places.put("arrival " + from, entry.at());
            String[] parts = from.split("\\.", -1);
            if (parts.length != 2 || !Section.NAME.matcher(parts[0]).matches() || !Section.NAME.matcher(parts[1]).matches()) {
                problems.add(entry.at(), "arrival '" + Section.cut(from) + "': write it as kind.state, such as intake.registered");
            } else if (!(entry.value() instanceof Piece.Words to)) {
                problems.add(entry.value().at(), "arrival '" + from + "': the name of a state is expected, here is " + entry.value().shape());
            } else if (!stateNames.contains(to.value())) {
                problems.add(to.at(), "arrival '" + from + "': unknown state '" + Section.cut(to.value()) + "'");
            } else {
                arrivals.put(from, to.value());
            }
        });
        return arrivals;
    }

    private Map<String, Action> readActions(Section file) {
        file.need("actions");
        Map<String, Piece.Entry> entries = file.entries("actions", MOST_ACTIONS);
        actionNames.addAll(entries.keySet());
        Map<String, Action> actions = new LinkedHashMap<>();
        entries.forEach((name, entry) -> {
            if (HouseActs.ALL.contains(name)) {
                problems.add(entry.at(), "action '" + name + "': the word is reserved for what the law does to a matter of any kind");
            } else if (file.name(name, entry.at(), "action")) {
                places.put("action " + name, entry.at());
                Section.of(entry.value(), "action '" + name + "'", problems, ACTION_KEYS)
                        .flatMap(section -> action(name, section)).ifPresent(action -> actions.put(name, action));
            }
        });
        return actions;
    }

    private Optional<Action> action(String name, Section section) {
        String of = "action '" + name + "'";
        int before = problems.count();
        Optional<Bilingual> title = section.needBilingual("title", TITLE);
        Set<String> from = from(section, of);
        Optional<String> to = section.findWords("to", Section.LONGEST_NAME);
        if (to.isPresent() && !stateNames.contains(to.get())) {
            problems.add(section.at("to"), of + ": 'to' names the unknown state '" + Section.cut(to.get()) + "'");
        }
        List<Who> who = who(section, of);
        Set<Audience> audience = audience(section, of);
        Effect effect = section.findWords("effect", Section.LONGEST_NAME)
                .flatMap(word -> constant(Effect.class, word, section.at("effect"), of, "effect")).orElse(Effect.NONE);
        List<Field> fields = fields(section, of);
        List<String> ends = new ArrayList<>();
        for (Piece.Words outcome : section.listWords("outcomes")) {
            if (!outcomes.containsKey(outcome.value())) {
                problems.add(outcome.at(), of + ": unknown outcome '" + Section.cut(outcome.value()) + "'");
            }
            ends.add(outcome.value());
        }
        Set<String> notBy = new LinkedHashSet<>();
        for (Piece.Words other : section.listWords("not_by")) {
            if (!actionNames.contains(other.value())) {
                problems.add(other.at(), of + ": 'not_by' names the unknown action '" + Section.cut(other.value()) + "'");
            }
            notBy.add(other.value());
        }
        Optional<Bilingual> says = section.needBilingual("says", SAYS);
        List<Basis> basis = basis(section, of);
        Optional<String> within = clockOf(section, "within", of);
        Optional<String> during = clockOf(section, "while", of);
        Optional<Bilingual> paper = section.findBilingual("paper", PAPER);
        Procedure.Guard guard = new Procedure.Guard(counts(section, "once", of), counts(section, "unless", of), levels(section, of), section.flag("order"),
                section.findWords("answers", Section.LONGEST_NAME), section.flag("alone"), actionsOf(section, "above", of), actionsOf(section, "ever", of));
        guard.answers().filter(asked -> !actionNames.contains(asked)).ifPresent(asked -> problems.add(section.at("answers"),
                of + ": 'answers' names the unknown action '" + Section.cut(asked) + "'"));
        if (title.isEmpty() || says.isEmpty() || problems.count() > before) {
            return Optional.empty();
        }
        return Optional.of(new Action(name, title.get(), Collections.unmodifiableSet(from), to, List.copyOf(who), List.copyOf(fields),
                Collections.unmodifiableSet(audience), effect, List.copyOf(ends), Collections.unmodifiableSet(notBy), says.get(), basis, within, during, guard, paper,
                section.flag("again")));
    }

    /** Actions and how often. */
    private Map<String, Integer> counts(Section section, String key, String of) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        section.entries(key, 10).forEach((name, entry) -> {
            if (!actionNames.contains(name)) {
                problems.add(entry.at(), of + ": '" + key + "' names the unknown action '" + Section.cut(name) + "'");
            } else if (entry.value() instanceof Piece.Words words && words.value().matches("[1-9][0-9]?")) {
                counts.put(name, Integer.parseInt(words.value()));
            } else {
                problems.add(entry.at(), of + ": '" + key + "': how often '" + name + "' was done is a whole number from 1 to 99");
            }
        });
        return Collections.unmodifiableMap(counts);
    }

    private Set<String> actionsOf(Section section, String key, String of) {
        Set<String> named = new LinkedHashSet<>();
        for (Piece.Words word : section.listWords(key)) {
            if (actionNames.contains(word.value())) {
                named.add(word.value());
            } else {
                problems.add(word.at(), of + ": '" + key + "' names the unknown action '" + Section.cut(word.value()) + "'");
            }
        }
        return Collections.unmodifiableSet(named);
    }

    private Set<Level> levels(Section section, String of) {
        Set<Level> levels = EnumSet.noneOf(Level.class);
        for (Piece.Words word : section.listWords("levels")) {
            constant(Level.class, word.value(), word.at(), of, "level").ifPresent(levels::add);
        }
        return Collections.unmodifiableSet(levels);
    }

    private Optional<String> clockOf(Section section, String key, String of) {
        Optional<String> named = section.findWords(key, Section.LONGEST_NAME);
        if (named.isPresent() && !clockNames.contains(named.get())) {
            problems.add(section.at(key), of + ": '" + key + "' names the unknown clock '" + Section.cut(named.get()) + "'");
        }
        return named;
    }

    private Map<String, Clock> readClocks(Section file) {
        Map<String, Clock> clocks = new LinkedHashMap<>();
        file.entries("clocks", MOST_CLOCKS).forEach((name, entry) -> {
            if (file.name(name, entry.at(), "clock")) {
                places.put("clock " + name, entry.at());
                Section.of(entry.value(), "clock '" + name + "'", problems, CLOCK_KEYS).flatMap(section -> clock(name, section))
                        .ifPresent(clock -> clocks.put(name, clock));
            }
        });
        return clocks;
    }

    private Optional<Clock> clock(String name, Section section) {
        String of = "clock '" + name + "'";
        int before = problems.count();
        Optional<Bilingual> title = section.needBilingual("title", TITLE);
        Lengths lengths = lengths(section, of);
        boolean served = section.findWords("hours", 60).filter(SERVICE::equals).isPresent();
        ServiceHours hours = served ? ServiceHours.ALWAYS : section.findWords("hours", 60).flatMap(words -> parsed(ServiceHours::parse, words, section.at("hours"), of, "hours"))
                .orElse(ServiceHours.ALWAYS);
        if (section.has("hours") && lengths.all().values().stream().noneMatch(length -> length.unit() == Limit.Unit.HOUR)) {
            problems.add(section.at("hours"), of + ": only a length in hours has 'hours'");
        }
        Optional<Relation> binds = relation(section.needWords("binds", Section.LONGEST_NAME), section.at("binds"), of);
        if (binds.filter(relation -> relation == Relation.NONE || relation == Relation.OVER || relation == Relation.PARTY).isPresent()) {
            problems.add(section.at("binds"), of + ": 'binds' must be desk, lead, helper, verifier or reporter");
        }
        if (binds.filter(relation -> relation == Relation.REPORTER).isPresent() && !section.flag("right")) {
            problems.add(section.at("binds"), of + ": nothing is owed by a reporter; a limit of theirs is a time in which they may do something: 'right: true'");
        }
        Set<String> lapses = actions(section, "lapses", of, false);
        if (!section.flag("carried")) {
            section.need("starts");
        }
        Set<String> starts = actions(section, "starts", of, true);
        Optional<String> counted = section.findWords("from", Section.LONGEST_NAME);
        boolean received = counted.filter(RECEIVED::equals).isPresent();
        if (counted.isPresent() && !(received && starts.contains(Procedure.ARRIVAL))) {
            problems.add(section.at("from"), of + ": 'from' is received, and only for a clock that starts by arrival");
        }
        Set<String> satisfies = actions(section, "satisfies", of, false);
        section.need("satisfies");
        Set<String> ends = actions(section, "ends", of, false);
        Set<String> pauses = actions(section, "pauses", of, false);
        Set<String> resumes = actions(section, "resumes", of, false);
        if (pauses.isEmpty() != resumes.isEmpty()) {
            problems.add(section.at(pauses.isEmpty() ? "resumes" : "pauses"), of + ": 'pauses' and 'resumes' come together");
        }
        Set<String> rests = actions(section, "rests", of, false);
        Set<String> wakes = actions(section, "wakes", of, false);
        if (rests.isEmpty() != wakes.isEmpty()) {
            problems.add(section.at(rests.isEmpty() ? "wakes" : "rests"), of + ": 'rests' and 'wakes' come together");
        }
        Optional<Extension> extension = section.find("extends")
                .flatMap(piece -> Section.of(piece, of + ": extends", problems, Set.of("action", "most", "times"))).flatMap(part -> {
                    part.need("most");
                    Set<String> action = actions(part, "action", of + ": extends", false);
                    part.need("action");
                    int most = part.number("most", 1, Limit.MOST, 1);
                    int times = part.number("times", 1, 20, 1);
                    return action.stream().findFirst().map(one -> new Extension(one, most, times));
                });
        Optional<Limit> warns = section.findWords("warns", 30).flatMap(words -> parsed(Limit::parse, words, section.at("warns"), of, "warns"));
        List<Basis> basis = basis(section, of);
        if (basis.isEmpty()) {
            problems.add(section.at(), of + ": 'basis' is missing: a limit has an article or a rule behind it");
        }
        return title.isEmpty() || problems.count() > before ? Optional.empty()
                : Optional.of(new Clock(name, title.get(), lengths, hours, binds.orElseThrow(), starts, satisfies, ends, pauses, resumes, rests, wakes, extension,
                        warns, section.flag("right"), section.flag("whole"), section.flag("carried"), lapses.stream().findFirst(), basis, served, received, actions(section, "corrects", of, false)));
    }

    /** One length for all levels, one for each, or one for each value of a field. */
    private Lengths lengths(Section section, String of) {
        Optional<Piece> piece = section.need("length");
        Map<String, Limit> all = new LinkedHashMap<>();
        if (piece.isEmpty()) {
            return new Lengths(Optional.empty(), all, false);
        }
        if (!(piece.get() instanceof Piece.Named named)) {
            section.findWords("length", 30).flatMap(words -> parsed(Limit::parse, words, section.at("length"), of, "length"))
                    .ifPresent(length -> LEVELS.forEach(level -> all.put(level, length)));
            return new Lengths(Optional.empty(), all, false);
        }
        Set<String> keys = new LinkedHashSet<>(named.entries().containsKey(BY) ? named.entries().keySet() : LEVELS);
        Section parts = Section.of(named, of + ": length", problems, keys).orElseThrow();
        Optional<String> by = parts.has(BY) ? parts.needWords(BY, Section.LONGEST_NAME) : Optional.empty();
        keys.remove(BY);
        boolean some = by.isPresent() && keys.remove(ELSE);
        if (some && !parts.needWords(ELSE, 30).equals(Optional.of("none"))) {
            problems.add(parts.at(ELSE), of + ": length: 'else' can only be 'none'");
        }
        for (String key : keys) {
            parts.needWords(key, 30).flatMap(words -> parsed(Limit::parse, words, parts.at(key), of, "length")).ifPresent(length -> all.put(key, length));
        }
        return new Lengths(by, Collections.unmodifiableMap(all), some);
    }

    private <T> Optional<T> parsed(java.util.function.Function<String, T> parse, String words, Piece.Place at, String of, String key) {
        try {
            return Optional.of(parse.apply(words));
        } catch (IllegalArgumentException e) {
            problems.add(at, of + ": '" + key + "': " + e.getMessage());
            return Optional.empty();
        }
    }

    private Set<String> actions(Section section, String key, String of, boolean arrival) {
        Set<String> names = new LinkedHashSet<>();
        for (Piece.Words word : section.listWords(key)) {
            if (!actionNames.contains(word.value()) && !(arrival && word.value().equals(Procedure.ARRIVAL))) {
                problems.add(word.at(), of + ": '" + key + "' names the unknown action '" + Section.cut(word.value()) + "'");
            }
            names.add(word.value());
        }
        return Collections.unmodifiableSet(names);
    }

    /** Names of states and the words that stand for many; empty for {@code nothing}. */
    private Set<String> from(Section section, String of) {
        Optional<Piece> piece = section.need("from");
        Set<String> from = new LinkedHashSet<>();
        if (piece.isEmpty()) {
            return from;
        }
        List<Piece.Words> taken;
        List<Piece.Words> except = List.of();
        if (piece.get() instanceof Piece.Named) {
            Optional<Section> parts = Section.of(piece.get(), of + ": 'from'", problems, FROM_KEYS);
            parts.orElseThrow().need("states");
            taken = parts.orElseThrow().listWords("states");
            except = parts.orElseThrow().listWords("except");
        } else {
            taken = section.listWords("from");
        }
        if (taken.size() == 1 && taken.getFirst().value().equals(NOTHING)) {
            return from;
        }
        int before = problems.count();
        taken.forEach(word -> from.addAll(meant(word, of)));
        except.forEach(word -> from.removeAll(meant(word, of)));
        if (from.isEmpty() && problems.count() == before && !taken.isEmpty()) {
            problems.add(section.at("from"), of + ": 'from' means no state of this kind");
        }
        return from;
    }

    private Set<String> meant(Piece.Words word, String of) {
        String name = word.value();
        Stream<State> meant = switch (name) {
            case OPEN -> states.values().stream().filter(state -> !state.terminal());
            case FINAL -> states.values().stream().filter(State::terminal);
            case ANY -> states.values().stream();
            default -> {
                if (name.startsWith(TURN)) {
                    Optional<Relation> turn = relation(Optional.of(name.substring(TURN.length())), word.at(), of + ": 'from'");
                    yield states.values().stream().filter(state -> turn.filter(t -> t == state.turn()).isPresent());
                }
                if (!stateNames.contains(name)) {
                    problems.add(word.at(), of + ": 'from' names the unknown state '" + Section.cut(name) + "'");
                }
                yield Stream.ofNullable(states.get(name));
            }
        };
        return new LinkedHashSet<>(meant.map(State::name).toList());
    }

    private List<Who> who(Section section, String of) {
        Optional<Piece> piece = section.need("who");
        if (piece.isEmpty()) {
            return List.of();
        }
        List<Piece> list = piece.get() instanceof Piece.Items items ? items.list() : List.of(piece.get());
        if (list.isEmpty()) {
            problems.add(piece.get().at(), of + ": 'who' is an empty list");
        }
        List<Who> who = new ArrayList<>();
        for (Piece item : list) {
            switch (item) {
                case Piece.Words words -> {
                    switch (words.value()) {
                        case "reporter" -> who.add(new Who.Reporter());
                        case "party" -> who.add(new Who.Party());
                        case "anyone" -> who.add(new Who.Anyone());
                        default -> problems.add(words.at(), of + ": unknown who '" + Section.cut(words.value())
                                + "', known are reporter, party, anyone, {role: ..., relation: ...} and {machine: ...}");
                    }
                }
                case Piece.Named named -> {
                    if (named.entries().containsKey("machine")) {
                        Section machine = Section.of(named, of + ": who", problems, Set.of("machine")).orElseThrow();
                        machine.needWords("machine", Section.LONGEST_NAME).ifPresent(name -> {
                            if (!MACHINES.contains(name)) {
                                problems.add(machine.at("machine"), of + ": unknown machine '" + Section.cut(name) + "', known are "
                                        + String.join(", ", new TreeSet<>(MACHINES)));
                            }
                            who.add(new Who.Machine(name));
                        });
                    } else {
                        posts(Section.of(named, of + ": who", problems, Set.of("role", "relation")).orElseThrow(), of, who);
                    }
                }
                case Piece.Items items -> problems.add(items.at(), of + ": who: one entry is expected, here is a list");
            }
        }
        return who;
    }

    private void posts(Section post, String of, List<Who> who) {
        post.need("role");
        Optional<Relation> relation = post.has("relation")
                ? relation(post.needWords("relation", Section.LONGEST_NAME), post.at("relation"), of + ": who") : Optional.empty();
        if (relation.filter(r -> r == Relation.REPORTER || r == Relation.PARTY || r == Relation.NONE).isPresent()) {
            problems.add(post.at("relation"), of + ": who: a post stands as desk, lead, helper, verifier or over; for the reporter write reporter, for a party party");
        }
        for (Piece.Words word : post.listWords("role")) {
            Optional<Role> role = Role.find(word.value());
            if (role.isEmpty()) {
                problems.add(word.at(), of + ": unknown role '" + Section.cut(word.value()) + "', known are "
                        + String.join(", ", Stream.of(Role.values()).map(Role::code).toList()));
            } else {
                who.add(post.has("relation") ? new Who.Post(role.get(), relation.orElse(Relation.DESK)) : new Who.AnyPost(role.get()));
            }
        }
    }

    private Set<Audience> audience(Section section, String of) {
        if (section.need("audience").isEmpty()) {
            return Set.of();
        }
        Set<Audience> audience = EnumSet.noneOf(Audience.class);
        for (Piece.Words word : section.listWords("audience")) {
            constant(Audience.class, word.value(), word.at(), of, "audience").ifPresent(audience::add);
        }
        return audience;
    }

    private List<Field> fields(Section section, String of) {
        List<Field> fields = new ArrayList<>();
        Map<Target, String> set = new EnumMap<>(Target.class);
        section.entries("fields", MOST_FIELDS).forEach((name, entry) -> {
            String ofField = of + ", field '" + name + "'";
            if (section.name(name, entry.at(), of + ", field")) {
                Section.of(entry.value(), ofField, problems, FIELD_KEYS).flatMap(field -> field(name, field, ofField)).ifPresent(field -> {
                    fields.add(field);
                    field.sets().ifPresent(target -> {
                        String first = set.putIfAbsent(target, name);
                        if (first != null) {
                            problems.add(entry.at(), ofField + ": sets '" + code(target) + "', which '" + first + "' sets already");
                        }
                    });
                });
            }
        });
        return fields;
    }

    private Optional<Field> field(String name, Section section, String of) {
        Optional<Type> type = section.needWords("type", Section.LONGEST_NAME)
                .flatMap(word -> constant(Type.class, word, section.at("type"), of, "type"));
        Optional<Bilingual> label = section.needBilingual("label", TITLE);
        Optional<Bilingual> hint = section.findBilingual("hint", HINT);
        boolean required = section.flag("required");
        Optional<Target> sets = section.findWords("sets", Section.LONGEST_NAME)
                .flatMap(word -> constant(Target.class, word, section.at("sets"), of, "target"));
        if (type.isEmpty()) {
            return Optional.empty();
        }
        int most = most(type.get());
        int max = section.number("max", 1, Math.max(most, 1), 0);
        if (section.has("max") && most == 0) {
            problems.add(section.at("max"), of + ": a field of type " + code(type.get()) + " has no 'max'");
        }
        boolean future = section.flag("future");
        if (future && type.get() != Type.TIME) {
            problems.add(section.at("future"), of + ": only a field of type time has 'future'");
        }
        Map<String, Bilingual> options = options(section, type.get(), of);
        Optional<Procedure.When> when = when(section, of);
        if (when.isPresent() && required) {
            problems.add(section.at("required_when"), of + ": a field is 'required' or has 'required_when', not both");
        }
        sets.ifPresent(target -> {
            if (type(target) != type.get()) {
                problems.add(section.at("sets"), of + ": '" + code(target) + "' is set by a field of type " + code(type(target)) + ", not "
                        + code(type.get()));
            }
        });
        return label.map(words -> new Field(name, type.get(), words, hint, required, max, Collections.unmodifiableMap(options), sets, future, when, offers(section, type.get(), of),
                units(section, type.get(), of), list(section, type.get(), of)));
    }

    /** What a field of type pick is chosen from. */
    private Optional<String> list(Section section, Type type, String of) {
        if (type == Type.PICK) {
            return section.needWords("of", Section.LONGEST_NAME);
        }
        if (section.has("of")) {
            problems.add(section.at("of"), of + ": only a field of type pick has 'of'");
        }
        return Optional.empty();
    }

    /** Of which kinds a unit may be that is chosen. */
    private Set<UnitType> units(Section section, Type type, String of) {
        if (section.has("units") && type != Type.UNIT) {
            problems.add(section.at("units"), of + ": only a field of type unit has 'units'");
        }
        Set<UnitType> units = EnumSet.noneOf(UnitType.class);
        for (Piece.Words word : section.listWords("units")) {
            constant(UnitType.class, word.value(), word.at(), of, "kind of unit").ifPresent(units::add);
        }
        return Collections.unmodifiableSet(units);
    }

    private Optional<Procedure.Source> offers(Section section, Type type, String of) {
        Map<String, Piece.Entry> entries = section.entries("offers", 1);
        if (section.has("offers") && (entries.isEmpty() || type != Type.UNIT)) {
            problems.add(section.at("offers"), of + ": 'offers' is written as {action: field}, for a field of type unit");
        }
        return entries.keySet().stream().findFirst().flatMap(action -> Section.of(section.find("offers").orElseThrow(), of + ": offers", problems,
                entries.keySet()).flatMap(part -> part.needWords(action, Section.LONGEST_NAME)).map(field -> new Procedure.Source(action, field)));
    }

    private Optional<Procedure.When> when(Section section, String of) {
        Map<String, Piece.Entry> entries = section.entries("required_when", 1);
        if (section.has("required_when") && entries.isEmpty()) {
            problems.add(section.at("required_when"), of + ": 'required_when' is written as {field: [value, ...]}");
        }
        return entries.entrySet().stream().findFirst().flatMap(entry -> Section.of(section.find("required_when").orElseThrow(), of + ": required_when",
                problems, entries.keySet()).map(part -> new Procedure.When(entry.getKey(),
                        Set.copyOf(part.listWords(entry.getKey()).stream().map(Piece.Words::value).toList()))));
    }

    private Map<String, Bilingual> options(Section section, Type type, String of) {
        Map<String, Bilingual> options = new LinkedHashMap<>();
        if (type != Type.CHOICE) {
            if (section.has("options")) {
                problems.add(section.at("options"), of + ": only a field of type choice has 'options'");
            }
            return options;
        }
        Optional<Piece> piece = section.need("options");
        if (piece.filter(p -> p instanceof Piece.Words words && words.value().equals(STATES)).isPresent()) {
            states.values().forEach(state -> options.put(state.name(), state.title()));
            return options;
        }
        section.entries("options", MOST_OPTIONS).forEach((name, entry) -> {
            if (section.name(name, entry.at(), of + ", option")) {
                section.bilingual(entry.value(), of + ", option '" + name + "'", TITLE).ifPresent(words -> options.put(name, words));
            }
        });
        if (piece.filter(p -> p instanceof Piece.Named named && named.entries().isEmpty()).isPresent()) {
            problems.add(section.at("options"), of + ": there is no option");
        }
        return options;
    }

    /** The greatest 'max' of a type; 0 when it has none. */
    private static int most(Type type) {
        return switch (type) {
            case LINE, NAME, PHONE, EMAIL, ADDRESS, DETAIL -> 200;
            case CODE -> 40;
            case TEXT -> 20_000;
            case FILES -> 20;
            case CLAUSES -> Procedure.MOST_CLAUSES;
            case NUMBER -> 999_999_999;
            case PARTIES -> Procedure.MOST_PARTIES;
            case CHOICE, BOOLEAN, DATE, TIME, DIVISION, POINT, CATEGORY, LEVEL, KIND, OUTCOME, UNIT, UNITS, MATTER, RATING, POST, IDENTITY, AMOUNT, SUM, PICK -> 0;
        };
    }

    /** What type of field can set this. */
    private static Type type(Target target) {
        return switch (target) {
            case TITLE -> Type.LINE;
            case DESCRIPTION -> Type.TEXT;
            case CATEGORY -> Type.CATEGORY;
            case LEVEL -> Type.LEVEL;
            case PLACE -> Type.DIVISION;
            case POINT -> Type.POINT;
            case LEAD, ACCUSED, DESK, HELPER -> Type.UNIT;
            case RATING -> Type.RATING;
            case HELPERS -> Type.UNITS;
            case OUTCOME -> Type.OUTCOME;
            case KIND -> Type.KIND;
            case CHANNEL -> Type.CHOICE;
            case OCCURRED_AT -> Type.TIME;
            case OTHER -> Type.MATTER;
            case ORDER -> Type.CODE;
            case AVOID -> Type.POST;
        };
    }

    private Optional<Relation> relation(Optional<String> word, Piece.Place at, String of) {
        return word.flatMap(w -> constant(Relation.class, w, at, of, "relation"));
    }

    private <E extends Enum<E>> Optional<E> constant(Class<E> type, String word, Piece.Place at, String of, String what) {
        Set<String> known = new LinkedHashSet<>();
        for (E constant : type.getEnumConstants()) {
            if (code(constant).equals(word)) {
                return Optional.of(constant);
            }
            known.add(code(constant));
        }
        problems.add(at, of + ": unknown " + what + " '" + Section.cut(word) + "', known are " + String.join(", ", known));
        return Optional.empty();
    }

    /** A constant as it stands in the files: {@code occurred-at}. */
    static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
