package org.heshi.matters.report;

import org.heshi.kernel.QrCode;

/**
 * @param number as people read it
 * @param digits as addresses carry it
 * @param code   as people read it; empty when it cannot be shown again
 * @param promise signed promise that the report is in the log; empty when it is not shown
 * @param notice version of the notice on personal data that was shown
 * @param qr     leads to the follow-up page; holds the number only
 */
public record ReceiptPage(String number, String digits, String code, String promise, int notice, QrCode qr) {
}
