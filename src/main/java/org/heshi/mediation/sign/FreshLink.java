package org.heshi.mediation.sign;

import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.QrCode;

/** A link as staff hand it on, shown this once. */
public record FreshLink(MatterNumber number, Agreement.Person whose, String address, QrCode qr) {
}
