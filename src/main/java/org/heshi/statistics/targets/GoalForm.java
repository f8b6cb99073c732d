package org.heshi.statistics.targets;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Words;

/** What is typed of a goal. @param withdraw {@code yes} to withdraw the one that holds */
public record GoalForm(String unit, String year, String figure, String goal, String source, String reason, String withdraw) {

    private static final int LONG = 500;
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);
    /** A year has no more hours. */
    private static final BigDecimal MOST_HOURS = BigDecimal.valueOf(8784);

    public GoalForm {
        unit = Objects.requireNonNullElse(unit, "");
        year = Objects.requireNonNullElse(year, "");
        figure = Objects.requireNonNullElse(figure, "");
        goal = Words.narrow(Objects.requireNonNullElse(goal, "")).strip();
        source = Words.line(Objects.requireNonNullElse(source, ""));
        reason = Words.line(Objects.requireNonNullElse(reason, ""));
        withdraw = Objects.requireNonNullElse(withdraw, "");
    }

    static GoalForm blank(String unit, int year) {
        return new GoalForm(unit, Integer.toString(year), "", "", "", "", "");
    }

    boolean withdraws() {
        return withdraw.equals("yes");
    }

    Optional<BigDecimal> number() {
        return goal.matches("[0-9]{1,5}([.][0-9])?") ? Optional.of(new BigDecimal(goal)) : Optional.empty();
    }

    /** @param held whether that figure has a goal now */
    List<Refusal> refusals(boolean held) {
        List<Refusal> refusals = new ArrayList<>();
        Optional<GoalFigure> which = GoalFigure.find(figure);
        if (which.isEmpty()) {
            refusals.add(Refusal.at("figure", "target-figure"));
        }
        if (withdraws()) {
            if (!held) {
                refusals.add(Refusal.at("withdraw", "target-none"));
            }
        } else if (number().isEmpty()) {
            refusals.add(Refusal.at("goal", "target-number"));
        } else if (which.isPresent() && number().get().compareTo(which.get().share() ? WHOLE : MOST_HOURS) > 0) {
            refusals.add(Refusal.at("goal", which.get().share() ? "target-share" : "target-hours"));
        }
        if (source.isEmpty() && !withdraws()) {
            refusals.add(Refusal.at("source", "target-source"));
        } else if (Words.length(source) > LONG) {
            refusals.add(Refusal.at("source", "target-long", LONG));
        }
        if (reason.isEmpty() && held) {
            refusals.add(Refusal.at("reason", "target-reason"));
        } else if (Words.length(reason) > LONG) {
            refusals.add(Refusal.at("reason", "target-long", LONG));
        }
        return refusals;
    }
}
