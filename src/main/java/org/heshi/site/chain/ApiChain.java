package org.heshi.site.chain;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Pace;
import org.heshi.identity.ApiDoor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrorCodes;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The addresses of other programs. Nothing that a browser keeps counts here, no cookie and no session, and so no form's token is asked for; a bearer token
 * says which program it is and what it may.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class ApiChain {

    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http, ApiDoor door, Pace pace) throws Exception {
        // the page that explains all this is a page like others
        http.securityMatcher(new AndRequestMatcher(new OrRequestMatcher(PathPatternRequestMatcher.withDefaults().matcher("/api/**"), PathPatternRequestMatcher.withDefaults().matcher("/mcp")),
                new NegatedRequestMatcher(PathPatternRequestMatcher.withDefaults().matcher("/api/v1/docs"))));
        http.csrf(AbstractHttpConfigurer::disable).logout(AbstractHttpConfigurer::disable);
        http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        http.requestCache(cache -> cache.requestCache(new NullRequestCache()));
        http.headers(headers -> Headers.strict(headers, Optional.empty()));
        http.addFilterBefore(new ReadableFilter(), CsrfFilter.class);
        for (Filter filter : door.tokenFilters()) {
            http.addFilterBefore(filter, AnonymousAuthenticationFilter.class);
        }
        http.addFilterBefore(door.keys(), BearerTokenAuthenticationFilter.class);
        http.addFilterAfter(new AsClient(door, pace), AnonymousAuthenticationFilter.class);
        // alone: the program's own manager, which refuses everybody, is not asked after it
        ProviderManager tokens = new ProviderManager(new OpaqueTokenAuthenticationProvider(door.tokens()));
        http.oauth2ResourceServer(server -> server.opaqueToken(token -> token.authenticationManager(tokens)).authenticationEntryPoint(noToken()).accessDeniedHandler(notFor()));
        http.exceptionHandling(failures -> failures.authenticationEntryPoint(noToken()).accessDeniedHandler(notFor()));
        http.authorizeHttpRequests(requests -> requests
                .dispatcherTypeMatchers(jakarta.servlet.DispatcherType.ERROR, jakarta.servlet.DispatcherType.FORWARD).permitAll()
                .requestMatchers(HttpMethod.POST, "/api/v1/matters").hasAuthority("SCOPE_report")
                .requestMatchers(HttpMethod.GET, "/api/v1/matters").hasAuthority("SCOPE_follow")
                .requestMatchers(HttpMethod.GET, "/api/v1/matters/*").hasAnyAuthority("SCOPE_follow", "SCOPE_search", "SCOPE_act")
                .requestMatchers("/api/v1/matters/*/actions", "/api/v1/matters/*/actions/*").hasAuthority("SCOPE_act")
                .requestMatchers("/api/v1/orders/**").hasAuthority("SCOPE_exchange")
                .requestMatchers("/api/v1/webhooks", "/api/v1/webhooks/**").hasAuthority("SCOPE_webhooks")
                .requestMatchers("/api/v1/search").hasAuthority("SCOPE_search")
                .requestMatchers("/api/v1/figures").hasAuthority("SCOPE_figures")
                .requestMatchers(HttpMethod.GET, "/api/v1/openapi.json", "/api/v1/openapi.yaml").permitAll()
                .anyRequest().authenticated());
        return http.build();
    }

    /** RFC 6750, 3, in the header; RFC 9457 in the body. Written here: the library's own names an address that it takes from the header Host. */
    private static AuthenticationEntryPoint noToken() {
        return (_, response, failure) -> {
            boolean sent = failure instanceof OAuth2AuthenticationException;
            boolean odd = failure instanceof OAuth2AuthenticationException known && known.getError().getErrorCode().equals(BearerTokenErrorCodes.INVALID_REQUEST);
            response.setStatus(odd ? HttpServletResponse.SC_BAD_REQUEST : HttpServletResponse.SC_UNAUTHORIZED);
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, !sent ? "Bearer" : odd ? "Bearer error=\"invalid_request\"" : "Bearer error=\"invalid_token\"");
            problem(response, "a good bearer token is needed");
        };
    }

    private static AccessDeniedHandler notFor() {
        return (_, response, _) -> {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\"");
            problem(response, "the token is not for this");
        };
    }

    private static void problem(HttpServletResponse response, String title) throws IOException {
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getWriter().write("{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + response.getStatus() + "}");
    }

    /** Everything after it is done by that program. */
    private static final class AsClient extends OncePerRequestFilter {

        private final ApiDoor door;
        private final Pace pace;

        AsClient(ApiDoor door, Pace pace) {
            this.door = door;
            this.pace = pace;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
            Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
            Actor actor = Optional.ofNullable(authentication).flatMap(door::client).map(Actor.class::cast).orElseGet(Actor.Passerby::new);
            if (actor instanceof Actor.Client client && !pace.tryStep(client.client())) {
                response.setStatus(429);
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(Pace.PAUSE.toSeconds()));
                problem(response, "this program asks too fast");
                return;
            }
            try {
                Acting.run(actor, () -> {
                    try {
                        chain.doFilter(request, response);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (ServletException e) {
                        throw new IllegalStateException(e);
                    }
                });
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
    }
}
