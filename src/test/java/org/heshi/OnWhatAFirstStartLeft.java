package org.heshi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * A program of the tests begins on a copy of what a first start left behind, as everybody's second start does: schemas, places, procedures and the demo county are
 * not made again in each of the processes that share the tests. That they are made is what the first start shows.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class OnWhatAFirstStartLeft implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (PreparedStart.worthwhile()) {
            ConfigurableEnvironment settings = context.getEnvironment();
            try {
                PreparedStart.lay(Path.of(settings.getRequiredProperty("heshi.data")), settings.getRequiredProperty("heshi.demo", Boolean.class));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
