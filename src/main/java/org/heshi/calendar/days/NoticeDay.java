package org.heshi.calendar.days;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.Objects;

/**
 * One day of a notice.
 *
 * @param name of the holiday that it belongs to, in Chinese
 */
public record NoticeDay(LocalDate day, Kind kind, String name) implements Comparable<NoticeDay> {

    /** Nobody works, or a Saturday or Sunday on which everybody works instead. */
    public enum Kind {
        HOLIDAY, WORKDAY;

        /** As files and the table write it. */
        public String code() {
            return this == HOLIDAY ? "holiday" : "workday";
        }

        public static Kind of(String code) {
            return switch (code) {
                case "holiday" -> HOLIDAY;
                case "workday" -> WORKDAY;
                default -> throw new IllegalArgumentException("no kind of day: " + code);
            };
        }
    }

    public NoticeDay {
        Objects.requireNonNull(day, "day");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }

    @Override
    public int compareTo(NoticeDay other) {
        return Comparator.comparing(NoticeDay::day).compare(this, other);
    }
}
