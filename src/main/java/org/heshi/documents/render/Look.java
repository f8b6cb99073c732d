package org.heshi.documents.render;

import java.util.Optional;

/** What is added to the pages of a paper. */
public sealed interface Look {

    /** Nothing but the seal. @param unit whose name stands in the seal; empty: no seal is drawn */
    record Issued(Optional<String> unit) implements Look {
    }

    /** The word in grey under everything. */
    record Preview(String word) implements Look {
    }
}
