package org.heshi.divisions;

import java.util.UUID;

/** A place as it stands today. The code of its parent is the prefix of its own. */
public record Division(UUID id, String code, Level level, String name) {
}
