package org.heshi.matters.api;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Throttle;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Words;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedures;
import org.heshi.matters.view.MatterViews;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
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
class MattersApi {

    private static final String HERE = "/api/v1/matters";
    private static final String REPORT = "report";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{8,64}");
    private static final int REPORTS_AN_HOUR = 600;
    private static final int PAGE = 50;
    private static final int LONGEST = 20_000;

    private final ClientMatters reported;
    private final MatterViews views;
    private final Procedures procedures;
    private final Throttle throttle;
    private final MessageSource words;
    private final String baseUrl;

    MattersApi(ClientMatters reported, MatterViews views, Procedures procedures, Throttle throttle, MessageSource words,
            @Value("${heshi.base-url:http://127.0.0.1:8080}") String baseUrl) {
        this.reported = reported;
        this.views = views;
        this.procedures = procedures;
        this.throttle = throttle;
        this.words = words;
        this.baseUrl = baseUrl.replaceFirst("/+$", "");
    }

    /** @param code the resident's, only in the first answer to a key: it is not kept */
    record Receipt(String number, @Nullable String code, String state, String follow) {
    }

    record Listed(String number, Instant reportedAt) {
    }

    /** @param next where the next page is; null on the last one */
    record Listing(List<Listed> matters, @Nullable String next) {
    }

    @PostMapping(HERE)
    ResponseEntity<?> report(@RequestHeader(name = "Idempotency-Key", defaultValue = "") String key, @RequestBody Map<String, @Nullable Object> body, Locale locale) {
        Actor.Client client = client();
        if (!KEY.matcher(key).matches()) {
            return problem(HttpStatus.BAD_REQUEST, "the header Idempotency-Key of 8 to 64 visible characters is needed", List.of());
        }
        Map<String, Object> input = new HashMap<>();
        List<Refusal> refusals = new ArrayList<>();
        body.forEach((field, value) -> put(field, value, input, refusals));
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
            return refused(refusals, locale);
        }
        if (!throttle.tryTake("api-report", client.client().toString(), REPORTS_AN_HOUR, Duration.ofHours(1))) {
            ResponseEntity<ProblemDetail> later = problem(HttpStatus.TOO_MANY_REQUESTS, "too many reports", List.of());
            return ResponseEntity.status(later.getStatusCode()).header(HttpHeaders.RETRY_AFTER, "60").contentType(MediaType.APPLICATION_PROBLEM_JSON).body(later.getBody());
        }
        return switch (reported.report(client, Act.report(REPORT, input, key))) {
            case Answer.Done done -> ResponseEntity.status(done.code().isPresent() ? HttpStatus.CREATED : HttpStatus.OK)
                    .location(URI.create(HERE + "/" + done.number().digits()))
                    .body(new Receipt(done.number().digits(), done.code().orElse(null), done.state(), baseUrl + "/follow/" + done.number().digits()));
            case Answer.Refused(List<Refusal> why) -> refused(why, locale);
            case Answer.Stale _ -> throw new IllegalStateException("a new matter cannot be stale");
        };
    }

    @GetMapping(HERE + "/{number}")
    ResponseEntity<?> follow(@PathVariable String number) {
        Actor.Client client = client();
        Optional<Actor.Resident> reporter = MatterNumber.parse(number).flatMap(parsed -> reported.reporter(client, parsed));
        return reporter.<ResponseEntity<?>>map(who -> ResponseEntity.ok(Acting.as(who, () -> MatterJson.of(views.get(who.matter()), views.history(who.matter())))))
                .orElseGet(MattersApi::unknown);
    }

    @GetMapping(HERE)
    Listing list(@RequestParam(defaultValue = "") String before) {
        List<ClientMatters.Reported> page = reported.list(client(), MatterNumber.parse(before), PAGE + 1);
        List<Listed> shown = page.stream().limit(PAGE).map(one -> new Listed(one.number().digits(), one.at())).toList();
        return new Listing(shown, page.size() > PAGE ? HERE + "?before=" + shown.getLast().number() : null);
    }

    /** Whatever else is asked for here. */
    @RequestMapping("/api/**")
    ResponseEntity<?> nothing() {
        return unknown();
    }

    @ExceptionHandler({HttpMessageNotReadableException.class, HttpMediaTypeNotSupportedException.class})
    ResponseEntity<?> unreadable(Exception why) {
        return why instanceof HttpMediaTypeNotSupportedException ? problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "application/json is taken here", List.of())
                : problem(HttpStatus.BAD_REQUEST, "the body is no JSON object of fields", List.of());
    }

    @ExceptionHandler(NoSuchElementException.class)
    ResponseEntity<?> gone() {
        return unknown();
    }

    /** Every way of writing yes and no that the form's reader knows becomes one; what it does not know it refuses. */
    private static Object truth(String flag, Object value) {
        Object one = value instanceof List<?> many && many.size() == 1 ? many.getFirst() : value;
        return switch (one instanceof String text ? Words.line(text) : "") {
            case "true", "on", "yes", "1" -> "true";
            case "false", "off", "no", "0" -> "false";
            default -> value;
        };
    }

    /** Text, true or false, whole numbers, and lists of text: what the form of a page could hold. */
    private static void put(String field, @Nullable Object value, Map<String, Object> input, List<Refusal> refusals) {
        switch (value) {
            case null -> {
            }
            case String text when text.length() <= LONGEST && text.indexOf(0) < 0 -> input.put(field, text);
            case Boolean truth -> {
                if (truth) {
                    input.put(field, "true");
                }
            }
            case Integer number -> input.put(field, number.toString());
            case List<?> many when many.size() <= 100 && many.stream().allMatch(one -> one instanceof String text && text.length() <= LONGEST && text.indexOf(0) < 0) ->
                input.put(field, List.copyOf(many));
            default -> refusals.add(Refusal.at(field, "api-value"));
        }
    }

    private static ResponseEntity<ProblemDetail> unknown() {
        return problem(HttpStatus.NOT_FOUND, "there is nothing here for this program", List.of());
    }

    private ResponseEntity<ProblemDetail> refused(List<Refusal> refusals, Locale locale) {
        return problem(HttpStatus.UNPROCESSABLE_CONTENT, "refused", refusals.stream().map(refusal -> Map.of("field", refusal.field(), "code", refusal.code(),
                "detail", words.getMessage("refusal." + refusal.code(), refusal.arguments().stream().map(arg -> arg instanceof Bilingual both ? both.in(locale) : arg).toArray(),
                        locale))).toList());
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String title, List<Map<String, String>> errors) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setTitle(title);
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
    }

    private static Actor.Client client() {
        return Acting.current() instanceof Actor.Client client ? client : refuse();
    }

    private static Actor.Client refuse() {
        throw new IllegalStateException("no program acts here");
    }
}
