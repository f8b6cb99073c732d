package org.heshi.matters.desk;

import java.time.Instant;
import java.util.List;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.QrCode;
import org.heshi.kernel.Refusal;

/**
 * What the resident takes home.
 *
 * @param way     what nobody told is nobody's to take home
 * @param code    empty when the same form came a second time: the code was shown once
 * @param qr      leads to the follow-up page; holds the number only
 * @param notice  version of the notice on personal data that was told
 * @param unsorted why it could not be sorted or linked at once; empty when it was, or nobody asked for it
 */
public record Receipt(Way way, MatterNumber number, String code, String title, String place, String unit, Instant at, QrCode qr, int notice, List<Refusal> unsorted) {

    public Receipt {
        unsorted = List.copyOf(unsorted);
    }
}
