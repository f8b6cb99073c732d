package org.heshi.exchange.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When what nobody took is sent again: the example of the specification, ten attempts in three days, each pause a fifth longer or shorter by chance.
 *
 * @param pauses after the first attempt, the second, …
 * @param giveUp how long an address may fail without a single success before nothing is sent to it any more
 * @param rest   the first pause of an address that cannot be reached at all or asks for one; it doubles up to sixty times as much
 */
record Schedule(List<Duration> pauses, Duration giveUp, Duration rest) {

    static final Schedule STANDARD = new Schedule(List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(5),
            Duration.ofHours(10), Duration.ofHours(14), Duration.ofHours(20), Duration.ofHours(24)), Duration.ofDays(5), Duration.ofSeconds(5));

    private static final int FREE_FAILURES = 4;
    private static final Duration LONGEST_WISH = Duration.ofHours(24);

    Schedule {
        pauses = List.copyOf(pauses);
    }

    /** The pause after so many failed attempts, 1 or more; empty: it is a dead letter. */
    Optional<Duration> after(int attempts, Optional<Duration> wished, RandomGenerator chance) {
        if (attempts > pauses.size()) {
            return Optional.empty();
        }
        Duration pause = pauses.get(attempts - 1);
        Duration jittered = pause.plusNanos((long) (pause.toNanos() * (chance.nextDouble() - 0.5) * 0.4));
        return Optional.of(wished.map(Schedule::bounded).filter(wish -> wish.compareTo(jittered) > 0).orElse(jittered));
    }

    /** How long an address is left alone that was not reachable so often in a row, or asked for it; the others are not kept waiting meanwhile. */
    Duration rest(int failures, Optional<Duration> wished) {
        Duration own = failures < FREE_FAILURES ? Duration.ZERO : rest.multipliedBy(Math.min(60, 1L << Math.min(failures - FREE_FAILURES, 6)));
        return wished.map(Schedule::bounded).filter(wish -> wish.compareTo(own) > 0).orElse(own);
    }

    private static Duration bounded(Duration wish) {
        return wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
    }
}
