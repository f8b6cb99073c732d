package org.heshi.bill.edition;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.bill.suppression.Counts;
import org.heshi.directory.Categories;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.Level;
import org.heshi.matters.MatterRows;
import org.heshi.matters.MattersSettings;
import org.heshi.statistics.By;
import org.heshi.statistics.Figures;
import org.heshi.statistics.Histogram;
import org.heshi.statistics.Measures;
import org.heshi.statistics.Only;
import org.heshi.statistics.Question;
import org.springframework.stereotype.Component;

/** Asks the figures for a month. Matters that somebody is barred from are not in them, nor what offices make for one another. */
@Component
class Counting {

    private static final Actor.Machine SELF = new Actor.Machine("bill");
    private static final LocalDate BEGINNING = LocalDate.of(2004, 1, 1);

    private final Figures figures;
    private final Divisions divisions;
    private final Categories categories;
    private final MatterRows matters;
    private final BillSettings settings;
    private final String place;

    Counting(Figures figures, Divisions divisions, Categories categories, MatterRows matters, BillSettings settings, MattersSettings county) {
        this.figures = figures;
        this.divisions = divisions;
        this.categories = categories;
        this.matters = matters;
        this.settings = settings;
        this.place = county.county();
    }

    /** The first month that is told; empty while nothing came in. */
    Optional<YearMonth> first(LocalDate today) {
        return settings.first().or(() -> Acting.as(SELF, () -> figures.ask(Question.of(place, BEGINNING, today, By.MONTH))).rows().stream()
                .filter(row -> row.measures().received() > 0).map(row -> YearMonth.parse(row.key())).min(YearMonth::compareTo).map(month -> month.plusMonths(1)));
    }

    /** @param known lines that an earlier edition of this month has; they stay */
    Counted count(YearMonth month, Optional<Part> known) {
        List<MatterRows.Kind> kinds = matters.kinds().stream().filter(kind -> !kind.internal()).toList();
        Question whole = Question.of(place, month.atDay(1), month.atEndOfMonth(), By.TOWN, By.CATEGORY_1, By.OUTCOME).cut(Question.Cut.THEN);
        List<Figures.Answer> answers = Acting.as(SELF, () -> figures.ask(kinds.stream().map(kind -> whole.only(Only.ALL.kind(kind.code()))).toList()));
        Map<String, Part.Line> towns = towns(known);
        Map<String, Part.Line> groups = groups(known);
        for (Figures.Answer answer : answers) {
            for (Figures.Row row : answer.rows()) {
                towns.computeIfAbsent(row.keys().get(0), this::town);
                groups.computeIfAbsent(row.keys().get(1), this::group);
            }
        }
        List<String> rows = List.copyOf(towns.keySet());
        List<String> columns = List.copyOf(groups.keySet());
        Tally listed = new Tally(rows.size(), columns.size());
        Tally others = new Tally(rows.size(), columns.size());
        Histogram[][] times = new Histogram[rows.size() + 1][columns.size() + 1];
        for (Histogram[] line : times) {
            java.util.Arrays.fill(line, Histogram.EMPTY);
        }
        for (int i = 0; i < answers.size(); i++) {
            Tally tally = kinds.get(i).inPublic() ? listed : others;
            for (Figures.Row row : answers.get(i).rows()) {
                int town = rows.indexOf(row.keys().get(0));
                int category = columns.indexOf(row.keys().get(1));
                boolean solved = settings.solved().contains(row.keys().get(2));
                tally.add(town, category, row.keys().get(2), solved, row.measures());
                others.said(town, category, row.measures());
                if (solved) {
                    for (int r : new int[] {0, town + 1}) {
                        for (int c : new int[] {0, category + 1}) {
                            times[r][c] = times[r][c].plus(row.measures().toClosing());
                        }
                    }
                }
            }
        }
        return new Counted(List.copyOf(towns.values()), List.copyOf(groups.values()), listed.measured(), others.measured(), times);
    }

    private static final class Tally {

        private final int[][] received;
        private final int[][] solved;
        private final int[][] otherwise;
        private final int[][] content;
        private final int[][] discontent;

        Tally(int rows, int columns) {
            received = new int[rows][columns];
            solved = new int[rows][columns];
            otherwise = new int[rows][columns];
            content = new int[rows][columns];
            discontent = new int[rows][columns];
        }

        void add(int row, int column, String outcome, boolean well, Measures measures) {
            received[row][column] += Math.toIntExact(measures.received());
            if (well) {
                solved[row][column] += Math.toIntExact(measures.closed());
            } else if (!outcome.isEmpty() && !outcome.equals("reopened")) {
                otherwise[row][column] += Math.toIntExact(measures.closed());
            }
        }

        void said(int row, int column, Measures measures) {
            content[row][column] += Math.toIntExact(measures.satisfied() + measures.fair());
            discontent[row][column] += Math.toIntExact(measures.unsatisfied());
        }

        Counted.Measured measured() {
            return new Counted.Measured(Counts.of(received), Counts.of(solved), Counts.of(otherwise), Counts.of(content), Counts.of(discontent));
        }
    }

    /** Every town of the place, whatever came in there: that nothing did is told of none. */
    private Map<String, Part.Line> towns(Optional<Part> known) {
        Map<String, Part.Line> lines = new LinkedHashMap<>();
        known.ifPresent(part -> part.towns().stream().skip(1).forEach(line -> lines.put(line.code(), line)));
        below(place, lines);
        lines.putIfAbsent("", new Part.Line("", "未归入乡镇（街道）", "Not in a town"));
        return lines;
    }

    private void below(String code, Map<String, Part.Line> lines) {
        for (Division division : divisions.children(code)) {
            if (division.level() == Level.TOWN) {
                lines.putIfAbsent(division.code(), new Part.Line(division.code(), division.name(), division.name()));
            } else if (division.level().digits() < Level.TOWN.digits()) {
                below(division.code(), lines);
            }
        }
    }

    private Map<String, Part.Line> groups(Optional<Part> known) {
        Map<String, Part.Line> lines = new LinkedHashMap<>();
        known.ifPresent(part -> part.categories().stream().skip(1).forEach(line -> lines.put(line.code(), line)));
        categories.children("").forEach(category -> lines.putIfAbsent(category.code(), new Part.Line(category.code(), category.name(), category.nameEn())));
        lines.putIfAbsent("", new Part.Line("", "尚未分类", "Not sorted"));
        return lines;
    }

    /** Also one that stands no more: this month it counted under its own name. */
    private Part.Line town(String code) {
        String name = divisions.namesEver(List.of(code)).getOrDefault(code, code);
        return new Part.Line(code, name, name);
    }

    private Part.Line group(String code) {
        return categories.find(code).map(category -> new Part.Line(code, category.name(), category.nameEn())).orElse(new Part.Line(code, code, code));
    }
}
