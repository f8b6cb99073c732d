package org.heshi.exchange.webhook;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.ClientPosts;
import org.heshi.access.Problems;
import org.heshi.access.Throttle;
import org.heshi.identity.Programs;
import org.heshi.identity.Programs.Program;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.databind.JsonNode;

/** A program keeps its own webhooks, with the rights that an administrator gave it. A secret is answered once, when it is made. */
@RestController
@ConditionalOnWebApplication
class WebhooksApi {

    private static final String HERE = "/api/v1/webhooks";
    private static final int CHANGES_AN_HOUR = 120;

    private final Endpoints endpoints;
    private final Programs programs;
    private final ClientPosts posts;
    private final Targets targets;
    private final Throttle throttle;
    private final MessageSource words;

    WebhooksApi(Endpoints endpoints, Programs programs, ClientPosts posts, Targets targets, Throttle throttle, MessageSource words) {
        this.endpoints = endpoints;
        this.programs = programs;
        this.posts = posts;
        this.targets = targets;
        this.throttle = throttle;
        this.words = words;
    }

    /**
     * @param unit    whether it is told of what its unit holds, too
     * @param state   {@code active}, {@code paused}, {@code disabled}
     * @param why     it is disabled: {@code gone}, {@code failing}
     * @param waiting how many wait to be sent
     * @param dead    how many could not be
     */
    public record Webhook(UUID id, String url, List<String> events, boolean unit, String state, @Nullable String why, Instant createdAt, long waiting, long dead) {
    }

    public record WebhookList(List<Webhook> webhooks) {
    }

    /** @param secret signs what is sent; it is shown nowhere again */
    public record WebhookSecret(UUID id, String secret) {
    }

    public record DeadLetter(UUID id, String type, Instant at, int attempts, @Nullable Long status, @Nullable String failure) {
    }

    public record DeadLetters(List<DeadLetter> deliveries) {
    }

    /** @param again how many are sent again */
    public record SentAgain(long again) {
    }

