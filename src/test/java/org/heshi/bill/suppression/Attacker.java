package org.heshi.bill.suppression;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * Knows all that is printed of all editions of one table, that totals are sums, that counts are whole and not below nothing, and solves for the most that a count, or the
 * difference of a count between two editions, could be. Shares no code with what decides.
 */
final class Attacker {

    private final List<Pattern> editions;
    private final int k;

    Attacker(int k, Pattern... editions) {
        this.editions = List.of(editions);
        this.k = k;
    }

    private Variable[][][] model(ExpressionsBasedModel model) {
        List<Variable[][]> all = new ArrayList<>();
        for (int e = 0; e < editions.size(); e++) {
            Pattern printed = editions.get(e);
            Variable[][] cells = new Variable[printed.rows()][printed.columns()];
            for (int row = 0; row < printed.rows(); row++) {
                for (int column = 0; column < printed.columns(); column++) {
                    Variable one = model.addVariable("e" + e + "r" + row + "c" + column).lower(0).integer(true);
                    switch (printed.at(row, column)) {
                        case EXACT -> one.level(printed.number(row, column).orElseThrow());
                        case AT_MOST -> one.upper(k);
                        case HIDDEN -> one.upper(5000);
                    }
                    cells[row][column] = one;
                }
            }
            for (int row = 0; row < printed.rows(); row++) {
                Expression sum = model.addExpression("e" + e + "row" + row).level(0).set(cells[row][0], -1);
                for (int column = 1; column < printed.columns(); column++) {
                    sum.set(cells[row][column], 1);
                }
            }
            for (int column = 0; column < printed.columns(); column++) {
                Expression sum = model.addExpression("e" + e + "column" + column).level(0).set(cells[0][column], -1);
                for (int row = 1; row < printed.rows(); row++) {
                    sum.set(cells[row][column], 1);
                }
            }
            all.add(cells);
        }
        return all.toArray(Variable[][][]::new);
    }

    /** The most that a count of an edition can be. */
    int most(int edition, int row, int column) {
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        Variable[][][] cells = model(model);
        cells[edition][row][column].weight(1);
        return solved(model.maximise());
    }

    /** The most by which a count of the later edition can be above the earlier one's, or below it, whichever is more. */
    int widest(int earlier, int later, int row, int column) {
        return IntStream.of(1, -1).map(sign -> {
            ExpressionsBasedModel model = new ExpressionsBasedModel();
            Variable[][][] cells = model(model);
            cells[later][row][column].weight(sign);
            cells[earlier][row][column].weight(-sign);
            return solved(model.maximise());
        }).max().orElseThrow();
    }

    private static int solved(Optimisation.Result result) {
        if (!result.getState().isFeasible()) {
            throw new IllegalStateException("what is printed cannot be: " + result.getState());
        }
        return (int) Math.round(result.getValue());
    }
}
