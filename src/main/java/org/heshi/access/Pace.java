package org.heshi.access;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * How fast a program, or somebody at an address, asks, counted in this process alone (decision 10: limits on reading are kept in memory). Who used up what a minute
 * gives waits until a part of it has come back.
 */
@Component
public final class Pace {

    /** How long who asked too much waits. */
    public static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int A_MINUTE = 1200;
    private static final long WINDOW = Duration.ofMinutes(1).toMillis();
    private static final int MOST_KNOWN = 10_000;

    /** More addresses than this are never held. */
    static final int MOST_HELD = 200_000;
    private static final long SWEEPS_EVERY = Duration.ofSeconds(1).toMillis();

    private final ConcurrentHashMap<Object, Used> used = new ConcurrentHashMap<>();
    private final AtomicLong sweptAt = new AtomicLong();
    private final InstantSource clock;

    Pace(InstantSource clock) {
        this.clock = clock;
    }

    /** @param paid when all that was asked is paid back */
    private record Used(long paid, boolean waits) {

        Used once(long now, long each) {
            long ahead = Math.max(0, paid - now);
            if (waits && ahead > WINDOW - PAUSE.toMillis() || ahead + each > WINDOW) {
                return new Used(paid, true);
            }
            return new Used(now + ahead + each, false);
        }
    }

    /** Whether it may ask once more now; false takes nothing. */
    public boolean tryStep(UUID who) {
        return tryStep(who, A_MINUTE);
    }

    /** @param purpose what is asked for @param address as {@link ClientAddress#of} @param aMinute at least 1 */
    public boolean tryStep(String purpose, String address, int aMinute) {
        return tryStep(purpose + " " + address, aMinute);
    }

    private boolean tryStep(Object who, int aMinute) {
        long now = clock.millis();
        if (used.mappingCount() > MOST_KNOWN) {
            sweep(now);
        }
        if (used.mappingCount() >= MOST_HELD && who instanceof String && !used.containsKey(who)) {
            // somebody asks from very many addresses: one that is not known yet waits until others have paid; programs are few and never do
            return false;
        }
        return !used.compute(who, (_, before) -> (before == null ? new Used(now, false) : before).once(now, WINDOW / aMinute)).waits();
    }

    /** One of those who ask looks at all of them, and that once a second. */
    private void sweep(long now) {
        long before = sweptAt.get();
        if (Math.abs(now - before) >= SWEEPS_EVERY && sweptAt.compareAndSet(before, now)) {
            used.values().removeIf(one -> one.paid() <= now);
        }
    }

    int known() {
        return used.size();
    }
}
