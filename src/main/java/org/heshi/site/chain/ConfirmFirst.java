package org.heshi.site.chain;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.identity.StaffSession;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Before administration, exports and the means to sign in themselves, whoever proved some time ago who they are proves it once more: a browser that
 * was left open gives away no lists and no rights. A form may be sent for twice as long as a page may be opened, so that what takes a while to type
 * is not lost.
 */
@Component
@ConditionalOnWebApplication
class ConfirmFirst implements HandlerInterceptor, WebMvcConfigurer {

    /** What is written for machines or tables leaves the program: each such address is an export. */
    private static final Pattern GUARDED = Pattern.compile("/admin(/.*)?|/opened/new|/templates(/.*)?|/account/(?!visits/).+|/figures(/.*)?\\.pdf|.*\\.(csv|xlsx|jsonl|zip)");

    private final Duration holds;
    private final InstantSource clock;

    ConfirmFirst(@Value("${heshi.identity.confirm-for}") Duration holds, InstantSource clock) {
        this.holds = holds;
        this.clock = clock;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    static boolean guards(String path) {
        return GUARDED.matcher(path).matches();
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) throws IOException {
        if (!guards(asFound(request)) || !(Acting.current() instanceof Actor.Staff)) {
            return true;
        }
        boolean reading = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        Instant before = clock.instant().minus(reading ? holds : holds.multipliedBy(2));
        if (StaffSession.provedAt(request).filter(at -> at.isAfter(before)).isPresent()) {
            return true;
        }
        String to = "/confirm?to=" + URLEncoder.encode(asked(request, reading), StandardCharsets.UTF_8) + (reading ? "" : "&lost=yes");
        if (request.getHeader("HX-Request") != null) {
            response.setHeader("HX-Redirect", to);
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", to);
        }
        return false;
    }

    /** The address as the handler was found by it, so that no other way of writing it comes past. */
    private static String asFound(HttpServletRequest request) {
        return ServletRequestPathUtils.hasParsedRequestPath(request)
                ? ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication().elements().stream()
                        .map(element -> element instanceof PathContainer.PathSegment segment ? segment.valueToMatch() : element.value()).collect(Collectors.joining())
                : request.getRequestURI();
    }

    /** Where to go on afterwards: the page itself, or the one whose form was sent. */
    private static String asked(HttpServletRequest request, boolean reading) {
        if (reading) {
            return request.getQueryString() == null ? request.getRequestURI() : request.getRequestURI() + "?" + request.getQueryString();
        }
        String from = request.getHeader("Referer");
        return from == null ? "" : from.replaceFirst("^https?://[^/]*", "");
    }
}
