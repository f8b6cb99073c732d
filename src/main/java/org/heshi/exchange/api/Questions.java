package org.heshi.exchange.api;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
import org.heshi.access.AccessTable;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.ClientPosts;
import org.heshi.directory.Categories;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Page;
import org.heshi.matters.Cursors;
import org.heshi.matters.MatterRows;
import org.heshi.search.MatterSearch;
import org.heshi.statistics.By;
import org.heshi.statistics.Figures;
import org.heshi.statistics.Measures;
import org.heshi.statistics.Only;
import org.heshi.statistics.Question;
import org.heshi.statistics.Whose;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** What programs may ask, however they ask it. Whatever is not public is asked in the post that the program was given. */
@Component
@ConditionalOnWebApplication
public class Questions {

    private static final int USUAL = 50;
    private static final int MOST = 200;
    private static final List<String> LEVELS = List.of("blue", "yellow", "red");
    private static final int LONGEST_TEXT = 200;
    private static final int MOST_DAYS = 1_100;
    private static final int MOST_DAYS_CROSSED = 100;

    private final ClientPosts posts;
    private final MatterSearch search;
    private final Figures figures;
    private final Directory directory;
    private final Categories categories;
    private final Divisions divisions;
    private final Cursors cursors;
    /** Whoever is let in to the dashboards may ask here. */
    private static final String FIGURES = "/figures";
    private final AccessTable table = AccessTable.shipped();

    Questions(ClientPosts posts, MatterSearch search, Figures figures, Directory directory, Categories categories, Divisions divisions, Cursors cursors) {
        this.posts = posts;
        this.search = search;
        this.figures = figures;
        this.directory = directory;
        this.categories = categories;
        this.divisions = divisions;
        this.cursors = cursors;
    }

    // ---- what is answered

    /** @param title null when it was erased */
    public record FoundMatter(String number, Bilingual kind, Bilingual state, boolean closed, String level, String place, @Nullable String lead, Instant reportedAt,
            @Nullable String title, @Nullable Instant due) {
    }

    /** @param next cursor of the next page; null on the last one */
    public record FoundMatters(List<FoundMatter> matters, @Nullable String next) {
    }

    /** Seconds at the half and at nine tenths of those that are counted; null when none is. */
    public record Times(long count, @Nullable Long median, @Nullable Long p90) {
    }

    public record Counts(long received, long closed, long reopened, long open, long late, Times toAcceptance, Times toClosing, long chargedSeconds, long ratings, long stars,
            long satisfied, long fair, long unsatisfied, long resolved, long partly, long unresolved) {
    }

    public record FigureRow(List<String> keys, Counts counts) {
    }

    /** @param asOf when the newest entry was made that is counted */
    public record FiguresAnswer(@Nullable String place, @Nullable UUID unit, LocalDate from, LocalDate to, List<String> by, List<FigureRow> rows, Counts total, @Nullable Instant asOf) {
    }

    public record UnitEntry(UUID id, String type, String name, String division, @Nullable UUID parent) {
    }

    public record Units(List<UnitEntry> units, @Nullable String next) {
    }

    public record CategoryEntry(String code, Bilingual name, @Nullable String parent) {
    }

    public record CategoryList(List<CategoryEntry> categories) {
    }

    public record DivisionEntry(String code, String name, String level) {
    }

    /** @param edition counts the changes of the register of places */
    public record DivisionList(long edition, List<DivisionEntry> divisions, @Nullable String next) {
    }

    /** @param to the first day on which it stood so no longer; null: it still does */
    public record StandingEntry(String code, String name, LocalDate from, @Nullable LocalDate to) {
    }

    /** @param current null when no place stands under this code today */
    public record DivisionDetail(long edition, String code, @Nullable DivisionEntry current, @Nullable String fullName, List<StandingEntry> standings) {
    }

    // ---- what is asked

    public FoundMatters search(Actor.Client client, Map<String, String> asked) {
        String words = text(asked, "q", LONGEST_TEXT);
        MatterSearch.Query query = new MatterSearch.Query(words, text(asked, "kind", 40), text(asked, "state", 40), code(asked, "category"), level(asked), code(asked, "place"), truth(asked),
                day(asked, "from"), day(asked, "to"), choice(asked, "sort", List.of("relevance", "newest")).equals("newest"));
        String list = "search " + query;
        String after = cursor(list, client, asked);
        int size = limit(asked);
        Actor.Staff staff = post(client);
        Page<MatterRows.Row> page = Acting.as(staff, () -> search.find(query, after, size));
        return new FoundMatters(page.rows().stream().map(Questions::found).toList(), next(list, client, page.next()));
    }

