package org.heshi.secrets.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.kernel.CannotStart;
import org.heshi.secrets.KeyRing.Destroyed;
import org.heshi.secrets.KeyRing.Kept;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * A file of SQLite with wrapped keys. What is deleted is overwritten in the file ({@code secure_delete}); what the file system or a disk keeps of
 * freed blocks is for the disk's own encryption.
 */
final class KeyTable implements AutoCloseable {

    /** A key as it lies there. */
    record Wrapped(long order, UUID id, String by, byte[] bytes) {
    }

    private static final Set<PosixFilePermission> OURS = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;
    private final Connection connection;
    private final boolean log;
    /** Prepared once: it is asked for nearly every key that an act opens. Used only where {@link #ask} holds the table. */
    private final PreparedStatement find;

    private KeyTable(Path file, Connection connection, boolean log) throws SQLException {
        this.file = file;
        this.connection = connection;
        this.log = log;
        schema();
        this.find = connection.prepareStatement("select place, id, by, bytes from key where id = ?");
    }

    /**
     * @param log whether changes go through a log beside the file, so that readers and the writer do not wait for each other; not over a network
     * @throws CannotStart when the file cannot be opened, is none of ours or is open to other users
     */
    static KeyTable open(Path file, boolean log) {
        try {
            make(file);
            SQLiteConfig config = new SQLiteConfig();
            config.setJournalMode(log ? SQLiteConfig.JournalMode.WAL : SQLiteConfig.JournalMode.TRUNCATE);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
            config.setBusyTimeout(15_000);
            config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
            config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
            Connection connection = config.createConnection("jdbc:sqlite:" + file);
            return new KeyTable(file, connection, log);
        } catch (SQLException | IOException e) {
            throw CannotStart.because("The key store cannot be opened: " + file + " (" + e.getMessage() + "). If it is damaged, put its copy in its place; "
                    + "docs/operations.md says how.", e);
        }
    }

