package org.heshi.bill.page;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.heshi.bill.edition.Edition;
import org.heshi.bill.edition.Part;

/**
 * A month of an edition, of all towns or of one.
 *
 * @param base     address of this page without what was chosen
 * @param town     name, empty for all of them
 * @param number   of the edition; 0 for a draft
 * @param newest   whether no later edition is there
 * @param lines    by town, or of one town by category
 * @param also     by category, where the first is by town
 * @param months   the months up to the chosen one, the oldest first, a year at most
 * @param year     sums of these
 * @param listed   whether kinds of matters are published one by one
 */
public record BillPage(String base, String town, int number, Optional<Instant> releasedAt, boolean newest, YearMonth month, List<YearMonth> all, int k, Instant countedAt, Figure whole,
        List<Line> lines, List<Line> also, List<Month> months, Told year, Told yearSolved, boolean listed, List<YearMonth> recounted) {

    public BillPage {
        all = List.copyOf(all);
        lines = List.copyOf(lines);
        also = List.copyOf(also);
        months = List.copyOf(months);
        recounted = List.copyOf(recounted);
    }

    private static final int YEAR = 12;

    public record Figure(Told received, Told solved, Optional<Told.Share> rate, Optional<Long> median, Optional<Long> p90, Optional<Told.Share> satisfied) {

        static Figure of(Part part, int town, int category) {
            Part.Cell cell = part.cell(town, category);
            return new Figure(Told.of(cell.listed().received(), cell.received()), Told.of(cell.listed().solved(), cell.solved()), Told.solved(part, cell), cell.median(), cell.p90(),
                    Told.satisfied(part, cell));
        }
    }

    /** @param href empty where nothing lies behind @param share hundredths of the longest */
    public record Line(String name, String href, Figure figure, int share) {
    }

    public record Month(YearMonth month, Told received, Told solved, int receivedShare, int solvedShare) {
    }

    static BillPage of(Edition edition, YearMonth month, Optional<String> town, boolean newest, String base, String towns, Locale locale) {
        Part part = edition.part(month).orElseGet(edition::newest);
        int row = town.flatMap(part::town).orElse(0);
        List<Month> months = months(edition, part.month(), town);
        List<Line> byCategory = lines(part.categories().size(), at -> name(part.categories().get(at), locale), _ -> "", at -> Figure.of(part, row, at));
        List<Line> byTown = town.isPresent() ? List.of() : lines(part.towns().size(), at -> name(part.towns().get(at), locale),
                at -> part.towns().get(at).code().isEmpty() ? "" : towns + part.towns().get(at).code() + "?month=" + part.month(), at -> Figure.of(part, at, 0));
        boolean listed = part.cell(0, 0).listed().received() + part.cell(0, 0).listed().solved() > 0;
        return new BillPage(base, town.isPresent() ? name(part.towns().get(row), locale) : "", edition.number().orElse(0), edition.releasedAt(), newest, part.month(),
                edition.parts().stream().map(Part::month).toList().reversed(), part.k(), part.countedAt(), Figure.of(part, row, 0), town.isPresent() ? byCategory : byTown,
                town.isPresent() ? List.of() : byCategory, months, Told.sum(months.stream().map(Month::received).toList()), Told.sum(months.stream().map(Month::solved).toList()), listed,
                edition.recounted());
    }

    static String name(Part.Line line, Locale locale) {
        return locale.getLanguage().equals("en") ? line.nameEn() : line.name();
    }

    private static List<Line> lines(int size, java.util.function.IntFunction<String> name, java.util.function.IntFunction<String> href, java.util.function.IntFunction<Figure> figure) {
        List<Figure> figures = java.util.stream.IntStream.range(1, size).mapToObj(figure).toList();
        long longest = Math.max(1, figures.stream().mapToLong(one -> one.received().least()).max().orElse(1));
        return java.util.stream.IntStream.range(1, size).mapToObj(at -> new Line(name.apply(at), href.apply(at), figures.get(at - 1), share(figures.get(at - 1).received(), longest)))
                .sorted(java.util.Comparator.comparingLong((Line line) -> -line.figure().received().least())).toList();
    }

    private static int share(Told told, long longest) {
        return told.least() == 0 ? 0 : (int) Math.max(1, Math.round(100.0 * told.least() / longest));
    }

    private static List<Month> months(Edition edition, YearMonth last, Optional<String> town) {
        List<Part> parts = edition.parts().stream().filter(part -> !part.month().isAfter(last) && part.month().isAfter(last.minusMonths(YEAR))).toList();
        List<Figure> figures = parts.stream().map(part -> town.map(code -> part.town(code).map(at -> Figure.of(part, at, 0))
                .orElse(new Figure(new Told.Nothing(), new Told.Nothing(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))).orElseGet(() -> Figure.of(part, 0, 0))).toList();
        long longest = Math.max(1, figures.stream().mapToLong(one -> Math.max(one.received().least(), one.solved().least())).max().orElse(1));
        return java.util.stream.IntStream.range(0, parts.size()).mapToObj(at -> new Month(parts.get(at).month(), figures.get(at).received(), figures.get(at).solved(),
                share(figures.get(at).received(), longest), share(figures.get(at).solved(), longest))).toList();
    }

    public String chosen(YearMonth one) {
        return base + "?month=" + one;
    }
}
