package org.heshi.calendar;

import java.util.Objects;

/**
 * What is left of a limit, or by how much it is over. Days are counted by the date: 0 is left on the last day, one day over is the day
 * after it (for WORKDAY the next working day). Hours are whole hours that are left or have passed.
 *
 * @param unit   the unit to show: DAY for limits in months
 * @param amount from 0
 * @param over   whether the limit is over
 */
public record Left(Limit.Unit unit, long amount, boolean over) {

    public Left {
        Objects.requireNonNull(unit, "unit");
        if (amount < 0) {
            throw new IllegalArgumentException("what is left is counted from 0, not " + amount);
        }
    }
}
