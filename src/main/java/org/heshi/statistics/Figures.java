package org.heshi.statistics;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.Page;

/**
 * The figures, for {@link org.heshi.access.Acting#current()}: staff of the places that their post watches and all below them, of those that went into them, and of their own
 * unit; who works in a village or grid of it, as far as they may see each matter; a machine
 * (the public bill, a program's own parts) of every place. A matter that somebody is barred from counts in no common figure: staff who may see the matter have it
 * counted in theirs, a machine never has. Figures are at most some seconds behind the log.
 */
public interface Figures {

    /**
     * Answers several questions from one moment, in their order; a page asks for all that it shows at once.
     *
     * @throws org.springframework.security.access.AccessDeniedException when who acts may not ask about that place or unit
     * @throws IllegalArgumentException when a question crosses what cannot be crossed
     */
    List<Answer> ask(List<Question> questions);

    default Answer ask(Question question) {
        return ask(List.of(question)).getFirst();
    }

    /**
     * The matters behind a number: those that {@code question} counts under {@code measure}, the newest first, as far as who acts may see each of them.
     * Of the question its place, days, filter and cut are used. For a list of one row of an answer put the row's keys into the filter.
     */
    default Page<UUID> behind(Question question, Measure measure, Optional<String> after, int size) {
        Page<CountsAs> page = list(question, measure, after, size);
        return new Page<>(page.rows().stream().map(CountsAs::matter).toList(), page.next());
    }

    /** The same with what each of them counts as; of those about which who acts may know nothing more than that they count, too. */
    Page<CountsAs> list(Question question, Measure measure, Optional<String> after, int size);

    /**
     * What a matter counts as now.
     *
     * @param closed when it was closed for the last time; empty while it is open
     * @param level  0 blue, 1 yellow, 2 red
     * @param late   whether it is closed and an office kept some limit too late
     */
    record CountsAs(UUID matter, String place, Instant came, Optional<Instant> closed, Optional<UUID> lead, int level, boolean late, String kind, String category, String channel,
            String outcome) {
    }

    /**
     * Which number. OPEN: open at the end of the last day asked about. SIGNED: what the lead first signed for in these days. TIMED: closings whose time is counted. ANSWERED,
     * TOLD: of what was closed, those of which somebody said whether they are satisfied, whether it is solved; the six after them how.
     */
    enum Measure {
        RECEIVED, CLOSED, REOPENED, OPEN, LATE, SIGNED, TIMED, ANSWERED, SATISFIED, FAIR, UNSATISFIED, TOLD, RESOLVED, PARTLY, UNRESOLVED;

        public long of(Measures measures) {
            return switch (this) {
                case RECEIVED -> measures.received();
                case CLOSED -> measures.closed();
                case REOPENED -> measures.reopened();
                case OPEN -> measures.open();
                case LATE -> measures.late();
                case SIGNED -> measures.toAcceptance().n();
                case TIMED -> measures.toClosing().n();
                case ANSWERED -> measures.answered();
                case SATISFIED -> measures.satisfied();
                case FAIR -> measures.fair();
                case UNSATISFIED -> measures.unsatisfied();
                case TOLD -> measures.told();
                case RESOLVED -> measures.resolved();
                case PARTLY -> measures.partly();
                case UNRESOLVED -> measures.unresolved();
            };
        }

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * @param rows  in the order of their keys, rows of nothing but zeros left out
     * @param total the sum of all that the question asks for
     * @param asOf  when the newest entry was made that is counted; empty before the first
     * @param known up to which position of the log everything is counted
     */
    record Answer(Question question, List<Row> rows, Measures total, Optional<Instant> asOf, long known) {
        public Answer {
            rows = List.copyOf(rows);
        }
    }

    /** @param keys as many as the question has in {@code by}, in its order */
    record Row(List<String> keys, Measures measures) {
        public Row {
            keys = List.copyOf(keys);
        }

        /** The first key. */
        public String key() {
            return keys.getFirst();
        }
    }
}
