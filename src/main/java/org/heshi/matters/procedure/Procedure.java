package org.heshi.matters.procedure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heshi.calendar.Limit;
import org.heshi.calendar.ServiceHours;
import org.heshi.kernel.Bilingual;

/**
 * One published version of what a kind of matter can go through. A matter stays on the version that it began with.
 *
 * @param steps    the steps that people see, in order; every state belongs to one
 * @param arrivals {@code kind.state} of another procedure to the state here, for sorting and for changing the kind
 * @param outcomes how a matter of this kind can end, by code
 * @param clocks   the limits it runs under, by name
 */
public record Procedure(String kind, int version, Bilingual title, Bilingual about, List<Basis> basis, List<Step> steps,
        Map<String, State> states, Map<String, Action> actions, Map<String, String> arrivals, Map<String, Bilingual> outcomes,
        Map<String, Clock> clocks) {

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

    /** The actions that leave or stay in this state, as the file orders them. */
    public List<Action> actionsFrom(String state) {
        return actions.values().stream().filter(action -> action.from().contains(state)).toList();
    }

    /** The word among the actions that start a clock for coming into this procedure by sorting or by a change of kind. */
    public static final String ARRIVAL = "arrival";

    /**
     * A limit that a matter runs under. It ends with the matter, and when the matter leaves this procedure, whatever its actions say.
     *
     * @param lengths   how long, by the matter's level when it starts: 0 blue, 1 yellow, 2 red
     * @param hours     when it runs, for lengths in hours
     * @param binds     whose unit it binds; the time is theirs alone: started again for another unit it is whole again
     * @param starts    actions, or {@link #ARRIVAL}; one that runs already starts afresh, but for a whole one
     * @param satisfies actions by which what was bound is done
     * @param ends      actions after which it has no meaning any more
     * @param pauses    actions that let it stand still; each has a field {@code reason} of type choice
     * @param resumes   actions that let it go on
     * @param warns     how long before it is due the one whom it binds is told
     * @param right     it is the time in which they may do something, and not by which they must: nobody is told when it is over
     * @param whole     one that runs does not start afresh: handed on, the term stays the same
     */
    public record Clock(String name, Bilingual title, List<Limit> lengths, ServiceHours hours, Relation binds, Set<String> starts,
            Set<String> satisfies, Set<String> ends, Set<String> pauses, Set<String> resumes, Optional<Extension> extension, Optional<Limit> warns,
            boolean right, boolean whole, List<Basis> basis) {
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
        /** The resident who reported it. */
        REPORTER,
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
        /** Gives the reporter a new code; the old one ends. */ NEW_CODE,
        /** Adds a party. */ PARTY
    }

    /**
     * @param from      states it starts in; empty: from nothing, it makes a matter
     * @param to        state it ends in; empty: it stays (or, for SORT and REKIND, where the arrivals say)
     * @param outcomes  codes that may be chosen with it; empty: it sets no outcome, or all of the procedure's when a field is an OUTCOME
     * @param notBy     actions whose doers on this matter may not do this one
     * @param says      what the history says of it, in plain words
     * @param within    the clock during which it may be done: not before that runs, not after it is due
     */
    public record Action(String name, Bilingual title, Set<String> from, Optional<String> to, List<Who> who, List<Field> fields,
            Set<Audience> audience, Effect effect, List<String> outcomes, Set<String> notBy, Bilingual says, List<Basis> basis,
            Optional<String> within) {

        public boolean makesAMatter() {
            return from.isEmpty();
        }

        public Optional<Field> findField(String name) {
            return fields.stream().filter(f -> f.name().equals(name)).findFirst();
        }
    }

    public enum Type {
        /** One line of words; a particular. */ LINE(true, false),
        /** Words with line breaks; a particular. */ TEXT(true, false),
        /** A person's name; a contact particular. */ NAME(true, true),
        /** A telephone number; a contact particular. */ PHONE(true, true),
        /** An e-mail address; a contact particular. */ EMAIL(true, true),
        /** Where somebody lives; a contact particular. */ ADDRESS(true, true),
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
        /** 1 to 5. */ RATING(false, false);

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
        /** Another matter. */ OTHER
    }

    /**
     * @param max     most characters, files or the greatest number; 0: the type's own
     * @param options for CHOICE: code to words, in order
     * @param sets    what it sets on the matter; empty: it stands in the entry only
     * @param future  for TIME: whether it may lie ahead, as an appointment does
     */
    public record Field(String name, Type type, Bilingual label, Optional<Bilingual> hint, boolean required, int max,
            Map<String, Bilingual> options, Optional<Target> sets, boolean future) {
    }
}
