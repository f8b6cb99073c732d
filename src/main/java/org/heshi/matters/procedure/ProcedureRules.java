package org.heshi.matters.procedure;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.heshi.access.AccessTable;
import org.heshi.directory.Role;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Effect;
import org.heshi.matters.procedure.Procedure.Field;
import org.heshi.matters.procedure.Procedure.Relation;
import org.heshi.matters.procedure.Procedure.State;
import org.heshi.matters.procedure.Procedure.Target;
import org.heshi.matters.procedure.Procedure.Type;
import org.heshi.matters.procedure.Procedure.Who;

/**
 * What must be true of a procedure as a whole, and of all of them together, so that no matter is ever left where nobody may act or
 * ends without saying how. Each rule is one method.
 */
final class ProcedureRules {

    /** The action by which a matter comes in from elsewhere, and its field that says where it arrives (decision 7). */
    static final String IMPORT = "import";
    static final String IMPORT_STATE = "state";

    /** The field that holds the words of an answer, which matters merged into this one get too. */
    static final String ANSWER = "answer";

    /** The action by which departments are called, and its field that names them. */
    static final String WHISTLE = "whistle";
    static final String DEPARTMENTS = "departments";

    /** The action, and the part of the program, that carries an answer to merged matters. */
    static final String RELAY = "relay";

    private static final List<BiConsumer<ProcedureReader.Read, Problems>> RULES = List.of(
            ProcedureRules::everyStateCanBeReached,
            ProcedureRules::staffCanBringEveryStateToAnEnd,
            ProcedureRules::someStaffMayActInEveryOpenState,
            ProcedureRules::everyEndHasAnOutcome,
            ProcedureRules::whoeverMakesAMatterIsNamed,
            ProcedureRules::onlyIntakeAndImportMakeMatters,
            ProcedureRules::importReachesEveryState,
            ProcedureRules::everyMergedMatterCanBeAnswered,
            ProcedureRules::everyEffectHasWhatItNeeds,
            ProcedureRules::whatIsKeptIsThere,
            ProcedureRules::theCheckIsBySomebodyElse,
            ProcedureRules::everyActionIsReadBySomebody,
            ProcedureRules::everyClockHasWhatItNeeds,
            ProcedureRules::whatIsAskedSometimesHasItsReason,
            ProcedureRules::nobodyDoesMoreThanTheAccessTableAllows,
            ProcedureRules::onlyWhatIsNobodysOwnIsPublic);

    /** Kinds that are never shown one by one: what is between people or about an office, what is in danger, and what is not told yet from these. */
    private static final Set<String> NEVER_PUBLIC = Set.of(Procedure.INTAKE, "dispute", "petition", "emergency", "stuck", "rights", "whistle", "task");

    private ProcedureRules() {
    }

    /** A dispute under another name is one: whatever has sides whose word is for them alone is not public. */
    private static void onlyWhatIsNobodysOwnIsPublic(ProcedureReader.Read read, Problems problems) {
        Procedure procedure = read.procedure();
        if (!procedure.inPublic()) {
            return;
        }
        if (NEVER_PUBLIC.contains(procedure.kind()) || procedure.internal()) {
            read.report(problems, "public", "a kind '" + procedure.kind() + "' is never public: leave 'public' out");
        } else if (procedure.actions().values().stream().anyMatch(action -> action.audience().contains(Procedure.Audience.SIDES))) {
            read.report(problems, "public", "a kind between sides is never public: leave 'public' out");
        }
    }

    static void check(ProcedureReader.Read read, Problems problems) {
        RULES.forEach(rule -> rule.accept(read, problems));
    }

    private static void nobodyDoesMoreThanTheAccessTableAllows(ProcedureReader.Read read, Problems problems) {
        Procedure procedure = read.procedure();
        for (Action action : procedure.actions().values()) {
            for (Who who : action.who()) {
                if (!Touched.allowed(procedure, action, who)) {
                    read.report(problems, "action " + action.name(), "action '" + action.name() + "': the access table does not let " + Touched.said(who)
                            + " act on all of " + Touched.by(action).stream().map(AccessTable.Field::code).collect(Collectors.joining(", ")));
                }
            }
            if (Touched.wordsOf(action) == AccessTable.Field.SESSION && !action.audience().equals(Set.of(Procedure.Audience.LEAD))
                    && !action.audience().equals(Set.of(Procedure.Audience.LEAD, Procedure.Audience.PARTY))
                    && !action.audience().equals(Set.of(Procedure.Audience.LEAD, Procedure.Audience.SIDES))) {
                read.report(problems, "action " + action.name(), "action '" + action.name() + "': what only some of the units at work read, only the lead reads, and the parties that are named");
            }
        }
    }

