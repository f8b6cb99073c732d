package org.heshi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.heshi.County.Member;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Person;
import org.heshi.directory.Role;
import org.heshi.directory.Roster;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.view.MatterViews;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * An accusation never reaches the accused unit, the units under it or a person of it in whatever post (Regulations on petition work, articles 30 and 46).
 * The test finds every address and every table of the running program by itself and reads them all as those people, before the accusation comes in and
 * after each stretch of its way. Nothing that they can read may differ: no word, no number, no count.
 *
 * <p>By default everybody reads each page as it stands for the matter, when it is reported and when it is overdue. What else can be asked of a page is asked both times by the
 * official in another post, who is let into nearly all of them, and at the end by each second of the others whom the page lets in. With {@code -Dheshi.full=true} everybody asks
 * everything, with more ids, and after each of four stretches.
 */
@HeshiTest
class AccusedUnitWallTests {

    /** Addresses that say something of the moment and nothing of matters. A new entry here is a decision. */
    private static final Set<String> OF_THE_MOMENT = Set.of("/health", "/error", "/sign-out");

    private static final boolean FULL = Boolean.getBoolean("heshi.full");

    /** The reader to whom most pages are open. */
    private static final String WIDEST = "official in another post";

    private static final Set<String> CERTAIN = Set.of("/matters", "/matters/{number}", "/search", "/board");

    private static final Pattern VARIABLE = Pattern.compile("\\{([a-zA-Z]+)[^}]*}");
    /** What differs each time: tokens and keys of forms, and the minute. */
    private static final Pattern FRESH_FIELD = Pattern.compile("(name=\"[^\"]*\" value=\")[0-9a-zA-Z_-]{30,}(\")");
    private static final Pattern FRESH_ADDRESS = Pattern.compile("(action=\"/templates/)[0-9a-zA-Z_-]{30,}(\")");
    private static final Pattern MINUTE = Pattern.compile("\\b\\d{1,2}:\\d{2}(:\\d{2})?\\b");

    /** The picture of the number that was asked for, whether there is such a matter or not. */
    private static final Pattern QR = Pattern.compile("<svg class=\"qr\".*?</svg>", Pattern.DOTALL);

    @Autowired
    ApplicationContext context;
    @Autowired
    RequestMappingHandlerMapping mapping;
    @Autowired
    Matters matters;
    @Autowired
    MatterViews views;
    @Autowired
    EvidenceStore evidence;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;
    /** Signs a head of the log at every full hour: a page that changes by itself, for everybody. */
    @Autowired
    @Qualifier("headKeeper")
    SmartLifecycle hourlyHeads;
    @LocalServerPort
    int port;

    County county;
    Unit station;
    Member head;
    Member subordinate;
    /** Works in the accused unit, and watches over the whole county in another post. */
    Member official;
    Member officialElsewhere;
    Member organVerifier;
    final Map<String, Visitor> readers = new LinkedHashMap<>();
    /** Pages of which a reader was told that they are not for their post, whatever is asked of them. */
    private final Set<String> closed = ConcurrentHashMap.newKeySet();
    final Map<String, Actor.Staff> posts = new LinkedHashMap<>();

    /** What stands for the matter: before there is one, things that are not there. */
    Matter matter;

    private record Matter(String marker, UUID id, MatterNumber number, List<UUID> files, Optional<String> code) {
    }

    private record Page(RequestMethod method, String pattern, HandlerMethod handler) {
    }

    /** Which of the addresses of a page, by their place among them, are read; the first one leads to the matter. */
    @FunctionalInterface
    private interface Share {
        boolean takes(Page page, int place);
    }

