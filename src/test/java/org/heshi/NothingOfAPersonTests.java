package org.heshi;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.access.Acting;
import org.heshi.directory.Role;
import org.heshi.matters.Hall;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.view.MatterViews;
import org.heshi.kernel.MatterNumber;
import org.heshi.supervision.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** A resident reports, asks, is answered, mistypes and looks again; staff register, search and look. What they are called stands in no log, address, subject or figure. */
@HeshiTest
@ExtendWith(OutputCaptureExtension.class)
class NothingOfAPersonTests {

    private static final Pattern NUMBER = Pattern.compile("data-number>([0-9-]+)<");
    private static final Pattern CODE = Pattern.compile("data-code>([0-9A-Z-]+)<");
    private static final Pattern ADDRESS = Pattern.compile("(?:href|action|src)=\"([^\"]+)\"");

    @Autowired
    ApplicationContext context;
    @Autowired
    Matters matters;
    @Autowired
    MatterViews views;
    @LocalServerPort
    int port;
    @Autowired
    JavaMailSenderImpl sender;

    private GreenMail mail;
    private String name;
    private String phone;
    private String email;
    private final List<String> addresses = new ArrayList<>();
    private final StringBuilder headers = new StringBuilder();

    @BeforeEach
    void begins() {
        mail = new GreenMail(new ServerSetup(sender.getPort(), sender.getHost(), ServerSetup.PROTOCOL_SMTP));
        mail.start();
        String mark = UUID.randomUUID().toString().substring(0, 8);
        name = "欧阳" + mark;
        phone = "139" + String.format(Locale.ROOT, "%08d", Math.floorMod(mark.hashCode(), 100_000_000));
        email = "marked-" + mark + "@example.org";
    }

    @AfterEach
    void ends() {
        mail.stop();
    }

    private Visitor.Answer seen(Visitor.Answer answer) {
        addresses.add(answer.location());
        Matcher found = ADDRESS.matcher(answer.body());
        while (found.find()) {
            addresses.add(found.group(1));
        }
        answer.whole().headers().map().forEach((key, values) -> headers.append(key).append(values).append('\n'));
        return answer;
    }

    private static String found(Pattern pattern, Visitor.Answer page) {
        Matcher matcher = pattern.matcher(page.body());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1).replace("-", "");
    }

    @Test
    void standsInLogsAddressesSubjectsOrFigures(CapturedOutput log) throws Exception {
        Hall hall = new Hall(context);
        Visitor resident = new Visitor(port);
        seen(resident.get("/report"));
        Map<String, String> form = new HashMap<>(Map.of("step", "3", "go", "send", "title", "路灯" + name, "description", "我是" + name + "，电话" + phone, "place", hall.county,
                "name", name, "phone", phone, "email", "no-address-" + name, "key", UUID.randomUUID().toString()));
        assertThat(seen(resident.post("/report", form)).status()).as("a wrong address").isEqualTo(422);
        form.put("email", email);
        Visitor.Answer sent = seen(resident.post("/report", form));
        assertThat(sent.status()).isEqualTo(303);
        Visitor.Answer receipt = seen(resident.get(sent.location()));
        String number = found(NUMBER, receipt);
        seen(resident.get("/follow"));
        seen(resident.post("/follow", Map.of("number", number, "code", name)));
        seen(resident.post("/follow", Map.of("number", number, "code", found(CODE, receipt))));
        for (String path : List.of("", "/looks", "/proof", "/rights", "/rights/copy", "/rights/copy.json", "/act/add")) {
            assertThat(seen(resident.get("/follow/" + number + path)).status()).as(path).isEqualTo(200);
        }
        // nothing that is typed into an address leads anywhere, and it is in no log either
        resident.get("/follow/" + name.substring(2));
        resident.post("/follow/" + number + "/rights", Map.of("what", "nonsense", "words", name, "name", name, "phone", phone));

        UUID id = Acting.as(hall.clerk, () -> views.find(new MatterNumber(number))).orElseThrow();
        hall.done(hall.clerk, id, "confirm", Map.of(), 1);
        hall.done(hall.clerk, id, "answer-at-once", Map.of("answer", name + "您好，已修好", "outcome", "resolved"), 2);
        Acting.as(hall.clerk, () -> matters.act(Act.on(id, "no-such-action", Map.of("name", name), 3, Hall.key())));
        Visitor clerk = new Visitor(port).signedInAs(new People(context).in(hall.centre.id(), Role.WINDOW_CLERK, Role.DISPATCHER));
        for (String path : List.of("/queue", "/matters", "/matters/" + number, "/search", "/notices", "/privacy/requests")) {
            assertThat(seen(clerk.get(path)).status()).as(path).isEqualTo(200);
        }
        seen(clerk.post("/matters/" + number + "/contacts", Map.of()));
        seen(clerk.post("/sign-in", Map.of("name", name, "password", phone)));
        String health = new Visitor(port).get("/health").body();

        Eventually.that("the reporter was told by mail", () -> mail.getReceivedMessages().length > 0
                && Arrays.stream(mail.getReceivedMessages()).anyMatch(this::toTheReporter));
        List<String> marks = List.of(name, name.substring(2), phone, email);
        for (MimeMessage message : mail.getReceivedMessages()) {
            assertThat(message.getSubject()).doesNotContain(marks);
            if (toTheReporter(message)) {
                assertThat(message.getContent().toString()).doesNotContain(marks);
            }
        }
        assertThat(addresses).hasSizeGreaterThan(100).noneMatch(address -> marks.stream().anyMatch(mark -> decoded(address).contains(mark)));
        assertThat(headers.toString()).doesNotContain(marks);
        assertThat(health).doesNotContain(marks);
        assertThat(log.getAll()).doesNotContain(marks);
    }

    private boolean toTheReporter(MimeMessage message) {
        try {
            return Arrays.stream(message.getAllRecipients()).anyMatch(recipient -> recipient.toString().contains(email));
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String decoded(String address) {
        try {
            return java.net.URLDecoder.decode(address, java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
