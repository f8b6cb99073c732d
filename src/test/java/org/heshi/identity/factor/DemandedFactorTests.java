package org.heshi.identity.factor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.heshi.Authenticator;
import org.heshi.ChildProgram;
import org.heshi.DemoTest;
import org.heshi.ProgramHere;
import org.heshi.Visitor;
import org.heshi.kernel.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program whose supervisors must have a second factor, on data of its own. */
class DemandedFactorTests {

    private static final Map<String, String> SETTINGS = Map.of("HESHI_DEMO", "on", "HESHI_SECOND_FACTOR", "supervisor,auditor");

    @TempDir
    Path folder;

    @Test
    void isSetUpAfterThePasswordResetByCommandAndMissedWithItsKey() throws IOException, SQLException {
        Path data = folder.resolve("data");
        try (ProgramHere program = ProgramHere.start(data, SETTINGS)) {
            Visitor clerk = new Visitor(program.address().getPort());
            assertThat(signIn(clerk, "clerk").location()).isEqualTo("/queue");

            Visitor supervisor = new Visitor(program.address().getPort());
            assertThat(signIn(supervisor, "supervisor").location()).isEqualTo("/sign-in/set-up");
            assertThat(supervisor.get("/board").location()).startsWith("/sign-in");
            var page = supervisor.get("/sign-in/set-up");
            assertThat(page.body()).contains("您的岗位要求两步验证");
            assertThat(supervisor.post("/sign-in/set-up", Map.of("code", "000000")).status()).isEqualTo(422);
            Authenticator made = Authenticator.reading(page.body());
            var codes = supervisor.post("/sign-in/set-up", Map.of("code", made.now()));
            assertThat(Authenticator.codes(codes.body())).hasSize(10);
            assertThat(supervisor.get("/board").status()).isEqualTo(200);
            supervisor.get("/account");
            supervisor.post("/account/factor/remove", Map.of());
            assertThat(supervisor.get("/account").body()).contains("您的岗位要求两步验证，不能停用");
            assertThat(signIn(new Visitor(program.address().getPort()), "supervisor").location()).isEqualTo("/sign-in/step");

            try (Connection owner = program.connect("heshi_owner"); var add = owner.createStatement()) {
                add.execute("insert into identity.passkey_owner select person, decode(repeat('ab', 32), 'hex') from identity.account where name = 'auditor'");
                add.execute("""
                        insert into identity.passkey select uuidv7(), person, 'x', 'x', 0, true, false, false, '', null, null, 'key', now(), now()
                          from identity.passkey_owner""");
            }
            Visitor auditor = new Visitor(program.address().getPort());
            assertThat(signIn(auditor, "auditor").location()).as("a passkey stands in for the factor").isEqualTo("/sign-in/step");
            assertThat(auditor.get("/sign-in/step").body()).contains("请使用您的通行密钥").doesNotContain("name=\"code\"");

            Map<String, String> beside = Map.of("HESHI_DEMO", "off");
            assertThat(ProgramHere.run(data, beside, "user", "factor", "supervisor").out()).contains("10 recovery codes left");
            assertThat(ProgramHere.run(data, beside, "user", "factor", "supervisor", "--reset").exitCode()).isZero();
            assertThat(supervisor.get("/board").location()).startsWith("/sign-in");
            Visitor again = new Visitor(program.address().getPort());
            assertThat(signIn(again, "supervisor").location()).isEqualTo("/sign-in/set-up");
            Authenticator second = Authenticator.reading(again.get("/sign-in/set-up").body());
            again.post("/sign-in/set-up", Map.of("code", second.now()));
            assertThat(again.get("/account").body()).contains("两步验证被重置").contains("系统管理员（服务器命令）");
            program.terminate();
        }
        Path key = data.resolve("identity.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        CannotStart open = ProgramHere.refused(data, SETTINGS);
        assertThat(open.exitCode()).isEqualTo(1);
        assertThat(open).hasMessageContaining("The key of second factors is open to other users");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.delete(key);
        // as a process: what it says is all that whoever started it sees, and its database, which runs by then, ends with it
        ChildProgram.Ended lost = ChildProgram.run(data, SETTINGS);
        assertThat(lost.exitCode()).isEqualTo(1);
        assertThat(lost.err()).contains("The key of second factors is lost").doesNotContain("\tat ");
        assertThat(ChildProgram.postgresOn(data)).isEmpty();
        assertThat(key).doesNotExist();
    }

    private static Visitor.Answer signIn(Visitor visitor, String name) {
        visitor.get("/sign-in");
        return visitor.post("/sign-in", Map.of("name", name, "password", DemoTest.PASSWORD));
    }
}
