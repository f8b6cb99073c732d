package org.heshi.matters.act;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.heshi.access.Actor;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Effect;
import org.heshi.matters.procedure.Procedure.Relation;
import org.heshi.matters.procedure.Procedure.Who;

/** The rule book of acting: named pure functions, one rule each. */
public final class Rules {

    private Rules() {
    }

    /** Whether somebody who stands so to the matter may do this action at all. */
    public static boolean mayAct(Action action, Actor actor, Set<Relation> relations) {
        return action.who().stream().anyMatch(who -> fits(who, actor, relations));
    }

    private static boolean fits(Who who, Actor actor, Set<Relation> relations) {
        return switch (who) {
            case Who.Post(var role, var relation) -> actor instanceof Actor.Staff staff && staff.has(role) && relations.contains(relation);
            case Who.AnyPost(var role) -> actor instanceof Actor.Staff staff && staff.has(role);
            case Who.Reporter _ -> actor instanceof Actor.Resident && relations.contains(Relation.REPORTER);
            case Who.Anyone _ -> !(actor instanceof Actor.Machine);
            case Who.Machine(var name) -> actor instanceof Actor.Machine machine && machine.name().equals(name);
        };
    }

    /** A closed matter is opened again only by an action that is for it, and only before the end of the window that was stored when it closed. */
    public static boolean windowIsOpen(Action action, Optional<Instant> reopenUntil, Instant now) {
        return action.effect() != Effect.REOPEN || reopenUntil.isPresent() && now.isBefore(reopenUntil.get());
    }
}
