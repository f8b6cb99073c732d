package org.heshi.mediation.figures;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Sheets;
import org.heshi.mediation.figures.CaseFigures.By;
import org.heshi.mediation.figures.CaseFigures.Counted;
import org.heshi.mediation.roster.Skills;
import org.heshi.mediation.sheet.Download;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The statistics of mediation: of one's unit, or of the place that one watches. */
@Controller
class FiguresController {

    private static final int MONTHS = 12;
    private static final int MOST_MONTHS = 36;
    /** Committees and mediators on the page; a prefecture has thousands of them, and they are all in the spreadsheet. */
    private static final int MOST_LINES = 100;
    private static final List<String> SOURCES = List.of("application", "initiative", "entrusted");
    private static final Map<By, List<String>> KEYS = Map.of(By.TYPE, Skills.TYPES, By.SOURCE, SOURCES, By.FORM, List.of("written", "oral"), By.PERFORMANCE,
            List.of("none", "part", "whole"), By.CONFIRMATION, List.of("filed", "accepted", "confirmed", "refused", "withdrawn"));

    private static final Set<By> MANY = EnumSet.of(By.UNIT, By.MEDIATOR);

    private final CaseFigures figures;
    private final Directory directory;
    private final Divisions divisions;
    private final MessageSource messages;
    private final InstantSource clock;

    FiguresController(CaseFigures figures, Directory directory, Divisions divisions, MessageSource messages, InstantSource clock) {
        this.figures = figures;
        this.directory = directory;
        this.divisions = divisions;
        this.messages = messages;
        this.clock = clock;
    }

    @GetMapping("/mediation/figures")
    String page(@RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String to, Locale locale, Model model) {
        model.addAttribute("page", counted(from, to, MOST_LINES, locale));
        return "mediation/figures/page";
    }

    @GetMapping("/mediation/figures.xlsx")
    ResponseEntity<byte[]> xlsx(@RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String to, Locale locale) {
        FiguresPage page = counted(from, to, Integer.MAX_VALUE, locale);
        List<Sheets.Sheet> sheets = new ArrayList<>();
        for (FiguresPage.Table table : page.tables()) {
            List<String> heads = new ArrayList<>(List.of(said("mediation.figures.by." + table.by(), locale)));
            for (String column : List.of("accepted", "succeeded", "failed", "goes-on", "rate", "sum", "written", "oral", "performed", "confirmed")) {
                heads.add(said("mediation.figures." + column, locale));
            }
            List<List<Object>> rows = new ArrayList<>();
            table.lines().forEach(line -> rows.add(cells(line)));
            rows.add(cells(page.whole()));
            sheets.add(new Sheets.Sheet(said("mediation.figures.by." + table.by(), locale), heads, rows));
        }
        return Download.of("mediation-" + page.first() + "-" + page.last() + ".xlsx", Sheets.XLSX, Sheets.of(sheets));
    }

    private static List<Object> cells(FiguresPage.Line line) {
        return List.of(line.name(), line.accepted(), line.succeeded(), line.failed(), line.goesOn(), line.rate().isEmpty() ? "" : new BigDecimal(line.rate()),
                new BigDecimal(line.sum()), line.written(), line.oral(), line.performed(), line.confirmed());
    }