    private static FoundMatter found(MatterRows.Row row) {
        return new FoundMatter(row.number().digits(), row.kind(), row.state(), row.closed(), LEVELS.get(row.level()), row.place(), row.lead().orElse(null), row.recordedAt(),
                row.title().isEmpty() ? null : row.title(), row.dueAt().map(due -> due.minusSeconds(1)).orElse(null));
    }

    public FiguresAnswer figures(Actor.Client client, Map<String, String> asked) {
        LocalDate from = day(asked, "from").orElseThrow(() -> NotSo.bad("from", "from, a day, is needed"));
        LocalDate to = day(asked, "to").orElseThrow(() -> NotSo.bad("to", "to, a day, is needed"));
        String place = code(asked, "place");
        Optional<UUID> unit = id(asked, "unit");
        if (place.isEmpty() == unit.isEmpty()) {
            throw NotSo.bad("place", "place or unit is needed, one of them");
        }
        List<By> by = new ArrayList<>();
        for (String one : text(asked, "by", LONGEST_TEXT).split(",")) {
            if (!one.isBlank()) {
                try {
                    by.add(By.of(one.strip()));
                } catch (NoSuchElementException _) {
                    throw NotSo.bad("by", "nothing is counted by that");
                }
            }
        }
        if (ChronoUnit.DAYS.between(from, to) > (by.contains(By.DAY) && by.size() > 1 ? MOST_DAYS_CROSSED : MOST_DAYS)) {
            throw NotSo.bad("to", "at most three years are asked for at once, and by day and something else a hundred days");
        }
        OptionalInt level = level(asked).isEmpty() ? OptionalInt.empty() : OptionalInt.of(LEVELS.indexOf(level(asked)));
        Only only = new Only(some(text(asked, "kind", 40)), some(code(asked, "category")), some(text(asked, "channel", 40)), level, some(text(asked, "outcome", 40)), id(asked, "lead"));
        Question.Cut cut = choice(asked, "cut", List.of("today", "then")).equals("then") ? Question.Cut.THEN : Question.Cut.TODAY;
        Actor.Staff staff = post(client);
        try {
            Whose whose = unit.<Whose>map(Whose.Unit::new).orElseGet(() -> new Whose.Place(place));
            Question question = new Question(whose, from, to, only, by, cut);
            if (table.page("GET", FIGURES).filter(who -> staff.held().roles().stream().anyMatch(role -> who.contains(role.code()))).isEmpty()) {
                throw new NotSo(HttpStatus.FORBIDDEN, "role", "the program's post is not let in to figures");
            }
            Figures.Answer answer = Acting.as(staff, () -> figures.ask(question));
            return new FiguresAnswer(place.isEmpty() ? null : place, unit.orElse(null), from, to, by.stream().map(By::code).toList(),
                    answer.rows().stream().map(row -> new FigureRow(row.keys(), counts(row.measures()))).toList(), counts(answer.total()), answer.asOf().orElse(null));
        } catch (IllegalArgumentException _) {
            throw NotSo.bad("question", "figures cannot be asked for so: at most three things that go together, from a day to a later one");
        } catch (AccessDeniedException _) {
            throw new NotSo(HttpStatus.FORBIDDEN, "place", "the program's post does not watch that place or unit");
        }
    }

    private static Counts counts(Measures m) {
        return new Counts(m.received(), m.closed(), m.reopened(), m.open(), m.late(),
                new Times(m.toAcceptance().n(), seconds(m.toAcceptance().median()), seconds(m.toAcceptance().p90())),
                new Times(m.toClosing().n(), seconds(m.toClosing().median()), seconds(m.toClosing().p90())), m.chargedMillis() / 1000, m.ratings(), m.stars(),
                m.satisfied(), m.fair(), m.unsatisfied(), m.resolved(), m.partly(), m.unresolved());
    }

    private static @Nullable Long seconds(Optional<Duration> time) {
        return time.map(Duration::toSeconds).orElse(null);
    }

    public Units units(Actor.Client client, Map<String, String> asked) {
        String within = code(asked, "within");
        String typed = text(asked, "q", 60);
        int size = limit(asked);
        if (!typed.isEmpty()) {
            return new Units(directory.searchUnits(typed, within, size).stream().map(Questions::unit).toList(), null);
        }
        String list = "units " + within;
        String[] after = cursor(list, client, asked).split("\\|", 2);
        Page<Unit> page = Page.cut(directory.unitsWithin(within, after[0], after.length > 1 ? after[1] : "", size + 1), size, last -> last.division() + "|" + last.name());
        return new Units(page.rows().stream().map(Questions::unit).toList(), next(list, client, page.next()));
    }

    private static UnitEntry unit(Unit unit) {
        return new UnitEntry(unit.id(), unit.type().code(), unit.name(), unit.division(), unit.parent().orElse(null));
    }

