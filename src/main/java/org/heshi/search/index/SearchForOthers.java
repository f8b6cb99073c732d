package org.heshi.search.index;

import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Page;
import org.heshi.matters.MatterRows;
import org.heshi.search.MatterSearch;
import org.springframework.stereotype.Component;

/** The same search as on the page. */
@Component
class SearchForOthers implements MatterSearch {

    private final MatterFinder finder;
    private final MatterRows matters;

    SearchForOthers(MatterFinder finder, MatterRows matters) {
        this.finder = finder;
        this.matters = matters;
    }

    @Override
    public Page<MatterRows.Row> find(Query query, String after, int size) {
        Actor.Staff staff = Acting.staff();
        Asked asked = new Asked(query.words(), query.kind(), query.state(), query.category(), query.level(), query.division(), query.closed(), query.from(), query.to(),
                query.newest());
        return finder.find(asked, new Eyes(staff.unit(), staff.scope()), after, size, matters::rows, MatterRows.Row::id);
    }
}
