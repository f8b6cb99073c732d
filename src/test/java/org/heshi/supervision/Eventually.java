package org.heshi.supervision;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Followers of the log come within seconds. */
public final class Eventually {

    private Eventually() {
    }

    public static void that(String what, BooleanSupplier happened) {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("this did not happen in time: " + what);
            }
            pause();
        }
    }

    /** What it answers when it contains these words; the last answer stands in the failure. */
    public static String says(Supplier<String> page, String... words) {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            String body = page.get();
            if (java.util.Arrays.stream(words).allMatch(body::contains)) {
                return body;
            }
            if (System.nanoTime() > until) {
                throw new AssertionError("the page does not say " + java.util.List.of(words) + ": " + body);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(80);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
