package org.heshi.exchange.open311;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.heshi.access.ClientAddress;
import org.heshi.access.Pace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.LocaleResolver;

/**
 * Before everything else that looks at an address of Open311: whatever refuses a request or fails, the answer is in Open311's {@code errors}. And nobody reads
 * faster than a minute allows to one address.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class Open311Door {

    private static final Logger LOG = LoggerFactory.getLogger(Open311Door.class);

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> errorsOfOpen311(Errors errors, Pace pace, LocaleResolver locales, @Value("${heshi.open311-pace:600}") int aMinute) {
        FilterRegistrationBean<OncePerRequestFilter> registration = new FilterRegistrationBean<>(new Door(errors, pace, locales, aMinute));
        registration.addUrlPatterns("/open311/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
        return registration;
    }

    private static final class Door extends OncePerRequestFilter {

        private final Errors errors;
        private final Pace pace;
        private final LocaleResolver locales;
        private final int aMinute;

        Door(Errors errors, Pace pace, LocaleResolver locales, int aMinute) {
            this.errors = errors;
            this.pace = pace;
            this.locales = locales;
            this.aMinute = aMinute;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException {
            if (!request.getMethod().equals("POST") && !pace.tryStep("open311", ClientAddress.of(request), aMinute)) {
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(Pace.PAUSE.toSeconds()));
                tell(new Fault(429, "too-often", List.of()), request, response);
                return;
            }
            Refusable refusable = new Refusable(response);
            try {
                chain.doFilter(request, refusable);
            } catch (ServletException | RuntimeException failure) {
                if (response.isCommitted()) {
                    throw failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
                }
                request.setAttribute(FAILURE, failure);
                refusable.status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
            }
            if (refusable.status != 0 && !response.isCommitted()) {
                tell(fault(refusable.status, request), request, response);
            }
        }

        private void tell(Fault fault, HttpServletRequest request, HttpServletResponse response) throws IOException {
            Format in = Errors.format(request.getRequestURI());
            byte[] body = errors.written(List.of(fault), in, locales.resolveLocale(request));
            response.resetBuffer();
            response.setStatus(fault.status());
            response.setHeader(HttpHeaders.CONTENT_TYPE, in.type());
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }

    /** Request attribute: what stands in the log beside the reference. */
    static final String FAILURE = "org.heshi.open311.failure";

    /** What a status means here. A failure of ours has a reference, which stands in the log beside its cause. */
    static Fault fault(int status, HttpServletRequest request) {
        return switch (status) {
            case 404 -> Fault.missing("address");
            case 405 -> new Fault(status, "method", List.of(request.getMethod()));
            case 411, 413 -> new Fault(status, "large", List.of());
            case 415 -> new Fault(status, "no-form", List.of());
            default -> status < 500 ? new Fault(status, "unreadable", List.of()) : ours(status, request);
        };
    }

    private static Fault ours(int status, HttpServletRequest request) {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        String reference = HexFormat.of().formatHex(random);
        // the path only: what was asked may hold a key
        LOG.error("reference {}: {} {} answered {}", reference, request.getMethod(), request.getRequestURI(), status, request.getAttribute(FAILURE));
        return new Fault(status, "ours", List.of(reference));
    }

    /** Remembers that the request was refused, instead of asking for the page that says so to people. */
    private static final class Refusable extends HttpServletResponseWrapper {

        private int status;

        Refusable(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void sendError(int refused) {
            status = refused;
        }

        @Override
        public void sendError(int refused, String message) {
            status = refused;
        }
    }
}
