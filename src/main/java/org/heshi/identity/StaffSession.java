package org.heshi.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
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

    private static final String STAFF = "ROLE_STAFF";

    private StaffSession() {
    }

    /** Begins it: the session gets a new id and forms a new token, so that whatever was planted before is worth nothing. */
    public static void begin(HttpServletRequest request, HttpServletResponse response, CsrfTokenRepository tokens, SignedIn who) {
        if (request.getSession(false) != null) {
            // What a stranger or resident left behind on this browser is not carried into the staff's visit.
            request.getSession().invalidate();
        }
        request.getSession(true);
        Authentication authentication = authentication(who);
        new CsrfAuthenticationStrategy(tokens).onAuthentication(authentication, request, response);
        keep(request, response, authentication);
    }

    /** Goes on in another post, or in none. */
    public static void choose(HttpServletRequest request, HttpServletResponse response, SignedIn who) {
        keep(request, response, authentication(who));
    }

    /** Ends it. */
    public static void leave(HttpServletRequest request) {
        SecurityContextHolder.clearContext();
        if (request.getSession(false) != null) {
            request.getSession(false).invalidate();
        }
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