    @BeforeEach
    void aCountyWithAnAccusedTownCentre() {
        county = County.make(context);
        head = county.hire(county.centreA, "accused-head", Role.HEAD, Role.HANDLER, Role.AUDITOR, Role.ADMINISTRATOR);
        organVerifier = county.hire(county.organ, "organ-verifier", Role.VERIFIER, Role.HEAD);
        Instant since = Instant.parse("2020-01-01T00:00:00Z");
        station = new Unit(Uuid7.at(since), UnitType.GRID_TEAM, "甲镇网格队" + county.code, county.townA, Optional.of(county.centreA.id()));
        Person person = new Person(Uuid7.at(since), "两职人员", Optional.empty(), Optional.of("two-posts-" + county.code + "@example.org"));
        UUID inside = Uuid7.at(since);
        UUID elsewhere = Uuid7.at(since);
        Person under = new Person(Uuid7.at(since), "下属人员", Optional.empty(), Optional.of("below-" + county.code + "@example.org"));
        UUID below = Uuid7.at(since);
        Acting.run(new Actor.Machine("test"), () -> context.getBean(Roster.class).enter(new Roster.Entries(since, List.of(station), List.of(person, under),
                List.of(new Roster.NewPost(inside, county.centreA.id(), "副主任", Set.of(Role.HANDLER, Role.HEAD), Optional.empty()),
                        new Roster.NewPost(elsewhere, county.centre.id(), "挂职督办岗", Set.of(Role.SUPERVISOR, Role.DISPATCHER, Role.WINDOW_CLERK, Role.VERIFIER,
                                Role.HEAD, Role.AUDITOR, Role.ADMINISTRATOR), Optional.empty()),
                        new Roster.NewPost(below, station.id(), "队长", Set.of(Role.HANDLER, Role.HEAD, Role.GRID_WORKER), Optional.empty())),
                List.of(new Roster.NewHolding(inside, person.id()), new Roster.NewHolding(elsewhere, person.id()), new Roster.NewHolding(below, under.id())),
                List.of(), List.of())));
        official = new Member("official-" + county.code, person.id(), inside, county.centreA);
        officialElsewhere = new Member(official.account(), person.id(), elsewhere, county.centre);
        subordinate = new Member("below-" + county.code, under.id(), below, station);
        reads("clerk of the accused", county.townClerkA);
        reads("supervisor of the accused", county.townSupervisorA);
        reads("head and administrator of the accused", head);
        reads("post under the accused", subordinate);
        reads("official in the accused", official);
        reads(WIDEST, officialElsewhere);
    }

    private void reads(String name, Member member) {
        Visitor visitor = county.signedIn(new Visitor(port), member);
        visitor.get("/posts");
        visitor.post("/posts", Map.of("post", member.post().toString()));
        readers.put(name, visitor);
        posts.put(name, county.actor(member));
    }

    // ---- what is read

    private List<Page> pages() {
        List<Page> all = new ArrayList<>();
        mapping.getHandlerMethods().forEach((info, method) -> {
            boolean planted = method.getBeanType().getProtectionDomain().getCodeSource().getLocation().getPath().contains("test-classes");
            if (!method.getBeanType().getPackageName().startsWith("org.heshi") || planted) {
                return;
            }
            Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
            for (String pattern : info.getPatternValues()) {
                if ((methods.isEmpty() || methods.contains(RequestMethod.GET)) && !OF_THE_MOMENT.contains(pattern)) {
                    all.add(new Page(RequestMethod.GET, pattern, method));
                } else if (methods.contains(RequestMethod.POST) && pattern.contains("{number")) {
                    all.add(new Page(RequestMethod.POST, pattern, method));
                }
            }
        });
        assertThat(all).hasSizeGreaterThan(60);
        return all;
    }

