package org.heshi.boot.command;

import java.util.Optional;
import org.heshi.kernel.CannotStart;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;

/** The serving program as a process. */
public final class Program {

    private Program() {
    }

    /** Serves until it is told to end. What is in the way is said on standard error, and the process ends with the code that belongs to it. */
    public static void start(Class<?> application) {
        try {
            SpringApplication.run(application);
        } catch (RuntimeException e) {
            // anything else was logged with its trace by Spring
            plain(e).ifPresent(why -> System.err.println(why.getMessage()));
            System.exit(plain(e).map(CannotStart::exitCode).orElse(1));
        }
    }

    /** What a failure to start means to the person who started it; empty when it is a bug. */
    static Optional<CannotStart> plain(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof CannotStart ours) {
                return Optional.of(ours);
            }
            if (t instanceof PortInUseException port) {
                return Optional.of(CannotStart.because("Port " + port.getPort() + " is taken by another program: set HESHI_PORT to a free one.", port));
            }
        }
        return Optional.empty();
    }
}
