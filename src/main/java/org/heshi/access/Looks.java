package org.heshi.access;

import java.util.UUID;

/** The record of who looked (decision 10). */
public interface Looks {

    /**
     * Notes that the staff member who acts opened this matter: one row for each person, matter and hour. Committed when it returns, or with
     * the caller's transaction; when it cannot be written it throws, and the page must not be shown.
     *
     * @throws IllegalStateException when no staff member acts
     */
    void record(UUID matter);
}
