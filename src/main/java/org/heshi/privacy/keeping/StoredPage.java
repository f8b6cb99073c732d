package org.heshi.privacy.keeping;

import java.util.List;
import java.util.Optional;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Entries;
import org.heshi.matters.MatterRows;

/** A matter that is put away: first the question why, then, once, what it holds. */
public record StoredPage(MatterNumber number, String reason, String paper, List<Refusal> refusals, Optional<MatterRows.Row> matter, List<Entries.Entry> entries) {

    public List<String> reasons() {
        return Openings.REASONS;
    }
}
