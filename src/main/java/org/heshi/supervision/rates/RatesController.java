package org.heshi.supervision.rates;

import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Categories;
import org.heshi.directory.Directory;
import org.heshi.directory.Person;
import org.heshi.directory.Role;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Page;
import org.heshi.kernel.Refusal;
import org.heshi.matters.MatterRows;
import org.heshi.supervision.rates.Figures.Counted;
import org.heshi.statistics.Question.Cut;
import org.heshi.supervision.watch.Tabs;
import org.heshi.supervision.watch.Watched;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The three rates with their formulas, and what is left out of them. */
@Controller
class RatesController {

    private static final int MONTHS = 6;
    private static final int MOST_MONTHS = 36;
    private static final int PAGE = 30;
    private static final List<String> CHANNELS = List.of("web", "window", "phone", "hotline-12345", "grid", "letter", "agency", "court", "sensor", "import");

    private final Figures figures;
    private final Exclusions exclusions;
    private final RatesSettings settings;
    private final MatterRows matters;
    private final Directory directory;
    private final Divisions divisions;
    private final Categories categories;
    private final MessageSource messages;
    private final InstantSource clock;

    RatesController(Figures figures, Exclusions exclusions, RatesSettings settings, MatterRows matters, Directory directory, Divisions divisions,
            Categories categories, MessageSource messages, InstantSource clock) {
        this.figures = figures;
        this.exclusions = exclusions;
        this.settings = settings;
        this.matters = matters;
        this.directory = directory;
        this.divisions = divisions;
        this.categories = categories;
        this.messages = messages;
        this.clock = clock;
    }

    @GetMapping("/supervision/rates")
    String rates(@RequestParam(defaultValue = "month") String by, @RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String cut, @RequestParam(defaultValue = "") String place, Locale locale, Model model) {
        Watched mine = Watched.mine();
        List<String> once = once(mine);
        if (!place.isEmpty() && !once.contains(place)) {
            throw new NoSuchElementException("no place that went into the one that this post watches");
        }
        Watched watched = place.isEmpty() ? mine : new Watched.Place(place);
        // a place that stands no more was there only then
        Cut asOf = cut.equals("then") || !place.isEmpty() ? Cut.THEN : Cut.TODAY;
        By asked = By.of(by);
        YearMonth now = YearMonth.from(CivilTime.dateOf(clock.instant()));
        YearMonth last = CivilTime.month(to).filter(month -> !month.isAfter(now) && month.getYear() >= 2004).orElse(now);
        YearMonth first = CivilTime.month(from).filter(month -> !month.isAfter(last)).orElse(last.minusMonths(MONTHS - 1));
        if (first.plusMonths(MOST_MONTHS).isBefore(last)) {
            first = last.minusMonths(MOST_MONTHS - 1);
        }
        Map<String, MatterRows.Kind> kinds = new LinkedHashMap<>();
        matters.kinds().forEach(kind -> kinds.put(kind.code(), kind));
        List<String> leaveOut = Stream.concat(settings.leaveOut().stream(), kinds.values().stream().filter(MatterRows.Kind::internal).map(MatterRows.Kind::code))
                .distinct().toList();
        List<Counted> counted = figures.count(watched, asOf, asked, CivilTime.startOf(first.atDay(1)), CivilTime.startOf(last.plusMonths(1).atDay(1)), leaveOut);
        Map<String, String> names = names(asked, counted, kinds, locale);
        List<RatesPage.Line> lines = counted.stream().limit(counted.size() - 1L).map(one -> line(one, names.getOrDefault(one.key(), one.key()))).toList();
        model.addAttribute("tabs", Tabs.of("rates"));
        model.addAttribute("page", new RatesPage(asked, first.toString(), last.toString(), asked == By.MONTH ? lines.reversed() : lines,
                line(counted.getLast(), ""), settings, leaveOut.stream().map(kind -> kinds.containsKey(kind) ? kinds.get(kind).title().in(locale) : kind).toList(),
                asOf == Cut.THEN, places(mine, once), place));
        model.addAttribute("place", watched instanceof Watched.Place);
        return "supervision/rates/page";
    }

    /** Places of the same level that went into the one that is watched. */
    private List<String> once(Watched watched) {
        return watched instanceof Watched.Place(String code) ? divisions.once(code).stream().filter(one -> one.length() == code.length()).toList() : List.of();
    }

    /** The place itself and those that went into it, to choose among; none when nothing went there. */
    private List<RatesPage.Place> places(Watched mine, List<String> once) {
        if (once.isEmpty() || !(mine instanceof Watched.Place(String code))) {
            return List.of();
        }
        Map<String, String> names = divisions.namesEver(Stream.concat(Stream.of(code), once.stream()).toList());
        return Stream.concat(Stream.of(new RatesPage.Place("", names.getOrDefault(code, code))), once.stream().map(one -> new RatesPage.Place(one, names.getOrDefault(one, one) + " " + one))).toList();
    }

    private static RatesPage.Line line(Counted one, String name) {
        return new RatesPage.Line(name, one.response(), one.resolution(), one.satisfaction(), one.unreachable());
    }

