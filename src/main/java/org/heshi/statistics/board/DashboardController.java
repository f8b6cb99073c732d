package org.heshi.statistics.board;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.Outlines;
import org.heshi.documents.Papers;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Page;
import org.heshi.kernel.Sheets;
import org.heshi.matters.MatterRows;
import org.heshi.matters.OverLimit;
import org.heshi.statistics.Figures;
import org.heshi.statistics.Figures.Measure;
import org.heshi.statistics.Question;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The dashboard of a place, or of one's own unit; the lists behind its numbers; and the same as files. */
@Controller
class DashboardController {

    private static final int PAGE = 30;
    /** What is open and over a limit at this moment is asked of the limits themselves: no cell knows it. */
    private static final String OVER = "over";
    /** What figures write as the key of a next page; what was altered begins anew. */
    private static final String KEY = "[0-9]{1,15}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final MediaType GEO_JSON = MediaType.parseMediaType("application/geo+json");

    private final Boards boards;
    private final BoardFiles files;
    private final Figures figures;
    private final MatterRows matters;
    private final Divisions divisions;
    private final Outlines outlines;
    private final OverLimit overLimit;
    private final InstantSource clock;

    DashboardController(Boards boards, BoardFiles files, Figures figures, MatterRows matters, Divisions divisions, Outlines outlines, OverLimit overLimit,
            InstantSource clock) {
        this.boards = boards;
        this.files = files;
        this.figures = figures;
        this.matters = matters;
        this.divisions = divisions;
        this.outlines = outlines;
        this.overLimit = overLimit;
        this.clock = clock;
    }

    @GetMapping("/figures")
    String page(@RequestParam Map<String, String> typed, Locale locale, Model model) {
        model.addAttribute("page", board(typed, locale));
        return "statistics/board/page";
    }

    @GetMapping("/figures.xlsx")
    ResponseEntity<byte[]> xlsx(@RequestParam Map<String, String> typed, Locale locale) {
        BoardPage page = board(typed, locale);
        return download(page, "xlsx", MediaType.parseMediaType(Sheets.XLSX), files.xlsx(page, locale));
    }

    @GetMapping("/figures.csv")
    ResponseEntity<byte[]> csv(@RequestParam Map<String, String> typed, Locale locale) {
        BoardPage page = board(typed, locale);
        return download(page, "csv", MediaType.parseMediaType("text/csv;charset=UTF-8"), files.csv(page, locale));
    }

