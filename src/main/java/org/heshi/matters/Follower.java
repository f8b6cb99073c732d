package org.heshi.matters;

import java.util.List;
import java.util.OptionalLong;

/**
 * Somebody who follows the log. A bean of this type is given every committed entry once its position is known, in order, without gaps,
 * in batches; a batch that fails is logged loudly and given again. One process at a time runs a follower that writes PostgreSQL.
 */
public interface Follower {

    String name();

    /**
     * Takes the next entries. Runs inside a transaction of the role {@code heshi_follower}; what it writes through the JdbcClient qualified
     * {@code follower} is committed together with its new position.
     */
    void follow(List<LoggedEntry> batch);

    /** The position that it keeps itself (an index beside the database); empty: the log keeps it in PostgreSQL. */
    default OptionalLong ownPosition() {
        return OptionalLong.empty();
    }
}
