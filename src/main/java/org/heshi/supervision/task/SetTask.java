package org.heshi.supervision.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heshi.directory.Unit;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.supervision.watch.Watched;
import org.springframework.stereotype.Component;

/** Sets a unit a task. The task is a matter like any other, made through the one door. */
@Component
public class SetTask {

    private static final String KIND = "task";
    /** Fields of the form by the field of the action that refuses. */
    private static final Map<String, String> FIELDS = Map.of("description", "words");

    private final Matters matters;
    private final TypedUnits units;

    SetTask(Matters matters, TypedUnits units) {
        this.matters = matters;
        this.units = units;
    }

    public enum Sort {
        /** Out of a meeting. */ TASK("set-task", "meeting"),
        /** A reminder letter, with a number. */ LETTER("remind", "letter");

        private final String action;
        private final String channel;

        Sort(String action, String channel) {
            this.action = action;
            this.channel = channel;
        }
    }

    public sealed interface Setting {
        record Done(Answer.Done task) implements Setting {
        }

        record Refused(List<Refusal> refusals) implements Setting {

            public Refused {
                refusals = List.copyOf(refusals);
            }
        }
    }

    /** Only for who may decide for a centre. */
    public Setting set(Sort sort, TaskForm form) {
        Watched.Place place = Watched.centre();
        List<Refusal> refusals = new ArrayList<>();
        Optional<Unit> lead = units.one("lead", form.lead(), place.division(), refusals);
        if (!refusals.isEmpty() || lead.isEmpty()) {
            return new Setting.Refused(refusals);
        }
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("channel", sort.channel);
        input.put("title", form.title());
        input.put("description", form.words());
        input.put("lead", lead.get().id().toString());
        input.put("place", place.division());
        input.put("term", form.term());
        return switch (matters.act(new Act(Optional.empty(), KIND, sort.action, input, 0, form.key()))) {
            case Answer.Done done -> new Setting.Done(done);
            case Answer.Refused(List<Refusal> why) -> new Setting.Refused(why.stream().map(refusal ->
                    new Refusal(refusal.code(), FIELDS.getOrDefault(refusal.field(), refusal.field()), refusal.arguments())).toList());
            case Answer.Stale _ -> throw new IllegalStateException("a new matter is never stale");
        };
    }
}
