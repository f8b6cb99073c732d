package org.heshi.exchange.feed;

import java.time.Instant;
import java.util.Optional;

/** @param address made just now; never shown again */
public record FeedPage(String post, Optional<Instant> since, Optional<String> address) {
}
