package org.heshi.identity;

import jakarta.servlet.Filter;
import java.util.List;
import java.util.Optional;
import org.heshi.access.Actor;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/** How other programs come in: OAuth 2.0, client credentials (RFC 6749, 4.4), opaque bearer tokens (RFC 6750). */
public interface ApiDoor {

    /** Where tokens are given. */
    String TOKEN = "/api/v1/token";

    /** What answers there, in this order. */
    List<Filter> tokenFilters();

    /** Knows the tokens that were given. */
    OpaqueTokenIntrospector tokens();

    /** Which program sent a request whose token was good. */
    Optional<Actor.Client> client(Authentication authentication);
}