    @GetMapping("/figures.pdf")
    ResponseEntity<byte[]> pdf(@RequestParam Map<String, String> typed, Locale locale) {
        BoardPage page = board(typed, locale);
        return switch (files.pdf(page, locale)) {
            case Papers.Rendered.Done done -> download(page, "pdf", MediaType.APPLICATION_PDF, done.pdf());
            // a name of a place or unit with a character that no font has: the page itself and the other files still say it
            case Papers.Rendered.Refused _ -> throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT);
        };
    }

    private static ResponseEntity<byte[]> download(BoardPage page, String ending, MediaType type, byte[] bytes) {
        String of = page.asked().place().isEmpty() ? "unit" : page.asked().place();
        return ResponseEntity.ok().contentType(type).header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment()
                .filename("figures-" + of + "-" + page.asked().from() + "-" + page.asked().to() + "." + ending).build().toString()).body(bytes);
    }

    private BoardPage board(Map<String, String> typed, Locale locale) {
        Watching watching = Watching.atWork();
        Asked asked = asked(watching, typed);
        return boards.board(watching, new Asked(asked.place(), asked.from(), asked.to(), asked.kind(), shown(asked.category()), shown(asked.channel()), asked.level(), "", "", asked.then(),
                asked.months(), asked.today(), asked.notes()), locale);
    }

    /** @throws NoSuchElementException when there is and was no such place, or it is not watched */
    private Asked asked(Watching watching, Map<String, String> typed) {
        Asked asked = Asked.of(typed, CivilTime.dateOf(clock.instant()));
        String place = watching.place(asked.place(), divisions::once);
        if (place.isEmpty() || divisions.find(place).isPresent()) {
            return asked.place(place);
        }
        if (!divisions.namesEver(List.of(place)).containsKey(place)) {
            throw new NoSuchElementException("no such place: " + place);
        }
        return asked.place(place).asItWas();
    }

    // ---- the list behind a number

    @GetMapping("/figures/matters")
    String list(@RequestParam Map<String, String> typed, Locale locale, Model model) {
        Watching watching = Watching.atWork();
        Map<String, MatterRows.Kind> kinds = new LinkedHashMap<>();
        matters.kinds().forEach(kind -> kinds.put(kind.code(), kind));
        Asked asked = boards.known(asked(watching, typed), kinds).countable();
        boolean over = typed.getOrDefault("measure", "").equals(OVER);
        Measure measure = over ? Measure.OPEN : measure(typed.getOrDefault("measure", ""));
        String name = over ? OVER : measure.code();
        String after = typed.getOrDefault("after", "").matches(KEY) ? typed.get("after") : "";
        long seen = typed.getOrDefault("seen", "").matches("[0-9]{1,9}") ? Long.parseLong(typed.get("seen")) : 0;
        Question question = new Question(watching.whose(asked.place()), asked.from(), asked.to(), asked.only(), List.of(), asked.cut());
        Optional<String> key = after.isEmpty() ? Optional.empty() : Optional.of(after);
        long counted = over ? overLimit.count(Boards.over(watching, asked)) : asked.ahead() ? 0 : measure.of(figures.ask(question).total());
        Page<UUID> found = over ? overLimit.list(Boards.over(watching, asked), key, PAGE) : asked.ahead() ? new Page<>(List.of(), Optional.empty())
                : figures.behind(question, measure, key, PAGE);
        List<MatterRows.Row> rows = matters.rows(found.rows());
        Instant now = clock.instant();
        long listed = seen + rows.size();
        model.addAttribute("page", new ListPage(asked, name, boards.name(watching, asked), boards.said(asked, locale),
                rows.stream().map(row -> ListPage.Line.of(row, now)).toList(), counted, found.next().isEmpty() ? counted - listed : 0,
                found.next().map(next -> asked.behind(name, "after", next, "seen", Long.toString(listed))).orElse(""),
                after.isEmpty() ? "" : asked.behind(name), back(asked)));
        return "statistics/board/matters";
    }

    private static Measure measure(String code) {
        for (Measure measure : Measure.values()) {
            if (measure.code().equals(code)) {
                return measure;
            }
        }
        throw new NoSuchElementException("no such figure: " + code);
    }

    /** Where the number stands: no dashboard is narrowed to what has none. */
    private static String back(Asked asked) {
        return asked.href("/figures", "outcome", "", "unit", "", "hour", "", "weekday", "", "at", "", "category", shown(asked.category()), "channel", shown(asked.channel()));
    }

    private static String shown(String code) {
        return code.equals(Asked.NONE) ? "" : code;
    }

    // ---- the map

    /** The places below one as GeoJSON (RFC 7946), for the map: only outlines and names, which are public; the numbers stand in the page. */
    @GetMapping("/figures/outlines")
    ResponseEntity<Map<String, Object>> outlines(@RequestParam Map<String, String> typed) {
        Watching watching = Watching.atWork();
        Asked asked = asked(watching, typed);
        String within = asked.place();
        List<Map<String, Object>> features = new ArrayList<>();
        if (!within.isEmpty()) {
            Map<String, String> names = new HashMap<>();
            Boards.below(divisions, asked).forEach(below -> names.put(below.code(), below.name()));
            (asked.then() ? outlines.of(names.keySet(), asked.from()) : outlines.of(names.keySet())).forEach((code, outline) -> features.add(Map.of("type", "Feature", "properties", Map.of("code", code, "name", names.get(code)),
                    "geometry", Map.of("type", "MultiPolygon", "coordinates", outline.polygons().stream().map(rings -> rings.stream().map(ring -> ring.stream()
                            .map(p -> List.of(p.longitude(), p.latitude())).toList()).toList()).collect(Collectors.toList())))));
        }
        return ResponseEntity.ok().contentType(GEO_JSON).body(Map.of("type", "FeatureCollection", "features", features));
    }
}
