package org.heshi.identity.mine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.heshi.identity.account.AccountEvents;
import org.heshi.identity.factor.Factors;
import org.heshi.identity.passkey.Passkeys;
import org.heshi.identity.session.Visits;

/**
 * The page of one's own account.
 *
 * @param required    whether one of their posts demands a second factor
 * @param passkeyHost the name that passkeys belong to
 * @param provider    whether the county has a sign-in of its own
 * @param boundAt     since when the account is bound there
 * @param refusals    of the last seven days
 */
public record AccountPage(List<Visits.Visit> visits, Optional<Factors.Authenticator> authenticator, boolean required,
        List<Passkeys.Passkey> passkeys, String passkeyHost, boolean provider, Optional<Instant> boundAt, List<AccountEvents.Event> events, AccountEvents.Refusals refusals) {

    public AccountPage {
        visits = List.copyOf(visits);
        passkeys = List.copyOf(passkeys);
        events = List.copyOf(events);
    }

    /** The part of a visit's browser before the slash: which browser; the one after it: which machine. */
    public static String part(Visits.Visit visit, int which) {
        return part(visit.browser(), which);
    }

    public static String part(String browser, int which) {
        String[] parts = browser.split("/", -1);
        return which < parts.length && !parts[which].isEmpty() ? parts[which] : "other";
    }
}
