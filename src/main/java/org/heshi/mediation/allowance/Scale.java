package org.heshi.mediation.allowance;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.Yuan;

/**
 * A line of the local scale: what a case pays that came so far. No law sets one; each place has its own.
 *
 * @param what {@code agreed} or {@code performed}
 * @param form {@code written} or {@code oral}; empty for any
 * @param type one of the fifteen; empty for any
 */
public record Scale(UUID id, String division, String what, String form, String type, Yuan amount, LocalDate from, String basis, Instant setAt) {

    public static final List<String> WHATS = List.of("agreed", "performed");
    public static final List<String> FORMS = List.of("written", "oral");

    boolean covers(String what, String form, String type, String division, LocalDate day) {
        return this.what.equals(what) && (this.form.isEmpty() || this.form.equals(form)) && (this.type.isEmpty() || this.type.equals(type))
                && division.startsWith(this.division) && !from.isAfter(day);
    }

    /** Which line counts: of the nearest place, then for the type, then for the form, then the newest. */
    static Optional<Scale> of(List<Scale> lines, String what, String form, String type, String division, LocalDate day) {
        return lines.stream().filter(line -> line.covers(what, form, type, division, day)).max(java.util.Comparator.comparingInt((Scale line) -> line.division.length())
                .thenComparing(line -> !line.type.isEmpty()).thenComparing(line -> !line.form.isEmpty()).thenComparing(Scale::from).thenComparing(Scale::setAt)
                .thenComparing(Scale::id));
    }
}