    private Map<String, String> names(By by, List<Counted> counted, Map<String, MatterRows.Kind> kinds, Locale locale) {
        List<String> keys = counted.stream().map(Counted::key).filter(key -> !key.isEmpty() && !key.equals("*")).toList();
        Map<String, String> names = new HashMap<>();
        switch (by) {
            case MONTH -> keys.forEach(key -> names.put(key, key));
            case UNIT -> directory.units(keys.stream().map(UUID::fromString).toList()).forEach((id, unit) -> names.put(id.toString(), unit.name()));
            case TOWN -> names.putAll(divisions.namesEver(keys));
            case KIND -> keys.forEach(key -> names.put(key, kinds.containsKey(key) ? kinds.get(key).title().in(locale) : key));
            case CATEGORY -> keys.forEach(key -> names.put(key, categories.path(key, locale)));
        }
        names.put("", messages.getMessage(switch (by) {
            case TOWN -> "supervision.rates.no-place";
            case CATEGORY -> "supervision.rates.no-category";
            default -> "supervision.no-unit";
        }, null, locale));
        return names;
    }

    // ---- exclusions

    @GetMapping("/supervision/exclusions")
    String list(@RequestParam(defaultValue = "") String after, Locale locale, Model model) {
        return list(after, List.of(), locale, model);
    }

    private String list(String after, List<Refusal> refusals, Locale locale, Model model) {
        Watched.Place place = Watched.place();
        Actor.Staff staff = Acting.staff();
        Page<Exclusions.Exclusion> found = exclusions.list(place, after, PAGE);
        Map<String, Map<String, String>> choices = choices(locale);
        Map<UUID, Person> people = directory.people(found.rows().stream().flatMap(one -> Stream.concat(Stream.of(one.person()),
                one.steps().stream().map(Exclusions.Step::person))).collect(Collectors.toSet()));
        boolean decides = Watched.atACentre() && (staff.has(Role.SUPERVISOR) || staff.has(Role.HEAD));
        model.addAttribute("tabs", Tabs.of("rates"));
        model.addAttribute("exclusions", found.rows().stream().map(one -> {
            List<ExclusionLine.Did> story = new ArrayList<>(List.of(new ExclusionLine.Did("proposed", one.at(), name(people, one.person()))));
            one.steps().forEach(step -> story.add(new ExclusionLine.Did(step.what(), step.at(), name(people, step.person()))));
            boolean ours = decides && one.scope().equals(place.division());
            List<String> may = ours && one.state().equals("proposed") && !one.person().equals(staff.person()) ? List.of("approved", "refused")
                    : ours && one.state().equals("approved") ? List.of("ended") : List.of();
            return new ExclusionLine(one.id().toString(), divisions.namesEver(List.of(one.division())).getOrDefault(one.division(), one.division()), one.what(),
                    choices.getOrDefault(one.what(), Map.of()).getOrDefault(one.value(), one.value()), one.reason(), one.from(), one.to(), one.state(), story, may);
        }).toList());
        model.addAttribute("refusals", refusals);
        model.addAttribute("mayPropose", Watched.atACentre());
        model.addAttribute("next", found.next().map(key -> "/supervision/exclusions?after=" + key).orElse(""));
        model.addAttribute("first", after.isEmpty() ? "" : "/supervision/exclusions");
        return "supervision/rates/exclusions";
    }

    @GetMapping("/supervision/exclusions/new")
    ModelAndView blank(Locale locale) {
        Watched.centre();
        return shown(HttpStatus.OK, new ExclusionForm("", "", exclusions.today().toString(), ""), List.of(), locale);
    }

    @PostMapping("/supervision/exclusions/new")
    ModelAndView propose(ExclusionForm form, Locale locale, RedirectAttributes redirect) {
        return switch (exclusions.propose(form, choices(locale).getOrDefault(form.what(), Map.of()).containsKey(form.code()))) {
            case Exclusions.Doing.Done _ -> {
                redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("supervision.exclusion.proposed"));
                yield new ModelAndView("redirect:/supervision/exclusions");
            }
            case Exclusions.Doing.Refused(List<Refusal> refusals) -> shown(HttpStatus.UNPROCESSABLE_CONTENT, form, refusals, locale);
        };
    }

    @PostMapping("/supervision/exclusions/{id}/{what}")
    String step(@PathVariable UUID id, @PathVariable String what, Locale locale, Model model, RedirectAttributes redirect,
            jakarta.servlet.http.HttpServletResponse response) {
        return switch (exclusions.step(id, what)) {
            case Exclusions.Doing.Done _ -> {
                redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("supervision.exclusion.decided"));
                yield "redirect:/supervision/exclusions";
            }
            case Exclusions.Doing.Refused(List<Refusal> refusals) -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                yield list("", refusals, locale, model);
            }
        };
    }

    private ModelAndView shown(HttpStatus status, ExclusionForm form, List<Refusal> refusals, Locale locale) {
        ModelAndView shown = new ModelAndView("supervision/rates/propose", Map.of("form", form, "refusals", refusals, "choices", choices(locale)));
        shown.setStatus(status);
        return shown;
    }

    /** What may be left out: codes and words by what they are. */
    private Map<String, Map<String, String>> choices(Locale locale) {
        Map<String, String> kinds = new LinkedHashMap<>();
        Map<String, String> outcomes = new LinkedHashMap<>();
        for (MatterRows.Kind kind : matters.kinds()) {
            if (!kind.internal()) {
                kinds.put(kind.code(), kind.title().in(locale));
                kind.outcomes().forEach((code, words) -> outcomes.putIfAbsent(code, words.in(locale)));
            }
        }
        Map<String, String> channels = new LinkedHashMap<>();
        CHANNELS.forEach(channel -> channels.put(channel, messages.getMessage("supervision.channel." + channel, null, locale)));
        Map<String, Map<String, String>> choices = new LinkedHashMap<>();
        choices.put("kind", kinds);
        choices.put("channel", channels);
        choices.put("outcome", outcomes);
        return choices;
    }

    private static String name(Map<UUID, Person> people, UUID person) {
        return Optional.ofNullable(people.get(person)).map(Person::name).orElse("—");
    }
}
