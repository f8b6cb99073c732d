package org.heshi.statistics.reports;

import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import org.heshi.divisions.Divisions;
import org.heshi.documents.Papers;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Sheets;
import org.heshi.statistics.board.Watching;
import org.heshi.statistics.board.Words;
import org.springframework.context.MessageSource;
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

/** Standard reports of what the post watches, as its dashboard. All that is asked for stands in the address. */
@Controller
class ReportsController {

    private final MakeReport make;
    private final ReportFiles files;
    private final Divisions divisions;
    private final MessageSource messages;
    private final InstantSource clock;

    ReportsController(MakeReport make, ReportFiles files, Divisions divisions, MessageSource messages, InstantSource clock) {
        this.make = make;
        this.files = files;
        this.divisions = divisions;
        this.messages = messages;
        this.clock = clock;
    }

    private record Asked(Watching watching, String place, Period period, List<String> notes) {
    }

    @GetMapping("/figures/reports")
    String page(@RequestParam Map<String, String> typed, Locale locale, Model model) {
        Asked asked = asked(typed);
        Words words = new Words(messages, locale);
        Report report = make.report(asked.watching().whose(asked.place()), asked.period(), locale);
        model.addAttribute("page", new ReportPage(report, ReportFiles.counted(report, words), asked.notes(), places(asked), lengths(asked, words),
                new ReportPage.Step(asked.period().before().name(words), href("/figures/reports", asked.period().before(), asked.place())),
                asked.period().over(today()) ? java.util.Optional.of(new ReportPage.Step(asked.period().next().name(words), href("/figures/reports", asked.period().next(), asked.place())))
                        : java.util.Optional.empty(),
                href("/figures/reports.pdf", asked.period(), asked.place()), href("/figures/reports.xlsx", asked.period(), asked.place())));
        return "statistics/reports/page";
    }

    @GetMapping("/figures/reports.xlsx")
    ResponseEntity<byte[]> xlsx(@RequestParam Map<String, String> typed, Locale locale) {
        Report report = report(typed, locale);
        return download(report, "xlsx", MediaType.parseMediaType(Sheets.XLSX), files.xlsx(report, locale));
    }

    @GetMapping("/figures/reports.pdf")
    ResponseEntity<byte[]> pdf(@RequestParam Map<String, String> typed, Locale locale) {
        Report report = report(typed, locale);
        return switch (files.pdf(report, locale)) {
            case Papers.Rendered.Done done -> download(report, "pdf", MediaType.APPLICATION_PDF, done.pdf());
            // a name of a place or unit with a character that no font has: the page and the spreadsheet still say it
            case Papers.Rendered.Refused _ -> throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT);
        };
    }

    private Report report(Map<String, String> typed, Locale locale) {
        Asked asked = asked(typed);
        return make.report(asked.watching().whose(asked.place()), asked.period(), locale);
    }

    private static ResponseEntity<byte[]> download(Report report, String ending, MediaType type, byte[] bytes) {
        return ResponseEntity.ok().contentType(type).header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment()
                .filename("report-" + report.period().length().code() + "-" + report.period().from() + "-" + (report.place().isEmpty() ? "unit" : report.place()) + "." + ending)
                .build().toString()).body(bytes);
    }

    private LocalDate today() {
        return CivilTime.dateOf(clock.instant());
    }

    /** What cannot be is corrected and said. @throws NoSuchElementException when there is and was no such place, or it is not watched */
    private Asked asked(Map<String, String> typed) {
        Watching watching = Watching.mine();
        List<String> notes = new ArrayList<>();
        String wanted = typed.getOrDefault("place", "").strip();
        String place = watching.place(wanted.matches("[1-9][0-9]{1,16}") ? wanted : "", divisions::once);
        if (!place.isEmpty() && !divisions.namesEver(List.of(place)).containsKey(place)) {
            throw new NoSuchElementException("no such place: " + place);
        }
        LocalDate first = CivilTime.FIRST_MONTH.atDay(1).withDayOfYear(1);
        LocalDate day = today();
        String on = typed.getOrDefault("on", "").strip();
        if (!on.isEmpty()) {
            try {
                day = on.length() == 7 ? YearMonth.parse(on).atDay(1) : LocalDate.parse(on);
            } catch (DateTimeException e) {
                notes.add("reports.note.day");
            }
        }
        if (day.isBefore(first) || day.getYear() > 2200) {
            notes.add("reports.note.far");
            day = today();
        }
        return new Asked(watching, place, Period.of(Period.Length.find(typed.getOrDefault("period", "")).orElse(Period.Length.MONTH), day), notes);
    }

    static String href(String path, Period period, String place) {
        return path + "?period=" + period.length().code() + "&on=" + period.from() + (place.isEmpty() ? "" : "&place=" + place);
    }

    private List<ReportPage.Choice> places(Asked asked) {
        return asked.place().isEmpty() ? List.of()
                : asked.watching().near(asked.place(), divisions).entrySet().stream().map(one -> new ReportPage.Choice(one.getKey(), one.getValue())).toList();
    }

    private List<ReportPage.Step> lengths(Asked asked, Words words) {
        List<ReportPage.Step> steps = new ArrayList<>();
        for (Period.Length length : Period.Length.values()) {
            // of a longer period one asks for its last days that have been
            LocalDate day = asked.period().to().isAfter(today()) && !asked.period().from().isAfter(today()) ? today() : asked.period().to();
            steps.add(new ReportPage.Step(words.t("reports.length." + length.code()), length == asked.period().length() ? ""
                    : href("/figures/reports", Period.of(length, day), asked.place())));
        }
        return steps;
    }
}
