package org.heshi.exchange.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.exchange.api.NotSo;
import org.heshi.exchange.api.Questions;
import org.heshi.matters.MattersForPrograms;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tools that only read, over the same tokens, keys and scopes as {@code /api/v1}, asked under the same rights. What an assistant makes of them is its own; whoever
 * decides is a person, and so nothing here does anything.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "heshi.mcp", havingValue = "on")
@ConditionalOnWebApplication
class ReadingTools {

    static final String ADDRESS = "/mcp";
    private static final String WHO = "client";
    private static final int LONGEST = 64 * 1024;

    private static final Map<String, String> SEARCH = named("q", "words to look for", "kind", "code of a kind", "state", "code of a state", "category", "code of a category",
            "level", "blue, yellow or red", "place", "code of a place", "closed", "true or false", "from", "first day, 2026-01-31", "to", "last day", "sort", "relevance or newest",
            "cursor", "next of the page before", "limit", "1 to 200");
    private static final Map<String, String> FIGURES = named("place", "code of a place", "unit", "id of an office", "from", "first day, 2026-01-31", "to", "last day",
            "by", "up to three, by commas: place, town, kind, category-1, category-2, category-3, channel, level, outcome, unit, day, month, hour, weekday", "kind", "code of a kind",
            "category", "code of a category", "channel", "code of a channel", "level", "blue, yellow or red", "outcome", "code of an outcome", "lead", "id of the lead",
            "cut", "today or then");
    private static final Map<String, String> UNITS = named("within", "code of a place", "q", "part of a name", "cursor", "next of the page before", "limit", "1 to 200");

    private final Questions questions;
    private final MattersForPrograms matters;
    private final JsonMapper json;

    ReadingTools(Questions questions, MattersForPrograms matters, JsonMapper json) {
        this.questions = questions;
        this.matters = matters;
        this.json = json;
    }

    @Bean
    HttpServletStatelessServerTransport mcpTransport() {
        // who asks is known on the thread of the request; the tools may run on another
        return HttpServletStatelessServerTransport.builder().jsonMapper(McpJsonDefaults.getMapper()).messageEndpoint(ADDRESS).maxRequestSize(LONGEST)
                .contextExtractor(_ -> McpTransportContext.create(Map.of(WHO, Acting.current()))).build();
    }

    @Bean
    ServletRegistrationBean<HttpServletStatelessServerTransport> mcpServlet(HttpServletStatelessServerTransport mcpTransport) {
        return new ServletRegistrationBean<>(mcpTransport, ADDRESS);
    }

    @Bean(destroyMethod = "close")
    McpStatelessSyncServer mcpServer(HttpServletStatelessServerTransport mcpTransport) {
        return McpServer.sync(mcpTransport).serverInfo("heshi", "1").capabilities(McpSchema.ServerCapabilities.builder().tools(false).build())
                .instructions("Matters, figures, offices and places of a county's centre, to read only. Nothing can be changed here; what follows from it is for people to decide.")
                .tools(List.of(
                        tool("search_matters", "Finds matters by words and filters among what the program's post may see. Nobody can be looked for by name.", "search", SEARCH, List.of(),
                                questions::search),
                        tool("read_matter", "Reads one matter by its number, without names and contacts. In the program's post this is recorded as a look.", "search", named("number", "13 digits"),
                                List.of("number"), (client, asked) -> matters.find(client, asked.getOrDefault("number", "")).orElseThrow(() -> new NoSuchMatter())),
                        tool("ask_figures", "Counts matters of a place or office from a day to a day, broken down by up to three things.", "figures", FIGURES, List.of("from", "to"),
                                questions::figures),
                        tool("define_figures", "Says what each number of ask_figures means.", "figures", Map.of(), List.of(), (_, _) -> definitions()),
                        tool("list_units", "Lists offices, without people.", "", UNITS, List.of(), questions::units),
                        tool("list_categories", "Lists the categories of matters.", "", Map.of(), List.of(), (_, _) -> questions.categories()),
                        tool("list_divisions", "Lists the places below one, or finds places by name.", "", UNITS, List.of(), questions::divisions)))
                .build();
    }

    /** No matter that it may see. */
    private static final class NoSuchMatter extends RuntimeException {
    }

    private static Map<String, Object> definitions() {
        Map<String, Object> means = new LinkedHashMap<>(named("received", "came in on a day asked about", "closed", "closings, one that was undone included", "reopened", "went on after a closing",
                "open", "stood open at the end of the last day", "late", "closings of matters of which an office kept some limit too late",
                "toAcceptance", "seconds from coming in to the first signing", "toClosing", "seconds from coming in to the closing", "chargedSeconds", "time that units had them in their hands",
                "ratings", "reporters who gave stars", "stars", "sum of their stars, 1 to 5 each"));
        means.put("more", "docs/figures.md");
        return means;
    }

    private SyncToolSpecification tool(String name, String text, String scope, Map<String, String> inputs, List<String> required,
            BiFunction<Actor.Client, Map<String, String>, Object> answer) {
        Map<String, Object> properties = new LinkedHashMap<>();
        inputs.forEach((input, about) -> properties.put(input, Map.of("type", "string", "description", about)));
        Map<String, Object> schema = Map.of("type", "object", "properties", properties, "required", required, "additionalProperties", false);
        McpSchema.Tool tool = McpSchema.Tool.builder(name, schema).description(text)
                .annotations(new McpSchema.ToolAnnotations(name, true, false, true, false, null)).build();
        return new SyncToolSpecification(tool, (context, call) -> {
            if (!(context.get(WHO) instanceof Actor.Client client)) {
                return failed("no program acts here");
            }
            if (!scope.isEmpty() && !client.scopes().contains(scope) && !(name.equals("read_matter") && client.scopes().contains("follow"))) {
                return failed("the token is not for this: " + scope);
            }
            Map<String, String> asked = new LinkedHashMap<>();
            Optional.ofNullable(call.arguments()).orElse(Map.of()).forEach((input, value) -> asked.put(input, String.valueOf(value)));
            List<String> unknown = new ArrayList<>(asked.keySet());
            unknown.removeAll(inputs.keySet());
            if (!unknown.isEmpty()) {
                return failed("not known: " + String.join(", ", unknown));
            }
            try {
                Object found = Acting.as(client, () -> answer.apply(client, asked));
                return CallToolResult.builder().addTextContent(json.writeValueAsString(found)).isError(false).build();
            } catch (NotSo why) {
                return failed(String.valueOf(why.getMessage()));
            } catch (NoSuchMatter _) {
                return failed("there is nothing here for this program");
            }
        });
    }

    private static CallToolResult failed(String why) {
        return CallToolResult.builder().addTextContent(why).isError(true).build();
    }

    private static Map<String, String> named(String... pairs) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            named.put(pairs[i], pairs[i + 1]);
        }
        return named;
    }
}
