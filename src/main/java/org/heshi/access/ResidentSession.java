package org.heshi.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * A resident's visit to one matter after its number and code were right. It ends with the visit, after half an hour without a click, or
 * when another matter is opened. The site puts the resident in place for addresses under {@code /follow/} only.
 */
public final class ResidentSession {

    private static final String ATTRIBUTE = "heshi.resident";
    private static final Duration IDLE = Duration.ofMinutes(30);

    private ResidentSession() {
    }

    /** To be called only after the code was checked. The session gets a new id, so that one planted before is worth nothing. */
    public static void enter(HttpServletRequest request, Actor.Resident resident) {
        HttpSession session = request.getSession(true);
        request.changeSessionId();
        session.setMaxInactiveInterval((int) IDLE.toSeconds());
        session.setAttribute(ATTRIBUTE, new Visit(resident.matter(), resident.party()));
    }

    public static void leave(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.removeAttribute(ATTRIBUTE);
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
