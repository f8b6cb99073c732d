package org.heshi.matters.say;

import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.QrCode;

/**
 * A fresh link as staff hand it on, shown this once.
 *
 * @param address whole, to be sent or read out; the QR code holds the same
 */
public record SayLink(MatterNumber number, String address, QrCode qr) {

    public static SayLink of(MatterNumber number, String site, String token) {
        String address = site + "/say/" + token;
        return new SayLink(number, address, QrCode.of(address));
    }
}
