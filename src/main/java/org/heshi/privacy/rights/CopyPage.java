package org.heshi.privacy.rights;

import java.time.Instant;
import java.util.List;
import org.heshi.matters.Entries;
import org.heshi.matters.MatterRows;

/** Everything that is held of a party in a matter, as they may read it. */
public record CopyPage(MatterRows.Row matter, List<Entries.Entry> entries, int notice, Instant at) {
}