    /** Beginning where matters are made or arrive by sorting; what arrives by import counts for nothing here. */
    private static void everyStateCanBeReached(ProcedureReader.Read read, Problems problems) {
        Procedure procedure = read.procedure();
        Set<String> begin = new LinkedHashSet<>(procedure.arrivals().values());
        procedure.actions().values().stream().filter(action -> action.makesAMatter() && !brought(action))
                .forEach(action -> action.to().ifPresent(begin::add));
        Set<String> reached = spread(begin, state -> procedure.actionsFrom(state).stream().filter(action -> !brought(action))
                .flatMap(action -> action.to().stream()).collect(Collectors.toSet()));
        for (String state : procedure.states().keySet()) {
            if (!reached.contains(state)) {
                read.report(problems, "state " + state, "state '" + state + "' cannot be reached: no action and no arrival leads to it");
            }
        }
    }

    /** A way to an end must not depend on the reporter or on a machine. */
    private static void staffCanBringEveryStateToAnEnd(ProcedureReader.Read read, Problems problems) {
        Procedure procedure = read.procedure();
        Collection<State> states = procedure.states().values();
        Set<String> ends = states.stream()
                .filter(state -> state.terminal() || procedure.actionsFrom(state.name()).stream().anyMatch(a -> byStaff(a) && a.effect() == Effect.SORT))
                .map(State::name).collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> ending = spread(ends, to -> procedure.actions().values().stream()
                .filter(action -> (byStaff(action) || lapses(procedure, action)) && action.to().filter(to::equals).isPresent() && !action.makesAMatter())
                .flatMap(action -> action.from().stream()).collect(Collectors.toSet()));
        for (State state : states) {
            if (!ending.contains(state.name())) {
                read.report(problems, "state " + state.name(), "state '" + state.name()
                        + "' is a dead end: no final state can be reached from it by what staff may do");
            }
        }
    }

    private static void someStaffMayActInEveryOpenState(ProcedureReader.Read read, Problems problems) {
        Procedure procedure = read.procedure();
        for (State state : procedure.states().values()) {
            boolean somebody = state.terminal() || procedure.actionsFrom(state.name()).stream().filter(action -> moves(action, state))
                    .anyMatch(action -> lapses(procedure, action) || action.who().stream().anyMatch(
                            who -> who instanceof Who.Post post && (post.relation() == state.turn() || post.relation() == Relation.DESK)));
            if (!somebody) {
                read.report(problems, "state " + state.name(), "state '" + state.name() + "': nobody of staff may bring it on; it is the turn of '"
                        + state.turn().code() + "', and neither a post there nor one at the desk has an action that leads out");
            }
        }
    }

    private static void whatIsAskedSometimesHasItsReason(ProcedureReader.Read read, Problems problems) {
        for (Action action : read.procedure().actions().values()) {
            for (Field field : action.fields()) {
                field.offers().ifPresent(from -> {
                    if (read.procedure().findAction(from.action()).flatMap(other -> other.findField(from.field()))
                            .filter(other -> other.type() == Type.UNIT).isEmpty()) {
                        read.report(problems, "action " + action.name(), "action '" + action.name() + "', field '" + field.name()
                                + "': 'offers' names an action of this kind and one of its fields of type unit");
                    }
                });
                field.when().ifPresent(when -> {
                    if (action.findField(when.field()).filter(other -> other.type() == Type.CHOICE && other.options().keySet().containsAll(when.values()))
                            .isEmpty()) {
                        read.report(problems, "action " + action.name(), "action '" + action.name() + "', field '" + field.name()
                                + "': 'required_when' names a field of type choice of the same action and some of its options");
                    }
                });
            }
        }
    }

