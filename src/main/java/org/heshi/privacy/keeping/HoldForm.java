package org.heshi.privacy.keeping;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is typed to hold a matter. */
public record HoldForm(@Nullable String number, @Nullable String ground, @Nullable String paper, @Nullable String until) {

    public HoldForm {
        number = Objects.requireNonNullElse(number, "");
        ground = Objects.requireNonNullElse(ground, "");
        paper = Objects.requireNonNullElse(paper, "");
        until = Objects.requireNonNullElse(until, "");
    }

    static HoldForm blank() {
        return new HoldForm("", "", "", "");
    }

    Optional<LocalDate> day() {
        try {
            LocalDate day = LocalDate.parse(until.strip());
            return day.getYear() <= 2200 ? Optional.of(day) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