    @GetMapping(HERE)
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(implementation = WebhookList.class)))
    ResponseEntity<?> listWebhooks() {
        return ResponseEntity.ok(new WebhookList(endpoints.of(client().client()).stream().map(this::shown).toList()));
    }

    @PostMapping(HERE)
    @ApiResponse(responseCode = "201", content = @Content(mediaType = "application/json", schema = @Schema(implementation = WebhookSecret.class)))
    ResponseEntity<?> createWebhook(@RequestBody JsonNode body, Locale locale) {
        Actor.Client client = client();
        if (!body.isObject()) {
            return unreadable();
        }
        if (tooOften(client)) {
            return Problems.later("too many changes");
        }
        List<Refusal> refusals = new ArrayList<>();
        body.propertyNames().stream().filter(name -> !List.of("url", "events", "unit").contains(name)).forEach(name -> refusals.add(Refusal.at(name, "unknown-field", name)));
        List<String> events = new ArrayList<>();
        body.path("events").forEach(event -> events.add(event.asString("")));
        boolean unit = body.path("unit").asBoolean(false);
        if (unit && (posts.post(client).isEmpty() || Collections.disjoint(client.scopes(), Offices.READING))) {
            // told of it by a webhook, it would learn what nobody let it read
            refusals.add(Refusal.at("unit", "webhook-no-post"));
        }
        Optional<Program> program = programs.running().stream().filter(one -> one.id().equals(client.client())).findFirst();
        Wish wish = Wish.read(program, body.path("url").asString(""), events, endpoints.of(client.client()).size(), targets);
        refusals.addAll(wish.refusals());
        if (!refusals.isEmpty()) {
            return refused(refusals, locale);
        }
        return endpoints.makeOnce(client.client(), wish, unit, null).<ResponseEntity<?>>map(made -> ResponseEntity.created(URI.create(HERE + "/" + made.id()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store").body(new WebhookSecret(made.id(), made.shown())))
                .orElseGet(() -> Problems.of(HttpStatus.CONFLICT, "exists", "this program has such a webhook already"));
    }

    @GetMapping(HERE + "/{id}")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(implementation = Webhook.class)))
    ResponseEntity<?> getWebhook(@PathVariable UUID id) {
        return with(id, webhook -> ResponseEntity.ok(shown(webhook)));
    }

    @DeleteMapping(HERE + "/{id}")
    @ApiResponse(responseCode = "204")
    ResponseEntity<?> deleteWebhook(@PathVariable UUID id) {
        return with(id, webhook -> {
            if (!webhook.byProgram()) {
                return notYours();
            }
            endpoints.end(id, null);
            return ResponseEntity.noContent().build();
        });
    }

    @PostMapping(HERE + "/{id}/pause")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(implementation = Webhook.class)))
    ResponseEntity<?> pauseWebhook(@PathVariable UUID id) {
        return with(id, _ -> {
            endpoints.pause(id, null);
            return ResponseEntity.ok(shown(endpoints.find(id).orElseThrow()));
        });
    }

    @PostMapping(HERE + "/{id}/resume")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(implementation = Webhook.class)))
    ResponseEntity<?> resumeWebhook(@PathVariable UUID id) {
        return with(id, webhook -> {
            if (!endpoints.resume(id, null) && webhook.held()) {
                return Problems.of(HttpStatus.FORBIDDEN, "held", "an administrator paused it, and only one takes it up again");
            }
            return ResponseEntity.ok(shown(endpoints.find(id).orElseThrow()));
        });
    }

    @PostMapping(HERE + "/{id}/rotate")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(implementation = WebhookSecret.class)))
    ResponseEntity<?> rotateWebhook(@PathVariable UUID id) {
        return with(id, webhook -> !webhook.byProgram() ? notYours() : tooOften(client()) ? Problems.later("too many changes") : endpoints.rotate(id, null).<ResponseEntity<?>>map(secret ->
                ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").body(new WebhookSecret(id, secret))).orElseGet(Problems::unknown));
    }

    /** The latest fifty that could not be sent. */
    @GetMapping(HERE + "/{id}/dead")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(implementation = DeadLetters.class)))
    ResponseEntity<?> listDeadLetters(@PathVariable UUID id) {
        return with(id, _ -> ResponseEntity.ok(new DeadLetters(endpoints.latest(id, true).stream().map(one -> new DeadLetter(one.id(), one.type(), one.at(), one.attempts(),
                one.status() == null ? null : Long.valueOf(one.status()), one.failure())).toList())));
    }

    @PostMapping(HERE + "/{id}/dead/again")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(implementation = SentAgain.class)))
    ResponseEntity<?> sendDeadLettersAgain(@PathVariable UUID id) {
        return with(id, _ -> ResponseEntity.ok(new SentAgain(endpoints.replay(id, Optional.empty(), null))));
    }

    private static ResponseEntity<ProblemDetail> notYours() {
        return Problems.of(HttpStatus.FORBIDDEN, "not-yours", "an administrator made it, and only one changes or removes it");
    }

    private ResponseEntity<?> with(UUID id, Function<Endpoint, ResponseEntity<?>> does) {
        UUID client = client().client();
        return endpoints.find(id).filter(webhook -> webhook.client().equals(client)).<ResponseEntity<?>>map(does::apply).orElseGet(Problems::unknown);
    }

    private Webhook shown(Endpoint webhook) {
        return new Webhook(webhook.id(), webhook.url().toString(), webhook.events().stream().sorted().toList(), webhook.unit(), webhook.state().name().toLowerCase(Locale.ROOT),
                webhook.why().orElse(null), webhook.createdAt(), endpoints.count(webhook.id(), "waiting"), endpoints.count(webhook.id(), "dead"));
    }

    private boolean tooOften(Actor.Client client) {
        return !throttle.tryTake("api-webhooks", client.client().toString(), CHANGES_AN_HOUR, Duration.ofHours(1));
    }

    private ResponseEntity<ProblemDetail> refused(List<Refusal> why, Locale locale) {
        return Problems.of(HttpStatus.UNPROCESSABLE_CONTENT, "refused", "the webhook is refused", why.stream().map(refusal -> Map.of("field", refusal.field(), "code", refusal.code(),
                "detail", words.getMessage("refusal." + refusal.code(), refusal.arguments().stream().map(argument -> argument instanceof Bilingual both ? both.in(locale) : argument).toArray(),
                        locale))).toList());
    }

    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    ResponseEntity<ProblemDetail> nothing() {
        return Problems.unknown();
    }

    @ExceptionHandler(HttpMessageNotReadableException.class)
    ResponseEntity<ProblemDetail> unreadable() {
        return Problems.of(HttpStatus.BAD_REQUEST, "unreadable", "the body is no JSON object");
    }

    @ExceptionHandler(HttpMediaTypeNotSupportedException.class)
    ResponseEntity<ProblemDetail> noJson() {
        return Problems.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "not-json", "send " + MediaType.APPLICATION_JSON_VALUE);
    }

    private static Actor.Client client() {
        if (Acting.current() instanceof Actor.Client client) {
            return client;
        }
        throw new IllegalStateException("no program acts here");
    }
}
