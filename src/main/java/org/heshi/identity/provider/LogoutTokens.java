package org.heshi.identity.provider;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.heshi.identity.session.Visits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;

/**
 * Ends visits here that ended at the provider. A token ends only what began before it was written, so that one sent again ends nothing new.
 */
@Component
public class LogoutTokens {

    private static final Logger LOG = LoggerFactory.getLogger(LogoutTokens.class);
    private static final Duration CLOCKS_APART = Duration.ofSeconds(10);
    private static final int LONGEST = 16_384;

    private final Provider provider;
    private final ProviderAccounts accounts;
    private final Visits visits;

    LogoutTokens(Provider provider, ProviderAccounts accounts, Visits visits) {
        this.provider = provider;
        this.accounts = accounts;
        this.visits = visits;
    }

    /** Whether the token was right; then what it names has ended. */
    public boolean end(HttpServletRequest request, String written) {
        Optional<JwtDecoder> decoder = written.isEmpty() || written.length() > LONGEST ? Optional.empty() : provider.logoutDecoder(request);
        if (decoder.isEmpty()) {
            return false;
        }
        try {
            Jwt token = decoder.get().decode(written);
            Instant before = Objects.requireNonNull(token.getIssuedAt()).plus(CLOCKS_APART);
            Optional<String> subject = Optional.ofNullable(token.getSubject());
            Optional<UUID> person = subject.flatMap(one -> accounts.find(provider.issuer(), one));
            if (subject.isEmpty() || person.isPresent()) {
                visits.endAtProvider(person, Optional.ofNullable(token.getClaimAsString("sid")), before);
            }
            return true;
        } catch (JwtException e) {
            LOG.warn("a logout token was refused: {}", e.getClass().getSimpleName());
            return false;
        }
    }
}
