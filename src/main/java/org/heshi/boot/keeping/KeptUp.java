package org.heshi.boot.keeping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.heshi.boot.database.Server;
import org.heshi.boot.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Takes in the log and the photos as long as the program serves, when there is a folder of backups. Its failures are logged and never stop anybody's work. */
@Component
@ConditionalOnWebApplication
class KeptUp implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(KeptUp.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(5);

    private final Settings settings;
    private final Keys keys;
    private final InstantSource clock;
    private volatile boolean running;
    private volatile Thread thread = Thread.ofPlatform().unstarted(() -> { });

    /** @param server asked for so that its folder is there */
    KeptUp(Settings settings, Server server, Environment environment, InstantSource clock) {
        this.settings = settings;
        this.keys = Keys.of(environment);
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        if (settings.embedded() && settings.backups() != null) {
            thread = Thread.ofPlatform().name("archivist").daemon().start(this::work);
        }
    }

    private void work() {
        Archivist archivist = null;
        while (running) {
            Duration wait = EVERY;
            try {
                if (archivist == null) {
                    archivist = new Archivist(settings.data(), java.util.Objects.requireNonNull(settings.backups()), keys, clock);
                }
                List<String> torn = archivist.takeIn();
                if (!torn.isEmpty()) {
                    LOG.error("{} holds the log of another history of this database, so {} cannot be archived: move the folder {} away and run ./heshi backup",
                            archivist.vault().wal(), torn, archivist.vault().folder());
                    wait = AFTER_A_FAILURE;
                }
            } catch (IOException | UncheckedIOException e) {
                LOG.error("backups in {} cannot be kept up: {}; the next try is in {} minutes", settings.backups(),
                        Disk.because("the log and the photos wait", java.util.Objects.requireNonNull(settings.backups()),
                                e instanceof UncheckedIOException wrapped ? wrapped.getCause() : (IOException) e).getMessage(), AFTER_A_FAILURE.toMinutes());
                wait = AFTER_A_FAILURE;
            }
            if (running) {
                LockSupport.parkNanos(wait.toNanos());
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        LockSupport.unpark(thread);
        try {
            if (thread.isAlive()) {
                thread.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
