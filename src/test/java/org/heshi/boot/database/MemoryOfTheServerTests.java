package org.heshi.boot.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryOfTheServerTests {

    @ParameterizedTest
    @CsvSource({"1000, 128, 1024", "4096, 256, 2048", "16384, 1024, 8192", "65536, 1024, 32768"})
    void aSixteenthOfTheMachineForItsPagesWithinBounds(long megabytes, int pages, int files) {
        assertThat(Cluster.memory(megabytes)).containsExactly("shared_buffers=" + pages + "MB", "effective_cache_size=" + files + "MB");
    }

    @Test
    void aMachineWithoutAnyIsNoMistake() {
        assertThat(Cluster.memory(0)).containsExactly("shared_buffers=128MB", "effective_cache_size=1024MB");
    }
}
