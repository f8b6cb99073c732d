package org.heshi.statistics.targets;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Ids;
import org.heshi.kernel.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Target sheets: a unit's head and supervisors read their own, those who watch its place read it, and its supervisors set it. */
@Controller
class TargetsController {

    private static final int FOUND = 20;

    private final TargetSheets sheets;
    private final Goals goals;
    private final Directory directory;
    private final InstantSource clock;

    TargetsController(TargetSheets sheets, Goals goals, Directory directory, InstantSource clock) {
        this.sheets = sheets;
        this.goals = goals;
        this.directory = directory;
        this.clock = clock;
    }

    private int year(String typed) {
        return asked(typed).orElseGet(() -> CivilTime.dateOf(clock.instant()).getYear());
    }

    /** Years that have sheets: three back, this one and the next. */
    private Optional<Integer> asked(String typed) {
        int now = CivilTime.dateOf(clock.instant()).getYear();
        return Optional.of(typed).filter(year -> year.matches("[0-9]{4}")).map(Integer::valueOf).filter(year -> year >= now - 3 && year <= now + 1);
    }

    private static Actor.Staff reader() {
        return Acting.staffWith(Role.HEAD, Role.SUPERVISOR);
    }

    /** @throws NoSuchElementException when it is no unit that who acts may read of */
    private Unit readable(String typed, Actor.Staff staff) {
        Unit unit = Ids.find(typed).flatMap(directory::findUnit).orElseThrow(() -> new NoSuchElementException("no such unit"));
        if (!unit.id().equals(staff.unit()) && (staff.scope().isEmpty() || !unit.division().startsWith(staff.scope()))) {
            throw new NoSuchElementException("no such unit here");
        }
        return unit;
    }

    /** Whose place it is they watch set the goals of others. */
    private static boolean sets(Unit unit, Actor.Staff staff) {
        return staff.has(Role.SUPERVISOR) && !staff.scope().isEmpty() && unit.division().startsWith(staff.scope()) && !unit.id().equals(staff.unit());
    }

    @GetMapping("/figures/targets")
    ModelAndView page(@RequestParam(defaultValue = "") String unit, @RequestParam(defaultValue = "") String year, @RequestParam(defaultValue = "") String q, Locale locale) {
        Actor.Staff staff = reader();
        if (unit.isEmpty() && !staff.scope().isEmpty()) {
            return list(staff, year(year), q);
        }
        Unit whose = readable(unit.isEmpty() ? staff.unit().toString() : unit, staff);
        return shown(HttpStatus.OK, whose, year(year), staff, GoalForm.blank(whose.id().toString(), year(year)), List.of(), locale);
    }

    private ModelAndView list(Actor.Staff staff, int year, String q) {
        Map<UUID, Integer> with = goals.units(year);
        Map<UUID, Unit> units = directory.units(with.keySet());
        ModelAndView list = new ModelAndView("statistics/targets/list");
        list.addObject("year", year);
        list.addObject("q", q.strip());
        list.addObject("units", with.entrySet().stream().filter(one -> units.containsKey(one.getKey())).map(one -> new TargetSheet.Listed(one.getKey().toString(),
                units.get(one.getKey()).name(), one.getValue())).sorted(Comparator.comparing(TargetSheet.Listed::name, java.text.Collator.getInstance(Locale.CHINA))).toList());
        list.addObject("found", q.isBlank() ? List.of() : directory.searchUnits(q.strip(), staff.scope(), FOUND).stream()
                .map(one -> new TargetSheet.Listed(one.id().toString(), one.name(), with.getOrDefault(one.id(), 0))).toList());
        return list;
    }

    private ModelAndView shown(HttpStatus status, Unit unit, int year, Actor.Staff staff, GoalForm form, List<Refusal> refusals, Locale locale) {
        ModelAndView shown = new ModelAndView("statistics/targets/sheet");
        shown.addObject("page", sheets.sheet(unit, year, sets(unit, staff), staff.scope().isEmpty(), form, refusals, locale));
        shown.setStatus(status);
        return shown;
    }

    @PostMapping("/figures/targets")
    ModelAndView set(GoalForm form, Locale locale, RedirectAttributes redirect) {
        Actor.Staff staff = reader();
        Unit unit = readable(form.unit(), staff);
        if (!sets(unit, staff)) {
            throw new AccessDeniedException("goals of this unit are set by supervisors who watch its place");
        }
        int year = year(form.year());
        Optional<Goal> newest = GoalFigure.find(form.figure()).map(TargetSheets.newest(goals.of(unit.id(), year))::get);
        List<Refusal> refusals = form.refusals(newest.filter(goal -> goal.goal().isPresent()).isPresent());
        if (asked(form.year()).isEmpty()) {
            // a form that was left open for years: its goal would silently be another year's, for good
            refusals = List.of(Refusal.of("target-year"));
        }
        // a goal that was withdrawn and is set once more has a reason, too
        if (refusals.isEmpty() && newest.isPresent() && form.reason().isEmpty()) {
            refusals = List.of(Refusal.at("reason", "target-reason"));
        }
        if (refusals.isEmpty() && !goals.add(unit, year, GoalFigure.find(form.figure()).orElseThrow(), newest.map(Goal::version).orElse(0),
                form.withdraws() ? Optional.empty() : form.number(), form.source(), form.reason(), staff.post(), clock.instant())) {
            refusals = List.of(Refusal.of("target-changed"));
        }
        if (!refusals.isEmpty()) {
            return shown(HttpStatus.UNPROCESSABLE_CONTENT, unit, year, staff, form, refusals, locale);
        }
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done(form.withdraws() ? "target.gone" : "target.set"));
        return new ModelAndView("redirect:/figures/targets?unit=" + unit.id() + "&year=" + year);
    }
}
