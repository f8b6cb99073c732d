package org.heshi.matters.act;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What was done on a matter of the actions that were asked for. */
record History(List<Ledger.Done> done) {

    boolean by(UUID person, Set<String> actions) {
        return done.stream().anyMatch(one -> person.equals(one.person()) && actions.contains(one.action()));
    }

    /** How often each of these was done since the matter began or one of {@code again} was done last; without those that never were. */
    Map<String, Integer> times(Set<String> counted, Set<String> again) {
        int since = done.stream().filter(one -> again.contains(one.action())).mapToInt(Ledger.Done::seq).max().orElse(0);
        Map<String, Integer> times = new HashMap<>();
        done.stream().filter(one -> one.seq() > since && counted.contains(one.action())).forEach(one -> times.merge(one.action(), 1, Integer::sum));
        return times;
    }
}
