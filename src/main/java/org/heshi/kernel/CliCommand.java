package org.heshi.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.Callable;

/**
 * One command of {@code ./heshi}. A room declares it as a Spring component that also carries picocli's {@code @Command} (name and
 * description) and picocli's options and parameters on its fields. The program finds it by its class, so that help needs neither
 * Spring nor a database; it is made, with everything it was given in its constructor, only when it is called.
 *
 * <p>Answers 0 when all was done and 1 when something was refused or failed; 2 stands for a wrong call and is answered by the command
 * line itself. Results go to standard output, progress and errors to standard error. An exception becomes one line there.
 * The web server, the followers and everything that is conditional on a web application are off while a command runs; the transaction
 * must say who acts ({@code Acting.run(new Actor.Machine("importer"), ...)}).
 */
public interface CliCommand extends Callable<Integer> {

    /** The command stands below another: {@code @CliCommand.Under("import")} on a command named {@code messages} is {@code ./heshi import messages}. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Under {
        String value();
    }

    /**
     * The command gets settings, the clock and, when it asks, the database, but nothing of the rooms: with them a database would be started, or made,
     * before the command can look at the folder.
     */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface WithoutRooms {
    }
}
