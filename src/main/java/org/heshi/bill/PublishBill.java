package org.heshi.bill;

import java.util.Optional;
import java.util.UUID;

/** Publishes for the program's own parts, as who acts; people do it on {@code /publishing}. */
public interface PublishBill {

    /**
     * Counts the finished months that no edition has and releases them.
     *
     * @return its number; empty when there is nothing to tell
     * @throws org.springframework.security.access.AccessDeniedException when who acts does not speak for the county
     */
    Optional<Integer> edition();

    /** Whether an answer stands on the bill. */
    boolean told();

    /** Writes an answer without names about a matter that ended; it waits for another person. False when nothing may be told of it. */
    boolean write(UUID matter, String title, String question, String answer);

    /** Releases what somebody else wrote. */
    boolean release(UUID matter);
}
