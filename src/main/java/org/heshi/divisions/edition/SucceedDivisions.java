package org.heshi.divisions.edition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.heshi.divisions.KeepsPlaces.Moved;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.CliCommand;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./heshi divisions succeed FILE --on DAY}. */
@Component
@Lazy
@CliCommand.Under("divisions")
@Command(name = "succeed", description = {"Ends codes of places and says where they go: lines of \"old code,new code,name of the new place\".",
        "One new code that nobody has: the place is renumbered, with all below it. The same new code for several: they are merged. Several new codes: it is split.",
        "The name is needed only for what does not stand yet; places below a merged or split one need lines of their own. All or nothing.",
        "Units, posts, rules and matters go along, once the day has come; what of a split place stays without one is listed."})
class SucceedDivisions implements CliCommand {

    @Parameters(index = "0", paramLabel = "FILE", description = "The lines, UTF-8.")
    private Path file = Path.of("");

    @Option(names = "--on", paramLabel = "YYYY-MM-DD", required = true, description = "The first day on which the new codes hold.")
    private @Nullable LocalDate day;

    @Option(names = "--offices", paramLabel = "OLD=NEW", description = "Which part of a split place keeps its units, posts and rules; one for each such place.")
    private Map<String, String> offices = Map.of();

    @Option(names = "--dry-run", description = "Says what would move and changes nothing.")
    private boolean dry;

    @Spec
    private @Nullable CommandSpec spec;

    private final Succeeding succeeding;
    private final MovingOn moving;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    SucceedDivisions(Succeeding succeeding, MovingOn moving, TransactionTemplate transactions, InstantSource clock) {
        this.succeeding = succeeding;
        this.moving = moving;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        var console = Objects.requireNonNull(spec).commandLine();
        try {
            Done done = take(lines(Files.readAllLines(file)), Objects.requireNonNull(day), offices, dry);
            done.moved().forEach(one -> console.getOut().println(said(one)));
            if (day.isAfter(CivilTime.dateOf(clock.instant()))) {
                console.getOut().println("Units, posts, rules and matters go along on " + day + ".");
            }
            console.getOut().println((dry ? "%,d codes would end on %s; nothing was changed." : "%,d codes ended on %s; figures are told for both cuts.").formatted(done.ended(), day));
            return 0;
        } catch (BadEdition | Busy e) {
            console.getErr().println(e.getMessage());
        } catch (DataIntegrityViolationException e) {
            console.getErr().println(Objects.requireNonNull(e.getMostSpecificCause().getMessage()).lines().findFirst().orElse(""));
        }
        console.getErr().println("Nothing was changed.");
        return 1;
    }

    record Done(int ended, List<Moved> moved) {
    }

    /** The change and all that goes along, or nothing. */
    Done take(List<Succeeding.Line> lines, LocalDate from, Map<String, String> keep, boolean onlyTry) {
        boolean now = !from.isAfter(CivilTime.dateOf(clock.instant()));
        if (!now && !keep.isEmpty()) {
            throw new BadEdition("--offices is for a day that has come");
        }
        return Objects.requireNonNull(transactions.execute(change -> {
            int ended = succeeding.take(lines, from);
            MovingOn.Given by = new MovingOn.Given(given(from, keep), System.getProperty("user.name", ""), ended);
            if (!now) {
                moving.note(by);
            }
            Done done = new Done(ended, now ? moving.move(keep, by) : List.of());
            if (onlyTry) {
                change.setRollbackOnly();
            }
            return done;
        }));
    }

    /** As it was typed, without the folders of the file. */
    private String given(LocalDate from, Map<String, String> keep) {
        StringBuilder given = new StringBuilder("divisions succeed ").append(Objects.requireNonNullElse(file.getFileName(), file)).append(" --on ").append(from);
        new TreeMap<>(keep).forEach((code, to) -> given.append(" --offices ").append(code).append('=').append(to));
        return given.toString();
    }

    private static String said(Moved one) {
        String thing = one.name().isEmpty() ? "%,d × %s".formatted(one.count(), one.what()) : one.what() + " " + one.name();
        return one.now().isEmpty() ? "stays   " + one.was() + "  " + thing
                + (!one.name().isEmpty() ? " (give it its place by hand)" : one.what().equals("scale") ? " (the place it went into has its own)"
                        : " (whoever watches the place it went into reads it there)") : "moves   " + one.was() + " → " + one.now() + "  " + thing;
    }

    static List<Succeeding.Line> lines(List<String> text) {
        List<Succeeding.Line> lines = new ArrayList<>();
        for (int i = 0; i < text.size(); i++) {
            String line = text.get(i).replace("\uFEFF", "").strip();
            if (line.isEmpty()) {
                continue;
            }
            String[] parts = line.split(",", 3);
            if (parts.length < 2 || !parts[0].strip().matches("[1-9][0-9]{1,16}") || !parts[1].strip().matches("[1-9][0-9]{1,16}")
                    || parts[0].strip().length() != parts[1].strip().length() || parts[0].strip().equals(parts[1].strip())) {
                throw new BadEdition("line " + (i + 1) + " is not \"old code,new code,name\" of one level");
            }
            lines.add(new Succeeding.Line(parts[0].strip(), parts[1].strip(), parts.length == 3 ? parts[2].strip() : ""));
        }
        return lines;
    }
}