    /** What can stand in an address, by the name of the variable. Whoever adds an address with another variable says here what leads to the matter. */
    private Map<String, List<String>> fillers() {
        List<String> ids = new ArrayList<>(List.of(matter.id().toString(), county.centreA.id().toString(), station.id().toString(),
                official.post().toString(), official.person().toString()));
        if (!FULL) {
            // one of each sort
            ids.removeAll(List.of(station.id().toString(), official.post().toString()));
        }
        matter.files().forEach(file -> ids.add(file.toString()));
        List<String> actions = List.of("assign", "answer", "note", "progress", "assign-review", "rate", "ask-review", "add");
        Map<String, List<String>> fillers = new LinkedHashMap<>();
        fillers.put("number", List.of(matter.number().digits()));
        fillers.put("id", ids);
        fillers.put("unit", List.of(county.centreA.id().toString(), station.id().toString()));
        fillers.put("post", List.of(official.post().toString()));
        fillers.put("person", List.of(official.person().toString()));
        fillers.put("attachment", matter.files().stream().map(UUID::toString).toList());
        fillers.put("action", actions);
        fillers.put("name", actions);
        fillers.put("kind", List.of("petition"));
        fillers.put("code", List.of(county.villageA, county.gridA, county.townA));
        fillers.put("seq", Stream.iterate(1, n -> n + (FULL ? 1 : 4)).limit(FULL ? 24 : 6).map(String::valueOf).toList());
        fillers.put("secret", List.of(matter.code().orElse("AAAA-AAAA")));
        fillers.put("token", List.of(matter.code().orElse("AAAA-AAAA")));
        fillers.put("version", List.of("1"));
        fillers.put("about", List.of("0", "1"));
        fillers.put("party", List.of("1"));
        fillers.put("year", List.of("2026"));
        fillers.put("month", List.of("2026-11"));
        fillers.put("clock", List.of("notice", "total", "review"));
        fillers.put("edition", List.of("1"));
        fillers.put("mapping", List.of("hotline-12345", "agency"));
        fillers.put("list", List.of("results", "statuses", "assigned"));
        fillers.put("file", List.of("bill-all.csv", "answers.csv"));
        fillers.put("format", List.of("json", "xml"));
        return fillers;
    }

    /** What can be asked in a query, by the name of the parameter; any other is asked for the marker and the number. */
    private List<String> asked(String parameter) {
        return switch (parameter) {
            case "division", "within", "place", "scope" -> List.of(county.townA, county.code);
            case "state" -> List.of("assigned", "accepted", "answered", "reviewing");
            case "kind" -> List.of("petition");
            case "unit", "lead", "organ" -> List.of(county.centreA.id().toString(), county.organ.id().toString());
            case "level" -> List.of("red");
            case "category" -> List.of(County.ROADS);
            case "ended", "closed" -> List.of("true");
            case "post", "person" -> List.of(official.post().toString());
            default -> List.of(matter.marker(), matter.number().digits(), matter.number().shown());
        };
    }

    private List<String> filled(String pattern) {
        List<String> filled = List.of(pattern);
        Matcher variables = VARIABLE.matcher(pattern);
        while (variables.find()) {
            List<String> values = fillers().get(variables.group(1));
            assertThat(values).as("the address %s has a variable {%s} that this test cannot fill: add a filler that leads to the matter, so that the wall is "
                    + "tried there too", pattern, variables.group(1)).isNotNull();
            String variable = variables.group();
            filled = filled.stream().flatMap(address -> values.stream().map(value -> address.replace(variable, value))).toList();
        }
        return filled;
    }

    private List<String> addresses(Page page) {
        List<String> filled = filled(page.pattern());
        if (page.method() == RequestMethod.POST) {
            return filled;
        }
        List<String> all = new ArrayList<>(filled);
        for (MethodParameter parameter : page.handler().getMethodParameters()) {
            RequestParam asked = parameter.getParameterAnnotation(RequestParam.class);
            if (asked == null) {
                continue;
            }
            parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
            if (page.pattern().endsWith(".pdf")) {
                // printed from what the address for tables gives, which is asked in every way
                continue;
            }
            // one that takes all there are asks about places
            String name = java.util.Map.class.isAssignableFrom(parameter.getParameterType()) ? "place" : asked.name().isEmpty() ? parameter.getParameterName() : asked.name();
            for (String value : asked(name)) {
                filled.stream().limit(FULL ? 2 : 1).forEach(address -> all.add(address + "?" + name + "=" + URLEncoder.encode(value,
                        StandardCharsets.UTF_8)));
            }
        }
        return all;
    }

