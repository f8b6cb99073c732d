package org.heshi.identity.account;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Argon2id with 19 MiB, two passes, one lane (OWASP's password storage cheat sheet, first choice). Half of the processors work on
 * them at most, and rest twice as long as they worked while others wait: a flood of tries takes neither the memory nor the time of those who work.
 */
@Component
public class Passwords {

    /** Random salt, random digest, nobody's password. Not worked out here: that would cost every start a fifth of a second. */
    static final String NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$6CTgDUYnHGVLZm+0y+aIKg$chsUCl1fe4lbxKjiGEGSnMpypjE+L5o0RxKayG6MIp0";

    private static final int MEMORY = 19_456;

    private final Argon2PasswordEncoder argon;
    private final String nobodys;
    private final Semaphore places = new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    /** As the county uses it. */
    Passwords() {
        this(MEMORY);
    }

    /** @param memory KiB; less than the cheat sheet asks for only in tests, which sign in some thousand times */
    @Autowired
    Passwords(@Value("${heshi.password-memory:" + MEMORY + "}") int memory) {
        argon = new Argon2PasswordEncoder(16, 32, 1, memory, 2);
        nobodys = NOBODYS.replace("m=" + MEMORY, "m=" + memory);
    }

    /** To be kept. */
    public String digest(String typed) {
        return inTurn(() -> argon.encode(PasswordRules.canonical(typed)));
    }

    /** Takes as long without a kept digest as with one: an unknown name cannot be told from a known one by the clock. */
    public boolean matches(String typed, @Nullable String kept) {
        String bounded = typed.length() > 4 * PasswordRules.LONGEST ? "" : PasswordRules.canonical(typed);
        boolean same = inTurn(() -> argon.matches(bounded, kept == null ? nobodys : kept));
        return same && kept != null;
    }

    private <T> T inTurn(Supplier<T> work) {
        places.acquireUninterruptibly();
        long began = System.nanoTime();
        try {
            return work.get();
        } finally {
            long took = System.nanoTime() - began;
            if (places.hasQueuedThreads()) {
                // whoever was served goes on; only the place rests
                Thread.ofVirtual().start(() -> {
                    LockSupport.parkNanos(2 * took);
                    places.release();
                });
            } else {
                places.release();
            }
        }
    }
}
