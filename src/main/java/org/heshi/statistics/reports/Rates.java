package org.heshi.statistics.reports;

import java.math.BigDecimal;
import java.util.Optional;
import org.heshi.statistics.Measures;
import org.heshi.statistics.board.RatesSaid;
import org.heshi.statistics.board.Words;

/**
 * Shares of what was closed and of what people answered, of one row.
 *
 * @param undone closings among them after which the matter went on
 */
public record Rates(Measures of, long undone, RatesSaid said) {

    /** Closings that stand. */
    public long standing() {
        return of.closed() - undone;
    }

    /** Of the closings that stand, those of matters of which no office kept a limit too late. */
    public Optional<BigDecimal> onTime() {
        return Words.percent(standing() - of.late(), standing(), said.least());
    }

    public Optional<BigDecimal> satisfied() {
        return Words.percent(said.satisfied(of), of.answered(), said.least());
    }

    public Optional<BigDecimal> resolved() {
        return Words.percent(said.resolved(of), said.saidWhetherResolved(of), said.least());
    }
}
