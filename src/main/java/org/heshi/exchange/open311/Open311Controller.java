package org.heshi.exchange.open311;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.access.Actor;
import org.heshi.access.ClientAddress;
import org.heshi.access.Throttle;
import org.heshi.bill.Redacted;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.identity.ApiDoor;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.ProgramReports;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The addresses of Open311 GeoReport v2. What anybody may ask reads the public model alone; what is sent goes through the same door as every report. */
@RestController
@ConditionalOnWebApplication
class Open311Controller {

    static final String SPECIFICATION = "http://wiki.open311.org/GeoReport_v2";
    private static final String ROOT = "/open311";
    private static final String V2 = ROOT + "/v2";
    private static final DateTimeFormatter CHANGED = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX");
    private static final int REPORTS_AN_HOUR = 600;
    private static final int MOST_NUMBERS = 1_000;

    private final Catalogue catalogue;
    private final PublicRequests requests;
    private final SentRequests sent;
    private final Addresses places;
    private final ProgramReports reports;
    private final RequestUpdates updates;
    private final MatterRows rows;
    private final Directory directory;
    private final Redacted redacted;
    private final ApiDoor door;
    private final Throttle throttle;
    private final MessageSource words;
    private final Errors errors;
    private final InstantSource clock;
    private final String baseUrl;

    Open311Controller(Catalogue catalogue, PublicRequests requests, SentRequests sent, Addresses places, ProgramReports reports, RequestUpdates updates, MatterRows rows,
            Directory directory, Redacted redacted, ApiDoor door, Throttle throttle, MessageSource words, Errors errors, InstantSource clock, @Value("${heshi.base-url:http://127.0.0.1:8080}") String baseUrl) {
        this.catalogue = catalogue;
        this.requests = requests;
        this.sent = sent;
        this.places = places;
        this.reports = reports;
        this.updates = updates;
        this.rows = rows;
        this.directory = directory;
        this.redacted = redacted;
        this.door = door;
        this.throttle = throttle;
        this.words = words;
        this.errors = errors;
        this.clock = clock;
        this.baseUrl = baseUrl.replaceFirst("/+$", "");
    }

    @GetMapping(ROOT + "/discovery.{format}")
    ResponseEntity<byte[]> discovery(@PathVariable String format, Locale locale) {
        Format in = format(format);
        // to the millisecond: two changes in a second are two
        String changed = CHANGED.format(catalogue.changedAt().atOffset(ZoneOffset.UTC));
        return answer(in, Said.one("discovery", "changeset", changed,
                "contact", words.getMessage("open311.contact", new Object[] {baseUrl + "/help"}, locale),
                "key_service", words.getMessage("open311.key-service", null, locale),
                "endpoints", new Said.Many("endpoints", List.of(Said.one("endpoint", "specification", SPECIFICATION, "url", baseUrl + V2, "changeset", changed,
                        "type", "production",
                        "formats", new Said.Many("formats", List.of(Said.leaf("format", "text/xml"), Said.leaf("format", "application/json"))))))));
    }

    @GetMapping(V2 + "/services.{format}")
    ResponseEntity<byte[]> services(@PathVariable String format, HttpServletRequest request, Locale locale) {
        Format in = format(format);
        jurisdiction(asked(request));
        return answer(in, new Said.Many("services", catalogue.offer().services().values().stream().map(service -> Said.one("service",
                "service_code", service.code(), "service_name", Service.name(service.category(), locale), "description", described(service, locale),
                "metadata", !service.attributes().isEmpty(), "type", service.batch() ? "batch" : "realtime", "keywords", keywords(service, locale),
                "group", Service.name(service.group(), locale))).toList()));
    }

    private static String described(Service service, Locale locale) {
        return service.description().isEmpty() ? Service.name(service.group(), locale) + " / " + Service.name(service.category(), locale) : service.description();
    }

