package org.heshi.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.imageio.ImageIO;
import javax.sql.DataSource;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.SuperuserConnection;
import org.heshi.access.AccessTable.Cell;
import org.heshi.access.AccessTable.Field;
import org.heshi.access.AccessTable.Sight;
import org.heshi.access.AccessTable.Standing;
import org.heshi.directory.Directory;
import org.heshi.directory.Person;
import org.heshi.directory.Role;
import org.heshi.directory.Roster;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Relation;
import org.heshi.matters.procedure.Procedure.State;
import org.heshi.matters.procedure.Procedure.Who;
import org.heshi.matters.procedure.Procedures;
import org.heshi.matters.procedure.Touched;
import org.heshi.matters.view.MatterViews;
import org.heshi.matters.view.MatterViews.HistoryItem;
import org.heshi.matters.view.MatterViews.MatterView;
import org.heshi.supervision.watch.Watched;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The access table against the program: a post of every role in a unit of every standing, residents and strangers, each before real matters of every kind,
 * while they are handled and when they have ended. What each sees through the views that all pages read by, what it is offered to do and what it may take
 * out is what the table says, cell by cell. Matters are made by acts; that each unit stands to them in one way only is arranged by SQL in a transaction
 * that is never committed, in which everything is then asked as the program's own role under its policies. By default each looks at half of the matters, neighbours
 * at the other half; with {@code -Dheshi.full=true} everybody at all.
 */
@HeshiTest
class EveryRightTests {

    private static final boolean FULL = Boolean.getBoolean("heshi.full");
    private static final Instant SINCE = Instant.parse("2020-01-01T00:00:00Z");

    @Autowired
    ApplicationContext context;
    @Autowired
    Matters matters;
    @Autowired
    MatterViews views;
    @Autowired
    Procedures procedures;
    @Autowired
    Looks looks;
    @Autowired
    EvidenceStore evidence;
    @Autowired
    DataSource dataSource;

    private final AccessTable table = AccessTable.shipped();
    private County county;
    private final Map<Standing, Unit> units = new EnumMap<>(Standing.class);
    private final List<Eyes> everybody = new ArrayList<>();
    private final List<Known> known = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final Set<String> met = new TreeSet<>();
    private long cells;

    /** Somebody who looks. @param who as the table calls them @param matter the only one they stand so to; empty for all */
    private record Eyes(String who, Standing standing, Actor actor, Optional<UUID> matter) {

        @Override
        public String toString() {
            return who + " as " + standing.code();
        }
    }

    private enum Stage { /** The desk's and the check's turn. */ TURN, /** The lead's. */ WORK, ENDED }

    /** @param has what there is of it to be seen */
    private record Known(UUID id, MatterNumber number, Procedure procedure, Stage stage, Set<Field> has) {
    }

    // ---- everybody

    @BeforeEach
    void aPostOfEveryRoleInAUnitOfEveryStanding() {
        county = County.make(context);
        for (Standing standing : List.of(Standing.DESK, Standing.LEAD, Standing.HELPER, Standing.VERIFIER, Standing.ORIGIN, Standing.BARRED, Standing.NONE)) {
            units.put(standing, unit(UnitType.DEPARTMENT, county.code, standing));
        }
        units.put(Standing.ABOVE, unit(UnitType.CENTRE, county.code, Standing.ABOVE));
        units.put(Standing.ABOVE_TOWN, unit(UnitType.TOWN, county.townA, Standing.ABOVE_TOWN));
        List<Person> people = new ArrayList<>();
        List<Roster.NewPost> posts = new ArrayList<>();
        List<Roster.NewHolding> held = new ArrayList<>();
        record Hired(Role role, Standing standing, UUID person, UUID post) {
        }
        List<Hired> hired = new ArrayList<>();
        units.forEach((standing, unit) -> {
            for (Role role : Role.values()) {
                Person person = new Person(Uuid7.at(SINCE), "试验" + role.code(), Optional.empty(), Optional.empty());
                Roster.NewPost post = new Roster.NewPost(Uuid7.at(SINCE), unit.id(), "岗位" + role.code(), Set.of(role), Optional.empty());
                people.add(person);
                posts.add(post);
                held.add(new Roster.NewHolding(post.id(), person.id()));
                hired.add(new Hired(role, standing, person.id(), post.id()));
            }
        });
        Acting.run(new Actor.Machine("test"), () -> context.getBean(Roster.class).enter(new Roster.Entries(SINCE, List.copyOf(units.values()), people, posts, held,
                List.of(), List.of())));
        Directory directory = context.getBean(Directory.class);
        Instant now = context.getBean(java.time.InstantSource.class).instant();
        hired.forEach(h -> {
            Actor.Staff staff = new Actor.Staff(directory.findHeldPost(h.person(), h.post(), now).orElseThrow());
            everybody.add(new Eyes(h.role().code(), h.standing(), staff, Optional.empty()));
            if (h.standing() == Standing.NONE) {
                everybody.add(new Eyes(h.role().code(), Standing.OPENED, staff, Optional.empty()));
            }
        });
    }

