package org.heshi.boot.database;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * What every table of a program held at one time, with the migrations that it had run: data without a schema, so that the schema it is put
 * into is the one that those migrations make. Text under xz: {@code room NAME VERSION} for each schema, then {@code table NAME COLUMNS} with
 * its rows as {@code COPY} writes them up to {@code \.}, then {@code sequence NAME LAST}.
 */
final class Snapshot {

    static final Path FOLDER = Path.of("src", "test", "resources", "upgrade");

    /** Flyway's own table too: whoever comes from that time brings the checksums of the scripts that made their tables. */
    private static final String TABLES = """
            select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name,
                   (select string_agg(quote_ident(a.attname), ',' order by a.attnum) from pg_attribute a
                    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and n.nspname = any (?)
            order by 1
            """;
    private static final String SEQUENCES = """
            select quote_ident(schemaname) || '.' || quote_ident(sequencename) as name, last_value from pg_sequences
            where last_value is not null and schemaname = any (?) order by 1
            """;
    private static final String LAST_VERSION = """
            select coalesce((select version from %s.migration where success and version is not null order by installed_rank desc limit 1), '0')
            """;

    /**
     * Entries carry the number of the transaction that wrote them. A server of its own begins to count anew, so it is brought past those of the other
     * one; copies of the files, which is how a database moves, bring it with them.
     */
    private static final String PAST_ITS_TRANSACTIONS = """
            do $$ begin
              while pg_current_xact_id() <= (select xid from matters.sequencer) loop
                commit;
              end loop;
            end $$
            """;
    /** Rows are put in without a look at foreign keys: each is looked up here, so that a snapshot is no worse than what it was taken from. */
    private static final String WHOLE = """
            do $$ declare k record; lost bigint;
            begin
              for k in select c.conname, c.conrelid::regclass as child, c.confrelid::regclass as parent,
                         string_agg(format('p.%I = c.%I', p.attname, a.attname), ' and ') as same, string_agg(format('c.%I is not null', a.attname), ' and ') as given
                       from pg_constraint c cross join unnest(c.conkey, c.confkey) as u (a, p)
                       join pg_attribute a on a.attrelid = c.conrelid and a.attnum = u.a join pg_attribute p on p.attrelid = c.confrelid and p.attnum = u.p
                       where c.contype = 'f' group by c.oid, c.conname, c.conrelid, c.confrelid loop
                execute format('select count(*) from %s c where %s and not exists (select from %s p where %s)', k.child, k.given, k.parent, k.same) into lost;
                if lost > 0 then
                  raise exception '% rows of % name what is not in %', lost, k.child, k.parent;
                end if;
              end loop;
            end $$
            """;
    private static final String END = "\\.";
    /** The demo fills every village with posts; those of units that no matter came to would be most of the file. */
    private static final String POSTS = """
            create temporary table kept_post on commit drop as select p.id from directory.post p
            where p.unit in (select unit from matters.holding union select unit from directory.receiving_organ) or p.id in (select post from notices.notice)
               or p.id in (select h.post from directory.holding h join identity.account a on a.person = h.person)
            """;
    private static final Map<String, String> KEPT = Map.of("directory.post", " where id in (select id from kept_post)",
            "directory.holding", " where post in (select id from kept_post)",
            "directory.person", " where id in (select person from directory.holding where post in (select id from kept_post))");

    private final Path file;

    private Snapshot(Path file) {
        this.file = file;
    }

    static Snapshot in(Path file) {
        return new Snapshot(file);
    }

    /** Writes what a database holds, as its superuser, whom no policy hides a row from. */
    static void take(Connection superuser, Path file) throws SQLException, IOException {
        superuser.setAutoCommit(false);
        superuser.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        List<String> rooms = new ArrayList<>();
        for (String room : Migrations.ROOMS) {
            if (exists(superuser, room + ".migration")) {
                rooms.add(room);
            }
        }
        try (Statement s = superuser.createStatement()) {
            s.execute(POSTS);
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (PrintWriter out = new PrintWriter(new OutputStreamWriter(new XZCompressorOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
            for (String room : rooms) {
                out.print("room " + room + " " + one(superuser, LAST_VERSION.formatted(room)) + "\n");
            }
            for (Map.Entry<String, String> table : rows(superuser, TABLES, rooms).entrySet()) {
                ByteArrayOutputStream copied = new ByteArrayOutputStream();
                superuser.unwrap(PGConnection.class).getCopyAPI()
                        .copyOut("copy (select " + table.getValue() + " from " + table.getKey() + KEPT.getOrDefault(table.getKey(), "") + ") to stdout", copied);
                out.print("table " + table.getKey() + " " + table.getValue() + "\n" + copied.toString(StandardCharsets.UTF_8) + END + "\n");
            }
            for (Map.Entry<String, String> sequence : rows(superuser, SEQUENCES, rooms).entrySet()) {
                out.print("sequence " + sequence.getKey() + " " + sequence.getValue() + "\n");
            }
        }
        superuser.rollback();
    }

    /** The last version that each room had then, 0 for one without a script; rooms that there were not yet are absent. */
    Map<String, String> versions() throws IOException {
        Map<String, String> versions = new LinkedHashMap<>();
        try (BufferedReader in = open()) {
            for (String[] words = in.readLine().split(" "); words[0].equals("room"); words = in.readLine().split(" ")) {
                versions.put(words[1], words[2]);
            }
        }
        return versions;
    }

    /** Puts the data into the schema of {@link #versions()} in place of what the migrations themselves put there. */
    void load(Connection superuser) throws SQLException, IOException {
        superuser.setAutoCommit(false);
        try (BufferedReader in = open(); Statement s = superuser.createStatement()) {
            s.execute("set session_replication_role = replica");
            String all = String.join(", ", rows(superuser, TABLES, List.copyOf(versions().keySet())).keySet());
            s.execute("truncate " + all);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ");
                switch (words[0]) {
                    case "table" -> {
                        CopyIn copy = superuser.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + words[1] + " (" + words[2] + ") from stdin");
                        for (String row = in.readLine(); !row.equals(END); row = in.readLine()) {
                            byte[] bytes = (row + "\n").getBytes(StandardCharsets.UTF_8);
                            copy.writeToCopy(bytes, 0, bytes.length);
                        }
                        copy.endCopy();
                    }
                    case "sequence" -> s.execute("select setval('" + words[1] + "', " + words[2] + ")");
                    default -> {
                    }
                }
            }
            s.execute("reset session_replication_role");
        }
        superuser.commit();
        superuser.setAutoCommit(true);
        try (Statement s = superuser.createStatement()) {
            s.execute(WHOLE);
            s.execute(PAST_ITS_TRANSACTIONS);
        }
    }

    @Override
    public String toString() {
        return file.getFileName().toString();
    }

    private BufferedReader open() throws IOException {
        return new BufferedReader(new InputStreamReader(new XZCompressorInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
    }

    private static boolean exists(Connection c, String table) throws SQLException {
        return one(c, "select to_regclass('" + table + "')") != null;
    }

    private static @Nullable String one(Connection c, String question) throws SQLException {
        try (Statement s = c.createStatement(); ResultSet r = s.executeQuery(question)) {
            return r.next() ? r.getString(1) : null;
        }
    }

    private static Map<String, String> rows(Connection c, String question, List<String> rooms) throws SQLException {
        Map<String, String> rows = new LinkedHashMap<>();
        try (PreparedStatement s = c.prepareStatement(question)) {
            s.setArray(1, c.createArrayOf("text", rooms.toArray()));
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    rows.put(r.getString(1), r.getString(2));
                }
            }
        }
        return rows;
    }
}
