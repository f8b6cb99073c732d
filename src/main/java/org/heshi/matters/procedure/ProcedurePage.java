package org.heshi.matters.procedure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.heshi.calendar.Limit;
import org.heshi.directory.Role;
import org.heshi.kernel.Bilingual;

/**
 * What the page of one version of a procedure shows.
 *
 * @param actions in the order of their numbers in the diagram
 * @param newest  whether it is the version under which new matters run
 */
public record ProcedurePage(Procedure procedure, Diagram diagram, List<Row> actions, List<Edition> editions, boolean newest) {

    /** One action under its number. */
    public record Row(int number, Procedure.Action action) {
    }

    /** @param shown whether it is the one on this page */
    public record Edition(int version, Instant publishedAt, boolean shown) {
    }

    static ProcedurePage of(PublishedProcedures.Version version, List<PublishedProcedures.Version> all, Locale locale) {
        Procedure procedure = version.procedure();
        Diagram diagram = Diagram.of(procedure, locale);
        List<Row> rows = procedure.actions().values().stream().map(action -> new Row(diagram.number(action.name()), action))
                .sorted(Comparator.comparingInt(Row::number)).toList();
        List<Edition> editions = all.stream().map(v -> new Edition(v.procedure().version(), v.publishedAt(),
                v.procedure().version() == procedure.version())).toList();
        return new ProcedurePage(procedure, diagram, rows, editions, all.getFirst().procedure().version() == procedure.version());
    }

    /** The posts that may act, by how their unit stands to the matter. */
    public Map<Procedure.Relation, List<Role>> posts(Procedure.Action action) {
        Map<Procedure.Relation, List<Role>> posts = new LinkedHashMap<>();
        for (Procedure.Who who : action.who()) {
            if (who instanceof Procedure.Who.Post post) {
                posts.computeIfAbsent(post.relation(), _ -> new ArrayList<>()).add(post.role());
            }
        }
        return posts;
    }

    /** @param when for what it holds; empty for everything, and where the field that says it is asked in another kind */
    public record Length(Optional<Bilingual> when, Limit limit) {
    }

    /** One length, or one for each level or each value of the field that it goes by. */
    public List<Length> lengths(Procedure.Clock clock) {
        Optional<Limit> only = clock.lengths().only();
        if (only.isPresent()) {
            return List.of(new Length(Optional.empty(), only.get()));
        }
        Map<String, Bilingual> words = new LinkedHashMap<>(LEVELS);
        clock.lengths().by().ifPresent(field -> procedure.actions().values().stream().flatMap(action -> action.findField(field).stream())
                .forEach(f -> words.putAll(f.options())));
        return clock.lengths().all().entrySet().stream()
                .map(entry -> new Length(Optional.ofNullable(words.get(entry.getKey())), entry.getValue())).toList();
    }

    private static final Map<String, Bilingual> LEVELS = Map.of("blue", new Bilingual("蓝色", "Blue"), "yellow", new Bilingual("黄色", "Yellow"),
            "red", new Bilingual("红色", "Red"));

    /** What actions are called, one after the other. */
    public String titles(Set<String> actions, Locale locale, String arrival) {
        return actions.stream().map(name -> name.equals(Procedure.ARRIVAL) ? arrival
                : procedure.findAction(name).map(action -> action.title().in(locale)).orElse(name)).collect(Collectors.joining(" · "));
    }

    /** Title of the state, for tables. */
    public String state(String name, Locale locale) {
        return procedure.state(name).title().in(locale);
    }

    /** Whether an action starts in every state that is not final. */
    public boolean fromEveryOpenState(Procedure.Action action) {
        return action.from().size() > 2
                && procedure.states().values().stream().allMatch(state -> state.terminal() != action.from().contains(state.name()));
    }

    /** Whether an action starts in every state there is. */
    public boolean fromEveryState(Procedure.Action action) {
        return action.from().size() > 2 && action.from().equals(procedure.states().keySet());
    }
}
