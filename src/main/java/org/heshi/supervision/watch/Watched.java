package org.heshi.supervision.watch;

import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.springframework.security.access.AccessDeniedException;

/** What the post that acts watches over. */
public sealed interface Watched {

    /** A place and everything in it. @param division its code */
    record Place(String division) implements Watched {
    }

    /** One's own unit and nothing else. */
    record Own(UUID unit) implements Watched {
    }

    /**
     * Supervisors, heads and dispatchers watch the place of their centre, a town's supervisors theirs; where a post has no place as a whole, its own unit.
     *
     * @throws AccessDeniedException when the post is none of these
     */
    static Watched mine() {
        Actor.Staff staff = Acting.staffWith(Role.SUPERVISOR, Role.HEAD, Role.DISPATCHER);
        return staff.scope().isEmpty() ? new Own(staff.unit()) : new Place(staff.scope());
    }

    /**
     * The place that the post watches.
     *
     * @throws AccessDeniedException when it watches none
     */
    static Place place() {
        if (mine() instanceof Place place) {
            return place;
        }
        throw new AccessDeniedException("this post watches no place");
    }

    /**
     * The place whose matters the post may take out in a list.
     *
     * @throws AccessDeniedException when the access table lets it take out none
     */
    static Place takenOut() {
        if (!Acting.staff().takesOut()) {
            throw new AccessDeniedException("this post takes nothing out");
        }
        return place();
    }

    /**
     * The place of the centre for which the post may decide: only supervisors, heads and dispatchers of a centre.
     *
     * @throws AccessDeniedException when it is no such post
     */
    static Place centre() {
        Actor.Staff staff = Acting.staffWith(Role.SUPERVISOR, Role.HEAD, Role.DISPATCHER);
        if (staff.held().unitType() != UnitType.CENTRE) {
            throw new AccessDeniedException("this post is at no centre");
        }
        return place();
    }

    /** Whether who acts may decide for a centre, so that pages offer it. */
    static boolean atACentre() {
        return Acting.current() instanceof Actor.Staff staff && staff.held().unitType() == UnitType.CENTRE && !staff.scope().isEmpty()
                && (staff.has(Role.SUPERVISOR) || staff.has(Role.HEAD) || staff.has(Role.DISPATCHER));
    }
}
