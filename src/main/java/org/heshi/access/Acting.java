package org.heshi.access;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.heshi.directory.Role;
import org.springframework.security.access.AccessDeniedException;

/**
 * Who acts on this thread. Every transaction that begins on it carries the actor's scope to PostgreSQL, whose row-level security shows
 * nothing to a transaction without one.
 */
public final class Acting {

    private static final ThreadLocal<Actor> CURRENT = new ThreadLocal<>();
    private static final Actor PASSERBY = new Actor.Passerby();

    private static final ThreadLocal<UUID> OPENED = new ThreadLocal<>();

    private Acting() {
    }

    public static Actor current() {
        Actor actor = CURRENT.get();
        return actor == null ? PASSERBY : actor;
    }

    /** The staff member who acts. @throws IllegalStateException when it is somebody else: the page's guard was forgotten */
    public static Actor.Staff staff() {
        if (current() instanceof Actor.Staff staff) {
            return staff;
        }
        throw new IllegalStateException("no staff member acts here");
    }

    /**
     * The staff member who acts, if their post has one of these roles.
     *
     * @throws org.springframework.security.access.AccessDeniedException when it has none: the reader gets a plain page that says what to do
     */
    public static Actor.Staff staffWith(Role... roles) {
        Actor.Staff staff = staff();
        for (Role role : roles) {
            if (staff.has(role)) {
                return staff;
            }
        }
        throw new AccessDeniedException("this post has none of " + java.util.Arrays.toString(roles));
    }

    /** Runs something as this actor and puts the former one back, whatever happens. Begin the transaction inside. */
    public static <T> T as(Actor actor, Supplier<T> something) {
        Actor former = CURRENT.get();
        CURRENT.set(actor);
        try {
            return something.get();
        } finally {
            if (former == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(former);
            }
        }
    }

    /**
     * Reads under an opening of this matter ({@link Openings#reading}): transactions that begin inside only read, and may see it too, if PostgreSQL finds
     * the opening.
     */
    public static <T> T opened(UUID matter, Supplier<T> reads) {
        OPENED.set(matter);
        try {
            return reads.get();
        } finally {
            OPENED.remove();
        }
    }

    static Optional<UUID> opened() {
        return Optional.ofNullable(OPENED.get());
    }

    public static void run(Actor actor, Runnable something) {
        as(actor, () -> {
            something.run();
            return null;
        });
    }
}
