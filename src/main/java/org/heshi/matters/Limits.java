package org.heshi.matters;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Page;
import org.heshi.matters.MatterRows.Row;

/**
 * The limits that are due, for rooms beside this one: only of matters that {@link org.heshi.access.Acting#current()} may see, the rest is neither
 * shown nor counted. Limits that stand still and those by which nothing is owed are none. What an answer costs grows with what is due, not with
 * what is open.
 */
public interface Limits {

    /** Limits of one unit, or of every unit as far as who looks may see them. */
    sealed interface Whose {
        record Everybodys() implements Whose {
        }

        record Of(UUID unit) implements Whose {
        }

        /** Those that bind no single unit, because nobody holds the matter yet or several help. */
        record Nobodys() implements Whose {
        }
    }

    /**
     * Ends of the days that are asked about, each the first instant that is too late.
     *
     * @param now   what was due before is over
     * @param today end of the civil day
     * @param week  end of the week
     */
    record Ends(Instant now, Instant today, Instant week) {
    }

    /** Over, due today, and due on a later day of this week. */
    enum Due {
        OVER, TODAY, WEEK
    }

    /** How many, by unit, most of what is over first; a count without a unit is of those that bind no single one. */
    List<Count> counts(Whose whose, Ends ends);

    /** Those that are due so, the oldest first. {@code after} is the key of the page before; one that is none begins at the beginning. */
    Page<Line> lines(Whose whose, Ends ends, Due due, Optional<String> after, int size);

    record Count(Optional<UUID> unit, int over, int today, int week) {

        public int of(Due due) {
            return switch (due) {
                case OVER -> over;
                case TODAY -> today;
                case WEEK -> week;
            };
        }
    }

    /**
     * @param title the limit's name
     * @param dueAt the first instant that is too late
     * @param hours whether it is a limit in hours, so that its minute matters
     */
    record Line(Row matter, Bilingual title, Optional<UUID> unit, Instant dueAt, boolean hours) {
    }
}
