package org.heshi.privacy.rights;

import java.util.List;
import java.util.Set;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.matters.ChildFields;
import org.heshi.matters.Entries;

/** Rights in one matter: what may be taken at once, what was asked, and the form. */
public record RightsPage(MatterNumber number, List<Requests.Line> requests, RequestForm form, List<ChildFields.Question> child, List<Refusal> refusals) {

    public String href() {
        return "/follow/" + number.digits();
    }

    /** What who asked is told of a part that was erased; on what ground, and by which request, stands beside it. */
    public List<Entries.Said> told(Entries.Entry part) {
        return part.said().stream().filter(said -> !Set.of("ground", "rule").contains(said.field())).toList();
    }

    public List<String> what() {
        return Requests.WHAT;
    }
}
