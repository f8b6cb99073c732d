package org.heshi.matters.mine;

import java.time.Instant;
import java.util.List;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Refusal;

/**
 * The matters of an account.
 *
 * @param number as it was typed when something could not be added
 */
public record MinePage(List<Line> lines, String number, List<Refusal> refusals) {

    /** @param digits as addresses carry the number */
    public record Line(String number, String digits, String title, Bilingual state, Instant reported, boolean closed) {
    }

    public MinePage {
        lines = List.copyOf(lines);
        refusals = List.copyOf(refusals);
    }
}
