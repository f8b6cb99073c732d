package org.heshi.matters.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.calendar.Left;
import org.heshi.directory.Unit;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Page;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;

/**
 * What pages read of matters. Every answer is what {@link org.heshi.access.Acting#current()} may see; what they may not see is not there.
 * Opens its own read-only transaction when there is none.
 */
public interface MatterViews {

    /** The matter's id when who looks may see it. */
    Optional<UUID> find(MatterNumber number);

    /** How the matter stands, without its words, when who looks may see it: enough to read a form that was sent for it. */
    Optional<Standing> standing(MatterNumber number);

    /** @throws java.util.NoSuchElementException when there is none that who looks may see */
    MatterView get(UUID matter);

    /** The entries that who looks is meant to read, oldest first. */
    List<HistoryItem> history(UUID matter);

    /** The unit that the newest action of that name gave in that field, when who looks may see the matter. */
    Optional<UUID> named(UUID matter, Procedure.Source field);

    /** How long each unit had it in its hands so far, the longest first; together the whole time from the first entry on, without that after its end. */
    List<Charge> charges(UUID matter);

    /**
     * @param unit  empty for time that was nobody's alone: the resident's turn, or from before units were written into entries
     * @param turn  what it was to do: desk, lead, helper, verifier or reporter; {@code unknown} from before
     * @param share of the whole, 0 to 100
     */
    record Charge(Optional<String> unit, String turn, java.time.Duration time, int share) {

        public long days() {
            return time.toDays();
        }

        public int hours() {
            return time.toHoursPart();
        }

        public int minutes() {
            return time.toMinutesPart();
        }
    }

    /** What who looks may do next, in the order of the procedure; nothing else. */
    List<Action> nextActions(UUID matter);

    /** What waits for the unit of the staff member who looks: most urgent first, then longest waiting. */
    Page<Row> queue(QueueFilter filter);

    /** How many wait for that unit by state, each counted to {@link #COUNTED_TO} at most. */
    List<StateCount> queueCounts();

    int COUNTED_TO = 1000;

    /** What that unit has or had a hand in, newest first. */
    Page<Row> unitMatters(Optional<String> after, int size);

    /** Orders of another system that the unit of who looks keeps as their desk and has not handed back, oldest first. */
    Page<Order> orders(Optional<String> after, int size);

    /** The matter that carries another system's order number, when who looks may see it. */
    Optional<MatterNumber> findOrder(String order);

    /** @param answered whether the reporter was answered, so that there is something to hand back */
    record Order(String number, Row row, boolean answered) {
    }

    /** Every matter of the places that a centre or supervisor watches, newest first. {@code division} narrows to a town (9) or county (6). */
    Page<Row> divisionMatters(String division, Optional<String> after, int size);

    /** Rows for ids, as search found them, in that order, without those that who looks may not see. */
    List<Row> rows(List<UUID> matters);

    /** @param accused the unit that the matter is about */
    record Standing(UUID id, MatterNumber number, int version, Procedure procedure, Optional<String> category, String division, Optional<UUID> accused) {
    }

    /** @param state empty for all */
    record QueueFilter(Optional<String> state, Optional<String> after, int size) {
    }

    record StateCount(String kind, String state, Bilingual title, int count) {
    }

    /** A line of a list. {@code title} is empty when it was erased; {@code dueAt} is the first instant too late of the limit that is due first. */
    record Row(UUID id, MatterNumber number, int version, String kind, String state, Bilingual stateTitle, Bilingual kindTitle, String title, int level,
            Optional<String> category, String division, String placeName, Optional<UUID> lead, Optional<String> leadName, Instant recordedAt,
            Instant since, Optional<String> outcome, boolean aboutOffice, boolean closed, Optional<Instant> dueAt) {
    }

    /**
     * A matter as who looks may see it.
     *
     * @param words    newest words by field name ({@code title}, {@code description}, {@code place-words}, {@code answer} ...), as far as may be read
     * @param parties  with names and numbers only where they may be seen
     * @param level    0 blue, 1 yellow, 2 red
     * @param merged   numbers of the matters merged into it (staff only)
     */
    record MatterView(UUID id, MatterNumber number, int version, Procedure procedure, Procedure.State state, int level, Optional<String> category,
            String channel, String division, String placeName, Optional<Point> point, Map<String, String> words, List<Party> parties, List<File> files,
            Optional<Unit> desk, Optional<Unit> lead, List<Unit> helpers, Optional<Unit> accused, Optional<String> outcome, Optional<Integer> rating,
            Optional<Instant> occurredAt, Instant recordedAt, Instant enteredAt, Optional<Instant> closedAt, Optional<Instant> reopenUntil,
            Optional<MatterNumber> mergedInto, List<MatterNumber> merged, List<MatterNumber> links, Optional<MatterNumber> splitFrom, boolean imported,
            String head, List<ClockView> clocks, Optional<String> orderNumber) {

        public String word(String field) {
            return words.getOrDefault(field, "");
        }

        public boolean closed() {
            return state.terminal();
        }

        public Standing standing() {
            return new Standing(id, number, version, procedure, category, division, accused.map(Unit::id));
        }
    }

    /**
     * A limit that runs now, the one that is due first before the others.
     *
     * @param unit   whom it binds now, as far as that is one unit
     * @param lastAt the last instant that is in time: for limits in days the last second of the last day
     * @param paused why it stands still; empty while it runs
     * @param resting whether it was done and is being checked: sent back, it is due when it was due
     * @param soon   whether it is nearly over
     * @param right  the time in which something may be done, not by which it must
     */
    record ClockView(String name, Bilingual title, Optional<String> unit, Instant lastAt, Left left, Optional<Bilingual> paused, boolean resting, boolean soon,
            boolean provisional, boolean right, List<Procedure.Basis> basis) {

        /** How it stands, as styles and messages call it. */
        public String tone() {
            return paused.isPresent() || resting ? "paused" : left.over() ? "over" : soon ? "soon" : "running";
        }
    }

    record Point(double latitude, double longitude) {
    }

    /** @param contacts by field name, empty when they may not be seen or were not given */
    record Party(int party, String role, Map<String, String> contacts, boolean hidden) {
    }

    /** @param original whether what was sent is kept beside the picture, and who looks may fetch it */
    record File(UUID id, String name, String mediaType, long size, int seq, boolean original) {
    }

    /**
     * One entry of the history.
     *
     * @param actor    who did it, in the words for who looks: staff read unit, post title and name; a resident reads the unit
     * @param recorded when it was written down; {@code occurred} when it happened, if told apart (imports)
     * @param shown    the fields it brought, labelled, as far as may be read
     * @param digest   hexadecimal
     * @param paper    number of the formal paper that it is
     */
    record HistoryItem(int seq, String action, Bilingual title, Bilingual says, Doer actor, Instant recorded, Optional<Instant> occurred,
            Optional<Bilingual> from, Bilingual to, List<Shown> shown, List<File> files, String digest, Optional<String> paper) {
    }

    record Doer(String kind, Optional<String> unit, Optional<String> post, Optional<String> person, Optional<Integer> party) {
    }

    /** @param erased the words were erased by law; only that they once stood here can be shown */
    record Shown(String field, Bilingual label, String value, boolean erased) {
    }
}
