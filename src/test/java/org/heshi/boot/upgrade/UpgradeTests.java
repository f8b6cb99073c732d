package org.heshi.boot.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heshi.ChildProgram;
import org.heshi.Positions;
import org.heshi.ProgramHere;
import org.heshi.RunningProgram;
import org.heshi.bench.Wire;
import org.heshi.boot.database.Binaries;
import org.heshi.boot.database.Cluster;
import org.heshi.boot.database.Launcher;
import org.heshi.boot.database.Logins;
import org.heshi.boot.database.Server;
import org.heshi.boot.database.UnfinishedFolder;
import org.heshi.kernel.CannotStart;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A centre whose database is of PostgreSQL 17: a real one, laid by this program's own copy from 18 back to 17. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpgradeTests {

    private static final Path JAR = Path.of("target", "postgres-17", "postgres-17.jar").toAbsolutePath();
    private static final Path BINARIES = Path.of("target", "postgres-binaries").toAbsolutePath();
    private static final Map<String, String> DEMO = Map.of("HESHI_DEMO", "on");
    private static final String POSITIONS = "select position || ' ' || matter || ' ' || seq from matters.position order by position";
    /** Entries that were acknowledged and had no place in the order yet when the old database was stopped. */
    private static final int WAITING = 4;

    @TempDir
    static Path folder;

    private Path old;
    private List<String> positions;
    private Binaries seventeen;

    @BeforeAll
    void aDatabaseOfVersion17() throws Exception {
        old = folder.resolve("seventeen");
        try (ProgramHere program = ProgramHere.start(old, DEMO)) {
            register(program, 6);
            await(program, 6);
            program.terminate();
        }
        seventeen = OldPrograms.find("17", BINARIES, JAR);
        Cluster eighteen = new Cluster(old, Binaries.in(BINARIES), Launcher.here());
        eighteen.start();
        try (Connection c = connect(old, eighteen); Statement s = c.createStatement()) {
            positions = CopyOver.lines(c, POSITIONS);
            Positions.change(s, "delete from place where position > (select max(position) from place) - " + WAITING);
            s.execute("""
                    update matters.sequencer set position = position - %d,
                      xid = (select max(e.xid) from matters.entry e where exists (select from matters.position p where p.matter = e.matter and p.seq = e.seq))
                    """.formatted(WAITING));
        } finally {
            eighteen.stop();
        }
        back();
        assertThat(Upgrade.majorOf(old)).isEqualTo("17");
    }

    /** The way that no operator goes: from 18 to 17. What the migrations use and 17 lacks is put where it will be found. */
    private void back() throws Exception {
        Logins logins = Logins.read(old.resolve("database.properties"));
        Path work = Files.createDirectory(folder.resolve("work"));
        Cluster made = new Cluster(work, seventeen, Launcher.here());
        made.make(logins.admin());
        Cluster again = new Cluster(old, Binaries.in(BINARIES), Launcher.here());
        try {
            again.start();
            made.start();
            String template = "jdbc:postgresql://127.0.0.1:" + made.port() + "/template0";
            try (Connection c = DriverManager.getConnection(template.replace("template0", "postgres"), "postgres", logins.admin().password());
                    Statement s = c.createStatement()) {
                s.execute("alter database template0 allow_connections true");
            }
            try (Connection c = DriverManager.getConnection(template, "postgres", logins.admin().password()); Statement s = c.createStatement()) {
                s.execute("create function pg_catalog.uuidv7() returns uuid language sql volatile as 'select gen_random_uuid()'");
            }
            try (Connection from = connect(old, again)) {
                Server.lay(made.port(), logins, from);
                try (Connection to = connect(old, made)) {
                    new CopyOver(from, to, said -> { }).copy();
                    assertThat(Shape.of(to)).isEqualTo(Shape.of(from));
                }
            }
        } finally {
            again.stop();
            made.stop();
        }
        Files.move(old.resolve("postgres"), folder.resolve("eighteen"));
        Files.move(work.resolve("postgres"), old.resolve("postgres"));
    }

    @Test
    void isCopiedOverComparedAndPutAside() throws Exception {
        Path data = copy("copied");
        CannotStart refused = ProgramHere.refused(data, DEMO);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused).hasMessageContaining("is of PostgreSQL 17").hasMessageContaining("./heshi upgrade");

        ChildProgram.Ended upgraded = ProgramHere.run(data, DEMO, "upgrade", "--old-programs", JAR.toString());

        assertThat(upgraded.exitCode()).as(upgraded.err()).isZero();
        assertThat(upgraded.out()).contains("from PostgreSQL 17 to 18").contains("postgres-17-");
        assertThat(Upgrade.majorOf(data)).isEqualTo("18");
        List<Path> aside;
        try (var entries = Files.list(data)) {
            aside = entries.filter(path -> path.getFileName().toString().startsWith("postgres-17-")).toList();
        }
        assertThat(aside).singleElement().satisfies(path -> assertThat(path.resolve("PG_VERSION")).hasContent("17"));
        assertThat(data.resolve(".upgrading")).doesNotExist();
        try (ProgramHere program = ProgramHere.start(data, DEMO)) {
            await(program, positions.size() - 1);
            try (Connection c = program.connect("postgres")) {
                assertThat(CopyOver.lines(c, POSITIONS)).as("those that waited come in their old order").startsWith(positions.toArray(String[]::new));
            }
            register(program, 3);
            await(program, positions.size() + 2);
            assertThat(ProgramHere.run(data, DEMO, "verify").exitCode()).as("./heshi verify").isZero();
        }
        ChildProgram.Ended again = ProgramHere.run(data, DEMO, "upgrade");
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("is of PostgreSQL 18 already");
    }

    @Test
    void staysAsItIsWhenSomebodyChangedItPastTheProgram() throws Exception {
        Path data = copy("changed");
        Cluster cluster = new Cluster(data, seventeen, Launcher.here());
        cluster.start();
        try (Connection c = connect(data, cluster); Statement s = c.createStatement()) {
            s.execute("create table matters.beside (id int); drop policy see on matters.matter");
            s.execute("create index by_hand on boot.fact (value)");
        } finally {
            cluster.stop();
        }

        assertThatThrownBy(() -> new Upgrade(data, seventeen, Binaries.in(BINARIES), said -> { }).upgrade(Instant.now())).isInstanceOf(CannotStart.class)
                .hasMessageContaining("only in the old one: table matters.beside").hasMessageContaining("only in the old one: index CREATE INDEX by_hand")
                .hasMessageContaining("only in the new one: policy see on matters.matter");

        assertThat(Upgrade.majorOf(data)).isEqualTo("17");
        assertThat(data.resolve(".upgrading")).doesNotExist();
        assertThat(data.resolve(UnfinishedFolder.NEXT)).doesNotExist();
        assertThat(ChildProgram.postgresOn(data)).isEmpty();
    }

    @Test
    void isPutIntoItsPlaceByTheNextStartWhenTheUpgradeWasKilledAtItsLastStep() throws Exception {
        Path data = Files.createDirectories(folder.resolve("last-step"));
        Files.createDirectories(data.resolve(UnfinishedFolder.NEXT));
        Files.writeString(data.resolve(UnfinishedFolder.NEXT).resolve("PG_VERSION"), "18\n");

        UnfinishedFolder.mend(data);

        assertThat(data.resolve("postgres/PG_VERSION")).hasContent("18");
        assertThat(data.resolve(UnfinishedFolder.NEXT)).doesNotExist();
    }

    @Test
    void saysWhereTheOldProgramsAreToBeHad() {
        assertThatThrownBy(() -> OldPrograms.find("17", folder.resolve("none"), null)).isInstanceOf(CannotStart.class)
                .hasMessageContaining("--old-programs").hasMessageContaining("/usr/lib/postgresql/17");
        assertThatThrownBy(() -> OldPrograms.find("16", BINARIES, seventeen.home())).isInstanceOf(CannotStart.class).hasMessageContaining("but 17");
    }

    @Test
    void sumsRowsInAnyOrderAndTellsOtherRowsApart() {
        RowSum one = sum("a\t1", "b\t2", "b\t2");
        assertThat(one.same(sum("b\t2", "a\t1", "b\t2"))).isTrue();
        assertThat(one.same(sum("b\t2", "a\t1"))).isFalse();
        assertThat(one.same(sum("a\t1", "a\t1", "b\t2"))).isFalse();
    }

    private static RowSum sum(String... rows) {
        RowSum sum = new RowSum();
        for (String row : rows) {
            sum.add(row.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return sum;
    }

    private Path copy(String name) throws Exception {
        Path data = folder.resolve(name);
        assertThat(new ProcessBuilder("cp", "-a", old.toString(), data.toString()).start().waitFor()).isZero();
        return data;
    }

    private static Connection connect(Path data, Cluster cluster) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + cluster.port() + "/heshi", "postgres",
                Logins.read(data.resolve("database.properties")).admin().password());
    }

    private static void register(RunningProgram program, int count) throws Exception {
        try (Wire clerk = new Wire(program.address())) {
            clerk.signIn("clerk", "heshi-demo-2026");
            for (int i = 0; i < count; i++) {
                assertThat(clerk.post("/desk/register", Map.of("channel", "window", "title", "路灯不亮", "description", "村口路灯不亮已经三天",
                        "form.version", "0", "form.key", UUID.randomUUID().toString())).status()).isEqualTo(200);
            }
        }
    }

    /** Until more than this many entries have their place. */
    private static void await(RunningProgram program, int more) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        try (Connection c = program.connect("postgres")) {
            while (Integer.parseInt(CopyOver.lines(c, "select count(*)::text from matters.position").getFirst()) <= more && System.nanoTime() < until) {
                Thread.sleep(50);
            }
            assertThat(Integer.parseInt(CopyOver.lines(c, "select count(*)::text from matters.position").getFirst())).isGreaterThan(more);
            while (!"0".equals(CopyOver.lines(c, "select count(*)::text from matters.entry e where e.xid > (select s.xid from matters.sequencer s)").getFirst())
                    && System.nanoTime() < until) {
                Thread.sleep(50);
            }
        }
    }
}
