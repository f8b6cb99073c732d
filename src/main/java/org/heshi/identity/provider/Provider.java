package org.heshi.identity.provider;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.heshi.identity.CountyProvider;
import org.heshi.identity.StaffSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The county's own provider: authorization code with PKCE and nonce; the ID token's signature, issuer, audience, times and nonce are checked by Spring
 * Security. Its addresses are asked of it when they are first needed, so that this program starts while the provider is away.
 */
@Component
public class Provider implements CountyProvider {

    /** Where the provider sends people back to. */
    public static final String BACK = "/sign-in/provider/back";
    private static final Logger LOG = LoggerFactory.getLogger(Provider.class);
    private static final String ID = "county";
    private static final String ASKED = "heshi.provider.asked";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration JUST_NOW = Duration.ofMinutes(3);
    private static final int VISIT_SECONDS = 900;

    private final String issuer;
    private final String clientId;
    private final String clientSecret;
    private final URI base;
    private final boolean bothFactors;
    private final InstantSource clock;
    private final OidcAuthorizationCodeAuthenticationProvider exchange = new OidcAuthorizationCodeAuthenticationProvider(tokens(),
            asked -> new DefaultOidcUser(List.of(new SimpleGrantedAuthority("OIDC")), asked.getIdToken()));
    private volatile @Nullable ClientRegistration known;
    private volatile @Nullable JwtDecoder logoutDecoder;

    Provider(@Value("${heshi.oidc-issuer:}") String issuer, @Value("${heshi.oidc-client-id:}") String clientId,
            @Value("${heshi.oidc-client-secret:}") String clientSecret, @Value("${heshi.base-url}") URI base,
            @Value("${heshi.identity.provider-both-factors}") boolean bothFactors, InstantSource clock) {
        this.issuer = issuer.strip();
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.base = base;
        this.bothFactors = bothFactors;
        this.clock = clock;
    }

    /** Why somebody is sent to the provider. */
    public sealed interface Purpose extends Serializable {

        record SigningIn(String to) implements Purpose {
        }

        /** @param link the one-time link by which an account is bound */
        record Binding(String link) implements Purpose {
        }

        /** Binding the account that is signed in. */
        record BindingMine() implements Purpose {
        }

        record Confirming(String to) implements Purpose {
        }
    }

    /** Somebody came back, and this is who the provider says they are. */
    public record Arrival(Purpose purpose, String subject, StaffSession.Via via) {
    }

    private record Asked(OAuth2AuthorizationRequest request, Purpose purpose) implements Serializable {
    }

    public boolean configured() {
        return !issuer.isEmpty();
    }

    public String issuer() {
        return issuer;
    }

    /** Whether signing in there counts as both factors. */
    public boolean bothFactors() {
        return bothFactors;
    }

    @Override
    public Optional<String> origin() {
        return configured() ? Optional.of(URI.create(issuer)).map(uri -> uri.getScheme() + "://" + uri.getRawAuthority()) : Optional.empty();
    }

