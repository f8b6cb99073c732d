package org.heshi.mediation.allowance;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Person;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Sheets;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Page;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Words;
import org.heshi.kernel.Yuan;
import org.heshi.mediation.roster.Skills;
import org.heshi.mediation.sheet.Download;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Allowances: one's own, those of a committee or a place, and the scale. */
@Controller
class AllowanceController {

    private static final int PAGE = 30;
    private static final int MOST = 20_000;

    private final Allowances allowances;
    private final Directory directory;
    private final MessageSource messages;
    private final InstantSource clock;

    AllowanceController(Allowances allowances, Directory directory, MessageSource messages, InstantSource clock) {
        this.allowances = allowances;
        this.directory = directory;
        this.messages = messages;
        this.clock = clock;
    }

    @GetMapping("/mediation/allowance")
    String own(@RequestParam(defaultValue = "") String after, Model model) {
        Actor.Staff staff = Acting.staffWith(Role.MEDIATOR);
        YearMonth now = now();
        Page<Allowances.Line> page = allowances.of(staff.person(), after, PAGE);
        model.addAttribute("page", new AllowancePage(page.rows().stream().map(line -> new AllowancePage.Line(line.number().shown(), "/matters/" + line.number().digits(), line.what(),
                AllowancePage.yuan(line.fen()), line.at())).toList(), AllowancePage.yuan(sum(staff, now.withMonth(1), now.withMonth(12))),
                AllowancePage.yuan(sum(staff, now, now)), page.next().map(key -> "/mediation/allowance?after=" + key).orElse(""), after.isEmpty() ? "" : "/mediation/allowance"));
        return "mediation/allowance/own";
    }

    private long sum(Actor.Staff staff, YearMonth first, YearMonth last) {
        return allowances.sum(staff.person(), start(first), start(last.plusMonths(1)));
    }

    @GetMapping("/mediation/allowance/unit")
    String unit(@RequestParam(defaultValue = "") String month, Locale locale, Model model) {
        Actor.Staff staff = overseer();
        YearMonth asked = CivilTime.monthUpTo(clock.instant(), month);
        List<Allowances.Sum> sums = allowances.sums(Allowances.Whose.of(staff), start(asked), start(asked.plusMonths(1)));
        Map<UUID, Person> people = directory.people(sums.stream().flatMap(sum -> sum.person().stream()).collect(Collectors.toSet()));
        Map<UUID, Unit> units = directory.units(sums.stream().map(Allowances.Sum::unit).collect(Collectors.toSet()));
        model.addAttribute("month", asked.toString());
        model.addAttribute("sums", sums.stream().map(sum -> new AllowancePage.Sum(sum.person().map(people::get).map(Person::name).orElse(""), name(units, sum.unit()), sum.agreed(),
                sum.performed(), sum.takenBack(), AllowancePage.yuan(sum.fen()))).toList());
        model.addAttribute("whole", AllowancePage.yuan(sums.stream().mapToLong(Allowances.Sum::fen).sum()));
        return "mediation/allowance/unit";
    }

    private static Actor.Staff overseer() {
        return Acting.staffWith(Role.HEAD, Role.SUPERVISOR, Role.AUDITOR);
    }

