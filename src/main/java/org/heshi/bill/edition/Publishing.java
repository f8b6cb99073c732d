package org.heshi.bill.edition;

import java.util.NoSuchElementException;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.matters.MattersSettings;
import org.springframework.stereotype.Component;

/** Who speaks for the county in public: the head and the supervisors of the county's centre, and of those above it. */
@Component
public class Publishing {

    private final String place;

    Publishing(MattersSettings settings) {
        this.place = settings.county();
    }

    /**
     * @throws org.springframework.security.access.AccessDeniedException when who acts is neither head nor supervisor
     * @throws NoSuchElementException when they are of another place: this county's bill is not there for them
     */
    public Actor.Staff speaker() {
        Actor.Staff staff = Acting.staffWith(Role.HEAD, Role.SUPERVISOR);
        if (staff.scope().isEmpty() || !place.startsWith(staff.scope())) {
            throw new NoSuchElementException("this post does not speak for " + place);
        }
        return staff;
    }
}
