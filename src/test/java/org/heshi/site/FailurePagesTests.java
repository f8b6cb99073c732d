package org.heshi.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.Collections;
import java.util.Map;
import org.heshi.HeshiTest;
import org.heshi.People;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@HeshiTest
@ExtendWith(OutputCaptureExtension.class)
class FailurePagesTests {

    @LocalServerPort
    int port;
    @Autowired
    ApplicationContext context;

    Visitor visitor;

    @BeforeEach
    void stranger() {
        visitor = new Visitor(port);
    }

    @ParameterizedTest
    @CsvSource({"zh_CN,没有找到这个页面", "en,There is no such page"})
    void sayThatAPageIsNotThere(String language, String words) {
        var answer = visitor.get("/report/nothing-here?lang=" + language);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).contains(words).contains("lang=\"" + (language.equals("en") ? "en" : "zh-CN") + "\"");
    }

    @Test
    void tellAProgramInItsOwnWay() {
        var answer = visitor.get("/report/nothing-here", "Accept", "application/json");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("content-type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"status\":404").contains("没有找到这个页面");
        var unknown = visitor.get("/queue", "Accept", "application/json");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.header("content-type")).hasValue("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/help?x=%00", "/help/%00", "/sign-in?to=%00", "/help;jsessionid=1", "/help/..%2f", "/%zz", "/help?x=%zz", "/report/%ED%A0%80",
            "/help?x=%ED%A0%80", "/posts?post=%ff%fe", "//help", "/help%5c", "/help?%00=1", "/places?%F0%28%8C%BC=1"})
    void answerNonsenseWithoutFailing(String path) {
        var answer = visitor.send(rawRequest(path));
        assertThat(answer.status()).as(path).isIn(200, 302, 400, 404);
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("Tomcat").doesNotContain("springframework");
    }

    @Test
    void refuseTheCharacterZeroInAForm() {
        visitor.get("/sign-in");
        var answer = visitor.post("/sign-in", Map.of("name", "a\0b", "password", "x"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("这个请求无法识别");
    }

    @Test
    void takeLoneSurrogatesAndStrangeScriptsInAName() {
        visitor.get("/sign-in");
        for (String name : new String[] {"\ud800", "‮abc", "​", "'; drop table identity.account; --", "<script>alert(1)</script>", "a".repeat(100_000)}) {
            var answer = visitor.post("/sign-in", Map.of("name", name, "password", name));
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.body()).doesNotContain("<script>alert");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-a-uuid", "", "018f0000-0000-7000-8000-00000000000", "1"})
    void answerABadIdWithABadRequest(String post) {
        visitor.signedInAs(new People(context).with(Role.HANDLER));
        visitor.get("/posts");
        assertThat(visitor.post("/posts", Map.of("post", post)).status()).isIn(400, 404);
    }

    @Test
    void sayWhatToDoWhenAPostMayNot() {
        visitor.signedInAs(new People(context).with(Role.HANDLER));
        var answer = visitor.get("/admin/anything");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("您现在的岗位不能打开这个页面").contains("试验员");
        assertThat(new Visitor(port).signedInAs(new People(context).with(Role.ADMINISTRATOR)).get("/admin/anything").status()).isEqualTo(404);
    }

    @Test
    void sendAStrangerToSignInFirst() {
        var answer = visitor.get("/admin/anything?x=1");
        assertThat(answer.location()).isEqualTo("/sign-in?to=%2Fadmin%2Fanything%3Fx%3D1");
        var part = visitor.get("/queue", "HX-Request", "true");
        assertThat(part.header("hx-redirect")).hasValue("/sign-in");
    }

    @Test
    void refuseAMethodThatIsNotOffered() {
        visitor.get("/sign-in");
        assertThat(visitor.post("/help", Map.of()).status()).isEqualTo(405);
        assertThat(visitor.send(visitor.request("/help").method("TRACE", HttpRequest.BodyPublishers.noBody())).status()).isIn(400, 405);
    }

    @Test
    void refuseFilesThatAreTooBig() {
        visitor.get("/sign-in");
        String edge = "edge0123456789";
        String head = "--" + edge + "\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n" + visitor.token() + "\r\n--" + edge
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n";
        byte[] megabyte = new byte[1 << 20];
        var answer = visitor.send(visitor.request("/sign-in").header("Content-Type", "multipart/form-data; boundary=" + edge)
                .POST(HttpRequest.BodyPublishers.concat(HttpRequest.BodyPublishers.ofString(head),
                        HttpRequest.BodyPublishers.ofByteArrays(Collections.nCopies(201, megabyte)),
                        HttpRequest.BodyPublishers.ofString("\r\n--" + edge + "--\r\n"))));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("上传的文件太大");
    }

    @Test
    void nameAReferenceThatStandsInTheLogAndNothingElse(CapturedOutput output) {
        var answer = visitor.get("/report/test-fault?secret=resident-words");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).contains("系统出了问题").doesNotContain("planted").doesNotContain("Exception");
        var reference = java.util.regex.Pattern.compile("<strong class=\"code\">([0-9a-f]{8})</strong>").matcher(answer.body());
        assertThat(reference.find()).isTrue();
        assertThat(output.getAll()).contains("reference " + reference.group(1)).contains("a planted fault").doesNotContain("resident-words");
    }

    @Test
    void sendTheHeadersThatBrowsersObey() {
        var answer = visitor.get("/");
        assertThat(answer.header("content-security-policy").orElseThrow()).contains("default-src 'self'").contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.header("x-content-type-options")).hasValue("nosniff");
        assertThat(answer.header("referrer-policy")).hasValue("same-origin");
        assertThat(answer.header("x-frame-options")).hasValue("DENY");
        assertThat(answer.header("strict-transport-security")).isEmpty();
        assertThat(answer.header("server")).isEmpty();
        assertThat(answer.header("cache-control").orElseThrow()).contains("no-store");
        assertThat(answer.whole().headers().allValues("set-cookie")).noneMatch(cookie -> cookie.startsWith("heshi="));
        var form = new Visitor(port).get("/sign-in");
        assertThat(form.whole().headers().allValues("set-cookie")).anySatisfy(cookie -> assertThat(cookie)
                .startsWith("heshi-form=").contains("HttpOnly").contains("SameSite=Strict"));
    }

    private HttpRequest.Builder rawRequest(String path) {
        try {
            return visitor.request(path).GET();
        } catch (IllegalArgumentException e) {
            // An address that Java refuses is sent escaped once more; the server sees the percent sign.
            return visitor.request(path.replace("%zz", "%25zz")).GET();
        }
    }
}
