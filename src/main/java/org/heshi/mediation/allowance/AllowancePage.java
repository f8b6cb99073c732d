package org.heshi.mediation.allowance;

import java.time.Instant;
import java.util.List;

/** Sums are written in yuan, with a minus before what was taken back. */
public record AllowancePage(List<Line> lines, String thisYear, String thisMonth, String next, String first) {

    public AllowancePage {
        lines = List.copyOf(lines);
    }

    public record Line(String number, String href, String what, String amount, Instant at) {
    }

    /** @param name empty for who held no post then */
    public record Sum(String name, String unit, int agreed, int performed, int takenBack, String amount) {
    }

    /** {@code -120.50} */
    public static String yuan(long fen) {
        long all = Math.abs(fen);
        return (fen < 0 ? "-" : "") + all / 100 + "." + (all % 100 < 10 ? "0" : "") + all % 100;
    }
}
