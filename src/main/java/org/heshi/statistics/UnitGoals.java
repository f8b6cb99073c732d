package org.heshi.statistics;

import java.math.BigDecimal;
import java.util.UUID;

/** Enters goals of units from their letters of responsibility, for the program's own parts; people do it on {@code /figures/targets}. */
public interface UnitGoals {

    /**
     * The first goal of that unit, year and figure; where there is one, nothing is done.
     *
     * @param figure {@code on-time}, {@code satisfied}, {@code resolved} in percent; {@code median}, {@code p90}, {@code acceptance} in hours
     * @param source paragraph of the letter
     */
    void enter(UUID unit, int year, String figure, BigDecimal goal, String source);
}
