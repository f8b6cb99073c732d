package org.heshi.identity.factor;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.heshi.identity.ShownOnce;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/** Sealed for one person and one page, with the moment at which it ends. */
@Component
@ConditionalOnWebApplication
class SealedCookie implements ShownOnce {

    private static final String NAME = "heshi-shown";
    private static final Duration LIVES = Duration.ofMinutes(1);

    private final Seal seal;
    private final InstantSource clock;

    SealedCookie(Seal seal, InstantSource clock) {
        this.seal = seal;
        this.clock = clock;
    }

    @Override
    public void carry(UUID person, String page, String secret, HttpServletRequest request, HttpServletResponse response) {
        byte[] words = secret.getBytes(StandardCharsets.UTF_8);
        byte[] clear = ByteBuffer.allocate(Long.BYTES + words.length).putLong(clock.instant().plus(LIVES).getEpochSecond()).put(words).array();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie(Base64.getUrlEncoder().withoutPadding().encodeToString(seal.close(bound(person, page), clear)), page, LIVES, request));
    }

    @Override
    public Optional<String> take(UUID person, String page, HttpServletRequest request, HttpServletResponse response) {
        Cookie cookie = WebUtils.getCookie(request, NAME);
        if (cookie == null || cookie.getValue().isEmpty()) {
            return Optional.empty();
        }
        response.addHeader(HttpHeaders.SET_COOKIE, cookie("", page, Duration.ZERO, request));
        try {
            ByteBuffer clear = ByteBuffer.wrap(seal.open(bound(person, page), Base64.getUrlDecoder().decode(cookie.getValue())));
            return clock.instant().isAfter(Instant.ofEpochSecond(clear.getLong())) ? Optional.empty() : Optional.of(StandardCharsets.UTF_8.decode(clear).toString());
        } catch (IllegalArgumentException | IllegalStateException _) {
            // forged, cut, or another person's or page's
            return Optional.empty();
        }
    }

    /** Not the person's own id, under which second factors are sealed: neither opens as the other. */
    private static UUID bound(UUID person, String page) {
        return UUID.nameUUIDFromBytes(("shown once " + person + " " + page).getBytes(StandardCharsets.UTF_8));
    }

    private static String cookie(String value, String page, Duration age, HttpServletRequest request) {
        return ResponseCookie.from(NAME, value).path(page).httpOnly(true).sameSite("Strict").secure(request.isSecure()).maxAge(age).build().toString();
    }
}
