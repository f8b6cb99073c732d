package org.heshi.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A resident's visit to one matter after its number and code were right. It ends with the visit, after half an hour without a click, or
 * when another matter is opened. The site puts the resident in place for addresses under {@code /follow/} only.
 *
 * <p>Beside it, the visit to an account that holds several matters: shorter, and nobody by itself. Leaving ends both.
 */
public final class ResidentSession {

    private static final String ATTRIBUTE = "heshi.resident";
    /** Where the receipt with a new code stands for a while, and the cookie that opens it. */
    public static final String RECEIPT = "heshi.receipt";
    public static final String RECEIPT_COOKIE = "heshi-receipt";
    private static final String ACCOUNT = "heshi.resident-account";
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration ACCOUNT_IDLE = Duration.ofMinutes(15);
    private static final Duration ACCOUNT_LIVES = Duration.ofHours(2);

    private ResidentSession() {
    }

    /**
     * To be called only after the code was checked. The session gets a new id, so that one planted before is worth nothing.
     *
     * @param mark stands for the code that was right; empty when the party has none
     */
    public static void enter(HttpServletRequest request, Actor.Resident resident, Optional<byte[]> mark) {
        HttpSession session = request.getSession(true);
        request.changeSessionId();
        Optional<AccountVisit> account = account(request);
        session.setMaxInactiveInterval((int) (account.isEmpty() ? IDLE : ACCOUNT_IDLE).toSeconds());
        session.setAttribute(ATTRIBUTE, new Visit(resident.matter(), resident.party(), mark.orElse(null), account.orElse(null)));
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

    /** Nothing of theirs is left in this browser: neither what is open nor a receipt with its code. */
    public static void leave(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Set-Cookie", RECEIPT_COOKIE + "=; Path=/report; Max-Age=0; HttpOnly; SameSite=Lax" + (request.isSecure() ? "; Secure" : ""));
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.removeAttribute(RECEIPT);
            session.removeAttribute(ATTRIBUTE);
            session.removeAttribute(ACCOUNT);
        }
    }

    /** Who visits which matter there; ask {@link ResidentVisits} whether the visit still runs before anything is shown. */
    public static Optional<Visit> current(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(ATTRIBUTE) instanceof Visit visit ? Optional.of(visit) : Optional.empty();
    }

    /** The matter is open in this browser no longer. */
    public static void close(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.removeAttribute(ATTRIBUTE);
        }
    }

    /**
     * A visit to one matter.
     *
     * @param mark    stood for the code when it began; null when there was none
     * @param account the visit to an account in which it began, if any
     */
    public record Visit(UUID matter, int party, byte @Nullable [] mark, @Nullable AccountVisit account) implements Serializable {

        public Actor.Resident resident() {
            return new Actor.Resident(matter, party);
        }
    }
}
