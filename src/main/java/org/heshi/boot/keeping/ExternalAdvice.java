package org.heshi.boot.keeping;

import java.nio.file.Path;

/** What to do where the database is not ours. */
final class ExternalAdvice {

    private ExternalAdvice() {
    }

    static String backup(Path data) {
        return """
                HESHI_DB_URL names a database that this program does not run; it is backed up with PostgreSQL's own tools, on its server:
                  pg_basebackup -D FOLDER -X stream -c fast       a copy while people work (never pg_dump: docs/decisions/0002)
                  archive_mode, archive_command                   for any later moment; pgBackRest and Barman do both
                Then copy the keys (%s) and %s, always after the database. See docs/operations.md, Backup.""".formatted(data.resolve("*.key"), data.resolve("files"));
    }

    static String restore(Path data) {
        return """
                HESHI_DB_URL names a database that this program does not run; it is restored with PostgreSQL's own tools, on its server:
                  unpack the copy into its data folder, set restore_command and recovery_target_time, touch recovery.signal, start it
                Put the keys and files into %s. Then ./heshi verify. See docs/operations.md, Restore.""".formatted(data);
    }
}
