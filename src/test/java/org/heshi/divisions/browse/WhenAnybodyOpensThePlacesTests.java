package org.heshi.divisions.browse;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.heshi.HeshiTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@HeshiTest
class WhenAnybodyOpensThePlacesTests {

    @LocalServerPort
    int port;

    final HttpClient client = HttpClient.newHttpClient();

    @Test
    void goesDownFromTheProvinces() throws Exception {
        assertThat(get("/places", Map.of()).body()).contains("浙江省", "/places?within=33", "<form method=\"get\"");
        assertThat(get("/places?within=330681109", Map.of()).body()).contains("枫源村委会", "诸暨市", "/places?within=330681");
        assertThat(get("/places?within=330681109290&lang=en", Map.of()).body()).contains("Village 330681109290");
    }

    @Test
    void findsByTypingWithTheWholePathShown() throws Exception {
        HttpResponse<String> page = get("/places?q=" + typed("枫桥"), Map.of());
        assertThat(page.body()).contains("<html", "浙江省绍兴市诸暨市枫桥镇");
        assertThat(page.headers().allValues("Vary")).anyMatch(vary -> vary.contains("HX-Request"));
        assertThat(get("/places?q=fq&within=330681", Map.of()).body()).contains("浙江省绍兴市诸暨市枫桥镇");
        assertThat(get("/places?q=" + typed("没有这个地方"), Map.of()).body()).contains("没有找到");
    }

    @Test
    void getsTheListAloneWhileTyping() throws Exception {
        HttpResponse<String> part = get("/places?q=fq&within=330681", Map.of("HX-Request", "true"));
        assertThat(part.body()).contains("id=\"places-found\"", "枫桥镇").doesNotContain("<html");
        HttpResponse<String> json = get("/places?q=fqz&within=330681", Map.of("Accept", "application/json"));
        assertThat(json.body()).startsWith("[{").contains("\"code\":\"330681109\"", "\"fullName\":\"浙江省绍兴市诸暨市枫桥镇\"");
    }

    @Test
    void isToldThatThereIsNoSuchPlace() throws Exception {
        assertThat(get("/places?within=999999", Map.of()).statusCode()).isEqualTo(404);
        assertThat(get("/places?within=" + typed("' or 1=1"), Map.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void isShownHarmlesslyWhatWasTyped() throws Exception {
        for (String evil : new String[] {"<script>alert(1)</script>", "' or 1=1 --", "\u202e\u200b", "%", "枫".repeat(1_500), "\u0000"}) {
            HttpResponse<String> page = get("/places?q=" + typed(evil), Map.of());
            assertThat(page.statusCode()).as(evil).isLessThan(500);
            assertThat(page.body()).doesNotContain("<script>alert");
        }
    }

    private static String typed(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> get(String path, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).header("Accept", "text/html");
        headers.forEach(request::setHeader);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
