package org.heshi.boot.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.heshi.boot.settings.Settings;
import org.heshi.boot.settings.SettingsCheck;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two ways into the database. The ordinary one is {@code heshi_app} under row-level security with the scope of who acts; the followers'
 * one, qualified {@code follower}, reads the log as {@code heshi_follower}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Settings.class)
class DataSources {

    @Bean
    Server server(Settings settings, @Value("${" + SettingsCheck.COMMAND + ":false}") boolean command, ObjectProvider<EarlyServer.Coming> early) {
        EarlyServer.Coming coming = early.getIfAvailable();
        return coming == null ? new Server(settings, command) : coming.arrived();
    }

    @Bean
    @Primary
    HikariDataSource dataSource(Server server) {
        return pool(server, server.logins().app(), 8);
    }

    @Bean(defaultCandidate = false)
    @Qualifier("follower")
    HikariDataSource followerDataSource(Server server) {
        return pool(server, server.logins().follower(), 3);
    }

    @Bean
    @Primary
    JdbcTransactionManager transactionManager(DataSource dataSource, TransactionExecutionListener scope) {
        JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
        manager.addListener(scope);
        return manager;
    }

    @Bean
    @Primary
    TransactionTemplate transactions(PlatformTransactionManager manager) {
        return new TransactionTemplate(manager);
    }

    @Bean
    @Primary
    JdbcClient jdbcClient(DataSource dataSource) {
        return JdbcClient.create(dataSource);
    }

    @Bean(defaultCandidate = false)
    @Qualifier("follower")
    JdbcClient followerJdbc(@Qualifier("follower") DataSource dataSource) {
        return JdbcClient.create(dataSource);
    }

    @Bean(defaultCandidate = false)
    @Qualifier("follower")
    TransactionTemplate followerTransactions(@Qualifier("follower") DataSource dataSource) {
        return new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /** Now, for the whole program; a test puts another one in its place. */
    @Bean
    InstantSource instantSource() {
        return InstantSource.system();
    }

    private static HikariDataSource pool(Server server, Logins.Login login, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(login.user());
        config.setJdbcUrl(server.url());
        config.setUsername(login.user());
        config.setPassword(login.password());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        // long enough for the server to come back after a crash, short enough for a person to wait
        config.setConnectionTimeout(10_000);
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", login.user());
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("prepareThreshold", "3");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return new HikariDataSource(config);
    }
}
