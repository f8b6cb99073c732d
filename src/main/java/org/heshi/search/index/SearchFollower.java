package org.heshi.search.index;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.heshi.matters.Follower;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.MatterLog;
import org.springframework.stereotype.Component;

/**
 * Keeps the index up with the log. A matter is indexed as it stands when an entry of it comes by, so that words that were erased leave the index
 * with the next entry, and with every rebuild.
 */
@Component
class SearchFollower implements Follower {

    private final Shelf shelf;
    private final MatterLog log;
    private volatile long target = -1;
    private volatile long reached;

    SearchFollower(Shelf shelf, MatterLog log) {
        this.shelf = shelf;
        this.log = log;
    }

    @Override
    public String name() {
        return "search";
    }

    @Override
    public OptionalLong ownPosition() {
        long position = shelf.position();
        if (target < 0 || position < reached) {
            long head = log.head();
            if (position > head) {
                // The index is of another database, or of a later time of this one.
                shelf.again();
                position = 0;
            }
            target = head;
        }
        reached = position;
        return OptionalLong.of(position);
    }

    @Override
    public void follow(List<LoggedEntry> batch) {
        Set<UUID> ids = new LinkedHashSet<>();
        batch.forEach(entry -> ids.add(entry.matter()));
        Map<UUID, MatterLog.Now> now = new java.util.HashMap<>(log.now(ids));
        now.keySet().removeAll(log.ended(ids));
        ids.removeAll(now.keySet());
        shelf.put(now.values(), log.scopesBefore(now.keySet()), ids, batch.getLast().position());
        reached = batch.getLast().position();
    }

    /** How far a rebuild has come, 0 to 99; empty when none runs. */
    OptionalInt rebuilding() {
        long goal = target;
        if (goal < 0) {
            return OptionalInt.of(0);
        }
        return reached >= goal ? OptionalInt.empty() : OptionalInt.of((int) Math.min(99, reached * 100 / goal));
    }
}
