package org.heshi.boot.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LargePagesTests {

    private static String meminfo(long free, long reserved, long kilobytes) {
        return "MemTotal:       24000000 kB\nHugePages_Total:     800\nHugePages_Free:  %8d\nHugePages_Rsvd:  %8d\nHugePages_Surp:        0\nHugepagesize:    %8d kB\n"
                .formatted(free, reserved, kilobytes);
    }

    /** 1,024 MB, a sixteenth more and 24 MB are 1,112 MB: 556 pages of 2 MB. */
    @ParameterizedTest
    @CsvSource({"556, 0, 2048, try", "555, 0, 2048, off", "800, 0, 2048, try", "800, 300, 2048, off", "0, 0, 2048, off", "2, 0, 1048576, try", "1, 0, 1048576, off", "0, 0, 1048576, off"})
    void onlyWhereEnoughAreFree(long free, long reserved, long kilobytes, String then) {
        assertThat(LargePages.setting(1_024, meminfo(free, reserved, kilobytes), List.of())).isEqualTo("huge_pages=" + then);
    }

    @ParameterizedTest
    @CsvSource({"max, try", "0, off", "1166016511, off", "1166016512, try", "9223372036854771712, try", "'', try"})
    void notBeyondWhatAContainerMayTake(String limit, String then) {
        assertThat(LargePages.setting(1_024, meminfo(800, 0, 2048), List.of(limit + "\n"))).isEqualTo("huge_pages=" + then);
    }

    @Test
    void aSystemThatTellsNothingHasNone() {
        assertThat(LargePages.setting(128, "", List.of())).isEqualTo("huge_pages=off");
    }
}
