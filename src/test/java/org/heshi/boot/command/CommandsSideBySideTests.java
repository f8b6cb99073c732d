package org.heshi.boot.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.heshi.ChildProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands of ./heshi that start at once on data where no program runs. */
class CommandsSideBySideTests {

    @TempDir
    Path data;

    @Test
    void shareOneDatabaseWhichTheLastOfThemStops() {
        List<CompletableFuture<ChildProgram.Ended>> both = Stream.of("status", "verify")
                .map(command -> CompletableFuture.supplyAsync(() -> ChildProgram.run(data, Map.of(), command))).toList();

        assertThat(both).extracting(CompletableFuture::join).allSatisfy(ended -> {
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.err()).doesNotContain("Exception", "terminating connection");
        });
        assertThat(ChildProgram.postgresOn(data)).isEmpty();
    }
}
