package org.heshi.matters;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.heshi.kernel.MatterNumber;

/** Who stands how to matters now, without a word of anybody: what followers ask that tell programs of it. For followers and machines, never for pages. */
public interface Standings {

    /** Of those that exist and are neither put away nor erased. */
    Map<UUID, Standing> of(Set<UUID> matters);

    /**
     * @param units       units by relation, without barred ones
     * @param barred      units that must never be told
     * @param postsBarred whether single posts must not be told
     * @param programs    which reported it
     */
    record Standing(UUID matter, MatterNumber number, Map<String, Set<UUID>> units, Set<UUID> barred, boolean postsBarred, Set<UUID> programs) {
    }
}