    /** What pauses says why, what extends says by how much, and nothing that a clock waits for goes on under it unseen. */
    private static void everyClockHasWhatItNeeds(ProcedureReader.Read read, Problems problems) {
        Procedure procedure = read.procedure();
        for (Procedure.Clock clock : procedure.clocks().values()) {
            String at = "clock " + clock.name();
            for (String name : clock.pauses()) {
                if (procedure.findAction(name).flatMap(action -> action.findField("reason")).filter(f -> f.type() == Type.CHOICE && f.required()).isEmpty()) {
                    read.report(problems, at, "clock '" + clock.name() + "': the action '" + name
                            + "' pauses it and needs a required field 'reason' of type choice");
                }
            }
            clock.lapses().ifPresent(name -> {
                if (procedure.findAction(name).filter(action -> action.who().contains(new Who.Machine("clock"))
                        && action.fields().stream().noneMatch(Field::required)).isEmpty()) {
                    read.report(problems, at, "clock '" + clock.name() + "': the action '" + name
                            + "' is done by the program when it is due: it names the machine clock among those who may, and asks for nothing");
                } else if (!clock.right() || clock.binds() != Relation.REPORTER) {
                    read.report(problems, at, "clock '" + clock.name()
                            + "': nothing lapses but a time in which the reporter may do something: 'binds: reporter' and 'right: true'");
                }
            });
            clock.lengths().by().ifPresent(field -> {
                boolean asked = java.util.stream.Stream.concat(clock.starts().stream(), clock.corrects().stream()).allMatch(name -> procedure.findAction(name).flatMap(action -> action.findField(field))
                        .filter(f -> f.type() == Type.CHOICE && (clock.lengths().some() ? f.options().keySet().containsAll(clock.lengths().all().keySet())
                                : clock.lengths().all().keySet().equals(f.options().keySet()))).isPresent());
                if (!asked) {
                    read.report(problems, at, "clock '" + clock.name() + "': 'length' goes by '" + field
                            + "', which must be a field of type choice with exactly these values in every action that starts it, or more of them when it has 'else: none'");
                }
            });
            clock.extension().ifPresent(extension -> {
                if (procedure.findAction(extension.action()).flatMap(action -> action.findField("days"))
                        .filter(f -> f.type() == Type.NUMBER && f.required()).isEmpty()) {
                    read.report(problems, at, "clock '" + clock.name() + "': the action '" + extension.action()
                            + "' extends it and needs a required field 'days' of type number");
                }
            });
        }
    }

    private static void everyEndHasAnOutcome(ProcedureReader.Read read, Problems problems) {
        Procedure procedure = read.procedure();
        for (Action action : procedure.actions().values()) {
            boolean ends = action.to().map(procedure::state).filter(State::terminal).isPresent();
            boolean chosen = sets(action, Target.OUTCOME);
            String at = "action " + action.name();
            boolean leaves = action.from().stream().anyMatch(from -> !procedure.state(from).terminal()) || action.makesAMatter();
            if (ends && leaves && action.outcomes().isEmpty() && !chosen) {
                read.report(problems, at, "action '" + action.name() + "' leads to the final state '" + action.to().orElseThrow()
                        + "' without an outcome: give it 'outcomes' or a field of type outcome");
            }
            if (action.outcomes().size() > 1 && !chosen) {
                read.report(problems, at, "action '" + action.name() + "' has more than one outcome, but no field of type outcome to choose it");
            }
            boolean required = action.fields().stream().anyMatch(field -> field.type() == Type.OUTCOME && field.required());
            if (ends && chosen && !required && action.outcomes().size() != 1) {
                read.report(problems, at, "action '" + action.name() + "' leads to the final state '" + action.to().orElseThrow()
                        + "': its field of type outcome must be required");
            }
        }
        for (State state : procedure.states().values()) {
            if (state.terminal() && procedure.outcomes().isEmpty()) {
                read.report(problems, "state " + state.name(), "final state '" + state.name() + "': the procedure has no outcome");
            }
        }
    }

