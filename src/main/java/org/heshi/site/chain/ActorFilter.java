package org.heshi.site.chain;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.ResidentSession;
import org.heshi.access.ResidentVisits;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.identity.SignedIn;
import org.heshi.identity.StaffSession;
import org.heshi.site.Frame;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says for each request who acts. A staff member's post is asked of the directory every time, so that a post that ended gives nothing from
 * that moment on: the person goes on in another post they hold, or is signed out with a plain word. So is a resident's visit: another code, or an
 * account that was left everywhere, ends what is open elsewhere.
 */
@Component
@ConditionalOnWebApplication
class ActorFilter extends OncePerRequestFilter {

    private static final String RESOLVED = ActorFilter.class.getName();

    private final Directory directory;
    private final ResidentVisits visits;
    private final InstantSource clock;

    ActorFilter(Directory directory, ResidentVisits visits, InstantSource clock) {
        this.directory = directory;
        this.visits = visits;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return Assets.wants(request);
    }

    /** The error page is drawn for who asked. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        if (request.getAttribute(RESOLVED) instanceof Actor before) {
            goOnAs(before, request, response, chain);
            return;
        }
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            // Refused before anybody was asked who they are.
            goOnAs(new Actor.Passerby(), request, response, chain);
            return;
        }
        String path = request.getRequestURI();
        if (path.equals("/follow") || path.startsWith("/follow/")) {
            Optional<ResidentSession.Visit> visit = ResidentSession.current(request);
            boolean runs = visit.filter(visits::runs).isPresent();
            if (visit.isPresent() && !runs) {
                ResidentSession.close(request);
            }
            goOnAs(runs ? visit.get().resident() : new Actor.Passerby(), request, response, chain);
            return;
        }
        Optional<SignedIn> who = SignedIn.current();
        if (who.isEmpty()) {
            goOnAs(new Actor.Passerby(), request, response, chain);
            return;
        }
        UUID post = who.get().post();
        List<HeldPost> posts = directory.heldPosts(who.get().person(), clock.instant());
        Optional<HeldPost> held = posts.stream().filter(one -> one.post().equals(post)).findFirst();
        request.setAttribute(Frame.POSTS, posts.size());
        if (held.isPresent()) {
            goOnAs(new Actor.Staff(held.get()), request, response, chain);
        } else if (posts.isEmpty()) {
            StaffSession.leave(request);
            response.sendRedirect("/sign-in?why=ended");
        } else if (path.equals("/posts") || path.equals("/sign-out")) {
            goOnAs(new Actor.Passerby(), request, response, chain);
        } else {
            if (post != null) {
                StaffSession.choose(request, response, new SignedIn(who.get().person(), null));
            }
            response.sendRedirect("/posts");
        }
    }

    private static void goOnAs(Actor actor, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        request.setAttribute(RESOLVED, actor);
        try {
            Acting.run(actor, () -> {
                try {
                    chain.doFilter(request, response);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (ServletException e) {
                    throw new Carried(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (Carried e) {
            throw e.carried;
        }
    }

    /** A checked exception on its way through a lambda. */
    private static final class Carried extends RuntimeException {

        private final ServletException carried;

        Carried(ServletException carried) {
            super(carried);
            this.carried = carried;
        }
    }
}
