package org.heshi.matters;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.heshi.kernel.MatterNumber;

/**
 * Somebody who keeps something of matters beside their log, and forgets it when a matter is erased. One bean for each room that holds words, files,
 * addresses, an index or a key of a matter. It is called after the particulars are gone, with no transaction open, and again until it says that
 * nothing is left: the program may have been killed in between.
 */
public interface Forgetting {

    /** Name of the room, as the evidence of the erasure names it. */
    String room();

    /** Whether the others are asked before: they may need what this one holds to do what is theirs. */
    default boolean last() {
        return false;
    }

    /**
     * Erases what this room holds of the matter. Done twice it does no harm. Runs as a machine.
     *
     * @return false when it cannot be done yet, such as while the log has not been read to its end; it is tried again later
     * @throws RuntimeException when it failed; it is told of and tried again later
     */
    boolean forget(Forgotten matter);

    /**
     * Erases what this room holds of what went of a matter, while the rest stays. Called as {@link #forget} is. A room that holds nothing of single
     * particulars has nothing to do.
     *
     * @return false when it cannot be done yet
     */
    default boolean forgetPart(Part part) {
        return true;
    }

    /**
     * Takes what lies behind off the disk, such as segments of an index that still hold deleted rows. Called once a day at most, after erasures,
     * and may take long.
     */
    default void sweep() {
    }

    /** @param files what its entries named as files, also those that other matters name */
    record Forgotten(UUID matter, MatterNumber number, Set<UUID> files) {
    }

    /**
     * @param seq      of the entry by which it was erased
     * @param fields   names of what went
     * @param files    that went, as far as it is known: not when they came back with a backup
     * @param entries  numbers of the entries of which files went
     * @param staying  files that the matter still names; empty while a word that may name one does not open
     * @param position of that entry in the log; empty until it has one
     */
    record Part(UUID matter, MatterNumber number, int seq, Set<String> fields, Set<UUID> files, Set<Integer> entries, Optional<Set<UUID>> staying, OptionalLong position) {
    }
}