    /** An outcome can be kept only in states that no matter reaches without one. */
    private static void whatIsKeptIsThere(ProcedureReader.Read read, Problems problems) {
        Procedure procedure = read.procedure();
        Set<String> decided = new LinkedHashSet<>(procedure.states().keySet());
        decided.removeAll(procedure.arrivals().values());
        boolean fewer = true;
        while (fewer) {
            fewer = decided.removeIf(state -> procedure.actions().values().stream()
                    .filter(action -> action.to().filter(state::equals).isPresent() && !decides(action))
                    .anyMatch(action -> !decided.containsAll(action.from()) || action.makesAMatter()));
        }
        for (Action action : procedure.actions().values()) {
            if (action.outcomes().contains(Procedure.KEPT) && !decided.containsAll(action.from())) {
                read.report(problems, "action " + action.name(), "action '" + action.name() + "' keeps the outcome, but a matter can come to a state it "
                        + "starts in without one");
            }
            if (!action.guard().above().isEmpty() && !sets(action, Target.LEAD)) {
                read.report(problems, "action " + action.name(), "action '" + action.name() + "': 'above' needs a field that sets 'lead'");
            }
        }
    }

    private static boolean decides(Action action) {
        return !action.outcomes().contains(Procedure.KEPT) && (action.outcomes().size() == 1
                || action.fields().stream().anyMatch(field -> field.type() == Type.OUTCOME && field.required()));
    }

    private static void whoeverMakesAMatterIsNamed(ProcedureReader.Read read, Problems problems) {
        for (Action action : read.procedure().actions().values()) {
            for (Who who : action.who()) {
                String wrong = switch (who) {
                    case Who.AnyPost _ -> action.makesAMatter() ? "" : "a role without a relation may only make a matter (from: nothing)";
                    case Who.Anyone _ -> action.makesAMatter() ? "" : "anyone may only make a matter (from: nothing)";
                    case Who.Post _ -> action.makesAMatter() ? "nobody has a relation to a matter that is not there yet: write the role alone" : "";
                    case Who.Reporter _, Who.Party _ -> action.makesAMatter() ? "there is no reporter and no party before there is a matter: write anyone" : "";
                    case Who.Machine _ -> "";
                };
                if (!wrong.isEmpty()) {
                    read.report(problems, "action " + action.name(), "action '" + action.name() + "': who: " + wrong);
                }
            }
        }
    }

    private static void onlyIntakeAndImportMakeMatters(ProcedureReader.Read read, Problems problems) {
        Procedure procedure = read.procedure();
        for (Action action : procedure.actions().values()) {
            String at = "action " + action.name();
            boolean importing = action.name().equals(IMPORT);
            if (action.makesAMatter() && !importing && !procedure.kind().equals(Procedure.INTAKE) && !procedure.internal() && !settledOnARound(procedure, action)) {
                read.report(problems, at, "action '" + action.name() + "' makes a matter: only intake, kinds that are internal and the action 'import' may, "
                        + "and what a grid worker found and settled, for somebody else to check");
            }
            if (action.makesAMatter() && !importing && action.to().isEmpty()) {
                read.report(problems, at, "action '" + action.name() + "' makes a matter, so it must say 'to'");
            }
            if (action.makesAMatter() && !importing && action.to().map(procedure::state).filter(State::terminal).isPresent()) {
                read.report(problems, at, "action '" + action.name() + "' makes a matter that is at its end at once");
            }
            if (importing && !(action.makesAMatter() && action.who().equals(List.of(new Who.Machine("importer"))))) {
                read.report(problems, at, "action 'import' starts from nothing and is done by the machine importer alone");
            }
        }
    }

    /** Nobody waits for it and nobody has to sort it; what is left is to look whether it is so (decision 0026). */
    private static boolean settledOnARound(Procedure procedure, Action action) {
        boolean words = action.fields().stream().noneMatch(field -> field.type().contact() || field.type() == Type.PARTIES || field.name().equals("about-office")) && !sets(action, Target.ACCUSED);
        return words && !NEVER_PUBLIC.contains(procedure.kind()) && action.who().equals(List.of(new Who.AnyPost(Role.GRID_WORKER))) && action.to().map(procedure::state).filter(state -> state.turn() == Procedure.Relation.VERIFIER).isPresent()
                && procedure.actionsFrom(action.to().get()).stream().filter(next -> next.to().map(procedure::state).filter(State::terminal).isPresent() && byStaff(next))
                        .allMatch(next -> next.notBy().contains(action.name()));
    }

    private static void importReachesEveryState(ProcedureReader.Read read, Problems problems) {
        Action action = read.procedure().actions().get(IMPORT);
        if (action == null) {
            read.report(problems, "procedure", "action 'import' is missing: include 'import'");
            return;
        }
        Set<String> offered = action.findField(IMPORT_STATE).filter(Field::required).map(field -> field.options().keySet()).orElse(Set.of());
        if (action.to().isPresent() || !offered.equals(read.procedure().states().keySet()) || !sets(action, Target.OUTCOME)) {
            read.report(problems, "action import", "action 'import' has no 'to', a required field 'state' of type choice with 'options: states', "
                    + "and a field of type outcome");
        }
    }

