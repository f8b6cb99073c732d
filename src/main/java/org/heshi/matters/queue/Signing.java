package org.heshi.matters.queue;

import java.util.Set;
import org.heshi.directory.Role;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Who;

/** Signing for matters from a list. */
final class Signing {

    static final String ACTION = "accept";

    private Signing() {
    }

    /**
     * Whether a matter in this state can be signed for by a post with these roles without saying more. Only a hint for the list: the act
     * checks again.
     */
    static boolean possible(Procedure procedure, String state, Set<Role> roles) {
        return procedure.findAction(ACTION)
                .filter(action -> action.from().contains(state) && action.fields().stream().noneMatch(Procedure.Field::required))
                .map(action -> fits(action, roles))
                .orElse(false);
    }

    private static boolean fits(Action action, Set<Role> roles) {
        return action.who().stream().anyMatch(who -> who instanceof Who.Post post && roles.contains(post.role()));
    }
}
