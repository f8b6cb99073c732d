package org.heshi.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfAuthenticationStrategy;
import org.springframework.security.web.csrf.CsrfTokenRepository;

/** The visit of a staff member, from sign-in to sign-out. */
public final class StaffSession {

    /** Attribute of the session: {@link Half}. */
    public static final String HALF = "heshi.half";
    /** Attribute of the session: {@link Via}. */
    public static final String VIA = "heshi.via";
    /** Attribute of the session: the kind of browser, as {@link BrowserKind#of} says it. */
    public static final String BROWSER = "heshi.browser";
    private static final String PROVED = "heshi.proved";
    private static final String STAFF = "ROLE_STAFF";
    private static final Duration HALF_LIVES = Duration.ofMinutes(15);

    private StaffSession() {
    }

    /**
     * A sign-in whose password was right and whose second step is missing. Opens nothing but that step.
     *
     * @param setUp whether there is no second factor yet, so that it must be set up first
     * @param to    the page that was asked for
     * @param via   the provider where they signed in; none: with the password
     */
    public record Half(SignedIn who, boolean setUp, String to, Instant at, @Nullable Via via) implements Serializable {
    }

    /**
     * A sign-in at the county's provider, as it is named when either side ends it.
     *
     * @param session the provider's own name of the visit ({@code sid}); empty when it gave none
     * @param token   the ID token, which says at the provider whose visit ends
     */
    public record Via(String session, String token) implements Serializable {
    }

    /**
     * Begins it: the session gets a new id and forms a new token, so that whatever was planted before is worth nothing.
     *
     * @param at now; who begins has just proved who they are
     */
    public static void begin(HttpServletRequest request, HttpServletResponse response, CsrfTokenRepository tokens, SignedIn who, Instant at) {
        HttpSession session = anew(request);
        session.setAttribute(PROVED, at);
        Authentication authentication = authentication(who);
        new CsrfAuthenticationStrategy(tokens).onAuthentication(authentication, request, response);
        keep(request, response, authentication);
    }

    /** Begins it, signed in at the provider if {@code via} is given. */
    public static void begin(HttpServletRequest request, HttpServletResponse response, CsrfTokenRepository tokens, SignedIn who, Instant at,
            @Nullable Via via) {
        begin(request, response, tokens, who, at);
        if (via != null) {
            request.getSession().setAttribute(VIA, via);
        }
    }

    /** The provider where this visit signed in. */
    public static Optional<Via> via(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(VIA) instanceof Via via ? Optional.of(via) : Optional.empty();
    }

    /** Keeps that the password was right, and nothing more. */
    public static void beginHalf(HttpServletRequest request, HttpServletResponse response, CsrfTokenRepository tokens, Half half) {
        HttpSession session = anew(request);
        session.setMaxInactiveInterval((int) HALF_LIVES.toSeconds());
        session.setAttribute(HALF, half);
        new CsrfAuthenticationStrategy(tokens).onAuthentication(authentication(half.who()), request, response);
        SecurityContextHolder.clearContext();
    }

    /** The sign-in whose second step is missing, for a quarter of an hour. */
    public static Optional<Half> half(HttpServletRequest request, Instant now) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(HALF) instanceof Half half && half.at().plus(HALF_LIVES).isAfter(now)
                ? Optional.of(half) : Optional.empty();
    }

    /** Goes on in another post, or in none. */
    public static void choose(HttpServletRequest request, HttpServletResponse response, SignedIn who) {
        keep(request, response, authentication(who));
    }

    /** When this visit last proved who they are: by signing in, or by saying the password or a code again. */
    public static Optional<Instant> provedAt(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(PROVED) instanceof Instant at ? Optional.of(at) : Optional.empty();
    }

    /** They have just proved once more who they are. */
    public static void prove(HttpServletRequest request, Instant at) {
        request.getSession().setAttribute(PROVED, at);
    }

    /** Ends it. */
    public static void leave(HttpServletRequest request) {
        SecurityContextHolder.clearContext();
        if (request.getSession(false) != null) {
            request.getSession(false).invalidate();
        }
    }

    /** What a stranger or resident left behind on this browser is not carried into the staff's visit. */
    private static HttpSession anew(HttpServletRequest request) {
        if (request.getSession(false) != null) {
            request.getSession().invalidate();
        }
        HttpSession session = request.getSession(true);
        session.setAttribute(BROWSER, BrowserKind.of(request.getHeader("User-Agent")));
        return session;
    }

    private static Authentication authentication(SignedIn who) {
        return UsernamePasswordAuthenticationToken.authenticated(who, null, List.of(new SimpleGrantedAuthority(STAFF)));
    }

    private static void keep(HttpServletRequest request, HttpServletResponse response, Authentication authentication) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(authentication);
        SecurityContextHolder.setContext(context);
        new HttpSessionSecurityContextRepository().saveContext(context, request, response);
    }
}
