package org.heshi.boot.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.heshi.boot.database.ServerAlone;
import org.heshi.kernel.CannotStart;
import org.heshi.kernel.CliCommand;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.objenesis.SpringObjenesis;
import org.springframework.util.ClassUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The tree of all commands, put together from the rooms' classes. Nothing of Spring or of the database is started until a command is
 * really called, so help is quick and works anywhere.
 */
public final class CommandLineOfHeshi {

    private static final Map<String, String> GROUPS = Map.of(
            "import", "Bring in places, messages or another installation's matters from files.",
            "procedures", "Look after procedure files.",
            "search", "Look after the search index.",
            "user", "Accounts: make an administrator, list, end, give a new password, reset a second factor, bind to the county's own sign-in.");

    private CommandLineOfHeshi() {
    }

    /** Does one command. Answers 0 when done, 1 when something was refused or failed, 2 when the call was wrong. */
    public static int run(Class<?> application, String... arguments) {
        return line(application, classes(application)).execute(arguments);
    }

    /**
     * Reads the call on hollow commands first, made without their constructors: help and wrong calls end there. A right call is read a second
     * time onto the real ones.
     */
    static CommandLine line(Class<?> application, List<Class<? extends CliCommand>> classes) {
        CommandLine hollow = tree(classes, new Hollow());
        hollow.setExecutionStrategy(call -> {
            Integer helped = CommandLine.executeHelpRequest(call);
            CommandLine last = call.asCommandLineList().getLast();
            if (helped == null && last.getCommandSpec().userObject() instanceof Group) {
                throw new CommandLine.ParameterException(last, "Say which: " + String.join(", ", last.getSubcommands().keySet()));
            }
            return helped != null ? helped : really(foundations(application, last.getCommandSpec().userObject().getClass()), classes, hollow,
                    call.originalArgs().toArray(String[]::new));
        });
        return hollow;
    }

    /** What is started for a command: the house, or for one that looks after its foundations only these. */
    private static Class<?>[] foundations(Class<?> application, Class<?> command) {
        return command.isAnnotationPresent(CliCommand.WithoutRooms.class) ? new Class<?>[] {ServerAlone.class, command} : new Class<?>[] {application};
    }

    private static int really(Class<?>[] sources, List<Class<? extends CliCommand>> classes, CommandLine hollow, String[] arguments) {
        SpringApplication program = new SpringApplication(sources);
        program.setWebApplicationType(WebApplicationType.NONE);
        program.setLazyInitialization(true);
        try (ConfigurableApplicationContext context = program.run("--heshi.command=true", "--logging.level.org.heshi=WARN")) {
            CommandLine line = tree(classes, new Beans(context));
            line.setOut(hollow.getOut());
            line.setErr(hollow.getErr());
            line.setExecutionExceptionHandler((failure, command, _) -> {
                command.getErr().println(sentence(failure));
                return 1;
            });
            return line.execute(arguments);
        } catch (RuntimeException e) {
            hollow.getErr().println(sentence(e));
            return Program.plain(e).map(CannotStart::exitCode).orElse(1);
        }
    }

    private static CommandLine tree(List<Class<? extends CliCommand>> classes, CommandLine.IFactory factory) {
        CommandLine root = new CommandLine(group("heshi", "Heshi 和事: what is done beside the web pages. Settings: see docs/settings.md."), factory);
        root.addSubcommand("help", new CommandLine.HelpCommand());
        Map<String, CommandLine> tops = new LinkedHashMap<>();
        for (Class<? extends CliCommand> top : classes) {
            if (!top.isAnnotationPresent(CliCommand.Under.class)) {
                tops.put(name(top), new CommandLine(top, factory));
            }
        }
        for (Class<? extends CliCommand> below : classes) {
            CliCommand.Under under = below.getAnnotation(CliCommand.Under.class);
            if (under != null) {
                tops.computeIfAbsent(under.value(), name -> new CommandLine(group(name, GROUPS.getOrDefault(name, "")), factory))
                        .addSubcommand(name(below), new CommandLine(below, factory));
            }
        }
        tops.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(top -> root.addSubcommand(top.getKey(), top.getValue()));
        everyCommandHelps(root);
        root.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        root.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        root.setCaseInsensitiveEnumValuesAllowed(true);
        return root;
    }

    static List<Class<? extends CliCommand>> classes(Class<?> application) {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Command.class));
        List<Class<? extends CliCommand>> found = new ArrayList<>();
        scanner.findCandidateComponents(application.getPackageName()).forEach(candidate -> {
            Class<?> type = ClassUtils.resolveClassName(String.valueOf(candidate.getBeanClassName()), application.getClassLoader());
            if (CliCommand.class.isAssignableFrom(type)) {
                found.add(type.asSubclass(CliCommand.class));
            }
        });
        found.sort(Comparator.comparing(Class::getName));
        return found;
    }

    private static CommandSpec group(String name, String description) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(new Group()).name(name);
        spec.usageMessage().description(description).synopsisSubcommandLabel("COMMAND");
        return spec;
    }

    private static void everyCommandHelps(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        // not by the user object: asking for it makes it, and Spring and the database with it
        if (!spec.helpCommand() && spec.options().stream().noneMatch(CommandLine.Model.OptionSpec::usageHelp)) {
            spec.mixinStandardHelpOptions(true);
        }
        line.getSubcommands().values().forEach(CommandLineOfHeshi::everyCommandHelps);
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    /** One line for a person: what was said deepest down by us, else by whoever failed. */
    static String sentence(Throwable failure) {
        if (Program.plain(failure).isPresent()) {
            return Program.plain(failure).get().getMessage();
        }
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        // the file system's own messages are often the bare name of the file
        String said = switch (deepest) {
            case NoSuchFileException file -> "there is no " + file.getFile();
            case AccessDeniedException file -> "this user may not use " + file.getFile();
            case FileAlreadyExistsException file -> file.getFile() + " is there already";
            case Throwable other -> other.getMessage();
        };
        return said == null || said.isBlank() ? deepest.getClass().getSimpleName() : said.lines().findFirst().orElse(said);
    }

    /** A group alone is no call: it shows its help and answers 2. */
    private static final class Group {
    }

    /** Shapes of commands to read a call onto; nothing is behind them. */
    private static final class Hollow implements CommandLine.IFactory {

        private final SpringObjenesis maker = new SpringObjenesis();

        @Override
        public <K> K create(Class<K> type) throws Exception {
            return CliCommand.class.isAssignableFrom(type) ? maker.newInstance(type, false) : CommandLine.defaultFactory().create(type);
        }
    }

    private record Beans(ConfigurableApplicationContext context) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            // without the rooms their commands are not there; they are not called either
            return !CliCommand.class.isAssignableFrom(type) ? CommandLine.defaultFactory().create(type)
                    : context.getBeanNamesForType(type).length == 0 ? new Hollow().create(type) : context.getBean(type);
        }
    }
}
