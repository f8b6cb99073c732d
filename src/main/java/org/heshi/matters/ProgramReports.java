package org.heshi.matters;

import java.util.Optional;
import org.heshi.access.Actor;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;

/** Reports of other programs, for rooms that speak another program's language. Whoever calls has asked what the program may. */
public interface ProgramReports {

    /** Reports it as that program; the same key again is the same matter, also at the same moment. Empty when the key was made for another request. */
    Optional<Answer> report(Actor.Client client, Act act);

    /** The reporter in whose place this program reads and adds to that matter; none when it did not report it, when it is about its office or one above, or is put away. */
    Optional<Actor.Resident> reporter(Actor.Client client, MatterNumber number);
}
