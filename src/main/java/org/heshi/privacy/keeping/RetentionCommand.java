package org.heshi.privacy.keeping;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.LocalDate;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.CliCommand;
import org.heshi.matters.Endings;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./heshi retention}: what is due, and with {@code --run} a round at once. */
@Component
@Command(name = "retention", description = "Lists which matters are to be put away or erased; changes nothing without --run.")
class RetentionCommand implements CliCommand {

    private static final int SHOWN = 10_000;

    private final Due due;
    private final Retention retention;
    private final InstantSource clock;

    @Option(names = "--days", description = "Also what falls due within so many days (default: 31).", defaultValue = "31")
    int days = 31;

    @Option(names = "--run", description = "Do a round now.")
    boolean run;

    RetentionCommand(Due due, Retention retention, InstantSource clock) {
        this.due = due;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        PrintStream out = System.out;
        if (run) {
            Retention.Done done = retention.round();
            out.printf("%d looked at, %d put away, %d erased, %d held, %d failed%n", done.looked, done.putAway, done.erased, done.held, done.failed);
            return done.failed == 0 ? 0 : 1;
        }
        LocalDate today = CivilTime.dateOf(clock.instant());
        for (Due.Line line : due.list("", today.plusDays(Math.clamp(days, 0, 3660)), SHOWN)) {
            Endings.Closed matter = line.matter();
            out.printf("%s  %s  %-8s %s.%s%s%n", line.on(), matter.number().shown(), line.erase() ? "erase" : "put away", matter.kind(), matter.outcome(), line.held() ? "  held" : "");
        }
        return 0;
    }
}
