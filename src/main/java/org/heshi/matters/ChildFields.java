package org.heshi.matters;

import java.util.List;
import java.util.Map;
import org.heshi.kernel.Bilingual;

/**
 * What is asked where the data of a child under fourteen may be taken, as the procedure says it: for forms that other rooms draw themselves. The answers go
 * to {@link Matters#act} under the same names.
 */
public interface ChildFields {

    /** In the order in which they are asked; none where the newest version of the kind's action asks nothing of the sort. */
    List<Question> of(String kind, String action);

    /**
     * @param options   to choose from; none: it is typed
     * @param telephone whether a number is typed
     */
    record Question(String name, Bilingual label, Bilingual hint, Map<String, Bilingual> options, boolean telephone) {
    }
}
