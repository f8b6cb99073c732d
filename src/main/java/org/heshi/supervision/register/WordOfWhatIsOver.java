package org.heshi.supervision.register;

import java.util.List;
import java.util.Set;
import org.heshi.matters.LimitListener;
import org.heshi.matters.MatterLog;
import org.heshi.matters.MatterLog.Now;
import org.springframework.stereotype.Component;

/** Notes that a limit is over as soon as word of it is given, so that the monthly list knows it although nobody has acted. */
@Component
class WordOfWhatIsOver implements LimitListener {

    private final MatterLog log;
    private final RegisterFollower register;

    WordOfWhatIsOver(MatterLog log, RegisterFollower register) {
        this.log = log;
        this.register = register;
    }

    @Override
    public void hear(Word word) {
        if (word.stage() == Stage.OVER) {
            Now matter = log.wordless(Set.of(word.matter())).get(word.matter());
            if (matter != null) {
                register.write(List.of(Mark.overdue(matter, word.run(), word.clock(), word.dueAt(), word.unit())));
            }
        }
    }
}
