package org.heshi.statistics.cube;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.matters.Follower;
import org.heshi.matters.Lives;
import org.heshi.matters.LoggedEntry;
import org.springframework.stereotype.Component;

/**
 * Counts. What a matter counts as is read from its whole life, and what it was counted as before is taken back: an entry given twice, late or in another order
 * changes nothing.
 */
@Component
class FiguresFollower implements Follower {

    private final Lives lives;
    private final KeptCells kept;
    private final CellWords words;

    FiguresFollower(Lives lives, KeptCells kept, CellWords words) {
        this.lives = lives;
        this.kept = kept;
        this.words = words;
    }

    @Override
    public String name() {
        return "figures";
    }

    @Override
    public void follow(List<LoggedEntry> batch) {
        Set<UUID> matters = batch.stream().map(LoggedEntry::matter).collect(Collectors.toSet());
        // first the lock, then the lives: who counts after another sees at least what that one saw
        kept.lock();
        Map<UUID, Counted> before = kept.lives(matters);
        List<Counted> changed = new ArrayList<>();
        for (Lives.Life life : lives.of(matters)) {
            Counted now = Counted.of(life);
            if (!now.equals(before.get(now.matter()))) {
                changed.add(now);
            }
        }
        count(before, changed);
        LoggedEntry last = batch.getLast();
        kept.counted(last.position(), last.recordedAt());
    }

    void count(Map<UUID, Counted> before, List<Counted> changed) {
        Set<String> codes = KeptCells.words(changed);
        codes.addAll(KeptCells.words(changed.stream().filter(one -> before.containsKey(one.matter())).map(one -> before.get(one.matter())).toList()));
        Changes changes = new Changes(words.numbers(codes));
        for (Counted now : changed) {
            Counted was = before.get(now.matter());
            if (was != null) {
                changes.add(was, -1);
            }
            changes.add(now, 1);
        }
        kept.keep(changed);
        kept.await(changes);
    }
}
