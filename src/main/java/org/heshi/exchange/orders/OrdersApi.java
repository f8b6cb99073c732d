package org.heshi.exchange.orders;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Problems;
import org.heshi.access.Throttle;
import org.heshi.exchange.orders.OrderRows.What;
import org.heshi.exchange.webhook.Offices;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Refusal;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where other systems hand their orders in and take results. What is wrong with a message is said with the place in it, as a JSON pointer. */
@RestController
@ConditionalOnWebApplication
class OrdersApi {

    private static final String HERE = "/api/v1/orders/{mapping}";
    private static final int MOST_BYTES = 1_048_576;
    private static final int DEEPEST = 32;
    private static final int MESSAGES_AN_HOUR = 6_000;
    private static final int MOST_RESULTS = 100;
    private static final Map<What, String> MEMBER = Map.of(What.RESULT, "result", What.STATUS, "status", What.ASSIGNED, "order", What.ENDED, "ended");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxStringLength(200_000).maxNumberLength(40).maxNameLength(200).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final Mappings mappings;
    private final TakeOrder takeOrder;
    private final OrderRows rows;
    private final Results results;
    private final Throttle throttle;
    private final MessageSource words;

    OrdersApi(Mappings mappings, TakeOrder takeOrder, OrderRows rows, Results results, Throttle throttle, MessageSource words) {
        this.mappings = mappings;
        this.takeOrder = takeOrder;
        this.rows = rows;
        this.results = results;
        this.throttle = throttle;
        this.words = words;
    }