    private static void everyEffectHasWhatItNeeds(ProcedureReader.Read read, Problems problems) {
        Procedure procedure = read.procedure();
        for (Action action : procedure.actions().values()) {
            String wrong = switch (action.effect()) {
                case NONE -> sets(action, Target.OTHER) ? "a field sets 'other', which needs the effect merge or link" : "";
                case SORT -> !procedure.kind().equals(Procedure.INTAKE) ? "only intake sorts; use rekind" : choosesKind(action);
                case REKIND -> procedure.kind().equals(Procedure.INTAKE) ? "intake has no kind to change; use sort" : choosesKind(action);
                case MERGE -> !needs(action, Target.OTHER) ? "needs a required field that sets 'other'" : !endsIn(action, procedure) ? "must lead to a final state"
                        : "";
                case LINK -> !needs(action, Target.OTHER) ? "needs a required field that sets 'other'" : "";
                case UNMERGE, REOPEN -> action.from().stream().anyMatch(from -> !procedure.state(from).terminal()) || action.from().isEmpty()
                        || action.to().isEmpty() || endsIn(action, procedure) ? "must lead from final states to one that is not" : "";
                case SPLIT -> !needs(action, Target.TITLE) || !needs(action, Target.DESCRIPTION)
                        ? "needs required fields that set 'title' and 'description'" : "";
                case ANSWER -> action.findField(ANSWER).filter(field -> field.type() == Type.TEXT && field.required()).isEmpty()
                        ? "needs a required field 'answer' of type text" : "";
                case NEW_CODE -> action.makesAMatter() || action.to().isPresent() ? "must stay in its state"
                        : action.fields().stream().anyMatch(field -> field.type() == Type.PARTIES && (field.max() != 1 || !field.required()))
                        ? "gives its code to one party: a field of type parties is required and has 'max: 1'" : "";
                case WHISTLE -> procedure.actions().values().stream().noneMatch(other -> other.findField(DEPARTMENTS)
                        .filter(field -> field.type() == Type.UNITS && field.required()).isPresent() && other.name().equals(WHISTLE))
                        ? "needs an action 'whistle' with a required field 'departments' of type units" : "";
                case REPEAT -> !needs(action, Target.OTHER) ? "needs a required field that sets 'other'"
                        : action.findField(ANSWER).filter(field -> field.type() == Type.TEXT).isEmpty() ? "needs a field 'answer' of type text" : "";
                case ASK_LINK -> action.makesAMatter() || action.to().isPresent() ? "must stay in its state" : "";
                case PARTY -> action.fields().stream().noneMatch(field -> field.type() == Type.NAME) ? "needs a field of type name" : "";
            };
            String at = "action " + action.name();
            if (!wrong.isEmpty()) {
                read.report(problems, at, "action '" + action.name() + "', effect " + ProcedureReader.code(action.effect()) + ": " + wrong);
            }
            if (sets(action, Target.KIND) && action.effect() != Effect.SORT && action.effect() != Effect.REKIND) {
                read.report(problems, at, "action '" + action.name() + "': a field sets 'kind', which needs the effect sort or rekind");
            }
            if (action.makesAMatter() && action.effect() != Effect.NONE) {
                read.report(problems, at, "action '" + action.name() + "': an action that makes a matter has no effect");
            }
        }
        boolean sorts = procedure.actions().values().stream().anyMatch(action -> action.effect() == Effect.SORT);
        if (procedure.kind().equals(Procedure.INTAKE) && !sorts) {
            read.report(problems, "procedure", "intake has no action with the effect sort");
        }
    }

