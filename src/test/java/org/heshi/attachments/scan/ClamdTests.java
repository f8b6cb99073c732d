package org.heshi.attachments.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.heshi.attachments.scan.Clamd.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ClamAV says of an upload: the protocol with a daemon that is played, and with a real one where Debian's is installed. */
class ClamdTests {

    private static final byte[] BAD = "this harmless text stands for something malicious".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @Test
    void isNotAskedWhereThereIsNone() {
        Clamd none = new Clamd("");
        assertThat(none.there()).isFalse();
        assertThat(none.scan(BAD)).isInstanceOf(Verdict.Clean.class);
    }

    @Test
    void isSentEveryByteInPieces() throws IOException {
        byte[] bytes = new byte[1_000_003];
        new Random(1).nextBytes(bytes);
        try (FakeClamd fake = new FakeClamd(_ -> "stream: OK")) {
            assertThat(new Clamd(fake.address()).scan(bytes)).isInstanceOf(Verdict.Clean.class);
            assertThat(new Clamd(fake.address()).scan(new byte[0])).isInstanceOf(Verdict.Clean.class);
            assertThat(fake.heard.getFirst()).isEqualTo(bytes);
        }
    }

    @Test
    void namesWhatItFound() throws IOException {
        try (FakeClamd fake = new FakeClamd(_ -> "stream: Win.Test.EICAR_HDB-1 FOUND")) {
            assertThat(new Clamd(fake.address()).scan(BAD)).isEqualTo(new Verdict.Malicious("Win.Test.EICAR_HDB-1"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INSTREAM size limit exceeded. ERROR", "UNKNOWN COMMAND", "", "stream: OK FOUND OK", "OK", "stream: Can't allocate memory ERROR"})
    void takesNothingElseForClean(String answer) throws IOException {
        try (FakeClamd fake = new FakeClamd(_ -> answer)) {
            assertThat(new Clamd(fake.address()).scan(BAD)).isInstanceOf(Verdict.Unknown.class);
        }
    }

    @Test
    void knowsNothingWhenNobodyAnswers() throws IOException {
        // Taken and not listened at: of a port that was given back another program may have become the owner.
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            assertThat(new Clamd("127.0.0.1:" + taken.getLocalPort()).scan(BAD)).isInstanceOf(Verdict.Unknown.class);
        }
        assertThat(new Clamd(folder.resolve("no-socket").toString()).scan(BAD)).isInstanceOf(Verdict.Unknown.class);
        assertThat(new Clamd("nonsense").scan(BAD)).isInstanceOf(Verdict.Unknown.class);
        try (FakeClamd fake = new FakeClamd(_ -> null)) {
            Instant began = Instant.now();
            assertThat(new Clamd(fake.address(), Duration.ofMillis(300)).scan(BAD)).isInstanceOf(Verdict.Unknown.class);
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(5));
        }
    }

    /** The daemon of Debian's package clamav-daemon, with one signature of our own: nothing is downloaded. */
    @Test
    void agreesWithARealOne() throws Exception {
        Path program = Stream.of("/usr/sbin/clamd", "/usr/bin/clamd", "/usr/local/sbin/clamd").map(Path::of).filter(Files::isExecutable).findFirst().orElse(null);
        assumeTrue(program != null, "clamd is not installed: apt-get install clamav-daemon");
        Path signatures = Files.createDirectory(folder.resolve("signatures"));
        Files.writeString(signatures.resolve("ours.ndb"), "Heshi.Test.Planted:0:*:" + HexFormat.of().formatHex(BAD) + "\n");
        Path socket = folder.resolve("ctl");
        Path settings = folder.resolve("clamd.conf");
        Files.writeString(settings, """
                DatabaseDirectory %s
                LocalSocket %s
                Foreground yes
                LogFile %s
                StreamMaxLength 25M
                User %s
                """.formatted(signatures, socket, folder.resolve("clamd.log"), System.getProperty("user.name")));
        Process clamd = new ProcessBuilder(program.toString(), "--config-file=" + settings).redirectErrorStream(true)
                .redirectOutput(folder.resolve("clamd.out").toFile()).start();
        try {
            Instant end = Instant.now().plusSeconds(40);
            while (!Files.exists(socket) && clamd.isAlive() && Instant.now().isBefore(end)) {
                Thread.sleep(100);
            }
            assertThat(socket).as(() -> said("clamd.out")).exists();
            Clamd ours = new Clamd(socket.toString());
            assertThat(ours.scan("nothing at all".getBytes(StandardCharsets.US_ASCII))).isInstanceOf(Verdict.Clean.class);
            byte[] hidden = new byte[300_000];
            Arrays.fill(hidden, (byte) 'x');
            System.arraycopy(BAD, 0, hidden, 200_000, BAD.length);
            for (byte[] bad : List.of(BAD, hidden)) {
                assertThat(ours.scan(bad)).isInstanceOfSatisfying(Verdict.Malicious.class,
                        found -> assertThat(found.signature()).startsWith("Heshi.Test.Planted"));
            }
            assertThat(ours.scan(new byte[26 * 1024 * 1024])).isInstanceOf(Verdict.Unknown.class);
        } finally {
            clamd.destroy();
            if (!clamd.waitFor(10, TimeUnit.SECONDS)) {
                clamd.destroyForcibly();
            }
        }
    }

    private String said(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
