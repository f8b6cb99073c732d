package org.heshi.identity.mine;

import java.util.List;
import java.util.Optional;
import org.heshi.identity.account.AccountEvents;
import org.heshi.identity.factor.Factors;
import org.heshi.identity.session.Visits;

/**
 * The page of one's own account.
 *
 * @param required whether one of their posts demands a second factor
 */
public record AccountPage(List<Visits.Visit> visits, Optional<Factors.Authenticator> authenticator, boolean required, List<AccountEvents.Event> events) {

    public AccountPage {
        visits = List.copyOf(visits);
        events = List.copyOf(events);
    }

    /** The part of a visit's browser before the slash: which browser; the one after it: which machine. */
    public static String part(Visits.Visit visit, int which) {
        String[] parts = visit.browser().split("/", -1);
        return which < parts.length && !parts[which].isEmpty() ? parts[which] : "other";
    }
}
