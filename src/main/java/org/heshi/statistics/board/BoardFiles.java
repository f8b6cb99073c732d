package org.heshi.statistics.board;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.heshi.documents.Papers;
import org.heshi.documents.Reports;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Csv;
import org.heshi.kernel.Sheets;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What a dashboard shows, as files: with its filter, what the figures mean, and up to when they are counted. */
@Component
class BoardFiles {

    private static final DateTimeFormatter TO_THE_SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Reports reports;
    private final MessageSource messages;
    private final Boards boards;
    private final Meanings meanings;

    BoardFiles(Reports reports, MessageSource messages, Boards boards, Meanings meanings) {
        this.reports = reports;
        this.messages = messages;
        this.boards = boards;
        this.meanings = meanings;
    }

    byte[] xlsx(BoardPage page, Locale locale) {
        Words words = new Words(messages, locale);
        List<Sheets.Sheet> sheets = new ArrayList<>();
        List<List<Object>> about = new ArrayList<>();
        facts(page, words).forEach(fact -> about.add(List.of(fact.label(), fact.value())));
        tiles(page, words).forEach(tile -> about.add(List.of(tile.label(), tile.value())));
        means(words).forEach(fact -> about.add(List.of(fact.label(), fact.value())));
        sheets.add(new Sheets.Sheet(words.t("figures.file.about"), List.of(words.t("figures.title", page.name()), ""), about));
        for (Table table : page.tables()) {
            sheets.add(new Sheets.Sheet(table.title(), table.heads().stream().map(Table.Head::whole).toList(), table.rows().stream().map(row -> {
                List<Object> cells = new ArrayList<>(List.of(row.name()));
                row.cells().forEach(cell -> cells.add(cell.value()));
                return cells;
            }).toList()));
        }
        return Sheets.of(sheets);
    }

    byte[] csv(BoardPage page, Locale locale) {
        Words words = new Words(messages, locale);
        StringBuilder out = new StringBuilder(Csv.BYTE_ORDER_MARK).append(Csv.line(List.of(words.t("figures.title", page.name()))));
        facts(page, words).forEach(fact -> out.append(Csv.line(List.of(fact.label(), fact.value()))));
        tiles(page, words).forEach(tile -> out.append(Csv.line(List.of(tile.label(), tile.value()))));
        for (Table table : page.tables()) {
            out.append("\r\n").append(Csv.line(List.of(table.title()))).append(Csv.line(table.heads().stream().map(Table.Head::whole).toList()));
            table.rows().forEach(row -> {
                List<String> cells = new ArrayList<>(List.of(row.name()));
                row.cells().forEach(cell -> cells.add(cell.value().toString()));
                out.append(Csv.line(cells));
            });
        }
        out.append("\r\n").append(Csv.line(List.of(words.t("figures.means"))));
        means(words).forEach(fact -> out.append(Csv.line(List.of(fact.label(), fact.value()))));
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    Papers.Rendered pdf(BoardPage page, Locale locale) {
        Words words = new Words(messages, locale);
        String title = words.t("figures.title", page.name());
        return reports.print("statistics/board/paper.jte", title, new BoardPaper(title, facts(page, words), page.says(), tiles(page, words),
                page.tables().stream().map(BoardFiles::part).toList(), words.t("figures.means"), means(words)));
    }

    private static BoardPaper.Part part(Table table) {
        boolean heat = table.name().equals("times") || table.name().equals("ways");
        boolean course = table.name().equals("course");
        long greatest = heat || course ? table.rows().stream().flatMap(row -> row.cells().stream().limit(course ? 1 : row.cells().size())).filter(cell -> cell.value() instanceof Long)
                .mapToLong(cell -> (Long) cell.value()).max().orElse(0) : 0;
        return new BoardPaper.Part(table.title(), table.note(), table.heads().stream().map(Table.Head::label).toList(), table.rows().stream().map(row -> {
            List<BoardPaper.Spot> spots = new ArrayList<>();
            for (int i = 0; i < row.cells().size(); i++) {
                Table.Cell cell = row.cells().get(i);
                long n = cell.value() instanceof Long whole ? whole : 0;
                spots.add(new BoardPaper.Spot(cell.text(), course && i == 0 ? Boards.share(n, greatest) : cell.share(), heat ? Shade.of(n, greatest) : 0));
            }
            return new BoardPaper.Row(row.name(), spots);
        }).toList(), course || table.rows().stream().anyMatch(row -> !row.cells().isEmpty() && row.cells().getFirst().share() >= 0), heat);
    }

    private List<BoardPaper.Fact> facts(BoardPage page, Words words) {
        Asked asked = page.asked();
        List<BoardPaper.Fact> facts = new ArrayList<>();
        facts.add(new BoardPaper.Fact(words.t("figures.file.place"), page.name() + (asked.place().isEmpty() ? "" : " " + asked.place())));
        facts.add(new BoardPaper.Fact(words.t("figures.file.days"), asked.from() + " – " + asked.to()));
        List<String> said = boards.said(asked, words.locale());
        facts.add(new BoardPaper.Fact(words.t("figures.file.filter"), said.isEmpty() ? words.t("figures.all") : String.join(words.t("figures.comma"), said)));
        facts.add(new BoardPaper.Fact(words.t("figures.cut"), words.t(asked.then() ? "figures.cut.then" : "figures.cut.today")));
        facts.add(new BoardPaper.Fact(words.t("figures.file.as-of"), page.asOf().map(BoardFiles::toTheSecond).orElse("—")));
        return facts;
    }

    private static String toTheSecond(Instant moment) {
        return CivilTime.of(moment).format(TO_THE_SECOND);
    }

    private static List<BoardPaper.Fact> tiles(BoardPage page, Words words) {
        List<BoardPaper.Fact> facts = new ArrayList<>();
        page.tiles().forEach(tile -> facts.add(new BoardPaper.Fact(tile.label(), tile.value() + (tile.of().isEmpty() ? "" : " " + words.t("figures.brackets", tile.of())))));
        return facts;
    }

    private List<BoardPaper.Fact> means(Words words) {
        return Meanings.MEANT.stream().map(measure -> new BoardPaper.Fact(words.t("figures." + measure), meanings.of(measure, words))).toList();
    }
}
