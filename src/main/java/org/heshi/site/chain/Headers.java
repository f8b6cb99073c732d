package org.heshi.site.chain;

import java.time.Duration;
import java.util.Optional;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.writers.CrossOriginEmbedderPolicyHeaderWriter.CrossOriginEmbedderPolicy;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** What every answer of the program tells browsers, in whatever chain it is made. */
public final class Headers {

    /**
     * Nothing from elsewhere and nothing inline; Tabler's own pictures are data addresses, a photo to be sent is shown from a blob. Text becomes markup
     * only by the policy in heshi.js, and never script. Forms lead here, and to the county's own sign-in if there is one.
     */
    private static final String CONTENT = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
            + "frame-src 'none'; worker-src 'none'; require-trusted-types-for 'script'; trusted-types default; form-action 'self'";

    private Headers() {
    }

    /**
     * Beside Spring Security's own: nosniff, and no-store wherever nothing else was said.
     *
     * @param provider where else forms may lead: the address of the county's own sign-in
     */
    public static void strict(HeadersConfigurer<HttpSecurity> headers, Optional<String> provider) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(provider.map(origin -> CONTENT + " " + origin).orElse(CONTENT)))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .frameOptions(frame -> frame.deny())
                .httpStrictTransportSecurity(hsts -> hsts.maxAgeInSeconds(Duration.ofDays(365).toSeconds()).includeSubDomains(false))
                .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                .crossOriginEmbedderPolicy(policy -> policy.policy(CrossOriginEmbedderPolicy.REQUIRE_CORP))
                .permissionsPolicyHeader(policy -> policy.policy("geolocation=(self), camera=(self), microphone=(), payment=(), usb=()"));
    }
}
