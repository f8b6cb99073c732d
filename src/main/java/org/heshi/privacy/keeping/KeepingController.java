package org.heshi.privacy.keeping;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Endings;
import org.heshi.matters.MatterRows;
import org.heshi.matters.RuleWords;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What falls due, what is held, what was erased: numbers, kinds and days, no words of a matter. For supervisors and auditors of a place. */
@Controller
class KeepingController {

    private static final int DAYS = 31;
    private static final int LISTED = 100;

    private final Due due;
    private final Holds holds;
    private final Openings openings;
    private final Retention retention;
    private final Endings endings;
    private final MatterRows matters;
    private final RuleWords rules;
    private final Directory directory;
    private final InstantSource clock;

    KeepingController(Due due, Holds holds, Openings openings, Retention retention, Endings endings, MatterRows matters, RuleWords rules,
            Directory directory, InstantSource clock) {
        this.due = due;
        this.holds = holds;
        this.openings = openings;
        this.retention = retention;
        this.endings = endings;
        this.matters = matters;
        this.rules = rules;
        this.directory = directory;
        this.clock = clock;
    }

    @GetMapping("/privacy/keeping")
    ModelAndView page() {
        return page(HoldForm.blank(), List.of(), HttpStatus.OK);
    }

    private ModelAndView page(HoldForm form, List<Refusal> refusals, HttpStatus status) {
        Actor.Staff staff = Keepers.keeper();
        Instant now = clock.instant();
        LocalDate until = CivilTime.dateOf(now).plusDays(DAYS);
        Map<String, Bilingual> kinds = new HashMap<>();
        matters.kinds().forEach(kind -> kinds.put(kind.code(), kind.title()));
        List<Due.Line> lines = due.list(staff.scope(), until, LISTED + 1);
        List<Holds.Hold> held = holds.list(LISTED);
        List<Openings.Opening> opened = openings.list(LISTED);
        Map<UUID, Unit> units = directory.units(Stream.concat(held.stream().map(Holds.Hold::unit), opened.stream().map(Openings.Opening::unit)).collect(Collectors.toSet()));
        // numbers of matters that this post may not see are nobody's business of theirs
        List<KeepingPage.Gone> erased = endings.erased(now.minus(Duration.ofDays(DAYS)), now.plusSeconds(60), LISTED).stream()
                .filter(one -> matters.find(one.number()).isPresent()).map(one -> new KeepingPage.Gone(one, rules.in(one.rule(), LocaleContextHolder.getLocale()))).toList();
        KeepingPage page = new KeepingPage(retention.on(), retention.newest(), until,
                lines.stream().limit(LISTED).filter(this::readable).map(line -> new KeepingPage.Line(line.matter().number().shown(), kinds.getOrDefault(line.matter().kind(),
                        new Bilingual(line.matter().kind(), line.matter().kind())), line.erase(), line.on(), line.held())).toList(), lines.size() > LISTED,
                held.stream().map(hold -> new KeepingPage.Held(hold.id(), hold.number().shown(), hold.ground(), hold.paper(), hold.until(), hold.at(),
                        name(units, hold.unit()), hold.over())).toList(), erased,
                opened.stream().map(one -> new KeepingPage.Opened(one.number().shown(), one.at(), name(units, one.unit()), one.reason(), one.paper())).toList(),
                form, new ArrayList<>(refusals));
        ModelAndView shown = new ModelAndView("privacy/keeping/page", Map.of("page", page));
        shown.setStatus(status);
        return shown;
    }

    /** Of a complaint about their own office they read not even the number. */
    private boolean readable(Due.Line line) {
        return line.erase()
                ? endings.holders(line.matter().number()).filter(held -> !endings.isAboutWhoActs(held.matter())).isPresent()
                : matters.find(line.matter().number()).isPresent();
    }

    private static String name(Map<UUID, Unit> units, UUID unit) {
        Unit known = units.get(unit);
        return known == null ? "" : known.name();
    }

    @PostMapping("/privacy/keeping/holds")
    ModelAndView hold(HoldForm form, RedirectAttributes redirect) {
        List<Refusal> refusals = holds.place(form);
        if (!refusals.isEmpty()) {
            return page(form, refusals, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("privacy.hold.done"));
        return new ModelAndView("redirect:/privacy/keeping");
    }

    @PostMapping("/privacy/keeping/holds/{id}/end")
    ModelAndView end(@PathVariable UUID id, RedirectAttributes redirect) {
        if (!holds.end(id)) {
            throw new NoSuchElementException("no such hold that lasts");
        }
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("privacy.hold.ended"));
        return new ModelAndView("redirect:/privacy/keeping");
    }
}
