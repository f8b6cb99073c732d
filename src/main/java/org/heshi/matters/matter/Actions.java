package org.heshi.matters.matter;

import java.util.Optional;
import java.util.Set;
import org.heshi.directory.Role;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Effect;
import org.heshi.matters.procedure.Procedure.Field;
import org.heshi.matters.procedure.Procedure.Relation;
import org.heshi.matters.procedure.Procedure.Target;
import org.heshi.matters.procedure.Procedure.Type;
import org.heshi.matters.procedure.Procedure.Who;

/** What the page does with an action, read from what the procedure says of it; names of actions decide nothing here. */
final class Actions {

    private static final Set<Effect> BRINGS_ON = Set.of(Effect.NONE, Effect.SORT, Effect.ANSWER, Effect.REOPEN);

    private Actions() {
    }

    /** Whether it brings the matter on for those whose turn it is, and so stands first. */
    static boolean bringsOn(Action action, Relation turn) {
        boolean moves = action.effect() == Effect.SORT || action.to().isPresent() && BRINGS_ON.contains(action.effect());
        return moves && action.who().stream().anyMatch(who -> who instanceof Who.Post post && post.relation() == turn);
    }

    /** Whether it hands the matter back to the desk: never the first thing that somebody else is offered, wherever the file has it. */
    static boolean leadsBack(Action action, Procedure procedure, Relation turn) {
        return turn != Relation.DESK && action.to().map(to -> procedure.state(to).turn() == Relation.DESK).orElse(false);
    }

    /** Whether it names who must solve the matter, so that the rule of who handles what can suggest a unit; who reviews is no matter of such rules. */
    static boolean dispatches(Action action) {
        return action.guard().above().isEmpty() && action.fields().stream().anyMatch(field -> field.sets().filter(Target.LEAD::equals).isPresent());
    }

    /** Whether it judges what others did, so that the first words and the answer stand side by side. */
    static boolean judges(Action action) {
        return action.who().stream().anyMatch(who -> who instanceof Who.Post post && post.role() == Role.VERIFIER);
    }

    /** The field that ready words go to: the first long one. */
    static Optional<Field> wording(Action action) {
        return action.fields().stream().filter(field -> field.type() == Type.TEXT).findFirst();
    }
}
