package org.heshi.identity.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.heshi.access.ClientAddress;
import org.heshi.identity.factor.KnownBrowsers;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Places in which a password is looked at. One is held for the look alone, after everything that was sent has been read: who sends slowly holds none. A
 * single address of unknown browsers never has them all. Browsers in which somebody signed in before have places of their own.
 */
@Component
@ConditionalOnWebApplication
class Places {

    static final int STRANGERS = 8;
    static final int KNOWN = 16;
    static final int OF_ADDRESS = 3;

    private final Semaphore strangers = new Semaphore(STRANGERS);
    private final Semaphore known = new Semaphore(KNOWN);
    private final Map<String, Integer> addresses = new ConcurrentHashMap<>();
    private final KnownBrowsers browsers;
    private final byte[] full;

    Places(KnownBrowsers browsers, MessageSource words) {
        this.browsers = browsers;
        this.full = page(words);
    }

    /** Held until it is closed. */
    interface Place extends AutoCloseable {

        @Override
        void close();
    }

    /** Whether whoever asks would find no place now; takes none. */
    boolean full(HttpServletRequest request) {
        return (isKnown(request) ? known : strangers).availablePermits() == 0;
    }

    /** A place, or none at this moment. */
    Optional<Place> take(HttpServletRequest request) {
        if (isKnown(request)) {
            return known.tryAcquire() ? Optional.of(known::release) : Optional.empty();
        }
        String address = ClientAddress.of(request);
        if (addresses.merge(address, 1, Integer::sum) <= OF_ADDRESS && strangers.tryAcquire()) {
            return Optional.of(() -> {
                strangers.release();
                left(address);
            });
        }
        left(address);
        return Optional.empty();
    }

    /** Says so, without a template or a session. */
    void refuse(HttpServletResponse response) throws IOException {
        // not 503, for which the server would hang up: opening connections anew costs more than all of this
        response.setStatus(429);
        response.setHeader("Retry-After", "2");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType("text/html;charset=UTF-8");
        response.setContentLength(full.length);
        response.getOutputStream().write(full);
    }

    private boolean isKnown(HttpServletRequest request) {
        return request.getHeader("Cookie") != null && browsers.any(request);
    }

    private void left(String address) {
        addresses.computeIfPresent(address, (_, held) -> held == 1 ? null : held - 1);
    }

    private static byte[] page(MessageSource words) {
        StringBuilder page = new StringBuilder("<!DOCTYPE html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>429</title>");
        for (Locale locale : new Locale[] {Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH}) {
            page.append("<p lang=\"").append(locale.toLanguageTag()).append("\">").append(words.getMessage("sign-in.busy", null, locale))
                    .append(" <a href=\"/sign-in\">").append(words.getMessage("sign-in.busy.again", null, locale)).append("</a></p>");
        }
        return page.append("</html>").toString().getBytes(StandardCharsets.UTF_8);
    }
}
