package org.heshi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** The program on a data folder of its own, wherever it runs. */
public interface RunningProgram extends AutoCloseable {

    /** Where it serves, without a slash at the end. */
    URI address();

    Path data();

    /** Tells it to end, and waits until it did. */
    int terminate();

    /** A connection as one of the program's roles: {@code heshi_app}, {@code heshi_follower}, {@code heshi_owner} or {@code postgres}. */
    default Connection connect(String role) throws SQLException {
        try (var in = Files.newBufferedReader(data().resolve("database.properties"))) {
            Properties passwords = new Properties();
            passwords.load(in);
            String port = Files.readAllLines(data().resolve("postgres/postmaster.pid")).get(3).strip();
            return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/heshi", role, passwords.getProperty(role));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void close();
}
