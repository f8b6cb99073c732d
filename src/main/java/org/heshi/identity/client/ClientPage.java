package org.heshi.identity.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A program as administrators see it.
 *
 * @param shown     a secret or key that was made just now; never again
 * @param unitEnded whether the unit that it acts for is there no longer, and the program so may nothing
 */
public record ClientPage(UUID id, String name, String unit, List<String> scopes, Instant createdAt, Optional<Instant> endedAt, List<Secret> secrets,
        List<Key> keys, Optional<Post> post, List<Event> events, Optional<String> shown, boolean unitEnded) {

    /** The post that it works in. @param roles codes */
    public record Post(String title, List<String> roles) {

        public Post {
            roles = List.copyOf(roles);
        }
    }

    /** @param soon whether it ends within a month */
    public record Key(int slot, List<String> scopes, Instant createdAt, Instant expiresAt, Optional<Instant> usedAt, boolean soon) {

        public Key {
            scopes = List.copyOf(scopes);
        }
    }

    /** @param soon whether it ends within a month */
    public record Secret(int slot, Instant createdAt, Instant expiresAt, Optional<Instant> usedAt, boolean soon) {
    }

    /** @param what ends a message key */
    public record Event(Instant at, String what) {
    }

    public ClientPage {
        scopes = List.copyOf(scopes);
        secrets = List.copyOf(secrets);
        keys = List.copyOf(keys);
        events = List.copyOf(events);
    }

    /** Whether the program soon cannot come in any more unless it gets another secret or key. */
    public boolean warned() {
        return endedAt.isEmpty() && secrets.stream().allMatch(Secret::soon) && keys.stream().allMatch(Key::soon);
    }
}
