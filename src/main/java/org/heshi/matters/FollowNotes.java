package org.heshi.matters;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Actor;
import org.heshi.kernel.Bilingual;

/**
 * What a room tells a resident on the pages where they follow a matter: what waits for them, what they should know before they act, what is left to them.
 * Asked for who looks, after it was found that the matter is theirs; says nothing that they may not read.
 */
public interface FollowNotes {

    /** @param state where the matter stands */
    List<Note> onThePage(Actor.Resident who, UUID matter, String kind, String state);

    /** Above the form of an action. */
    List<Note> before(Actor.Resident who, UUID matter, String kind, String action);

    /** Names of actions that the page does not offer now, because they would lead nowhere; whoever knows their address is refused with a reason. */
    default Set<String> idle(Actor.Resident who, UUID matter, String kind) {
        return Set.of();
    }

    /** What others whom it concerns are called in forms of who looks, by number; those that are not in it are called by their part in the matter. */
    default Map<Integer, Bilingual> called(Actor.Resident who, UUID matter, String kind) {
        return Map.of();
    }

    /**
     * @param tone    info, good, warn or bad
     * @param title   key of a message
     * @param texts   keys of messages, a paragraph each
     * @param points  keys of messages, listed below
     * @param days    messages that name a day, listed before those
     * @param actions what can be done about it
     */
    record Note(String tone, String title, List<String> texts, List<String> points, List<Dated> days, List<Way> actions) {

        public Note(String tone, String title, List<String> texts, List<String> points, List<Way> actions) {
            this(tone, title, texts, points, List.of(), actions);
        }

        public Note {
            texts = List.copyOf(texts);
            points = List.copyOf(points);
            days = List.copyOf(days);
            actions = List.copyOf(actions);
        }
    }

    /**
     * @param label key of a message
     * @param under what comes after the address of the matter's own page, as {@code /act/consent}
     * @param at    the time that the label names, where several of a kind stand side by side
     */
    record Way(String label, String under, boolean first, Optional<Instant> at) {

        public Way(String label, String under, boolean first) {
            this(label, under, first, Optional.empty());
        }
    }

    /** @param words key of a message that says the day */
    record Dated(String words, LocalDate day) {
    }
}
