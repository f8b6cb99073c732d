package org.heshi.identity.signin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.heshi.identity.factor.KnownBrowsers;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Only so many passwords are looked at in the same moment. Who comes beyond that is told so at once, before a session, a database or a digest is asked:
 * a flood of them costs those who work next to nothing. Browsers in which somebody signed in before have places of their own.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class Rush {

    static final int STRANGERS = 8;
    static final int KNOWN = 16;

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> placesAtTheSignIn(KnownBrowsers browsers, MessageSource words) {
        FilterRegistrationBean<OncePerRequestFilter> registration = new FilterRegistrationBean<>(new Places(browsers, page(words)));
        registration.addUrlPatterns("/sign-in");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
        return registration;
    }

    private static byte[] page(MessageSource words) {
        StringBuilder page = new StringBuilder("<!DOCTYPE html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>429</title>");
        for (Locale locale : new Locale[] {Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH}) {
            page.append("<p lang=\"").append(locale.toLanguageTag()).append("\">").append(words.getMessage("sign-in.busy", null, locale))
                    .append(" <a href=\"/sign-in\">").append(words.getMessage("sign-in.busy.again", null, locale)).append("</a></p>");
        }
        return page.append("</html>").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static final class Places extends OncePerRequestFilter {

        private final Semaphore strangers = new Semaphore(STRANGERS);
        private final Semaphore known = new Semaphore(KNOWN);
        private final KnownBrowsers browsers;
        private final byte[] full;

        Places(KnownBrowsers browsers, byte[] full) {
            this.browsers = browsers;
            this.full = full;
        }

        @Override
        protected boolean shouldNotFilter(HttpServletRequest request) {
            return !request.getMethod().equals("POST");
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
            Semaphore places = request.getHeader("Cookie") != null && browsers.any(request) ? known : strangers;
            if (!places.tryAcquire()) {
                // not 503, for which the server would hang up: opening connections anew costs more than all of this
                response.setStatus(429);
                response.setHeader("Retry-After", "2");
                response.setHeader("Cache-Control", "no-store");
                response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
                response.setHeader("X-Content-Type-Options", "nosniff");
                response.setContentType("text/html;charset=UTF-8");
                response.setContentLength(full.length);
                response.getOutputStream().write(full);
                return;
            }
            try {
                chain.doFilter(request, response);
            } finally {
                places.release();
            }
        }
    }
}
