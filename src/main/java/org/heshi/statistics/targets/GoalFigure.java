package org.heshi.statistics.targets;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.heshi.statistics.board.Words;
import org.heshi.statistics.reports.Rates;

/** Figures that a goal may be set for (decision 11): how well and how fast, never how many were brought. */
public enum GoalFigure {

    ON_TIME(true), SATISFIED(true), RESOLVED(true), MEDIAN(false), P90(false), ACCEPTANCE(false);

    private final boolean share;

    GoalFigure(boolean share) {
        this.share = share;
    }

    /** A share is to be at least its goal; a time at most. */
    public boolean share() {
        return share;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<GoalFigure> find(String code) {
        return Stream.of(values()).filter(figure -> figure.code().equals(code)).findFirst();
    }

    /** Percent, or hours; empty where nothing counts, or too few for a share. */
    Optional<BigDecimal> value(Rates rates) {
        return switch (this) {
            case ON_TIME -> rates.onTime();
            case SATISFIED -> rates.satisfied();
            case RESOLVED -> rates.resolved();
            case MEDIAN -> hours(rates.of().toClosing().median());
            case P90 -> hours(rates.of().toClosing().p90());
            case ACCEPTANCE -> hours(rates.of().toAcceptance().median());
        };
    }

    private static Optional<BigDecimal> hours(Optional<Duration> time) {
        return time.map(Words::hours);
    }

    /** Of how many it is. */
    long of(Rates rates) {
        return switch (this) {
            case ON_TIME -> rates.standing();
            case SATISFIED -> rates.of().answered();
            case RESOLVED -> rates.said().saidWhetherResolved(rates.of());
            case MEDIAN, P90 -> rates.of().toClosing().n();
            case ACCEPTANCE -> rates.of().toAcceptance().n();
        };
    }

    boolean met(BigDecimal value, BigDecimal goal) {
        return share ? value.compareTo(goal) >= 0 : value.compareTo(goal) <= 0;
    }
}
