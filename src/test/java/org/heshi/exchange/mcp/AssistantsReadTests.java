package org.heshi.exchange.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.net.http.HttpRequest;
import java.util.Map;
import org.heshi.ApiProgram;
import org.heshi.HeshiTest;
import org.heshi.SuperuserConnection;
import org.heshi.Visitor;
import org.heshi.directory.Role;
import org.heshi.matters.FollowedMatter;
import org.heshi.matters.Matters.Answer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** An assistant reads with the protocol's own client, under the rights of the key that it was given. */
@HeshiTest
class AssistantsReadTests {

    @Autowired
    ApplicationContext context;
    @LocalServerPort
    int port;

    private McpSyncClient client(String key) {
        McpSyncClient client = McpClient.sync(HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + port).endpoint("/mcp")
                .requestBuilder(HttpRequest.newBuilder().header("X-Api-Key", key)).build()).build();
        client.initialize();
        return client;
    }

    private static String text(CallToolResult result) {
        return ((McpSchema.TextContent) result.content().getFirst()).text();
    }

    private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> asked) {
        return client.callTool(McpSchema.CallToolRequest.builder(tool).arguments(asked).build());
    }

    @Test
    void whatTheirPostMaySeeAndDoNothing() throws Exception {
        FollowedMatter followed = FollowedMatter.inAVillage(context);
        Answer.Done matter = followed.report(Map.of("name", "王五六", "phone", "13900000003"));
        followed.act(followed.desk(), matter.matter(), "confirm", Map.of());
        followed.act(followed.desk(), matter.matter(), "sort", Map.of("kind", "service", "category", "02", "level", "blue"));
        followed.act(followed.desk(), matter.matter(), "assign", Map.of("lead", followed.handler().unit().toString(), "reason", "职责所在"));
        ApiProgram program = ApiProgram.of(context, port, followed.handler().unit(), "search", "figures", "act").inPost(Role.HANDLER, Role.DISPATCHER);
        try (McpSyncClient client = client(program.key())) {
            assertThat(client.listTools().tools()).extracting(McpSchema.Tool::name).containsExactlyInAnyOrder("search_matters", "read_matter", "ask_figures", "define_figures",
                    "list_units", "list_categories", "list_divisions");
            assertThat(client.listTools().tools()).allSatisfy(tool -> assertThat(tool.annotations().readOnlyHint()).isTrue());
            CallToolResult read = call(client, "read_matter", Map.of("number", matter.number().digits()));
            assertThat(read.isError()).as(text(read)).isFalse();
            assertThat(text(read)).contains("路灯不亮").doesNotContain("王五六").doesNotContain("1390000");
            try (var c = SuperuserConnection.open(context); var s = c.createStatement();
                    var r = s.executeQuery("select count(*) from access.look where matter = '" + matter.matter() + "' and person = '" + program.id() + "'")) {
                r.next();
                assertThat(r.getLong(1)).as("that it looked is written down").isEqualTo(1);
            }
            String others = FollowedMatter.inAVillage(context).report(Map.of()).number().digits();
            assertThat(call(client, "read_matter", Map.of("number", others)).isError()).isTrue();
            assertThat(text(call(client, "ask_figures", Map.of("unit", followed.handler().unit().toString(), "from", "2026-01-01", "to", "2026-12-31", "by", "kind")))).contains("\"received\"");
            assertThat(call(client, "ask_figures", Map.of("place", "33", "from", "2026-01-01", "to", "2026-12-31")).isError()).isTrue();
            assertThat(text(call(client, "define_figures", Map.of()))).contains("reopened");
            assertThat(text(call(client, "search_matters", Map.of("kind", "service")))).contains("\"matters\"");
            assertThat(text(call(client, "list_divisions", Map.of("within", "330681")))).contains("枫桥镇");
            assertThat(text(call(client, "list_categories", Map.of()))).contains("\"categories\"");
            assertThat(text(call(client, "list_units", Map.of("within", "330681")))).contains("\"units\"");
            assertThat(call(client, "list_units", Map.of("cursor", "AAAA")).isError()).isTrue();
        }
    }

    @Test
    void nothingThatTheirKeyIsNotFor() {
        FollowedMatter followed = FollowedMatter.inAVillage(context);
        ApiProgram program = ApiProgram.of(context, port, followed.handler().unit(), "report");
        try (McpSyncClient client = client(program.key())) {
            for (String tool : java.util.List.of("search_matters", "ask_figures")) {
                CallToolResult refused = call(client, tool, tool.equals("ask_figures") ? Map.of("from", "2026-01-01", "to", "2026-01-02") : Map.of());
                assertThat(refused.isError()).isTrue();
                assertThat(text(refused)).contains("not for this");
            }
            assertThat(call(client, "read_matter", Map.of("number", "0000000000000")).isError()).isTrue();
        }
        assertThatThrownBy(() -> client("hk_" + "A".repeat(43)).close()).isInstanceOf(RuntimeException.class);
        Visitor nobody = new Visitor(port);
        assertThat(nobody.postBody("/mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}", "application/json", "Accept", "application/json, text/event-stream").status()).isEqualTo(401);
        assertThat(nobody.send(nobody.request("/mcp").header("X-Api-Key", program.key()).header("Accept", "application/json, text/event-stream").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("x".repeat(100_000)))).status()).isBetween(400, 413);
    }

    @Test
    void nothingWhereTheCountyDidNotTurnItOn() {
        new ApplicationContextRunner().withUserConfiguration(ReadingTools.class).run(off -> assertThat(off).hasNotFailed().doesNotHaveBean(ReadingTools.class));
        new ApplicationContextRunner().withPropertyValues("heshi.mcp=off").withUserConfiguration(ReadingTools.class)
                .run(off -> assertThat(off).hasNotFailed().doesNotHaveBean(ReadingTools.class));
    }
}
