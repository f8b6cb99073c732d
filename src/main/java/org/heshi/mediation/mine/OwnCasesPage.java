package org.heshi.mediation.mine;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.heshi.kernel.Bilingual;
import org.heshi.mediation.calendar.CalendarPage;

/**
 * What a mediator has to do.
 *
 * @param earned this year, in yuan
 */
public record OwnCasesPage(LocalDate today, List<CalendarPage.Day> sittings, List<Case> cases, List<Due> due, String earned, boolean past, String next, String first) {

    public OwnCasesPage {
        sittings = List.copyOf(sittings);
        cases = List.copyOf(cases);
        due = List.copyOf(due);
    }

    /** @param state what it waits for */
    public record Case(String number, String href, String title, Bilingual state, String place, boolean main, Instant since, Optional<Instant> dueAt) {
    }

    public record Due(String number, String href, String title, LocalDate due, boolean late) {
    }
}
