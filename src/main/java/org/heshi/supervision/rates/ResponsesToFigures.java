package org.heshi.supervision.rates;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CivilTime;
import org.heshi.matters.MatterRows;
import org.heshi.statistics.Only;
import org.heshi.statistics.Question.Cut;
import org.heshi.statistics.Responses;
import org.heshi.statistics.Whose;
import org.heshi.supervision.watch.Watched;
import org.springframework.stereotype.Component;

/**
 * The response rate for dashboards and reports, counted as among the three rates: the same kinds and approved exclusions are left out. The program itself, which writes
 * bulletins, counts nothing from which somebody is barred.
 */
@Component
class ResponsesToFigures implements Responses {

    private final Figures figures;
    private final RatesSettings settings;
    private final MatterRows matters;

    ResponsesToFigures(Figures figures, RatesSettings settings, MatterRows matters) {
        this.figures = figures;
        this.settings = settings;
        this.matters = matters;
    }

    @Override
    public InTime of(Whose whose, LocalDate from, LocalDate to, Only only, Cut cut) {
        List<String> leaveOut = Stream.concat(settings.leaveOut().stream(), matters.kinds().stream().filter(MatterRows.Kind::internal).map(MatterRows.Kind::code))
                .distinct().toList();
        Watched watched = switch (whose) {
            case Whose.Place(String code) -> new Watched.Place(code);
            case Whose.Unit(var unit) -> new Watched.Own(unit);
        };
        Rate rate = figures.signed(watched, cut, CivilTime.startOf(from), CivilTime.startOf(to.plusDays(1)), leaveOut, only,
                Acting.current() instanceof Actor.Staff);
        return new InTime(rate.part(), rate.whole(), rate.least());
    }
}
