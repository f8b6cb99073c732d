package org.heshi.matters.mine;

import java.util.List;
import java.util.Optional;
import org.heshi.kernel.Refusal;

/**
 * Asking for a code, or typing the one that came.
 *
 * @param sms     whether codes go to telephones
 * @param mail    whether codes go to mailboxes
 * @param shownAt the page on which codes are shown instead of being sent
 * @param typed   what is shown again: a number or address, never a code
 */
public record AskPage(boolean sms, boolean mail, Optional<String> shownAt, String typed, List<Refusal> refusals) {

    public AskPage {
        refusals = List.copyOf(refusals);
    }

    /** Ends message keys that name what may be typed. */
    public String ways() {
        return sms && mail ? "both" : sms ? "sms" : "mail";
    }
}