    @GetMapping("/mediation/allowance/unit.csv")
    ResponseEntity<byte[]> csv(@RequestParam(defaultValue = "") String month, Locale locale) {
        Actor.Staff staff = overseer();
        YearMonth asked = CivilTime.monthUpTo(clock.instant(), month);
        return Download.of("allowance-" + asked + ".csv", "text/csv;charset=UTF-8", Sheets.csv(sheet(staff, asked, locale)).getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/mediation/allowance/unit.xlsx")
    ResponseEntity<byte[]> xlsx(@RequestParam(defaultValue = "") String month, Locale locale) {
        Actor.Staff staff = overseer();
        YearMonth asked = CivilTime.monthUpTo(clock.instant(), month);
        return Download.of("allowance-" + asked + ".xlsx", Sheets.XLSX, Sheets.of(List.of(sheet(staff, asked, locale))));
    }

    private Sheets.Sheet sheet(Actor.Staff staff, YearMonth month, Locale locale) {
        List<Allowances.Line> lines = allowances.lines(Allowances.Whose.of(staff), start(month), start(month.plusMonths(1)), MOST);
        Map<UUID, Person> people = directory.people(lines.stream().flatMap(line -> line.person().stream()).collect(Collectors.toSet()));
        Map<UUID, Unit> units = directory.units(lines.stream().map(Allowances.Line::unit).collect(Collectors.toSet()));
        List<List<Object>> rows = new ArrayList<>();
        lines.forEach(line -> rows.add(List.of(CivilTime.dateOf(line.at()).toString(), line.number().shown(), line.person().map(people::get).map(Person::name).orElse(""),
                name(units, line.unit()), said("mediation.allowance.what." + line.what(), locale), new BigDecimal(AllowancePage.yuan(line.fen())))));
        return new Sheets.Sheet(month.toString(), List.of(said("mediation.allowance.day", locale), said("mediation.allowance.number", locale), said("mediation.allowance.name", locale),
                said("mediation.allowance.unit", locale), said("mediation.allowance.what", locale), said("mediation.allowance.yuan", locale)), rows);
    }

    @GetMapping("/mediation/allowance/scale")
    ModelAndView scale() {
        return scale(new ScaleForm("", "", "", "", CivilTime.dateOf(clock.instant()).toString(), ""), List.of(), HttpStatus.OK);
    }

    @PostMapping("/mediation/allowance/scale")
    ModelAndView set(ScaleForm form, RedirectAttributes redirect) {
        Actor.Staff staff = Acting.staffWith(Role.HEAD);
        if (staff.scope().isEmpty()) {
            throw new AccessDeniedException("only the head of a centre sets the scale of its place");
        }
        List<Refusal> refusals = new ArrayList<>();
        if (!Scale.WHATS.contains(form.what())) {
            refusals.add(Refusal.at("what", "not-an-option"));
        }
        if (!form.form().isEmpty() && !Scale.FORMS.contains(form.form())) {
            refusals.add(Refusal.at("form", "not-an-option"));
        }
        if (!form.type().isEmpty() && !Skills.TYPES.contains(form.type())) {
            refusals.add(Refusal.at("type", "not-an-option"));
        }
        Optional<Yuan> amount = Yuan.parse(form.amount()).filter(yuan -> yuan.fen() <= 100_000_000);
        if (amount.isEmpty()) {
            refusals.add(Refusal.at("amount", "mediation-allowance-amount"));
        }
        Optional<LocalDate> from = day(form.from());
        if (from.isEmpty()) {
            refusals.add(Refusal.at("from", "not-a-date"));
        }
        String basis = Words.line(form.basis());
        if (basis.isEmpty()) {
            refusals.add(Refusal.at("basis", "required"));
        } else if (Words.length(basis) > 200) {
            refusals.add(Refusal.at("basis", "too-long", 200, Words.length(basis)));
        }
        if (!refusals.isEmpty()) {
            return scale(form, refusals, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        allowances.set(staff, staff.scope(), form.what(), form.form(), form.type(), amount.orElseThrow(), from.orElseThrow(), basis);
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("mediation.allowance.set"));
        return new ModelAndView("redirect:/mediation/allowance/scale");
    }

    private ModelAndView scale(ScaleForm form, List<Refusal> refusals, HttpStatus status) {
        Actor.Staff staff = Acting.staffWith(Role.MEDIATOR, Role.HEAD, Role.SUPERVISOR, Role.AUDITOR);
        ModelAndView page = new ModelAndView("mediation/allowance/scale", Map.of("lines", allowances.shown(staff.held().division()), "form", form, "refusals", refusals,
                "maySet", staff.has(Role.HEAD) && !staff.scope().isEmpty()));
        page.setStatus(status);
        return page;
    }

    private static Optional<LocalDate> day(String typed) {
        try {
            LocalDate day = LocalDate.parse(typed.strip());
            return day.getYear() >= 2000 && day.getYear() <= 2200 ? Optional.of(day) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private YearMonth now() {
        return YearMonth.from(CivilTime.dateOf(clock.instant()));
    }

    private static Instant start(YearMonth month) {
        return CivilTime.startOf(month.atDay(1));
    }

    private static String name(Map<UUID, Unit> units, UUID unit) {
        return Optional.ofNullable(units.get(unit)).map(Unit::name).orElse("");
    }

    private String said(String key, Locale locale) {
        return messages.getMessage(key, null, locale);
    }
}
