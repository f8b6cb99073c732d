package org.heshi.exchange.feed;

import java.time.Instant;
import java.util.Optional;

/**
 * @param all     since when there is one of all posts
 * @param address made just now; never shown again
 */
public record FeedPage(String post, Optional<Instant> since, Optional<Instant> all, Optional<String> address) {
}
