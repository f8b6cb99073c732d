package org.heshi.directory;

import java.util.List;

/** Who handles a category at a place, and the rule that says so: a suggestion until a person confirms it. */
public record Handling(Unit lead, List<Unit> helpers, String becauseCategory, String becauseDivision) {

    public Handling {
        helpers = List.copyOf(helpers);
    }
}
