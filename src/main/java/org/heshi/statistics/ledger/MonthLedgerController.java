package org.heshi.statistics.ledger;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.heshi.access.Acting;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Csv;
import org.heshi.kernel.Page;
import org.heshi.kernel.Sheets;
import org.heshi.statistics.Figures.Measure;
import org.heshi.statistics.board.Watching;
import org.heshi.statistics.board.Words;
import org.heshi.statistics.reports.Period;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The ledger of a month. Files are written line by line, so that a prefecture's month needs no more memory than a village's. */
@Controller
class MonthLedgerController {

    private static final int PAGE = 50;
    private static final int TOGETHER = 500;
    /** A sheet has no more rows; what is left over is said in its last one. */
    private static final int MOST_ROWS = 1_048_000;
    /** What figures write as the key of a next page; what was altered begins anew. */
    private static final String KEY = "[0-9]{1,15}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final List<Measure> PARTS = List.of(Measure.RECEIVED, Measure.CLOSED, Measure.OPEN);
    private static final List<String> COLUMNS = List.of("number", "came", "kind", "category", "channel", "level", "place", "lead", "state", "closed", "outcome", "limit");

    private final MonthLedger ledger;
    private final Divisions divisions;
    private final Directory directory;
    private final MessageSource messages;
    private final InstantSource clock;

    MonthLedgerController(MonthLedger ledger, Divisions divisions, Directory directory, MessageSource messages, InstantSource clock) {
        this.ledger = ledger;
        this.divisions = divisions;
        this.directory = directory;
        this.messages = messages;
        this.clock = clock;
    }

    private record Typed(Watching watching, String place, String name, MonthLedger.Asked asked, List<String> notes) {

        String href(String path) {
            return path + "?month=" + asked.month() + "&part=" + asked.part().code() + (place.isEmpty() ? "" : "&place=" + place);
        }
    }

    @GetMapping("/figures/ledger")
    String page(@RequestParam Map<String, String> typed, Locale locale, Model model) {
        Typed t = typed(typed);
        String after = typed.getOrDefault("after", "").matches(KEY) ? typed.get("after") : "";
        long seen = typed.getOrDefault("seen", "").matches("[0-9]{1,9}") ? Long.parseLong(typed.get("seen")) : 0;
        Page<LedgerPage.Line> found = ledger.lines(t.asked(), Optional.of(after).filter(key -> !key.isEmpty()), PAGE, locale);
        long counted = ledger.counted(t.asked());
        long listed = seen + found.rows().size();
        boolean files = mayTakeOut();
        Words words = new Words(messages, locale);
        model.addAttribute("page", new LedgerPage(t.name(), t.place(), t.asked().month().toString(), Period.month(t.asked().month()).name(words),
                !t.asked().month().isBefore(YearMonth.from(t.asked().today())), t.asked().part().code(), t.notes(), places(t), found.rows(), counted,
                found.next().isEmpty() ? counted - listed : 0, found.next().map(key -> t.href("/figures/ledger") + "&after=" + key + "&seen=" + listed).orElse(""),
                after.isEmpty() ? "" : t.href("/figures/ledger"), files, t.href("/figures/ledger.xlsx"), t.href("/figures/ledger.csv")));
        return "statistics/ledger/page";
    }

    private static boolean mayTakeOut() {
        return Acting.staff().takesOut();
    }

    private Typed takenOut(Map<String, String> typed) {
        Typed t = typed(typed);
        if (!mayTakeOut()) {
            throw new AccessDeniedException("this post takes nothing out");
        }
        return t;
    }

    @GetMapping("/figures/ledger.csv")
    void csv(@RequestParam Map<String, String> typed, Locale locale, HttpServletResponse response) throws IOException {
        Typed t = takenOut(typed);
        Words words = new Words(messages, locale);
        begin(response, t, "csv", "text/csv;charset=UTF-8");
        Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        out.write(Csv.BYTE_ORDER_MARK);
        out.write(Csv.line(heads(words)));
        each(t, locale, line -> out.write(Csv.line(cells(line, words))));
        out.write(Csv.line(List.of(note(t, words))));
        out.flush();
    }

