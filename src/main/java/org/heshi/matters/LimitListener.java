package org.heshi.matters;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody who tells people that a limit is nearly over or over. Called once for each word, inside the transaction of the role
 * {@code heshi_follower} that marks the word as given: what is written through the JdbcClient qualified {@code follower} is committed with it.
 */
public interface LimitListener {

    void hear(Word word);

    /** Who is to hear, each after the one before. */
    enum Stage {
        /** Whom the clock binds, before it is due. */ SOON,
        /** Whom the clock binds, when it is over. */ OVER,
        /** The head of that unit. */ HEAD,
        /** The supervisors of the centre that keeps the matter. */ SUPERVISOR,
        /** The supervisors of the centre of the division above. */ ABOVE
    }

    /**
     * @param run      number of the entry that started the clock
     * @param relation whom it binds
     * @param unit     that unit now; empty when nobody has it
     * @param at       when the word is given
     */
    record Word(UUID matter, String clock, int run, Stage stage, String relation, Optional<UUID> unit, Instant dueAt, Instant at) {
    }
}
