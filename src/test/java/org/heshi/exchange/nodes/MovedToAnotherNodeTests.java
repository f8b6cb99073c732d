package org.heshi.exchange.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.ChildProgram;
import org.heshi.DemoTest;
import org.heshi.ProgramHere;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.attachments.picture.SamplePictures;
import org.heshi.matters.Chains;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A matter with a photo goes from one installation to another, a program and a database of its own, and out of that again. */
@DemoTest
class MovedToAnotherNodeTests {

    private static final Actor.Machine MACHINE = new Actor.Machine("exporter");

    private static final String CLOCKS = """
            select string_agg(concat_ws(' ', name, run, kind, procedure, relation, length, hours, started_at at time zone 'UTC', due_at at time zone 'UTC',
              warn_at at time zone 'UTC', paused_at, pauses, extended, owed), ', ' order by name)
            from matters.clock where matter = ?
            """;

    @TempDir
    static Path folder;
    @Autowired
    Exports exports;
    @Autowired
    EvidenceStore evidence;
    @Autowired
    Chains chains;
    @Autowired
    Matters matters;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;

    @Test
    void nothingIsLostOnTheWayAndNothingIsTakenTwiceOrChanged() throws Exception {
        Matters.Evidence photo = photo();
        Answer answer = Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", Map.of("title", "井盖松动",
                "description", "路过时响，夜里看不见。", "place", "330681109", "name", "演示反映人", "phone", "13800000000", "files", List.of(photo)),
                UUID.randomUUID().toString())));
        assertThat(answer).isInstanceOf(Answer.Done.class);
        Answer.Done matter = (Answer.Done) answer;
        Path file = folder.resolve("matters.jsonl");
        String line = line(file, matter);

        String here = Acting.as(MACHINE, () -> transactions.execute(_ -> jdbc.sql(CLOCKS).param(matter.matter()).query(String.class).single()));

        Path data = folder.resolve("second");
        Map<String, String> settings = Map.of("HESHI_DEMO", "on", "HESHI_NODE", "2");
        try (ProgramHere second = ProgramHere.start(data, settings)) {
            Path one = folder.resolve("one.jsonl");
            Files.writeString(one, line + "\n");
            Files.move(Exports.filesOf(file), Exports.filesOf(one));

            ChildProgram.Ended came = ProgramHere.run(data, settings, "import", "matters", one.toString());
            assertThat(came.out()).as(came.err()).contains("1 matters added, 0 were here already, 0 rejected", "1 files came with them, 0 are missing");
            assertThat(came.exitCode()).isZero();
            assertThat(ProgramHere.run(data, settings, "import", "matters", one.toString()).out()).contains("0 matters added, 1 were here already");
            assertThat(ProgramHere.run(data, settings, "verify", "--number", matter.number().digits()).out()).contains("0 things wrong");

            assertThat(clocks(second, matter.matter())).as("its limits run on there").isEqualTo(here).startsWith("confirm 1 intake");

            Path back = folder.resolve("back.jsonl");
            assertThat(ProgramHere.run(data, settings, "export", "--format", "jsonl", "--out", back.toString()).exitCode()).isZero();
            assertThat(Files.readAllLines(back)).contains(line);
            assertThat(Exports.filesOf(back).resolve(photo.id().toString())).hasSameBinaryContentAs(Exports.filesOf(one).resolve(photo.id().toString()));
            assertThat(named(second, photo.id())).as("the photo belongs to the matter there").isTrue();

            // the same version of a procedure with another text is another procedure
            Path other = folder.resolve("other.jsonl");
            String digest = line.replaceAll(".*\"procedures\":\\{\"intake\\.1\":\"([0-9a-f]{64})\".*", "$1");
            assertThat(digest).hasSize(64);
            Files.writeString(other, line.replace(digest, "0".repeat(64)) + "\n");
            ChildProgram.lay(folder.resolve("third"), false);
            ChildProgram.Ended refused = ProgramHere.run(folder.resolve("third"), Map.of("HESHI_NODE", "3"), "import", "matters", other.toString());
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(Files.readString(folder.resolve("other.jsonl.rejected.csv"))).contains("intake");
        }
    }

    private static String clocks(ProgramHere program, UUID matter) throws Exception {
        try (var connection = program.connect("postgres"); var statement = connection.prepareStatement(CLOCKS)) {
            statement.setObject(1, matter);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private Matters.Evidence photo() throws IOException {
        byte[] bytes = SamplePictures.jpeg(800, 600);
        EvidenceStore.Kept kept = Acting.as(new Actor.Passerby(), () -> {
            try {
                return evidence.keep("井盖.jpg", bytes.length, new ByteArrayInputStream(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return ((EvidenceStore.Kept.Done) kept).evidence();
    }

    private String line(Path file, Answer.Done matter) throws IOException {
        Acting.run(MACHINE, () -> {
            try {
                exports.jsonLines(new Chains.Selection("", Optional.empty()), file, _ -> { });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return Files.readAllLines(file).stream().filter(l -> l.contains("\"number\":\"" + matter.number().digits() + "\"")).findFirst().orElseThrow();
    }

    /** The log's reader gives the file to its matter within a moment. */
    private static boolean named(ProgramHere program, UUID file) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < until) {
            try (var connection = program.connect("postgres"); var statement = connection.prepareStatement("""
                    select named from attachments.file f join attachments.naming n on n.file = f.id where f.id = ?""")) {
                statement.setObject(1, file);
                try (var row = statement.executeQuery()) {
                    if (row.next() && row.getBoolean(1)) {
                        return true;
                    }
                }
            }
            Thread.sleep(100);
        }
        return false;
    }
}
