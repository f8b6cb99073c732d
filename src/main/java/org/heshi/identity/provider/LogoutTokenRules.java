package org.heshi.identity.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/** What a logout token must be besides well signed (OpenID Connect Back-Channel Logout 1.0, sections 2.4 and 2.6). An ID token is none. */
record LogoutTokenRules(String issuer, String clientId, InstantSource clock) implements OAuth2TokenValidator<Jwt> {

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final Set<String> TYPES = Set.of("logout+jwt", "jwt", "");
    private static final Duration FRESH = Duration.ofMinutes(5);

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        return right(token) ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_request", "this is no logout token for us", null));
    }

    private boolean right(Jwt token) {
        Instant now = clock.instant();
        Instant at = token.getIssuedAt();
        String type = token.getHeaders().getOrDefault("typ", "").toString().toLowerCase(java.util.Locale.ROOT);
        boolean forUs = token.hasClaim("iss") && issuer.equals(token.getClaimAsString("iss")) && token.getAudience() != null
                && token.getAudience().contains(clientId);
        boolean fresh = at != null && at.isAfter(now.minus(FRESH)) && at.isBefore(now.plus(FRESH))
                && (token.getExpiresAt() == null || token.getExpiresAt().isAfter(now));
        boolean event = token.getClaim("events") instanceof Map<?, ?> events && events.containsKey(EVENT);
        boolean named = token.getSubject() != null || token.getClaimAsString("sid") != null;
        return TYPES.contains(type) && forUs && fresh && event && named && !token.hasClaim("nonce") && token.getId() != null;
    }
}