    private static String keywords(Service service, Locale locale) {
        return service.keywords().isEmpty() ? Service.name(service.category(), locale) + ", " + Service.name(service.group(), locale) : service.keywords();
    }

    @GetMapping(V2 + "/services/{code}.{format}")
    ResponseEntity<byte[]> definition(@PathVariable String code, @PathVariable String format, HttpServletRequest request) {
        Format in = format(format);
        jurisdiction(asked(request));
        Service service = catalogue.offer().find(code).orElseThrow(() -> new Fault.Found(Fault.missing("service", code)));
        return answer(in, Said.one("service_definition", "service_code", service.code(), "attributes",
                new Said.Many("attributes", service.attributes().stream().map(one -> Said.one("attribute", "variable", one.variable(), "code", one.code(),
                        "datatype", one.datatype().code(), "required", one.required(), "datatype_description", one.help(), "order", one.order(),
                        "description", one.description(), "values", new Said.Many("values", one.values().stream()
                                .map(value -> Said.one("value", "key", value.key(), "name", value.name())).toList()))).toList())));
    }

    @GetMapping(V2 + "/requests.{format}")
    ResponseEntity<byte[]> list(@PathVariable String format, HttpServletRequest request, Locale locale) {
        Format in = format(format);
        Asked asked = asked(request);
        String place = jurisdiction(asked);
        Catalogue.Offer offer = catalogue.offer();
        List<String> numbers = asked.list("service_request_id");
        List<PublicRequests.Line> lines;
        if (!numbers.isEmpty()) {
            // overrides all other arguments
            lines = named(numbers, offer);
        } else {
            List<String> codes = asked.list("service_code");
            codes.stream().filter(code -> offer.find(code).isEmpty()).findFirst().ifPresent(code -> {
                throw new Fault.Found(Fault.missing("service", code));
            });
            lines = requests.list(offer.categories(codes, requests.categories()), asked.range(clock.instant()), asked.closed(), place, asked.part());
        }
        return answer(in, shown(lines, offer, locale));
    }

    private List<PublicRequests.Line> named(List<String> numbers, Catalogue.Offer offer) {
        if (numbers.size() > MOST_NUMBERS) {
            throw new Fault.Found(Fault.bad("too-many", "service_request_id", MOST_NUMBERS));
        }
        return requests.named(numbers.stream().flatMap(number -> MatterNumber.parse(number).stream()).map(MatterNumber::digits).toList(),
                offer.categories(List.of(), requests.categories()));
    }

    @GetMapping(V2 + "/requests/{number}.{format}")
    ResponseEntity<byte[]> request(@PathVariable String number, @PathVariable String format, HttpServletRequest request, Locale locale) {
        Format in = format(format);
        Asked asked = asked(request);
        jurisdiction(asked);
        Catalogue.Offer offer = catalogue.offer();
        List<PublicRequests.Line> lines = named(List.of(number), offer);
        if (lines.isEmpty()) {
            return answer(in, waiting(asked, request, number, offer, locale).orElseThrow(() -> new Fault.Found(Fault.missing("request", number))));
        }
        return answer(in, shown(lines, offer, locale));
    }

    /** What this very program sent and nobody has sorted yet: that it is there, and nothing that people would have to judge first. */
    private Optional<Said> waiting(Asked asked, HttpServletRequest request, String number, Catalogue.Offer offer, Locale locale) {
        if (asked.find("api_key").isEmpty()) {
            return Optional.empty();
        }
        Actor.Client client = client(asked, request, "report");
        return MatterNumber.parse(number).flatMap(parsed -> sent.of(client, parsed).filter(_ -> reports.reporter(client, parsed).isPresent()))
                .filter(one -> updates.notSorted(one.matter()))
                .flatMap(one -> offer.find(one.category()).map(service -> new Said.Many("service_requests", List.of(Said.one("request",
                        "service_request_id", one.number(), "status", "open", "status_notes", words.getMessage("open311.waiting", null, locale),
                        "service_name", Service.name(service.category(), locale), "service_code", service.code(), "description", "", "agency_responsible", "",
                        "service_notice", "", "requested_datetime", one.sentAt(), "updated_datetime", one.sentAt(), "expected_datetime", "", "address", "",
                        "address_id", "", "zipcode", "", "lat", "", "long", "", "media_url", "")))));
    }

