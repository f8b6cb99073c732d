package org.heshi.bill.page;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.WebRequest;

/** Spares readers what they have: an edition never changes, so its name is its tag. Whoever is signed in reads each page anew: their menu stands on it. */
public final class Fresh {

    /** A new program may draw the same edition otherwise. */
    private static final String PROGRAM = UUID.randomUUID().toString().substring(0, 8);

    private Fresh() {
    }

    /** Whether the reader has this page. Says so to them, or how to ask next time. */
    static boolean page(WebRequest request, HttpServletResponse response, String what) {
        if (!(Acting.current() instanceof Actor.Passerby)) {
            return false;
        }
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        response.setHeader(HttpHeaders.VARY, "Cookie, Accept-Language");
        return request.checkNotModified("\"" + what + "-" + PROGRAM + "\"");
    }

    /** Whether the reader has this file, which is the same for everybody. */
    public static boolean file(WebRequest request, HttpServletResponse response, String tag, Instant changed) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "public, no-cache");
        return request.checkNotModified("\"" + tag + "\"", changed.toEpochMilli());
    }
}
