package org.heshi.site.chain;

import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.savedrequest.NullRequestCache;

/**
 * The addresses of Open311. Nothing that a browser keeps counts here, no cookie and no session, and so no form's token is asked for: reading is for anybody,
 * and what is sent names the key of a program, which is asked for where it is taken.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class Open311Chain {

    @Bean
    @Order(2)
    SecurityFilterChain open311(HttpSecurity http) throws Exception {
        http.securityMatcher("/open311/**");
        http.csrf(AbstractHttpConfigurer::disable).logout(AbstractHttpConfigurer::disable);
        http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        http.requestCache(cache -> cache.requestCache(new NullRequestCache()));
        http.headers(headers -> Headers.strict(headers, Optional.empty()));
        http.addFilterBefore(new ReadableFilter(), CsrfFilter.class);
        http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
        return http.build();
    }
}
