package org.heshi.statistics.targets;

import java.util.List;
import java.util.Map;
import org.heshi.kernel.Refusal;
import org.heshi.statistics.board.Table;

/**
 * The target sheet of a unit.
 *
 * @param counted as of when, in words
 * @param sets    whether who looks may set goals
 * @param years   that may be chosen
 * @param means   what the figures mean
 */
public record TargetSheet(String unit, String name, int year, String counted, boolean sets, List<Integer> years, List<Line> lines, List<Change> history, Map<String, String> means,
        GoalForm form, List<Refusal> refusals, boolean mine) {

    public TargetSheet {
        years = List.copyOf(years);
        lines = List.copyOf(lines);
        history = List.copyOf(history);
        refusals = List.copyOf(refusals);
    }

    /**
     * One figure against its goal.
     *
     * @param state  {@code met}, {@code missed}, {@code few} (too few for a rate), {@code ahead} (nothing has been yet)
     * @param months the table that it is drawn from
     */
    public record Line(String figure, String label, String goal, String source, String now, long of, String state, Table months, TargetDrawing drawing) {

        /** Whether its numbers are percent; else they are hours. */
        public boolean share() {
            return GoalFigure.find(figure).orElseThrow().share();
        }
    }

    /** How a goal came to be what it is. */
    public record Change(String at, String label, String goal, String source, String reason, String post) {
    }

    /** A unit in the list. */
    public record Listed(String id, String name, int goals) {
    }
}
