package org.heshi.boot;

import org.heshi.boot.command.CommandLineOfHeshi;
import org.heshi.boot.command.Program;

/** The way into the house for {@code main}. */
public final class Boot {

    private Boot() {
    }

    /** Without arguments the program serves until it is told to end; with arguments it does one command and ends the process. */
    public static void run(Class<?> application, String... arguments) {
        if (arguments.length == 0) {
            Program.start(application);
        } else {
            System.exit(CommandLineOfHeshi.run(application, arguments));
        }
    }
}
