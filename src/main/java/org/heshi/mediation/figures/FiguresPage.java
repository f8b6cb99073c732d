package org.heshi.mediation.figures;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** @param tables of the cases that were accepted from the first month to the last */
public record FiguresPage(String first, String last, String place, Line whole, List<Table> tables) {

    public FiguresPage {
        tables = List.copyOf(tables);
    }

    /** @param by as message keys have it */
    public record Table(String by, List<Line> lines) {

        public Table {
            lines = List.copyOf(lines);
        }
    }

    /** @param sum in ten thousand yuan, to the last fen, so that lines add up to their total */
    public record Line(String name, long accepted, long succeeded, long failed, long goesOn, String sum, long written, long oral, long performed, long confirmed) {

        /** Succeeded of accepted in per cent, rounded down so that only all are a hundred; empty when none was accepted. */
        public String rate() {
            return accepted == 0 ? "" : BigDecimal.valueOf(succeeded * 100).divide(BigDecimal.valueOf(accepted), 1, RoundingMode.DOWN).toPlainString();
        }
    }

    /** Fen as ten thousand yuan, exactly: with two decimals, or as many more as it takes. */
    static BigDecimal myriads(long fen) {
        BigDecimal exact = BigDecimal.valueOf(fen, 6).stripTrailingZeros();
        return exact.scale() < 2 ? exact.setScale(2) : exact;
    }
}
