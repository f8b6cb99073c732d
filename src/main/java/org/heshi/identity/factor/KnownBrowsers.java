package org.heshi.identity.factor;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.heshi.kernel.CivilTime;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * Browsers in which somebody signed in before (OWASP's "device cookies"). Such a browser is counted for itself when a password is wrong there, so that
 * whoever tries from elsewhere makes its owner wait for nothing. It opens nothing: the password is asked for all the same. Nothing of it is kept here.
 */
@Component
public class KnownBrowsers {

    private static final String COOKIE = "heshi-known";
    private static final int OF_ONE_BROWSER = 5;
    private static final Duration LIVES = Duration.ofDays(180);
    /** Random, day, seal of both, seal of both and a name. */
    private static final Pattern MARK = Pattern.compile("([A-Za-z0-9_-]{22})\\.(\\d{5})\\.([A-Za-z0-9_-]{22})\\.([A-Za-z0-9_-]{22})");

    private final SecureRandom random = new SecureRandom();
    private final Seal seal;
    private final InstantSource clock;

    KnownBrowsers(Seal seal, InstantSource clock) {
        this.seal = seal;
        this.clock = clock;
    }

    /** Whether anybody signed in there before; asked before anything is read of what was typed. */
    public boolean any(HttpServletRequest request) {
        return !marks(request).isEmpty();
    }

    /** Under what this browser's failures with this name are counted; empty when nobody of that name signed in there. */
    public Optional<String> of(HttpServletRequest request, String name) {
        return marks(request).stream().map(MARK::matcher).filter(mark -> mark.matches() && same(mark.group(4), seal("name", mark.group(1), mark.group(2), name)))
                .map(mark -> mark.group(1)).findFirst();
    }

    /** They have signed in there. */
    public void remember(HttpServletRequest request, HttpServletResponse response, String name) {
        List<String> marks = new ArrayList<>(marks(request));
        marks.removeIf(mark -> {
            var parts = MARK.matcher(mark);
            return parts.matches() && same(parts.group(4), seal("name", parts.group(1), parts.group(2), name));
        });
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String number = text(bytes);
        String day = Long.toString(today().toEpochDay());
        marks.addFirst(number + "." + day + "." + seal("any", number, day, "") + "." + seal("name", number, day, name));
        String value = String.join("~", marks.subList(0, Math.min(marks.size(), OF_ONE_BROWSER)));
        response.addHeader(HttpHeaders.SET_COOKIE, ResponseCookie.from(COOKIE, value).path("/sign-in").httpOnly(true).secure(request.isSecure()).sameSite("Strict")
                .maxAge(LIVES).build().toString());
    }

    private List<String> marks(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return List.of();
        }
        return Arrays.stream(cookies).filter(cookie -> cookie.getName().equals(COOKIE)).flatMap(cookie -> Arrays.stream(cookie.getValue().split("~", OF_ONE_BROWSER + 1)))
                .limit(OF_ONE_BROWSER).filter(this::good).toList();
    }

    private boolean good(String mark) {
        var parts = MARK.matcher(mark);
        return parts.matches() && same(parts.group(3), seal("any", parts.group(1), parts.group(2), ""))
                && ChronoUnit.DAYS.between(LocalDate.ofEpochDay(Long.parseLong(parts.group(2))), today()) < LIVES.toDays();
    }

    private String seal(String what, String number, String day, String name) {
        return text(Arrays.copyOf(seal.mark("browser:" + what + "|" + number + "|" + day + "|" + name), 16));
    }

    private LocalDate today() {
        return CivilTime.dateOf(clock.instant());
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