    private Said shown(List<PublicRequests.Line> lines, Catalogue.Offer offer, Locale locale) {
        Map<String, MatterRows.Kind> kinds = rows.kinds().stream().collect(Collectors.toMap(MatterRows.Kind::code, kind -> kind));
        Map<UUID, Unit> units = directory.units(lines.stream().flatMap(line -> line.agency().stream()).collect(Collectors.toSet()));
        Map<String, String> addresses = places.addresses(lines.stream().map(PublicRequests.Line::village).collect(Collectors.toSet()));
        Map<UUID, Redacted.Text> texts = lines.isEmpty() ? Map.of() : redacted.of(lines.stream().map(PublicRequests.Line::matter).toList());
        List<Said> all = new ArrayList<>(lines.size());
        for (PublicRequests.Line line : lines) {
            Service service = offer.of(line.category()).orElseThrow();
            Optional<Redacted.Text> text = Optional.ofNullable(texts.get(line.matter()));
            all.add(Said.one("request", "service_request_id", line.number(), "status", line.closed() ? "closed" : "open",
                    "status_notes", notes(kinds.get(line.kind()), line.state(), line.outcome(), locale) + text.map(words -> "\n" + words.answer()).orElse(""),
                    "service_name", Service.name(service.category(), locale), "service_code", service.code(),
                    "description", text.map(words -> words.title() + "\n" + words.question()).orElse(""),
                    "agency_responsible", line.agency().map(units::get).map(Unit::name).orElse(""), "service_notice", "",
                    "requested_datetime", line.requestedAt(), "updated_datetime", line.updatedAt(),
                    "expected_datetime", line.expectedAt().filter(_ -> !line.closed()).map(Said::time).orElse(""),
                    "address", addresses.getOrDefault(line.village(), ""), "address_id", line.village(), "zipcode", "", "lat", "", "long", "", "media_url", ""));
        }
        return new Said.Many("service_requests", all);
    }

    /** In the words of the published procedure: where it stands, and how it ended. */
    private static String notes(MatterRows.Kind kind, String state, Optional<String> outcome, Locale locale) {
        String stands = Optional.ofNullable(kind).map(known -> known.states().get(state)).map(title -> title.in(locale)).orElse("");
        return outcome.flatMap(code -> Optional.ofNullable(kind.outcomes().get(code))).map(title -> stands + " / " + title.in(locale)).orElse(stands);
    }

    @GetMapping(V2 + "/tokens/{token}.{format}")
    ResponseEntity<byte[]> token(@PathVariable String token, @PathVariable String format, HttpServletRequest request) {
        Format in = format(format);
        jurisdiction(asked(request));
        SentRequests.Sent known = sent.byToken(token).orElseThrow(() -> new Fault.Found(Fault.missing("token")));
        boolean there = !named(List.of(known.number()), catalogue.offer()).isEmpty();
        return answer(in, new Said.Many("service_requests", List.of(Said.one("request", "service_request_id", there ? known.number() : "", "token", token))));
    }

