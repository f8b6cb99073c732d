package org.heshi.access;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The record of who looked (decision 10). */
public interface Looks {

    /** What of a matter was looked at. */
    enum What {
        /** Its page, a form or a picture of it. */ MATTER,
        /** Contacts that stand masked until somebody asks for them. */ CONTACTS,
        /** The matter, by somebody who has no part in it and gave a reason. */ OPENED
    }

    /**
     * Notes that the staff member who acts opened this matter: one row for each person, matter, hour and what. Committed when it returns, or with
     * the caller's transaction; when it cannot be written it throws, and the page must not be shown. Looking that is out of the usual becomes a
     * question to them.
     *
     * @throws IllegalStateException when no staff member acts
     */
    void record(UUID matter, What what);

    /** The same for its page, a form or a picture of it. */
    default void record(UUID matter) {
        record(matter, What.MATTER);
    }

    /** Which offices looked, the newest first; for the reporter of the matter, of whose own scope this is read, and for auditors. Names no person. */
    List<Look> of(UUID matter);

    /** @param hour the beginning of the hour in which it was */
    record Look(UUID unit, Instant hour, What what) {
    }
}
