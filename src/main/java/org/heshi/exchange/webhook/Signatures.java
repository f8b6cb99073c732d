package org.heshi.exchange.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.heshi.secrets.KeyRing;
import org.springframework.stereotype.Component;

/** Secrets of addresses, sealed under a key of the store, and signatures by them ({@code v1}, HMAC-SHA-256). */
@Component
class Signatures {

    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;

    private final KeyRing keys;
    private final SecureRandom random = new SecureRandom();

    Signatures(KeyRing keys) {
        this.keys = keys;
    }

    UUID freshKey() {
        return keys.fresh();
    }

    String freshSecret() {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return PREFIX + Base64.getEncoder().encodeToString(secret);
    }

    byte[] seal(UUID key, UUID endpoint, String secret) {
        return keys.find(key).orElseThrow().seal(secret.getBytes(StandardCharsets.UTF_8), bound(endpoint));
    }

    void destroy(UUID key, Instant at) {
        keys.destroy(List.of(key), at);
    }

    /** Who signs for an address now: by its secret, and by the former one as long as both hold. */
    Signer signer(Endpoint endpoint, Instant now) {
        List<Webhook> hands = new ArrayList<>();
        var sealer = keys.find(endpoint.key()).orElseThrow();
        byte[] bound = bound(endpoint.id());
        hands.add(hand(sealer.open(endpoint.secret(), bound)));
        if (endpoint.former().isPresent() && endpoint.formerUntil().filter(now::isBefore).isPresent()) {
            hands.add(hand(sealer.open(endpoint.former().get(), bound)));
        }
        return (id, seconds, body) -> {
            StringBuilder list = new StringBuilder();
            for (Webhook hand : hands) {
                try {
                    list.append(list.isEmpty() ? "" : " ").append(hand.sign(id, seconds, body));
                } catch (WebhookSigningException e) {
                    throw new IllegalStateException("HMAC-SHA-256 is part of every Java", e);
                }
            }
            return list.toString();
        };
    }

    private static Webhook hand(byte[] secret) {
        try {
            return new Webhook(new String(secret, StandardCharsets.UTF_8));
        } catch (EmptyWebhookSecretException e) {
            throw new IllegalStateException("no secret was sealed", e);
        }
    }

    interface Signer {
        String sign(String id, long seconds, String body);
    }

    private static byte[] bound(UUID endpoint) {
        return ("exchange.endpoint " + endpoint).getBytes(StandardCharsets.US_ASCII);
    }
}
