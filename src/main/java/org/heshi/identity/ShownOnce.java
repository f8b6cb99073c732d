package org.heshi.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.UUID;

/**
 * Carries a secret that was made just now over the redirect to the page that shows it, once: sealed, in a cookie of a minute that only that page gets. It is kept in no
 * session, row or log, and who loads the page anew neither sees nor makes one again.
 */
public interface ShownOnce {

    /** Goes with the answer that redirects there. @param page its path */
    void carry(UUID person, String page, String secret, HttpServletRequest request, HttpServletResponse response);

    /** What was carried to this page for this person; from then on it is gone. */
    Optional<String> take(UUID person, String page, HttpServletRequest request, HttpServletResponse response);
}
