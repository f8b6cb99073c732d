package org.heshi.identity.signin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Only so many passwords are looked at in the same moment. Who comes while all places are taken is told so at once, before a session, a database or a
 * digest is asked: a flood of them costs those who work next to nothing. The place itself is taken by the page, when what was sent has been read.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class Rush {

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> placesAtTheSignIn(Places places) {
        FilterRegistrationBean<OncePerRequestFilter> registration = new FilterRegistrationBean<>(new Door(places));
        registration.addUrlPatterns("/sign-in");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
        return registration;
    }

    private static final class Door extends OncePerRequestFilter {

        private final Places places;

        Door(Places places) {
            this.places = places;
        }

        @Override
        protected boolean shouldNotFilter(HttpServletRequest request) {
            return !request.getMethod().equals("POST");
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
            if (places.full(request)) {
                places.refuse(response);
            } else {
                chain.doFilter(request, response);
            }
        }
    }
}
