package org.heshi.matters.api;

import java.util.List;
import java.util.Set;
import org.heshi.matters.MattersForPrograms;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Effect;
import org.heshi.matters.procedure.Procedure.Type;

/**
 * What a program may do in its post: pass on what the people of its unit did in a system of their own. What a person must decide here is not among it, whatever the roles of
 * the post: whose a matter is, how it is ruled, verified or ended, what stands in an agreement or a formal paper, who is a party, who gets a code. Where nothing but people
 * sit at the table, in disputes, petitions and requests about one's own data, a program does nothing.
 */
final class ProgramActs {

    private static final Set<String> OFFERED = Set.of("confirm", "screen", "report-up", "solve-on-spot", "accept", "return", "progress", "handle", "answer", "note", "ask",
            "answer-order", "hand-back", "report-in", "done");

    private ProgramActs() {
    }

    static List<Action> of(Procedure procedure, List<Action> next) {
        return MattersForPrograms.PEOPLES_KINDS.contains(procedure.kind()) ? List.of() : next.stream().filter(ProgramActs::offered).toList();
    }

    private static boolean offered(Action action) {
        return OFFERED.contains(action.name()) && (action.effect() == Effect.NONE || action.effect() == Effect.ANSWER) && action.paper().isEmpty()
                && action.fields().stream().noneMatch(field -> field.required() && field.type() == Type.FILES);
    }
}
