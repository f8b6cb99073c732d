package org.heshi.mediation.sign;

import java.time.Instant;
import java.util.Optional;

/** How a link stands, in the words of its own page. What it says tells nothing of the matter. */
enum LinkState {
    /** Never given, or its matter is gone. */ UNKNOWN,
    OPEN,
    USED,
    REPLACED,
    EXPIRED,
    /** The text for which it was made is void. */ CHANGED,
    /** Nothing waits for signatures any more. */ OVER;

    /** @param text what waits for signatures in its matter now */
    static LinkState of(SigningLinks.Link link, Optional<Agreement> text, Instant now) {
        if (link.usedAt().isPresent()) {
            return USED;
        }
        if (link.replaced()) {
            return REPLACED;
        }
        if (!now.isBefore(link.expiresAt())) {
            return EXPIRED;
        }
        if (text.isEmpty()) {
            return OVER;
        }
        return text.get().draft() == link.draft() && text.get().digest().equals(link.text()) ? OPEN : CHANGED;
    }

    String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
