package org.heshi.directory.units;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.heshi.directory.UnitType;

/** A unit in the list. @param place the name of its division in full */
public record UnitRow(UUID id, String name, UnitType type, String division, String place, Optional<Instant> endedAt) {
}