    @PostMapping(V2 + "/requests.{format}")
    ResponseEntity<byte[]> send(@PathVariable String format, HttpServletRequest request, Locale locale) {
        Format in = format(format);
        form(request);
        Asked asked = asked(request);
        Actor.Client client = client(asked, request, "report");
        String jurisdiction = jurisdiction(asked);
        String code = asked.find("service_code").orElseThrow(() -> new Fault.Found(Fault.bad("no-service")));
        Service service = catalogue.offer().find(code).orElseThrow(() -> new Fault.Found(Fault.missing("service", code)));
        String home = directory.findUnit(client.unit()).map(Unit::division).orElse("");
        Map<String, Object> input = Report.read(asked, service, jurisdiction, home, places);
        if (!throttle.tryTake("open311-report", client.client().toString(), REPORTS_AN_HOUR, Duration.ofHours(1))) {
            throw new Fault.Found(new Fault(429, "too-often", List.of()));
        }
        String key = Optional.ofNullable(request.getHeader("Idempotency-Key")).filter(sentKey -> sentKey.matches("[\\x21-\\x7e]{8,64}"))
                .orElseGet(() -> sent.key(client, service.code() + " " + asked.get("extensions") + " " + new TreeMap<>(input), Report.sender(asked), Report.tellsApart(asked)));
        return switch (reports.report(client, Act.report("report", input, key)).orElseThrow(() -> new Fault.Found(Fault.bad("key-used")))) {
            case Answer.Done done -> answer(in, new Said.Many("service_requests", List.of(made(client, service, done, asked, locale))));
            case Answer.Refused(List<Refusal> refusals) -> throw new Fault.Found(refusals.stream().map(refusal -> Fault.bad("refused", field(refusal.field()),
                    new Bilingual(words.getMessage("refusal." + refusal.code(), arguments(refusal, Locale.SIMPLIFIED_CHINESE), Locale.SIMPLIFIED_CHINESE),
                            words.getMessage("refusal." + refusal.code(), arguments(refusal, Locale.ENGLISH), Locale.ENGLISH)))).toList());
            case Answer.Stale _ -> throw new IllegalStateException("a new matter cannot be stale");
        };
    }

    private Said made(Actor.Client client, Service service, Answer.Done done, Asked asked, Locale locale) {
        Optional<String> token = sent.keep(client, service, done);
        String follow = baseUrl + "/follow/" + done.number().digits();
        List<Said> parts = new ArrayList<>();
        parts.add(token.map(word -> Said.leaf("token", word)).orElseGet(() -> Said.leaf("service_request_id", done.number().digits())));
        parts.add(Said.leaf("service_notice", words.getMessage("open311.notice", new Object[] {follow, baseUrl + "/privacy"}, locale)));
        parts.add(Said.leaf("account_id", ""));
        if (asked.get("extensions").equals("true")) {
            // for the resident, through a program that knows what it is: only asked for, only this once, and in no address
            parts.add(Said.one("extended_attributes", "number", done.number().digits(), "code", done.code().orElse(""), "follow", follow));
        }
        return new Said.One("request", parts);
    }

    private static Object[] arguments(Refusal refusal, Locale locale) {
        return refusal.arguments().stream().map(arg -> arg instanceof Bilingual both ? both.in(locale) : arg).toArray();
    }

    /** The name that the sender knows. */
    private static String field(String field) {
        return switch (field) {
            case "point" -> "lat, long";
            case "place", "place-words" -> "address_string";
            case "name" -> "first_name, last_name";
            case "category" -> "service_code";
            default -> field;
        };
    }

    @GetMapping(V2 + "/servicerequestupdates.{format}")
    ResponseEntity<byte[]> updates(@PathVariable String format, HttpServletRequest request, Locale locale) {
        Format in = format(format);
        Asked asked = asked(request);
        String place = jurisdiction(asked);
        Catalogue.Offer offer = catalogue.offer();
        List<String> numbers = asked.list("service_request_id").stream().flatMap(number -> MatterNumber.parse(number).stream()).map(MatterNumber::digits).toList();
        return answer(in, updates.shown(requests.updates(offer.categories(List.of(), requests.categories()), numbers, asked.range(clock.instant()), place, asked.part()), locale));
    }

