package org.heshi.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A resident's visit to one matter after its number and code were right. It ends with the visit, after half an hour without a click, or
 * when another matter is opened. The site puts the resident in place for addresses under {@code /follow/} only.
 *
 * <p>Beside it, the visit to an account that holds several matters: shorter, and nobody by itself. Leaving ends both.
 */
public final class ResidentSession {

    private static final String ATTRIBUTE = "heshi.resident";
    private static final String ACCOUNT = "heshi.resident-account";
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration ACCOUNT_IDLE = Duration.ofMinutes(15);
    private static final Duration ACCOUNT_LIVES = Duration.ofHours(2);

    private ResidentSession() {
    }

    /** To be called only after the code was checked. The session gets a new id, so that one planted before is worth nothing. */
    public static void enter(HttpServletRequest request, Actor.Resident resident) {
        HttpSession session = request.getSession(true);
        request.changeSessionId();
        session.setMaxInactiveInterval((int) (session.getAttribute(ACCOUNT) == null ? IDLE : ACCOUNT_IDLE).toSeconds());
        session.setAttribute(ATTRIBUTE, new Visit(resident.matter(), resident.party()));
    }

    /**
     * A visit to an account.
     *
     * @param since when its code was right
     */
    public record AccountVisit(UUID account, Instant since) implements Serializable {

        /** Two hours, whatever is clicked. */
        public boolean runsAt(Instant now) {
            return since.plus(ACCOUNT_LIVES).isAfter(now);
        }
    }

    /** To be called only after a one-time code was checked. What was open on this browser before is closed. */
    public static void enterAccount(HttpServletRequest request, UUID account, Instant now) {
        HttpSession session = request.getSession(true);
        request.changeSessionId();
        session.removeAttribute(ATTRIBUTE);
        session.setMaxInactiveInterval((int) ACCOUNT_IDLE.toSeconds());
        session.setAttribute(ACCOUNT, new AccountVisit(account, now));
    }

    /** Ask whether the account still knows the visit before anything is shown. */
    public static Optional<AccountVisit> account(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(ACCOUNT) instanceof AccountVisit visit ? Optional.of(visit) : Optional.empty();
    }

    public static void leave(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.removeAttribute(ATTRIBUTE);
            session.removeAttribute(ACCOUNT);
        }
    }

    public static Optional<Actor.Resident> current(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(ATTRIBUTE) instanceof Visit visit
                ? Optional.of(new Actor.Resident(visit.matter(), visit.party())) : Optional.empty();
    }

    private record Visit(UUID matter, int party) implements Serializable {
    }
}
