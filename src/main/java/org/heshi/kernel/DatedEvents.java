package org.heshi.kernel;

import java.time.Instant;
import java.util.List;

/** What a room has of dates for who acts: sittings, ends of limits. Rooms declare beans of it; a calendar shows them together. Numbers and kinds, never a name or what somebody wrote. */
public interface DatedEvents {

    /** Of the staff member who acts, in the post that they act in. */
    List<Event> between(Instant from, Instant until);

    /**
     * @param id     the same for the same thing, wherever it is moved
     * @param until  not before {@code from}
     * @param days   whether whole civil days are meant, from and until being their bounds
     * @param path   where it stands on the pages
     */
    record Event(String id, Instant from, Instant until, boolean days, Bilingual title, String path) {
    }
}
