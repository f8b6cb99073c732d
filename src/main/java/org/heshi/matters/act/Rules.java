package org.heshi.matters.act;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.heshi.access.AccessTable;
import org.heshi.access.Actor;
import org.heshi.directory.UnitType;
import org.heshi.divisions.Level;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Refusal;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Effect;
import org.heshi.matters.procedure.Procedure.Relation;
import org.heshi.matters.procedure.Procedure.Who;
import org.heshi.matters.procedure.Touched;

/** The rule book of acting: named pure functions, one rule each. */
public final class Rules {

    private Rules() {
    }

    private static final Set<AccessTable.Field> ANYTHING = EnumSet.of(AccessTable.Field.HISTORY);

    /** Whether somebody who stands so to the matter may do this action at all: as its procedure says, and the access table agrees. */
    public static boolean mayAct(Procedure procedure, Action action, Actor actor, Set<Relation> relations) {
        for (Who who : action.who()) {
            if (fits(procedure, who, actor, relations)) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(Procedure procedure, Who who, Actor actor, Set<Relation> relations) {
        return switch (who) {
            case Who.Post(var role, var relation) -> actor instanceof Actor.Staff staff && staff.has(role) && relations.contains(relation)
                    && AccessTable.shipped().acts(role, Touched.standing(relation), procedure.kind(), procedure.internal(), ANYTHING);
            case Who.AnyPost(var role) -> actor instanceof Actor.Staff staff && staff.has(role)
                    && AccessTable.shipped().acts(role, AccessTable.Standing.NEW, procedure.kind(), procedure.internal(), ANYTHING);
            case Who.Reporter _ -> actor instanceof Actor.Resident && relations.contains(Relation.REPORTER);
            case Who.Party _ -> actor instanceof Actor.Resident && relations.contains(Relation.PARTY);
            case Who.Anyone _ -> !(actor instanceof Actor.Machine);
            case Who.Machine(var name) -> actor instanceof Actor.Machine machine && machine.name().equals(name);
        };
    }

    /**
     * What an action demands beside state and post; empty when all of it is so. {@code done}: how often each action was done since the matter began or was last opened again;
     * {@code ever}: what the guard asks for that was done at any time.
     */
    public static Optional<Refusal> guarded(Procedure procedure, Action action, Actor actor, Map<String, Integer> done, Set<String> ever, boolean order) {
        Function<String, Bilingual> title = name -> procedure.findAction(name).map(Action::title).orElse(new Bilingual(name, name));
        Optional<String> asked = action.guard().answers();
        if (asked.isPresent() && !waits(procedure, asked.get(), done)) {
            return Optional.of(Refusal.of("nothing-to-answer", title.apply(asked.get())));
        }
        if (action.guard().alone() && waits(procedure, action.name(), done)) {
            return Optional.of(Refusal.of("not-answered-yet", action.title()));
        }
        for (Map.Entry<String, Integer> once : action.guard().once().entrySet()) {
            if (done.getOrDefault(once.getKey(), 0) < once.getValue()) {
                return Optional.of(Refusal.of("only-after", title.apply(once.getKey()), once.getValue()));
            }
        }
        for (Map.Entry<String, Integer> unless : action.guard().unless().entrySet()) {
            if (done.getOrDefault(unless.getKey(), 0) >= unless.getValue()) {
                return Optional.of(Refusal.of("not-any-more", title.apply(unless.getKey()), unless.getValue()));
            }
        }
        if (!action.guard().ever().isEmpty() && action.guard().ever().stream().noneMatch(ever::contains)) {
            return Optional.of(Refusal.of("only-after", title.apply(action.guard().ever().iterator().next()), 1));
        }
        if (action.guard().order() && !order) {
            return Optional.of(Refusal.of("no-order"));
        }
        boolean elsewhere = !action.guard().levels().isEmpty() && actor instanceof Actor.Staff staff
                && !action.guard().levels().contains(Level.of(staff.held().division()));
        return elsewhere ? Optional.of(Refusal.of("not-allowed")) : Optional.empty();
    }

    private static boolean waits(Procedure procedure, String asked, Map<String, Integer> done) {
        return done.getOrDefault(asked, 0) > procedure.answersTo(asked).stream().mapToInt(answer -> done.getOrDefault(answer, 0)).sum();
    }

    /** How a party of this role stands to the matter: who only knows something about it takes no part in it. */
    public static Set<Relation> relations(String role) {
        return switch (role) {
            case "reporter" -> EnumSet.of(Relation.REPORTER, Relation.PARTY);
            case "concerned", "applicant", "respondent", "third", "representative", "guardian" -> EnumSet.of(Relation.PARTY);
            default -> EnumSet.noneOf(Relation.class);
        };
    }

    /** Whether a centre watches over the place that a matter is for. */
    public static boolean watches(Actor.Staff staff, String scope) {
        return staff.held().unitType() == UnitType.CENTRE && scope.startsWith(staff.held().division());
    }

    /** A closed matter is opened again only by an action that is for it, and only before the end of the window that was stored when it closed. */
    public static boolean windowIsOpen(Action action, Optional<Instant> reopenUntil, Instant now) {
        return action.effect() != Effect.REOPEN || reopenUntil.isPresent() && now.isBefore(reopenUntil.get());
    }
}
