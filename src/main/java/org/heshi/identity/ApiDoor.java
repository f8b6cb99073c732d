package org.heshi.identity;

import jakarta.servlet.Filter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heshi.access.Actor;
import org.heshi.access.ClientPosts;
import org.heshi.directory.Role;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/** How other programs come in: OAuth 2.0, client credentials (RFC 6749, 4.4), opaque bearer tokens (RFC 6750). */
public interface ApiDoor extends ClientPosts {

    /** Where tokens are given. */
    String TOKEN = "/api/v1/token";

    /** What answers there, in this order. */
    List<Filter> tokenFilters();

    /** Knows the tokens that were given. */
    OpaqueTokenIntrospector tokens();

    /** The header that a key is sent in. */
    String KEY = "X-Api-Key";

    /** Lets in who sends a good key in that header instead of a token; behind it the request is as if a token for the same had come. */
    Filter keys();

    /**
     * Whose key this is. Keys that are not good are counted by the address that they come from, good ones never.
     *
     * @param address {@link org.heshi.access.ClientAddress#of}
     */
    Keyed byKey(String key, String address);

    /** What a key is worth. */
    sealed interface Keyed {

        /** @param client the program, with what this key is for */
        record Good(Actor.Client client) implements Keyed {
        }

        /** No such key, or it has ended, or the program or its unit. */
        record Bad() implements Keyed {
        }

        /** A bad one, after too many from there. */
        record TooMany() implements Keyed {
        }
    }

    /** What a post of a program may be: work that a person of that post would do, and nothing that a person must decide. No other role of a program counts. */
    Set<Role> ROLES = Set.of(Role.WINDOW_CLERK, Role.DISPATCHER, Role.HANDLER, Role.GRID_WORKER);

    /** Which program sent a request whose token or key was good. */
    Optional<Actor.Client> client(Authentication authentication);
}
