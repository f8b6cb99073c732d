package org.heshi.matters.procedure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heshi.calendar.Limit;
import org.heshi.calendar.ServiceHours;
import org.heshi.directory.UnitType;
import org.heshi.kernel.Bilingual;

/**
 * One published version of what a kind of matter can go through. A matter stays on the version that it began with.
 *
 * @param steps    the steps that people see, in order; every state belongs to one
 * @param arrivals {@code kind.state} of another procedure to the state here, for sorting and for changing the kind
 * @param outcomes how a matter of this kind can end, by code
 * @param clocks   the limits it runs under, by name
 * @param internal no resident reports such a matter and none is sorted into it: offices make it, of a matter or for one another
 * @param inPublic matters of it may stand one by one where anybody reads: category, village, times and state, and words that a person redacted
 */
public record Procedure(String kind, int version, Bilingual title, Bilingual about, List<Basis> basis, List<Step> steps,
        Map<String, State> states, Map<String, Action> actions, Map<String, String> arrivals, Map<String, Bilingual> outcomes,
        Map<String, Clock> clocks, boolean internal, boolean inPublic) {

    /** Parties of one matter that an action can name. */
    public static final int MOST_PARTIES = 40;

    /** Clauses of one agreement. */
    public static final int MOST_CLAUSES = 60;

    /** The kind in which every matter starts. */
    public static final String INTAKE = "intake";

    public State state(String name) {
        State state = states.get(name);
        if (state == null) {
            throw new IllegalStateException("procedure " + kind + " version " + version + " has no state " + name);
        }
        return state;
    }

    public Optional<Action> findAction(String name) {
        return Optional.ofNullable(actions.get(name));
    }

    /** Among the outcomes of an action: the one that the matter has already stays. */
    public static final String KEPT = "kept";

    /** Where a formal paper's number stands in its entry. */
    public static final String PAPER = "paper";

    /** The actions by which a matter begins again, so that nothing done before counts any more. */
    public Set<String> beginningAgain() {
        Set<String> again = new java.util.LinkedHashSet<>();
        actions.values().stream().filter(action -> action.again() || action.effect() == Effect.REOPEN || action.effect() == Effect.UNMERGE).map(Action::name).forEach(again::add);
        return again;
    }

    /** The actions that leave or stay in this state, as the file orders them. */
    public List<Action> actionsFrom(String state) {
        return actions.values().stream().filter(action -> action.from().contains(state)).toList();
    }

    /** Whether somebody is named to lead from this state on, so that whoever led before leads no more. */
    public boolean namesALead(String state) {
        return actionsFrom(state).stream().anyMatch(action -> action.fields().stream().anyMatch(field -> field.sets().filter(Target.LEAD::equals).isPresent()));
    }

    /** Whether a matter in this state has an outcome already: it ended, or may end with the one that it has. */
    public boolean hasAnOutcome(String state) {
        return state(state).terminal() || actionsFrom(state).stream().anyMatch(action -> action.outcomes().contains(KEPT));
    }

    /** The word among the actions that start a clock for coming into this procedure by sorting or by a change of kind. */
    public static final String ARRIVAL = "arrival";

    /**
     * A limit that a matter runs under. Unless it is carried it ends with the matter, and when the matter leaves this procedure, whatever its actions say.
     *
     * @param lengths   how long
     * @param hours     when it runs, for lengths in hours
     * @param binds     whose unit it binds; the time is theirs alone: started again for another unit it is whole again
     * @param starts    actions, or {@link #ARRIVAL}; one that runs already starts afresh, but for a whole one
     * @param satisfies actions by which what was bound is done
     * @param ends      actions after which it has no meaning any more
     * @param pauses    actions that let it stand still; each has a field {@code reason} of type choice. One that waits for its answer
     *                  ({@link Guard#alone}) may be done when it is over, too, and then lets nothing stand still
     * @param resumes   actions that let it go on; one that answers another may be done while it runs, too
     * @param rests     actions by which what was bound is done, if a check agrees: nobody is told of it any more, and once it is satisfied it counts
     *                  as done then
     * @param wakes     actions that send back what was done: it goes on as if it had never rested, due when it was due
     * @param warns     how long before it is due the one whom it binds is told
     * @param right     it is the time in which they may do something, and not by which they must: nobody is told when it is over
     * @param whole     one that runs does not start afresh: handed on, the term stays the same
     * @param carried   it goes on when the matter ends, and when it arrives in another kind that has a clock of this name
     * @param lapses    what the program itself does when it is due
     * @param served    its hours are the county's service hours, whatever those are when it starts
     * @param corrects  actions that correct what its length goes by: with another length it counts anew from when it began, with none it ends; where it should have run and did
     *                  not, it starts then
     * @param received  started by {@link #ARRIVAL}, it counts from when the matter was received, and not from when it came into this procedure
     */
    public record Clock(String name, Bilingual title, Lengths lengths, ServiceHours hours, Relation binds, Set<String> starts,
            Set<String> satisfies, Set<String> ends, Set<String> pauses, Set<String> resumes, Set<String> rests, Set<String> wakes, Optional<Extension> extension,
            Optional<Limit> warns, boolean right, boolean whole, boolean carried, Optional<String> lapses, List<Basis> basis, boolean served, boolean received, Set<String> corrects) {
    }

    /**
     * How long a limit is.
     *
     * @param by  the field of type choice of the action that starts it, whose value says how long; empty: the matter's level does
     * @param all by that value, or by level: {@code blue}, {@code yellow}, {@code red}
     * @param some whether with other values of the field it does not start
     */
    public record Lengths(Optional<String> by, Map<String, Limit> all, boolean some) {

        private static final List<String> LEVELS = List.of("blue", "yellow", "red");

        /** Empty when the field was left empty, or has another value: then the clock does not start. */
        public Optional<Limit> find(int level, Map<String, Object> data) {
            return Optional.ofNullable(all.get(by.map(field -> String.valueOf(data.get(field))).orElseGet(() -> LEVELS.get(level))));
        }

        /** The one that holds whatever the level; empty when there are several. */
        public Optional<Limit> only() {
            return all.values().stream().distinct().count() == 1 ? all.values().stream().findFirst() : Optional.empty();
        }
    }

    /**
     * @param action by which it is extended; its field {@code days} says by how much
     * @param most   days that one extension may have
     * @param times  how often
     */
    public record Extension(String action, int most, int times) {
    }

    /** An article behind a step: the law's short name, the article as people cite it, and whether it is one place's rule. */
    public record Basis(String law, String article, boolean local) {
    }

    public record Step(String name, Bilingual title) {
    }

    /**
     * @param step    name of the step it belongs to
     * @param turn    whose turn it is, so in whose queue it stands
     * @param says    what the resident reads while it lasts
     */
    public record State(String name, Bilingual title, String step, Relation turn, boolean terminal, Bilingual says) {
    }

    /** How a unit or person stands to a matter. */
    public enum Relation {
        /** Whoever took it in and must bring it on: the centre or town that sorts and dispatches. */
        DESK,
        /** Who must solve it. */
        LEAD,
        /** Who must help the lead. */
        HELPER,
        /** Who checks the answer; the same unit as the desk, another person than the handler. */
        VERIFIER,
        /** A centre in whose place the matter's lies, so also the county's over a town's. It holds nothing; it watches. */
        OVER,
        /** The resident who reported it. */
        REPORTER,
        /** Somebody else whom it concerns, with number and code. */
        PARTY,
        /** Nobody: it has ended, or waits for nothing. */
        NONE;

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Who may act: one of these must fit. */
    public sealed interface Who {
        /** A post with this role in a unit with this relation. */
        record Post(org.heshi.directory.Role role, Relation relation) implements Who {
        }

        /** A post with this role, whose unit starts a matter (only for actions from nothing). */
        record AnyPost(org.heshi.directory.Role role) implements Who {
        }

        /** The resident who reported it, with number and code. */
        record Reporter() implements Who {
        }

        /** Anybody whom it concerns, the reporter included; no witness. */
        record Party() implements Who {
        }

        /** Anybody, without saying who (only for actions from nothing). */
        record Anyone() implements Who {
        }

        /** A named part of the program. */
        record Machine(String name) implements Who {
        }
    }

    /** Who reads the entry that an action leaves (decision 3). */
    public enum Audience {
        /** Staff who may see the matter. */ STAFF,
        /** Staff of the desk. */ DESK,
        /** Staff of the lead. */ LEAD,
        /** Staff of the helpers. */ HELPER,
        /** The verifiers. */ VERIFIER,
        /** The resident who reported it. */ REPORTER,
        /** Every party. */ PARTIES,
        /** Only the parties that a field of type parties names. */ PARTY,
        /** Only those between whom it is, and who speaks for them, as the kind's own room knows; no witness and nobody who only reported it. */ SIDES,
        /** Anybody. */ PUBLIC;

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What an action does beyond changing state and the bound columns. */
    public enum Effect {
        NONE,
        /** Moves the matter from intake to the procedure of the kind that was chosen. */ SORT,
        /** Moves the matter to another kind by that kind's arrivals. */ REKIND,
        /** Ends it in favour of another matter, which answers it from then on. */ MERGE,
        /** Takes it out of the matter it was merged into. */ UNMERGE,
        /** Makes a new matter out of a part of this one. */ SPLIT,
        /** Notes that another matter belongs with it. */ LINK,
        /** Opens it again, within the window that the server computed when it closed. */ REOPEN,
        /** Its answer goes to every matter merged into it, too. */ ANSWER,
        /** Gives a new code to the reporter, or to the one party that a field of type parties names; the old one ends. */ NEW_CODE,
        /** Adds a party. */ PARTY,
        /** Makes a matter of the kind {@code whistle} for each department that the newest whistle of the matter names. */ WHISTLE,
        /** Answers it with the answer that another matter got, because it asks the same again. */ REPEAT,
        /** Makes a one-time link by which the reporter says how it came out. */ ASK_LINK
    }

    /**
     * @param from      states it starts in; empty: from nothing, it makes a matter
     * @param to        state it ends in; empty: it stays (or, for SORT and REKIND, where the arrivals say)
     * @param outcomes  codes that may be chosen with it; empty: it sets no outcome, or all of the procedure's when a field is an OUTCOME
     * @param notBy     actions whose doers on this matter may not do this one
     * @param says      what the history says of it, in plain words
     * @param within    the clock during which it may be done: not before that runs, not after it is due
     * @param during    the clock without which there is nothing to do: only while that runs, over or not
     * @param guard     what else must be so
     * @param paper     the word in front of the number of the formal paper that it is; empty: it is none
     * @param again     the matter begins again by it, as by reopening
     */
    public record Action(String name, Bilingual title, Set<String> from, Optional<String> to, List<Who> who, List<Field> fields,
            Set<Audience> audience, Effect effect, List<String> outcomes, Set<String> notBy, Bilingual says, List<Basis> basis,
            Optional<String> within, Optional<String> during, Guard guard, Optional<Bilingual> paper, boolean again) {

        public boolean makesAMatter() {
            return from.isEmpty();
        }

        public Optional<Field> findField(String name) {
            return fields.stream().filter(f -> f.name().equals(name)).findFirst();
        }
    }

    /**
     * What must be so beside state and post. Actions are counted since the matter began or was last opened again.
     *
     * @param once   actions that must have been done at least so often
     * @param unless actions after which, done so often, it may not be done any more
     * @param levels levels of places whose units may do it; empty: all
     * @param order  only for a matter that carries another system's order number; it hands the answer back under that number
     * @param answers the action that it answers: only while that was done more often than it was answered, by this action or another
     * @param alone  not again before the last time was answered
     * @param ever   actions of which one must have been done at some time, also before the matter was last opened again; empty: nothing is asked
     * @param above  actions; the lead that it names stands above every unit that did one of them, and is none of those nor under one
     */
    public record Guard(Map<String, Integer> once, Map<String, Integer> unless, Set<org.heshi.divisions.Level> levels, boolean order,
            Optional<String> answers, boolean alone, Set<String> above, Set<String> ever) {
    }

    /** The actions that answer this one. */
    public Set<String> answersTo(String action) {
        Set<String> answers = new java.util.LinkedHashSet<>();
        actions.values().stream().filter(other -> other.guard().answers().filter(action::equals).isPresent()).map(Action::name).forEach(answers::add);
        return answers;
    }

    /** The actions whose number of times its guard asks for. */
    public Set<String> counted(Action action) {
        Set<String> counted = new java.util.LinkedHashSet<>(action.guard().once().keySet());
        counted.addAll(action.guard().unless().keySet());
        action.guard().answers().ifPresent(asked -> {
            counted.add(asked);
            counted.addAll(answersTo(asked));
        });
        if (action.guard().alone()) {
            counted.add(action.name());
            counted.addAll(answersTo(action.name()));
        }
        return counted;
    }

    /** The actions of which is asked who did them and how often before that one is done. */
    public Set<String> askedBefore(Action action) {
        Set<String> asked = new java.util.LinkedHashSet<>(action.notBy());
        Set<String> counted = counted(action);
        if (!counted.isEmpty()) {
            asked.addAll(counted);
            asked.addAll(beginningAgain());
        }
        asked.addAll(action.guard().ever());
        return asked;
    }

    public enum Type {
        /** One line of words; a particular. */ LINE(true, false),
        /** Words with line breaks; a particular. */ TEXT(true, false),
        /** A person's name; a contact particular. */ NAME(true, true),
        /** A telephone number; a contact particular. */ PHONE(true, true),
        /** An e-mail address; a contact particular. */ EMAIL(true, true),
        /** Where somebody lives; a contact particular. */ ADDRESS(true, true),
        /** A number of an identity paper, or an organisation's credit code; a contact particular. */ IDENTITY(true, true),
        /** One line that tells more of who somebody is: occupation, whom they act for; a contact particular. */ DETAIL(true, true),
        /** What who has to do for whom, how much and by when: {@link org.heshi.matters.Clause}s; one particular. */ CLAUSES(true, false),
        /** Money that people name to each other, in yuan with two decimals, more than nothing; a particular. */ SUM(true, false),
        /** Files that the attachments room keeps; particulars. */ FILES(true, false),
        /** One of the field's options. */ CHOICE(false, false),
        BOOLEAN(false, false), NUMBER(false, false),
        /** A civil day, Asia/Shanghai. */ DATE(false, false),
        /** A minute of civil time, Asia/Shanghai; never in the future unless the field allows. */ TIME(false, false),
        /** Code of a place. */ DIVISION(false, false),
        /** Latitude and longitude, WGS 84, inside the county. */ POINT(false, false),
        /** Code of a category. */ CATEGORY(false, false),
        /** blue, yellow or red. */ LEVEL(false, false),
        /** A kind other than intake. */ KIND(false, false),
        /** Code of an outcome. */ OUTCOME(false, false),
        /** Id of a unit. */ UNIT(false, false),
        /** Ids of units. */ UNITS(false, false),
        /** Number of another matter. */ MATTER(false, false),
        /** 1 to 5. */ RATING(false, false),
        /** Letters, digits and hyphens that another system gave, kept in clear. */ CODE(false, false),
        /** Id of a post of a unit at work on the matter. */ POST(false, false),
        /** Numbers of parties of the matter; {@code max}: so many. */ PARTIES(false, false),
        /** Money in yuan with two decimals, more than nothing, that is counted with and kept in clear. */ AMOUNT(false, false),
        /** One of what a room offers in a list of its own. */ PICK(false, false);

        private final boolean particular;
        private final boolean contact;

        Type(boolean particular, boolean contact) {
            this.particular = particular;
            this.contact = contact;
        }

        /** Whether people wrote or sent it, so that the entry holds only its commitment (decision 1). */
        public boolean particular() {
            return particular;
        }

        /** Whether it tells who somebody is, so that only the units that handle the matter see it. */
        public boolean contact() {
            return contact;
        }
    }

    /** The column of the matter that a field sets. */
    public enum Target {
        TITLE, DESCRIPTION, CATEGORY, LEVEL, PLACE, POINT, LEAD, HELPERS, OUTCOME, KIND, CHANNEL, OCCURRED_AT, ACCUSED, RATING,
        /** The centre that takes it on from here. */ DESK,
        /** The number that another system has for it, such as a 12345 order's. */ ORDER,
        /** One unit more that helps; those who help already go on. */ HELPER,
        /** A post that has an interest in the matter and must keep out of it. */ AVOID,
        /** Another matter. */ OTHER
    }

    /**
     * @param max     most characters, files or the greatest number; 0: the type's own
     * @param options for CHOICE: code to words, in order
     * @param sets    what it sets on the matter; empty: it stands in the entry only
     * @param future  for TIME: whether it may lie ahead, as an appointment does
     * @param when    required only when another field has a certain value; empty: {@code required} alone says
     * @param offers  for UNIT: the field of an earlier action whose unit is offered before anybody searches; a person still chooses
     * @param units   for UNIT: the kinds of units that it takes; empty: any
     * @param of      for PICK: the list of {@link org.heshi.matters.Picks} that it is chosen from
     */
    public record Field(String name, Type type, Bilingual label, Optional<Bilingual> hint, boolean required, int max,
            Map<String, Bilingual> options, Optional<Target> sets, boolean future, Optional<When> when,
            Optional<Source> offers, Set<UnitType> units, Optional<String> of) {

        /** The same field, required if what else was typed makes it so. */
        public Field asked(Map<String, Object> input) {
            boolean needed = when.filter(w -> input.get(w.field()) instanceof Object value
                    && w.values().contains(value instanceof List<?> list && list.size() == 1 ? list.getFirst() : value)).isPresent();
            return needed ? new Field(name, type, label, hint, true, max, options, sets, future, Optional.empty(), offers, units, of) : this;
        }
    }

    /** @param field of type choice, in the same action */
    public record When(String field, Set<String> values) {
    }

    /** What was typed before into that field of that action. */
    public record Source(String action, String field) {
    }
}
