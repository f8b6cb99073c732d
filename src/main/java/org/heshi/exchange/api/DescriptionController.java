package org.heshi.exchange.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description once more: as YAML, and as a page that people read without anything from elsewhere. */
@Controller
@Hidden
@ConditionalOnWebApplication
class DescriptionController {

    private static final String JSON = "/api/v1/openapi.json";

    private final OpenApiWebMvcResource description;
    private final JsonMapper json;

    DescriptionController(OpenApiWebMvcResource description, JsonMapper json) {
        this.description = description;
        this.json = json;
    }

    @GetMapping("/api/v1/openapi.yaml")
    ResponseEntity<byte[]> yaml(HttpServletRequest request, Locale locale) throws JsonProcessingException {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_YAML).body(description.openapiYaml(request, JSON, locale));
    }

    @GetMapping("/api/v1/docs")
    String docs(HttpServletRequest request, Locale locale, Model model) throws JsonProcessingException {
        JsonNode api = json.readTree(description.openapiJson(request, JSON, locale));
        List<DocsPage.Operation> operations = new ArrayList<>();
        api.path("paths").properties().forEach(path -> path.getValue().properties().forEach(method -> operations.add(operation(path.getKey(), method.getKey(), method.getValue()))));
        List<DocsPage.Schema> schemas = new ArrayList<>();
        api.path("components").path("schemas").properties().forEach(one -> schemas.add(new DocsPage.Schema(one.getKey(), pretty(one.getValue()))));
        model.addAttribute("page", new DocsPage(api.path("info").path("title").asString(), api.path("info").path("description").asString(), operations, schemas));
        return "exchange/api/docs";
    }

    private DocsPage.Operation operation(String path, String method, JsonNode one) {
        List<DocsPage.Input> inputs = new ArrayList<>();
        one.path("parameters").forEach(parameter -> inputs.add(new DocsPage.Input(parameter.path("name").asString(), parameter.path("in").asString(), parameter.path("required").asBoolean(),
                parameter.path("description").asString(), parameter.path("example").isMissingNode() ? "" : parameter.path("example").asString())));
        List<DocsPage.Answer> answers = new ArrayList<>();
        one.path("responses").properties().forEach(answer -> {
            List<String> refs = answer.getValue().path("content").findValuesAsString("$ref");
            answers.add(new DocsPage.Answer(answer.getKey(), answer.getValue().path("description").asString(), refs.isEmpty() ? "" : refs.getFirst().replaceFirst(".*/", "")));
        });
        List<String> scopes = new ArrayList<>();
        one.path("security").forEach(way -> way.path("key").forEach(scope -> scopes.add(scope.asString())));
        JsonNode example = one.path("requestBody").path("content").path("application/json").path("example");
        return new DocsPage.Operation(one.path("operationId").asString(), method.toUpperCase(Locale.ROOT), path, one.path("summary").asString(), one.path("description").asString(),
                scopes.stream().distinct().toList(), inputs, answers, example.isMissingNode() ? "" : pretty(example));
    }

    private String pretty(JsonNode node) {
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    }
}