    public CategoryList categories() {
        return new CategoryList(categories.all().stream().map(one -> new CategoryEntry(one.code(), new Bilingual(one.name(), one.nameEn()),
                one.code().length() == 2 ? null : one.code().substring(0, one.code().length() - 2))).toList());
    }

    public DivisionList divisions(Actor.Client client, Map<String, String> asked) {
        String within = code(asked, "within");
        String typed = text(asked, "q", 60);
        int size = limit(asked);
        long edition = divisions.edition();
        if (!typed.isEmpty()) {
            return new DivisionList(edition, divisions.search(typed, within, size).stream().map(Questions::division).toList(), null);
        }
        String list = "divisions " + within;
        String after = cursor(list, client, asked);
        Stream<Division> below = divisions.children(within).stream().sorted(Comparator.comparing(Division::code)).filter(one -> one.code().compareTo(after) > 0);
        Page<Division> page = Page.cut(below.limit(size + 1L).toList(), size, Division::code);
        return new DivisionList(edition, page.rows().stream().map(Questions::division).toList(), next(list, client, page.next()));
    }

    public DivisionDetail division(String code) {
        List<StandingEntry> standings = code.matches("[0-9]{2,17}")
                ? divisions.standings(code).stream().map(one -> new StandingEntry(one.code(), one.name(), one.from(), one.to().orElse(null))).toList() : List.of();
        if (standings.isEmpty()) {
            throw new NotSo(HttpStatus.NOT_FOUND, "unknown", "there is nothing here for this program");
        }
        Optional<Division> current = divisions.find(code);
        return new DivisionDetail(divisions.edition(), code, current.map(Questions::division).orElse(null), current.map(one -> divisions.fullName(one.code())).orElse(null), standings);
    }

    private static DivisionEntry division(Division one) {
        return new DivisionEntry(one.code(), one.name(), one.level().name());
    }

    // ---- how it was typed

    private Actor.Staff post(Actor.Client client) {
        return posts.post(client).map(Actor.Staff::new).orElseThrow(() -> new NotSo(HttpStatus.FORBIDDEN, "no-post", "this program was given no post in its unit"));
    }

    private String cursor(String list, Actor.Client client, Map<String, String> asked) {
        String given = asked.getOrDefault("cursor", "");
        return given.isEmpty() ? "" : cursors.open(list, client.client(), given).orElseThrow(() -> NotSo.bad("cursor", "this is no cursor of this list"));
    }

    private @Nullable String next(String list, Actor.Client client, Optional<String> place) {
        return place.map(key -> cursors.seal(list, client.client(), key)).orElse(null);
    }

    private static int limit(Map<String, String> asked) {
        String given = asked.getOrDefault("limit", "");
        if (given.isEmpty()) {
            return USUAL;
        }
        if (!given.matches("[1-9][0-9]{0,2}") || Integer.parseInt(given) > MOST) {
            throw NotSo.bad("limit", "limit is 1 to " + MOST);
        }
        return Integer.parseInt(given);
    }

    private static String text(Map<String, String> asked, String name, int most) {
        String given = asked.getOrDefault(name, "").strip();
        if (given.codePointCount(0, given.length()) > most) {
            throw NotSo.bad(name, name + " is too long");
        }
        return given;
    }

    private static Optional<String> some(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String code(Map<String, String> asked, String name) {
        String given = asked.getOrDefault(name, "");
        if (!given.matches("[0-9]{0,17}") || given.length() == 1) {
            throw NotSo.bad(name, name + " is a code of digits");
        }
        return given;
    }

    private static Optional<UUID> id(Map<String, String> asked, String name) {
        String given = asked.getOrDefault(name, "");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(org.heshi.kernel.Ids.find(given).orElseThrow(() -> NotSo.bad(name, name + " is the id of a unit")));
    }

    private static String level(Map<String, String> asked) {
        return choice(asked, "level", LEVELS);
    }

    private static String choice(Map<String, String> asked, String name, List<String> choices) {
        String given = asked.getOrDefault(name, "");
        if (!given.isEmpty() && !choices.contains(given)) {
            throw NotSo.bad(name, name + " is one of " + String.join(", ", choices));
        }
        return given;
    }

    private static Optional<Boolean> truth(Map<String, String> asked) {
        String given = choice(asked, "closed", List.of("true", "false"));
        return given.isEmpty() ? Optional.empty() : Optional.of(given.equals("true"));
    }

    private static Optional<LocalDate> day(Map<String, String> asked, String name) {
        String given = asked.getOrDefault(name, "");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.parse(given);
            if (day.getYear() >= 1900 && day.getYear() <= 2200) {
                return Optional.of(day);
            }
        } catch (DateTimeParseException _) {
            // said below
        }
        throw NotSo.bad(name, name + " is a day, 2026-01-31");
    }
}
