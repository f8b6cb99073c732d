package org.heshi.mediation.roster;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A mediator as pages show them.
 *
 * @param name empty when nobody holds the post
 * @param open how many cases are in hand; only for staff
 */
public record MediatorPage(String post, String name, String title, String unit, String unitName, String place, Entry entry, int open, boolean over,
        List<Training> trainings, BigDecimal hours, boolean mayKeep) {

    public MediatorPage {
        trainings = List.copyOf(trainings);
    }

    public boolean full() {
        return open >= entry.most();
    }

    public record Training(LocalDate day, BigDecimal hours, String subject) {
    }

    /** What the list is narrowed to. @param place as it was typed */
    public record Asked(String place, String skill, String language, String name, Optional<String> placeName) {
    }
}
