package org.heshi.boot.command;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Keeps Spring from logging a stack trace for what {@link Program} says in a sentence. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartReporter implements SpringBootExceptionReporter {

    StartReporter(@Nullable ConfigurableApplicationContext context) {
        // Spring makes reporters with the context, which this one does not need
    }

    @Override
    public boolean reportException(Throwable failure) {
        return Program.plain(failure).isPresent();
    }
}
