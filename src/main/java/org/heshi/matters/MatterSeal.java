package org.heshi.matters;

import java.util.Optional;
import java.util.UUID;

/**
 * Seals what another room keeps of a person for a while under the key of the matter that it belongs to, so that it opens no more when the matter is erased.
 */
public interface MatterSeal {

    /**
     * @param where names the table and the row; it opens nowhere else
     * @return letters, digits, dashes and underlines; empty when the matter was erased
     */
    Optional<String> seal(UUID matter, String where, String text);

    /**
     * @return empty when the matter was erased since
     * @throws org.heshi.secrets.BrokenSeal when it was changed or stands elsewhere
     */
    Optional<String> open(String where, String sealed);
}
