package org.heshi.matters;

import java.util.Optional;
import org.heshi.kernel.MatterNumber;

/** A room that has a page of its own for an action: whoever asks for the form of that action is sent there. */
public interface OwnPages {

    /** Address within the site for staff; empty when the form of the action is the page. */
    default Optional<String> forStaff(String kind, String action, MatterNumber number) {
        return Optional.empty();
    }

    /** Address below {@code /follow/} for residents. */
    default Optional<String> forResidents(String kind, String action, MatterNumber number) {
        return Optional.empty();
    }
}
