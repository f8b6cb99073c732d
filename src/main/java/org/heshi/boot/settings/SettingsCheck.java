package org.heshi.boot.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.heshi.kernel.CannotStart;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Reads all settings before anything else starts, refuses wrong ones, and writes down what follows from them for Spring Boot: address,
 * TLS, proxy, mail. After it {@code heshi.demo} is {@code true} or {@code false} and {@code heshi.data} is absolute.
 */
public final class SettingsCheck implements EnvironmentPostProcessor {

    /** Property that is true while a command of {@code ./heshi} runs rather than the program. */
    public static final String COMMAND = "heshi.command";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String value = environment.getProperty(setting.property());
            if (value != null && !value.isBlank()) {
                given.put(setting, value.strip());
            }
        }
        boolean command = environment.getProperty(COMMAND, Boolean.class, false);
        if (command) {
            given.put(Setting.DEMO, "off");
        }
        List<String> wrong = problems(given);
        if (!wrong.isEmpty()) {
            throw CannotStart.wrongSettings(wrong);
        }
        Map<String, Object> first = new LinkedHashMap<>();
        Map<String, Object> last = new LinkedHashMap<>();
        consequences(given, environment.getProperty("heshi.binaries", ""), first, last);
        environment.getPropertySources().addFirst(new MapPropertySource("heshi settings", first));
        environment.getPropertySources().addLast(new MapPropertySource("heshi consequences", last));
        environment.getSystemEnvironment().keySet().stream().filter(name -> name.startsWith("HESHI_") && !known(name)).sorted()
                .forEach(name -> System.err.println("There is no setting " + name + "; it is ignored."));
    }

    /** Every reason why these settings do not go, single and together. */
    static List<String> problems(Map<Setting, String> given) {
        List<String> wrong = new ArrayList<>();
        given.forEach((setting, value) -> setting.wrong(value).ifPresent(wrong::add));
        boolean demo = on(given);
        if (demo && given.containsKey(Setting.DB_URL)) {
            wrong.add("The demo does not run on an external PostgreSQL: set HESHI_DEMO=off, or leave HESHI_DB_URL away.");
        }
        if (given.containsKey(Setting.DB_URL) && !(given.containsKey(Setting.DB_USER) && given.containsKey(Setting.DB_PASSWORD))) {
            wrong.add("HESHI_DB_URL needs HESHI_DB_USER and HESHI_DB_PASSWORD, a role that may create roles.");
        }
        if (given.containsKey(Setting.TLS_CERT) != given.containsKey(Setting.TLS_KEY)) {
            wrong.add("HESHI_TLS_CERT and HESHI_TLS_KEY go together; only one of them is set.");
        }
        if (given.containsKey(Setting.TLS_CERT) && given.containsKey(Setting.TRUSTED_PROXY)) {
            wrong.add("HESHI_TRUSTED_PROXY is for a proxy that speaks TLS instead of this program: set either it or HESHI_TLS_CERT.");
        }
        if (given.containsKey(Setting.BACKUP) && Path.of(given.get(Setting.BACKUP)).toAbsolutePath().normalize()
                .startsWith(Path.of(given.getOrDefault(Setting.DATA, Setting.DATA.standard())).toAbsolutePath().normalize())) {
            wrong.add("HESHI_BACKUP lies inside HESHI_DATA, and the backups would be lost with the data: name a folder on another disk.");
        }
        if (demo && given.containsKey(Setting.TRUSTED_PROXY)) {
            wrong.add("The demo is for this machine only: set HESHI_DEMO=off, or leave HESHI_TRUSTED_PROXY away.");
        }
        if (given.containsKey(Setting.SMTP_HOST) && !given.containsKey(Setting.SMTP_FROM)) {
            wrong.add("HESHI_SMTP_HOST needs HESHI_SMTP_FROM, the sender of the mails.");
        }
        if (given.containsKey(Setting.SMS_URL) && !(given.containsKey(Setting.SMS_ID) && given.containsKey(Setting.SMS_KEY))) {
            wrong.add("HESHI_SMS_URL needs HESHI_SMS_ID and HESHI_SMS_KEY, as the provider gave them.");
        }
        if (given.containsKey(Setting.OIDC_ISSUER) && !(given.containsKey(Setting.OIDC_CLIENT_ID) && given.containsKey(Setting.OIDC_CLIENT_SECRET))) {
            wrong.add("HESHI_OIDC_ISSUER needs HESHI_OIDC_CLIENT_ID and HESHI_OIDC_CLIENT_SECRET, as the provider gave them.");
        }
        return List.copyOf(wrong);
    }

    private static boolean on(Map<Setting, String> given) {
        return Setting.truth(given.getOrDefault(Setting.DEMO, Setting.DEMO.standard())).orElse(false);
    }

    private static boolean known(String variable) {
        return Arrays.stream(Setting.values()).anyMatch(s -> s.variable().equals(variable));
    }

    private static void consequences(Map<Setting, String> given, String binaries, Map<String, Object> first, Map<String, Object> last) {
        boolean demo = on(given);
        boolean tls = given.containsKey(Setting.TLS_CERT);
        String port = given.getOrDefault(Setting.PORT, Setting.PORT.standard());
        Path data = Path.of(given.getOrDefault(Setting.DATA, Setting.DATA.standard())).toAbsolutePath().normalize();
        first.put("heshi.data", data.toString());
        first.put("heshi.binaries", binaries.isBlank() ? data.resolve("postgres-binaries").toString() : binaries);
        first.put("heshi.demo", Boolean.toString(demo));
        first.put("heshi.languages", Arrays.stream(given.getOrDefault(Setting.LANGUAGES, Setting.LANGUAGES.standard()).split(","))
                .map(String::strip).collect(Collectors.joining(",")));
        String base = given.getOrDefault(Setting.BASE_URL, (tls ? "https" : "http") + "://127.0.0.1:" + port);
        first.put("heshi.base-url", base.endsWith("/") ? base.substring(0, base.length() - 1) : base);

        if (given.containsKey(Setting.PROCEDURES)) {
            first.put("heshi.procedures", Path.of(given.get(Setting.PROCEDURES)).toAbsolutePath().normalize().toString());
        }

        if (given.containsKey(Setting.BACKUP)) {
            first.put("heshi.backup", Path.of(given.get(Setting.BACKUP)).toAbsolutePath().normalize().toString());
        }

        String proxy = given.getOrDefault(Setting.TRUSTED_PROXY, "");
        boolean proxyElsewhere = !proxy.isEmpty() && !proxy.startsWith("127.") && !proxy.equals("::1");
        last.put("server.address", !demo && (tls || proxyElsewhere) ? "0.0.0.0" : "127.0.0.1");
        if (tls) {
            last.put("spring.ssl.bundle.pem.heshi.keystore.certificate", "file:" + Path.of(given.get(Setting.TLS_CERT)).toAbsolutePath());
            last.put("spring.ssl.bundle.pem.heshi.keystore.private-key", "file:" + Path.of(given.get(Setting.TLS_KEY)).toAbsolutePath());
            last.put("spring.ssl.bundle.pem.heshi.reload-on-update", "true");
            last.put("server.ssl.bundle", "heshi");
            last.put("server.servlet.session.cookie.secure", "true");
        }
        if (!proxy.isEmpty()) {
            last.put("server.forward-headers-strategy", "native");
            last.put("server.tomcat.remoteip.internal-proxies", Pattern.quote(proxy));
            last.put("server.tomcat.remoteip.remote-ip-header", "x-forwarded-for");
            last.put("server.tomcat.remoteip.protocol-header", "x-forwarded-proto");
        } else {
            last.put("server.forward-headers-strategy", "none");
        }
        if (given.containsKey(Setting.SMTP_HOST)) {
            String mode = given.getOrDefault(Setting.SMTP_TLS, Setting.SMTP_TLS.standard());
            last.put("spring.mail.host", given.get(Setting.SMTP_HOST));
            last.put("spring.mail.port", given.getOrDefault(Setting.SMTP_PORT, Setting.SMTP_PORT.standard()));
            last.put("spring.mail.default-encoding", "UTF-8");
            last.put("spring.mail.properties.mail.smtp.connectiontimeout", "10000");
            last.put("spring.mail.properties.mail.smtp.timeout", "10000");
            last.put("spring.mail.properties.mail.smtp.writetimeout", "10000");
            if (given.containsKey(Setting.SMTP_USER)) {
                last.put("spring.mail.username", given.get(Setting.SMTP_USER));
                last.put("spring.mail.password", given.getOrDefault(Setting.SMTP_PASSWORD, ""));
                last.put("spring.mail.properties.mail.smtp.auth", "true");
            }
            if (mode.equals("starttls")) {
                last.put("spring.mail.properties.mail.smtp.starttls.enable", "true");
                last.put("spring.mail.properties.mail.smtp.starttls.required", "true");
            }
            if (mode.equals("tls")) {
                last.put("spring.mail.properties.mail.smtp.ssl.enable", "true");
            }
            if (!mode.equals("none")) {
                last.put("spring.mail.properties.mail.smtp.ssl.checkserveridentity", "true");
            }
        }
    }
}
