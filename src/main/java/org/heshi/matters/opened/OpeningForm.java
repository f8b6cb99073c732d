package org.heshi.matters.opened;

import java.util.List;
import org.heshi.kernel.Refusal;

/**
 * What was typed to open a matter.
 *
 * @param allowed whether the post may open any
 * @param minutes how long it would last
 */
public record OpeningForm(String number, String ground, String words, List<Refusal> refusals, boolean allowed, long minutes) {

    public OpeningForm {
        refusals = List.copyOf(refusals);
    }
}