    /** What this reader reads of everything. */
    private Share all(String reader) {
        int turn = List.copyOf(readers.keySet()).indexOf(reader);
        return (page, place) -> FULL || place == 0 || reader.equals(WIDEST) || (place + turn) % 2 == 0 && !closed.contains(reader + page.pattern());
    }

    /** What this reader reads while there is more to come. */
    private Share meanwhile(String reader) {
        return (page, place) -> FULL || place == 0 || reader.equals(WIDEST);
    }

    private Map<String, String> read(Visitor visitor, Predicate<Page> which) {
        return read(visitor, (page, _) -> which.test(page));
    }

    /** Everything of that share, by the pattern and what was asked, with the matter's own names taken out. */
    private Map<String, String> read(Visitor visitor, Share share) {
        return read(visitor, share, _ -> { });
    }

    /** @param notFor is told each page of which the reader hears that it is not for them, before anything else is asked of it */
    private Map<String, String> read(Visitor visitor, Share share, Consumer<Page> notFor) {
        Map<String, String> answers = new LinkedHashMap<>();
        for (Page page : pages()) {
            List<String> addresses = addresses(page);
            for (int place = 0; place < addresses.size(); place++) {
                if (!share.takes(page, place)) {
                    continue;
                }
                String address = addresses.get(place);
                if (page.method() == RequestMethod.POST) {
                    Visitor.Answer answer = visitor.post(address, Map.of());
                    String body = answer.header("content-type").orElse("").startsWith("application/pdf") ? printed(visitor.bytes(address)) : answer.body();
                    answers.put(nameless(page.method() + " " + address), answer.status() + " " + nameless(answer.location()) + "\n" + nameless(body));
                    continue;
                }
                HttpResponse<byte[]> answer = visitor.download(address);
                String types = answer.headers().firstValue("content-type").orElse("");
                byte[] came = answer.body();
                String body = types.startsWith("image/") ? "(" + came.length + " bytes)"
                        : types.contains("officedocument") || types.contains("zip") ? unpacked(came)
                        : types.startsWith("application/pdf") ? printed(came) : new String(came, StandardCharsets.UTF_8);
                String location = answer.headers().firstValue("location").map(to -> to.replaceFirst("^http://[^/]+", "")).orElse("");
                answers.put(nameless(page.method() + " " + address), answer.statusCode() + " " + nameless(location) + "\n" + nameless(body));
                if (place == 0 && answer.statusCode() == 403) {
                    notFor.accept(page);
                }
            }
        }
        return answers;
    }

