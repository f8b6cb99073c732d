package org.heshi.boot.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.heshi.ChildProgram;
import org.heshi.ProgramHere;
import org.heshi.RunningProgram;
import org.heshi.bench.Wire;
import org.heshi.boot.database.Binaries;
import org.heshi.boot.database.Cluster;
import org.heshi.boot.database.Launcher;
import org.heshi.boot.database.Logins;
import org.heshi.boot.database.UnfinishedFolder;
import org.heshi.kernel.CannotStart;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Uuid7;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A centre that works while it is copied, and what comes back of it elsewhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupTests {

    private static final boolean FULL = Boolean.getBoolean("heshi.full");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{4}-[0-9]{5}-[0-9]{4}");

    private static final Path BINARIES = Path.of("target", "postgres-binaries").toAbsolutePath();
    private static final String NUMBERS = "select substr(number, 1, 4) || '-' || substr(number, 5, 5) || '-' || substr(number, 10) from matters.matter";
    private static final String POSITIONS = "select position || ' ' || matter || ' ' || seq from matters.position order by position";

    @TempDir
    static Path folder;

    private Path data;
    private Path backups;
    private final List<String> duringBackup = new CopyOnWriteArrayList<>();
    private final List<String> before = new ArrayList<>();
    private final List<String> after = new ArrayList<>();
    private String photoBefore;
    private String photoOfBackup;
    private String photoAfter;
    private Instant moment;
    private List<String> positions;

    /** A day of the centre: matters before, during and after a backup, a moment that somebody will want back, more matters, an orderly end. */
    @BeforeAll
    void aDay() throws Exception {
        data = folder.resolve("data");
        backups = folder.resolve("backups");
        try (ProgramHere program = ProgramHere.start(data, settings(true))) {
            photoOfBackup = photo(data);
            register(program, before, FULL ? 500 : 5);
            AtomicBoolean over = new AtomicBoolean();
            List<Throwable> failures = new CopyOnWriteArrayList<>();
            Thread clerk = Thread.ofPlatform().start(() -> {
                try {
                    while (!over.get()) {
                        register(program, duringBackup, 1);
                        Thread.sleep(FULL ? 0 : 100);
                    }
                } catch (Exception e) {
                    failures.add(e);
                }
            });
            ChildProgram.Ended made = ProgramHere.run(data, settings(true), "backup");
            over.set(true);
            clerk.join();
            assertThat(made.exitCode()).as(made.err()).isZero();
            assertThat(made.out()).contains("whole since");
            assertThat(made.err()).as("it knows everything in the data folder").doesNotContain("not in the backup");
            assertThat(failures).isEmpty();
            assertThat(duringBackup).as("people go on while it is copied").isNotEmpty();

            photoBefore = photo(data);
            register(program, before, FULL ? 500 : 5);
            Thread.sleep(1100);
            moment = Instant.ofEpochSecond(Instant.now().getEpochSecond());
            Thread.sleep(1100);
            photoAfter = photo(data);
            register(program, after, 5);
            ChildProgram.Ended status = ProgramHere.run(data, settings(true), "status");
            assertThat(status.out()).containsPattern("newest backup +20\\d\\d-").containsPattern("log archived +(20\\d\\d-|nothing yet)");
            switchLog(program);
            register(program, after, 5);
            awaitPhoto();
            positions = positions(program);
            program.terminate();
        }
    }

    @AfterAll
    void noServerIsLeft() {
        assertThat(ChildProgram.postgresOn(data)).isEmpty();
    }

    @Test
    void bringsAMomentBackWithEverythingBeforeItAndNothingAfterIt() throws Exception {
        Path into = folder.resolve("moment");

        ChildProgram.Ended restored = restore("--at", civil(moment), "--into", into.toString());

        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(restored.out()).contains("restored into").contains("verify");
        // before a start: then what lies in clear comes under seal
        assertThat(into.resolve("files").resolve(photoOfBackup)).hasBinaryContent(bytes(photoOfBackup));
        assertThat(into.resolve("files").resolve(photoBefore)).hasBinaryContent(bytes(photoBefore));
        try (ProgramHere program = ProgramHere.start(into, settings(false))) {
            List<String> numbers = numbers(program);
            assertThat(numbers).containsAll(before).containsAll(duringBackup).doesNotContainAnyElementsOf(after);
            assertThat(pageOf(program, before.getLast())).contains(before.getLast());
            register(program, new ArrayList<>(), 1);
            ChildProgram.Ended verified = ProgramHere.run(into, settings(false), "verify");
            assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
        }
        assertThat(into.resolve("files").resolve(photoAfter)).doesNotExist();
        assertThat(into.resolve("keys.db")).exists();
        // one of them is there only while the key of keys is being renewed
        assertThat(data.resolve("kek.key")).exists();
        for (String key : Keys.names().stream().filter(name -> Files.exists(data.resolve(name))).toList()) {
            assertThat(into.resolve(key)).as(key).hasSameBinaryContentAs(data.resolve(key));
            assertThat(Files.getPosixFilePermissions(into.resolve(key))).as(key).containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
        assertThat(into.resolve(".restoring")).doesNotExist();
        assertThat(Cluster.vault(into)).as("its log never goes among that of the folder it came from").isNotEqualTo(Cluster.vault(data)).startsWith(Cluster.vault(data));
    }

    @Test
    void bringsEverythingBackWhenNoMomentIsNamed() throws Exception {
        Path into = folder.resolve("end");

        // as the command does it: with the copy of the key store that lies beside the backups
        Optional<Path> keys = Optional.of(backups.resolve("key-store-1").resolve("heshi-keys.db")).filter(Files::exists);
        Restoration.Restored restored = new Restoration(Vault.find(backups), BINARIES, keys, said -> { }).restore(null, into, null, Instant.now());

        assertThat(keys).isPresent();
        assertThat(restored.photos()).isEqualTo(3);
        assertThat(into.resolve("files").resolve(photoAfter)).hasBinaryContent(bytes(photoAfter));
        if (FULL) {
            ChildProgram.Ended verified = ProgramHere.run(into, settings(false), "verify");
            assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
        }
        Cluster cluster = new Cluster(into, Binaries.in(BINARIES), Launcher.here());
        cluster.start();
        try (Connection c = connect(into, cluster)) {
            assertThat(lines(c, NUMBERS)).containsAll(before).containsAll(duringBackup).containsAll(after);
            assertThat(lines(c, POSITIONS)).startsWith(positions.toArray(String[]::new));
        } finally {
            cluster.stop();
        }
    }

    /** A key that was renewed after the backup belongs to the moments after that, the old one to those before. */
    @Test
    void takesTheKeysThatHeldAtTheMoment() throws IOException {
        Vault vault = new Vault(folder.resolve("keys"), "1");
        Path key = folder.resolve("log.key");
        Keys keys = new Keys(Map.of("log.key", key));
        Instant first = Instant.parse("2026-11-01T00:00:00Z");
        Instant second = Instant.parse("2026-11-20T00:00:00Z");
        vault.make();
        for (Instant when : List.of(first, second)) {
            Files.writeString(key, "key of " + when);
            Files.setLastModifiedTime(key, java.nio.file.attribute.FileTime.from(when));
            keys.copyNew(vault);
            keys.copyNew(vault);
        }

        assertThat(Keys.at(vault, "log.key", second.minusSeconds(1)).map(Keys::written)).contains(first);
        assertThat(Keys.at(vault, "log.key", second).map(Keys::written)).contains(second);
        assertThat(Keys.at(vault, "log.key", null).map(Keys::written)).contains(second);
        assertThat(Keys.prune(vault, second.minusSeconds(1))).isZero();
        assertThat(Keys.prune(vault, second)).isEqualTo(1);
        assertThat(Keys.at(vault, "log.key", second.minusSeconds(1))).isEmpty();
    }

    @Test
    void refusesAFolderThatIsNotEmpty() throws IOException {
        Path into = Files.createDirectories(folder.resolve("full"));
        Files.writeString(into.resolve("letter.txt"), "mine");

        assertThatThrownBy(() -> restoration().restore(null, into, null, Instant.now())).isInstanceOf(CannotStart.class)
                .hasMessageContaining("is not empty (letter.txt)").hasMessageContaining("mv ");
        assertThat(into).isDirectoryNotContaining(file -> !file.endsWith("letter.txt"));
    }

    @Test
    void refusesAMomentBeforeTheBackupWasWhole() throws IOException {
        Path into = folder.resolve("early");

        assertThatThrownBy(() -> restoration().restore(Instant.parse("2020-01-01T00:00:00Z"), into, null, Instant.now())).isInstanceOf(CannotStart.class)
                .hasMessageContaining("The oldest backup").hasMessageContaining("only that moment or a later one").hasMessageContaining("2020-01-01 08:00:00");
        assertThat(Disk.list(into)).isEmpty();
    }

    @Test
    void refusesAMomentThatTheLogDoesNotReachAndLeavesNothing() throws IOException {
        Path into = folder.resolve("late");

        assertThatThrownBy(() -> restoration().restore(Instant.now().plusSeconds(86_400), into, null, Instant.now())).isInstanceOf(CannotStart.class)
                .hasMessageContaining("The log that is kept ends before").hasMessageContaining("--log-of");
        assertThat(Disk.list(into)).extracting(path -> path.getFileName().toString()).isSubsetOf("lock", "guests");
    }

    /** A restore that was killed left its work; the next one throws that away, and meanwhile nobody starts on it. */
    @Test
    void startsNothingOnAFolderInWhichARestoreWasBrokenOff() throws IOException {
        Path into = folder.resolve("broken-off");
        Files.createDirectories(into.resolve(".restoring/postgres"));

        assertThatThrownBy(() -> UnfinishedFolder.mend(into)).isInstanceOf(CannotStart.class).hasMessageContaining("was broken off");
        assertThat(into.resolve("postgres")).doesNotExist();
        assertThat(restoration().restore(null, into, null, Instant.now()).photos()).isEqualTo(3);
        assertThat(into.resolve(".restoring")).doesNotExist();
    }

    @Test
    void keepsAsManyBackupsAsItIsTold() throws Exception {
        Path copy = folder.resolve("pruned");
        FileSystemUtils.copyRecursively(backups, copy);
        Vault vault = Vault.find(copy);
        for (Path file : Disk.list(vault.arriving())) {
            Sealed.write(file, vault.archived(file.getFileName().toString()), true);
        }
        Vault.Base first = vault.bases().whole().getLast();
        Manifest m = first.manifest();
        // a second one, as if it had been made two segments later
        Path second = first.folder().resolveSibling("2999-01-01T000000");
        FileSystemUtils.copyRecursively(first.folder(), second);
        Lsn later = new Lsn(m.begin().value() + 2L * m.segment());
        new Manifest(m.cluster(), m.version(), m.segment(), m.timeline(), later, later, Instant.now().plusSeconds(5), Instant.now().plusSeconds(5), m.items())
                .write(second);
        long segments = vault.archived().size();

        assertThat(vault.prune(2)).isEmpty();
        assertThat(vault.prune(1)).hasValueSatisfying(said -> assertThat(said).contains("1 older backups").contains("photos"));

        assertThat(vault.bases().whole()).extracting(Vault.Base::name).containsExactly("2999-01-01T000000");
        assertThat(first.folder()).doesNotExist();
        assertThat(vault.archived()).hasSizeLessThan((int) segments).allSatisfy(name -> assertThat(Lsn.segment(name, m.segment()))
                .isGreaterThanOrEqualTo(later.segment(m.segment())));
        assertThat(vault.file(photoOfBackup)).as("a kept backup names it").exists();
        assertThat(vault.file(photoAfter)).as("nobody names it, and it came before the oldest kept backup").doesNotExist();
    }

    /** A disk of 6 MB that is really full, made in memory. */
    @Test
    void saysPlainlyThatTheDiskIsFullAndLeavesNothing() throws Exception {
        Path small = Files.createDirectories(folder.resolve("small-disk"));
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", small.toString()).redirectErrorStream(true).start();
        assumeTrue(mount.waitFor() == 0, "only root may mount");
        try {
            ChildProgram.Ended full = ProgramHere.run(data, settings(false), "backup", "--to", small.resolve("backups").toString());

            assertThat(full.exitCode()).isEqualTo(1);
            assertThat(full.err()).contains("The backup could not be made").contains("is full").contains("MB are free").doesNotContain("\tat ");
            assertThat(archives(small)).isEmpty();
        } finally {
            assertThat(new ProcessBuilder("umount", small.toString()).start().waitFor()).isZero();
        }
    }

    @Test
    void saysHowADatabaseOfSomebodyElseIsKept() {
        Map<String, String> theirs = Map.of("HESHI_DB_URL", "jdbc:postgresql://127.0.0.1:1/heshi", "HESHI_DB_USER", "u", "HESHI_DB_PASSWORD", "p");

        ChildProgram.Ended said = ProgramHere.run(folder.resolve("external"), theirs, "backup");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(folder.resolve("external")).isEmptyDirectory();
        assertThat(said.err()).contains("pg_basebackup").contains("*.key").contains("docs/operations.md").doesNotContain("\tat ");
    }

    /** A command that looked for the database first would make one where the backup is to go. */
    @Test
    void makesNoDatabaseWhereItFindsNoBackup() {
        Path into = folder.resolve("nothing-made");

        ChildProgram.Ended refused = ProgramHere.run(into, settings(false), "restore", "--from", folder.resolve("no-such-folder").toString());

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err().strip()).isEqualTo("There is no backup in " + folder.resolve("no-such-folder") + ".");
        assertThat(into).isEmptyDirectory();
        ChildProgram.Ended wrong = ProgramHere.run(into, settings(false), "restore", "--from", backups.toString(), "--at", "yesterday");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("--at must be a time such as");
    }

    @Test
    void findsAFlippedByteInEachKindOfFile() throws IOException {
        Path copy = folder.resolve("flipped");
        FileSystemUtils.copyRecursively(backups, copy);
        Vault vault = Vault.find(copy);
        assertThat(check(vault)).isEmpty();
        Vault.Base base = vault.bases().whole().getLast();
        List<Path> each = new ArrayList<>(List.of(base.folder().resolve(BaseBackup.ARCHIVE), base.folder().resolve(BaseBackup.PASSWORDS),
                base.folder().resolve("code.key"), base.folder().resolve(BaseBackup.FILES_LIST), base.folder().resolve(Manifest.NAME),
                vault.file(photoBefore), vault.archived(vault.archived().getLast())));
        each.add(Disk.list(vault.keys()).getFirst());
        each.add(Disk.list(base.folder().resolve("wal")).getFirst());
        java.util.Random random = new java.util.Random(11);
        for (Path file : each) {
            byte[] right = Files.readAllBytes(file);
            byte[] wrong = right.clone();
            wrong[random.nextInt(12, right.length)] ^= 0x10;
            Files.write(file, wrong);
            List<String> found = check(vault);
            if (found.isEmpty() && file.toString().endsWith(Sealed.ENDING)) {
                // in a long row of zeros a compressed byte may be another and still mean the same
                ByteArrayOutputStream read = new ByteArrayOutputStream();
                Sealed.read(file, read);
                Files.write(file, right);
                ByteArrayOutputStream original = new ByteArrayOutputStream();
                Sealed.read(file, original);
                assertThat(read.toByteArray()).as("a byte of %s", file).isEqualTo(original.toByteArray());
            } else {
                assertThat(found).as("a byte of %s", file).anySatisfy(said -> assertThat(said).contains(file.getFileName().toString()));
            }
            if (FULL) {
                Files.write(file, java.util.Arrays.copyOf(right, right.length - 1));
                assertThat(check(vault)).as("the end of %s", file).isNotEmpty();
            }
            Files.write(file, right);
        }
        assertThat(check(vault)).isEmpty();

        Path archive = base.folder().resolve(BaseBackup.ARCHIVE);
        byte[] wrong = Files.readAllBytes(archive);
        wrong[wrong.length / 2] ^= 1;
        Files.write(archive, wrong);
        Path into = folder.resolve("from-flipped");
        assertThatThrownBy(() -> new Restoration(vault, BINARIES, Optional.empty(), said -> { }).restore(null, into, null, Instant.now())).isInstanceOf(CannotStart.class)
                .hasMessageContaining("Nothing was restored").hasMessageContaining("postgres.tar.gz is damaged");
        assertThat(Disk.list(into)).extracting(path -> path.getFileName().toString()).isSubsetOf("lock", "guests");
    }

    @Test
    void findsAMissingSegmentOfTheLog() throws IOException {
        Path copy = folder.resolve("gap");
        FileSystemUtils.copyRecursively(backups, copy);
        Vault vault = Vault.find(copy);
        Manifest manifest = vault.bases().whole().getLast().manifest();
        long last = manifest.end().segment(manifest.segment());
        // the newest one lies where the server left it when it ended
        for (Path file : Disk.list(vault.arriving())) {
            Sealed.write(file, vault.archived(file.getFileName().toString()), true);
        }
        String second = Lsn.file(manifest.timeline(), last + 1, manifest.segment());
        assertThat(vault.archived()).contains(second);
        Files.delete(vault.archived(second));

        assertThat(check(vault)).anySatisfy(said -> assertThat(said).contains("gap").contains(second));
    }

    @Test
    void leavesNothingThatLooksWholeWhenItIsKilledAndTakesTheNewestOfTheLogFromADeadFolder() throws Exception {
        Path to = folder.resolve("killed");
        Path from = folder.resolve("killed-data");
        List<String> newest = new ArrayList<>();
        assertThat(new ProcessBuilder("cp", "-a", data.toString(), from.toString()).start().waitFor()).isZero();
        try (ChildProgram program = ChildProgram.start(from, settings(false))) {
            ChildProgram backup = ChildProgram.launch(from, settings(false), "backup", "--to", to.toString());
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (archives(to).isEmpty() && System.nanoTime() < until && backup.alive()) {
                Thread.sleep(2);
            }
            backup.kill();

            assertThat(archives(to)).as("it was killed in the middle").isNotEmpty().allSatisfy(archive -> assertThat(archive.toString()).contains(".part/"));
            assertThat(Vault.find(to).bases().whole()).isEmpty();
            assertThatThrownBy(() -> new Restoration(Vault.find(to), BINARIES, Optional.empty(), said -> { }).restore(null, folder.resolve("of-killed"), null, Instant.now()))
                    .isInstanceOf(CannotStart.class).hasMessageContaining("There is no whole backup");

            assertThat(program.healthy()).isTrue();
            ChildProgram.Ended again = ProgramHere.run(from, settings(false), "backup", "--to", to.toString());
            assertThat(again.exitCode()).as(again.err()).isZero();
            assertThat(check(Vault.find(to))).isEmpty();
            assertThat(archives(to)).hasSize(1);
            try (Connection c = program.connect("postgres"); Statement s = c.createStatement()) {
                assertThat(one(s, "select count(*) from pg_replication_slots")).isEqualTo("0");
            }
            register(program, newest, 3);
        }
        // program and server are dead now, and no log was archived: what is left of the old folder has the newest of it
        Path into = folder.resolve("with-old");
        new Restoration(Vault.find(to), BINARIES, Optional.empty(), said -> { }).restore(null, into, from, Instant.now());
        Cluster cluster = new Cluster(into, Binaries.in(BINARIES), Launcher.here());
        cluster.start();
        try (Connection c = connect(into, cluster)) {
            assertThat(lines(c, NUMBERS)).containsAll(before).containsAll(after).containsAll(newest);
        } finally {
            cluster.stop();
        }
    }

    private Restoration restoration() throws IOException {
        return new Restoration(Vault.find(backups), BINARIES, Optional.empty(), said -> { });
    }

    private static List<String> check(Vault vault) throws IOException {
        return new Restoration(vault, folder.resolve("none"), Optional.empty(), said -> { }).check();
    }

    private static List<Path> archives(Path to) throws IOException {
        if (!Files.exists(to)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(to)) {
            return all.filter(path -> path.endsWith(BaseBackup.ARCHIVE)).toList();
        } catch (java.io.UncheckedIOException _) {
            return List.of();
        }
    }

    private ChildProgram.Ended restore(String... options) {
        List<String> arguments = new ArrayList<>(List.of("restore", "--from", backups.toString()));
        arguments.addAll(List.of(options));
        return ProgramHere.run(data, settings(false), arguments.toArray(String[]::new));
    }

    /** The restored ones keep no backups of their own here: they would write their log beside that of the first. */
    private Map<String, String> settings(boolean first) {
        return Map.of("HESHI_DEMO", "on", "HESHI_BACKUP", first ? backups.toString() : "");
    }

    private static void register(RunningProgram program, List<String> told, int count) throws Exception {
        try (Wire clerk = new Wire(program.address())) {
            clerk.signIn("clerk", "heshi-demo-2026");
            for (int i = 0; i < count; i++) {
                Wire.Answer answer = clerk.post("/desk/register", Map.of("channel", "window", "title", "路灯不亮", "description", "村口路灯不亮已经三天",
                        "form.version", "0", "form.key", UUID.randomUUID().toString()));
                Matcher found = NUMBER.matcher(answer.text());
                assertThat(answer.status()).isEqualTo(200);
                assertThat(found.find()).isTrue();
                told.add(found.group());
            }
        }
    }

    private static String pageOf(RunningProgram program, String number) throws Exception {
        try (Wire clerk = new Wire(program.address())) {
            clerk.signIn("clerk", "heshi-demo-2026");
            return clerk.get("/matters/" + number).text();
        }
    }

    private static List<String> numbers(RunningProgram program) throws SQLException {
        return lines(program, NUMBERS);
    }

    private static List<String> positions(RunningProgram program) throws SQLException {
        return lines(program, POSITIONS);
    }

    private static Connection connect(Path data, Cluster cluster) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + cluster.port() + "/heshi", "postgres",
                Logins.read(data.resolve("database.properties")).admin().password());
    }

    private static List<String> lines(RunningProgram program, String question) throws SQLException {
        try (Connection c = program.connect("postgres")) {
            return lines(c, question);
        }
    }

    private static List<String> lines(Connection c, String question) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement s = c.createStatement(); ResultSet r = s.executeQuery(question)) {
            while (r.next()) {
                lines.add(r.getString(1));
            }
        }
        return lines;
    }

    /** A photo as the program keeps it. */
    private static String photo(Path data) throws IOException {
        UUID id = Uuid7.at(Instant.now());
        String path = id.toString().substring(34) + "/" + id;
        Path file = data.resolve("files").resolve(path);
        Files.createDirectories(file.getParent());
        Path part = Files.write(file.resolveSibling(".new-" + id), bytes(path));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        return path;
    }

    private static byte[] bytes(String path) {
        return ("not really a picture: " + path).repeat(200).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private void awaitPhoto() throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        Vault vault = Vault.find(backups);
        while (!(Files.exists(vault.file(photoAfter)) && !vault.archived().isEmpty()) && System.nanoTime() < until) {
            Thread.sleep(50);
        }
        assertThat(vault.file(photoAfter)).exists();
        assertThat(vault.archived()).isNotEmpty();
    }

    private static void switchLog(RunningProgram program) throws SQLException {
        try (Connection c = program.connect("postgres"); Statement s = c.createStatement()) {
            s.execute("select pg_switch_wal()");
        }
    }

    private static String one(Statement s, String question) throws SQLException {
        try (ResultSet r = s.executeQuery(question)) {
            r.next();
            return r.getString(1);
        }
    }

    private static String civil(Instant instant) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").format(CivilTime.of(instant));
    }
}