    @PostMapping(HERE)
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json"))
    @ApiResponse(responseCode = "201", content = @Content(mediaType = "application/json"))
    ResponseEntity<?> sendOrderMessage(@PathVariable("mapping") String name, HttpServletRequest request, Locale locale) throws IOException {
        Actor.Client client = client();
        Mapping mapping = mapping(name);
        if (!throttle.tryTake("orders", client.client().toString(), MESSAGES_AN_HOUR, Duration.ofHours(1))) {
            return Problems.later("too many messages");
        }
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            return Problems.of(HttpStatus.CONTENT_TOO_LARGE, "too-large", "a message has at most 1 MB");
        }
        JsonNode message;
        try {
            message = JSON.readTree(body);
        } catch (JacksonException e) {
            return Problems.of(HttpStatus.BAD_REQUEST, "unreadable", "the body is no JSON, nests deeper than " + DEEPEST + ", or names a member twice");
        }
        if (message == null || !message.isObject()) {
            return Problems.of(HttpStatus.BAD_REQUEST, "unreadable", "the body is no JSON object");
        }
        Mapping.Reading reading = mapping.read(message);
        if (reading.read().isEmpty()) {
            return refused(reading.faults(), locale);
        }
        return switch (takeOrder.take(client, mapping, reading.read().get())) {
            case TakeOrder.Taken.Done(var again, var ours) -> ResponseEntity.status(again ? HttpStatus.OK : HttpStatus.CREATED).contentType(MediaType.APPLICATION_JSON)
                    .body(Mapping.write(mapping.accepted(), ours).toString());
            case TakeOrder.Taken.Refused(var why) -> refusals(mapping, why, locale);
            case TakeOrder.Taken.Unknown _ -> Problems.of(HttpStatus.NOT_FOUND, "unknown-order", "there is no such order of this program");
            case TakeOrder.Taken.NoPost _ -> Problems.of(HttpStatus.FORBIDDEN, "no-post", "the program has no post in which it could register an order");
        };
    }

    /** What was not taken yet, the oldest first; {@code dead}: what could not be written in the other side's shape, and holds up nothing. */
    @GetMapping(HERE + "/{list:results|statuses|assigned|ended}")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json"))
    ResponseEntity<?> listWaiting(@PathVariable("mapping") String name, @PathVariable String list, @RequestParam(defaultValue = "50") int most,
            @RequestParam(defaultValue = "false") boolean dead) {
        Actor.Client client = client();
        Mapping mapping = mapping(name);
        What what = what(list);
        if (what == What.ASSIGNED && !dead && results.post(client.client()).isEmpty()) {
            return Problems.of(HttpStatus.FORBIDDEN, "no-post", "the program has no post just now; what was assigned to its unit waits");
        }
        int shown = Math.clamp(most, 1, MOST_RESULTS);
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode all = answer.putArray(list);
        Map<UUID, Offices.Office> offices = results.offices();
        boolean more = false;
        long after = 0;
        List<OrderRows.Waiting> found;
        do {
            found = rows.waiting(client.client(), mapping.name(), what, dead, after, shown + 1);
            for (OrderRows.Waiting one : found) {
                if (all.size() == shown) {
                    more = true;
                    break;
                }
                after = one.position();
                if (dead) {
                    all.addObject().put("id", one.id().toString()).put("number", one.number()).put("at", one.at().toString());
                } else {
                    offer(one, what, offices, all);
                }
            }
        } while (!more && found.size() > shown);
        answer.put("more", more);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(answer.toString());
    }

    /** What never can be told, or not just now, is passed over; nothing is changed by asking. */
    private void offer(OrderRows.Waiting one, What what, Map<UUID, Offices.Office> offices, ArrayNode all) {
        if (results.tried(one, offices) instanceof Results.Written.Made(var body)) {
            ObjectNode offered = all.addObject();
            offered.put("id", one.id().toString());
            offered.set(MEMBER.get(what), body);
        }
    }

    /** It was taken and is not offered again. */
    @PostMapping(HERE + "/{list:results|statuses|assigned|ended}/{id}/taken")
    @ApiResponse(responseCode = "204")
    ResponseEntity<?> takeWaiting(@PathVariable("mapping") String name, @PathVariable String list, @PathVariable UUID id) {
        return with(name, list, id, rows::taken);
    }

    /** It is written once more, after the mapping was mended or what stood against it is gone. */
    @PostMapping(HERE + "/{list:results|statuses|assigned|ended}/{id}/again")
    @ApiResponse(responseCode = "204")
    ResponseEntity<?> tryWaitingAgain(@PathVariable("mapping") String name, @PathVariable String list, @PathVariable UUID id) {
        return with(name, list, id, rows::again);
    }

    private ResponseEntity<?> with(String name, String list, UUID id, Consumer<UUID> does) {
        if (rows.find(client().client(), mapping(name).name(), what(list), id).isEmpty()) {
            return Problems.unknown();
        }
        does.accept(id);
        return ResponseEntity.noContent().build();
    }

    /** From now on this program takes, by this mapping, what is assigned to its unit. */
    @PutMapping(HERE + "/connection")
    @ApiResponse(responseCode = "204")
    ResponseEntity<?> connectOrders(@PathVariable("mapping") String name) {
        Actor.Client client = client();
        Mapping mapping = mapping(name);
        if (!mapping.toThem()) {
            return Problems.of(HttpStatus.CONFLICT, "not-to-them", "by this mapping orders come from the other side");
        }
        if (!takeOrder.handles(client)) {
            return Problems.of(HttpStatus.FORBIDDEN, "no-post", "the program has no post in which it could work on an order");
        }
        rows.connect(client.client(), mapping.name());
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping(HERE + "/connection")
    @ApiResponse(responseCode = "204")
    ResponseEntity<?> disconnectOrders(@PathVariable("mapping") String name) {
        rows.disconnect(client().client(), mapping(name).name());
        return ResponseEntity.noContent().build();
    }

    private static What what(String list) {
        return switch (list) {
            case "results" -> What.RESULT;
            case "statuses" -> What.STATUS;
            case "ended" -> What.ENDED;
            default -> What.ASSIGNED;
        };
    }

    @ExceptionHandler({NoSuchElementException.class, MethodArgumentTypeMismatchException.class})
    ResponseEntity<ProblemDetail> nothing() {
        return Problems.unknown();
    }

    private Mapping mapping(String name) {
        return mappings.find(name).orElseThrow(() -> new NoSuchElementException("no such mapping"));
    }

    private ResponseEntity<ProblemDetail> refused(List<Fault> faults, Locale locale) {
        return Problems.of(HttpStatus.UNPROCESSABLE_CONTENT, "refused", "the message is refused", faults.stream().map(fault -> Map.of("pointer", fault.pointer(), "code", fault.code(),
                "detail", words.getMessage("refusal." + fault.code(), fault.arguments().toArray(), locale))).toList());
    }

    private ResponseEntity<ProblemDetail> refusals(Mapping mapping, List<Refusal> why, Locale locale) {
        List<Map<String, String>> errors = new ArrayList<>();
        for (Refusal refusal : why) {
            String pointer = refusal.field().equals("order-number") && !mapping.number().at().isEmpty() ? mapping.number().at().getFirst().toString() : mapping.pointerOf(refusal.field());
            errors.add(Map.of("pointer", pointer, "field", refusal.field(), "code", refusal.code(), "detail", words.getMessage("refusal." + refusal.code(),
                    refusal.arguments().stream().map(argument -> argument instanceof Bilingual both ? both.in(locale) : argument).toArray(), locale)));
        }
        boolean conflict = why.stream().anyMatch(refusal -> List.of("order-taken", "not-allowed", "matter-ended", "window-closed", "order-busy").contains(refusal.code()));
        return Problems.of(conflict ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT, "refused", conflict ? "the matter does not allow it now" : "the message is refused", errors);
    }

    private static Actor.Client client() {
        if (Acting.current() instanceof Actor.Client client) {
            return client;
        }
        throw new IllegalStateException("no program acts here");
    }
}
