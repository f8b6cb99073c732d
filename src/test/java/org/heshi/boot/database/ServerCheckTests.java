package org.heshi.boot.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerCheckTests {

    private static final Map<String, String> SOUND = Map.of("fsync", "on", "full_page_writes", "on", "synchronous_commit", "on",
            "server_encoding", "UTF8", "server_version_num", "180006");

    @Test
    void acceptsAServerThatKeepsWhatItAcknowledged() {
        assertThat(ServerCheck.problems(SOUND, false)).isEmpty();
        assertThat(ServerCheck.problems(with("synchronous_commit", "remote_apply"), false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"fsync, off, fsync off", "full_page_writes, off, full_page_writes off", "synchronous_commit, off, synchronous_commit = off",
        "synchronous_commit, local, synchronous_commit = local", "server_encoding, SQL_ASCII, SQL_ASCII", "server_version_num, 170002, older than"})
    void refusesAServerThatMayLoseIt(String name, String value, String sentence) {
        assertThat(ServerCheck.problems(with(name, value), false)).singleElement().asString().contains(sentence);
    }

    @Test
    void refusesRolesThatPassByRowLevelSecurity() {
        assertThat(ServerCheck.problems(SOUND, true)).singleElement().asString().contains("row-level security");
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> shown = new HashMap<>(SOUND);
        shown.put(name, value);
        return shown;
    }
}