    private Unit unit(UnitType type, String division, Standing standing) {
        return new Unit(Uuid7.at(SINCE), type, "试验单位" + standing.code() + county.code, division, Optional.empty());
    }

    // ---- every kind of matter

    private void made() {
        for (Procedure procedure : procedures.all()) {
            for (Stage stage : Stage.values()) {
                if (stage != Stage.WORK || Set.of("service", "dispute", "task").contains(procedure.kind())) {
                    made(procedure, stage);
                }
            }
        }
        Known first = known.getFirst();
        for (Known one : known.subList(1, known.size())) {
            if (one.procedure().findAction("link").isPresent()) {
                done(new Actor.Machine("test"), one.id(), county.actor(county.townClerkA), "link", Map.of("other", first.number().digits()));
                one.has().add(Field.LINKS);
                first.has().add(Field.LINKS);
            }
        }
    }

    private void made(Procedure procedure, Stage stage) {
        State state = procedure.states().values().stream().filter(one -> one.terminal() == (stage == Stage.ENDED))
                .sorted(java.util.Comparator.comparing(one -> !one.name().equals("mediating"))).findFirst().orElseThrow();
        Map<String, Object> input = new LinkedHashMap<>(Map.of("state", state.name(), "title", "路灯不亮", "description", "路灯坏了三天", "place", county.villageA,
                "place-words", "村口", "lead", county.roads.id().toString(), "answer", "已经修好", "name", "王小明", "phone", "13800000000"));
        Answer answer = imported(procedure, input);
        for (String outcome : procedure.outcomes().keySet()) {
            if (answer instanceof Answer.Refused) {
                input.put("outcome", outcome);
                answer = imported(procedure, input);
            }
        }
        assertThat(answer).as("%s in %s", procedure.kind(), state.name()).isInstanceOf(Answer.Done.class);
        Answer.Done begun = (Answer.Done) answer;
        Set<Field> has = EnumSet.of(Field.NUMBER, Field.WORDS, Field.PLACE, Field.CONTACT, Field.ANSWER, Field.HISTORY, Field.LOOKS);
        Actor desk = county.actor(county.townClerkA);
        if (procedure.findAction("note").isPresent()) {
            done(new Actor.Machine("test"), begun.matter(), desk, "note", Map.of("note", "内部记录"));
            has.add(Field.NOTES);
        }
        if (stage != Stage.ENDED && procedure.findAction("add").isPresent()) {
            done(new Actor.Machine("test"), begun.matter(), new Actor.Resident(begun.matter(), 1), "add", Map.of("words", "补充一张照片", "files", List.of(picture())));
            has.add(Field.FILES);
        }
        if (stage != Stage.ENDED && procedure.findAction("investigate").isPresent()) {
            done(new Actor.Machine("test"), begun.matter(), county.actor(county.handler), "investigate",
                    Map.of("at", "2026-01-01T09:00", "where", "村委会", "asked-name", "赵知情", "record", "不公开的话"));
            has.add(Field.SESSION);
        }
        Acting.run(desk, () -> looks.record(begun.matter()));
        known.add(new Known(begun.matter(), begun.number(), procedure, stage, has));
    }

    private Answer imported(Procedure procedure, Map<String, Object> input) {
        return Acting.as(new Actor.Machine("importer"), () -> matters.act(new Act(Optional.empty(), procedure.kind(), "import", input, 0, UUID.randomUUID().toString())));
    }

    private void done(Actor reads, UUID matter, Actor who, String action, Map<String, Object> input) {
        int version = Acting.as(reads, () -> views.get(matter).version());
        Answer answer = Acting.as(who, () -> matters.act(Act.on(matter, action, input, version, UUID.randomUUID().toString())));
        assertThat(answer).as(action).isInstanceOf(Answer.Done.class);
    }

