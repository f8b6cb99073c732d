package org.heshi.matters;

import java.util.Locale;
import java.util.Optional;

/** Brings one-time codes and links to residents. Another room knows how: this one only says whether it can be asked, and asks. */
public interface CodeCarrier {

    /** Ways to reach somebody. */
    enum Way {
        /** A message to a mobile telephone. */ SMS,
        /** An e-mail. */ MAIL
    }

    /** Whether codes can go that way in this installation. */
    boolean carries(Way way);

    /** The address of a page of this program on which every code is shown instead of being sent; only the demo county has one. */
    Optional<String> shownAt();

    /**
     * Sends it in the background and returns at once, so that how long an answer takes tells nothing. What cannot be sent is lost, and the log says so
     * without saying whose it was; the address is kept nowhere.
     *
     * @param address a number as {@code +8613900000000}, or an e-mail address
     * @param minutes how long the code is good for
     */
    void send(Way way, String address, String code, long minutes, Locale language);

    /** Whether links can go that way: providers of SMS send texts that were approved, and one for codes is not one for links. */
    boolean carriesLinks(Way way);

    /**
     * Sends a link by which something is signed, as {@link #send} does. Whoever has it needs their own code besides.
     *
     * @param address a number as {@code +8613900000000}, or an e-mail address
     */
    void sendLink(Way way, String address, String link, Locale language);
}
