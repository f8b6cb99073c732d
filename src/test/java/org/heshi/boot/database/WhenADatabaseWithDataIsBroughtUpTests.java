package org.heshi.boot.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.heshi.DemoTest;
import org.heshi.Heshi;
import org.heshi.Visitor;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.boot.upgrade.Shapes;
import org.heshi.directory.Directory;
import org.heshi.identity.Accounts;
import org.heshi.matters.Chains;
import org.heshi.matters.Follower;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedures;
import org.heshi.supervision.Eventually;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Whoever has had the program for a year starts the new one on what they have. Each snapshot of an older release is put into the schema that its
 * own migrations make; then every later migration runs on it, whatever there will be of them, and people work on.
 */
@ParameterizedClass(name = "from {0}")
@MethodSource("snapshots")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WhenADatabaseWithDataIsBroughtUpTests {

    /** What the program writes again by itself, or what passes. Of everything else no row may be lost. */
    private static final Set<String> MADE_AGAIN = Set.of("boot.fact", "access.look", "access.salt", "access.throttle", "access.backoff", "identity.session",
            "matters.clock", "matters.recount", "matters.sequencer", "matters.follower", "matters.tally", "matters.tally_of", "supervision.mark",
            "supervision.figure");
    /** Written once and for ever. */
    private static final List<String> LOG = List.of("matters.entry", "matters.particular", "matters.\"position\"");
    private static final String TABLES = """
            select quote_ident(n.nspname) || '.' || quote_ident(c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'v') and c.relname <> 'migration' and n.nspname = any (?) order by 1
            """;
    private static final String OWNED = """
            select quote_ident(n.nspname) || '.' || quote_ident(c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and obj_description(c.oid) like 'class: owned%%' and has_table_privilege('%s', c.oid, 'select')
            """.formatted(Logins.APP);
    private static final String OVER_AND_NOT_LISTED = """
            select c.matter || ' ' || c.name from matters.clock c where c.owed and c.said >= 2 and c.due_at <= now()
              and not exists (select from supervision.mark m where m.matter = c.matter and m.seq = c.run and m.what = 'overdue' and m.clock = c.name)
            """;
    private static final String COLUMNS = """
            select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
            where attrelid = '%s'::regclass and attnum > 0 and not attisdropped
            """;

    @TempDir
    static Path folder;

    static Cluster cluster;
    static Logins logins;
    static String url;
    static Map<String, Long> rowsBefore;
    static Map<String, Long> rowsAfter;
    static Map<String, String> logBefore;
    static Map<String, String> logAfter;
    static Set<String> shapeOfANewOne = Set.of();
    static Set<String> clocksBefore;
    static Set<String> clocksAfter;
    static boolean pendingAfter;
    static List<String> photos;
    static long wordsBefore;
    static @Nullable ConfigurableApplicationContext program;

    @Parameter
    Snapshot snapshot;

    static List<Snapshot> snapshots() throws IOException {
        try (Stream<Path> files = Files.list(Snapshot.FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".xz")).sorted().map(Snapshot::in).toList();
        }
    }

    @BeforeParameterizedClassInvocation
    static void bringUp(Snapshot snapshot) throws Exception {
        for (String chatty : List.of("org.flywaydb", "com.zaxxer.hikari", "io.zonky")) {
            LoggingSystem.get(Heshi.class.getClassLoader()).setLogLevel(chatty, LogLevel.ERROR);
        }
        Path data = Files.createDirectory(folder.resolve(snapshot.toString()));
        // snapshots hold no key; nobody follows these matters with a code
        Path key = Files.createFile(data.resolve("code.key"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(key, new byte[32]);
        logins = Logins.make(data.resolve("database.properties"));
        cluster = new Cluster(data, Binaries.in(Path.of("target", "postgres-binaries").toAbsolutePath()), Launcher.here());
        cluster.make(logins.admin());
        cluster.start();
        url = Server.address(cluster.port());
        try (Connection c = DriverManager.getConnection(url.replaceAll("/[a-z]+$", "/postgres"), logins.admin().user(), logins.admin().password())) {
            Server.found(c, logins, true);
            if (shapeOfANewOne.isEmpty()) {
                try (Connection superuser = superuser()) {
                    execute(superuser, Server.EXTENSIONS);
                    Migrations.run(url, logins.owner());
                    shapeOfANewOne = Shapes.of(superuser);
                }
                execute(c, "drop database " + url.replaceAll(".*/", "") + " with (force)");
                Server.found(c, logins, true);
            }
        }
        try (Connection superuser = superuser()) {
            execute(superuser, Server.EXTENSIONS);
            asItWasMade(snapshot.versions());
            snapshot.load(superuser);
            rowsBefore = rows(superuser);
            Map<String, String> columns = new LinkedHashMap<>();
            for (String table : LOG) {
                // a content names the digest of the entry before it, which is proved below, and of a key its first 128 bits are kept
                columns.put(table, one(superuser, COLUMNS.formatted(table)).replace(" previous,", "").replace("idempotency_key", "substring(idempotency_key from 1 for 16)"));
            }
            logBefore = log(superuser, columns);
            clocksBefore = clocks(superuser);

            Migrations.run(url, logins.owner());

            pendingAfter = pending();
            rowsAfter = rows(superuser);
            logAfter = log(superuser, columns);
            clocksAfter = clocks(superuser);
            photos = photos();
            wordsBefore = number(superuser, "select count(*) from matters.particular where value is not null");
        }
    }

    @AfterParameterizedClassInvocation
    static void leave() {
        if (program != null) {
            program.close();
            program = null;
        }
        cluster.stop();
    }

    /** The schema that the snapshot's own release had: today's scripts up to its versions. That none of them changed since is checked by Flyway later. */
    private static void asItWasMade(Map<String, String> versions) {
        try (HikariDataSource owner = new HikariDataSource()) {
            owner.setJdbcUrl(url);
            owner.setUsername(logins.owner().user());
            owner.setPassword(logins.owner().password());
            owner.setMaximumPoolSize(2);
            for (String room : Migrations.ROOMS) {
                String version = versions.get(room);
                if (version != null) {
                    // by the question mark Flyway does not miss a script
                    Migrations.of(room, owner).target(version.equals("0") ? "0?" : version).load().migrate();
                }
            }
        }
    }

    @Test
    @Order(1)
    void hadMattersAndPeople() {
        assertThat(rowsBefore).hasEntrySatisfying("matters.matter", rows -> assertThat(rows).isGreaterThan(30));
        assertThat(rowsBefore).hasEntrySatisfying("matters.entry", rows -> assertThat(rows).isGreaterThan(100));
        assertThat(rowsBefore).hasEntrySatisfying("identity.account", rows -> assertThat(rows).isGreaterThan(10));
    }

    @Test
    @Order(2)
    void losesNoRow() {
        assertThat(rowsBefore).allSatisfy((table, rows) -> {
            if (!MADE_AGAIN.contains(table)) {
                assertThat(rowsAfter).as("rows of %s", table).hasEntrySatisfying(table, now -> assertThat(now).isGreaterThanOrEqualTo(rows));
            }
        });
    }

    @Test
    @Order(3)
    void changesNothingInTheLog() {
        assertThat(logAfter).isEqualTo(logBefore);
    }

    @Test
    @Order(4)
    void keepsTheClocksThatRun() {
        assertThat(clocksAfter).isEqualTo(clocksBefore);
    }

    @Test
    @Order(5)
    void listsWhatWasOverAndSaidBefore() throws SQLException {
        try (Connection superuser = superuser()) {
            assertThat(all(superuser, OVER_AND_NOT_LISTED)).isEmpty();
        }
    }

    @Test
    @Order(6)
    void isDoneOnce() throws SQLException {
        assertThat(pendingAfter).isFalse();
        try (Connection superuser = superuser()) {
            Map<String, String> history = history(superuser);
            Migrations.run(url, logins.owner());

            assertThat(history(superuser)).isEqualTo(history);
            assertThat(rows(superuser)).isEqualTo(rowsAfter);
        }
    }

    @Test
    @Order(7)
    void showsNothingOwnedToWhoHasNotSaidWhoActs() throws SQLException {
        List<String> shown = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        try (Connection app = DriverManager.getConnection(url, logins.app().user(), logins.app().password()); Connection superuser = superuser()) {
            for (String table : all(superuser, OWNED)) {
                asked.add(table);
                if (!all(app, "select 1 from " + table + " limit 1").isEmpty()) {
                    shown.add(table);
                }
            }
        }
        assertThat(asked).contains("matters.matter", "matters.entry_row", "matters.particular", "matters.holding", "matters.party");
        assertThat(shown).isEmpty();
    }

    @Test
    @Order(8)
    void provesItsLog() throws SQLException {
        Chains chains = program().getBean(Chains.class);
        List<Chains.Wrong> wrong = new ArrayList<>();

        long checked = Acting.as(new Actor.Machine("test"), () -> chains.verify(Optional.empty(), wrong::add, _ -> {
        }));

        // a snapshot holds rows and no bytes: each photo that an entry commits to is named missing, and nothing else is wrong
        assertThat(wrong).extracting(found -> found.what() + " " + found.detail()).containsExactlyInAnyOrderElementsOf(photos);
        assertThat(checked).isEqualTo(rowsBefore.get("matters.matter"));
    }

    @Test
    @Order(8)
    void keepsNoWordInClear() throws SQLException {
        program();
        try (Connection superuser = superuser()) {
            assertThat(one(superuser, COLUMNS.formatted("matters.particular"))).contains("sealed").doesNotContain("value").doesNotContain("salt");
            assertThat(number(superuser, "select count(*) from matters.particular where sealed is not null")).isEqualTo(wordsBefore).isGreaterThan(100);
            assertThat(number(superuser, "select count(*) from matters.matter where words_key is null")).isZero();
        }
    }

    /** Words are sealed by the program itself, at its first start: only then their old columns go. */
    @Test
    @Order(9)
    void isMadeLikeANewOne() throws SQLException {
        program();
        try (Connection superuser = superuser()) {
            Set<String> shape = Shapes.of(superuser);
            assertThat(shapeOfANewOne).hasSizeGreaterThan(1_000);
            assertThat(shape.stream().filter(line -> !shapeOfANewOne.contains(line))).as("what a new one has not").isEmpty();
            assertThat(shapeOfANewOne.stream().filter(line -> !shape.contains(line))).as("what it has not").isEmpty();
        }
    }

    @Test
    @Order(9)
    void opensEveryMatterToWhoMaySeeIt() throws SQLException {
        Visitor dispatcher = signedIn("dispatcher");
        assertThat(dispatcher.get("/queue").status()).isEqualTo(200);
        try (Connection superuser = superuser()) {
            List<String> numbers = all(superuser, """
                    select number from matters.matter m where starts_with(scope_code, '330681') and accused is null
                      and not exists (select from matters.holding h where h.matter = m.id and h.barred)
                    """);
            assertThat(numbers).hasSizeGreaterThan(30)
                    .allSatisfy(number -> assertThat(dispatcher.get("/matters/" + number).status()).as("page of %s", number).isEqualTo(200));
        }
    }

    @Test
    @Order(10)
    void letsAMatterGoOnToItsClose() throws SQLException {
        UUID handling = staff("handler").unit();
        Way way = new Way("service", "registered");
        way.does("dispatcher", "assign", Map.of("lead", handling.toString(), "reason", "按职责分工办理。"));
        way.does("handler", "accept", Map.of());
        way.does("handler", "handle", Map.of("done", "已到场处理。"));
        way.does("handler", "answer", Map.of("answer", "您好，您反映的问题已经处理。"));
        way.does("verifier", "verify", Map.of("asked", "asked", "resolved", "yes", "satisfied", "yes", "outcome", "resolved"));

        assertThat(way.at().state()).isEqualTo("closed");
        assertThat(signedIn("handler").get("/matters/" + way.at().number().digits()).status()).isEqualTo(200);
    }

    @Test
    @Order(11)
    void letsAReportBeTakenInAndSorted() throws SQLException {
        Way way = new Way("intake", "reported");
        way.does("clerk", "confirm", Map.of());
        way.does("dispatcher", "sort", Map.of("kind", "service", "category", "020301", "level", "yellow"));

        assertThat(way.at().state()).isEqualTo("registered");
    }

    @Test
    @Order(12)
    void isFollowedToTheEndOfItsLog() throws SQLException {
        List<Follower> followers = List.copyOf(program().getBeansOfType(Follower.class).values());
        assertThat(followers).isNotEmpty();
        try (Connection superuser = superuser()) {
            Eventually.that("every entry has its position", () -> number(superuser, "select count(*) from matters.entry")
                    == number(superuser, "select count(*) from matters.position"));
            long head = number(superuser, "select max(position) from matters.position");
            for (Follower follower : followers) {
                Eventually.that(follower.name() + " is at " + head, () -> follower.ownPosition().orElseGet(() -> number(superuser,
                        "select coalesce(max(position), -1) from matters.follower where name = '" + follower.name() + "'")) >= head);
            }
        }
        provesItsLog();
    }

    /** A matter that the old release left, and what is done to it now by the procedure that it began with. */
    private static final class Way {

        private final UUID matter;
        private final Procedure procedure;
        private int version;
        private Answer.@Nullable Done at;

        Way(String kind, String state) throws SQLException {
            try (Connection superuser = superuser(); Statement s = superuser.createStatement(); ResultSet r = s.executeQuery("""
                    select id, procedure, version from matters.matter where kind = '%s' and state = '%s' and accused is null order by id limit 1
                    """.formatted(kind, state))) {
                assertThat(r.next()).as("a matter of the kind %s that is %s", kind, state).isTrue();
                matter = r.getObject("id", UUID.class);
                version = r.getInt("version");
                procedure = program().getBean(Procedures.class).version(kind, r.getInt("procedure"));
            }
        }

        /** @param input may name what newer procedures ask and this one does not */
        void does(String account, String action, Map<String, Object> input) {
            Map<String, Object> asked = new LinkedHashMap<>(input);
            asked.keySet().removeIf(name -> procedure.findAction(action).orElseThrow().findField(name).isEmpty());
            Act act = Act.on(matter, action, asked, version, UUID.randomUUID().toString());
            Answer answer = Acting.as(staff(account), () -> program().getBean(Matters.class).act(act));
            assertThat(answer).as("%s by %s", action, account).isInstanceOf(Answer.Done.class);
            at = (Answer.Done) answer;
            version = at.version();
        }

        Answer.Done at() {
            return Objects.requireNonNull(at);
        }
    }

    private static Actor.Staff staff(String account) {
        UUID person = program().getBean(Accounts.class).findByName(account).orElseThrow().person();
        return new Actor.Staff(program().getBean(Directory.class).heldPosts(person, program().getBean(InstantSource.class).instant()).getFirst());
    }

    private static Visitor signedIn(String account) {
        Visitor visitor = new Visitor(Integer.parseInt(program().getEnvironment().getRequiredProperty("local.server.port")));
        visitor.get("/sign-in");
        assertThat(visitor.post("/sign-in", Map.of("name", account, "password", DemoTest.PASSWORD)).status()).isEqualTo(303);
        return visitor;
    }

    /** The whole program on the data folder that was brought up, from the first test that needs it. */
    private static ConfigurableApplicationContext program() {
        if (program == null) {
            cluster.stop();
            program = new SpringApplicationBuilder(Heshi.class).profiles("test").registerShutdownHook(false)
                    .run("--heshi.data=" + cluster.folder().getParent(), "--heshi.port=0");
            url = program.getBean(Server.class).url();
        }
        return program;
    }

    private static boolean pending() throws SQLException {
        try (Connection owner = DriverManager.getConnection(url, logins.owner().user(), logins.owner().password())) {
            return Migrations.pending(owner);
        }
    }

    private static List<String> photos() throws SQLException {
        List<String> photos = new ArrayList<>();
        try (Connection superuser = superuser(); Statement s = superuser.createStatement(); ResultSet r = s.executeQuery(
                "select 'file-missing ' || (value::jsonb ->> 'id') from matters.particular where class = 'file' and value is not null")) {
            while (r.next()) {
                photos.add(r.getString(1));
            }
        }
        return photos;
    }

    private static Connection superuser() throws SQLException {
        return DriverManager.getConnection(url, logins.admin().user(), logins.admin().password());
    }

    private static Map<String, Long> rows(Connection superuser) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (PreparedStatement s = superuser.prepareStatement(TABLES)) {
            s.setArray(1, superuser.createArrayOf("text", Migrations.ROOMS.toArray()));
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    tables.add(r.getString(1));
                }
            }
        }
        Map<String, Long> rows = new TreeMap<>();
        for (String table : tables) {
            rows.put(table, number(superuser, "select count(*) from " + table));
        }
        return rows;
    }

    private static Map<String, String> log(Connection superuser, Map<String, String> columns) throws SQLException {
        Map<String, String> digests = new LinkedHashMap<>();
        for (Map.Entry<String, String> table : columns.entrySet()) {
            digests.put(table.getKey(), one(superuser, "select md5(string_agg(t::text, '|' order by t::text)) from (select " + table.getValue() + " from "
                    + table.getKey() + ") t"));
        }
        return digests;
    }

    /** Matter and name of the clocks that run; before the thirteenth migration those that had ended were kept beside them. */
    private static Set<String> clocks(Connection superuser) throws SQLException {
        if (one(superuser, "select to_regclass('matters.clock')") == null) {
            return Set.of();
        }
        return new TreeSet<>(all(superuser, "select matter || ' ' || name || ' ' || run || ' ' || due_at from matters.clock"
                + (one(superuser, COLUMNS.formatted("matters.clock")).contains("over_at") ? " where over_at is null" : "")));
    }

    private static Map<String, String> history(Connection superuser) throws SQLException {
        Map<String, String> history = new LinkedHashMap<>();
        for (String room : Migrations.ROOMS) {
            if (one(superuser, "select to_regclass('" + room + ".migration')") != null) {
                history.put(room, one(superuser, "select string_agg(m::text, '|' order by installed_rank) from " + room + ".migration m"));
            }
        }
        return history;
    }

    private static void execute(Connection c, String statement) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute(statement);
        }
    }

    private static long number(Connection c, String question) {
        try {
            return Long.parseLong(one(c, question));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable String one(Connection c, String question) throws SQLException {
        List<String> all = all(c, question);
        return all.isEmpty() ? null : all.getFirst();
    }

    private static List<String> all(Connection c, String question) throws SQLException {
        List<String> all = new ArrayList<>();
        try (Statement s = c.createStatement(); ResultSet r = s.executeQuery(question)) {
            while (r.next()) {
                all.add(r.getString(1));
            }
        }
        return all;
    }
}
