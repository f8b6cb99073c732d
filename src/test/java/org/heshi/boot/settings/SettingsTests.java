package org.heshi.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.heshi.kernel.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class SettingsTests {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "PORT           | abc                  | a port from 1 to 65535",
        "PORT           | 65536                | a port from 1 to 65535",
        "PORT           | -1                   | a port from 1 to 65535",
        "DB_URL         | mysql://x            | begin with jdbc:postgresql:",
        "BASE_URL       | heshi.example.org    | an address such as",
        "BASE_URL       | ftp://example.org    | an address such as",
        "BASE_URL       | https://x/?a=b       | an address such as",
        "LANGUAGES      | zh_CN,fr             | list zh_CN and en",
        "LANGUAGES      | en,en                | list zh_CN and en",
        "DEMO           | maybe                | on or off",
        "NODE           | 1000                 | a number from 0 to 999",
        "TLS_CERT       | no-such.pem          | a file that can be read",
        "TLS_KEY        | no-such.pem          | a file that can be read",
        "TRUSTED_PROXY  | proxy.example.org    | one IP address",
        "SMTP_PORT      | 0                    | a port from 1 to 65535",
        "SMTP_TLS       | ssl                  | starttls, tls or none",
        "SMTP_FROM      | nobody               | an e-mail address",
        "BACKUP         | pom.xml              | a folder",
        "BACKUP_KEEP    | 0                    | a number from 1 to 10000",
        "SYSLOG         | https://x:514        | an address such as tcp://",
        "SYSLOG         | tcp://10.1.2.3       | an address such as tcp://",
        "OIDC_ISSUER    | http://id.example.org | an address with https",
        "PROCEDURES     | no-such-folder       | a folder"})
    void saysInOneSentenceWhatIsWrongWithAValue(Setting setting, String value, String must) {
        assertThat(setting.wrong(value)).hasValueSatisfying(sentence -> assertThat(sentence)
                .startsWith(setting.variable() + " must ").contains(must).endsWith("it is \"" + value + "\".").doesNotContain("\n"));
    }

    @Test
    void refusesWhatDoesNotGoTogether() throws IOException {
        Path file = Files.createFile(folder.resolve("x.pem"));

        assertThat(problems(Map.of(Setting.DB_URL, "jdbc:postgresql://h/d", Setting.DB_USER, "u", Setting.DB_PASSWORD, "p")))
                .singleElement().asString().contains("demo does not run on an external PostgreSQL");
        assertThat(problems(Map.of(Setting.DEMO, "off", Setting.DB_URL, "jdbc:postgresql://h/d"))).singleElement().asString().contains("HESHI_DB_USER");
        assertThat(problems(Map.of(Setting.OIDC_ISSUER, "https://id.example.org"))).singleElement().asString().contains("HESHI_OIDC_CLIENT_SECRET");
        assertThat(problems(Map.of(Setting.TLS_CERT, file.toString()))).singleElement().asString().contains("go together");
        assertThat(problems(Map.of(Setting.TRUSTED_PROXY, "127.0.0.1"))).singleElement().asString().contains("for this machine only");
        assertThat(problems(Map.of(Setting.DATA, "/srv/heshi", Setting.BACKUP, "/srv/heshi/../heshi/backup"))).singleElement().asString().contains("inside HESHI_DATA");
        assertThat(problems(Map.of(Setting.SMTP_HOST, "mail.example.org"))).singleElement().asString().contains("HESHI_SMTP_FROM");
    }

    @Test
    void refusesNothingOfItsOwnStandards() {
        Map<Setting, String> standards = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (!setting.standard().isEmpty()) {
                standards.put(setting, setting.standard());
            }
        }
        assertThat(problems(standards)).isEmpty();
    }

    @Test
    void namesEveryFaultAtOnceBeforeAnythingStarts() {
        assertThatThrownBy(() -> environment(Map.of("heshi.port", "abc", "heshi.node", "x")))
                .isInstanceOfSatisfying(CannotStart.class, refusal -> {
                    assertThat(refusal.exitCode()).isEqualTo(2);
                    assertThat(refusal.getMessage().lines()).hasSize(2);
                });
    }

    @Test
    void listensOnThisMachineOnlyUnlessItSpeaksTls() throws IOException {
        Path cert = Files.createFile(folder.resolve("cert.pem"));
        Path key = Files.createFile(folder.resolve("key.pem"));

        StandardEnvironment demo = environment(Map.of());
        StandardEnvironment plain = environment(Map.of("heshi.demo", "off"));
        StandardEnvironment tls = environment(Map.of("heshi.demo", "off", "heshi.tls-cert", cert.toString(), "heshi.tls-key", key.toString()));
        StandardEnvironment demoTls = environment(Map.of("heshi.tls-cert", cert.toString(), "heshi.tls-key", key.toString()));

        assertThat(demo.getProperty("server.address")).isEqualTo("127.0.0.1");
        assertThat(plain.getProperty("server.address")).isEqualTo("127.0.0.1");
        assertThat(tls.getProperty("server.address")).isEqualTo("0.0.0.0");
        assertThat(tls.getProperty("server.ssl.bundle")).isEqualTo("heshi");
        assertThat(tls.getProperty("spring.ssl.bundle.pem.heshi.reload-on-update")).isEqualTo("true");
        assertThat(demoTls.getProperty("server.address")).isEqualTo("127.0.0.1");
    }

    @Test
    void believesForwardedHeadersOnlyOfTheProxyThatWasNamed() {
        assertThat(environment(Map.of()).getProperty("server.forward-headers-strategy")).isEqualTo("none");

        StandardEnvironment behind = environment(Map.of("heshi.demo", "off", "heshi.trusted-proxy", "10.1.2.3"));
        assertThat(behind.getProperty("server.forward-headers-strategy")).isEqualTo("native");
        assertThat("10.1.2.3").matches(behind.getRequiredProperty("server.tomcat.remoteip.internal-proxies"));
        assertThat("10x1x2x3").doesNotMatch(behind.getRequiredProperty("server.tomcat.remoteip.internal-proxies"));
    }

    @Test
    void turnsTheDemoOffWhileACommandRuns() {
        assertThat(environment(Map.of("heshi.command", "true")).getProperty("heshi.demo")).isEqualTo("false");
        assertThat(environment(Map.of()).getProperty("heshi.demo")).isEqualTo("true");
    }

    @Test
    void areAllInTheTableThatPeopleRead() throws IOException {
        List<String> table = Files.readAllLines(Path.of("docs/settings.md")).stream().filter(line -> line.startsWith("| `HESHI_")).toList();

        assertThat(table).as("docs/settings.md should hold these lines").containsExactlyElementsOf(Arrays.stream(Setting.values())
                .map(s -> "| `%s` | `%s` | %s | %s |".formatted(s.variable(), s.property(), s.standard().isEmpty() ? "" : "`" + s.standard() + "`", s.meaning()))
                .collect(Collectors.toList()));
    }

    private static List<String> problems(Map<Setting, String> given) {
        return SettingsCheck.problems(given);
    }

    private static StandardEnvironment environment(Map<String, Object> given) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        environment.getPropertySources().addFirst(new MapPropertySource("given", given));
        new SettingsCheck().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }
}
