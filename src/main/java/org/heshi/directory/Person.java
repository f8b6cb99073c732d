package org.heshi.directory;

import java.util.Optional;
import java.util.UUID;

/** Somebody on the staff: the name and how they are reached at work. */
public record Person(UUID id, String name, Optional<String> phone, Optional<String> email) {
}
