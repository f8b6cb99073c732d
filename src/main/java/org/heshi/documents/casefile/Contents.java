package org.heshi.documents.casefile;

import java.util.List;
import org.heshi.documents.CaseFiles.Cover;

/** Cover and contents of a case file, as its template prints them. */
public record Contents(Cover cover, List<Line> lines) {

    public Contents {
        lines = List.copyOf(lines);
    }

    /** @param pages as {@code 3} or {@code 3-5}; empty when there is nothing */
    public record Line(int nth, String title, String pages, String note) {
    }
}
