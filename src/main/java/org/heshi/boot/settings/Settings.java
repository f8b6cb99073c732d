package org.heshi.boot.settings;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is set from outside, after {@link SettingsCheck} found nothing wrong with it. The list with meanings is {@link Setting}.
 * Other rooms read the same values as properties: {@code heshi.data}, {@code heshi.base-url}, {@code heshi.node} and so on.
 *
 * @param data       folder of everything that is kept, absolute
 * @param binaries   folder into which the embedded PostgreSQL is unpacked
 * @param dbUrl      JDBC address of an external PostgreSQL; none: the embedded one
 * @param dbUser     a role there that may create roles
 * @param dbPassword its password
 * @param demo       whether the demo county is seeded on the first start
 * @param baseUrl    how residents reach this program, without a slash at the end
 * @param node       the first three digits of every matter's number, 0 to 999
 * @param languages  locales offered, the first is the default
 * @param backup     folder of backups, absolute; none: the database's log is not archived
 * @param backupKeep how many whole backups are kept
 */
@ConfigurationProperties("heshi")
public record Settings(
        Path data,
        Path binaries,
        @Nullable String dbUrl,
        @Nullable String dbUser,
        @Nullable String dbPassword,
        boolean demo,
        String baseUrl,
        int node,
        @DefaultValue("zh_CN") List<String> languages,
        @Nullable String backup,
        @DefaultValue("7") int backupKeep) {

    public Settings {
        data = data.toAbsolutePath().normalize();
        binaries = binaries.toAbsolutePath().normalize();
        dbUrl = blankToNull(dbUrl);
        backup = blankToNull(backup);
        languages = List.copyOf(languages);
    }

    public boolean embedded() {
        return dbUrl == null;
    }

    /** Folder of backups; none when nothing is set. */
    public @Nullable Path backups() {
        return backup == null ? null : Path.of(backup);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    @Override
    public String toString() {
        return "Settings[data=" + data + "]";
    }
}
