package org.heshi.exchange.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An address with what happened to it.
 *
 * @param state  active, paused or disabled
 * @param why    why nothing is sent there any more
 * @param shown  the secret, this once
 * @param made   who made it
 * @param turned who paused it or took it up again last; empty: nobody did, or it ended by itself since
 * @param latest the newest first, without a word of what they tell
 */
public record WebhookPage(UUID id, String program, String unit, String url, List<String> events, boolean ofUnit, String state, Optional<String> why, Optional<Instant> failingSince,
        Instant createdAt, long waiting, long deadCount, Optional<String> shown, List<Line> latest, List<Line> dead, List<Event> trail, Event made, Optional<Event> turned) {

    /** @param failure what went wrong, as a code */
    public record Line(UUID id, String type, String state, Instant at, int attempts, @Nullable Integer status, @Nullable String failure, Instant dueAt) {
    }

    /** @param who a person or the program; empty: it came about by itself */
    public record Event(Instant at, String what, String who) {
    }
}
