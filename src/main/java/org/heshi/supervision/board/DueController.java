package org.heshi.supervision.board;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Ids;
import org.heshi.kernel.Page;
import org.heshi.matters.Limits.Count;
import org.heshi.matters.Limits.Due;
import org.heshi.matters.Limits.Whose;
import org.heshi.matters.Limits;
import org.heshi.supervision.watch.Tabs;
import org.heshi.supervision.watch.Watched;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The board of limits, and the list behind each of its numbers. */
@Controller
class DueController {

    private static final int PAGE = 30;
    private static final String NOBODY = "none";

    private final Limits limits;
    private final Directory directory;
    private final InstantSource clock;

    DueController(Limits limits, Directory directory, InstantSource clock) {
        this.limits = limits;
        this.directory = directory;
        this.clock = clock;
    }

    @GetMapping("/supervision")
    String board(Model model) {
        List<Count> counts = limits.counts(whose(Watched.mine(), ""), ends(clock.instant()));
        Map<UUID, Unit> units = directory.units(counts.stream().flatMap(count -> count.unit().stream()).toList());
        int longest = counts.stream().mapToInt(count -> count.over() + count.today() + count.week()).max().orElse(1);
        model.addAttribute("tabs", Tabs.of("board"));
        model.addAttribute("page", new DuePage(counts.stream().map(count -> new DuePage.Line(
                count.unit().map(UUID::toString).orElse(NOBODY), count.unit().map(units::get).map(Unit::name).orElse(""), count, longest)).toList()));
        return "supervision/board/page";
    }

    @GetMapping("/supervision/due")
    String list(@RequestParam(defaultValue = "over") String due, @RequestParam(defaultValue = "") String unit, @RequestParam(defaultValue = "") String after,
            Model model) {
        Due asked = switch (due) {
            case "over" -> Due.OVER;
            case "today" -> Due.TODAY;
            case "week" -> Due.WEEK;
            default -> throw new NoSuchElementException("nothing is due " + due);
        };
        Instant now = clock.instant();
        Whose whose = whose(Watched.mine(), unit);
        Page<Limits.Line> found = limits.lines(whose, ends(now), asked, Optional.of(after).filter(key -> !key.isEmpty()), PAGE);
        Map<UUID, Unit> units = directory.units(found.rows().stream().flatMap(line -> line.unit().stream()).distinct().toList());
        String here = UriComponentsBuilder.fromPath("/supervision/due").queryParam("due", due).queryParam("unit", unit).toUriString();
        model.addAttribute("tabs", Tabs.of("board"));
        model.addAttribute("due", due);
        model.addAttribute("name", whose instanceof Whose.Of(UUID id) ? directory.findUnit(id).map(Unit::name).orElse("") : "");
        model.addAttribute("lines", found.rows().stream().map(line -> DueLine.of(line, line.unit().map(units::get).map(Unit::name), now)).toList());
        model.addAttribute("next", found.next().map(key -> here + "&after=" + key).orElse(""));
        model.addAttribute("first", after.isEmpty() ? "" : here);
        return "supervision/board/list";
    }

    /** @throws NoSuchElementException when the unit asked for is none, or not the only one that who looks watches */
    private Whose whose(Watched watched, String unit) {
        if (watched instanceof Watched.Own(UUID own)) {
            if (!unit.isEmpty() && !unit.equals(own.toString())) {
                throw new NoSuchElementException("another unit than one's own");
            }
            return new Whose.Of(own);
        }
        if (unit.isEmpty()) {
            return new Whose.Everybodys();
        }
        if (unit.equals(NOBODY)) {
            return new Whose.Nobodys();
        }
        return new Whose.Of(Ids.find(unit).orElseThrow(() -> new NoSuchElementException("no such unit")));
    }

    /** The ends of today and of this week, which ends with Sunday. */
    static Limits.Ends ends(Instant now) {
        LocalDate today = CivilTime.dateOf(now);
        return new Limits.Ends(now, CivilTime.startOf(today.plusDays(1)), CivilTime.startOf(today.with(TemporalAdjusters.next(DayOfWeek.MONDAY))));
    }
}
