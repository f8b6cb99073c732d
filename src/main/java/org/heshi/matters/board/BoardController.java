package org.heshi.matters.board;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.Level;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Page;
import org.heshi.matters.board.BoardPage.Bar;
import org.heshi.matters.board.Tally.Count;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedures;
import org.heshi.matters.queue.Line;
import org.heshi.matters.queue.Waited;
import org.heshi.matters.view.MatterViews;
import org.heshi.matters.view.MatterViews.Row;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The board of a division for those who watch it as a whole, and the lists behind its bars. */
@Controller
class BoardController {

    private static final int BARS = 15;
    private static final int LONGEST = 10;
    private static final int PAGE = 30;

    private final Tally tally;
    private final MatterViews views;
    private final Procedures procedures;
    private final Directory directory;
    private final Divisions divisions;
    private final InstantSource clock;

    BoardController(Tally tally, MatterViews views, Procedures procedures, Directory directory, Divisions divisions, InstantSource clock) {
        this.tally = tally;
        this.views = views;
        this.procedures = procedures;
        this.directory = directory;
        this.divisions = divisions;
        this.clock = clock;
    }

    @GetMapping("/board")
    String board(@RequestParam(defaultValue = "") String division, Model model) {
        model.addAttribute("page", page(watched(division)));
        return "matters/board/page";
    }

    @GetMapping("/board/matters")
    String list(@RequestParam(defaultValue = "") String division, @RequestParam(defaultValue = "") String after, Model model) {
        String place = watched(division);
        Instant now = clock.instant();
        Page<Row> found = views.divisionMatters(place, after.isEmpty() ? Optional.empty() : Optional.of(after), PAGE);
        model.addAttribute("name", name(place));
        model.addAttribute("division", place);
        model.addAttribute("lines", found.rows().stream().map(row -> Line.of(row, now, false)).toList());
        model.addAttribute("next", found.next().map(key -> UriComponentsBuilder.fromPath("/board/matters").queryParam("division", place)
                .queryParam("after", "{after}").encode().buildAndExpand(key).toUriString()).orElse(""));
        model.addAttribute("first", after.isEmpty() ? "" : "/board/matters?division=" + place);
        return "matters/board/matters";
    }

    /**
     * The place asked for, or the whole that who acts watches.
     *
     * @throws AccessDeniedException  when they watch no place
     * @throws NoSuchElementException when the place asked for is not within theirs, or is none
     */
    private String watched(String asked) {
        Actor.Staff staff = Acting.staff();
        String whole = staff.scope();
        if (whole.isEmpty()) {
            throw new AccessDeniedException("this post watches no division");
        }
        if (asked.isEmpty()) {
            return whole;
        }
        if (!asked.startsWith(whole) || asked.length() > Level.TOWN.digits()) {
            throw new NoSuchElementException("no such place within " + whole);
        }
        return divisions.get(asked).code();
    }

    private BoardPage page(String division) {
        String whole = Acting.staff().scope();
        Instant now = clock.instant();
        Tally.Figures figures = tally.of(division);
        List<Line> longest = views.rows(tally.longestOpen(division, LONGEST)).stream().map(row -> new Line(row,
                Line.level(row.level()), Waited.between(row.recordedAt(), now), false, Line.due(row, now))).toList();
        boolean part = !division.equals(whole);
        return new BoardPage(division, name(division), part ? whole : "", part ? name(whole) : "", figures.totals().open(), figures.totals().ended(),
                bars(figures.kinds(), count -> kind(count.key()), _ -> ""),
                bars(byTitle(figures.states()), count -> new Bilingual(count.key(), count.second()), _ -> ""),
                division.length() < Level.TOWN.digits() ? places(figures.places()) : List.of(),
                leads(figures.leads()), longest);
    }

    private List<Bar> places(List<Count> counts) {
        return bars(counts, count -> both(name(count.key())),
                count -> count.key().length() == Level.TOWN.digits() ? "/board?division=" + count.key() : "/board/matters?division=" + count.key());
    }

    private List<Bar> leads(List<Count> counts) {
        Map<UUID, Unit> units = directory.units(counts.stream().map(Count::key).filter(key -> !key.isEmpty()).map(UUID::fromString).toList());
        long longest = counts.stream().mapToLong(Count::n).max().orElse(1);
        List<Bar> bars = new ArrayList<>();
        for (Count count : counts.subList(0, Math.min(BARS, counts.size()))) {
            Optional<Unit> unit = count.key().isEmpty() ? Optional.empty() : Optional.ofNullable(units.get(UUID.fromString(count.key())));
            bars.add(new Bar(both(unit.map(Unit::name).orElse("matters.board.no-lead")), unit.isEmpty(), "", count.n(), share(count.n(), longest)));
        }
        long rest = counts.stream().skip(BARS).mapToLong(Count::n).sum();
        if (rest > 0) {
            bars.add(new Bar(both("matters.board.others"), true, "", rest, share(Math.min(rest, longest), longest)));
        }
        return bars;
    }

    private Bilingual kind(String kind) {
        return procedures.has(kind) ? procedures.current(kind).title() : both(kind);
    }

    /** States of different kinds that people call the same are one bar. Keys are the words in both languages. */
    private List<Count> byTitle(List<Count> states) {
        Map<Bilingual, Long> sums = new LinkedHashMap<>();
        for (Count count : states) {
            Procedure.State state = procedures.has(count.key()) ? procedures.current(count.key()).states().get(count.second()) : null;
            sums.merge(state == null ? both(count.second()) : state.title(), count.n(), Long::sum);
        }
        return sums.entrySet().stream().map(sum -> new Count(sum.getKey().zh(), sum.getKey().en(), sum.getValue()))
                .sorted(Comparator.comparingLong(Count::n).reversed()).toList();
    }

    private static List<Bar> bars(List<Count> counts, Function<Count, Bilingual> label,
            Function<Count, String> href) {
        long longest = counts.stream().mapToLong(Count::n).max().orElse(1);
        return counts.stream().map(count -> new Bar(label.apply(count), false, href.apply(count), count.n(), share(count.n(), longest))).toList();
    }

    /** Hundredths of the longest, never nothing for something. */
    static int share(long n, long longest) {
        return n == 0 ? 0 : (int) Math.max(1, Math.round(100.0 * n / longest));
    }

    private String name(String division) {
        return divisions.find(division).map(Division::name).orElse(division);
    }

    private static Bilingual both(String words) {
        return new Bilingual(words, words);
    }
}
