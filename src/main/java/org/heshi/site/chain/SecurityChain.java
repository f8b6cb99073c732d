package org.heshi.site.chain;

import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Role;
import org.heshi.identity.CountyProvider;
import org.heshi.identity.SignedIn;
import org.heshi.identity.SignedOut;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.savedrequest.NullRequestCache;

/**
 * Who may ask for which address. Public: the home page, help, places, procedures, reporting and following a matter, sign-in and style.
 * {@code /admin/**} is for administrators. Everything else is for staff in a post. What of a page's content somebody may see is asked again
 * by the page and once more by PostgreSQL.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class SecurityChain {

    private static final String AFTERWARDS = SecurityChain.class.getName() + ".afterwards";

    private static final String[] EVERYBODY = {"/", "/help", "/places", "/places/**", "/procedures", "/procedures/**", "/report", "/report/**", "/mediation/mediators", "/mediation/cases", "/mediation/cases/*", "/bill", "/bill/**", "/follow",
            "/follow/**", "/say/**", "/sign/*", "/proof", "/proof/**", "/papers/check", "/privacy", "/api/v1/docs", "/calendar/feed/*", "/demo/phone", "/health", "/sign-in", "/sign-in/**", "/first/**",
            "/bind/**", "/error"};

    @Bean
    CsrfTokenRepository formTokens() {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("heshi-form");
        tokens.setCookieCustomizer(cookie -> cookie.httpOnly(true).sameSite("Strict"));
        return tokens;
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http, CsrfTokenRepository formTokens, ActorFilter actor, CountyProvider provider, SignedOut signedOut) throws Exception {
        // The provider's word that somebody signed out there carries a signature of its own, and no token of ours.
        http.csrf(csrf -> csrf.csrfTokenRepository(formTokens).ignoringRequestMatchers("/sign-in/provider/ended"));
        http.headers(headers -> Headers.strict(headers, provider.origin()));
        http.requestCache(cache -> cache.requestCache(new NullRequestCache()));
        http.logout(logout -> logout.logoutUrl("/sign-out").deleteCookies("heshi")
                .addLogoutHandler((request, _, _) -> SignedIn.current().ifPresent(who -> signedOut.signedOut(who.person(), request)))
                .addLogoutHandler((request, _, _) -> request.setAttribute(AFTERWARDS, provider.endAddress(request).orElse("/sign-in?why=out")))
                .logoutSuccessHandler((request, response, _) -> response.sendRedirect(request.getAttribute(AFTERWARDS).toString())));
        http.anonymous(Customizer.withDefaults());
        http.exceptionHandling(failures -> failures.authenticationEntryPoint(new SignInFirst()));
        http.addFilterBefore(new ReadableFilter(), CsrfFilter.class);
        http.addFilterBefore(actor, ExceptionTranslationFilter.class);
        http.authorizeHttpRequests(requests -> requests
                .dispatcherTypeMatchers(jakarta.servlet.DispatcherType.ERROR, jakarta.servlet.DispatcherType.FORWARD).permitAll()
                .requestMatchers(EVERYBODY).permitAll()
                .requestMatchers(Assets.ADDRESSES).permitAll()
                .requestMatchers("/posts", "/sign-out").access(signedIn())
                .requestMatchers("/admin", "/admin/**").access(administrators())
                .anyRequest().access(staff()));
        return http.build();
    }

    /** The actor filter belongs into the chain and nowhere else. */
    @Bean
    FilterRegistrationBean<ActorFilter> actorFilterOnlyInTheChain(ActorFilter filter) {
        FilterRegistrationBean<ActorFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setEnabled(false);
        return registration;
    }

    /** Passwords are checked by the sign-in page; nothing in the chain checks any. */
    @Bean
    AuthenticationManager nobodyElseChecksPasswords() {
        return authentication -> {
            throw new org.springframework.security.authentication.AuthenticationServiceException("sign in at the page");
        };
    }

    private static AuthorizationManager<RequestAuthorizationContext> staff() {
        return (_, _) -> new AuthorizationDecision(Acting.current() instanceof Actor.Staff);
    }

    private static AuthorizationManager<RequestAuthorizationContext> administrators() {
        return (_, _) -> new AuthorizationDecision(Acting.current() instanceof Actor.Staff staff && staff.has(Role.ADMINISTRATOR));
    }

    private static AuthorizationManager<RequestAuthorizationContext> signedIn() {
        return (_, _) -> new AuthorizationDecision(SignedIn.current().isPresent());
    }
}
