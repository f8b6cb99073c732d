package org.heshi.boot.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.heshi.ChildProgram;
import org.heshi.Heshi;
import org.heshi.kernel.CannotStart;
import org.heshi.kernel.CliCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class CommandLineTests {

    @Command(name = "planted", description = "Planted.")
    @CliCommand.Under("import")
    static class Planted implements CliCommand {

        @Parameters(index = "0")
        String file = "";

        @Option(names = "--division", defaultValue = "330681")
        String division = "";

        Planted() {
            throw new AssertionError("help and wrong calls must not make the command");
        }

        @Override
        public Integer call() {
            return 0;
        }
    }

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        CommandLine line = CommandLineOfHeshi.line(Heshi.class, List.of(Planted.class, StatusCommand.class));
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    @Test
    void showsHelpWithoutMakingAnyCommand() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString()).contains("import").contains("status");
        assertThat(execute("help", "import")).isZero();
        assertThat(execute("import", "planted", "--help")).isZero();
        assertThat(out.toString()).contains("heshi import planted").contains("--division");
    }

    @Test
    void answersTwoToAWrongCall() {
        assertThat(execute("no-such-command")).isEqualTo(2);
        assertThat(execute("import")).isEqualTo(2);
        assertThat(execute("import", "planted", "file", "--no-such-option")).isEqualTo(2);
        assertThat(execute("status", "--no-such-option")).isEqualTo(2);
        assertThat(err.toString()).contains("no-such-command").contains("no-such-option").doesNotContain("\tat ");
    }

    @Test
    void findsTheCommandsOfAllRooms() {
        assertThat(CommandLineOfHeshi.classes(Heshi.class)).extracting(Class::getSimpleName).contains("StatusCommand");
        assertThat(CommandLineOfHeshi.classes(Heshi.class)).filteredOn(command -> command != Planted.class).allSatisfy(command -> {
            assertThat(command).hasAnnotation(org.springframework.stereotype.Component.class);
            assertThat(command.getAnnotation(Command.class).description()).isNotEmpty();
        });
    }

    @Test
    void saysWhatFailedInOneLine() {
        assertThat(CommandLineOfHeshi.sentence(new IllegalStateException("outer", new NoSuchElementException("no division 999")))).isEqualTo("no division 999");
        assertThat(CommandLineOfHeshi.sentence(new IllegalStateException("outer", CannotStart.because("The folder is full.")))).isEqualTo("The folder is full.");
        assertThat(CommandLineOfHeshi.sentence(new NullPointerException())).isEqualTo("NullPointerException");
        assertThat(CommandLineOfHeshi.sentence(new java.io.UncheckedIOException(new java.nio.file.NoSuchFileException("/no/file.csv"))))
                .isEqualTo("there is no /no/file.csv");
    }

    @Test
    void refusesAWrongSettingInOneSentenceAndWithCodeTwo(@TempDir Path data) {
        ChildProgram.Ended served = ChildProgram.run(data, Map.of("HESHI_PORT", "abc"));
        ChildProgram.Ended command = ChildProgram.run(data, Map.of("HESHI_NODE", "abc"), "status");

        assertThat(served.exitCode()).isEqualTo(2);
        assertThat(served.err().strip()).isEqualTo("HESHI_PORT must be a port from 1 to 65535, or 0 for any free one; it is \"abc\".");
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err().strip()).isEqualTo("HESHI_NODE must be a number from 0 to 999; it is \"abc\".");
        assertThat(command.out()).isEmpty();
    }
}
