package org.heshi.access.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.heshi.access.AuditTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends audit records as long as the program serves, when {@code heshi.syslog} names a server. While that is away they wait in the database. */
@Component
@ConditionalOnWebApplication
class AuditRounds implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AuditRounds.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final List<AuditTrail> trails;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final String address;
    private volatile boolean running;
    private volatile Thread thread = Thread.ofVirtual().unstarted(() -> { });

    AuditRounds(List<AuditTrail> trails, JdbcClient jdbc, TransactionTemplate transactions, @Value("${heshi.syslog:}") String address) {
        this.trails = trails;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.address = address;
    }

    @Override
    public void start() {
        running = true;
        if (!address.isBlank()) {
            SyslogTarget target = SyslogTarget.of(address);
            AuditExport export = new AuditExport(trails, jdbc, transactions, target);
            thread = Thread.ofVirtual().name("audit-export").start(() -> work(export, target));
        }
    }

    private void work(AuditExport export, SyslogTarget target) {
        Duration wait = EVERY;
        while (running) {
            LockSupport.parkNanos(wait.toNanos());
            if (running) {
                try {
                    export.round();
                    wait = EVERY;
                } catch (IOException | DataAccessException | TransactionException e) {
                    wait = wait.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : wait.multipliedBy(2);
                    LOG.error("audit records do not reach {} and wait in the database: {}; the next try is in {} s", target, e.toString(), wait.toSeconds());
                }
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        LockSupport.unpark(thread);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
