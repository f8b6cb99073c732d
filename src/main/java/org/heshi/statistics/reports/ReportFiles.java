package org.heshi.statistics.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.heshi.documents.Papers;
import org.heshi.documents.Reports;
import org.heshi.kernel.Sheets;
import org.heshi.statistics.board.BoardPaper;
import org.heshi.statistics.board.Table;
import org.heshi.statistics.board.Words;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** A report as a paper and as a spreadsheet: with its days, what the figures mean, and up to when they are counted. */
@Component
public class ReportFiles {

    private final Reports reports;
    private final MessageSource messages;

    ReportFiles(Reports reports, MessageSource messages) {
        this.reports = reports;
        this.messages = messages;
    }

    byte[] xlsx(Report report, Locale locale) {
        Words words = new Words(messages, locale);
        List<List<Object>> about = new ArrayList<>();
        facts(report, words).forEach(fact -> about.add(List.of(fact.label(), fact.value())));
        report.says().forEach(sentence -> about.add(List.of("", sentence)));
        means(report, words).forEach(fact -> about.add(List.of(fact.label(), fact.value())));
        List<Sheets.Sheet> sheets = new ArrayList<>(List.of(new Sheets.Sheet(words.t("figures.file.about"), List.of(report.title(), report.called()), about)));
        report.tables().forEach(table -> sheets.add(sheet(table)));
        return Sheets.of(sheets);
    }

    private static Sheets.Sheet sheet(Table table) {
        return new Sheets.Sheet(table.title(), table.heads().stream().map(Table.Head::whole).toList(), table.rows().stream().map(row -> {
            List<Object> cells = new ArrayList<>(List.of(row.name()));
            row.cells().forEach(cell -> cells.add(cell.value()));
            return cells;
        }).toList());
    }

    Papers.Rendered pdf(Report report, Locale locale) {
        Words words = new Words(messages, locale);
        return reports.print("statistics/board/paper.jte", report.title() + " " + report.called(), new BoardPaper(report.title(), facts(report, words), report.says(), List.of(),
                report.tables().stream().map(ReportFiles::part).toList(), words.t("figures.means"), means(report, words)));
    }

    /** A table as papers draw it. */
    public static BoardPaper.Part part(Table table) {
        return new BoardPaper.Part(table.title(), table.note(), table.heads().stream().map(Table.Head::label).toList(), table.rows().stream()
                .map(row -> new BoardPaper.Row(row.name(), row.cells().stream().map(cell -> new BoardPaper.Spot(cell.text(), -1, 0)).toList())).toList(), false, false);
    }

    private static List<BoardPaper.Fact> facts(Report report, Words words) {
        List<BoardPaper.Fact> facts = new ArrayList<>();
        facts.add(new BoardPaper.Fact(words.t("figures.file.place"), report.name() + (report.place().isEmpty() ? "" : " " + report.place())));
        facts.add(new BoardPaper.Fact(words.t("reports.period"), report.called()));
        facts.add(new BoardPaper.Fact(words.t("figures.file.as-of"), counted(report, words)));
        return facts;
    }

    /** As of when it is counted, and whether the period is over. */
    static String counted(Report report, Words words) {
        String moment = report.counted().map(at -> MakeReport.toTheSecond(at, words)).orElse("—");
        return report.ahead() ? words.t("reports.ahead") : words.t(report.soFar() ? "reports.counted.so-far" : "reports.counted.over", moment);
    }

    /** What its figures mean. */
    public static List<BoardPaper.Fact> means(Report report, Words words) {
        List<BoardPaper.Fact> means = new ArrayList<>();
        report.means().forEach((figure, text) -> means.add(new BoardPaper.Fact(words.t("figures." + figure), text)));
        return means;
    }
}
