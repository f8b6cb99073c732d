package org.heshi.supervision.papers;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.heshi.documents.Paper;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Entries.Entry;
import org.heshi.matters.Entries.Said;
import org.heshi.matters.MatterRows.Row;

/**
 * A formal paper, to be read and printed.
 *
 * @param to     the unit it went to
 * @param lastAt the last instant that is in time
 * @param reply  the entry that answered it, as far as who looks may read it
 * @param sealed as a sealed file, once it was issued as one
 * @param mayIssue whether who looks may issue that file
 */
public record PaperPage(Entry issued, Row matter, Optional<String> to, Optional<Instant> lastAt, Optional<Entry> reply, Optional<Paper> sealed, boolean mayIssue,
        List<Refusal> refusals) {

    public PaperPage {
        refusals = List.copyOf(refusals);
    }

    /** What it says, but for its own number. */
    public List<Said> said() {
        return issued.said().stream().filter(said -> !said.field().equals("paper")).toList();
    }

    /** Whether it asks for a reply. */
    public boolean asks() {
        return lastAt.isPresent() || reply.isPresent();
    }

    public String number() {
        return issued.paper().orElse("");
    }

    /** Where the file is fetched. */
    public String file() {
        return sealed.map(paper -> "/papers/" + paper.id() + "/" + paper.newest().version()).orElse("");
    }

    public String back() {
        return "/matters/" + matter.number().digits();
    }
}