    /** The answer of the matter that another was merged into must reach it: the program does that by the action relay. */
    private static void everyMergedMatterCanBeAnswered(ProcedureReader.Read read, Problems problems) {
        Procedure procedure = read.procedure();
        for (Action merge : procedure.actions().values()) {
            if (merge.effect() != Effect.MERGE || merge.to().isEmpty()) {
                continue;
            }
            String merged = merge.to().get();
            boolean relayed = procedure.findAction(RELAY).filter(relay -> relay.from().contains(merged) && relay.effect() == Effect.NONE
                    && relay.to().filter(to -> !to.equals(merged)).isEmpty() && relay.who().contains(new Who.Machine(RELAY))
                    && relay.findField(ANSWER).filter(field -> field.type() == Type.TEXT).isPresent()
                    && relay.fields().stream().noneMatch(field -> field.required() && !field.name().equals(ANSWER))).isPresent();
            if (!relayed) {
                read.report(problems, "action " + merge.name(), "action '" + merge.name() + "' merges into another matter, so the action 'relay' must bring "
                        + "its answer here: by the machine relay, from '" + merged + "', which it does not leave, with a field 'answer' of type text and no "
                        + "other required field");
            }
        }
    }

    /** Whoever leaves a verifier's state for the end, or for the reporter's word, did neither handle nor bring it there. */
    private static void theCheckIsBySomebodyElse(ProcedureReader.Read read, Problems problems) {
        Procedure procedure = read.procedure();
        Set<String> checked = procedure.states().values().stream().filter(state -> state.turn() == Relation.VERIFIER).map(State::name)
                .collect(Collectors.toSet());
        for (Action action : procedure.actions().values()) {
            boolean leaves = endsIn(action, procedure) || action.to().map(procedure::state).filter(to -> to.turn() == Relation.REPORTER).isPresent();
            if (!leaves || action.from().stream().noneMatch(checked::contains)
                    || action.who().stream().noneMatch(who -> who instanceof Who.Post post && post.relation() == Relation.VERIFIER)) {
                continue;
            }
            Set<String> handled = procedure.actions().values().stream()
                    .filter(other -> byStaff(other) && (other.name().equals("handle")
                            || other.to().filter(to -> action.from().contains(to) && checked.contains(to)).isPresent()
                            && other.from().stream().anyMatch(from -> !checked.contains(from) && !procedure.state(from).terminal())))
                    .map(Action::name).collect(Collectors.toCollection(TreeSet::new));
            handled.removeAll(action.notBy());
            if (!handled.isEmpty()) {
                read.report(problems, "action " + action.name(), "action '" + action.name()
                        + "' is the check, so 'not_by' must name everything that brings a matter to it: " + String.join(", ", handled));
            }
        }
    }

    private static void everyActionIsReadBySomebody(ProcedureReader.Read read, Problems problems) {
        for (Action action : read.procedure().actions().values()) {
            if (action.audience().contains(Procedure.Audience.PARTY) && action.fields().stream().noneMatch(field -> field.type() == Type.PARTIES)) {
                read.report(problems, "action " + action.name(), "action '" + action.name() + "': 'party' in 'audience' needs a field of type parties that names them");
            }
            if (action.makesAMatter() && action.fields().stream().anyMatch(field -> field.type() == Type.PICK)) {
                read.report(problems, "action " + action.name(), "action '" + action.name() + "': there is nothing to pick from before there is a matter");
            }
            if (action.makesAMatter() && action.fields().stream().anyMatch(field -> field.type() == Type.PARTIES || field.type() == Type.CLAUSES)) {
                read.report(problems, "action " + action.name(), "action '" + action.name() + "': there are no parties to name before there is a matter");
            }
            boolean resident = action.who().stream().anyMatch(who -> who instanceof Who.Reporter || who instanceof Who.Anyone);
            if (resident && action.audience().stream().noneMatch(a -> a == Procedure.Audience.REPORTER || a == Procedure.Audience.PUBLIC)) {
                read.report(problems, "action " + action.name(), "action '" + action.name()
                        + "': who reports must be able to read what they did; add reporter to 'audience'");
            }
        }
    }

