package org.heshi.exchange.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.OAuthFlow;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.Scopes;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.heshi.identity.ApiDoor;
import org.heshi.matters.MattersForPrograms;
import org.springdoc.core.customizers.OpenApiLocaleCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/**
 * What springdoc cannot read from the code: in words what each address is for, who may, what refuses it, and examples that a test sends. Each operation stands
 * in {@link #OPERATIONS}; one that does not stops the description, so that none is forgotten.
 */
@Component
@ConditionalOnWebApplication
class ApiDescription implements OpenApiLocaleCustomizer, OperationCustomizer {

    /**
     * @param scopes   one of them is needed; none: any good token or key
     * @param refusals statuses of problems beside those that every address has
     * @param tagged   whether the answer has an ETag and nothing comes when it is known
     */
    private record Op(List<String> scopes, List<Integer> refusals, boolean tagged) {
    }

    private static final List<String> WEBHOOKS = List.of("webhooks");
    private static final List<String> EXCHANGE = List.of("exchange");
    private static final Map<String, Op> OPERATIONS = Map.ofEntries(
            Map.entry("reportMatter", new Op(List.of("report"), List.of(400, 411, 413, 415, 422, 429), false)),
            Map.entry("listMatters", new Op(List.of("follow"), List.of(400), false)),
            Map.entry("getMatter", new Op(List.of("follow", "search", "act"), List.of(404), true)),
            Map.entry("listActions", new Op(List.of("act"), List.of(404), false)),
            Map.entry("act", new Op(List.of("act"), List.of(400, 404, 409, 411, 412, 413, 415, 422, 428, 429), false)),
            Map.entry("searchMatters", new Op(List.of("search"), List.of(400), false)),
            Map.entry("askFigures", new Op(List.of("figures"), List.of(400), false)),
            Map.entry("listUnits", new Op(List.of(), List.of(400), true)),
            Map.entry("listCategories", new Op(List.of(), List.of(), true)),
            Map.entry("listKinds", new Op(List.of(), List.of(), true)),
            Map.entry("getProcedure", new Op(List.of(), List.of(404), true)),
            Map.entry("listDivisions", new Op(List.of(), List.of(400), true)),
            Map.entry("getDivision", new Op(List.of(), List.of(404), true)),
            Map.entry("listWebhooks", new Op(WEBHOOKS, List.of(), false)),
            Map.entry("createWebhook", new Op(WEBHOOKS, List.of(400, 409, 411, 413, 415, 422), false)),
            Map.entry("getWebhook", new Op(WEBHOOKS, List.of(404), false)),
            Map.entry("deleteWebhook", new Op(WEBHOOKS, List.of(404), false)),
            Map.entry("pauseWebhook", new Op(WEBHOOKS, List.of(404), false)),
            Map.entry("resumeWebhook", new Op(WEBHOOKS, List.of(404), false)),
            Map.entry("rotateWebhook", new Op(WEBHOOKS, List.of(404), false)),
            Map.entry("listDeadLetters", new Op(WEBHOOKS, List.of(404), false)),
            Map.entry("sendDeadLettersAgain", new Op(WEBHOOKS, List.of(404), false)),
            Map.entry("sendOrderMessage", new Op(EXCHANGE, List.of(400, 404, 409, 411, 413, 422), false)),
            Map.entry("listWaiting", new Op(EXCHANGE, List.of(404), false)),
            Map.entry("takeWaiting", new Op(EXCHANGE, List.of(404), false)),
            Map.entry("tryWaitingAgain", new Op(EXCHANGE, List.of(404), false)),
            Map.entry("connectOrders", new Op(EXCHANGE, List.of(404, 409), false)),
            Map.entry("disconnectOrders", new Op(EXCHANGE, List.of(404), false)));

    private static final Map<String, String> EXAMPLES = Map.ofEntries(Map.entry("within", "330681"), Map.entry("code", "330681109"), Map.entry("place", "330681"),
            Map.entry("from", "2026-11-01"), Map.entry("to", "2026-11-30"), Map.entry("by", "channel,outcome"), Map.entry("q", "路灯"), Map.entry("limit", "20"),
            Map.entry("kind", "service"), Map.entry("level", "blue"), Map.entry("closed", "false"), Map.entry("sort", "newest"), Map.entry("cut", "today"),
            Map.entry("as", "staff"), Map.entry("mapping", "hotline-12345"), Map.entry("list", "results"), Map.entry("most", "20"), Map.entry("dead", "false"),
            Map.entry("id", "019ba2c4-91c3-7d11-9f0e-5d2c3f1f7a10"));
    private static final Map<String, List<String>> CHOICES = Map.of("level", List.of("blue", "yellow", "red"), "closed", List.of("true", "false"),
            "sort", List.of("relevance", "newest"), "cut", List.of("today", "then"), "as", List.of("staff", "reporter"), "list", List.of("results", "statuses", "assigned", "ended"));
    private static final String OAUTH = "oauth";
    private static final String KEY = "key";
    private static final String PROBLEM = "Problem";

