package org.heshi.bill.edition;

import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.heshi.bill.suppression.Counts;
import org.heshi.bill.suppression.Pattern;
import org.heshi.bill.suppression.Shown;
import org.heshi.bill.suppression.Suppression;
import org.heshi.statistics.Histogram;

/**
 * Makes of a counted month what is told of it. Received, solved, ended otherwise, satisfied and dissatisfied are five tables of different matters: none of their numbers
 * follows from another table. Of the kinds that are published one by one everybody can count, so these are told as they are, and what is kept back is kept back of the
 * others. A time is told where five or more of the others were solved and their number is told. Pure.
 */
final class Telling {

    private Telling() {
    }

    /** @param before what released editions told of this month, the oldest first */
    static Part tell(UUID id, YearMonth month, Instant at, int k, Counted counted, List<Part> before, Random draw) {
        Suppression suppression = new Suppression(k, draw);
        List<Part.Line> towns = withAll(counted.towns());
        List<Part.Line> categories = withAll(counted.categories());
        Function<ToIntFunction<Part.Cell>, List<Pattern>> told = of -> before.stream().map(part -> again(part, towns, categories, of)).toList();
        Pattern received = suppression.decide(counted.others().received(), told.apply(Part.Cell::received));
        Pattern solved = suppression.decide(counted.others().solved(), told.apply(Part.Cell::solved));
        Pattern otherwise = suppression.decideWithAtMost(counted.others().otherwise(), told.apply(Part.Cell::otherwise));
        Pattern content = suppression.decide(counted.others().content(), told.apply(Part.Cell::content));
        Pattern discontent = suppression.decideWithAtMost(counted.others().discontent(), told.apply(Part.Cell::discontent));
        Part.Cell[][] cells = new Part.Cell[towns.size()][categories.size()];
        for (int town = 0; town < towns.size(); town++) {
            for (int category = 0; category < categories.size(); category++) {
                Histogram times = counted.times()[town][category];
                // whether its number changed by few is told by no median either
                boolean timed = solved.at(town, category) == Shown.EXACT;
                cells[town][category] = new Part.Cell(listed(counted.listed(), town, category), number(received, town, category), number(solved, town, category),
                        number(otherwise, town, category), number(content, town, category), number(discontent, town, category),
                        timed ? times.median().map(java.time.Duration::toSeconds) : Optional.empty(), timed ? times.p90().map(java.time.Duration::toSeconds) : Optional.empty());
            }
        }
        return new Part(id, month, at, k, towns, categories, cells);
    }

    private static List<Part.Line> withAll(List<Part.Line> lines) {
        List<Part.Line> all = new ArrayList<>(List.of(Part.Line.ALL));
        all.addAll(lines);
        return all;
    }

    private static int at(Counts counts, int town, int category) {
        return counts.at(town, category);
    }

    private static Part.Listed listed(Counted.Measured listed, int town, int category) {
        return new Part.Listed(at(listed.received(), town, category), at(listed.solved(), town, category), at(listed.otherwise(), town, category));
    }

    private static int number(Pattern pattern, int town, int category) {
        return switch (pattern.at(town, category)) {
            case EXACT -> pattern.number(town, category).orElseThrow();
            case AT_MOST -> Part.AT_MOST;
            case HIDDEN -> Part.HIDDEN;
        };
    }

    /** What an edition told, in the lines of today: of a line that it had not, it told nothing. */
    private static Pattern again(Part part, List<Part.Line> towns, List<Part.Line> categories, ToIntFunction<Part.Cell> of) {
        Pattern pattern = Pattern.read(towns.size(), categories.size());
        for (int town = 0; town < towns.size(); town++) {
            Optional<Integer> row = part.town(towns.get(town).code());
            for (int category = 0; category < categories.size(); category++) {
                Optional<Integer> column = part.category(categories.get(category).code());
                int told = row.isPresent() && column.isPresent() ? of.applyAsInt(part.cell(row.get(), column.get())) : Part.HIDDEN;
                pattern.with(town, category, told == Part.HIDDEN ? Shown.HIDDEN : told == Part.AT_MOST ? Shown.AT_MOST : Shown.EXACT, told);
            }
        }
        return pattern;
    }
}
