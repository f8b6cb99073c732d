package org.heshi.boot.database;

import java.time.InstantSource;
import org.heshi.boot.settings.Settings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** The foundations without the house, for commands that look after them. Not marked as a configuration, so that the house does not find it. */
@EnableConfigurationProperties(Settings.class)
public class ServerAlone {

    /** Started when it is asked for. */
    @Bean
    @Lazy
    Server server(Settings settings) {
        return new Server(settings, true);
    }

    @Bean
    InstantSource instantSource() {
        return InstantSource.system();
    }
}
