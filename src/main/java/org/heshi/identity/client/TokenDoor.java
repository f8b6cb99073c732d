package org.heshi.identity.client;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.heshi.access.Actor;
import org.heshi.access.ClientAddress;
import org.heshi.access.Throttle;
import org.heshi.directory.HeldPost;
import org.heshi.identity.ApiDoor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContext;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.web.OAuth2ClientAuthenticationFilter;
import org.springframework.security.oauth2.server.authorization.web.OAuth2TokenEndpointFilter;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The token endpoint of Spring Authorization Server, alone: who asks, the grant, the answers and the errors are its own; where clients and tokens are kept
 * is ours. None of its other endpoints is there.
 */
@Component
@ConditionalOnWebApplication
class TokenDoor implements ApiDoor {

    private static final int ASKS_OF_ADDRESS = 120;
    private static final int BAD_KEYS_OF_ADDRESS = 60;
    private static final Duration IN = Duration.ofMinutes(1);
    private static final Pattern KEY_FORM = Pattern.compile("hk_[A-Za-z0-9_-]{43}");
    private static final String CLIENT = "client";
    private static final String UNIT = "unit";

    private final SecureRandom random = new SecureRandom();
    private final Clients clients;
    private final Throttle throttle;
    private final InstantSource clock;
    private final String issuer;

    TokenDoor(Clients clients, Throttle throttle, InstantSource clock, @Value("${heshi.base-url}") String issuer) {
        this.clients = clients;
        this.throttle = throttle;
        this.clock = clock;
        this.issuer = issuer;
    }

