package org.heshi.search.page;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Categories;
import org.heshi.directory.Category;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.Level;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Page;
import org.heshi.kernel.Refusal;
import org.heshi.matters.MatterRows;
import org.heshi.matters.MatterRows.Row;
import org.heshi.search.index.Asked;
import org.heshi.search.index.Eyes;
import org.heshi.search.index.MatterFinder;
import org.heshi.search.index.Snippet;
import org.heshi.search.page.SearchPage.Found;
import org.heshi.search.page.SearchPage.Option;
import org.heshi.search.page.SearchPage.Typed;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** Finds matters by number, words and filters. One address, by GET; nobody can be looked for by name. */
@Controller
class SearchController {

    private static final int PAGE = 20;
    private static final int SNIPPET = 120;
    /** Where words are found, in the order in which a piece of them is shown. */
    private static final List<String> SHOWN = List.of("description", "answer", "place-words");

    private final MatterFinder finder;
    private final MatterRows matters;
    private final Categories categories;
    private final Divisions divisions;

    SearchController(MatterFinder finder, MatterRows matters, Categories categories, Divisions divisions) {
        this.finder = finder;
        this.matters = matters;
        this.categories = categories;
        this.divisions = divisions;
    }

    @GetMapping("/search")
    String search(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String state, @RequestParam(defaultValue = "") String category,
            @RequestParam(defaultValue = "") String level, @RequestParam(defaultValue = "") String place,
            @RequestParam(defaultValue = "") String closed, @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to, @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "") String after, Model model) {
        Actor.Staff staff = Acting.staff();
        Typed typed = new Typed(q.strip(), kind, state, category, level, place, closed, from, to, sort);
        Optional<MatterNumber> number = MatterNumber.parse(typed.q());
        if (number.isPresent() && after.isEmpty() && matters.find(number.get()).isPresent()) {
            return "redirect:/matters/" + number.get().digits();
        }
        Optional<MatterNumber> order = after.isEmpty() ? matters.findOrder(typed.q()) : Optional.empty();
        if (order.isPresent()) {
            return "redirect:/matters/" + order.get().digits();
        }
        List<Refusal> refusals = new ArrayList<>();
        if (typed.q().codePointCount(0, typed.q().length()) > Asked.LONGEST) {
            refusals.add(Refusal.at("q", "search-too-long", Asked.LONGEST));
        }
        Asked asked = new Asked(typed.q(), kind, state, category, level, place, truth(closed), day("from", from, refusals), day("to", to, refusals),
                sort.equals("newest"));
        Page<Row> found = asked.hasWords() || asked.filters()
                ? finder.find(asked, new Eyes(staff.unit(), staff.scope()), after, PAGE, matters::rows, Row::id)
                : new Page<>(List.of(), Optional.empty());
        List<MatterRows.Kind> kinds = matters.kinds();
        model.addAttribute("page", new SearchPage(typed, kinds.stream().map(k -> new Option(k.code(), k.title())).toList(), states(kinds, kind),
                categories(category), places(staff), asked.hasWords() || asked.filters(),
                found.rows().stream().map(row -> found(row, asked.words())).toList(), finder.rebuilding(),
                found.next().map(key -> address(typed, key)).orElse(""), after.isEmpty() ? "" : address(typed, ""), refusals));
        return "search/page/page";
    }

    private static Found found(Row row, String words) {
        Snippet best = Snippet.of("", words, SNIPPET);
        for (String field : SHOWN) {
            Snippet snippet = Snippet.of(row.words().getOrDefault(field, ""), words, SNIPPET);
            if (snippet.found() || best.parts().isEmpty()) {
                best = snippet;
            }
            if (best.found()) {
                break;
            }
        }
        return new Found(row, Snippet.whole(row.title(), words), best);
    }

    /** One choice for each state, whatever the kinds; of one kind when it was chosen. */
    private static List<Option> states(List<MatterRows.Kind> kinds, String kind) {
        Map<String, Set<Bilingual>> titles = new LinkedHashMap<>();
        kinds.stream().filter(k -> kind.isEmpty() || k.code().equals(kind))
                .forEach(k -> k.states().forEach((code, title) -> titles.computeIfAbsent(code, _ -> new LinkedHashSet<>()).add(title)));
        return titles.entrySet().stream().map(state -> new Option(state.getKey(), new Bilingual(
                state.getValue().stream().map(Bilingual::zh).distinct().collect(Collectors.joining(" / ")),
                state.getValue().stream().map(Bilingual::en).distinct().collect(Collectors.joining(" / "))))).toList();
    }

    /** The first level, and the way down to the one chosen with what lies right below it. */
    private List<Option> categories(String chosen) {
        List<Option> options = new ArrayList<>();
        for (Category top : categories.children("")) {
            options.add(new Option(top.code(), new Bilingual(top.name(), top.nameEn())));
            for (int length = 2; chosen.startsWith(top.code()) && length <= chosen.length(); length += 2) {
                for (Category below : categories.children(chosen.substring(0, length))) {
                    options.add(new Option(below.code(), new Bilingual(categories.path(below.code(), Locale.SIMPLIFIED_CHINESE),
                            categories.path(below.code(), Locale.ENGLISH))));
                }
            }
        }
        return options;
    }

    /** The towns or villages right below what a centre watches; nobody else has places to choose from. */
    private List<Option> places(Actor.Staff staff) {
        if (staff.scope().isEmpty() || staff.scope().length() > Level.TOWN.digits()) {
            return List.of();
        }
        return divisions.children(staff.scope()).stream().map((Division d) -> new Option(d.code(), new Bilingual(d.name(), d.name()))).toList();
    }

    private static Optional<Boolean> truth(String closed) {
        return switch (closed) {
            case "yes" -> Optional.of(true);
            case "no" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<LocalDate> day(String field, String typed, List<Refusal> refusals) {
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.parse(typed);
            if (day.getYear() >= 1900 && day.getYear() <= 2200) {
                return Optional.of(day);
            }
            refusals.add(Refusal.at(field, "search-date"));
        } catch (DateTimeParseException e) {
            refusals.add(Refusal.at(field, "search-date"));
        }
        return Optional.empty();
    }

    private static String address(Typed typed, String after) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("q", typed.q());
        values.put("kind", typed.kind());
        values.put("state", typed.state());
        values.put("category", typed.category());
        values.put("level", typed.level());
        values.put("place", typed.place());
        values.put("closed", typed.closed());
        values.put("from", typed.from());
        values.put("to", typed.to());
        values.put("sort", typed.sort());
        values.put("after", after);
        values.values().removeIf(String::isEmpty);
        UriComponentsBuilder address = UriComponentsBuilder.fromPath("/search");
        values.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
        return address.encode().buildAndExpand(values).toUriString();
    }
}