    /** The address at the provider to send somebody to; none when the provider does not answer. */
    public Optional<String> ask(HttpServletRequest request, Purpose purpose) {
        Optional<ClientRegistration> registration = registration(request);
        if (registration.isEmpty()) {
            return Optional.empty();
        }
        DefaultOAuth2AuthorizationRequestResolver resolver = new DefaultOAuth2AuthorizationRequestResolver(
                new InMemoryClientRegistrationRepository(registration.get()));
        resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce().andThen(asking -> {
            if (purpose instanceof Purpose.Confirming) {
                asking.additionalParameters(Map.of("prompt", "login", "max_age", "0"));
            }
        }));
        OAuth2AuthorizationRequest asking = Objects.requireNonNull(resolver.resolve(request, ID));
        HttpSession session = request.getSession(false);
        if (session == null) {
            session = request.getSession(true);
            session.setMaxInactiveInterval(VISIT_SECONDS);
        }
        session.setAttribute(ASKED, new Asked(asking, purpose));
        return Optional.of(asking.getAuthorizationRequestUri());
    }

    /** Who came back; nobody when anything of the answer is not right or it is not the answer to this browser's last question. */
    public Optional<Arrival> back(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null || !(session.getAttribute(ASKED) instanceof Asked asked)) {
            return Optional.empty();
        }
        session.removeAttribute(ASKED);
        String code = request.getParameter("code");
        String state = request.getParameter("state");
        String said = request.getParameter("iss");
        Optional<ClientRegistration> registration = registration(request);
        if (code == null || state == null || registration.isEmpty() || said != null && !said.equals(issuer)) {
            return Optional.empty();
        }
        try {
            OAuth2AuthorizationResponse answer = OAuth2AuthorizationResponse.success(code).state(state)
                    .redirectUri(Objects.requireNonNull(asked.request().getRedirectUri())).build();
            var checked = exchange.authenticate(new OAuth2LoginAuthenticationToken(registration.get(),
                    new OAuth2AuthorizationExchange(asked.request(), answer)));
            if (checked == null || !(checked.getPrincipal() instanceof OidcUser user) || !issuer.equals(user.getIssuer().toString())) {
                return Optional.empty();
            }
            OidcIdToken token = user.getIdToken();
            if (asked.purpose() instanceof Purpose.Confirming && !provedJustNow(token)) {
                return Optional.empty();
            }
            String sid = token.getClaimAsString("sid");
            return Optional.of(new Arrival(asked.purpose(), token.getSubject(), new StaffSession.Via(sid == null ? "" : sid, token.getTokenValue())));
        } catch (AuthenticationException | OAuth2AuthorizationException | JwtException | IllegalArgumentException e) {
            // Its own words may quote claims, which say who it was.
            LOG.warn("the provider's answer was refused: {}", kind(e));
            return Optional.empty();
        }
    }

    private static String kind(RuntimeException e) {
        return switch (e) {
            case OAuth2AuthenticationException known -> known.getError().getErrorCode();
            case OAuth2AuthorizationException known -> known.getError().getErrorCode();
            default -> e.getClass().getSimpleName();
        };
    }

    private boolean provedJustNow(OidcIdToken token) {
        Instant at = token.getAuthenticatedAt();
        return at != null && at.isAfter(clock.instant().minus(JUST_NOW));
    }

    @Override
    public Optional<String> endAddress(HttpServletRequest request) {
        return StaffSession.via(request).flatMap(via -> registration(request)
                .map(found -> found.getProviderDetails().getConfigurationMetadata().get("end_session_endpoint"))
                .map(address -> UriComponentsBuilder.fromUriString(address.toString()).queryParam("id_token_hint", via.token())
                        .queryParam("client_id", clientId).queryParam("post_logout_redirect_uri", "{back}")
                        .encode().buildAndExpand(here(request) + "/sign-in?why=out").toUriString()));
    }

    /** Reads logout tokens and takes only right ones; none while the provider does not answer. */
    Optional<JwtDecoder> logoutDecoder(HttpServletRequest request) {
        JwtDecoder decoder = logoutDecoder;
        if (decoder == null) {
            decoder = registration(request).map(found -> NimbusJwtDecoder.withJwkSetUri(Objects.requireNonNull(found.getProviderDetails().getJwkSetUri()))
                    .jwsAlgorithm(org.springframework.security.oauth2.jose.jws.SignatureAlgorithm.RS256)
                    .jwsAlgorithm(org.springframework.security.oauth2.jose.jws.SignatureAlgorithm.ES256)
                    .validateType(false).build()).map(made -> {
                        made.setJwtValidator(new LogoutTokenRules(issuer, clientId, clock));
                        return made;
                    }).orElse(null);
            logoutDecoder = decoder;
        }
        return Optional.ofNullable(decoder);
    }

    private Optional<ClientRegistration> registration(HttpServletRequest request) {
        if (!configured()) {
            return Optional.empty();
        }
        ClientRegistration found = known;
        if (found == null) {
            try {
                found = ClientRegistrations.fromIssuerLocation(issuer).registrationId(ID).clientId(clientId).clientSecret(clientSecret).scope("openid")
                        .build();
                known = found;
            } catch (RuntimeException e) {
                // Its HTTP client throws whatever is wrong with the network or the document; the page says that the provider is away.
                LOG.warn("the provider {} does not answer: {}", issuer, e.getClass().getSimpleName());
                return Optional.empty();
            }
        }
        return Optional.of(ClientRegistration.withClientRegistration(found).redirectUri(here(request) + BACK).build());
    }

    /** The address of this program: as it is set, or, where nothing is set, the one that it listens on. */
    private String here(HttpServletRequest request) {
        return "127.0.0.1".equals(base.getHost()) && "http".equals(base.getScheme()) ? "http://127.0.0.1:" + request.getLocalPort() : base.toString();
    }

    private static RestClientAuthorizationCodeTokenResponseClient tokens() {
        SimpleClientHttpRequestFactory http = new SimpleClientHttpRequestFactory();
        http.setConnectTimeout(PATIENCE);
        http.setReadTimeout(PATIENCE);
        RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(RestClient.builder().requestFactory(http).configureMessageConverters(converters -> converters.addCustomConverter(new FormHttpMessageConverter())
                .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter())).defaultStatusHandler(new OAuth2ErrorResponseErrorHandler()).build());
        return tokens;
    }
}
