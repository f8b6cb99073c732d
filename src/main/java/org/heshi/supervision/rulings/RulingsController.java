package org.heshi.supervision.rulings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Looks;
import org.heshi.directory.Categories;
import org.heshi.directory.Directory;
import org.heshi.directory.DispatchRules;
import org.heshi.directory.DispatchRules.Keeping;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.Flash;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Page;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Entries;
import org.heshi.matters.Entries.Entry;
import org.heshi.matters.MatterRows;
import org.heshi.matters.MatterRows.Row;
import org.heshi.supervision.register.Marks;
import org.heshi.supervision.register.Marks.Line;
import org.heshi.supervision.watch.Tabs;
import org.heshi.supervision.watch.Watched;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Rulings of a place: who had to lead after units had sent a matter back; and the rules that were kept from them. */
@Controller
class RulingsController {

    private static final int PAGE = 30;
    private static final String RULED = "ruled";

    private final Marks marks;
    private final MatterRows matters;
    private final Entries entries;
    private final DispatchRules rules;
    private final Directory directory;
    private final Categories categories;
    private final Divisions divisions;
    private final Looks looks;

    RulingsController(Marks marks, MatterRows matters, Entries entries, DispatchRules rules, Directory directory, Categories categories,
            Divisions divisions, Looks looks) {
        this.marks = marks;
        this.matters = matters;
        this.entries = entries;
        this.rules = rules;
        this.directory = directory;
        this.categories = categories;
        this.divisions = divisions;
        this.looks = looks;
    }

    @GetMapping("/supervision/rulings")
    String list(@RequestParam(defaultValue = "") String after, Model model) {
        Page<Line> found = marks.all(Watched.place(), RULED, false, after, PAGE);
        Map<UUID, Row> rows = matters.rows(found.rows().stream().map(Line::matter).distinct().toList()).stream()
                .collect(Collectors.toMap(Row::id, Function.identity()));
        Map<UUID, Unit> units = directory.units(found.rows().stream().flatMap(line -> Stream.concat(line.unit().stream(), line.byUnit().stream())).distinct().toList());
        model.addAttribute("tabs", Tabs.of("rulings"));
        model.addAttribute("rulings", found.rows().stream().filter(line -> rows.containsKey(line.matter())).map(line -> new RulingLine(line,
                rows.get(line.matter()), line.unit().map(units::get).map(Unit::name).orElse("—"), line.byUnit().map(units::get).map(Unit::name).orElse("—"),
                rules.keptAs(rows.get(line.matter()).number(), line.seq()))).toList());
        model.addAttribute("next", found.next().map(key -> "/supervision/rulings?after=" + key).orElse(""));
        model.addAttribute("first", after.isEmpty() ? "" : "/supervision/rulings");
        return "supervision/rulings/list";
    }

    @GetMapping("/supervision/rulings/{number}/{seq}")
    ModelAndView ruling(@PathVariable String number, @PathVariable int seq, Locale locale) {
        return shown(HttpStatus.OK, number, seq, List.of(), "", "", locale);
    }

