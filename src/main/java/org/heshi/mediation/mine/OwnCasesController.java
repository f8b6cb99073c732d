package org.heshi.mediation.mine;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Page;
import org.heshi.matters.MatterRows;
import org.heshi.mediation.allowance.AllowancePage;
import org.heshi.mediation.allowance.Allowances;
import org.heshi.mediation.calendar.Bookings;
import org.heshi.mediation.calendar.CalendarPage;
import org.heshi.mediation.calendar.Held;
import org.heshi.mediation.calendar.Rooms;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A mediator's own page: the sittings of these days, what is in hand, what is due, what it earned. */
@Controller
class OwnCasesController {

    private static final int PAGE = 20;
    private static final int DAYS = 7;
    private static final int DUE = 20;

    private final Held held;
    private final Bookings bookings;
    private final Rooms rooms;
    private final Allowances allowances;
    private final MatterRows matters;
    private final InstantSource clock;

    OwnCasesController(Held held, Bookings bookings, Rooms rooms, Allowances allowances, MatterRows matters, InstantSource clock) {
        this.held = held;
        this.bookings = bookings;
        this.rooms = rooms;
        this.allowances = allowances;
        this.matters = matters;
        this.clock = clock;
    }

    @GetMapping("/mediation")
    String mine(@RequestParam(defaultValue = "") String after, @RequestParam(defaultValue = "") String past, Model model) {
        Actor.Staff staff = Acting.staffWith(Role.MEDIATOR);
        boolean over = past.equals("yes");
        LocalDate today = CivilTime.dateOf(clock.instant());
        Page<Held.Case> cases = over ? held.past(staff.post(), after, PAGE) : held.open(staff.post(), after, PAGE);
        boolean first = after.isEmpty() && !over;
        List<Held.Due> due = first ? held.due(staff.post(), DUE) : List.of();
        List<Bookings.Line> lines = first ? bookings.ofPost(staff.post(), CivilTime.startOf(today), CivilTime.startOf(today.plusDays(DAYS))) : List.of();
        Map<UUID, MatterRows.Row> rows = matters.rows(Stream.of(cases.rows().stream().map(Held.Case::matter), due.stream().map(Held.Due::matter),
                lines.stream().map(Bookings.Line::matter)).flatMap(one -> one).distinct().toList()).stream().collect(Collectors.toMap(MatterRows.Row::id, row -> row));
        String here = over ? "/mediation?past=yes" : "/mediation?";
        model.addAttribute("page", new OwnCasesPage(today, days(lines, rows, today), cases.rows().stream().filter(one -> rows.containsKey(one.matter()))
                .map(one -> line(one, rows.get(one.matter()))).toList(), due.stream().filter(one -> rows.containsKey(one.matter())).map(one -> {
                    MatterRows.Row row = rows.get(one.matter());
                    return new OwnCasesPage.Due(row.number().shown(), href(row), row.title(), one.due(), one.due().isBefore(today));
                }).toList(), first ? AllowancePage.yuan(allowances.sum(staff.person(), start(today.withDayOfYear(1)), start(today.withDayOfYear(1).plusYears(1)))) : "",
                over, cases.next().map(key -> here + (over ? "&" : "") + "after=" + key).orElse(""), after.isEmpty() ? "" : over ? here : "/mediation"));
        return "mediation/mine/page";
    }

    private static Instant start(LocalDate day) {
        return CivilTime.startOf(day);
    }

    private static String href(MatterRows.Row row) {
        return "/mediation/" + row.number().digits();
    }

    private static OwnCasesPage.Case line(Held.Case one, MatterRows.Row row) {
        return new OwnCasesPage.Case(row.number().shown(), href(row), row.title(), row.state(), row.place(), one.main(), one.since(), row.dueAt());
    }

    /** The days on which something is fixed, and today. */
    private List<CalendarPage.Day> days(List<Bookings.Line> lines, Map<UUID, MatterRows.Row> rows, LocalDate today) {
        Map<UUID, Optional<String>> names = lines.stream().flatMap(line -> line.room().stream()).distinct().collect(Collectors.toMap(id -> id,
                id -> rooms.find(id).map(Rooms.Room::name)));
        return today.datesUntil(today.plusDays(DAYS)).map(day -> new CalendarPage.Day(day, day.equals(today), lines.stream()
                .filter(line -> CivilTime.dateOf(line.from()).equals(day) && rows.containsKey(line.matter())).map(line -> {
                    MatterRows.Row row = rows.get(line.matter());
                    return new CalendarPage.Sitting(line.from(), line.until(), row.number().shown(), href(row), row.title(), line.room().flatMap(names::get).orElse(""), line.apart(),
                            "/mediation/sittings/" + row.number().digits() + "/" + line.seq() + "/sitting.ics", "");
                }).toList())).filter(day -> day.today() || !day.sittings().isEmpty()).toList();
    }
}
