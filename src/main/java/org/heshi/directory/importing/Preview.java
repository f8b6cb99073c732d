package org.heshi.directory.importing;

import java.util.List;

/** What an import would do. @param known rows that are there already */
public record Preview(String filename, int units, int posts, int people, int rules, int known, List<Problem> problems, int moreProblems) {

    public boolean nothing() {
        return units + posts + people + rules == 0;
    }
}
