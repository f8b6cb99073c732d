package org.heshi.mediation.papers;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A paper as a party finds it.
 *
 * @param title  key of the message that its kind is called by
 * @param erased whether what it said is gone for good
 */
public record PartyPaper(UUID id, int version, String title, Optional<String> number, Instant at, int pages, boolean sealed, boolean withdrawn, boolean replaced, boolean erased) {
}
