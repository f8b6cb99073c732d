package org.heshi.matters;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.kernel.Bilingual;

/**
 * What a room offers to choose from in fields of type {@code pick} of its kind of matter: mediators, rooms, instalments. A suggestion is labelled as one in its
 * hint and says why; a person chooses.
 */
public interface Picks {

    /** Names of the lists that it knows, as procedures write them; no two rooms have the same. */
    Set<String> lists();

    /** What who acts may choose now; asked again when what was chosen is read. */
    List<Pick> offered(String list, UUID matter);

    /** What was chosen is called, also when it is not offered any more; as far as who looks may know. */
    Optional<Bilingual> name(String list, UUID matter, String value);

    /**
     * @param value letters, digits and hyphens, 40 at most: it stands in the entry
     * @param hint  a second line; may be empty
     */
    record Pick(String value, Bilingual label, Bilingual hint) {

        public Pick {
            if (!value.matches("[A-Za-z0-9-]{1,40}")) {
                throw new IllegalArgumentException("no value of a list: " + value);
            }
        }
    }
}