    private static void make(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        boolean posix = Files.getFileStore(file.getParent()).supportsFileAttributeView("posix");
        try {
            if (posix) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(OURS));
            } else {
                Files.createFile(file);
            }
        } catch (FileAlreadyExistsException _) {
            if (posix && !EnumSet.copyOf(OURS).containsAll(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))) {
                throw CannotStart.because("The key store is open to other users: " + file + ". If nobody else can have read it, close it: chmod 600 " + file);
            }
        }
    }

    private void schema() throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute("create table if not exists key (place integer primary key autoincrement, id blob not null unique, by text not null, bytes blob not null)");
            s.execute("create table if not exists gone (place integer primary key autoincrement, id blob not null unique, at integer not null, matter blob)");
            s.execute("create table if not exists fact (name text primary key, value text not null)");
            s.execute("create table if not exists kept (place integer primary key autoincrement, matter blob not null unique, bytes blob not null)");
            s.execute("create index if not exists key_by on key (by)");
            s.execute("create index if not exists gone_of on gone (matter) where matter is not null");
        }
    }

    /** Something that is asked of the store. */
    interface Work<T> {
        T run() throws SQLException;
    }

    /** Whole or not at all, on the disk when it returns. */
    synchronized <T> T together(Work<T> work) {
        try {
            connection.setAutoCommit(false);
            try {
                T result = work.run();
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the key store " + file + " does not answer: " + e.getMessage(), e);
        }
    }

    private synchronized <T> T ask(Work<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw new IllegalStateException("the key store " + file + " does not answer: " + e.getMessage(), e);
        }
    }

    Optional<Wrapped> find(UUID id) {
        return ask(() -> {
            find.setBytes(1, bytes(id));
            return list(find).stream().findFirst();
        });
    }

    /** Those of them that are there. */
    List<Wrapped> find(Collection<UUID> ids) {
        return ask(() -> {
            try (PreparedStatement s = connection.prepareStatement("select place, id, by, bytes from key where id in ("
                    + String.join(", ", Collections.nCopies(ids.size(), "?")) + ")")) {
                int i = 0;
                for (UUID id : ids) {
                    s.setBytes(++i, bytes(id));
                }
                return list(s);
            }
        });
    }

    /** The one that was put there last of those that are there. */
    Optional<Wrapped> last() {
        return ask(() -> {
            try (PreparedStatement s = connection.prepareStatement("select place, id, by, bytes from key order by place desc limit 1")) {
                return list(s).stream().findFirst();
            }
        });
    }

    /** Keys behind that place, in order. */
    List<Wrapped> after(long place, int limit) {
        return ask(() -> {
            try (PreparedStatement s = connection.prepareStatement("select place, id, by, bytes from key where place > ? order by place limit ?")) {
                s.setLong(1, place);
                s.setInt(2, limit);
                return list(s);
            }
        });
    }

    /** Some that are wrapped by another than this one. */
    List<Wrapped> notBy(String by, int limit) {
        return ask(() -> {
            try (PreparedStatement s = connection.prepareStatement("select place, id, by, bytes from key where by < ? or by > ? limit ?")) {
                s.setString(1, by);
                s.setString(2, by);
                s.setInt(3, limit);
                return list(s);
            }
        });
    }

    private static List<Wrapped> list(PreparedStatement s) throws SQLException {
        List<Wrapped> list = new ArrayList<>();
        try (ResultSet r = s.executeQuery()) {
            while (r.next()) {
                list.add(new Wrapped(r.getLong(1), uuid(r.getBytes(2)), r.getString(3), r.getBytes(4)));
            }
        }
        return list;
    }

    /** @param place where it is to lie; null: at the end */
    void put(@Nullable Long place, UUID id, String by, byte[] wrapped) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("insert or replace into key (place, id, by, bytes) values (?, ?, ?, ?)")) {
            s.setObject(1, place);
            s.setBytes(2, bytes(id));
            s.setString(3, by);
            s.setBytes(4, wrapped);
            s.executeUpdate();
        }
    }

    void rewrap(UUID id, String by, byte[] wrapped) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("update key set by = ?, bytes = ? where id = ?")) {
            s.setString(1, by);
            s.setBytes(2, wrapped);
            s.setBytes(3, bytes(id));
            s.executeUpdate();
        }
    }

    /** Forgets these keys, and notes that they are gone; those that have an order take it along. What was kept of their matters goes, too. */
    void destroy(Collection<Destroyed> keys) {
        together(() -> {
            forget(keys);
            return 0;
        });
        forgetLog();
    }

    private void forget(Collection<Destroyed> keys) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from key where id = ?");
                PreparedStatement note = connection.prepareStatement("insert into gone (place, id, at, matter) values (?, ?, ?, ?) on conflict do nothing");
                PreparedStatement unkeep = connection.prepareStatement("delete from kept where matter = ?")) {
            for (Destroyed key : keys) {
                delete.setBytes(1, bytes(key.key()));
                delete.executeUpdate();
                note.setObject(1, key.order() > 0 ? key.order() : null);
                note.setBytes(2, bytes(key.key()));
                note.setLong(3, key.at().toEpochMilli());
                note.setBytes(4, key.matter().map(KeyTable::bytes).orElse(null));
                note.executeUpdate();
                if (key.matter().isPresent()) {
                    unkeep.setBytes(1, bytes(key.matter().get()));
                    unkeep.executeUpdate();
                }
            }
        }
    }

    /** Keeps that, and forgets the key, both or neither. @return false when a key under which it is sealed is not there, or is the one that goes */
    boolean replace(Kept kept, Set<UUID> under, Destroyed old) {
        boolean done = together(() -> {
            for (UUID key : under) {
                // asked inside: what is there already must not give way to what opens no more
                if (key.equals(old.key()) || find(key).isEmpty()) {
                    return false;
                }
            }
            keep(List.of(kept));
            forget(List.of(old));
            return true;
        });
        forgetLog();
        return done;
    }

    /** Each takes the place of what was kept of its matter before; those that have an order take it along. */
    void keep(Collection<Kept> all) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("insert or replace into kept (place, matter, bytes) values (?, ?, ?)")) {
            for (Kept kept : all) {
                s.setObject(1, kept.order() > 0 ? kept.order() : null);
                s.setBytes(2, bytes(kept.matter()));
                s.setBytes(3, kept.bytes());
                s.executeUpdate();
            }
        }
    }

    List<Kept> keptAfter(long place, int limit) {
        return ask(() -> {
            try (PreparedStatement s = connection.prepareStatement("select place, matter, bytes from kept where place > ? order by place limit ?")) {
                s.setLong(1, place);
                s.setInt(2, limit);
                List<Kept> list = new ArrayList<>();
                try (ResultSet r = s.executeQuery()) {
                    while (r.next()) {
                        list.add(new Kept(r.getLong(1), uuid(r.getBytes(2)), r.getBytes(3)));
                    }
                }
                return list;
            }
        });
    }

    long lastKept() {
        return number("select coalesce(max(place), 0) from kept");
    }

    /** What was deleted stands in the log beside the file until it is written back. */
    private void forgetLog() {
        if (log) {
            ask(() -> {
                try (Statement s = connection.createStatement()) {
                    s.execute("pragma wal_checkpoint(truncate)");
                }
                return 0;
            });
        }
    }

    List<Destroyed> goneAfter(long place, int limit) {
        return ask(() -> {
            try (PreparedStatement s = connection.prepareStatement("select place, id, at, matter from gone where place > ? order by place limit ?")) {
                s.setLong(1, place);
                s.setInt(2, limit);
                List<Destroyed> list = new ArrayList<>();
                try (ResultSet r = s.executeQuery()) {
                    while (r.next()) {
                        list.add(new Destroyed(r.getLong(1), uuid(r.getBytes(2)), Instant.ofEpochMilli(r.getLong(3)),
                                Optional.ofNullable(r.getBytes(4)).map(KeyTable::uuid)));
                    }
                }
                return list;
            }
        });
    }

    /** Those of these matters whose key is gone. */
    Set<UUID> goneOf(Collection<UUID> matters) {
        return ask(() -> {
            Set<UUID> found = new HashSet<>();
            try (PreparedStatement s = connection.prepareStatement("select matter from gone where matter in ("
                    + String.join(", ", Collections.nCopies(matters.size(), "?")) + ")")) {
                int i = 0;
                for (UUID matter : matters) {
                    s.setBytes(++i, bytes(matter));
                }
                try (ResultSet r = s.executeQuery()) {
                    while (r.next()) {
                        found.add(uuid(r.getBytes(1)));
                    }
                }
            }
            return found;
        });
    }

    boolean gone(UUID id) {
        return ask(() -> {
            try (PreparedStatement s = connection.prepareStatement("select 1 from gone where id = ?")) {
                s.setBytes(1, bytes(id));
                try (ResultSet r = s.executeQuery()) {
                    return r.next();
                }
            }
        });
    }

    /** The place of the last key there ever was, and of the last that went. */
    long lastKey() {
        return number("select coalesce((select seq from sqlite_sequence where name = 'key'), 0)");
    }

    long lastGone() {
        return number("select coalesce(max(place), 0) from gone");
    }

    long count() {
        return number("select count(*) from key");
    }

    private long number(String sql) {
        return ask(() -> {
            try (Statement s = connection.createStatement(); ResultSet r = s.executeQuery(sql)) {
                r.next();
                return r.getLong(1);
            }
        });
    }

    Optional<String> fact(String name) {
        return ask(() -> {
            try (PreparedStatement s = connection.prepareStatement("select value from fact where name = ?")) {
                s.setString(1, name);
                try (ResultSet r = s.executeQuery()) {
                    return r.next() ? Optional.of(r.getString(1)) : Optional.empty();
                }
            }
        });
    }

    void fact(String name, String value) {
        ask(() -> {
            try (PreparedStatement s = connection.prepareStatement("insert into fact (name, value) values (?, ?) on conflict (name) do update set value = excluded.value")) {
                s.setString(1, name);
                s.setString(2, value);
                s.executeUpdate();
            }
            return 0;
        });
    }

    /** Forgets every key, to be filled again. */
    void empty() {
        ask(() -> {
            try (Statement s = connection.createStatement()) {
                s.execute("delete from key");
                s.execute("delete from sqlite_sequence where name = 'key'");
            }
            return 0;
        });
        forgetLog();
    }

    /** Writes the file anew without what was deleted or changed in it. */
    void tidy() {
        ask(() -> {
            try (Statement s = connection.createStatement()) {
                s.execute("vacuum");
            }
            return 0;
        });
        forgetLog();
    }

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).array();
    }

    private static UUID uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the key store " + file + " cannot be closed", e);
        }
    }
}