    private final MessageSource words;
    private final MattersForPrograms matters;
    private final String baseUrl;
    private final ObjectMapper mapper = Json31.mapper();
    private final Map<String, Class<?>> answers = new ConcurrentSkipListMap<>();

    ApiDescription(MessageSource words, MattersForPrograms matters, @Value("${heshi.base-url}") String baseUrl) {
        this.words = words;
        this.matters = matters;
        this.baseUrl = baseUrl;
    }

    /** What a mapping gives its shape. */
    private static final Class<?> ANYTHING = Object.class;
    private static final Class<?> NOTHING = Void.class;

    /** Remembers by which record an operation answers. */
    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        for (ApiResponse response : handler.getMethod().getAnnotationsByType(ApiResponse.class)) {
            answers.put(operation.getOperationId() + " " + response.responseCode(), NOTHING);
            for (io.swagger.v3.oas.annotations.media.Content content : response.content()) {
                answers.put(operation.getOperationId() + " " + response.responseCode(), content.schema().implementation() == Void.class ? ANYTHING : content.schema().implementation());
            }
        }
        return operation;
    }

    @Override
    public void customise(OpenAPI api, Locale locale) {
        api.setInfo(new Info().title(say("api.title", locale)).version("1").description(say("api.about", locale)));
        api.setServers(List.of(new Server().url(baseUrl.isEmpty() ? "/" : baseUrl.replaceFirst("/+$", ""))));
        RecordSchemas records = new RecordSchemas();
        answers.values().stream().filter(Class::isRecord).forEach(records::add);
        Components components = new Components();
        records.all().forEach((name, schema) -> components.addSchemas(name, schema(schema)));
        components.addSchemas(PROBLEM, schema(problem()));
        components.addSecuritySchemes(OAUTH, new SecurityScheme().type(SecurityScheme.Type.OAUTH2).description(say("api.oauth", locale))
                .flows(new OAuthFlows().clientCredentials(new OAuthFlow().tokenUrl(ApiDoor.TOKEN).scopes(scopes(locale)))));
        components.addSecuritySchemes(KEY, new SecurityScheme().type(SecurityScheme.Type.APIKEY).in(SecurityScheme.In.HEADER).name(ApiDoor.KEY).description(say("api.key", locale)));
        api.setComponents(components);
        api.getPaths().forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> complete(path, method, operation, locale)));
        api.getPaths().addPathItem(ApiDoor.TOKEN, token(locale));
        api.setTags(null);
    }

    private Scopes scopes(Locale locale) {
        Scopes scopes = new Scopes();
        List.of("report", "follow", "act", "search", "figures", "exchange", "webhooks").forEach(scope -> scopes.addString(scope, say("client.scope." + scope, locale)));
        return scopes;
    }

    private void complete(String path, PathItem.HttpMethod method, Operation operation, Locale locale) {
        Op op = OPERATIONS.get(operation.getOperationId());
        if (op == null) {
            throw new IllegalStateException("nothing describes " + method + " " + path + " (" + operation.getOperationId() + ")");
        }
        String id = operation.getOperationId();
        operation.setTags(null);
        operation.setSummary(say("api.op." + id, locale));
        operation.setDescription(say("api.op." + id + ".text", locale));
        operation.setSecurity(op.scopes().isEmpty() ? List.of(new SecurityRequirement().addList(OAUTH), new SecurityRequirement().addList(KEY))
                : op.scopes().stream().flatMap(scope -> List.of(new SecurityRequirement().addList(OAUTH, scope), new SecurityRequirement().addList(KEY, scope)).stream()).toList());
        List<Parameter> parameters = new ArrayList<>(operation.getParameters() == null ? List.of() : operation.getParameters());
        parameters.removeIf(parameter -> parameter.getName().equals("asked") || parameter.getName().equals("locale"));
        parameters.forEach(parameter -> describe(id, parameter, locale));
        if (op.tagged()) {
            parameters.add(new HeaderParameter().name("If-None-Match").required(false).description(say("api.in.If-None-Match", locale)).schema(schema(Map.of("type", "string"))));
        }
        operation.setParameters(parameters);
        ApiResponses responses = new ApiResponses();
        answers.forEach((key, type) -> {
            if (key.startsWith(id + " ")) {
                io.swagger.v3.oas.models.responses.ApiResponse good = new io.swagger.v3.oas.models.responses.ApiResponse()
                        .description(say("api.status." + key.substring(id.length() + 1), locale));
                if (type != NOTHING) {
                    good.content(new Content().addMediaType("application/json",
                            new MediaType().schema(type == ANYTHING ? schema(Map.of("type", "object")) : ref(RecordSchemas.name(type)))));
                }
                if (op.tagged() || Set.of("act", "listActions").contains(id)) {
                    good.addHeaderObject("ETag", new Header().required(true).description(say("api.in.ETag", locale)).schema(schema(Map.of("type", "string"))));
                }
                if (id.equals("reportMatter") || id.equals("createWebhook")) {
                    good.addHeaderObject("Location", new Header().required(true).schema(schema(Map.of("type", "string"))));
                }
                responses.addApiResponse(key.substring(id.length() + 1), good);
            }
        });
        if (op.tagged()) {
            responses.addApiResponse("304", new io.swagger.v3.oas.models.responses.ApiResponse().description(say("api.status.304", locale)));
        }
        List<Integer> statuses = new ArrayList<>(op.refusals());
        statuses.add(401);
        if (!statuses.contains(429)) {
            statuses.add(429);
        }
        // a token may be for nothing of this, and what is not public is asked in a post
        if (!op.scopes().isEmpty()) {
            statuses.add(403);
        }
        statuses.stream().sorted().forEach(status -> responses.addApiResponse(Integer.toString(status), refusal(status, locale)));
        operation.setResponses(responses);
        if (id.equals("reportMatter")) {
            operation.setRequestBody(body(matters.reporting(locale), Map.of("title", "路灯不亮", "description", "枫桥镇政府门口的路灯三天不亮", "place", "330681109", "anonymous", true)));
        }
        if (id.equals("createWebhook")) {
            operation.setRequestBody(body(Map.of("type", "object", "required", List.of("url", "events"), "additionalProperties", false, "properties", Map.of(
                    "url", Map.of("type", "string", "format", "uri", "maxLength", 500), "unit", Map.of("type", "boolean", "default", false),
                    "events", Map.of("type", "array", "minItems", 1, "uniqueItems", true, "items", Map.of("type", "string", "enum",
                            List.of("matter.begun", "matter.moved", "matter.entry", "order.result", "order.status", "order.assigned", "order.ended"))))),
                    Map.of("url", "https://hooks.example.org/heshi", "events", List.of("matter.begun", "matter.moved"))));
        }
        if (id.equals("sendOrderMessage")) {
            // as the shipped mapping of a hotline has it
            operation.setRequestBody(body(Map.of("type", "object"), Map.of("type", "1", "orderNo", "GD2026070100017", "content", "小区门口井盖松动，车一过就响。", "timeLimit", "7D",
                    "areaCode", "330681109", "address", "步森大道口")));
        } else if (id.equals("takeWaiting") || id.equals("tryWaitingAgain") || id.endsWith("Webhook") && !id.equals("createWebhook") || id.equals("sendDeadLettersAgain")) {
            operation.setRequestBody(null);
        }
        if (id.equals("act")) {
            operation.setRequestBody(body(Map.of("type", "object"), Map.of("progress", "已安排人员到场")));
        }
    }

    private io.swagger.v3.oas.models.responses.ApiResponse refusal(int status, Locale locale) {
        io.swagger.v3.oas.models.responses.ApiResponse refused = new io.swagger.v3.oas.models.responses.ApiResponse().description(say("api.status." + status, locale))
                .content(new Content().addMediaType("application/problem+json", new MediaType().schema(ref(PROBLEM))));
        if (status == 429) {
            refused.addHeaderObject("Retry-After", new Header().required(true).schema(schema(Map.of("type", "integer"))));
        }
        if (status == 401) {
            refused.addHeaderObject("WWW-Authenticate", new Header().required(true).schema(schema(Map.of("type", "string"))));
        }
        return refused;
    }

    private void describe(String id, Parameter parameter, Locale locale) {
        String name = parameter.getName();
        parameter.setDescription(say("api.in." + name, locale));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", name.equals("limit") || name.equals("most") ? "integer" : name.equals("dead") ? "boolean" : "string");
        switch (name) {
            case "limit" -> {
                schema.put("minimum", 1);
                schema.put("maximum", 200);
                schema.put("default", 50);
            }
            case "from", "to" -> schema.put("format", "date");
            case "most" -> {
                schema.put("minimum", 1);
                schema.put("maximum", 100);
                schema.put("default", 50);
            }
            case "mapping" -> schema.put("pattern", "^[a-z0-9][a-z0-9-]{0,39}$");
            case "id", "unit", "lead" -> schema.put("format", "uuid");
            case "number" -> schema.put("pattern", "^[0-9]{13}$");
            case "code", "place", "within", "category" -> schema.put("pattern", "^[0-9]{2,17}$");
            case "Idempotency-Key" -> schema.put("pattern", "^[\\x21-\\x7e]{8,64}$");
            default -> {
            }
        }
        if (CHOICES.containsKey(name)) {
            schema.put("enum", CHOICES.get(name));
        }
        parameter.setSchema(schema(schema));
        boolean header = name.equals("Idempotency-Key") || name.equals("If-Match");
        parameter.setRequired("path".equals(parameter.getIn()) || header || id.equals("askFigures") && (name.equals("from") || name.equals("to")));
        String example = id.equals("getProcedure") && name.equals("kind") ? "service" : EXAMPLES.get(name);
        if (example != null) {
            parameter.setExample(name.equals("limit") || name.equals("most") ? Integer.valueOf(example) : name.equals("dead") ? Boolean.valueOf(example) : example);
        }
    }

    private PathItem token(Locale locale) {
        Map<String, Object> form = Map.of("type", "object", "required", List.of("grant_type", "scope"), "properties", Map.of(
                "grant_type", Map.of("type", "string", "enum", List.of("client_credentials")), "scope", Map.of("type", "string"),
                "client_id", Map.of("type", "string"), "client_secret", Map.of("type", "string")));
        Map<String, Object> given = Map.of("type", "object", "required", List.of("access_token", "token_type", "expires_in", "scope"), "properties", Map.of(
                "access_token", Map.of("type", "string"), "token_type", Map.of("type", "string", "enum", List.of("Bearer")), "expires_in", Map.of("type", "integer"),
                "scope", Map.of("type", "string")));
        Map<String, Object> refused = Map.of("type", "object", "required", List.of("error"), "properties", Map.of("error", Map.of("type", "string"),
                "error_description", Map.of("type", "string"), "error_uri", Map.of("type", "string")));
        ApiResponses responses = new ApiResponses();
        responses.addApiResponse("200", json("200", given, locale));
        List.of("400", "401", "429").forEach(status -> responses.addApiResponse(status, json(status, refused, locale)));
        return new PathItem().post(new Operation().operationId("giveToken").summary(say("api.op.giveToken", locale)).description(say("api.op.giveToken.text", locale))
                .security(List.of()).responses(responses)
                .requestBody(new RequestBody().required(true).content(new Content().addMediaType("application/x-www-form-urlencoded", new MediaType().schema(schema(form))))));
    }

    private io.swagger.v3.oas.models.responses.ApiResponse json(String status, Map<String, Object> schema, Locale locale) {
        return new io.swagger.v3.oas.models.responses.ApiResponse().description(say("api.status." + status, locale))
                .content(new Content().addMediaType("application/json", new MediaType().schema(schema(schema))));
    }

    private RequestBody body(Map<String, Object> schema, Map<String, Object> example) {
        return new RequestBody().required(true).content(new Content().addMediaType("application/json", new MediaType().schema(schema(schema)).example(example)));
    }

    private static Map<String, Object> problem() {
        Map<String, Object> text = Map.of("type", "string");
        return Map.of("type", "object", "required", List.of("title", "status"), "properties", Map.of("type", text, "title", text, "status", Map.of("type", "integer"), "detail", text,
                "instance", text, "code", text, "reference", text,
                "errors", Map.of("type", "array", "items", Map.of("type", "object", "required", List.of("code", "detail"), "additionalProperties", false,
                        "properties", Map.of("field", text, "pointer", text, "code", text, "detail", text)))),
                "additionalProperties", false);
    }

    private Schema<?> schema(Object written) {
        return mapper.convertValue(written, Schema.class);
    }

    private Schema<?> ref(String name) {
        return schema(Map.of("$ref", "#/components/schemas/" + name));
    }

    private String say(String key, Locale locale) {
        return words.getMessage(key, null, locale);
    }
}
