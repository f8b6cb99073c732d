package org.heshi.access;

import java.util.Optional;
import java.util.Set;
import org.heshi.access.AccessTable.Standing;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;

/** Which places a post sees as a whole. */
final class Scope {

    private Scope() {
    }

    /** The place of a centre or a town, for posts whose roles see from above by the access table. Everybody else sees what their own unit holds. */
    static String of(HeldPost held) {
        return standing(held.unitType()).filter(standing -> any(held, AccessTable.shipped().seeing(standing))).isPresent() ? held.division() : "";
    }

    /** How posts of such units stand to the matters of their place. */
    static Optional<Standing> standing(UnitType type) {
        return switch (type) {
            case CENTRE -> Optional.of(Standing.ABOVE);
            case TOWN -> Optional.of(Standing.ABOVE_TOWN);
            case DEPARTMENT, VILLAGE_COMMITTEE, MEDIATION_COMMITTEE, COURT, POLICE_STATION, JUDICIAL_OFFICE, GRID_TEAM, PROVIDER -> Optional.empty();
        };
    }

    static boolean any(HeldPost held, Set<Role> roles) {
        for (Role role : held.roles()) {
            if (roles.contains(role)) {
                return true;
            }
        }
        return false;
    }
}
