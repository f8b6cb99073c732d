package org.heshi.access.throttle;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.LocalDate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.heshi.kernel.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Turns who tries into a digest that nobody can turn back once the day's salt is erased. Counts therefore begin anew at midnight, which
 * gives a patient guesser one more round a day and everybody else their privacy.
 */
@Component
class Whose {

    private record Salt(LocalDate day, byte[] salt) {
    }

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private volatile @Nullable Salt today;

    Whose(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    byte[] digest(String purpose, String key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salt(), "HmacSHA256"));
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(key.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is part of every Java", e);
        }
    }

    private byte[] salt() {
        LocalDate day = CivilTime.dateOf(clock.instant());
        Salt known = today;
        if (known == null || !known.day().equals(day)) {
            byte[] offer = new byte[32];
            new SecureRandom().nextBytes(offer);
            known = new Salt(day, jdbc.sql("select access.salt_of(?, ?)").param(day).param(offer).query(byte[].class).single());
            today = known;
        }
        return known.salt();
    }
}
