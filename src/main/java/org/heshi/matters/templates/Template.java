package org.heshi.matters.templates;

import java.util.Optional;
import java.util.UUID;

/**
 * Ready words for an action.
 *
 * @param unit whose they are; empty: everybody's
 */
public record Template(UUID id, Optional<UUID> unit, String action, String title, String words, boolean ended) {
}
