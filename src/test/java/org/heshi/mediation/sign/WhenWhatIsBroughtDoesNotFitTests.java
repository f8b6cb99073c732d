package org.heshi.mediation.sign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.heshi.County.Member;
import org.heshi.HeshiTest;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.heshi.mediation.CaseOfTwo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** A scan of two hundred pages, a signature that is no picture, two mediators at one text: each is told what to do, and nothing typed is lost. */
@HeshiTest
class WhenWhatIsBroughtDoesNotFitTests {

    private static final Pattern MARK = Pattern.compile("name=\"form\\.(version|key)\" value=\"([^\"]+)\"");

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;

    CaseOfTwo of;

    @BeforeEach
    void aTextWaits() {
        of = CaseOfTwo.takenUp(context).mediating().drafted("退让三尺");
    }

    private record File(String name, String type, byte[] bytes) {
    }

    /** The form of this page sent as a browser sends it with files. */
    private Visitor.Answer send(Visitor visitor, String page, Map<String, String> typed, List<File> files) {
        Visitor.Answer form = visitor.get(page);
        assertThat(form.status()).isEqualTo(200);
        Map<String, String> fields = new LinkedHashMap<>(typed);
        Matcher mark = MARK.matcher(form.body());
        while (mark.find()) {
            fields.put("form." + mark.group(1), mark.group(2));
        }
        fields.put("_csrf", visitor.token());
        String line = "line" + UUID.randomUUID();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        fields.forEach((name, value) -> body.writeBytes(("--" + line + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
                .getBytes(StandardCharsets.UTF_8)));
        for (File file : files) {
            body.writeBytes(("--" + line + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + file.name() + "\"\r\nContent-Type: " + file.type() + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(file.bytes());
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + line + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return visitor.send(visitor.request(page).header("Content-Type", "multipart/form-data; boundary=" + line).POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
    }

    @Test
    void aScanOfManyPagesIsToldWhatToBringInstead() {
        Visitor desk = of.desk(port);
        String page = "/matters/" + of.digits() + "/act/sign-paper";
        Map<String, String> typed = Map.of("whose", "1", "text", of.draft().orElseThrow().fingerprint(), "witnessed", "true");
        assertThat(desk.get(page).body()).contains("多页的扫描件（PDF）不收", "只传首页和签字页");
        Visitor.Answer pdf = send(desk, page, typed, List.of(new File("两百页.pdf", "application/pdf", "%PDF-1.7 …".getBytes(StandardCharsets.UTF_8))));
        assertThat(pdf.status()).isEqualTo(422);
        assertThat(pdf.body()).contains("请上传“JPEG”“PNG”或“WebP”格式的照片", of.draft().orElseThrow().fingerprint());
        byte[] leaf = WhenPartiesSignOnTheirTelephonesTests.png(true, 2);
        Visitor.Answer many = send(desk, page, typed, IntStream.range(0, 22).mapToObj(i -> new File("页" + i + ".png", "image/png", leaf)).toList());
        assertThat(many.status()).isEqualTo(422);
        assertThat(many.body()).contains("最多 20 张");
        assertThat(of.dispute().signatures()).isEmpty();
        assertThat(send(desk, page, typed, List.of(new File("签字页.png", "image/png", leaf))).status()).isEqualTo(303);
        assertThat(of.dispute().signatures()).extracting(one -> one.signer()).containsExactly("party:1");
    }

    @Test
    void aSignatureOnPaperNamesTheTextThatWasRead() {
        Visitor desk = of.desk(port);
        String page = "/matters/" + of.digits() + "/act/sign-paper";
        String first = of.draft().orElseThrow().fingerprint();
        of.drafted("退让两尺");
        Visitor.Answer answer = send(desk, page, Map.of("whose", "1", "text", first, "witnessed", "true"),
                List.of(new File("签字页.png", "image/png", WhenPartiesSignOnTheirTelephonesTests.png(true, 2))));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(of.dispute().signatures()).isEmpty();
    }

    @Test
    void twoMediatorsAtOneTextLoseNothingOfWhatTheyTyped() {
        Member second = of.county.hire(of.county.roads, "second", Role.MEDIATOR);
        Visitor one = of.desk(port);
        Visitor other = of.county.signedIn(new Visitor(port), second);
        String page = "/matters/" + of.digits() + "/act/draft";
        Map<String, String> late = form(other, page, "另一位调解员写的责任", "让三尺半");
        assertThat(one.post(page, form(one, page, "先写好的责任", "让三尺")).status()).isEqualTo(303);
        int before = of.draft().orElseThrow().seq();
        Visitor.Answer stale = other.post(page, late);
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.body()).contains("另一位调解员写的责任", "让三尺半");
        assertThat(of.draft().orElseThrow().seq()).as("the text that waits is the first one's").isEqualTo(before);
    }

    private Map<String, String> form(Visitor visitor, String page, String responsibility, String what) {
        Map<String, String> typed = new LinkedHashMap<>();
        Matcher mark = MARK.matcher(visitor.get(page).body());
        while (mark.find()) {
            typed.put("form." + mark.group(1), mark.group(2));
        }
        String[] clause = of.clause(2, 1, what, "1200.50", 30).split("\t", -1);
        typed.putAll(Map.of("facts", "院墙越界三尺", "issues", "是否退让", "responsibility", responsibility, "copies", "3"));
        typed.putAll(Map.of("terms.who", clause[0], "terms.towards", clause[1], "terms.what", clause[2], "terms.amount", clause[3], "terms.by", clause[4], "terms.how", clause[5]));
        return typed;
    }
}
