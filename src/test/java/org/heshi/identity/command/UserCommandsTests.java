package org.heshi.identity.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.UUID;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.identity.Accounts;
import org.heshi.kernel.CliCommand;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine;

@HeshiTest
class UserCommandsTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;
    @Autowired
    Accounts accounts;
    @Autowired
    Directory directory;

    final String name = "admin-" + UUID.randomUUID().toString().substring(0, 8);
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @Test
    void makesAnAdministratorWhoSetsThePasswordByTheLink() {
        assertThat(run(UserCreate.class, name, "--name", "试管理员", "--division", "330681")).as(err::toString).isZero();
        String link = out.toString().strip();
        assertThat(link).matches("http://[^/]+/first/[A-Za-z0-9_-]{43}");
        assertThat(new Visitor(port).get(link.replaceFirst("http://[^/]+", "")).body()).contains(name);
        UUID person = accounts.findByName(name).orElseThrow().person();
        assertThat(directory.heldPosts(person, java.time.Instant.now().plusSeconds(1))).singleElement()
                .satisfies(post -> assertThat(post.roles()).containsExactly(Role.ADMINISTRATOR));
    }

    @Test
    void refusesANameThatIsTakenAndEntersNobody() {
        run(UserCreate.class, name, "--name", "试管理员", "--division", "330681");
        out.getBuffer().setLength(0);
        assertThat(run(UserCreate.class, name.toUpperCase(), "--name", "另一人", "--division", "330681")).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains(name.toUpperCase());
    }

    @Test
    void givesANewLinkListsAndEnds() {
        run(UserCreate.class, name, "--name", "试管理员", "--division", "330681");
        assertThat(run(UserPassword.class, name)).isZero();
        assertThat(run(UserList.class)).isZero();
        assertThat(out.toString()).contains(name + "\t").contains("no password yet");
        assertThat(run(UserEnd.class, name)).isZero();
        assertThat(run(UserPassword.class, name)).isEqualTo(1);
        assertThat(run(UserEnd.class, "nobody-" + name)).isEqualTo(1);
        assertThat(err.toString()).contains("nobody-" + name);
    }

    private int run(Class<? extends CliCommand> command, String... arguments) {
        CommandLine line = new CommandLine(context.getAutowireCapableBeanFactory().createBean(command));
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