    private Matters.Evidence picture() {
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            image.setRGB(0, 0, (int) System.nanoTime());
            ImageIO.write(image, "png", png);
            EvidenceStore.Kept kept = Acting.as(new Actor.Passerby(), () -> {
                try {
                    return evidence.keep("photo.png", png.size(), new ByteArrayInputStream(png.toByteArray()));
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            return ((EvidenceStore.Kept.Done) kept).evidence();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    // ---- the transaction that is never committed

    private void asked(java.util.function.Consumer<Connection> everything) throws SQLException {
        try (Connection connection = SuperuserConnection.open(context)) {
            connection.setAutoCommit(false);
            try (Statement s = connection.createStatement()) {
                for (Known one : known) {
                    stands(s, one);
                }
                // as if each had given a reason for each
                for (Eyes eyes : everybody) {
                    if (eyes.standing() == Standing.OPENED && eyes.actor() instanceof Actor.Staff staff) {
                        s.execute("insert into access.opening (id, matter, person, post, unit, ground, words, opened_at, until) select gen_random_uuid(), m.id, '%s', '%s', '%s', 'life', "
                                .formatted(staff.person(), staff.post(), staff.unit()) + "'somebody is in danger', now(), now() + interval '1 hour' from matters.matter m where m.id in ("
                                + known.stream().map(one -> "'" + one.id() + "'").collect(java.util.stream.Collectors.joining(",")) + ")");
                    }
                }
                s.execute("set local role heshi_app");
            }
            TransactionSynchronizationManager.bindResource(dataSource, new ConnectionHolder(connection, true));
            try {
                everything.accept(connection);
            } finally {
                TransactionSynchronizationManager.unbindResource(dataSource);
                connection.rollback();
            }
        }
    }

    /** Each unit in one relation, at a place that the centre and the town government above watch. */
    private void stands(Statement s, Known one) throws SQLException {
        s.execute("delete from matters.holding where matter = '%s'".formatted(one.id()));
        for (Standing standing : List.of(Standing.DESK, Standing.LEAD, Standing.HELPER, Standing.VERIFIER, Standing.ORIGIN, Standing.BARRED)) {
            boolean turn = one.stage() == Stage.TURN && (standing == Standing.DESK || standing == Standing.VERIFIER) || one.stage() == Stage.WORK && standing == Standing.LEAD;
            s.execute(("insert into matters.holding (matter, unit, relation, division_code, turn, state, kind, level, since) "
                    + "select m.id, '%s', '%s', '%s', %s, %s from matters.matter m where m.id = '%s'").formatted(units.get(standing).id(), standing.code(), county.villageA,
                    turn, turn ? "m.state, m.kind, m.level, m.entered_at" : "null, null, null, null", one.id()));
        }
    }

    private void scope(Connection connection, Eyes eyes, Known one) {
        Actor actor = eyes.actor();
        try (PreparedStatement set = connection.prepareStatement("""
                select set_config('app.kind', ?, true), set_config('app.unit', ?, true), set_config('app.post', ?, true),
                       set_config('app.person', ?, true), set_config('app.scope', ?, true), set_config('app.roles', ?, true),
                       set_config('app.matter', ?, true), set_config('app.party', ?, true), set_config('app.acted', '', true),
                       set_config('app.opened', ?, true)""")) {
            String[] values = TransactionScope.settings(actor);
            for (int i = 0; i < values.length; i++) {
                set.setString(i + 1, values[i]);
            }
            set.setString(values.length + 1, eyes.standing() == Standing.OPENED ? one.id().toString() : "");
            set.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- cell by cell

    @Test
    void isWhatTheTableSaysInEveryCell() throws SQLException {
        made();
        for (Known one : known) {
            if (!one.procedure().internal()) {
                everybody.add(new Eyes(AccessTable.RESIDENT, Standing.REPORTER, new Actor.Resident(one.id(), 1), Optional.of(one.id())));
                everybody.add(new Eyes(AccessTable.RESIDENT, Standing.PARTY, new Actor.Resident(one.id(), 2), Optional.of(one.id())));
            }
        }
        everybody.add(new Eyes(AccessTable.RESIDENT, Standing.NONE, new Actor.Resident(UUID.randomUUID(), 1), Optional.empty()));
        everybody.add(new Eyes(AccessTable.CLIENT, Standing.NONE, new Actor.Client(UUID.randomUUID(), units.get(Standing.LEAD).id(), Set.of()), Optional.empty()));
        everybody.add(new Eyes(AccessTable.STRANGER, Standing.NONE, new Actor.Passerby(), Optional.empty()));
        everybody.add(new Eyes(AccessTable.MACHINE, Standing.NONE, new Actor.Machine("test"), Optional.empty()));
        asked(connection -> {
            for (int i = 0; i < everybody.size(); i++) {
                int turn = i;
                Eyes eyes = everybody.get(i);
                Acting.run(eyes.actor(), () -> {
                    for (int j = 0; j < known.size(); j++) {
                        Known one = known.get(j);
                        // who has no other like them looks at all; of those that are many, each at half of the stages of a kind, which follow one another, and of the next kind
                        // at the others
                        if (eyes.matter().map(one.id()::equals).orElse(FULL || !(eyes.actor() instanceof Actor.Staff) || (turn + j + j / 2) % 2 == 0)) {
                            scope(connection, eyes, one);
                            compare(eyes, one, connection);
                        }
                    }
                });
            }
        });
        takenOut();
        System.out.printf("The access table was compared with what is really so in %,d cells: %d who look, %d matters of %d kinds.%n", cells, everybody.size(), known.size(),
                procedures.all().size());
        assertThat(wrong).isEmpty();
        assertThat(cells).isGreaterThan(FULL ? 30_000 : 15_000);
        assertThat(met).as("fields that were there to be seen").hasSize(Field.values().length - 1);
    }

    private void compare(Eyes eyes, Known one, Connection connection) {
        Set<Field> seen = seen(one);
        seen.forEach(field -> met.add(field.code()));
        for (Field field : Field.values()) {
            if (field == Field.PROOF) {
                // asked for over HTTP by who gave the code only: the matrix of addresses tries it
                continue;
            }
            boolean allowed = one.has().contains(field) && sees(eyes, one, field);
            check(eyes, one, "sees " + field.code(), allowed, seen.contains(field));
        }
        if (!seen.contains(Field.NUMBER) || eyes.actor() instanceof Actor.Machine) {
            return;
        }
        Set<Field> acts = EnumSet.noneOf(Field.class);
        views.nextActions(one.id()).forEach(action -> acts.addAll(Touched.by(action)));
        for (Field field : Field.values()) {
            cells++;
            if (acts.contains(field) && !cell(eyes, one, field).act()) {
                wrong.add(eyes + ", " + one.procedure().kind() + " " + one.stage() + ": is offered to act on " + field.code());
            }
        }
        one.procedure().findAction("note").filter(note -> note.from().contains(views.get(one.id()).state().name())).ifPresent(_ -> {
            Answer answer = matters.act(Act.on(one.id(), "note", Map.of(), views.get(one.id()).version(), UUID.randomUUID().toString()));
            boolean refused = ((Answer.Refused) answer).refusals().stream().anyMatch(refusal -> refusal.code().equals("not-allowed"));
            check(eyes, one, "acts on notes", cell(eyes, one, Field.NOTES).act(), !refused);
            scope(connection, eyes, one);
        });
    }

    private void check(Eyes eyes, Known one, String what, boolean allowed, boolean so) {
        cells++;
        if (allowed != so) {
            wrong.add(eyes + ", " + one.procedure().kind() + " " + one.stage() + ": " + what + " " + so + ", and by the table " + allowed);
        }
    }

    private Cell cell(Eyes eyes, Known one, Field field) {
        return table.cell(eyes.who(), eyes.standing(), one.procedure().kind(), one.procedure().internal(), field);
    }

    private boolean sees(Eyes eyes, Known one, Field field) {
        Sight sight = cell(eyes, one, field).see();
        return switch (sight) {
            case NO -> false;
            case ALL -> true;
            // the first party is the reporter, whose contacts these are; nothing here is told to all parties, and no resident said anything behind closed doors
            case OWN -> eyes.standing() == Standing.REPORTER && field != Field.SESSION;
            case TURN -> one.stage() == Stage.TURN && (eyes.standing() == Standing.DESK || eyes.standing() == Standing.VERIFIER);
            case OPEN -> one.stage() != Stage.ENDED;
        };
    }

    private Set<Field> seen(Known one) {
        Set<Field> seen = EnumSet.noneOf(Field.class);
        if (!looks.of(one.id()).isEmpty()) {
            seen.add(Field.LOOKS);
        }
        Optional<UUID> found = views.find(one.number());
        if (found.isEmpty()) {
            return seen;
        }
        seen.add(Field.NUMBER);
        MatterView view = views.get(one.id());
        List<HistoryItem> history = views.history(one.id());
        Map<String, Integer> actions = new HashMap<>();
        history.forEach(item -> actions.put(item.action(), item.seq()));
        if (!view.word("title").isEmpty() || !view.word("description").isEmpty()) {
            seen.add(Field.WORDS);
        }
        if (!view.word("place-words").isEmpty()) {
            seen.add(Field.PLACE);
        }
        if (view.parties().stream().anyMatch(party -> !party.contacts().isEmpty())) {
            seen.add(Field.CONTACT);
        }
        if (!view.word("answer").isEmpty()) {
            seen.add(Field.ANSWER);
        }
        if (!view.files().isEmpty()) {
            seen.add(Field.FILES);
        }
        if (!view.word("note").isEmpty() || actions.containsKey("note")) {
            seen.add(Field.NOTES);
        }
        if (!view.word("record").isEmpty() || actions.containsKey("investigate")) {
            seen.add(Field.SESSION);
        }
        if (actions.containsKey("import")) {
            seen.add(Field.HISTORY);
        }
        // the view lists them for staff; the program itself reads the table of links
        if (!view.links().isEmpty() || Acting.current() instanceof Actor.Machine && one.has().contains(Field.LINKS)) {
            seen.add(Field.LINKS);
        }
        return seen;
    }

    /** Lists leave the program for who watches a place, by the same table. */
    private void takenOut() {
        for (Eyes eyes : everybody) {
            if (eyes.actor() instanceof Actor.Staff staff) {
                boolean allowed = table.cell(eyes.who(), eyes.standing(), AccessTable.BROUGHT, false, Field.NUMBER).export();
                boolean so = Acting.as(staff, () -> {
                    try {
                        Watched.takenOut();
                        return true;
                    } catch (AccessDeniedException e) {
                        return false;
                    }
                });
                cells++;
                if (allowed != so) {
                    wrong.add(eyes + " takes out " + so + ", and by the table " + allowed);
                }
            }
        }
    }

    @Test
    void isGrantedNowhereWhereNoProcedureMakesUseOfIt() {
        Map<String, Set<Field>> used = new HashMap<>();
        for (Procedure procedure : procedures.all()) {
            String group = procedure.internal() ? AccessTable.BETWEEN_OFFICES : AccessTable.BROUGHT;
            for (Action action : procedure.actions().values()) {
                for (Who who : action.who()) {
                    used.computeIfAbsent(group + " " + key(who, action), _ -> EnumSet.noneOf(Field.class)).addAll(Touched.by(action));
                    if (who instanceof Who.Party) {
                        // whoever reported it is a party, too
                        used.computeIfAbsent(group + " " + key(new Who.Reporter(), action), _ -> EnumSet.noneOf(Field.class)).addAll(Touched.by(action));
                    }
                }
            }
        }
        List<String> idle = new ArrayList<>();
        long compared = 0;
        // other programs report as anybody does
        used.keySet().stream().filter(key -> key.endsWith(" stranger new")).toList().forEach(key -> used.put(key.replace("stranger", "client"), used.get(key)));
        for (String group : List.of(AccessTable.BROUGHT, AccessTable.BETWEEN_OFFICES)) {
            for (String who : AccessTable.people()) {
                for (Standing standing : AccessTable.standingsOf(who)) {
                    for (Field field : Field.values()) {
                        compared++;
                        boolean granted = table.cell(who, standing, group, false, field).act();
                        boolean so = used.getOrDefault(group + " " + who + " " + standing.code(), Set.of()).contains(field);
                        // what machines may do is not told apart by kind
                        if (granted != so && !who.equals(AccessTable.MACHINE)) {
                            idle.add(who + " as " + standing.code() + ", " + group + ", " + field.code() + ": the table says " + granted + ", procedures say " + so);
                        }
                    }
                }
            }
        }
        System.out.printf("What procedures let people do was compared with the access table in %,d cells.%n", compared);
        assertThat(idle).isEmpty();
    }

    private static String key(Who who, Action action) {
        return switch (who) {
            case Who.Post(var role, var relation) -> role.code() + " " + standing(relation).code();
            case Who.AnyPost(var role) -> role.code() + " new";
            case Who.Reporter _ -> "resident reporter";
            case Who.Party _ -> "resident party";
            case Who.Anyone _ -> "stranger new";
            case Who.Machine _ -> "machine " + (action.makesAMatter() ? "new" : "none");
        };
    }

    private static Standing standing(Relation relation) {
        return Touched.standing(relation);
    }
}
