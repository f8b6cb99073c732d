package org.heshi.directory;

import java.util.List;
import java.util.Optional;
import org.heshi.kernel.MatterNumber;

/**
 * Who handles a category at a place, and the rule that says so: a suggestion until a person confirms it.
 *
 * @param ruling number of the ruling that was kept as this rule; a ruling without a number gives the empty string, a rule that somebody made otherwise
 *               gives nothing
 * @param ruled  number of the matter of that ruling: only who may see it is told of the ruling
 */
public record Handling(Unit lead, List<Unit> helpers, String becauseCategory, String becauseDivision, Optional<String> ruling,
        Optional<MatterNumber> ruled) {

    public Handling {
        helpers = List.copyOf(helpers);
    }
}
