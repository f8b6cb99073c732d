package org.heshi.statistics;

import java.time.LocalDate;
import java.util.List;

/**
 * One question.
 *
 * @param from first civil day
 * @param to   last civil day, itself included
 * @param by   up to three; HOUR goes with WEEKDAY, KIND, MONTH, DAY, PLACE and TOWN; UNIT with KIND, MONTH, DAY, PLACE and TOWN, and with TOWN or PLACE it is right for places
 *             down to the town only; what cannot be crossed is refused with {@link IllegalArgumentException}
 * @param cut  places as they were when a matter came in, or as they are today
 */
public record Question(Whose whose, LocalDate from, LocalDate to, Only only, List<By> by, Cut cut) {

    /** How a place that was renamed, merged or split is counted. */
    public enum Cut {
        /** Under the code that it had. */ THEN,
        /** Under today's code of where it went; what was split counts under the nearest place that holds all its parts. */ TODAY
    }

    public Question {
        by = List.copyOf(by);
        if (by.size() > 3 || by.stream().distinct().count() < by.size()) {
            throw new IllegalArgumentException("by three different things at most: " + by);
        }
        if (to.isBefore(from)) {
            throw new IllegalArgumentException(from + " is after " + to);
        }
    }

    public static Question of(String place, LocalDate from, LocalDate to, By... by) {
        return new Question(new Whose.Place(place), from, to, Only.ALL, List.of(by), Cut.TODAY);
    }

    public Question only(Only which) {
        return new Question(whose, from, to, which, by, cut);
    }

    public Question by(By... what) {
        return new Question(whose, from, to, only, List.of(what), cut);
    }

    public Question days(LocalDate first, LocalDate last) {
        return new Question(whose, first, last, only, by, cut);
    }

    public Question cut(Cut as) {
        return new Question(whose, from, to, only, by, as);
    }
}