    /** What a reader of it reads. */
    private static String printed(byte[] file) {
        try (PDDocument document = Loader.loadPDF(file)) {
            return new PDFTextStripper().getText(document);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The text of a workbook, without the time at which it was packed. */
    private static String unpacked(byte[] file) {
        StringBuilder text = new StringBuilder();
        try {
            Path kept = Files.createTempFile("download", ".zip");
            Files.write(kept, file);
            try (ZipFile zip = new ZipFile(kept.toFile())) {
                for (ZipEntry entry : zip.stream().filter(one -> !one.getName().startsWith("docProps/")).toList()) {
                    text.append(entry.getName()).append('\n').append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8)).append('\n');
                }
            }
            Files.delete(kept);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return text.toString();
    }

    private String nameless(String text) {
        String without = text.replace(matter.marker(), "(marker)").replace(URLEncoder.encode(matter.marker(), StandardCharsets.UTF_8),
                "(marker)").replace(matter.number().digits(), "(number)").replace(matter.number().shown(), "(number)").replace(matter.id().toString(), "(matter)");
        for (int i = 0; i < matter.files().size(); i++) {
            without = without.replace(matter.files().get(i).toString(), "(file " + i + ")");
        }
        if (matter.code().isPresent()) {
            without = without.replace(matter.code().get(), "(code)");
        }
        // a page is long, and the plain search for the beginning costs next to nothing
        if (without.contains("<svg class=\"qr\"")) {
            without = QR.matcher(without).replaceAll("(qr)");
        }
        without = replaced(without, "name=\"", 0, FRESH_FIELD, field -> field.group(1) + "(fresh)" + field.group(2));
        if (without.contains("action=\"/templates/")) {
            without = FRESH_ADDRESS.matcher(without).replaceAll("$1(fresh)$2");
        }
        return replaced(without, ":", 2, MINUTE, _ -> "(minute)");
    }

    /** As {@link Matcher#replaceAll}, but tried only where the sign stands, or begins so many characters later: a tenth of the work on a whole page. */
    private static String replaced(String text, String sign, int before, Pattern pattern, Function<Matcher, String> by) {
        Matcher matcher = pattern.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
        StringBuilder all = new StringBuilder(text.length());
        int done = 0;
        for (int at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, Math.max(at + 1, done))) {
            for (int from = Math.max(done, at - before); from <= at; from++) {
                if (matcher.region(from, text.length()).lookingAt()) {
                    all.append(text, done, from).append(by.apply(matcher));
                    done = matcher.end();
                    break;
                }
            }
        }
        return all.append(text, done, text.length()).toString();
    }

