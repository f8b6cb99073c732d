package org.heshi.supervision.papers;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Looks;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.kernel.Flash;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Page;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Entries;
import org.heshi.matters.Entries.Entry;
import org.heshi.matters.MatterRows;
import org.heshi.supervision.register.Marks;
import org.heshi.supervision.register.Marks.Line;
import org.heshi.supervision.register.Marks.Standing;
import org.heshi.supervision.watch.Tabs;
import org.heshi.supervision.watch.Watched;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** Formal papers. One is shown to whoever is meant to read the entry that it is; the register lists those of a place. */
@Controller
class PapersController {

    private static final int PAGE = 30;
    private static final Set<String> SORTS = Set.of("supervised", "reminded", "ruled", "paper");

    private final Marks marks;
    private final Entries entries;
    private final MatterRows matters;
    private final Looks looks;
    private final Directory directory;
    private final InstantSource clock;
    private final SealedLetters letters;

    PapersController(Marks marks, Entries entries, MatterRows matters, Looks looks, Directory directory, InstantSource clock, SealedLetters letters) {
        this.marks = marks;
        this.entries = entries;
        this.matters = matters;
        this.looks = looks;
        this.directory = directory;
        this.clock = clock;
        this.letters = letters;
    }

    @GetMapping("/supervision/papers")
    String list(@RequestParam(defaultValue = "") String what, @RequestParam(defaultValue = "") String state, @RequestParam(defaultValue = "") String after,
            Model model) {
        Instant now = clock.instant();
        Optional<String> sort = Optional.of(what).filter(SORTS::contains);
        Optional<Standing> standing = Stream.of(Standing.values()).filter(s -> s.name().equalsIgnoreCase(state)).findFirst();
        Page<Line> found = marks.papers(Watched.place(), sort, standing, now, after, PAGE);
        Map<UUID, MatterRows.Row> rows = matters.rows(found.rows().stream().map(Line::matter).distinct().toList()).stream()
                .collect(Collectors.toMap(MatterRows.Row::id, Function.identity()));
        Map<UUID, Unit> units = directory.units(found.rows().stream().flatMap(line -> line.unit().stream()).distinct().toList());
        String here = UriComponentsBuilder.fromPath("/supervision/papers").queryParam("what", sort.orElse("")).queryParam("state",
                standing.map(s -> s.name().toLowerCase(java.util.Locale.ROOT)).orElse("")).toUriString();
        model.addAttribute("tabs", Tabs.of("papers"));
        model.addAttribute("mayWrite", Watched.atACentre());
        model.addAttribute("what", sort.orElse(""));
        model.addAttribute("state", standing.map(s -> s.name().toLowerCase(java.util.Locale.ROOT)).orElse(""));
        model.addAttribute("papers", found.rows().stream().filter(line -> rows.containsKey(line.matter())).map(line -> new PaperLine(line,
                rows.get(line.matter()), line.unit().map(units::get).map(Unit::name).orElse(""), line.standing(now))).toList());
        model.addAttribute("next", found.next().map(key -> here + "&after=" + key).orElse(""));
        model.addAttribute("first", after.isEmpty() ? "" : here);
        return "supervision/papers/list";
    }

    @GetMapping("/matters/{number}/papers/{seq}")
    String paper(@PathVariable String number, @PathVariable int seq, Model model) {
        Acting.staff();
        model.addAttribute("paper", page(matter(number), seq, List.of()));
        return "supervision/papers/paper";
    }

    /** The paper as a PDF under the unit's seal; done once, it stays the one that was issued. */
    @PostMapping("/matters/{number}/papers/{seq}/pdf")
    String issue(@PathVariable String number, @PathVariable int seq, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        Acting.staff();
        UUID matter = matter(number);
        List<Refusal> refusals = letters.issue(matter, issued(matter, seq), to(matter, seq));
        if (refusals.isEmpty()) {
            redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("supervision.paper.sealed"));
            return "redirect:/matters/" + MatterNumber.parse(number).orElseThrow().digits() + "/papers/" + seq;
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("paper", page(matter, seq, refusals));
        return "supervision/papers/paper";
    }

    private UUID matter(String number) {
        return MatterNumber.parse(number).flatMap(matters::find).orElseThrow(() -> new NoSuchElementException("no matter " + number));
    }

    private Entry issued(UUID matter, int seq) {
        return entries.of(matter).stream().filter(entry -> entry.seq() == seq && entry.paper().isPresent()).findFirst()
                .orElseThrow(() -> new NoSuchElementException("no paper that who looks may read"));
    }

    private Optional<String> to(UUID matter, int seq) {
        return marks.findPaper(matter, seq).flatMap(Line::unit).flatMap(directory::findUnit).map(Unit::name);
    }

    private PaperPage page(UUID matter, int seq, List<Refusal> refusals) {
        Entry issued = issued(matter, seq);
        looks.record(matter);
        // a follower writes the register within seconds: until then limit and reply are not known
        Optional<Line> line = marks.findPaper(matter, seq);
        return new PaperPage(issued, matters.rows(List.of(matter)).getFirst(), to(matter, seq), line.flatMap(Line::dueAt).map(due -> due.minusSeconds(1)),
                line.flatMap(Line::replied).flatMap(reply -> entries.of(matter).stream().filter(entry -> entry.seq() == reply).findFirst()), letters.find(matter, issued),
                letters.mayIssue(issued), refusals);
    }
}
