package org.heshi.matters.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.heshi.HeshiTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.util.HtmlUtils;

@HeshiTest
class ProcedurePagesTests {

    @Value("${local.server.port}")
    int port;

    private final HttpClient browser = HttpClient.newHttpClient();

    static java.util.stream.Stream<Procedure> kinds() {
        return ShippedProceduresTests.kinds();
    }

    @Test
    void listEveryKindForAnybody() throws Exception {
        String page = get("/procedures", "zh-CN").body();
        assertThat(kinds()).allSatisfy(procedure -> assertThat(page).contains(procedure.title().zh(), "href=\"/procedures/" + procedure.kind() + "\""));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void showEveryStateAndActionInBothLanguages(Procedure procedure) throws Exception {
        for (String language : new String[] {"zh-CN", "en"}) {
            HttpResponse<String> answer = get("/procedures/" + procedure.kind(), language);
            assertThat(answer.statusCode()).isEqualTo(200);
            String page = HtmlUtils.htmlUnescape(answer.body());
            boolean english = language.equals("en");
            assertThat(procedure.states().values()).allSatisfy(state -> assertThat(page)
                    .contains(english ? state.title().en() : state.title().zh(), english ? state.says().en() : state.says().zh()));
            assertThat(procedure.actions().values()).allSatisfy(action -> assertThat(page)
                    .contains("id=\"action-" + action.name() + "\"", english ? action.title().en() : action.title().zh()));
            assertThat(procedure.outcomes().values()).allSatisfy(outcome -> assertThat(page).contains(english ? outcome.en() : outcome.zh()));
            assertThat(page).contains("<svg", english ? "<html lang=\"en\"" : "<html lang=\"zh-CN\"").doesNotContain("procedure.");
        }
    }

    @Test
    void showAVersionThatIsAskedFor() throws Exception {
        assertThat(get("/procedures/intake?version=1", "en").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/procedures/no-such", "/procedures/intake?version=999", "/procedures/intake?version=x", "/procedures/intake?version=-1",
            "/procedures/intake?version=99999999999999999999", "/procedures/%3Cscript%3E"})
    void sayThatThereIsNoSuchProcedure(String path) throws Exception {
        assertThat(get(path, "en").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path, String language) throws Exception {
        return browser.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).header("Accept-Language", language).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
