package org.heshi.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.heshi.HeshiTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@HeshiTest
class HomePageTests {

    @LocalServerPort
    int port;

    final HttpClient client = HttpClient.newHttpClient();

    @Test
    void greetsInChineseWithTheEmergencyNumbersFirst() throws Exception {
        String page = get("/").body();
        assertThat(page).contains("lang=\"zh-CN\"").contains("有事进一扇门");
        assertThat(page.indexOf("tel:110")).isBetween(1, page.indexOf("/report"));
    }

    @Test
    void speaksEnglishWhenAskedAndRemembersIt() throws Exception {
        HttpResponse<String> answer = get("/?lang=en");
        assertThat(answer.body()).contains("lang=\"en\"").contains("One door for every trouble");
        assertThat(answer.headers().allValues("set-cookie")).anyMatch(cookie -> cookie.startsWith("lang=en"));
    }

    @Test
    void givesStyleThatBrowsersMayKeepForAYear() throws Exception {
        String page = get("/").body();
        var href = java.util.regex.Pattern.compile("href=\"(/heshi-[^\"]+[.]css)\"").matcher(page);
        assertThat(href.find()).isTrue();
        HttpResponse<String> style = get(href.group(1));
        assertThat(style.statusCode()).isEqualTo(200);
        assertThat(style.headers().firstValue("cache-control")).hasValue("max-age=31536000, public");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
