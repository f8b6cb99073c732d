package org.heshi.directory;

import java.util.Optional;
import java.util.UUID;

/**
 * An organisation on a division.
 *
 * @param parent the organisation it is a part of
 */
public record Unit(UUID id, UnitType type, String name, String division, Optional<UUID> parent) {
}