    @PostMapping("/supervision/rulings/{number}/{seq}")
    ModelAndView keep(@PathVariable String number, @PathVariable int seq, @RequestParam(defaultValue = "") String category,
            @RequestParam(defaultValue = "") String place, Locale locale, RedirectAttributes redirect) {
        Watched.centre();
        Actor.Staff staff = Acting.staffWith(Role.DISPATCHER, Role.HEAD);
        Found found = found(number, seq);
        List<Refusal> refusals = new ArrayList<>();
        // a rule is read by everybody inside
        if (matters.keptFromSome(found.matter().id())) {
            refusals.add(Refusal.of("supervision-kept-from-some"));
        }
        // what may be kept is what the ruling was about: its category or one above, its place or one above within theirs
        if (found.categories().stream().noneMatch(category::equals)) {
            refusals.add(Refusal.at("category", "supervision-choose"));
        }
        if (places(found.line()).stream().noneMatch(one -> one.code().equals(place))) {
            refusals.add(Refusal.at("place", "supervision-choose"));
        }
        if (refusals.isEmpty()) {
            switch (rules.keep(staff.held(), category, place, found.line().unit().orElseThrow(), found.line().helpers(),
                    new DispatchRules.Source(found.line().paper(), found.matter().number(), seq))) {
                case Keeping.Done(UUID rule) -> {
                    redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("supervision.rule.kept"));
                    return new ModelAndView("redirect:/supervision/rules/" + rule);
                }
                case Keeping.Refused(List<Refusal> why) -> refusals.addAll(why);
            }
        }
        return shown(HttpStatus.UNPROCESSABLE_CONTENT, number, seq, refusals, category, place, locale);
    }

    @GetMapping("/supervision/rules")
    String rules(@RequestParam(defaultValue = "") String after, Locale locale, Model model) {
        Page<DispatchRules.Rule> found = rules.fromRulings(Watched.place().division(), after, PAGE, locale);
        model.addAttribute("tabs", Tabs.of("rulings"));
        model.addAttribute("rules", found.rows());
        model.addAttribute("next", found.next().map(key -> "/supervision/rules?after=" + key).orElse(""));
        model.addAttribute("first", after.isEmpty() ? "" : "/supervision/rules");
        return "supervision/rulings/rules";
    }

    @GetMapping("/supervision/rules/{id}")
    String rule(@PathVariable UUID id, Locale locale, Model model) {
        DispatchRules.Rule rule = rules.get(id, Watched.place().division(), locale);
        model.addAttribute("rule", rule);
        // the matter that it came from is named only to who may see it
        model.addAttribute("source", rule.source().filter(from -> matters.find(from.matter()).isPresent())
                .map(from -> "/supervision/rulings/" + from.matter().digits() + "/" + from.seq()).orElse(""));
        model.addAttribute("history", rules.history(id));
        return "supervision/rulings/rule";
    }

    private record Found(Row matter, Line line, Entry entry, List<String> categories) {
    }

    /** @throws NoSuchElementException when there is no such ruling in the place that who looks watches, or they may not read it */
    private Found found(String number, int seq) {
        Watched.place();
        UUID id = MatterNumber.parse(number).flatMap(matters::find).orElseThrow(() -> new NoSuchElementException("no matter " + number));
        Line line = marks.find(id, seq, RULED).filter(found -> found.unit().isPresent()).orElseThrow(() -> new NoSuchElementException("no such ruling"));
        Entry entry = entries.of(id).stream().filter(one -> one.seq() == seq).findFirst().orElseThrow(() -> new NoSuchElementException("no such entry"));
        String category = line.category().orElse("");
        return new Found(matters.rows(List.of(id)).getFirst(), line, entry, Stream.of(6, 4, 2).filter(n -> n <= category.length())
                .map(n -> category.substring(0, n)).toList());
    }

    /** The place of the matter and those above it, as far as they lie within the place that is watched. */
    private List<Division> places(Line line) {
        String watched = Watched.place().division();
        return divisions.find(line.division()).isEmpty() ? List.of() : divisions.path(line.division()).stream().filter(place -> place.code().startsWith(watched)).toList();
    }

    private ModelAndView shown(HttpStatus status, String number, int seq, List<Refusal> refusals, String category, String place, Locale locale) {
        Found found = found(number, seq);
        looks.record(found.matter().id());
        Actor.Staff staff = Acting.staff();
        boolean mayKeep = staff.held().unitType() == UnitType.CENTRE && (staff.has(Role.DISPATCHER) || staff.has(Role.HEAD))
                && !matters.keptFromSome(found.matter().id());
        Map<UUID, Unit> units = directory.units(Stream.concat(found.line().unit().stream(), found.line().helpers().stream()).toList());
        List<Division> places = places(found.line());
        ModelAndView shown = new ModelAndView("supervision/rulings/ruling", Map.of("ruling", new RulingPage(found.line(), found.matter(), found.entry(),
                found.line().unit().map(units::get).map(Unit::name).orElse(""), found.line().helpers().stream().map(units::get).map(Unit::name).toList(),
                found.categories().stream().map(code -> new RulingPage.Choose(code, categories.path(code, locale))).toList(),
                places.reversed().stream().map(one -> new RulingPage.Choose(one.code(), one.name())).toList(),
                category.isEmpty() && !found.categories().isEmpty() ? found.categories().getFirst() : category,
                place.isEmpty() && !places.isEmpty() ? places.getFirst().code() : place, mayKeep && !found.categories().isEmpty() && !places.isEmpty(),
                rules.keptAs(found.matter().number(), seq)), "refusals", refusals));
        shown.setStatus(status);
        return shown;
    }
}
