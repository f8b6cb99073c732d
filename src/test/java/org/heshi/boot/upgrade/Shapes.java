package org.heshi.boot.upgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** {@link Shape} for tests of other packages. */
public final class Shapes {

    private Shapes() {
    }

    /** Everything of a database but its rows, one line for each thing. */
    public static Set<String> of(Connection c) throws SQLException {
        return Shape.of(c);
    }
}
