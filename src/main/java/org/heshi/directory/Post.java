package org.heshi.directory;

import java.util.Set;
import java.util.UUID;

/**
 * A post of a unit, whoever holds it.
 *
 * @param division code of the post's own place when it has one, as a grid worker's grid; else of its unit
 */
public record Post(UUID id, UUID unit, String title, Set<Role> roles, String division) {

    public Post {
        roles = Set.copyOf(roles);
    }
}