    @Override
    public List<Filter> tokenFilters() {
        Registered registered = new Registered();
        Given given = new Given();
        ClientSecretAuthenticationProvider secrets = new ClientSecretAuthenticationProvider(registered, given);
        secrets.setPasswordEncoder(new TwoSecrets());
        OAuth2ClientCredentialsAuthenticationProvider grant = new OAuth2ClientCredentialsAuthenticationProvider(given,
                context -> new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, fresh(), clock.instant(), clock.instant().plus(Clients.TOKEN_LIVES),
                        context.getAuthorizedScopes()));
        OAuth2ClientCredentialsAuthenticationValidator known = new OAuth2ClientCredentialsAuthenticationValidator();
        grant.setAuthenticationValidator(context -> {
            named(context);
            known.accept(context);
        });
        ProviderManager manager = new ProviderManager(secrets, grant);
        return List.of(new Bounded(), new OAuth2ClientAuthenticationFilter(manager, PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, TOKEN)),
                new OAuth2TokenEndpointFilter(manager, TOKEN));
    }

    /** A token is for something (RFC 6749, 3.3: a server without a default refuses). */
    private static void named(OAuth2ClientCredentialsAuthenticationContext context) {
        OAuth2ClientCredentialsAuthenticationToken asked = context.getAuthentication();
        if (asked.getScopes().isEmpty()) {
            throw new OAuth2AuthenticationException(new OAuth2Error(OAuth2ErrorCodes.INVALID_SCOPE, "name at least one scope", null));
        }
    }

    @Override
    public OpaqueTokenIntrospector tokens() {
        return token -> clients.open(token).map(TokenDoor::principal).orElseThrow(() -> new BadOpaqueTokenException("no such token, or its time is over"));
    }

    @Override
    public Keyed byKey(String key, String address) {
        Optional<Actor.Client> client = KEY_FORM.matcher(key).matches() ? clients.openKey(key) : Optional.empty();
        if (client.isPresent()) {
            return new Keyed.Good(client.get());
        }
        return throttle.tryTake("api-key", address, BAD_KEYS_OF_ADDRESS, IN) ? new Keyed.Bad() : new Keyed.TooMany();
    }

    @Override
    public Filter keys() {
        return new WithKey();
    }

    private static OAuth2AuthenticatedPrincipal principal(Clients.Token token) {
        Set<GrantedAuthority> may = may(token.scopes());
        return new DefaultOAuth2AuthenticatedPrincipal(token.client().toString(), Map.of(CLIENT, token.client(), UNIT, token.unit(), "scopes", token.scopes(),
                "iat", token.createdAt(), "exp", token.expiresAt()), may);
    }

    @Override
    public Optional<HeldPost> post(Actor.Client client) {
        return clients.post(client.client(), client.unit());
    }

    private static Set<GrantedAuthority> may(Set<String> scopes) {
        return scopes.stream().map(scope -> new SimpleGrantedAuthority("SCOPE_" + scope)).collect(Collectors.toSet());
    }

    @Override
    public Optional<Actor.Client> client(Authentication authentication) {
        if (authentication.getPrincipal() instanceof OAuth2AuthenticatedPrincipal principal && principal.getAttribute(CLIENT) instanceof UUID client
                && principal.getAttribute(UNIT) instanceof UUID unit) {
            return Optional.of(new Actor.Client(client, unit, principal.getAuthorities().stream().map(GrantedAuthority::getAuthority)
                    .map(authority -> authority.replaceFirst("^SCOPE_", "")).collect(Collectors.toSet())));
        }
        return Optional.empty();
    }

    private String fresh() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return "ht_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A key in its header is as good as a token for the same; both at once are one too many. */
    private final class WithKey extends OncePerRequestFilter {

        @Override
        protected boolean shouldNotFilter(HttpServletRequest request) {
            return request.getHeader(KEY) == null;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
            if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
                refuse(response, HttpServletResponse.SC_BAD_REQUEST, "a key or a token, not both");
                return;
            }
            switch (byKey(request.getHeader(KEY), ClientAddress.of(request))) {
                case Keyed.Good(Actor.Client client) -> {
                    SecurityContext context = SecurityContextHolder.createEmptyContext();
                    OAuth2AuthenticatedPrincipal who = new DefaultOAuth2AuthenticatedPrincipal(client.client().toString(),
                            Map.of(CLIENT, client.client(), UNIT, client.unit()), may(client.scopes()));
                    context.setAuthentication(new PreAuthenticatedAuthenticationToken(who, "", who.getAuthorities()));
                    SecurityContextHolder.setContext(context);
                    try {
                        chain.doFilter(request, response);
                    } finally {
                        SecurityContextHolder.clearContext();
                    }
                }
                case Keyed.Bad _ -> {
                    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "ApiKey");
                    refuse(response, HttpServletResponse.SC_UNAUTHORIZED, "this key is not good");
                }
                case Keyed.TooMany _ -> {
                    response.setHeader(HttpHeaders.RETRY_AFTER, "60");
                    refuse(response, 429, "too many keys that are not good");
                }
            }
        }

        private static void refuse(HttpServletResponse response, int status, String title) throws IOException {
            response.setStatus(status);
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            response.getWriter().write("{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status + "}");
        }
    }

    /** So many asks from one address, right or wrong; and what the library wants to know of the server. */
    private final class Bounded extends OncePerRequestFilter {

        @Override
        protected boolean shouldNotFilter(HttpServletRequest request) {
            return !request.getRequestURI().equals(TOKEN) || !request.getMethod().equals("POST");
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
            if (!throttle.tryTake("api-token", ClientAddress.of(request), ASKS_OF_ADDRESS, IN)) {
                response.setStatus(429);
                response.setHeader(HttpHeaders.RETRY_AFTER, "1");
                response.setContentType(MediaType.APPLICATION_JSON_VALUE);
                response.getWriter().write("{\"error\":\"temporarily_unavailable\",\"error_description\":\"too many requests\"}");
                return;
            }
            AuthorizationServerContextHolder.setContext(new Here());
            try {
                chain.doFilter(request, response);
            } finally {
                AuthorizationServerContextHolder.resetContext();
            }
        }
    }

    private final class Here implements AuthorizationServerContext {

        @Override
        public String getIssuer() {
            return issuer;
        }

        @Override
        public AuthorizationServerSettings getAuthorizationServerSettings() {
            return AuthorizationServerSettings.builder().issuer(issuer).tokenEndpoint(TOKEN).build();
        }
    }

    /** What stands as one secret there are the digests of the one or two that are good. They are random, so that one round of SHA-256 is enough. */
    private final class TwoSecrets implements PasswordEncoder {

        @Override
        public String encode(@Nullable CharSequence raw) {
            return HexFormat.of().formatHex(Clients.digest(String.valueOf(raw)));
        }

        @Override
        public boolean matches(@Nullable CharSequence raw, @Nullable String kept) {
            byte[] typed = Clients.digest(String.valueOf(raw));
            boolean right = Arrays.stream(String.valueOf(kept).split(",")).anyMatch(one -> one.length() == 64 && MessageDigest.isEqual(typed, HexFormat.of().parseHex(one)));
            if (right) {
                clients.used(typed);
            }
            return right;
        }
    }

    private final class Registered implements RegisteredClientRepository {

        @Override
        public void save(RegisteredClient client) {
            throw new IllegalStateException("clients are made by administrators");
        }

        @Override
        public @Nullable RegisteredClient findById(String id) {
            return findByClientId(id);
        }

        @Override
        public @Nullable RegisteredClient findByClientId(String id) {
            return uuid(id).flatMap(clients::running).map(this::registered).orElse(null);
        }

        private RegisteredClient registered(Clients.Client client) {
            String digests = clients.digests(client.id()).stream().map(HexFormat.of()::formatHex).collect(Collectors.joining(","));
            return RegisteredClient.withId(client.id().toString()).clientId(client.id().toString()).clientSecret(digests.isEmpty() ? "none" : digests)
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC).clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                    .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS).scopes(scopes -> scopes.addAll(client.scopes()))
                    .tokenSettings(TokenSettings.builder().accessTokenTimeToLive(Clients.TOKEN_LIVES).build()).build();
        }

        private static Optional<UUID> uuid(String id) {
            try {
                return id.length() == 36 ? Optional.of(UUID.fromString(id)) : Optional.empty();
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }
    }

    /** Keeps a token's digest; the library asks for no token again where there is only this grant. */
    private final class Given implements OAuth2AuthorizationService {

        @Override
        public void save(OAuth2Authorization authorization) {
            OAuth2Authorization.Token<OAuth2AccessToken> token = authorization.getAccessToken();
            if (token == null) {
                throw new IllegalStateException("this grant gives an access token");
            }
            OAuth2AccessToken access = token.getToken();
            Instant from = access.getIssuedAt() == null ? clock.instant() : access.getIssuedAt();
            Instant until = access.getExpiresAt() == null ? from.plus(Clients.TOKEN_LIVES) : access.getExpiresAt();
            clients.keep(access.getTokenValue(), UUID.fromString(authorization.getRegisteredClientId()), access.getScopes(), from, until);
        }

        @Override
        public void remove(OAuth2Authorization authorization) {
            throw new IllegalStateException("tokens end by themselves or with their client");
        }

        @Override
        public @Nullable OAuth2Authorization findById(String id) {
            return null;
        }

        @Override
        public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
            return null;
        }
    }
}
