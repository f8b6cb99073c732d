package org.heshi.matters.api;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.heshi.access.Actor;
import org.heshi.access.Problems;
import org.heshi.access.Throttle;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Words;
import org.heshi.matters.Cursors;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedures;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Version 1: a program reports for somebody and follows what it reported. The same use cases as the pages, the same refusals. */
@RestController
@ConditionalOnWebApplication
class MattersApi {

    private static final String HERE = "/api/v1/matters";
    private static final String REPORT = "report";
    private static final int REPORTS_AN_HOUR = 600;

    private final ClientMatters reported;
    private final ReadingByPrograms reading;
    private final Procedures procedures;
    private final Throttle throttle;
    private final Cursors cursors;
    private final Sent sent;
    private final String baseUrl;

    MattersApi(ClientMatters reported, ReadingByPrograms reading, Procedures procedures, Throttle throttle, Cursors cursors, Sent sent,
            @Value("${heshi.base-url:http://127.0.0.1:8080}") String baseUrl) {
        this.reported = reported;
        this.reading = reading;
        this.procedures = procedures;
        this.throttle = throttle;
        this.cursors = cursors;
        this.sent = sent;
        this.baseUrl = baseUrl.replaceFirst("/+$", "");
    }

    /** @param code the resident's, only in the first answer to a key: it is not kept */
    record Receipt(String number, @Nullable String code, String state, String follow) {
    }

    record Listed(String number, Instant reportedAt) {
    }

    /** @param next cursor of the next page; null on the last one */
    record Listing(List<Listed> matters, @Nullable String next) {
    }

    @PostMapping(HERE)
    @ApiResponse(responseCode = "201", content = @Content(mediaType = "application/json", schema = @Schema(implementation = Receipt.class)))
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(implementation = Receipt.class)))
    ResponseEntity<?> reportMatter(@RequestHeader(name = "Idempotency-Key", defaultValue = "") String key, @RequestBody Map<String, @Nullable Object> body,
            Locale locale) {
        Actor.Client client = Sent.client();
        if (!Sent.KEY.matcher(key).matches()) {
            return Sent.keyNeeded();
        }
        Map<String, Object> input = new HashMap<>();
        List<Refusal> refusals = new ArrayList<>();
        body.forEach((field, value) -> Sent.put(field, value, input, refusals));
        Action report = procedures.current(Procedure.INTAKE).findAction(REPORT).orElseThrow();
        // read once as the field is read, so that what follows and what is kept mean the same
        report.fields().stream().filter(field -> field.type() == Procedure.Type.BOOLEAN).map(Procedure.Field::name).forEach(flag -> input.computeIfPresent(flag, MattersApi::truth));
        if ("true".equals(input.get("anonymous"))) {
            // as on the page: who wants to leave no contact leaves none
            report.fields().stream()
                    .filter(field -> field.type().contact() && !field.name().startsWith("behalf") && !field.name().startsWith("guardian"))
                    .forEach(field -> input.remove(field.name()));
        }
        boolean named = input.containsKey("accused") || input.containsKey("accused-words");
        if (named && !"true".equals(input.get("about-office"))) {
            // as on the page: nothing is guessed that could lead a complaint to the very office that it is about
            refusals.add(Refusal.at("about-office", "report-about-office-unclear"));
        }
        if (!refusals.isEmpty()) {
            return sent.refused(refusals, locale);
        }
        if (!throttle.tryTake("api-report", client.client().toString(), REPORTS_AN_HOUR, Duration.ofHours(1))) {
            return Problems.later("too many reports");
        }
        return switch (reported.report(client, Act.report(REPORT, input, key), sent.canonical("report", body))) {
            case ClientMatters.Outcome.AnotherRequest _ -> Sent.anotherRequest();
            case ClientMatters.Outcome.Answered(Answer.Done done) -> ResponseEntity.status(done.code().isPresent() ? HttpStatus.CREATED : HttpStatus.OK)
                    .location(URI.create(HERE + "/" + done.number().digits()))
                    .body(new Receipt(done.number().digits(), done.code().orElse(null), done.state(), baseUrl + "/follow/" + done.number().digits()));
            case ClientMatters.Outcome.Answered(Answer.Refused(List<Refusal> why)) -> sent.refused(why, locale);
            case ClientMatters.Outcome.Answered(Answer.Stale _) -> throw new IllegalStateException("a new matter cannot be stale");
        };
    }

    /** @param as whose eyes; without it those of the program's post where it has one that sees the matter, else the reporter's */
    @GetMapping(HERE + "/{number}")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(implementation = MatterJson.class)))
    ResponseEntity<?> getMatter(@PathVariable String number, @RequestParam(defaultValue = "") String as,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, defaultValue = "") String known) {
        return reading.read(Sent.client(), number, as).<ResponseEntity<?>>map(matter -> {
            String tag = matter.work() == null ? sent.tag(matter) : Sent.tag(matter.work().version());
            return Sent.matches(known, tag) ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).build() : ResponseEntity.ok().eTag(tag).body(matter);
        }).orElseGet(Problems::unknown);
    }

    @GetMapping(HERE)
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json", schema = @Schema(implementation = Listing.class)))
    ResponseEntity<?> listMatters(@RequestParam(defaultValue = "") String cursor, @RequestParam(defaultValue = "") String limit) {
        Actor.Client client = Sent.client();
        OptionalInt size = Sent.limit(limit);
        Optional<MatterNumber> before = cursor.isEmpty() ? Optional.empty() : cursors.open(HERE, client.client(), cursor).flatMap(MatterNumber::parse);
        if (size.isEmpty()) {
            return Problems.of(HttpStatus.BAD_REQUEST, "limit", "limit is 1 to 200");
        }
        if (!cursor.isEmpty() && before.isEmpty()) {
            return Problems.of(HttpStatus.BAD_REQUEST, "cursor", "this is no cursor of this list");
        }
        List<ClientMatters.Reported> page = reported.list(client, before, size.getAsInt() + 1);
        List<Listed> shown = page.stream().limit(size.getAsInt()).map(one -> new Listed(one.number().digits(), one.at())).toList();
        return ResponseEntity.ok(new Listing(shown, page.size() > shown.size() ? cursors.seal(HERE, client.client(), shown.getLast().number()) : null));
    }

    /** Whatever else is asked for here. */
    @Hidden
    @RequestMapping("/api/**")
    ResponseEntity<?> nothing() {
        return Problems.unknown();
    }

    private static Object truth(String flag, Object value) {
        Object one = value instanceof List<?> many && many.size() == 1 ? many.getFirst() : value;
        return switch (one instanceof String text ? Words.line(text) : "") {
            case "true", "on", "yes", "1" -> "true";
            case "false", "off", "no", "0" -> "false";
            default -> value;
        };
    }
}
