package org.heshi.access;

import org.heshi.directory.HeldPost;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;

/** Which places a post sees as a whole. */
final class Scope {

    private Scope() {
    }

    /**
     * Dispatchers, verifiers, supervisors and auditors of a centre, and supervisors and auditors of a town, see the matters of their division.
     * Everybody else sees what their own unit holds.
     */
    static String of(HeldPost held) {
        boolean centre = held.unitType() == UnitType.CENTRE
                && (held.roles().contains(Role.DISPATCHER) || held.roles().contains(Role.VERIFIER) || held.roles().contains(Role.HEAD));
        boolean watches = (held.unitType() == UnitType.CENTRE || held.unitType() == UnitType.TOWN)
                && (held.roles().contains(Role.SUPERVISOR) || held.roles().contains(Role.AUDITOR));
        return centre || watches ? held.division() : "";
    }
}
