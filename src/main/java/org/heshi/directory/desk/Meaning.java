package org.heshi.directory.desk;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.heshi.directory.Categories;
import org.heshi.directory.Category;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Person;
import org.heshi.directory.Unit;
import org.heshi.directory.names.Prefixes;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What an administrator meant by the words in a field: a place, a unit, a category or a person of their own ground, by code, by name or,
 * when a name is borne by several, by the one that was picked.
 */
@Component
public class Meaning {

    private static final int OFFERED = 8;

    private final Divisions divisions;
    private final Directory directory;
    private final Categories categories;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    Meaning(Divisions divisions, Directory directory, Categories categories, JdbcClient jdbc, InstantSource clock) {
        this.divisions = divisions;
        this.directory = directory;
        this.categories = categories;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public Found<Division> place(HeldPost by, String field, String typed, String picked) {
        return meant(field, typed, picked, code -> divisions.find(code).filter(d -> Ground.covers(by, d.code())),
                text -> text.chars().allMatch(Character::isDigit)
                        ? divisions.find(text).filter(d -> Ground.covers(by, d.code())).map(List::of).orElse(List.of())
                        : divisions.search(text, by.division(), OFFERED),
                Division::name, place -> new Candidate(place.code(), divisions.fullName(place.code()), place.code()));
    }

    public Found<Unit> unit(HeldPost by, String field, String typed, String picked) {
        return meant(field, typed, picked, id -> uuid(id).flatMap(this::currentUnit).filter(u -> Ground.covers(by, u.division())),
                text -> directory.searchUnits(text, by.division(), OFFERED), Unit::name, this::candidate);
    }

    /** A unit of the administrator's ground or of a place that it lies in: who receives complaints may stand above. */
    public Found<Unit> unitHereOrAbove(HeldPost by, String field, String typed, String picked) {
        List<String> above = List.of(Prefixes.ofDivision(by.division()));
        return meant(field, typed, picked,
                id -> uuid(id).flatMap(this::currentUnit).filter(u -> Ground.covers(by, u.division()) || above.contains(u.division())),
                text -> directory.searchUnits(text, by.division().substring(0, Math.min(2, by.division().length())), OFFERED).stream()
                        .filter(u -> Ground.covers(by, u.division()) || above.contains(u.division())).toList(),
                Unit::name, this::candidate);
    }

    /** A person who holds or held a post on the administrator's ground. Inside a transaction. */
    public Found<Person> person(HeldPost by, String field, String typed, String picked) {
        return meant(field, typed, picked, id -> uuid(id).flatMap(person -> peopleOf(by, "p.id = ?", person).stream().findFirst()),
                text -> peopleOf(by, "p.name = ?", text), Person::name, this::candidate);
    }

    public Found<Category> category(String field, String typed, String picked) {
        return meant(field, typed, picked, this::currentCategory,
                text -> text.chars().allMatch(Character::isDigit) ? currentCategory(text).map(List::of).orElse(List.of())
                        : text.contains("/") ? categories.findPath(List.of(text.split("/"))).map(List::of).orElse(List.of())
                        : categories.search(text, OFFERED),
                Category::name, category -> new Candidate(category.code(), categories.path(category.code(), java.util.Locale.CHINA), category.code()));
    }

    private Candidate candidate(Person person) {
        String posts = String.join("；", directory.heldPosts(person.id(), clock.instant()).stream().map(h -> h.unitName() + " " + h.title()).toList());
        return new Candidate(person.id().toString(), person.name(), posts);
    }

    private Candidate candidate(Unit unit) {
        return new Candidate(unit.id().toString(), unit.name(), divisions.find(unit.division()).isPresent() ? divisions.fullName(unit.division()) : unit.division());
    }

    private Optional<Category> currentCategory(String code) {
        return categories.find(code).filter(category -> categories.children(code.substring(0, code.length() - 2)).contains(category));
    }

    private Optional<Unit> currentUnit(UUID id) {
        return jdbc.sql("select 1 from directory.unit where id = ? and ended_at is null").param(id).query(Integer.class).optional()
                .flatMap(_ -> directory.findUnit(id));
    }

    private List<Person> peopleOf(HeldPost by, String condition, Object value) {
        List<UUID> ids = jdbc.sql("select p.id from directory.person p where " + condition + """
                 and (exists (select from directory.holding h join directory.post o on o.id = h.post join directory.unit u on u.id = o.unit
                               where h.person = p.id and starts_with(u.division_code, ?))
                      or not exists (select from directory.holding h where h.person = p.id))
                order by p.id limit\s""" + OFFERED)
                .param(value).param(by.division()).query(UUID.class).list();
        return List.copyOf(directory.people(ids).values());
    }

    private static Optional<UUID> uuid(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}") ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    private static <T> Found<T> meant(String field, String typed, String picked, Function<String, Optional<T>> byId,
            Function<String, List<T>> byWords, Function<T, String> name, Function<T, Candidate> candidate) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return new Found.Nothing<>();
        }
        if (!picked.isBlank()) {
            Optional<T> chosen = byId.apply(picked.strip()).filter(value -> candidateOf(text, value, name, byWords));
            if (chosen.isPresent()) {
                return new Found.One<>(chosen.get());
            }
        }
        List<T> all = byWords.apply(text);
        List<T> exact = all.stream().filter(value -> name.apply(value).equals(text)).toList();
        if (exact.size() == 1 || exact.isEmpty() && all.size() == 1) {
            return new Found.One<>((exact.isEmpty() ? all : exact).getFirst());
        }
        if (all.isEmpty()) {
            return new Found.Unclear<>(Refusal.at(field, "directory-not-found", text), List.of());
        }
        return new Found.Unclear<>(Refusal.at(field, "directory-several", all.size()), (exact.isEmpty() ? all : exact).stream().map(candidate).toList());
    }

    /** What was picked belongs to what is typed now: words changed afterwards win over an old pick. */
    private static <T> boolean candidateOf(String text, T value, Function<T, String> name, Function<String, List<T>> byWords) {
        return name.apply(value).equals(text) || byWords.apply(text).contains(value);
    }
}
