package org.heshi.mediation.invite;

import java.util.List;
import java.util.Optional;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.QrCode;

/**
 * An invitation to be handed over or sent, shown this once where it holds a code.
 *
 * @param to         name of whom it is for; empty when it is not known
 * @param unit       that asks
 * @param type       of the dispute, as the procedure writes it
 * @param applicants names of those who brought it, none when the committee began on its own
 * @param how        paper, sms, mail, phone or in-person
 * @param code       of the party, when one was made
 * @param address    of the matter, with its number and nothing else; the QR code holds the same
 */
public record Letter(MatterNumber number, String to, String unit, String type, List<String> applicants, String how, Optional<String> code, String address, QrCode qr) {

    public Letter {
        applicants = List.copyOf(applicants);
    }

    /** Whether there are words to be sent: they hold nothing of the case and no code. */
    public boolean sent() {
        return how.equals("sms") || how.equals("mail");
    }

    public String back() {
        return "/mediation/" + number.digits() + "/invite";
    }
}
