package org.heshi.exchange.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.heshi.Visitor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description of the interface, to measure by it what comes and what is sent (JSON Schema 2020-12), and to know what of it was seen. */
final class Described {

    private final JsonMapper json = JsonMapper.builder().build();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, com.networknt.schema.Schema> compiled = new HashMap<>();
    private final Set<String> seen = new LinkedHashSet<>();
    private final JsonNode api;

    Described(String document) {
        api = json.readTree(document);
    }

    JsonNode api() {
        return api;
    }

    /** Each operation with each status, as {@code get /api/v1/x 200}. */
    Set<String> all() {
        Set<String> all = new TreeSet<>();
        api.path("paths").properties().forEach(path -> path.getValue().properties()
                .forEach(method -> method.getValue().path("responses").properties().forEach(answer -> all.add(method.getKey() + " " + path.getKey() + " " + answer.getKey()))));
        return all;
    }

    Set<String> seen() {
        return seen;
    }

    private String template(String path) {
        String plain = path.replaceFirst("\\?.*", "");
        return api.path("paths").properties().stream().map(Map.Entry::getKey).filter(known -> plain.matches(known.replaceAll("\\{[^}]+}", "[^/]+")))
                .min(java.util.Comparator.comparing((String known) -> known.contains("{")).thenComparing(known -> known))
                .orElseThrow(() -> new AssertionError("not described: " + path));
    }

    /** Fails where the answer is none that the description has. */
    Visitor.Answer checked(String method, String path, Visitor.Answer answer) {
        String template = template(path);
        JsonNode response = api.path("paths").path(template).path(method).path("responses").path(Integer.toString(answer.status()));
        String what = method + " " + template + " " + answer.status();
        assertThat(response.isMissingNode()).as(what + " is not described: " + answer.body()).isFalse();
        seen.add(what);
        response.path("headers").properties().forEach(header -> {
            if (header.getValue().path("required").asBoolean()) {
                assertThat(answer.header(header.getKey())).as(what + " " + header.getKey()).isPresent();
            }
        });
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            assertThat(answer.body()).as(what).isEmpty();
            return answer;
        }
        String type = answer.header("content-type").orElse("").replaceFirst(";.*", "");
        assertThat(content.has(type)).as(what + " is not of type " + type).isTrue();
        assertThat(wrong(content.path(type).path("schema"), answer.body())).as(what + " " + answer.body()).isEmpty();
        return answer;
    }

    /** Fails where what is sent is not as described. */
    String sent(String path, String body) {
        JsonNode schema = api.path("paths").path(template(path)).path("post").path("requestBody").path("content").path("application/json").path("schema");
        assertThat(schema.isMissingNode()).isFalse();
        assertThat(wrong(schema, body)).as(body).isEmpty();
        return body;
    }

    List<String> wrong(JsonNode schema, String body) {
        List<String> wrong = new ArrayList<>();
        for (Error error : compiled.computeIfAbsent(schema.toString(), _ -> {
            ObjectNode whole = schema.deepCopy().asObject();
            whole.set("components", api.path("components"));
            return registry.getSchema(whole);
        }).validate(json.readTree(body), context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))) {
            wrong.add(error.toString());
        }
        return wrong;
    }
}
