package org.heshi.mediation.sign;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Matters.Evidence;

/**
 * For staff: who has to sign the text that waits, who did, and which links were given.
 *
 * @param mine how the mediator who looks signs; empty when somebody else mediates
 */
public record LinksPage(MatterNumber number, Optional<Agreement> agreement, List<Line> lines, Optional<Mine> mine) {

    public LinksPage {
        lines = List.copyOf(lines);
    }

    /**
     * @param signedAt when they signed this text; empty while they have not
     * @param changed  the text was changed since they opened the page
     */
    public record Mine(Optional<Instant> signedAt, List<Evidence> kept, String key, List<Refusal> refusals, boolean changed) {

        public Mine {
            kept = List.copyOf(kept);
            refusals = List.copyOf(refusals);
        }
    }

    /** Somebody whose signature is needed. */
    public record Line(Agreement.Signer signer, List<Way> ways) {

        public Line {
            ways = List.copyOf(ways);
        }
    }

    /**
     * One who may give it.
     *
     * @param hasCode whether they have a code of their own; without one a link opens nothing
     * @param link    how their newest link stands, by the key of its message; empty when they were given none
     */
    public record Way(Agreement.Person by, boolean hasCode, Optional<String> link, Optional<Instant> until) {
    }

    public String href() {
        return "/matters/" + number.digits();
    }
}
