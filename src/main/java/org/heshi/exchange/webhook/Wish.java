package org.heshi.exchange.webhook;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heshi.identity.Programs.Program;
import org.heshi.kernel.Refusal;

/**
 * A webhook that somebody wants for a program, an administrator or the program itself.
 *
 * @param orders   told of orders, not of events
 * @param refusals why there is none; then the address may be missing
 */
record Wish(Optional<URI> target, Set<String> events, boolean orders, List<Refusal> refusals) {

    static final List<String> OFFERED = List.of(Delivery.BEGUN, Delivery.MOVED, Delivery.ENTRY, Delivery.RESULT, Delivery.STATUS, Delivery.ASSIGNED, Delivery.ENDED);
    static final int MOST_OF_ONE = 10;

    Wish {
        events = Set.copyOf(events);
        refusals = List.copyOf(refusals);
    }

    /** @param there how many it has */
    static Wish read(Optional<Program> program, String url, List<String> events, long there, Targets targets) {
        List<Refusal> refusals = new ArrayList<>();
        if (program.isEmpty()) {
            refusals.add(Refusal.at("client", "webhook-client"));
        }
        Optional<URI> target = targets.read(url);
        if (target.isEmpty()) {
            refusals.add(Refusal.at("url", "webhook-url"));
        } else {
            try {
                targets.resolve(target.get());
            } catch (Targets.Refused refused) {
                // a name that nobody knows yet may be known tomorrow; an address that is never called will not do
                if (refused.code().equals("forbidden-address")) {
                    refusals.add(Refusal.at("url", "webhook-address"));
                }
            }
        }
        Set<String> wanted = new LinkedHashSet<>(events);
        wanted.retainAll(OFFERED);
        boolean orders = !Collections.disjoint(wanted, Delivery.ORDERS);
        if (wanted.isEmpty() || wanted.size() != events.size() || orders && !Delivery.ORDERS.containsAll(wanted)) {
            refusals.add(Refusal.at("events", "webhook-events"));
        }
        if (orders && program.filter(one -> one.scopes().contains("exchange")).isEmpty()) {
            refusals.add(Refusal.at("client", "webhook-no-exchange"));
        }
        if (there >= MOST_OF_ONE) {
            refusals.add(Refusal.at("client", "webhook-many", MOST_OF_ONE));
        }
        return new Wish(target, wanted, orders, refusals);
    }
}