    @GetMapping("/figures/ledger.xlsx")
    void xlsx(@RequestParam Map<String, String> typed, Locale locale, HttpServletResponse response) throws IOException {
        Typed t = takenOut(typed);
        Words words = new Words(messages, locale);
        begin(response, t, "xlsx", Sheets.XLSX);
        try (Workbook book = new Workbook(response.getOutputStream(), "Heshi", "1.0")) {
            Worksheet sheet = book.newWorksheet(words.t("ledger.part." + t.asked().part().code()));
            sheet.freezePane(0, 1);
            int[] row = {0};
            List<String> heads = heads(words);
            for (int column = 0; column < heads.size(); column++) {
                sheet.value(0, column, heads.get(column));
                sheet.width(column, column == 3 || column == 7 ? 28 : 14);
            }
            each(t, locale, line -> {
                List<String> cells = cells(line, words);
                if (++row[0] > MOST_ROWS) {
                    return;
                }
                for (int column = 0; column < cells.size(); column++) {
                    sheet.value(row[0], column, Csv.safe(cells.get(column)));
                }
                if (row[0] % TOGETHER == 0) {
                    sheet.flush();
                }
            });
            int last = Math.min(row[0], MOST_ROWS) + 1;
            sheet.value(last, 0, row[0] > MOST_ROWS ? words.t("ledger.too-many", words.number(row[0])) : note(t, words));
        }
    }

    private interface Writing {
        void line(LedgerPage.Line line) throws IOException;
    }

    private void each(Typed t, Locale locale, Writing writing) throws IOException {
        Optional<String> after = Optional.empty();
        do {
            Page<LedgerPage.Line> page = ledger.lines(t.asked(), after, TOGETHER, locale);
            for (LedgerPage.Line line : page.rows()) {
                writing.line(line);
            }
            after = page.next();
        } while (after.isPresent());
    }

    private static void begin(HttpServletResponse response, Typed t, String ending, String type) {
        response.setContentType(type);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"ledger-" + t.asked().month() + "-" + t.asked().part().code() + "-"
                + (t.place().isEmpty() ? "unit" : t.place()) + "." + ending + "\"");
    }

    private static List<String> heads(Words words) {
        return COLUMNS.stream().map(column -> words.t("ledger." + column)).toList();
    }

    private static List<String> cells(LedgerPage.Line line, Words words) {
        return List.of(line.number(), line.came(), line.kind(), line.category(), line.channel(), words.t("site.level." + line.level()), line.place(), line.lead(), line.state(),
                line.closed(), line.outcome(), words.t("ledger.limit." + line.limit()));
    }

    private String note(Typed t, Words words) {
        return words.t("ledger.note", t.name(), Period.month(t.asked().month()).name(words), words.t("ledger.part." + t.asked().part().code()));
    }

    /** @throws NoSuchElementException when there is and was no such place, or it is not watched */
    private Typed typed(Map<String, String> typed) {
        Watching watching = Watching.mine();
        List<String> notes = new ArrayList<>();
        String wanted = typed.getOrDefault("place", "").strip();
        String place = watching.place(wanted.matches("[1-9][0-9]{1,16}") ? wanted : "", divisions::once);
        Map<String, String> names = place.isEmpty() ? Map.of() : divisions.namesEver(List.of(place));
        if (!place.isEmpty() && !names.containsKey(place)) {
            throw new NoSuchElementException("no such place: " + place);
        }
        String name = watching.unit().flatMap(directory::findUnit).map(Unit::name).orElseGet(() -> names.getOrDefault(place, place));
        YearMonth month = CivilTime.monthUpTo(clock.instant(), typed.getOrDefault("month", ""));
        if (!typed.getOrDefault("month", "").isBlank() && !month.toString().equals(typed.get("month"))) {
            notes.add("ledger.note.month");
        }
        String part = typed.getOrDefault("part", "");
        Measure measure = PARTS.stream().filter(one -> one.code().equals(part)).findFirst().orElse(Measure.RECEIVED);
        LocalDate today = CivilTime.dateOf(clock.instant());
        return new Typed(watching, place, name, new MonthLedger.Asked(watching.whose(place), month, measure, today), notes);
    }

    /** The place itself, those above it as far as they are watched, and those right below. */
    private List<LedgerPage.Choice> places(Typed t) {
        return t.place().isEmpty() ? List.of()
                : t.watching().near(t.place(), divisions).entrySet().stream().map(one -> new LedgerPage.Choice(one.getKey(), one.getValue())).toList();
    }
}
