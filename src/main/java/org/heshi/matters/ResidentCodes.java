package org.heshi.matters;

import java.util.Optional;
import org.heshi.access.Actor;

/** Number and code: how a resident comes to their matter without an account. */
public interface ResidentCodes {

    /**
     * Who this number and code belong to. A wrong number, a wrong code and a number that does not exist are the same answer in the same time.
     * The caller throttles by address first; nothing is ever locked against the matter's owner.
     */
    Optional<Actor.Resident> open(String number, String code);

    /** What stands for the code of this party as it is now, and changes with it; tells nothing of the code. Empty when they have none. */
    Optional<byte[]> mark(Actor.Resident whose);
}
