package org.heshi.matters;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.heshi.matters.CodeCarrier.Way;

/**
 * A mobile number of the mainland or an e-mail address, in the one form in which it is sent to and compared.
 *
 * @param address {@code +86} and 11 digits, or an address in lower case
 */
public record Contact(Way way, String address) {

    private static final int LONGEST = 254;
    private static final Pattern MOBILE = Pattern.compile("(?:\\+86|0086)?(1[3-9]\\d{9})");
    private static final Pattern BETWEEN_DIGITS = Pattern.compile("[\\s()-]");
    private static final Pattern MAIL = Pattern.compile("[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}");

    /** Empty when it is neither. */
    public static Optional<Contact> parse(String typed) {
        if (typed.length() > 2 * LONGEST) {
            return Optional.empty();
        }
        String clean = Normalizer.normalize(typed, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
        var mobile = MOBILE.matcher(BETWEEN_DIGITS.matcher(clean).replaceAll(""));
        if (mobile.matches()) {
            return Optional.of(new Contact(Way.SMS, "+86" + mobile.group(1)));
        }
        return clean.length() <= LONGEST && MAIL.matcher(clean).matches() ? Optional.of(new Contact(Way.MAIL, clean)) : Optional.empty();
    }

    /** Enough to know it again: the first and last digits, or the first letter and where the mailbox is. */
    public String masked() {
        return way == Way.SMS ? address.substring(3, 6) + "****" + address.substring(address.length() - 4) : address.charAt(0) + "***" + address.substring(address.indexOf('@'));
    }

    @Override
    public String toString() {
        return "Contact[" + way + "]";
    }
}
