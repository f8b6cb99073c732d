package org.heshi.supervision.rates;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * So many of so many.
 *
 * @param least fewer cases than this give no rate
 */
public record Rate(long part, long whole, int least) {

    public Rate {
        if (part < 0 || part > whole || least < 1) {
            throw new IllegalArgumentException(part + " of " + whole + ", least " + least);
        }
    }

    /** Whether there are enough cases; nothing is ever divided by nothing. */
    public boolean enough() {
        return whole >= least;
    }

    /** Percent with one decimal, rounded down, so that a hundred means every one. @throws IllegalStateException when there are too few cases */
    public BigDecimal percent() {
        if (!enough()) {
            throw new IllegalStateException("too few cases for a rate: " + whole);
        }
        return BigDecimal.valueOf(part * 100).divide(BigDecimal.valueOf(whole), 1, RoundingMode.DOWN);
    }

    /** Width of its bar in hundredths. */
    public int width() {
        return percent().intValue();
    }
}
