package org.heshi.matters.queue;

import java.util.List;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;

/**
 * What came of signing for one matter of many.
 *
 * @param title    as the list shows it
 * @param refusals why not; empty when it was done
 */
public record Signed(MatterNumber number, String title, List<Refusal> refusals) {

    public Signed {
        refusals = List.copyOf(refusals);
    }

    public boolean done() {
        return refusals.isEmpty();
    }
}
