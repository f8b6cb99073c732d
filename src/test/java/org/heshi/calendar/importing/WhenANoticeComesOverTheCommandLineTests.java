package org.heshi.calendar.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.heshi.ChildProgram;
import org.heshi.ProgramHere;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./heshi import calendar} as a program of its own, on data where nothing runs. */
class WhenANoticeComesOverTheCommandLineTests {

    @TempDir
    Path data;
    @TempDir
    Path folder;

    @Test
    void isTakenInOnceAndRefusedInWords() throws IOException {
        ChildProgram.lay(data, false);
        Path good = Files.writeString(folder.resolve("2025.json"), "{\"year\": 2025, \"source\": \"试验\", \"holidays\": {\"2025-01-01\": \"元旦\"}}");
        ChildProgram.Ended taken = ChildProgram.run(data, Map.of(), "import", "calendar", good.toString());
        assertThat(taken.exitCode()).as(taken.err()).isZero();
        assertThat(taken.out()).contains("The notice of 2025 was taken in: 1 days.");

        Path bad = Files.writeString(folder.resolve("bad.csv"), "2025-02-29,holiday,春节");
        ChildProgram.Ended refused = ProgramHere.run(data, Map.of(), "import", "calendar", bad.toString(), "--year", "2025", "--source", "试验");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("there is no day \"2025-02-29\"", "Nothing was taken in.");
    }
}