    /** Where two readings differ, with the first line that does. */
    private static List<String> differences(Map<String, String> before, Map<String, String> after) {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, String> now : after.entrySet()) {
            String then = before.get(now.getKey());
            if (then == null || then.equals(now.getValue())) {
                continue;
            }
            List<String> was = then.lines().toList();
            List<String> is = now.getValue().lines().toList();
            int line = 0;
            while (line < was.size() && line < is.size() && was.get(line).equals(is.get(line))) {
                line++;
            }
            found.add(now.getKey() + "\n    was: " + cut(was, line) + "\n    is:  " + cut(is, line));
        }
        return found;
    }

    private static String cut(List<String> lines, int line) {
        String all = line < lines.size() ? lines.get(line).strip() : "(end)";
        return all.substring(0, Math.min(all.length(), 300));
    }

    // ---- the way of the accusation

    private static Matter nobodys() {
        return new Matter("无此标记" + word(), UUID.randomUUID(), MatterNumber.draw(1, 2026, new SecureRandom()), List.of(UUID.randomUUID()),
                Optional.empty());
    }

    private static String word() {
        // no digits: long numbers stay out of the index
        return UUID.randomUUID().toString().substring(24).chars().mapToObj(c -> Character.toString(c < 'a' ? c + 'q' - '0' : c)).collect(Collectors.joining());
    }

    private void accused(String marker) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB), "JPEG", bytes);
        List<Matters.Evidence> files = new ArrayList<>();
        Answer answer = Acting.as(new Actor.Passerby(), () -> {
            try {
                EvidenceStore.Kept kept = evidence.keep(marker + ".jpg", bytes.size(), new ByteArrayInputStream(bytes.toByteArray()));
                files.add(((EvidenceStore.Kept.Done) kept).evidence());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return matters.act(Act.report("report", Map.ofEntries(Map.entry("title", "反映" + marker), Map.entry("description", "经过" + marker),
                    Map.entry("place", county.villageA), Map.entry("place-words", marker + "路口"), Map.entry("about-office", "true"),
                    Map.entry("accused", county.centreA.id().toString()), Map.entry("accused-words", "副主任" + marker), Map.entry("name", "举报人" + marker),
                    Map.entry("phone", "13800000000"), Map.entry("files", files)), UUID.randomUUID().toString()));
        });
        assertThat(answer).isInstanceOf(Answer.Done.class);
        Answer.Done done = (Answer.Done) answer;
        matter = new Matter(marker, done.matter(), done.number(), List.of(files.getFirst().id()), done.code());
    }

    private void does(Actor who, String action, Map<String, Object> input) {
        int version = Acting.as(new Actor.Machine("test"), () -> views.get(matter.id())).version();
        Answer answer = Acting.as(who, () -> matters.act(Act.on(matter.id(), action, input, version, UUID.randomUUID().toString())));
        assertThat(answer).as(action).isInstanceOf(Answer.Done.class);
    }

    private void does(Member who, String action, Map<String, Object> input) {
        does(county.actor(who), action, input);
    }

    private void isAssignedAndAnswered() {
        String marker = matter.marker();
        Actor.Resident petitioner = new Actor.Resident(matter.id(), 1);
        does(county.organDispatcher, "confirm", Map.of());
        does(county.organDispatcher, "sort", Map.of("kind", "petition", "category", County.ROADS, "level", "red"));
        does(county.organDispatcher, "assign", Map.of("lead", county.water.id().toString(), "helpers", List.of(county.roads.id().toString()),
                "reason", "请核查" + marker, "sort", "claim", "manner", "assigned", "term", "d30"));
        does(county.waterHandler, "accept", Map.of("notice", "受理" + marker));
        does(county.organDispatcher, "party", Map.of("role", "witness", "name", "证人" + marker));
        does(county.waterHandler, "ask", Map.of("question", "请补充" + marker));
        does(petitioner, "reply", Map.of("words", "补充" + marker));
        does(county.waterHandler, "progress", Map.of("progress", "进展" + marker));
        does(county.waterHandler, "handle", Map.of("done", "核实" + marker));
        does(county.waterHandler, "answer", Map.of("requests", marker, "facts", marker, "opinion", "explained", "answer", "答复" + marker, "ground", marker,
                "told", "true"));
    }

    private void isReviewedAndReReviewed() {
        String marker = matter.marker();
        Actor.Resident petitioner = new Actor.Resident(matter.id(), 1);
        does(organVerifier, "verify", Map.of("asked", "asked", "resolved", "no", "satisfied", "no", "outcome", "explained", "finding", marker));
        does(petitioner, "rate", Map.of("rating", "1", "comment", marker));
        does(petitioner, "ask-review", Map.of("reason", "不服" + marker));
        does(county.organDispatcher, "assign-review", Map.of("lead", county.above.id().toString(), "reason", marker));
        does(county.aboveHead, "hearing", Map.of("at", "2099-03-01T09:30", "place", marker));
        does(county.aboveHead, "hearing-held", Map.of("held", "held", "record", marker));
        does(county.aboveHead, "review-decide", Map.of("outcome", "kept", "facts", marker, "answer", "复查" + marker, "ground", marker, "told", "true"));
        does(petitioner, "ask-recheck", Map.of("reason", "仍不服" + marker));
    }

    /** Its limits are over since yesterday, the petitioner reminds the office, and the county's centre gives a supervision order. */
    private void isSlow() {
        does(new Actor.Resident(matter.id(), 1), "urge", Map.of("words", "请快些" + matter.marker()));
        does(county.supervisor, "supervise", Map.of("demand", "限期转送" + matter.marker(), "term", "three"));
        Acting.run(new Actor.Machine("test"), () -> transactions.executeWithoutResult(_ -> assertThat(jdbc.sql("""
                update matters.clock set started_at = started_at - interval '60 days', due_at = started_at - interval '1 day', warn_at = null,
                  next_at = case when owed then now() end
                where matter = ?""").param(matter.id()).update()).isPositive()));
    }

    private void eventually(String what, BooleanSupplier happened) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!happened.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what + " did not come").isLessThan(until);
            Thread.sleep(100);
        }
    }

    /** The organ that received it finds it everywhere by now: what follows the log has come so far. */
    private void isEverywhere(Visitor organ) throws InterruptedException {
        eventually("the search", () -> organ.get("/search?q=" + URLEncoder.encode(matter.marker(), StandardCharsets.UTF_8)).body()
                .contains(matter.number().digits()));
        eventually("the followers", () -> county.as(new Actor.Machine("test"), () -> {
            try (Connection connection = SuperuserConnection.open(context);
                    ResultSet rows = connection.createStatement().executeQuery("""
                            select not exists (select from matters.follower f where f.position < (select max(position) from matters.position))
                              and (select max(e.seq) from matters.entry e where e.matter = '%s') =
                                  (select max(p.seq) from matters.position p where p.matter = '%s')""".formatted(matter.id(), matter.id()))) {
                rows.next();
                return rows.getBoolean(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }));
    }

    // ---- the wall

    @Test
    void letsNothingOfAnAccusationThroughAnyPageToWhomItIsAbout() throws Exception {
        // the full hour may come between two readings
        hourlyHeads.stop();
        try {
            nothingComesThroughAnyPage();
        } finally {
            hourlyHeads.start();
        }
    }

    private void nothingComesThroughAnyPage() throws Exception {
        Visitor organ = county.signedIn(new Visitor(port), county.organDispatcher);
        // the same roles at the same centre, and no post in the accused unit
        Member other = county.hire(county.centre, "watcher", Role.SUPERVISOR, Role.DISPATCHER, Role.WINDOW_CLERK, Role.VERIFIER, Role.HEAD, Role.AUDITOR,
                Role.ADMINISTRATOR);
        Visitor watcher = county.signedIn(new Visitor(port), other);
        matter = nobodys();
        // what is there for who may see it is looked at where it certainly is; the full run reads everything as them, too
        Predicate<Page> certain = page -> FULL || CERTAIN.contains(page.pattern());
        Map<String, String> unbarred = read(watcher, certain);
        Map<String, Map<String, String>> before = byEach((reader, visitor) -> read(visitor, all(reader), page -> closed.add(reader + page.pattern())));
        if (FULL) {
            // a page that differs from itself when nothing happened says nothing here; without this it would seem to let something through
            byEach((reader, visitor) -> read(visitor, all(reader))).forEach((name, again) -> assertThat(differences(before.get(name), again)).as("pages that are never twice the same").isEmpty());
        }

        List<String> through = new ArrayList<>();
        accused("梅雨" + word());
        isEverywhere(organ);
        compare("reported", this::meanwhile, before, through);
        isAssignedAndAnswered();
        isEverywhere(organ);
        if (FULL) {
            // what shows now shows in the later stages, too, but for what is only there while it waits
            compare("answered", this::all, before, through);
        }
        isReviewedAndReReviewed();
        isEverywhere(organ);
        if (FULL) {
            compare("reviewed", this::all, before, through);
        }
        isSlow();
        isEverywhere(organ);
        compare("overdue and supervised", this::all, before, through);
        assertThat(through).as("what came through the wall").isEmpty();

        // the same reading finds it where it may be seen: the test looks in the right places
        Map<String, String> seen = read(organ, certain);
        List<String> found = seen.entrySet().stream().filter(e -> e.getValue().contains("(marker)")).map(Map.Entry::getKey).toList();
        assertThat(found).contains("GET /matters/(number)", "GET /matters", "GET /search?q=(marker)");
        // and figures grow for who watches the county and is not of the accused unit
        List<String> grown = differences(unbarred, read(watcher, certain));
        assertThat(grown).anyMatch(difference -> difference.startsWith("GET /board\n"));
    }

    private void compare(String stage, Function<String, Share> shares, Map<String, Map<String, String>> before, List<String> through) {
        byEach((reader, visitor) -> read(visitor, shares.apply(reader)))
                .forEach((name, now) -> differences(before.get(name), now).forEach(difference -> through.add(name + ", once it was " + stage + ": " + difference)));
    }

    /** What each reader has read. They read side by side: none of them sees what another does. */
    private Map<String, Map<String, String>> byEach(BiFunction<String, Visitor, Map<String, String>> reading) {
        return readers.entrySet().parallelStream().collect(Collectors.toConcurrentMap(Map.Entry::getKey, reader -> reading.apply(reader.getKey(), reader.getValue())));
    }

    @Test
    void letsNothingOfAnAccusationThroughAnyTableToWhomItIsAbout() throws Exception {
        accused("梅雨" + word());
        Visitor organ = county.signedIn(new Visitor(port), county.organDispatcher);
        isAssignedAndAnswered();
        isReviewedAndReReviewed();
        isEverywhere(organ);
        List<String> through = new ArrayList<>();
        List<String> tables = jdbc.sql("""
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'v', 'm', 'p') and n.nspname !~ '^pg_|^information_schema$' and has_schema_privilege(n.oid, 'usage')
                  and has_table_privilege(c.oid, 'select')
                order by 1""").query(String.class).list();
        assertThat(tables).contains("matters.matter", "matters.entry", "matters.particular", "notices.notice", "matters.clock");
        posts.forEach((name, post) -> {
            for (String table : tables) {
                long seen = Acting.as(post, () -> transactions.execute(_ -> jdbc.sql("select count(*) from " + table + " t where strpos(t::text, ?) > 0 "
                        + "or strpos(t::text, ?) > 0 or strpos(t::text, ?) > 0").param(matter.id().toString()).param(matter.number().digits())
                        .param(matter.marker()).query(Long.class).single()));
                if (seen > 0) {
                    through.add(name + " reads " + seen + " rows of " + table);
                }
            }
        });
        assertThat(through).isEmpty();
        Actor.Staff receives = county.actor(county.organDispatcher);
        long rows = Acting.as(receives, () -> transactions.execute(_ -> jdbc.sql("select count(*) from matters.entry where matter = ?").param(matter.id())
                .query(Long.class).single()));
        assertThat(rows).as("the organ reads it").isPositive();
    }

    @Test
    void failsForAnAddressThatItCannotFill() {
        matter = nobodys();
        assertThat(filled("/matters/{number}/x/{seq}")).hasSizeGreaterThan(5).allMatch(address -> !address.contains("{"));
        assertThatThrownBy(() -> filled("/matters/{number}/{unheardOf}")).isInstanceOf(AssertionError.class).hasMessageContaining("add a filler")
                .hasMessageContaining("unheardOf");
    }

    /** Whatever is written for somebody in particular (a notice, a mail, a task) names no post and no person of the accused unit together with the matter. */
    @Test
    void writesNothingForThemAboutIt() throws Exception {
        accused("梅雨" + word());
        Visitor organ = county.signedIn(new Visitor(port), county.organDispatcher);
        isAssignedAndAnswered();
        isReviewedAndReReviewed();
        isEverywhere(organ);
        List<UUID> theirs = new ArrayList<>();
        posts.values().forEach(post -> theirs.addAll(List.of(post.post(), post.person())));
        List<String> through = new ArrayList<>();
        try (Connection connection = SuperuserConnection.open(context)) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = connection.createStatement().executeQuery("""
                    select table_schema || '.' || table_name from information_schema.tables
                    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')""")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            int told = 0;
            for (String table : tables) {
                try (PreparedStatement statement = connection.prepareStatement("select t::text from " + table
                        + " t where strpos(t::text, ?) > 0 or strpos(t::text, ?) > 0")) {
                    statement.setString(1, matter.id().toString());
                    statement.setString(2, matter.number().digits());
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            told++;
                            String row = rows.getString(1);
                            if (theirs.stream().anyMatch(id -> row.contains(id.toString())) || row.contains("two-posts-") || row.contains("below-" + county.code)) {
                                through.add(table + ": " + row);
                            }
                        }
                    }
                }
            }
            assertThat(told).isGreaterThan(40);
        }
        assertThat(through).isEmpty();
    }
}
