package org.heshi.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.heshi.directory.Role;

/**
 * Matters that somebody opens although they have no part in them: for a reason that they give, for a limited time, only to read. Each is a record that
 * auditors judge and the reporter reads, and each look under it is a look. Never across a bar: PostgreSQL asks that before it takes the record.
 */
public interface Openings {

    /** What may be a reason. */
    enum Ground {
        /** Somebody's life or health is in danger. */ LIFE,
        /** Danger for many. */ PUBLIC_SAFETY,
        /** A court or a law demands it at once. */ LAW,
        /** Nobody of the units at work can be reached, and it cannot wait. */ NOBODY_THERE;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What an auditor said of it. */
    record Judgement(boolean justified, String remark, Instant at) {
    }

    /** @param words why, in the words of who opened it; for auditors and who opened it, not for the reporter */
    record Opening(UUID id, UUID matter, UUID person, UUID unit, Ground ground, String words, Instant openedAt, Instant until, Optional<Judgement> judgement) {
    }

    /** Whether the post that acts may open matters at all: by its role, the access table and the setting. */
    boolean mayOpen();

    /** How long an opening lasts. */
    Duration lasts();

    /**
     * Opens a matter for who acts. Everybody who must know is told in the same transaction.
     *
     * @param words 10 to 500 characters
     * @throws org.springframework.dao.DataAccessException when the matter is about who acts, who found a way around the form
     */
    UUID open(UUID matter, Ground ground, String words);

    /** One that who acts opened in this post and whose time is not over. */
    Optional<Opening> running(UUID id);

    /** All of those, the newest first. */
    List<Opening> running();

    /** Notes the look and reads the matter under its opening; nothing can be changed meanwhile. */
    <T> T reading(Opening opening, Supplier<T> reads);

    /** For auditors: all of what they may see, the newest first, at most {@code limit}. */
    List<Opening> all(Optional<UUID> after, int limit);

    /** For the reporter: those of their matter, the newest first. */
    List<Opening> of(UUID matter);

    /**
     * An auditor's word on it.
     *
     * @param remark 1 to 500 characters
     * @return false when there is none that they may judge: their own, one that was judged, or none
     */
    boolean judge(UUID id, boolean justified, String remark);

    /** Who must be told. Rooms that tell people implement it; called in the transaction of the opening, as the program itself. */
    interface Told {

        /** Before the transaction begins: who is to be told, so that others' eyes can be asked. */
        Runnable prepare(UUID matter, UUID person, UUID unit, Instant at);
    }

    /** The roles of the access table. */
    static boolean allowed(Role role) {
        return AccessTable.shipped().seeing(AccessTable.Standing.OPENED).contains(role);
    }
}
