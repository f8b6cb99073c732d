package org.heshi.matters.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of wrong is planted once in a good file; the line where it is expected carries {@code #<}. */
class WrongProcedureFileTests {

    private static final String MARK = "#<";
    private static final String MERGE = "  merge: #<\n    title: {zh: 并案, en: Merge}\n    from: registered\n    to: closed\n"
            + "    who: [{role: dispatcher, relation: desk}]\n    audience: [staff, reporter]\n    fields:\n"
            + "      into: {type: matter, label: {zh: 并入, en: Into}, required: true, sets: other}\n"
            + "    effect: merge\n    outcomes: [resolved]\n    says: {zh: 并案, en: Merged}\n";
    private static final String RELAY = "  relay:\n    title: {zh: 送达, en: Relay}\n    from: closed\n    who: {machine: relay}\n"
            + "    audience: [staff, reporter]\n    fields:\n      answer: {type: text, label: {zh: 答复, en: Answer}, required: true}\n"
            + "    says: {zh: 送达, en: Relayed}\n";

    static Stream<Arguments> plantedInAKind() {
        return Stream.of(
                // keys and shapes
                planted("an unknown key of the file", "order: 10", "colour: red #<", "unknown key 'colour'"),
                planted("an unknown key of a state", "    turn: lead\n", "    turn: lead\n    colour: red #<\n", "state 'working': unknown key 'colour'"),
                planted("an unknown key of an action", "    not_by: [answer]\n", "    not_by: [answer]\n    notby: [answer] #<\n", "action 'verify': unknown key 'notby'"),
                planted("an unknown key of a field", "{type: text, max: 500,", "{type: text, maximum: 500, #<\n       ", "unknown key 'maximum'"),
                planted("a key twice", "order: 10", "order: 10\norder: 11 #<", "'order' stands here a second time, first on line 2"),
                planted("an action twice", "  answer:\n    title:", "  assign: #<\n    title:", "'assign' stands here a second time"),
                planted("a state twice", "  working:\n", "  registered: #<\n", "'registered' stands here a second time"),
                planted("a list where a mapping belongs", "outcomes:\n  resolved: {zh: 已解决, en: Resolved}\n  unfounded: {zh: 不属实, en: Unfounded}\n",
                        "outcomes:\n  - resolved #<\n", "'outcomes': a mapping is expected, here is a list"),
                planted("words where a mapping belongs", "title: {zh: 维修, en: Repair}", "title: Repair #<", "'title': a mapping is expected, here is words"),
                planted("a mapping where words belong", "kind: repair", "kind: {a: b} #<", "'kind': words are expected, here is a mapping"),
                planted("a key that is a list", "order: 10", "[a, b]: 10 #<", "a key must be a word"),
                planted("an empty list", "from: working", "from: [] #<", "'from' is an empty list"),
                planted("a word twice in a list", "not_by: [answer]", "not_by: [answer, answer] #<", "'answer' stands there twice"),
                // YAML that a file does not need
                planted("an anchor", "title: {zh: 维修, en: Repair}", "title: &t {zh: 维修, en: Repair} #<", "anchors (&name) are not allowed"),
                planted("an alias", "about: {zh: 维修, en: Repair}", "about: *t #<", "aliases (*name) are not allowed"),
                planted("a tag", "order: 10", "order: !!int 10 #<", "tags (tag:yaml.org,2002:int) are not allowed"),
                planted("a tag that names a class", "order: 10", "order: !!javax.script.ScriptEngineManager [] #<", "tags (tag:yaml.org,2002:javax.script"),
                planted("a second document", "actions:\n", "--- #<\nactions:\n", "only one document is allowed"),
                planted("a quote that never closes", "en: Unfounded}", "en: 'Unfounded}", "not readable as YAML"),
                planted("a tab for indentation", "  assign:\n", "\tassign: #<\n", "not readable as YAML"),
                // words
                planted("no Chinese words", "title: {zh: 维修, en: Repair}", "title: {en: Repair} #<", "the Chinese words ('zh') are missing"),
                planted("no English words", "says: {zh: 办理中, en: Working}", "says: {zh: 办理中, en: ''} #<", "state 'working': 'says': the English words ('en') are missing"),
                planted("no title", "    title: {zh: 交办, en: Assign}\n    from: registered\n", "    from: registered #<\n", "action 'assign': 'title' is missing"),
                planted("an over-long title", "title: {zh: 维修, en: Repair}", "title: {zh: " + "长".repeat(41) + ", en: Repair} #<", "has 41 characters, the most are 40"),
                planted("letters that turn the direction of writing", "en: Working}\n    step", "en: \"Wor\\u202Eking\"} #<\n    step",
                        "turn the direction of writing"),
                planted("an over-long name", "  assign:\n", "  " + "a".repeat(41) + ": #<\n", "has at most 40 characters"),
                planted("a name that is no name", "  assign:\n", "  Assign It: #<\n", "action 'Assign It': a name has small letters"),
                planted("an action named as the law's own", "  verify:\n", "  erase: #<\n", "action 'erase': the word is reserved"),
                planted("a reserved name of a state", "  working:\n", "  any: #<\n", "state 'any': the word is reserved for 'from'"),
                planted("a number that is none", "order: 10", "order: ten #<", "'order' must be a whole number from 0 to 999, not 'ten'"),
                planted("a number out of range", "max: 500", "max: 500000", "'max' must be a whole number from 1 to 20000"),
                planted("a flag that is none", "final: true", "final: yes #<", "'final' must be true or false, not 'yes'"),
                // names of things that are not there
                planted("an unknown role", "role: handler,", "role: boss,", "unknown role 'boss', known are window-clerk, dispatcher"),
                planted("an unknown relation", "relation: lead}", "relation: friend}", "unknown relation 'friend'"),
                planted("an unknown turn", "turn: lead", "turn: mayor #<", "state 'working': unknown relation 'mayor'"),
                planted("an unknown who", "who: reporter", "who: everybody #<", "unknown who 'everybody'"),
                planted("an unknown machine", "who: reporter", "who: {machine: robot} #<", "unknown machine 'robot', known are clock, importer, relay, reminder, rights, whistle"),
                planted("an unknown field type", "type: text,", "type: essay,", "unknown type 'essay'"),
                planted("an unknown target", "sets: lead}", "sets: leader}", "unknown target 'leader'"),
                planted("an unknown audience", "audience: [staff, reporter]\n    effect: reopen", "audience: [staff, press] #<\n    effect: reopen",
                        "unknown audience 'press'"),
                planted("no audience", "    audience: [staff, reporter]\n    effect: reopen", "    effect: reopen", "action 'reopen': 'audience' is missing"),
                planted("an unknown effect", "effect: reopen", "effect: explode #<", "unknown effect 'explode'"),
                planted("an unknown state in from", "from: working", "from: sleeping #<", "'from' names the unknown state 'sleeping'"),
                planted("an unknown state in to", "to: working", "to: sleeping #<", "'to' names the unknown state 'sleeping'"),
                planted("an unknown outcome", "outcomes: [resolved, unfounded]", "outcomes: [resolved, lost] #<", "unknown outcome 'lost'"),
                planted("an unknown action in not_by", "not_by: [answer]", "not_by: [answer, think] #<", "'not_by' names the unknown action 'think'"),
                planted("an unknown step", "    step: out", "    step: beyond #<", "state 'closed': unknown step 'beyond'"),
                planted("a step without a state", "  out: {zh: 出, en: Out}\n", "  out: {zh: 出, en: Out}\n  nowhere: {zh: 无, en: No} #<\n", "step 'nowhere': no state belongs to it"),
                planted("an unknown fragment", "include: [import]", "include: [import, nothing-there] #<", "there is no file common/nothing-there.yaml"),
                planted("an include of the wrong shape", "include: [import]", "include: {a: b} #<", "'include': a word or a list of words is expected"),
                planted("something left out that is not there", "include: [import]", "include: [import]\nwithout: [dance] #<", "'without' names 'dance', which no included"),
                planted("something left out that is the file's own", "include: [import]", "include: [import]\nwithout: [assign] #<", "which the file itself describes"),
                planted("shared fields that nobody has", "      answer: {type: text,", "      include: nobodys #<\n      answer: {type: text,",
                        "'include' names the fields 'nobodys', which no included fragment has"),
                planted("an unknown kind in arrivals", "  intake.registered: registered\n", "  intake.registered: registered\n  dream.open: registered #<\n",
                        "arrival 'dream.open': unknown kind 'dream'"),
                planted("an unknown state in arrivals", "  intake.registered: registered\n", "  intake.registered: registered\n  intake.open: registered #<\n",
                        "kind 'intake' has no state 'open'"),
                planted("an arrival in an unknown state", "intake.registered: registered", "intake.registered: dreaming #<", "unknown state 'dreaming'"),
                planted("an arrival in a final state", "intake.registered: registered", "intake.registered: closed #<", "cannot arrive in the final state 'closed'"),
                planted("an arrival that is no kind and state", "intake.registered: registered", "registered: registered #<", "write it as kind.state"),
                planted("an arrival from a state that nothing leaves", "  intake.registered: registered\n",
                        "  intake.registered: registered\n  intake.closed: registered #<\n", "no action leaves 'intake' from there"),
                planted("no arrival from intake", "arrivals:\n  intake.registered: registered\n", "", "'arrivals' lacks 'intake.registered'"),
                // law
                planted("a basis without a law", "{law: 某法, article: 第三条}", "{article: 第三条} #<", "basis: 'law' is missing"),
                planted("a basis whose article is none", "{law: 某法, article: 第三条}", "{law: 某法, article: somewhere} #<", "'somewhere' is no article"),
                planted("a basis that is no list", "basis:\n  - {law: 某法, article: 第三条}", "basis: 某法 #<", "'basis': a list is expected"),
                // fields
                planted("options of a field that is no choice", "{type: unit,", "{type: unit, options: {a: {zh: 一, en: One}},", "only a field of type choice has 'options'"),
                planted("a choice without options", "        options:\n          phone: {zh: 电话, en: Phone}\n", "", "'options' is missing"),
                planted("a choice with no option", "        options:\n          phone: {zh: 电话, en: Phone}\n", "        options: {} #<\n", "there is no option"),
                planted("a field that sets what its type cannot", "sets: lead}", "sets: category}", "'category' is set by a field of type category, not unit"),
                planted("two fields that set the same", "      how:\n", "      other: {type: unit, label: {zh: 牵头, en: Lead}, sets: lead} #<\n      how:\n",
                        "sets 'lead', which 'lead' sets already"),
                planted("a max that the type has not", "{type: unit,", "{type: unit, max: 3,", "a field of type unit has no 'max'"),
                planted("a future of what is no time", "{type: unit,", "{type: unit, future: true,", "only a field of type time has 'future'"),
                planted("a kind of unit that there is none of", "{type: unit,", "{type: unit, units: [castle],", "unknown kind of unit 'castle'"),
                // the whole
                planted("a state that nothing reaches", "  closed:\n    title:",
                        "  attic: #<\n    title: {zh: 阁, en: Attic}\n    step: in\n    turn: desk\n    says: {zh: 阁, en: Attic}\n  closed:\n    title:",
                        "state 'attic' cannot be reached"),
                planted("a dead end", "    from: answered\n    to: closed\n", "    from: answered\n    to: answered\n", "state 'working' is a dead end"),
                planted("an open state in which nobody of staff may act", "who: [{role: handler, relation: lead}]", "who: [{role: handler, relation: helper}]",
                        "state 'working': nobody of staff may bring it on"),
                planted("an end that only the reporter can bring", "who: [{role: verifier, relation: verifier}]", "who: reporter",
                        "state 'answered' is a dead end"),
                planted("an end without an outcome",
                        "    fields:\n      outcome: {type: outcome, label: {zh: 结果, en: Outcome}, required: true, sets: outcome}\n    outcomes: [resolved, unfounded]\n", "",
                        "action 'verify' leads to the final state 'closed' without an outcome"),
                planted("outcomes without a field to choose",
                        "    fields:\n      outcome: {type: outcome, label: {zh: 结果, en: Outcome}, required: true, sets: outcome}\n", "",
                        "action 'verify' has more than one outcome, but no field"),
                planted("an outcome that need not be chosen", "label: {zh: 结果, en: Outcome}, required: true,", "label: {zh: 结果, en: Outcome},",
                        "its field of type outcome must be required"),
                planted("a final state with a turn", "    final: true\n", "    final: true\n    turn: desk #<\n", "state 'closed': a final state has no turn"),
                planted("an open state with nobody's turn", "turn: lead", "turn: none #<", "state 'working': a state that is not final must say whose turn it is"),
                planted("a check by whoever answered", "    not_by: [answer]\n", "", "'not_by' must name everything that brings a matter to it: answer"),
                planted("a birth outside intake", "    from: registered\n    to: working\n    who: [{role: dispatcher, relation: desk}]",
                        "    from: nothing\n    to: working\n    who: [{role: dispatcher}]", "action 'assign' makes a matter: only intake, kinds that are internal and the action 'import' may"),
                planted("anyone on a matter that is there", "who: reporter", "who: anyone", "anyone may only make a matter"),
                planted("a role without a relation on a matter that is there", "who: [{role: dispatcher, relation: desk}]", "who: [{role: dispatcher}]",
                        "a role without a relation may only make a matter"),
                planted("a post that stands as reporter", "{role: dispatcher, relation: desk}", "{role: dispatcher, relation: reporter}",
                        "a post stands as desk, lead, helper, verifier or over"),
                planted("no import", "include: [import]\n", "", "action 'import' is missing"),
                planted("an answer without words", "    fields:\n      answer: {type: text, max: 500, label: {zh: 答复, en: Answer}, required: true}\n", "",
                        "effect answer: needs a required field 'answer' of type text"),
                planted("a merger that names no matter", "effect: answer", "effect: merge", "effect merge: needs a required field that sets 'other'"),
                planted("a merger whose answer never comes", "  verify:\n    title:", MERGE + "  verify:\n    title:",
                        "so the action 'relay' must bring its answer here"),
                planted("a relay that leaves the end it came to", "  verify:\n    title:", MERGE + RELAY.replace("from: closed", "from: answered")
                        + "  verify:\n    title:", "so the action 'relay' must bring its answer here"),
                planted("a sorting outside intake", "effect: reopen", "effect: sort", "effect sort: only intake sorts"),
                planted("a reopening from an open state", "    from: closed\n    to: registered\n", "    from: answered\n    to: registered\n",
                        "effect reopen: must lead from final states"),
                planted("a reporter who may not read what they did", "audience: [staff, reporter]\n    effect: reopen", "audience: staff\n    effect: reopen",
                        "who reports must be able to read what they did"),
                planted("an action that starts nowhere", "from: working", "from: {states: working, except: working} #<", "'from' means no state of this kind"),
                planted("an outcome kept that nobody gave", "  unfounded: {zh: 不属实, en: Unfounded}\nactions:\n", """
                          unfounded: {zh: 不属实, en: Unfounded}
                          kept: {zh: 照旧, en: As it was}
                        actions:
                          settle: #<
                            title: {zh: 结, en: Settle}
                            from: answered
                            to: closed
                            who: [{role: verifier, relation: verifier}]
                            not_by: [answer]
                            audience: [staff, reporter]
                            outcomes: [kept]
                            says: {zh: 结, en: Settled}
                        """, "action 'settle' keeps the outcome, but a matter can come to a state it starts in without one"),
                planted("a lead above an unknown action", "    says: {zh: 交办, en: Assigned}", "    above: [dance] #<\n    says: {zh: 交办, en: Assigned}",
                        "'above' names the unknown action 'dance'"),
                planted("nobody who could stand above", "    effect: answer", "    above: [assign]\n    effect: answer", "'above' needs a field that sets 'lead'"),
                clock("a lapse by somebody", "lapses: answer", "it names the machine clock among those who may"),
                clock("a limit of nothing", "length: 0 DAY #<", "a limit is 1 to 3650 long, not 0"),
                clock("a limit of less than nothing", "length: -1 DAY #<", "not a limit"),
                clock("a limit of ten thousand days", "length: 10000 DAY #<", "a limit is 1 to 3650 long, not 10000"),
                clock("a limit in weeks", "length: 2 WEEK #<", "write 2 HOUR, 15 DAY, 5 WORKDAY or 1 MONTH"),
                clock("a limit for some levels only", "length: {blue: 7 DAY, red: 2 HOUR}", "'yellow' is missing"),
                clock("a clock that an unknown action starts", "starts: [assign, think] #<", "'starts' names the unknown action 'think'"),
                clock("a clock that nothing satisfies", "satisfies: think #<", "'satisfies' names the unknown action 'think'"),
                clock("a clock without a ground", "basis: []", "'basis' is missing: a limit has an article or a rule behind it"),
                clock("a clock that binds the reporter", "binds: reporter #<", "nothing is owed by a reporter"),
                clock("a pause without an end", "pauses: assign #<", "'pauses' and 'resumes' come together"),
                clock("a rest without an end", "rests: answer #<", "'rests' and 'wakes' come together"),
                clock("a pause without a reason", "pauses: answer\n    resumes: verify", "needs a required field 'reason' of type choice"),
                clock("an extension by nobody knows how much", "extends: {action: answer, most: 5}", "needs a required field 'days' of type number"),
                clock("hours for a limit in days", "hours: daily 08:00-20:00 #<", "only a length in hours has 'hours'"),
                planted("an action within an unknown clock", "    effect: reopen", "    within: term #<\n    effect: reopen", "'within' names the unknown clock 'term'"),
                planted("a kind that is not its file's", "kind: repair", "kind: mending #<", "kind 'mending' must stand in a file of its own name, mending.yaml"));
    }

    /** A sound clock but for this line, which takes the place of the one with its key or is added. */
    private static Arguments clock(String what, String line, String message) {
        StringBuilder clock = new StringBuilder("\nclocks:\n  term:\n");
        String key = line.substring(0, line.indexOf(':'));
        for (String sound : List.of("title: {zh: 期限, en: Term}", "length: 7 DAY", "binds: lead", "starts: assign", "satisfies: answer",
                "basis: [{law: 规程, article: 全文, local: true}]")) {
            clock.append("    ").append(sound.startsWith(key + ":") ? line : sound).append('\n');
        }
        if (!clock.toString().contains(line)) {
            clock.append("    ").append(line).append('\n');
        }
        return planted(what, "\nactions:\n", clock + "actions:\n", message);
    }

    private static Arguments planted(String what, String good, String bad, String message) {
        return Arguments.of(what, good, bad, message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plantedInAKind")
    void isRefusedWithFileAndLine(String what, String good, String bad, String message) {
        String text = GoodFiles.text("repair.yaml");
        assertThat(text).as("what is replaced").contains(good);
        String wrong = text.replaceFirst(java.util.regex.Pattern.quote(good), java.util.regex.Matcher.quoteReplacement(bad));

        List<Violation> found = violations(GoodFiles.with("repair.yaml", wrong));

        assertThat(found).as(what).anySatisfy(violation -> {
            assertThat(violation.message()).contains(message);
            assertThat(violation.file()).isEqualTo("repair.yaml");
            if (wrong.contains(MARK)) {
                assertThat(violation.line()).isEqualTo(line(wrong, MARK));
            }
        });
    }

    @Test
    void isFollowedByEveryOtherWrongAtOnce() {
        String wrong = GoodFiles.text("repair.yaml").replace("role: handler", "role: boss").replace("turn: lead", "turn: mayor")
                .replace("effect: reopen", "effect: explode");
        assertThat(violations(GoodFiles.with("repair.yaml", wrong))).extracting(Violation::line)
                .contains(line(wrong, "role: boss"), line(wrong, "turn: mayor"), line(wrong, "effect: explode"));
    }

    @Test
    void isEmpty() {
        assertThat(rendered(GoodFiles.with("repair.yaml", ""))).isEqualTo("repair.yaml:1: the file is empty");
        assertThat(rendered(GoodFiles.with("repair.yaml", " \n\n"))).isEqualTo("repair.yaml:1: the file is empty");
        assertThat(rendered(GoodFiles.with("repair.yaml", "# only a remark\n"))).isEqualTo("repair.yaml:1: the file is empty");
    }

    @Test
    void isNotUtf8() {
        String text = GoodFiles.text("repair.yaml");
        assertThat(rendered(GoodFiles.with("repair.yaml", text.getBytes(Charset.forName("GBK")))))
                .isEqualTo("repair.yaml:" + line(text, "维修") + ": the file is not UTF-8 from here on: save it as UTF-8");
    }

    @Test
    void isTooLong() {
        assertThat(rendered(GoodFiles.with("repair.yaml", "#".repeat(YamlFile.MOST_BYTES + 1)))).startsWith("repair.yaml:1: the file has 262145 bytes");
    }

    @Test
    void isNested() {
        assertThat(rendered(GoodFiles.with("repair.yaml", "a: " + "[".repeat(10_000)))).startsWith("repair.yaml:1: not readable as YAML: ");
    }

    @Test
    void growsWhenItIsRead() {
        String bomb = """
                a: &a [x, x, x, x, x, x, x, x, x, x]
                b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
                c: [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
                """;
        assertThat(violations(GoodFiles.with("repair.yaml", bomb))).extracting(Violation::message)
                .contains("anchors (&name) are not allowed: use include", "aliases (*name) are not allowed: use include");
    }

    @Test
    void holdsACharacterThatNoTextHas() {
        assertThat(rendered(GoodFiles.with("repair.yaml", "kind: repair\ntitle: a\u0000b\n"))).isEqualTo(
                "repair.yaml:2: not readable as YAML: the character U+0000 is not allowed");
    }

    @Test
    void hasAnotherEnding() {
        assertThat(rendered(GoodFiles.with("extra.yml", "kind: extra"))).contains("extra.yml:1: the name must end in .yaml");
    }

    @Test
    void includesItself() {
        String circle = GoodFiles.text("common/import.yaml") + "include: [import]\n";
        assertThat(violations(GoodFiles.with("common/import.yaml", circle))).contains(
                new Violation("common/import.yaml", line(circle, "include:"), "fragment 'import' includes itself through 'import'"));
    }

    @Test
    void includesTheSameActionFromTwoFragments() {
        String second = GoodFiles.text("common/import.yaml").replace("en: Imported", "en: Fetched");
        List<ProcedureFile> files = GoodFiles.with("common/second.yaml", second);
        String repair = GoodFiles.text("repair.yaml").replace("include: [import]", "include: [import, second]");
        files.removeIf(file -> file.stem().equals("repair"));
        files.add(GoodFiles.file("repair.yaml", repair.getBytes(StandardCharsets.UTF_8)));
        assertThat(violations(files)).contains(new Violation("repair.yaml", line(repair, "include:"),
                "actions: 'import' comes from two fragments, common/import.yaml:2 and common/second.yaml:2"));
    }

    /** Groups of shared fields stand where they are named, and what the action says of one of them goes before. */
    @Test
    void isRightWhenItTakesSharedFields() {
        String shared = "fields:\n  pair:\n    one: {type: line, label: {zh: 一, en: One}}\n    two: {type: line, label: {zh: 二, en: Two}}\n";
        List<ProcedureFile> files = GoodFiles.with("common/pair.yaml", shared);
        String repair = GoodFiles.text("repair.yaml").replace("include: [import]", "include: [import, pair]")
                .replace("      answer: {type: text,", "      two: {label: {zh: 两, en: Both}, required: true}\n      include: pair\n      answer: {type: text,");
        files.removeIf(file -> file.stem().equals("repair"));
        files.add(GoodFiles.file("repair.yaml", repair.getBytes(StandardCharsets.UTF_8)));
        List<Procedure.Field> fields = ProcedureSet.of(files).kinds().get("repair").procedure().actions().get("answer").fields();
        assertThat(fields).extracting(Procedure.Field::name).containsExactly("one", "two", "answer");
        assertThat(fields.get(1).label().en()).isEqualTo("Both");
        assertThat(fields.get(1).required()).isTrue();
    }

    @Test
    void isAnIntakeInWhichMattersArrive() {
        String text = GoodFiles.text("intake.yaml") + "arrivals:\n  repair.registered: registered\n";
        assertThat(rendered(GoodFiles.with("intake.yaml", text))).contains("nothing arrives in intake");
    }

    @Test
    void leavesNoIntake() {
        List<ProcedureFile> files = GoodFiles.with("common/other.yaml", "actions: {}");
        files.removeIf(file -> file.stem().equals("intake"));
        assertThat(rendered(files)).contains("there is no intake.yaml");
    }

    @Test
    void mayHaveAByteOrderMarkAndCarriageReturns() {
        String text = "\uFEFF" + GoodFiles.text("repair.yaml").replace("\n", "\r\n");
        assertThatCode(() -> ProcedureSet.of(GoodFiles.with("repair.yaml", text))).doesNotThrowAnyException();
    }

    @Test
    void isToldFromOneWhoseMergedMattersAreAnswered() {
        String text = GoodFiles.text("repair.yaml").replace("  verify:\n    title:", MERGE + RELAY + "  verify:\n    title:");
        assertThatCode(() -> ProcedureSet.of(GoodFiles.with("repair.yaml", text))).doesNotThrowAnyException();
    }

    @Test
    void isToldFromAGoodOne() {
        assertThatCode(() -> ProcedureSet.of(GoodFiles.with("repair.yaml", GoodFiles.text("repair.yaml")))).doesNotThrowAnyException();
    }

    static List<Violation> violations(Collection<ProcedureFile> files) {
        RefusedProcedures refused = catchThrowableOfType(RefusedProcedures.class, () -> ProcedureSet.of(files));
        assertThat(refused).as("it was accepted").isNotNull();
        return refused.violations().list();
    }

    private static String rendered(Collection<ProcedureFile> files) {
        return new Violations(violations(files)).render();
    }

    private static int line(String text, String mark) {
        return 1 + (int) text.substring(0, text.indexOf(mark)).chars().filter(c -> c == '\n').count();
    }
}
