package org.heshi.calendar.importing;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.heshi.calendar.days.Notice;
import org.heshi.calendar.register.Notices;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.CliCommand;
import org.heshi.kernel.Refusal;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./heshi import calendar FILE}. */
@Component
@Lazy
@CliCommand.Under("import")
@Command(name = "calendar", description = "Takes in a year's notice of working days, whole or not at all: lines of date,kind,name with the kind holiday or workday, or JSON. "
        + "The same notice again adds nothing.")
class ImportCalendar implements CliCommand {

    @Parameters(index = "0", paramLabel = "FILE", description = "The file, at most 256 KB.")
    private Path file = Path.of("");

    @Option(names = "--year", paramLabel = "YYYY", defaultValue = "", description = "The year of the notice. May be left out when JSON says it.")
    private String year = "";

    @Option(names = "--source", paramLabel = "TEXT", defaultValue = "", description = "Which notice it is, as its number. May be left out when JSON says it.")
    private String source = "";

    private final Notices notices;
    private final InstantSource clock;
    private final MessageSource messages;

    ImportCalendar(Notices notices, InstantSource clock, MessageSource messages) {
        this.notices = notices;
        this.clock = clock;
        this.messages = messages;
    }

    @Override
    public Integer call() throws IOException {
        return run(System.out, System.err);
    }

    int run(PrintStream out, PrintStream err) throws IOException {
        if (Files.size(file) > NoticeText.LARGEST) {
            return refuse(err, List.of(Refusal.of("calendar-too-big")));
        }
        Optional<String> text = NoticeText.decode(Files.readAllBytes(file));
        if (text.isEmpty()) {
            return refuse(err, List.of(Refusal.of("calendar-not-text")));
        }
        return switch (NoticeText.read(new NoticeForm(year, source, text.get()), "file", CivilTime.dateOf(clock.instant()).getYear())) {
            case NoticeText.Reading.Refused(List<Refusal> refusals) -> refuse(err, refusals);
            case NoticeText.Reading.Read(Notice notice) -> {
                out.println(switch (notices.takeAsProgram(notice)) {
                    case Notices.Taking.Taken _ -> "The notice of %d was taken in: %d days.".formatted(notice.year(), notice.days().size());
                    case Notices.Taking.Known _ -> "Nothing new: these days hold for %d already.".formatted(notice.year());
                });
                yield 0;
            }
        };
    }

    private int refuse(PrintStream err, List<Refusal> refusals) {
        refusals.forEach(refusal -> err.println(file + ": " + messages.getMessage("refusal." + refusal.code(), refusal.arguments().toArray(), Locale.ENGLISH)));
        err.println("Nothing was taken in.");
        return 1;
    }

    /** As if typed. */
    ImportCalendar of(Path path, String ofYear, String from) {
        file = path;
        year = ofYear;
        source = from;
        return this;
    }
}
