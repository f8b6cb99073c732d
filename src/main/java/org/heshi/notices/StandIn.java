package org.heshi.notices;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Takes what would be sent where nothing is set that could send it. The demo county has one, so that people can try what needs a telephone or a mailbox; a
 * program with a mail server or a provider of SMS asks none.
 */
public interface StandIn {

    /** Whether anything is taken now. */
    boolean takes();

    /** The address of the page, in this program, on which everybody reads what was taken. */
    String page();

    void take(Sent sent);

    /**
     * @param telephone whether it would go to a telephone, else to a mailbox
     * @param to        number or address
     * @param words     the same in each language that it is written in
     */
    record Sent(boolean telephone, String to, List<Words> words, Instant at) {

        public Sent {
            words = List.copyOf(words);
        }

        /** Holds codes. */
        @Override
        public String toString() {
            return "Sent[]";
        }
    }

    /** @param subject empty on a telephone */
    record Words(Locale language, String subject, String text) {
    }
}
