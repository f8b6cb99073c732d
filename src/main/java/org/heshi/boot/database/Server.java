package org.heshi.boot.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.heshi.kernel.CannotStart;
import org.heshi.boot.settings.Settings;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;

/**
 * The database that the program works on: its address, and who may enter. When the constructor returns it answers, keeps what it
 * acknowledges, and has the schema that this build needs.
 */
public final class Server implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    /** Rooms that own a schema of the same name. */
    public static final List<String> ROOMS = Migrations.ROOMS;

    static final String EXTENSIONS = "create extension if not exists pg_trgm; create extension if not exists btree_gin";

    private static final String DATABASE = "heshi";
    private static final String OFF = "57P03";

    private final DataFolder folder;
    private final boolean command;
    private final @Nullable Cluster cluster;
    private final String url;
    private final Logins logins;

    /**
     * @param command whether a command of {@code ./heshi} asks: it may join the server of the running program, which a second program may not
     */
    public Server(Settings settings, boolean command) {
        this.command = command;
        folder = DataFolder.open(settings.data(), command);
        if (!folder.held() && !command) {
            String holder = folder.holder();
            folder.close();
            throw CannotStart.because("Heshi already runs on the data in " + settings.data() + " (" + holder + ").");
        }
        Cluster started = null;
        try {
            if (settings.dbUrl() != null) {
                url = settings.dbUrl();
                logins = Logins.derived(String.valueOf(settings.dbUser()), String.valueOf(settings.dbPassword()));
            } else if (folder.held()) {
                Path data = settings.data();
                Path passwords = data.resolve("database.properties");
                UnfinishedFolder.mend(data);
                boolean made = Cluster.exists(data);
                if (made && !Logins.kept(passwords)) {
                    throw CannotStart.because("The passwords of the database are missing: put " + passwords + " back from a backup.");
                }
                logins = Logins.kept(passwords) ? Logins.read(passwords) : Logins.make(passwords);
                started = new Cluster(data, Binaries.in(settings.binaries()), Launcher.here(), settings.backups());
                if (!made) {
                    started.make(logins.admin());
                }
                started.start();
                url = address(started.port());
            } else {
                url = address(portOfRunning(settings.data(), folder));
                logins = Logins.read(settings.data().resolve("database.properties"));
            }
            cluster = started;
            // a signal in the middle of the start finds no finished context to close, but it finds this
            SpringApplication.getShutdownHandlers().add(this::close);
            if (!prepared()) {
                // also where another process runs it: that one may be about to make the roles and the database, and the two then wait for one another
                prepare(url, logins, settings.dbUrl() == null, null);
            }
            ServerCheck.check(url, logins.app());
        } catch (RuntimeException | SQLException e) {
            if (started != null) {
                started.stop();
            }
            folder.close();
            throw e instanceof CannotStart ours ? ours
                    : e instanceof SQLException ? CannotStart.because("The database does not answer as it should: " + e.getMessage(), e) : (RuntimeException) e;
        }
    }

    public String url() {
        return url;
    }

    public Logins logins() {
        return logins;
    }

    /** Ends the database where we run it: the program at once, a command when the commands that joined it have ended. */
    @Override
    public synchronized void close() {
        if (cluster != null) {
            if (command) {
                folder.awaitGuests(() -> LOG.warn("done; another command still works on the database, which is stopped after it"));
            }
            cluster.stop();
        }
        folder.close();
    }

    /** A connection of the tables' owner, for looks at what only migrations may touch. */
    public Connection connectAsOwner() throws SQLException {
        return DriverManager.getConnection(url, logins.owner().user(), logins.owner().password());
    }

    /** A connection of the database's superuser, for backups; only to a database of our own. */
    public Connection connectAsAdmin() throws SQLException {
        return connect(url, logins);
    }

    /** A connection of the program's own role outside of the pool, for benches: it sees nothing until it says who acts. */
    public Connection connectAsApp() throws SQLException {
        return DriverManager.getConnection(url, logins.app().user(), logins.app().password());
    }

    /**
     * Roles, database and schemas in a new cluster of our own, each room's in the version that another database has.
     *
     * @param like as superuser of that database
     */
    public static void lay(int port, Logins logins, Connection like) throws SQLException {
        Map<String, String> versions = new LinkedHashMap<>();
        try (Statement s = like.createStatement()) {
            for (String room : ROOMS) {
                if (!absent(s, "select where to_regclass('" + room + ".migration') is not null")) {
                    try (ResultSet r = s.executeQuery("select version from " + room + ".migration where success and version is not null"
                            + " order by installed_rank desc limit 1")) {
                        // a room may have an empty schema
                        versions.put(room, r.next() ? r.getString(1) : "0");
                    }
                }
            }
        }
        prepare(address(port), logins, true, versions);
    }

    static String address(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    private static int portOfRunning(Path data, DataFolder folder) {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            var port = Cluster.portOfRunning(data);
            if (port.isPresent() && Logins.kept(data.resolve("database.properties"))) {
                return port.get();
            }
            if (System.nanoTime() > until) {
                throw CannotStart.because("Heshi (" + folder.holder() + ") holds the data in " + data + " but its database does not run.");
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CannotStart.because("The start was interrupted.", e);
            }
        }
    }

    /** The quick way on every start but the first: roles, database and schema are there. */
    private boolean prepared() {
        try (Connection owner = connectAsOwner()) {
            return !Migrations.pending(owner);
        } catch (SQLException e) {
            if (OFF.equals(e.getSQLState())) {
                LOG.warn("the database is starting or stopping");
            }
            return false;
        }
    }

    private static void prepare(String url, Logins logins, boolean own, @Nullable Map<String, String> versions) throws SQLException {
        String admin = own ? url.substring(0, url.lastIndexOf('/')) + "/postgres" : url;
        // two processes may meet a new server, or one of before, at once: the second waits until this connection ends, and finds all done
        try (Connection alone = founded(admin, logins, own)) {
            try (Connection c = connect(url, logins); Statement s = c.createStatement()) {
                if (!own) {
                    s.execute("do $$ begin execute format('grant create, connect on database %I to " + Logins.OWNER + "', current_database());"
                            + " execute format('grant connect on database %I to " + Logins.APP + ", " + Logins.FOLLOWER + "', current_database()); end $$");
                }
                s.execute(EXTENSIONS);
            }
            Migrations.run(url, logins.owner(), versions);
        }
    }

    private static Connection founded(String admin, Logins logins, boolean own) throws SQLException {
        Connection alone = null;
        try {
            alone = connect(admin, logins);
            try (Statement s = alone.createStatement()) {
                s.execute("select pg_advisory_lock(7235421)");
            }
            found(alone, logins, own);
            return alone;
        } catch (SQLException e) {
            if (alone != null) {
                alone.close();
            }
            if (own) {
                throw e;
            }
            throw CannotStart.because("The PostgreSQL at HESHI_DB_URL refused HESHI_DB_USER or what it must do there: " + e.getMessage(), e);
        }
    }

    /** Makes the roles, and the database where the server is our own; what is there stays. */
    static void found(Connection admin, Logins logins, boolean own) throws SQLException {
        try (Statement s = admin.createStatement()) {
            role(admin, logins.owner());
            role(admin, logins.app());
            role(admin, logins.follower());
            if (own && absent(s, "select from pg_database where datname = '" + DATABASE + "'")) {
                s.execute("create database " + DATABASE + " owner " + Logins.OWNER + " template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'");
                s.execute("revoke all on database " + DATABASE + " from public");
                s.execute("grant connect on database " + DATABASE + " to " + Logins.APP + ", " + Logins.FOLLOWER);
            }
        }
    }

    private static Connection connect(String address, Logins logins) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", logins.admin().user());
        properties.setProperty("password", logins.admin().password());
        return DriverManager.getConnection(address, properties);
    }

    private static void role(Connection c, Logins.Login login) throws SQLException {
        try (Statement s = c.createStatement()) {
            if (absent(s, "select from pg_roles where rolname = '" + login.user() + "'")) {
                s.execute("create role " + login.user() + " login nosuperuser nocreatedb nocreaterole nobypassrls");
            }
        }
        // the driver sends a SCRAM verifier: the password itself stands in no statement and no log
        c.unwrap(PGConnection.class).alterUserPassword(login.user(), login.password().toCharArray(), "scram-sha-256");
    }

    private static boolean absent(Statement s, String question) throws SQLException {
        try (ResultSet r = s.executeQuery(question)) {
            return !r.next();
        }
    }
}
