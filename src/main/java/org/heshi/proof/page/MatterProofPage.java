package org.heshi.proof.page;

import java.time.Instant;
import java.util.List;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.MatterNumber;

/** The entries of a matter as its reporter may check them, the oldest first. */
public record MatterProofPage(MatterNumber number, List<Line> lines) {

    public MatterProofPage {
        lines = List.copyOf(lines);
    }

    /** @param covered whether it stands under a signed head already */
    public record Line(int seq, Bilingual title, Instant at, String leaf, boolean covered) {
    }

    public String here() {
        return "/follow/" + number.digits();
    }
}
