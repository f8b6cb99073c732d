package org.heshi.mediation.workspace;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Yuan;
import org.heshi.matters.Entries.Said;
import org.heshi.matters.Matters.Evidence;
import org.heshi.mediation.course.Dispute;

/**
 * Everything of a dispute that its mediator works with.
 *
 * @param stage    where it is on the way, counted from 1
 * @param wanting  what is missing now, and where it is done
 * @param offered  titles of actions that who looks may do, by name
 * @param unbound  whether the mediation has ended and its file is not bound
 * @param series   amounts that were offered and asked for, by party, in the order of time
 */
public record WorkspacePage(MatterNumber number, String title, Bilingual state, boolean open, int stage, Optional<Dispute> dispute, Optional<String> caseNumber, String fingerprint,
        List<Wanting> wanting, List<Person> people, List<String> mediators, List<Event> sessions, List<Event> apart, List<Event> offers, List<Event> evidence, List<Event> after,
        Chart chart, List<Owed> owed, Optional<Court> court, Map<String, Bilingual> offered, boolean unbound) {

    public WorkspacePage {
        wanting = List.copyOf(wanting);
        people = List.copyOf(people);
        mediators = List.copyOf(mediators);
        sessions = List.copyOf(sessions);
        apart = List.copyOf(apart);
        offers = List.copyOf(offers);
        evidence = List.copyOf(evidence);
        after = List.copyOf(after);
        owed = List.copyOf(owed);
        offered = Map.copyOf(offered);
    }

    /** How many steps the way has. */
    public static final List<String> STAGES = List.of("take-up", "consent", "mediation", "signing", "performance", "done");

    public String here() {
        return "/mediation/" + number.digits();
    }

    public String act(String action) {
        return "/matters/" + number.digits() + "/act/" + action;
    }

    public boolean may(String action) {
        return offered.containsKey(action);
    }

    /**
     * @param words key of a message
     * @param about what it is about, such as numbers of parties; may be empty
     * @param href  where it is done; empty: nobody here can do it
     */
    public record Wanting(String words, String about, Optional<String> href) {
    }

    /**
     * Somebody whom it concerns.
     *
     * @param name      masked
     * @param side      code; empty for whoever stands on none
     * @param speaker   who speaks for them: a guardian or representative
     * @param consented {@code yes}, {@code no} or {@code none} for whoever is not asked
     * @param mediator  {@code chosen} or {@code accepted}: what they said themselves of the mediator of now
     * @param signed    the same, on the text that is signed now or in force
     */
    public record Person(int party, String name, String role, String side, Optional<Integer> speaker, String consented, String signed, boolean joined, boolean hasCode,
            Optional<String> mediator) {
    }

    /** @param who unit and post, or the number of the party */
    public record Event(int seq, Bilingual title, Instant at, String who, Optional<Integer> party, List<Said> said, List<Evidence> files) {

        public Event {
            said = List.copyOf(said);
            files = List.copyOf(files);
        }
    }

    /** @param share how much of it is paid, 0 to 100 */
    public record Owed(int ordinal, String who, String towards, String what, Optional<Yuan> amount, Yuan paid, LocalDate due, Optional<LocalDate> doneOn, boolean late, int share) {
    }

    /** @param until until when it can be enforced */
    public record Court(String name, String state, LocalDate filedOn, Optional<LocalDate> decidedOn, Optional<LocalDate> until) {
    }

    /** Amounts over time, drawn: each side one line; empty while there are fewer than two. */
    public record Chart(List<Line> lines, String low, String high) {

        public static final int WIDTH = 320;
        public static final int HEIGHT = 120;

        /** @param tone number of the line's colour, from 1 @param points as SVG writes them */
        public record Line(String name, int tone, String points, List<Point> dots) {
        }

        public record Point(int x, int y, String amount, Instant at) {
        }
    }
}
