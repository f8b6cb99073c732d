package org.heshi.exchange.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.County;
import org.heshi.HeshiTest;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.attachments.picture.SamplePictures;
import org.heshi.exchange.csv.CsvReader;
import org.heshi.exchange.csv.CsvRow;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.Chains;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;

@HeshiTest
class ExportingTests {

    private static final Actor.Machine MACHINE = new Actor.Machine("importer");

    @TempDir
    Path folder;
    @Autowired
    BeanFactory beans;
    @Autowired
    Exports exports;
    @Autowired
    ImportMatters importMatters;
    @Autowired
    Matters matters;
    @Autowired
    Chains chains;
    @Autowired
    EvidenceStore evidence;

    County county;
    Answer.Done matter;

    @BeforeEach
    void aMatter() {
        county = County.make(beans);
        matter = (Answer.Done) Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", Map.of("title", "=HYPERLINK(\"x\")路灯",
                "description", "\t第一行\n第二行,\"引号\"", "place", county.villageA, "name", "王小明", "phone", "13800000000", "email", "wang@example.org"),
                UUID.randomUUID().toString())));
        county.as(county.dispatcher, () -> matters.act(Act.on(matter.matter(), "confirm", Map.of(), 1, UUID.randomUUID().toString())));
    }

    @Test
    void writesATableThatNoSpreadsheetCalculatesAndThatTellsNobodysName() throws IOException {
        Path file = folder.resolve("matters.csv");
        assertThat(written(file, true)).isEqualTo(1);
        byte[] bytes = Files.readAllBytes(file);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).startsWith("\uFEFF").doesNotContain("王小明", "13800000000", "wang@example.org");
        try (CsvReader reader = CsvReader.open(file, StandardCharsets.UTF_8)) {
            CsvRow.Good heading = (CsvRow.Good) reader.next().orElseThrow();
            assertThat(heading.fields().getFirst()).contains("内容不全", "not complete");
            CsvRow.Good row = (CsvRow.Good) reader.next().orElseThrow();
            assertThat(row.fields()).hasSameSizeAs(heading.fields()).contains("'=HYPERLINK(\"x\")路灯", "第一行\n第二行,\"引号\"", matter.number().shown());
            assertThat(reader.next()).isEmpty();
        }
    }

    @Test
    void knowsItsOwnMattersAgainAndRefusesChangedOnes() throws IOException {
        Path file = folder.resolve("matters.jsonl");
        assertThat(written(file, false)).isEqualTo(1);
        assertThat(admitted(file)).isEqualTo(new ImportMatters.Came(0, 1, 0, Optional.empty(), 0, 0));

        String line = Files.readString(file);
        Path changed = folder.resolve("changed.jsonl");
        Files.writeString(changed, line.replace("第二行", "第三行") + "not json\n" + line.substring(0, line.length() / 2) + "\n");
        ImportMatters.Came came = admitted(changed);
        assertThat(came.added()).isZero();
        assertThat(came.rejected()).isEqualTo(3);
        assertThat(Files.readString(came.rejectedIn().orElseThrow())).contains(matter.number().digits(), "chain-wrong", "chain-not-json");
    }

    @Test
    void filesTravelBesideTheLinesAndAreTakenOnlyAsTheMatterCommitsToThem() throws IOException {
        byte[] photo = SamplePictures.jpeg(640, 480);
        EvidenceStore.Kept.Done kept = (EvidenceStore.Kept.Done) Acting.as(new Actor.Passerby(), () -> {
            try {
                return evidence.keep("路灯.jpg", photo.length, new ByteArrayInputStream(photo));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        county.as(county.dispatcher, () -> matters.act(Act.on(matter.matter(), "note", Map.of("note", "现场照片", "files", List.of(kept.evidence())), 2,
                UUID.randomUUID().toString())));
        Path file = folder.resolve("matters.jsonl");
        written(file, false);
        String line = Files.readAllLines(file).getFirst();
        Matters.Evidence named = chains.files(line).getFirst();
        assertThat(named).isEqualTo(kept.evidence());
        byte[] bytes = Files.readAllBytes(Exports.filesOf(file).resolve(named.id().toString()));
        assertThat(HexFormat.of().formatHex(sha256(bytes))).isEqualTo(named.sha256());

        // another installation does not have it yet: an id that is not here stands for that
        Matters.Evidence elsewhere = new Matters.Evidence(Uuid7.at(Instant.now()), named.name(), named.mediaType(), named.size(), named.sha256(), named.original());
        byte[] other = bytes.clone();
        other[bytes.length / 2] ^= 1;
        assertThat(received(elsewhere, other)).isFalse();
        assertThat(bytes(elsewhere.id())).isEmpty();
        assertThat(received(elsewhere, bytes)).isTrue();
        assertThat(received(elsewhere, bytes)).as("a second time").isTrue();
        assertThat(bytes(elsewhere.id())).hasValueSatisfying(there -> assertThat(there).isEqualTo(bytes));
        byte[] words = "not a picture".getBytes(StandardCharsets.UTF_8);
        assertThat(received(new Matters.Evidence(Uuid7.at(Instant.now()), "x.jpg", "image/jpeg", words.length,
                HexFormat.of().formatHex(sha256(words)), ""), words)).isFalse();
    }

    private boolean received(Matters.Evidence named, byte[] bytes) {
        return Acting.as(MACHINE, () -> {
            try {
                return evidence.receive(named, bytes);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private Optional<byte[]> bytes(UUID file) {
        return Acting.as(MACHINE, () -> {
            try {
                return evidence.bytes(file);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private long written(Path file, boolean csv) {
        Chains.Selection selection = new Chains.Selection(county.code, Optional.empty());
        return Acting.as(MACHINE, () -> {
            try {
                return csv ? exports.csv(selection, file, _ -> { }) : exports.jsonLines(selection, file, _ -> { });
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private ImportMatters.Came admitted(Path file) {
        return Acting.as(MACHINE, () -> {
            try {
                return importMatters.from(file, _ -> { });
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }
}
