package org.heshi.mediation.sign;

import java.util.Optional;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.QrCode;

/**
 * A link that was made: sent to whom it is for, or as staff hand it on, shown this once.
 *
 * @param address empty when it was sent
 * @param sent    masked, to where
 */
public record FreshLink(MatterNumber number, Agreement.Person whose, String address, QrCode qr, Optional<String> sent) {
}
