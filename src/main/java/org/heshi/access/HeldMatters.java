package org.heshi.access;

import java.util.UUID;

/** Whether the unit of the staff member who acts holds a matter. The matters room answers it. */
public interface HeldMatters {

    boolean holds(UUID matter);
}
