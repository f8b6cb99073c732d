package org.heshi.calendar.year;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.NoSuchElementException;
import java.util.Set;
import org.heshi.calendar.Recounting;
import org.heshi.calendar.days.Known;
import org.heshi.calendar.register.KeptCalendar;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.MenuItem;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The working days of a year, for administrators. */
@Controller
class YearPages {

    private final KeptCalendar calendar;
    private final ObjectProvider<Recounting> recounting;
    private final InstantSource clock;

    YearPages(KeptCalendar calendar, ObjectProvider<Recounting> recounting, InstantSource clock) {
        this.calendar = calendar;
        this.recounting = recounting;
        this.clock = clock;
    }

    @Bean
    static MenuItem calendarMenu() {
        return new MenuItem("calendar.menu", "/admin/calendar", "calendar", 150, Set.of("administrator"));
    }

    /** @throws NoSuchElementException for a year that has no page: before 2004, or later than the one after next */
    @GetMapping("/admin/calendar")
    String year(@RequestParam(defaultValue = "") String year, Model model) {
        LocalDate today = CivilTime.dateOf(clock.instant());
        Known known = calendar.fresh();
        int last = today.getYear() + 2;
        int shown = year.isBlank() ? today.getYear() : year.matches("[0-9]{4}") ? Integer.parseInt(year) : 0;
        if (shown < YearPage.FIRST || shown > last) {
            throw new NoSuchElementException("no page for this year");
        }
        model.addAttribute("page", YearPage.of(shown, last, today, known));
        model.addAttribute("progress", recounting.stream().flatMap(r -> r.progress().stream()).findFirst());
        return "calendar/year/page";
    }
}
