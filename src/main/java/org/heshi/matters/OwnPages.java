package org.heshi.matters;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.MatterNumber;

/** A room that has a page of its own for an action: whoever asks for the form of that action is sent there. */
public interface OwnPages {

    /** Address within the site for staff; empty when the form of the action is the page. */
    default Optional<String> forStaff(String kind, String action, MatterNumber number) {
        return Optional.empty();
    }

    /** Where who acts finds everything that they do with this matter, and comes back to after each act; empty when the matter's own page is that. */
    default Optional<Desk> desk(String kind, UUID matter, MatterNumber number) {
        return Optional.empty();
    }

    /** What the form of an action has in its fields when it is opened, by their names, such as the text that is changed. */
    default Map<String, List<String>> filled(String kind, String action, UUID matter) {
        return Map.of();
    }

    /** @param label key of a message */
    record Desk(String label, String href) {
    }

    /** Address below {@code /follow/} for residents. */
    default Optional<String> forResidents(String kind, String action, MatterNumber number) {
        return Optional.empty();
    }
}
