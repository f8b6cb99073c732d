package org.heshi.boot.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.heshi.boot.settings.Settings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says on standard output where the program is, once it answers, and keeps the address in the data folder as long as it does. */
@Component
@ConditionalOnWebApplication
class Ready {

    private final Settings settings;
    private final Environment environment;

    Ready(Settings settings, Environment environment) {
        this.settings = settings;
        this.environment = environment;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) throws IOException {
        String scheme = environment.containsProperty("server.ssl.bundle") ? "https" : "http";
        String address = scheme + "://127.0.0.1:" + environment.getRequiredProperty("local.server.port");
        Files.writeString(file(settings.data()), address + System.lineSeparator());
        System.out.println("Heshi 和事: " + address + "/");
        System.out.flush();
    }

    @EventListener
    void closed(ContextClosedEvent event) throws IOException {
        Files.deleteIfExists(file(settings.data()));
    }

    /** Where the program that works on this data says it is; empty when it does not say so (it may have been killed: ask it). */
    static Optional<String> address(Path data) {
        try {
            return Optional.of(Files.readString(file(data)).strip());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Path file(Path data) {
        return data.resolve("address");
    }
}
