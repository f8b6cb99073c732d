package org.heshi.mediation.sign;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.matters.Contact;
import org.heshi.matters.Readings;
import org.springframework.stereotype.Component;

/** When staff last handed a party the code or the link by which they sign. Who has a telephone or a mailbox of their own on record can be asked; of the others it is known when. */
@Component
class HandedOut {

    private static final Actor.Machine SELF = new Actor.Machine("mediation");

    private final Readings readings;
    private final SigningLinks links;

    HandedOut(Readings readings, SigningLinks links) {
        this.readings = readings;
        this.links = links;
    }

    /** Empty for who can be reached, and where nothing was handed out. */
    Optional<Instant> to(Actor.Resident who, int draft) {
        return Acting.as(SELF, () -> {
            boolean reachable = readings.people(who.matter()).stream().filter(one -> one.party() == who.party()).flatMap(one -> Stream.of(one.contact("phone"), one.contact("email")))
                    .anyMatch(typed -> Contact.parse(typed).isPresent());
            if (reachable) {
                return Optional.empty();
            }
            Stream<Instant> codes = readings.of(who.matter()).stream().filter(entry -> entry.action().equals("party-code") && entry.parties("whose").contains(who.party()))
                    .map(Readings.Reading::at);
            Stream<Instant> given = links.of(who.matter()).stream().filter(link -> link.party() == who.party() && link.draft() == draft).map(SigningLinks.Link::madeAt);
            return Stream.concat(codes, given).max(Instant::compareTo);
        });
    }
}
