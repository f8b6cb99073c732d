package org.heshi.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTests {

    @TempDir
    Path folder;

    @Test
    void isMadeForItsOwnerOnlyAndKept() throws IOException {
        Path file = folder.resolve("sub/some.key");
        byte[] first = KeyFile.open(file, "tests", () -> false);
        assertThat(first).hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(KeyFile.open(file, "tests", () -> true)).isEqualTo(first);
    }

    @Test
    void isNotReplacedWhenItIsLost() {
        Path file = folder.resolve("some.key");
        assertThatThrownBy(() -> KeyFile.open(file, "tests", () -> true)).isInstanceOf(CannotStart.class)
                .hasMessageContaining("The key of tests is lost").hasMessageContaining(file.toString());
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx"})
    void isRefusedWhenOthersMayUseIt(String permissions) throws IOException {
        Path file = folder.resolve("some.key");
        KeyFile.open(file, "tests", () -> false);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        assertThatThrownBy(() -> KeyFile.open(file, "tests", () -> true)).isInstanceOf(CannotStart.class)
                .hasMessageContaining("open to other users").hasMessageContaining(permissions).hasMessageContaining("chmod 600");
    }

    @Test
    void isRefusedWhenItIsDamaged() throws IOException {
        Path file = folder.resolve("some.key");
        KeyFile.open(file, "tests", () -> false);
        Files.write(file, new byte[31]);
        assertThatThrownBy(() -> KeyFile.open(file, "tests", () -> true)).isInstanceOf(CannotStart.class).hasMessageContaining("damaged");
    }
}
