package org.heshi.notices.code;

import java.io.IOException;
import java.util.List;

/** A provider of SMS. China's send texts of an approved template only; what differs from message to message are its variables. */
interface SmsProvider {

    /**
     * Sends one message and returns when the provider has taken it.
     *
     * @param number as {@code +8613900000000}
     * @param template id of the text that was approved
     * @throws IOException when it was not taken; its message holds the provider's code for that, and neither number nor text
     */
    void send(String number, String template, List<String> variables) throws IOException, InterruptedException;
}
