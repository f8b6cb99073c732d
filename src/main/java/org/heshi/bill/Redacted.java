package org.heshi.bill;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Answers without names that somebody of the centre wrote for everybody and another person released. Whoever shows a matter in public shows these words and no others. */
public interface Redacted {

    /** The text of each of these matters that has one now, for everybody; of disputes and of matters that somebody is barred from there is none. */
    Map<UUID, Text> of(Collection<UUID> matters);

    /** @param id by which everybody knows it: no number of a matter */
    record Text(UUID id, UUID matter, String title, String question, String answer, Instant releasedAt) {
    }
}