    @PostMapping(V2 + "/servicerequestupdates.{format}")
    ResponseEntity<byte[]> update(@PathVariable String format, HttpServletRequest request) {
        Format in = format(format);
        form(request);
        Asked asked = asked(request);
        Actor.Client client = anyClient(asked, request);
        jurisdiction(asked);
        if (!throttle.tryTake("open311-report", client.client().toString(), REPORTS_AN_HOUR, Duration.ofHours(1))) {
            throw new Fault.Found(new Fault(429, "too-often", List.of()));
        }
        String id = updates.take(client, asked, refusals -> new Fault.Found(refusals.stream().map(refusal -> Fault.bad("refused", field(refusal.field()),
                new Bilingual(words.getMessage("refusal." + refusal.code(), arguments(refusal, Locale.SIMPLIFIED_CHINESE), Locale.SIMPLIFIED_CHINESE),
                        words.getMessage("refusal." + refusal.code(), arguments(refusal, Locale.ENGLISH), Locale.ENGLISH)))).toList()));
        return answer(in, new Said.Many("service_request_updates", List.of(Said.one("request_update", "update_id", id))));
    }

    @ExceptionHandler(Fault.Found.class)
    ResponseEntity<byte[]> wrong(Fault.Found found, HttpServletRequest request, Locale locale) {
        Format in = Errors.format(request.getRequestURI());
        int status = found.faults().getFirst().status();
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status).header(HttpHeaders.CONTENT_TYPE, in.type()).header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        if (status == 429) {
            answer.header(HttpHeaders.RETRY_AFTER, "60");
        }
        return answer.body(errors.written(found.faults(), in, locale));
    }

    /** Whatever nobody thought of. */
    @ExceptionHandler(RuntimeException.class)
    ResponseEntity<byte[]> ours(RuntimeException failure, HttpServletRequest request, Locale locale) {
        request.setAttribute(Open311Door.FAILURE, failure);
        return wrong(new Fault.Found(Open311Door.fault(500, request)), request, locale);
    }

    private static Asked asked(HttpServletRequest request) {
        return new Asked(request.getParameterMap());
    }

    private static Format format(String ending) {
        return Format.of(ending).orElseThrow(() -> new Fault.Found(Fault.missing("format", ending)));
    }

    /** What is sent is a form (application/x-www-form-urlencoded). */
    private static void form(HttpServletRequest request) {
        String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/x-www-form-urlencoded")) {
            throw new Fault.Found(new Fault(415, "no-form", List.of()));
        }
    }

    /** The code of a place that was named as the jurisdiction; empty when none was, for all that this program serves. */
    private String jurisdiction(Asked asked) {
        String id = asked.get("jurisdiction_id");
        if (id.isEmpty() || id.equalsIgnoreCase(java.net.URI.create(baseUrl).getHost())) {
            return "";
        }
        return places.find(id).orElseThrow(() -> new Fault.Found(Fault.missing("jurisdiction", id))).code();
    }

    private Actor.Client client(Asked asked, HttpServletRequest request, String scope) {
        Actor.Client client = anyClient(asked, request);
        if (!client.scopes().contains(scope)) {
            throw new Fault.Found(Fault.key("key-not-for"));
        }
        return client;
    }

    private Actor.Client anyClient(Asked asked, HttpServletRequest request) {
        String key = asked.find("api_key").or(() -> Optional.ofNullable(request.getHeader(ApiDoor.KEY)).filter(sentKey -> !sentKey.isBlank()))
                .orElseThrow(() -> new Fault.Found(Fault.key("no-key")));
        return switch (door.byKey(key, ClientAddress.of(request))) {
            case ApiDoor.Keyed.Good(Actor.Client client) -> client;
            case ApiDoor.Keyed.Bad _ -> throw new Fault.Found(Fault.key("bad-key"));
            case ApiDoor.Keyed.TooMany _ -> throw new Fault.Found(new Fault(429, "too-often", List.of()));
        };
    }

    private static ResponseEntity<byte[]> answer(Format in, Said said) {
        return ResponseEntity.ok().header(HttpHeaders.CONTENT_TYPE, in.type()).header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*").body(in.write(said));
    }
}
