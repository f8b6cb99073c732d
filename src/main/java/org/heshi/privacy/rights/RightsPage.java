package org.heshi.privacy.rights;

import java.util.List;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;

/** Rights in one matter: what may be taken at once, what was asked, and the form. */
public record RightsPage(MatterNumber number, List<Requests.Line> requests, RequestForm form, List<Refusal> refusals) {

    public String href() {
        return "/follow/" + number.digits();
    }

    public List<String> what() {
        return Requests.WHAT;
    }
}
