package org.heshi.statistics;

import java.time.YearMonth;

/** Releases monthly bulletins for the program's own parts; people do it on {@code /figures/bulletins}. */
public interface MonthlyBulletins {

    /** Whether any bulletin was released that who acts may read. */
    boolean any();

    /**
     * Writes and releases the bulletin of the place that who acts watches, with the figures of now; where that month has one, or a draft in
     * which somebody wrote other words, nothing is done.
     *
     * @throws org.springframework.security.access.AccessDeniedException when who acts writes no bulletins
     */
    boolean release(YearMonth month, String foreword, String remarks);
}
