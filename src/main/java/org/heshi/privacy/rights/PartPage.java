package org.heshi.privacy.rights;

import java.util.List;
import java.util.SortedMap;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Parts;

/**
 * Where people carry out that a part of a matter goes.
 *
 * @param held    what may be chosen, by the entry that brought it
 * @param others  how much belongs to other parties and cannot be chosen
 * @param roles   of the parties one of whom must be named, by number; empty when it is known whose request it is
 * @param sees    whether who acts may open the matter itself
 * @param already whether something was erased by this request before
 * @param open    whether the matter goes on, so that nothing can be erased yet
 */
public record PartPage(Requests.Line request, List<Parts.Held> held, int others, SortedMap<Integer, String> roles, boolean sees, boolean already, boolean open, PartForm form, List<Refusal> refusals) {

    public List<String> why() {
        return Parts.WHY;
    }

    public String value(Parts.Held one) {
        return PartForm.value(one.place());
    }
}