    private FiguresPage counted(String from, String to, int most, Locale locale) {
        Actor.Staff staff = Acting.staffWith(Role.MEDIATOR, Role.HEAD, Role.SUPERVISOR, Role.DISPATCHER, Role.AUDITOR);
        YearMonth now = YearMonth.from(CivilTime.dateOf(clock.instant()));
        YearMonth last = CivilTime.month(to).filter(month -> !month.isAfter(now) && month.getYear() >= 2004).orElse(now);
        YearMonth first = CivilTime.month(from).filter(month -> !month.isAfter(last) && month.getYear() >= 2004).orElse(last.minusMonths(MONTHS - 1));
        if (first.plusMonths(MOST_MONTHS).isBefore(last)) {
            first = last.minusMonths(MOST_MONTHS - 1);
        }
        CaseFigures.Asked asked = CaseFigures.Asked.of(staff, CivilTime.startOf(first.atDay(1)), CivilTime.startOf(last.plusMonths(1).atDay(1)));
        Map<By, List<Counted>> counted = figures.count(asked, List.of(By.values()));
        Map<By, Largest> largest = new EnumMap<>(By.class);
        counted.forEach((by, lines) -> largest.put(by, MANY.contains(by) ? Largest.of(lines, most) : new Largest(whole(by, lines), 0, Counted.NOTHING)));
        Map<String, String> names = names(largest);
        List<FiguresPage.Table> tables = new ArrayList<>();
        largest.forEach((by, lines) -> {
            List<FiguresPage.Line> shown = new ArrayList<>(lines.lines().stream().map(one -> line(one, name(by, one.key(), names, locale))).toList());
            if (lines.others() > 0) {
                shown.add(line(lines.rest(), messages.getMessage("mediation.figures.rest", new Object[] {lines.others()}, locale)));
            }
            tables.add(new FiguresPage.Table(by.code(), shown));
        });
        String place = asked.unit().isPresent() ? staff.held().unitName() : divisions.find(asked.place()).map(Division::name).orElse(asked.place());
        return new FiguresPage(first.toString(), last.toString(), place, line(figures.whole(asked), said("mediation.figures.whole", locale)), tables);
    }

    /** The lines with the most cases, the most first, and all others added up. @param others how many these are */
    record Largest(List<Counted> lines, int others, Counted rest) {

        static Largest of(List<Counted> all, int most) {
            List<Counted> ordered = all.stream().sorted(Comparator.comparingLong(Counted::accepted).reversed().thenComparing(Counted::key)).toList();
            int shown = Math.min(most, ordered.size());
            return new Largest(ordered.subList(0, shown), ordered.size() - shown, ordered.stream().skip(shown).reduce(Counted.NOTHING, Counted::and));
        }
    }

    /** Types and sources are all there, also those that did not happen. */
    private static List<Counted> whole(By by, List<Counted> counted) {
        if (!KEYS.containsKey(by)) {
            return counted;
        }
        Map<String, Counted> known = new HashMap<>();
        counted.forEach(one -> known.put(one.key(), one));
        List<Counted> all = new ArrayList<>();
        KEYS.get(by).forEach(key -> all.add(known.getOrDefault(key, new Counted(key, 0, 0, 0, 0, 0, 0, 0, 0))));
        Optional.ofNullable(known.get("")).ifPresent(all::add);
        return all;
    }

    private static FiguresPage.Line line(Counted one, String name) {
        return new FiguresPage.Line(name, one.accepted(), one.succeeded(), one.failed(), one.goesOn(), FiguresPage.myriads(one.sum()).toPlainString(), one.written(), one.oral(),
                one.performed(), one.confirmed());
    }

    private String name(By by, String key, Map<String, String> names, Locale locale) {
        if (key.isEmpty()) {
            return said("mediation.figures.none." + by.code(), locale);
        }
        return switch (by) {
            case TYPE -> said("mediation.type." + key, locale);
            case SOURCE, FORM, PERFORMANCE, CONFIRMATION -> said("mediation.figures." + by.code() + "." + key, locale);
            case MONTH -> key;
            case UNIT, MEDIATOR -> names.getOrDefault(key, "—");
        };
    }

    private Map<String, String> names(Map<By, Largest> counted) {
        Map<String, String> names = new HashMap<>();
        Set<UUID> posts = new HashSet<>();
        counted.get(By.MEDIATOR).lines().stream().map(Counted::key).filter(key -> !key.isEmpty()).forEach(key -> posts.add(UUID.fromString(key)));
        directory.posts(posts).values().forEach(post -> names.put(post.id().toString(), post.title()));
        directory.holdersOf(posts, clock.instant()).forEach(held -> names.put(held.post().toString(), held.personName() + " · " + held.unitName()));
        Set<UUID> units = new HashSet<>();
        counted.get(By.UNIT).lines().stream().map(Counted::key).filter(key -> !key.isEmpty()).forEach(key -> units.add(UUID.fromString(key)));
        directory.units(units).values().forEach(unit -> names.put(unit.id().toString(), unit.name()));
        return names;
    }

    private String said(String key, Locale locale) {
        return messages.getMessage(key, null, locale);
    }
}
