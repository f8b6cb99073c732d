package org.heshi.documents.command;

import java.io.PrintWriter;
import java.util.Objects;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.documents.register.PaperWords;
import org.heshi.kernel.CliCommand;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./heshi paper-word UNIT [SERIES WORD]}. */
@Lazy
@Component
@Command(name = "paper-word", description = {"Shows the words before the numbers of a unit's papers, or sets one: ./heshi paper-word UNIT 人调 枫人调",
        "makes its next mediation case （2026）枫人调字第1号. Numbers that were given stay as they are; a new word begins at 1."})
class PaperWordCommand implements CliCommand {

    @Parameters(index = "0", paramLabel = "UNIT", description = "the unit's whole name, or its id")
    private String unit = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "SERIES", description = "what is counted, as 人调")
    private @Nullable String series;

    @Parameters(index = "2", arity = "0..1", paramLabel = "WORD", description = "the word, as 枫人调")
    private @Nullable String word;

    @Spec
    private @Nullable CommandSpec spec;

    private final PaperWords words;
    private final Directory directory;

    PaperWordCommand(PaperWords words, Directory directory) {
        this.words = words;
        this.directory = directory;
    }

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        return Acting.as(new Actor.Machine("papers"), () -> {
            Unit of = NamedUnit.of(directory, unit);
            if (series != null && word == null) {
                throw new IllegalArgumentException("a series needs its word");
            }
            if (series != null && word != null && !words.set(of.id(), series, word)) {
                throw new IllegalArgumentException("the word " + word + " is another unit's, or of another series: a number must name one paper");
            }
            words.of(of.id()).forEach((which, set) -> out.println(which + "  " + set));
            return 0;
        });
    }
}
