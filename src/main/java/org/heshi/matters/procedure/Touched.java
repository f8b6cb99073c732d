package org.heshi.matters.procedure;

import java.util.EnumSet;
import java.util.Set;
import org.heshi.access.AccessTable;
import org.heshi.access.AccessTable.Field;
import org.heshi.access.AccessTable.Standing;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Audience;
import org.heshi.matters.procedure.Procedure.Effect;
import org.heshi.matters.procedure.Procedure.Relation;
import org.heshi.matters.procedure.Procedure.Target;
import org.heshi.matters.procedure.Procedure.Type;
import org.heshi.matters.procedure.Procedure.Who;

/** What of a matter an action adds to or changes, in the words of the access table. */
public final class Touched {

    private static final Set<Audience> AT_WORK = EnumSet.of(Audience.DESK, Audience.LEAD, Audience.HELPER, Audience.VERIFIER);
    private static final Set<Effect> ANSWERS = EnumSet.of(Effect.ANSWER, Effect.REPEAT);
    private static final Set<Effect> LINKS = EnumSet.of(Effect.MERGE, Effect.UNMERGE, Effect.SPLIT, Effect.LINK, Effect.REPEAT);

    private Touched() {
    }

    /** Every action leaves an entry in the history. */
    public static Set<Field> by(Action action) {
        Set<Field> touched = EnumSet.of(Field.HISTORY);
        Field words = wordsOf(action);
        if (ANSWERS.contains(action.effect()) || action.findField(ProcedureRules.ANSWER).isPresent()) {
            touched.add(Field.ANSWER);
        }
        if (LINKS.contains(action.effect())) {
            touched.add(Field.LINKS);
        }
        for (Procedure.Field field : action.fields()) {
            if (field.type().contact()) {
                touched.add(Field.CONTACT);
            } else if (field.type() == Type.FILES) {
                touched.add(words == Field.HISTORY ? Field.FILES : words);
            } else if (field.sets().filter(target -> target == Target.TITLE || target == Target.DESCRIPTION).isPresent()) {
                touched.add(Field.WORDS);
            } else if (field.sets().filter(target -> target == Target.PLACE || target == Target.POINT).isPresent() || field.name().equals("place-words")) {
                touched.add(Field.PLACE);
            } else if (field.type() == Type.MATTER) {
                touched.add(Field.LINKS);
            } else if (field.type().particular()) {
                touched.add(words);
            }
        }
        return touched;
    }

    /** What its words are: part of the history, or written for those at work, or for some of them behind closed doors. */
    static Field wordsOf(Action action) {
        Set<Audience> staff = EnumSet.noneOf(Audience.class);
        staff.addAll(action.audience());
        boolean apart = staff.remove(Audience.PARTY) | staff.remove(Audience.SIDES);
        if (!AT_WORK.containsAll(staff)) {
            return Field.HISTORY;
        }
        return !apart && action.audience().containsAll(AT_WORK) || action.audience().isEmpty() ? Field.NOTES : Field.SESSION;
    }

    /** Whether the access table lets these act on all that the action touches. */
    static boolean allowed(Procedure procedure, Action action, Who who) {
        AccessTable table = AccessTable.shipped();
        Set<Field> touched = by(action);
        return switch (who) {
            case Who.Post(var role, var relation) -> table.acts(role, standing(relation), procedure.kind(), procedure.internal(), touched);
            case Who.AnyPost(var role) -> table.acts(role, Standing.NEW, procedure.kind(), procedure.internal(), touched);
            case Who.Reporter _ -> table.acts(AccessTable.RESIDENT, Standing.REPORTER, procedure.kind(), procedure.internal(), touched);
            case Who.Party _ -> table.acts(AccessTable.RESIDENT, Standing.PARTY, procedure.kind(), procedure.internal(), touched);
            case Who.Anyone _ -> table.acts(AccessTable.STRANGER, Standing.NEW, procedure.kind(), procedure.internal(), touched);
            case Who.Machine _ -> table.acts(AccessTable.MACHINE, action.makesAMatter() ? Standing.NEW : Standing.NONE, procedure.kind(), procedure.internal(), touched);
        };
    }

    static String said(Who who) {
        return switch (who) {
            case Who.Post(var role, var relation) -> role.code() + " of the " + relation.code();
            case Who.AnyPost(var role) -> role.code();
            case Who.Reporter _ -> "the reporter";
            case Who.Party _ -> "a party";
            case Who.Anyone _ -> "anyone";
            case Who.Machine(var name) -> "the machine " + name;
        };
    }

    /** As the access table calls it. @throws IllegalArgumentException for nobody's */
    public static Standing standing(Relation relation) {
        return switch (relation) {
            case DESK -> Standing.DESK;
            case LEAD -> Standing.LEAD;
            case HELPER -> Standing.HELPER;
            case VERIFIER -> Standing.VERIFIER;
            case OVER -> Standing.ABOVE;
            case REPORTER -> Standing.REPORTER;
            case PARTY -> Standing.PARTY;
            case NONE -> throw new IllegalArgumentException("nobody stands so");
        };
    }
}
