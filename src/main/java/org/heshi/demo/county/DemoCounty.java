package org.heshi.demo.county;

import org.heshi.directory.Directory;

/** The demo county, as other parts of this room know it. */
public final class DemoCounty {

    private DemoCounty() {
    }

    /** Whether what stands in this database is the demo county, and not one that somebody else made. */
    public static boolean isIn(Directory directory) {
        return directory.findUnit(County.centre()).isPresent();
    }
}
