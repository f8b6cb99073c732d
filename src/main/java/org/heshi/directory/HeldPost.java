package org.heshi.directory;

import java.util.Set;
import java.util.UUID;

/**
 * A post as somebody holds it at this moment, themselves or standing in for one on leave.
 *
 * @param division code of the unit's division
 */
public record HeldPost(UUID post, String title, UUID person, String personName, UUID unit, String unitName, UnitType unitType,
        String division, Set<Role> roles, boolean standIn) {

    public HeldPost {
        roles = Set.copyOf(roles);
    }

    /** Whether a place lies on the ground of who keeps house from this post: its own and all below. */
    public boolean covers(String place) {
        return place.startsWith(division);
    }
}
