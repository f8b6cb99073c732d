package org.heshi.directory.units;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;

/** Everything about one unit, as its page shows it. */
public record UnitPage(Unit unit, String place, Optional<Unit> parent, Instant startedAt, Optional<Instant> endedAt, List<PostLine> posts,
        List<RuleLine> rules) {

    /** @param holder empty when nobody holds the post now; standIn: who stands in today */
    public record PostLine(UUID id, String title, Set<Role> roles, Optional<String> holder, Optional<String> standIn, boolean ended) {
    }

    /** What the unit leads: a category's full name (empty: any) and a place. */
    public record RuleLine(UUID id, String category, String place) {
    }
}
