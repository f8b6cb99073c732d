package org.heshi.boot.database;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.heshi.boot.settings.Settings;
import org.heshi.boot.settings.SettingsCheck;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the database while Spring still reads classes: the serving program needs it in any case, and each waits for the other less. A
 * command of {@code ./heshi} starts it when something asks for it.
 */
final class EarlyServer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** The server as it comes up. */
    record Coming(CompletableFuture<Server> server) {

        Server arrived() {
            try {
                return server.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException why ? why : e;
            }
        }
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (context.getEnvironment().getProperty(SettingsCheck.COMMAND, Boolean.class, false)) {
            return;
        }
        Settings settings = Binder.get(context.getEnvironment()).bind("heshi", Settings.class).get();
        CompletableFuture<Server> server = new CompletableFuture<>();
        Thread.ofPlatform().name("database-start").daemon().start(() -> {
            try {
                server.complete(new Server(settings, false));
            } catch (RuntimeException | Error e) {
                server.completeExceptionally(e);
            }
        });
        context.getBeanFactory().registerSingleton("earlyServer", new Coming(server));
    }
}
