package org.heshi.site.chain;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers what cannot be read before anybody tries to: files too big, or sent where none are taken (413), a program's text of no stated length (411),
 * text that is no text, and addresses in disguise (400). The
 * character zero is in nothing that people type, and PostgreSQL keeps none.
 */
final class ReadableFilter extends OncePerRequestFilter {

    /** The forms with files. What is sent elsewhere would be written to the disk before anybody refused it. */
    private static final Pattern TAKES_FILES = Pattern.compile("/report|/papers/check|/desk/register|/desk/round|/desk/import|/say/[^/]+|/(follow|matters)/[^/]+/act/[^/]+|/follow/[^/]+/sign|/mediation/[^/]+/signing/mediator|/admin/(calendar/)?import");
    private static final long MOST_WITHOUT_FILES = 2L * 1024 * 1024;
    private static final long MOST_OF_A_PROGRAM = 1024 * 1024;
    /**
     * A letter, a digit or one of {@code - . _ ~} written as %XX: the same address to what finds the page, another one to what guards it. No
     * browser writes so (RFC 3986, 2.3).
     */
    private static final Pattern DISGUISED = Pattern.compile("%(?:2[DEde]|3[0-9]|4[1-9A-Fa-f]|5[0-9AaFf]|6[1-9A-Fa-f]|7[0-9AaEe])");

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return Assets.wants(request) && !disguised(request);
    }

    private static boolean disguised(HttpServletRequest request) {
        return DISGUISED.matcher(request.getRequestURI()).find();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        OptionalInt refused = refused(request);
        if (refused.isPresent()) {
            response.sendError(refused.getAsInt());
        } else {
            chain.doFilter(request, response);
        }
    }

    private static OptionalInt refused(HttpServletRequest request) {
        if (disguised(request)) {
            return OptionalInt.of(HttpServletResponse.SC_BAD_REQUEST);
        }
        if (request.getRequestURI().startsWith("/api/")) {
            if (request.getContentLengthLong() > MOST_OF_A_PROGRAM) {
                return OptionalInt.of(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            }
            if (request.getContentLengthLong() < 0 && (request.getHeader("Transfer-Encoding") != null || request.getMethod().equals("POST"))) {
                return OptionalInt.of(HttpServletResponse.SC_LENGTH_REQUIRED);
            }
        }
        if (!TAKES_FILES.matcher(request.getRequestURI()).matches()) {
            if (request.getContentLengthLong() > MOST_WITHOUT_FILES) {
                return OptionalInt.of(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            }
            if (request.getContentLengthLong() < 0 && String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT).startsWith("multipart/")) {
                return OptionalInt.of(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            }
        }
        try {
            return request.getParameterMap().entrySet().stream().anyMatch(ReadableFilter::holdsZero)
                    ? OptionalInt.of(HttpServletResponse.SC_BAD_REQUEST) : OptionalInt.empty();
        } catch (InvalidParameterException e) {
            return OptionalInt.of(e.getErrorCode());
        }
    }

    private static boolean holdsZero(Map.Entry<String, String[]> parameter) {
        return parameter.getKey().indexOf(0) >= 0 || Arrays.stream(parameter.getValue()).anyMatch(value -> value.indexOf(0) >= 0);
    }
}
