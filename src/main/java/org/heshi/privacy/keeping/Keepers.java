package org.heshi.privacy.keeping;

import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.springframework.security.access.AccessDeniedException;

/** Who watches over keeping and erasing: supervisors and auditors who watch a place. */
final class Keepers {

    private Keepers() {
    }

    /** @throws AccessDeniedException when who acts is none */
    static Actor.Staff keeper() {
        Actor.Staff staff = Acting.staffWith(Role.SUPERVISOR, Role.AUDITOR);
        if (staff.scope().isEmpty()) {
            throw new AccessDeniedException("this post watches no place");
        }
        return staff;
    }
}
