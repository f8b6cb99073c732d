package org.heshi.attachments.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.heshi.HeshiTest;
import org.heshi.kernel.Uuid7;
import org.heshi.secrets.BrokenSeal;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

@HeshiTest
class WhenAnotherRoomKeepsAFileTests {

    @Autowired
    KeptForOthers files;
    @Value("${heshi.data}")
    Path data;

    private final UUID id = Uuid7.at(InstantSource.system().instant());

    private Path file() {
        return data.toAbsolutePath().resolve("files").resolve(id.toString().substring(34)).resolve(id + ".kept");
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private byte[] read() throws IOException {
        try (InputStream in = files.read(id).orElseThrow()) {
            return in.readAllBytes();
        }
    }

    @Test
    void getsBackWhatItGaveWhateverItsLength() throws IOException {
        for (int length : new int[] {0, 1, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, 1_000_003}) {
            byte[] given = bytes(length);
            files.write(id, out -> {
                out.write(given, 0, length / 2);
                for (int i = length / 2; i < length; i += 4096) {
                    out.write(given, i, Math.min(4096, length - i));
                }
            });
            assertThat(read()).as("%d bytes", length).isEqualTo(given);
        }
        byte[] onTheDisk = Files.readAllBytes(file());
        byte[] part = Arrays.copyOf(bytes(1_000_003), 16);
        assertThat(new String(onTheDisk, StandardCharsets.ISO_8859_1)).doesNotContain(new String(part, StandardCharsets.ISO_8859_1));
    }

    @Test
    void isToldWhenItWasChangedOrCutOffAnywhere() throws IOException {
        files.write(id, out -> out.write(bytes(700_000)));
        byte[] whole = Files.readAllBytes(file());
        for (int at : new int[] {30, 300_000, whole.length - 1}) {
            byte[] altered = whole.clone();
            altered[at] ^= 1;
            Files.write(file(), altered);
            assertThatThrownBy(this::read).as("byte %d", at).isInstanceOf(BrokenSeal.class);
        }
        for (int length : new int[] {24, 25 + 256 * 1024 + 28, whole.length - 1}) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertThatThrownBy(this::read).as("%d bytes of it", length).isInstanceOf(BrokenSeal.class);
        }
    }

    @Test
    void findsNothingOfWhatFailedOrWasForgottenAlsoWhenItComesBackWithABackup() throws IOException {
        assertThatThrownBy(() -> files.write(id, out -> {
            out.write(1);
            throw new IOException("full");
        })).isInstanceOf(IOException.class);
        assertThat(files.read(id)).isEmpty();
        files.write(id, out -> out.write(7));
        byte[] copy = Files.readAllBytes(file());
        files.forget(id);
        files.forget(id);
        assertThat(files.read(id)).isEmpty();
        Files.write(file(), copy);
        assertThat(files.read(id)).as("its key is gone").isEmpty();
        files.mend();
        assertThat(file()).doesNotExist();
    }

    @Test
    void losesWhatItDoesNotKnowOfAfterAWhile() throws IOException {
        files.write(id, out -> out.write(7));
        Instant now = InstantSource.system().instant();
        assertThat(files.forgetUnknown(now.minusSeconds(3600), _ -> Set.of())).as("it may be known in a moment").isZero();
        assertThat(files.forgetUnknown(now.plusSeconds(60), Set::copyOf)).as("known").isZero();
        assertThat(files.read(id)).isPresent();
        files.forgetUnknown(now.plusSeconds(60), ids -> Set.copyOf(ids.stream().filter(one -> !one.equals(id)).toList()));
        assertThat(files.read(id)).isEmpty();
    }
}
