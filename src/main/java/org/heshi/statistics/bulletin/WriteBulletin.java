package org.heshi.statistics.bulletin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.documents.Papers;
import org.heshi.documents.Reports;
import org.heshi.kernel.CivilTime;
import org.heshi.statistics.Whose;
import org.heshi.statistics.board.BoardPaper;
import org.heshi.statistics.board.Table;
import org.heshi.statistics.board.Words;
import org.heshi.statistics.reports.MakeReport;
import org.heshi.statistics.reports.Period;
import org.heshi.statistics.reports.Report;
import org.heshi.statistics.reports.ReportFiles;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Makes the paper of a bulletin from the month's figures. They are asked for as the program itself, so that nothing is in them from which somebody is barred: a paper
 * goes from hand to hand. Its words are facts; nobody is compared by how many complained.
 */
@Component
class WriteBulletin {

    private static final Actor.Machine SELF = new Actor.Machine("bulletin");
    private static final int CATEGORIES_NAMED = 3;

    private final MakeReport make;
    private final Reports reports;
    private final Directory directory;
    private final MessageSource messages;

    WriteBulletin(MakeReport make, Reports reports, Directory directory, MessageSource messages) {
        this.make = make;
        this.reports = reports;
        this.directory = directory;
        this.messages = messages;
    }

    /** What a bulletin tells by itself. @param digest of its figures in whatever language, so that nobody releases others than those that they saw */
    record Told(Report report, List<String> words, String digest) {
    }

    Told told(String place, YearMonth month, Locale locale) {
        Report report = Acting.as(SELF, () -> make.report(new Whose.Place(place), Period.month(month), locale));
        Words words = new Words(messages, locale);
        List<String> told = new ArrayList<>(report.says());
        categories(report, words).ifPresent(told::add);
        units(report, words).ifPresent(told::add);
        return new Told(report, told, digest(report));
    }

    private static final Set<String> NAMED = Set.of("places", "units");

    private static long number(Table.Row row, int column) {
        return row.cells().get(column).value() instanceof Long n ? n : 0;
    }

    private static Optional<String> categories(Report report, Words words) {
        List<String> most = report.table("categories").stream().flatMap(table -> table.rows().stream()).filter(row -> number(row, 0) > 0)
                .sorted(Comparator.comparingLong((Table.Row row) -> number(row, 0)).reversed()).limit(CATEGORIES_NAMED)
                .map(row -> words.t("bulletin.category", row.name(), words.number(number(row, 0)))).toList();
        return most.isEmpty() ? Optional.empty() : Optional.of(words.t("bulletin.says.categories", String.join(words.t("bulletin.and"), most)));
    }

    /** Who kept limits too late stands by name, as the table has it, not by how many. */
    private static Optional<String> units(Report report, Words words) {
        List<String> late = report.table("units").stream().flatMap(table -> table.rows().stream()).filter(row -> number(row, 1) > 0)
                .map(row -> words.t("bulletin.unit", row.name(), words.number(number(row, 0)), words.number(number(row, 1)))).toList();
        return report.table("units").isEmpty() ? Optional.empty()
                : Optional.of(late.isEmpty() ? words.t("bulletin.says.no-unit-late") : words.t("bulletin.says.units-late", String.join(words.t("bulletin.and"), late)));
    }

    /** Of all figures, and of the names of places and units, which are the same in every language: somebody may rename one before the paper is released. */
    private static String digest(Report report) {
        StringBuilder all = new StringBuilder(report.name());
        report.tables().forEach(table -> table.rows().forEach(row -> {
            all.append('\n').append(table.name()).append('|').append(NAMED.contains(table.name()) ? row.name() : "");
            row.cells().forEach(cell -> all.append('|').append(cell.value()));
        }));
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8))).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param number empty: a draft, and says so @param replaced number of the one whose place it takes */
    Papers.Rendered paper(Bulletin bulletin, Told told, Optional<Integer> number, Optional<Integer> replaced, Instant now) {
        Words words = new Words(messages, Locale.SIMPLIFIED_CHINESE);
        Report report = told.report();
        List<BulletinPaper.Section> sections = new ArrayList<>();
        if (!bulletin.foreword().isEmpty()) {
            sections.add(new BulletinPaper.Section(words.t("bulletin.foreword"), bulletin.foreword().lines().toList(), List.of()));
        }
        sections.add(new BulletinPaper.Section(words.t("bulletin.part.figures"), told.words(), parts(report, "compared")));
        sections.add(new BulletinPaper.Section(words.t("bulletin.part.matters"), List.of(), parts(report, "categories", "channels", "outcomes")));
        List<BoardPaper.Part> where = parts(report, "places", "units");
        if (!where.isEmpty()) {
            sections.add(new BulletinPaper.Section(words.t("bulletin.part.places"), List.of(words.t("bulletin.order")), where));
        }
        if (!bulletin.remarks().isEmpty()) {
            sections.add(new BulletinPaper.Section(words.t("bulletin.remarks"), bulletin.remarks().lines().toList(), List.of()));
        }
        List<BulletinPaper.Section> numbered = new ArrayList<>();
        for (BulletinPaper.Section section : sections) {
            numbered.add(new BulletinPaper.Section(words.t("bulletin.nth." + (numbered.size() + 1)) + section.title(), section.paragraphs(), section.tables()));
        }
        LocalDate today = CivilTime.dateOf(now);
        String title = words.t("bulletin.title", report.name(), report.called());
        return reports.print("statistics/bulletin/paper.jte", title, new BulletinPaper(title,
                number.map(n -> words.t("bulletin.number", Integer.toString(bulletin.month().getYear()), Integer.toString(n))).orElseGet(() -> words.t("bulletin.draft-mark")),
                directory.findUnit(bulletin.unit()).map(Unit::name).orElse(""), Period.of(Period.Length.DAY, today).name(words), words.t("bulletin.caution"),
                words.t("bulletin.counted", report.counted().map(at -> MakeReport.toTheSecond(at, words)).orElse("—")),
                replaced.map(n -> words.t("bulletin.replaces", Integer.toString(bulletin.month().getYear()), Integer.toString(n))).orElse(""), numbered, words.t("figures.means"),
                ReportFiles.means(report, words)));
    }

    private static List<BoardPaper.Part> parts(Report report, String... names) {
        return java.util.Arrays.stream(names).flatMap(name -> report.table(name).stream()).map(ReportFiles::part).toList();
    }
}
