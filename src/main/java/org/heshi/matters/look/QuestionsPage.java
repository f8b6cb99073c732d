package org.heshi.matters.look;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;

/**
 * @param mine     what who looks was asked and has not answered yet
 * @param all      for auditors: all of the last 90 days, the newest first; empty for others
 * @param auditor  whether who looks is one
 * @param next     address of the older ones; empty when there are none
 * @param refused  the question whose answer was refused
 * @param typed    what was typed there
 */
public record QuestionsPage(List<Line> mine, List<Line> all, boolean auditor, String next, Optional<UUID> refused, String typed, List<Refusal> refusals) {

    public QuestionsPage {
        mine = List.copyOf(mine);
        all = List.copyOf(all);
        refusals = List.copyOf(refusals);
    }

    /**
     * @param unit   whose official was asked; nobody is named
     * @param number of the matter that it is about, when who reads may see it
     * @param why    message key
     */
    public record Line(UUID id, String unit, Optional<MatterNumber> number, String why, Instant askedAt, Optional<String> answer) {
    }

    public List<Refusal> refusals(Line line) {
        return refused.filter(line.id()::equals).isPresent() ? refusals : List.of();
    }

    public String typed(Line line) {
        return refused.filter(line.id()::equals).isPresent() ? typed : "";
    }
}
