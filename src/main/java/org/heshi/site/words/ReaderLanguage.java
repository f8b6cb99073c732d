package org.heshi.site.words;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/**
 * The reader's language: what {@code ?lang=} says now, else what it said before (kept in a cookie for a year), else the first of the
 * browser's languages that we have, else Chinese.
 */
public final class ReaderLanguage implements LocaleResolver, HandlerInterceptor {

    public static final String PARAMETER = "lang";
    private static final String COOKIE = "lang";
    private static final String CHINESE = "zh_CN";
    private static final String ENGLISH = "en";

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        Optional<Locale> asked = asked(request);
        if (asked.isPresent()) {
            return asked.get();
        }
        Cookie kept = WebUtils.getCookie(request, COOKIE);
        if (kept != null) {
            Optional<Locale> known = known(kept.getValue());
            if (known.isPresent()) {
                return known.get();
            }
        }
        if (request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) != null) {
            for (Locale locale : java.util.Collections.list(request.getLocales())) {
                if (locale.getLanguage().equals("zh")) {
                    return Messages.CHINESE;
                }
                if (locale.getLanguage().equals("en")) {
                    return Messages.ENGLISH;
                }
            }
        }
        return Messages.CHINESE;
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new IllegalStateException("the language is chosen by the parameter lang");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        asked(request).ifPresent(locale -> response.addHeader(HttpHeaders.SET_COOKIE,
                ResponseCookie.from(COOKIE, locale.equals(Messages.ENGLISH) ? ENGLISH : CHINESE)
                        .path("/").maxAge(Duration.ofDays(365)).httpOnly(true).secure(request.isSecure()).sameSite("Lax").build().toString()));
        return true;
    }

    private static Optional<Locale> asked(HttpServletRequest request) {
        // Only the query: reading the parameters of a POST here would take the body away from who needs it as a stream.
        String query = request.getQueryString();
        if (query == null || !query.contains(PARAMETER + "=")) {
            return Optional.empty();
        }
        for (String pair : query.split("&")) {
            if (pair.startsWith(PARAMETER + "=")) {
                return known(pair.substring(PARAMETER.length() + 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<Locale> known(@Nullable String tag) {
        return switch (tag) {
            case null -> Optional.empty();
            case CHINESE, "zh-CN", "zh" -> Optional.of(Messages.CHINESE);
            case ENGLISH -> Optional.of(Messages.ENGLISH);
            default -> Optional.empty();
        };
    }
}
