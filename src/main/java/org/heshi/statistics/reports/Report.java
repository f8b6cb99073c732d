package org.heshi.statistics.reports;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heshi.statistics.board.Table;

/**
 * A standard report.
 *
 * @param name    of the place or unit
 * @param place   its code; empty of a unit
 * @param title   whose and of which kind
 * @param called  the period as it is called
 * @param upTo    last day that is counted
 * @param soFar   whether the period is not over
 * @param ahead   whether it has not begun
 * @param counted the moment up to which everything is counted
 * @param says    the figures in sentences, facts only
 * @param tables  the figures, with what they are compared with, and what they are made of; without those that have no row
 * @param means   what each figure means
 */
public record Report(Period period, String name, String place, String title, String called, LocalDate upTo, boolean soFar, boolean ahead, Optional<Instant> counted,
        List<String> says, List<Table> tables, Map<String, String> means) {

    public Report {
        says = List.copyOf(says);
        tables = tables.stream().filter(table -> !table.empty()).toList();
    }

    public Optional<Table> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    /** Figures that its definitions tell of, in their order. */
    public List<String> defined() {
        return List.copyOf(means.keySet());
    }
}