    /** That matters can go from kind to kind: from each state in which one may leave there is somewhere to arrive. */
    static void checkTogether(Map<String, ProcedureReader.Read> reads, Problems problems) {
        ProcedureReader.Read intake = reads.get(Procedure.INTAKE);
        for (ProcedureReader.Read read : reads.values()) {
            Procedure procedure = read.procedure();
            if (procedure.kind().equals(Procedure.INTAKE)) {
                if (!procedure.arrivals().isEmpty()) {
                    read.report(problems, "procedure", "nothing arrives in intake: leave 'arrivals' out");
                }
            } else if (procedure.internal()) {
                if (!procedure.arrivals().isEmpty()) {
                    read.report(problems, "procedure", "nothing arrives in a kind that is internal: leave 'arrivals' out");
                }
            } else if (intake != null) {
                leaving(intake.procedure(), Effect.SORT).filter(from -> !procedure.arrivals().containsKey(from))
                        .forEach(from -> read.report(problems, "procedure", "'arrivals' lacks '" + from + "': matters are sorted into this kind from there"));
            }
            procedure.arrivals().forEach((from, to) -> {
                String kind = from.substring(0, from.indexOf('.'));
                String state = from.substring(from.indexOf('.') + 1);
                ProcedureReader.Read other = reads.get(kind);
                String at = "arrival " + from;
                if (other == null) {
                    read.report(problems, at, "arrival '" + from + "': unknown kind '" + kind + "'");
                } else if (kind.equals(procedure.kind())) {
                    read.report(problems, at, "arrival '" + from + "': a matter does not arrive from its own kind");
                } else if (!other.procedure().states().containsKey(state)) {
                    read.report(problems, at, "arrival '" + from + "': kind '" + kind + "' has no state '" + state + "'");
                } else if (leaving(other.procedure(), kind.equals(Procedure.INTAKE) ? Effect.SORT : Effect.REKIND).noneMatch(from::equals)) {
                    read.report(problems, at, "arrival '" + from + "': no action leaves '" + kind + "' from there");
                }
                if (procedure.state(to).terminal()) {
                    read.report(problems, at, "arrival '" + from + "': a matter cannot arrive in the final state '" + to + "'");
                }
            });
            leaving(procedure, Effect.REKIND).filter(from -> reads.values().stream().noneMatch(r -> r.procedure().arrivals().containsKey(from)))
                    .forEach(from -> procedure.actions().values().stream().filter(a -> a.effect() == Effect.REKIND
                            && a.from().contains(from.substring(from.indexOf('.') + 1))).forEach(action -> read.report(problems, "action " + action.name(),
                                    "action '" + action.name() + "': no kind has an arrival for '" + from + "'")));
        }
    }

    private static java.util.stream.Stream<String> leaving(Procedure procedure, Effect effect) {
        return procedure.actions().values().stream().filter(action -> action.effect() == effect)
                .flatMap(action -> action.from().stream()).distinct().map(state -> procedure.kind() + "." + state);
    }

    private static String choosesKind(Action action) {
        return !needs(action, Target.KIND) ? "needs a required field that sets 'kind'"
                : action.to().isPresent() ? "must not say 'to': the arrivals of the chosen kind say it" : "";
    }

    private static boolean endsIn(Action action, Procedure procedure) {
        return action.to().map(procedure::state).filter(State::terminal).isPresent();
    }

    private static boolean moves(Action action, State from) {
        return action.to().filter(to -> !to.equals(from.name())).isPresent() || action.effect() == Effect.SORT || action.effect() == Effect.REKIND;
    }

    private static boolean sets(Action action, Target target) {
        return action.fields().stream().anyMatch(field -> field.sets().filter(s -> s == target).isPresent());
    }

    private static boolean needs(Action action, Target target) {
        return action.fields().stream().anyMatch(field -> field.required() && field.sets().filter(s -> s == target).isPresent());
    }

    private static boolean byStaff(Action action) {
        return action.who().stream().anyMatch(who -> who instanceof Who.Post || who instanceof Who.AnyPost);
    }

    /** Whether it only brings matters in or answers to them from elsewhere, and is no step of the procedure. */
    private static boolean brought(Action action) {
        return action.who().stream().allMatch(who -> who.equals(new Who.Machine("importer")) || who.equals(new Who.Machine(RELAY)));
    }

    /** Whether the program does it when a clock is due. */
    private static boolean lapses(Procedure procedure, Action action) {
        return procedure.clocks().values().stream().anyMatch(clock -> clock.lapses().filter(action.name()::equals).isPresent());
    }

    private static Set<String> spread(Set<String> begin, java.util.function.Function<String, Set<String>> next) {
        Set<String> reached = new LinkedHashSet<>(begin);
        Deque<String> open = new ArrayDeque<>(begin);
        while (!open.isEmpty()) {
            for (String state : next.apply(open.poll())) {
                if (reached.add(state)) {
                    open.add(state);
                }
            }
        }
        return reached;
    }
}
