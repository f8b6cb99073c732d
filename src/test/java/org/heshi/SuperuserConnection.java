package org.heshi;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.springframework.context.ApplicationContext;

/** The way into the test's database that the program itself never takes: as its superuser, with the password kept beside the data. */
public final class SuperuserConnection {

    private SuperuserConnection() {
    }

    public static Connection open(ApplicationContext context) throws SQLException {
        Properties kept = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(context.getEnvironment().getRequiredProperty("heshi.data"), "database.properties"))) {
            kept.load(reader);
        } catch (IOException e) {
            throw new SQLException("no passwords beside the data", e);
        }
        String url = context.getBean(HikariDataSource.class).getJdbcUrl();
        return DriverManager.getConnection(url, "postgres", kept.getProperty("postgres"));
    }
}
