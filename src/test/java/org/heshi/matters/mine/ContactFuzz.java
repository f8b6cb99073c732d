package org.heshi.matters.mine;

import org.heshi.matters.Contact;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever is typed where a number or address belongs is one that nothing can be smuggled in with, or none. */
class ContactFuzz {

    @FuzzTest(maxDuration = "60s")
    void isSafeToSendToOrNone(byte[] typed) {
        String text = new String(typed, StandardCharsets.UTF_8);
        Contact.parse(text).ifPresent(contact -> {
            if (!contact.address().matches("\\+861[3-9][0-9]{9}|[!-~]{1,64}@[a-z0-9.-]+") || !Contact.parse(contact.address()).equals(Contact.parse(text))) {
                throw new IllegalStateException("taken for a contact");
            }
        });
        if (!ResidentAccounts.digits(text).matches("[0-9]{0,64}")) {
            throw new IllegalStateException("taken for a code");
        }
    }
}
