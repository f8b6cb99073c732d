package org.heshi.proof.page;

import java.util.List;
import org.heshi.proof.head.LogKeys;
import org.heshi.proof.note.TreeHead;

/**
 * @param heads the newest first
 * @param next  address of the older ones; empty when there are none
 * @param first address of the newest; empty on their own page
 * @param witnessed whether heads are sent to anybody outside
 */
public record ProofPage(List<TreeHead.Signed> heads, String next, String first, List<LogKeys.Known> keys, boolean witnessed) {

    public ProofPage {
        heads = List.copyOf(heads);
        keys = List.copyOf(keys);
    }

    /** The note of the newest head, on the page that shows it. */
    public String newest() {
        return heads.isEmpty() || !first.isEmpty() ? "" : heads.getFirst().note().toString();
    }
}
