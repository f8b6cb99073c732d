package org.heshi;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.heshi.matters.Forgetting;
import org.springframework.stereotype.Component;

/** A room of the test's own that fails to forget a matter as often as it is told to, as one would that is killed on the way. */
@Component
public class PlantedForgetting implements Forgetting {

    public final Set<UUID> failing = ConcurrentHashMap.newKeySet();
    public final Set<UUID> forgotten = ConcurrentHashMap.newKeySet();

    @Override
    public String room() {
        return "planted";
    }

    @Override
    public boolean forget(Forgotten matter) {
        if (failing.remove(matter.matter())) {
            throw new IllegalStateException("planted: killed on the way");
        }
        forgotten.add(matter.matter());
        return true;
    }
}
