package org.heshi.privacy.rights;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Throttle;
import org.heshi.directory.Role;
import org.heshi.kernel.Flash;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.ChildFields;
import org.heshi.matters.Endings;
import org.heshi.matters.Entries;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Parts;
import org.heshi.matters.PrivacyNotice;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.json.JsonMapper;

/** Rights of the data subject, with number and code or at the window: always about one matter that its party has at hand. */
@Controller
class RightsController {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int REQUESTS_A_DAY = 20;
    private static final int TRIES_AT_THE_WINDOW_A_DAY = 100;
    private static final int LISTED = 100;
    private static final int STAYS = 2000;

    private final Requests requests;
    private final Endings endings;
    private final MatterRows matters;
    private final Entries entries;
    private final PrivacyNotice notice;
    private final ChildFields child;
    private final Throttle throttle;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    RightsController(Requests requests, Endings endings, MatterRows matters, Entries entries, PrivacyNotice notice, ChildFields child, Throttle throttle, JdbcClient jdbc,
            TransactionTemplate transactions, InstantSource clock) {
        this.requests = requests;
        this.endings = endings;
        this.matters = matters;
        this.entries = entries;
        this.notice = notice;
        this.child = child;
        this.throttle = throttle;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Mine(Actor.Resident resident, MatterNumber number) {
    }

    /** The matter of this address, when it is the one whose code was given. */
    private Optional<Mine> mine(String number) {
        return Acting.current() instanceof Actor.Resident resident
                ? MatterNumber.parse(number).filter(parsed -> matters.find(parsed).filter(resident.matter()::equals).isPresent()).map(parsed -> new Mine(resident, parsed))
                : Optional.empty();
    }

    private static ModelAndView askedFor(String number) {
        return new ModelAndView("redirect:/follow" + MatterNumber.parse(number).map(parsed -> "/" + parsed.digits()).orElse(""));
    }

    @GetMapping("/follow/{number}/rights")
    ModelAndView page(@PathVariable String number) {
        return mine(number).map(mine -> page(mine, RequestForm.blank(), List.of(), HttpStatus.OK)).orElseGet(() -> askedFor(number));
    }

    private ModelAndView page(Mine mine, RequestForm form, List<Refusal> refusals, HttpStatus status) {
        ModelAndView page = new ModelAndView("privacy/rights/page", Map.of("page",
                new RightsPage(mine.number(), requests.of(mine.resident().matter(), mine.resident().party()), form, questions(), refusals)));
        page.setStatus(status);
        return page;
    }

    @PostMapping("/follow/{number}/rights")
    ModelAndView ask(@PathVariable String number, RequestForm form, RedirectAttributes redirect) {
        Optional<Mine> found = mine(number);
        if (found.isEmpty()) {
            return askedFor(number);
        }
        Mine mine = found.get();
        List<Refusal> refusals = new ArrayList<>(Requests.against(form));
        if (refusals.isEmpty() && !throttle.tryTake("rights", mine.resident().matter().toString(), REQUESTS_A_DAY, Duration.ofDays(1))) {
            refusals.add(Refusal.of("followup-throttled"));
        }
        if (!refusals.isEmpty()) {
            return page(mine, form, refusals, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        Endings.Subject about = endings.subject(mine.number()).orElseThrow();
        return switch (requests.make(about, mine.resident().party(), form, "code", form.key())) {
            case Answer.Done done -> {
                redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("privacy.rights.asked", done.number().shown()));
                yield new ModelAndView("redirect:/follow/" + mine.number().digits() + "/rights");
            }
            case Answer.Refused(List<Refusal> wrong) -> page(mine, form, wrong.stream().map(RightsController::ours).toList(), HttpStatus.UNPROCESSABLE_CONTENT);
            case Answer.Stale _ -> throw new IllegalStateException("a new matter cannot be stale");
        };
    }

    /** The field of the procedure, as the form here calls it. */
    private static Refusal ours(Refusal refusal) {
        return refusal.field().equals("description") ? Refusal.at("words", refusal.code(), refusal.arguments().toArray()) : refusal;
    }

    /** To read and to print: everything of this matter that its party may read. */
    @GetMapping("/follow/{number}/rights/copy")
    ModelAndView copy(@PathVariable String number) {
        return mine(number).map(mine -> {
            note(mine, "page");
            return new ModelAndView("privacy/rights/copy", Map.of("page", new CopyPage(matters.rows(List.of(mine.resident().matter())).getFirst(),
                    entries.of(mine.resident().matter()), notice.version(), clock.instant())));
        }).orElseGet(() -> askedFor(number));
    }

    /** The same for programs. */
    @GetMapping("/follow/{number}/rights/copy.json")
    ResponseEntity<byte[]> file(@PathVariable String number, Locale locale) {
        Mine mine = mine(number).orElseThrow(() -> new NoSuchElementException("no matter of who asks"));
        note(mine, "file");
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("number", mine.number().digits());
        all.put("at", clock.instant().toString());
        all.put("notice", notice.version());
        all.put("entries", entries.of(mine.resident().matter()).stream().map(entry -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("seq", entry.seq());
            one.put("action", entry.action());
            one.put("title", entry.title().in(locale));
            one.put("at", entry.at().toString());
            entry.unit().ifPresent(unit -> one.put("unit", unit));
            one.put("said", entry.said().stream().map(said -> Map.of("field", said.field(), "label", said.label().in(locale), "value", said.value())).toList());
            return one;
        }).toList());
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename("heshi-" + mine.number().digits() + ".json").build().toString())
                .body(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
    }

    private void note(Mine mine, String form) {
        Instant now = clock.instant();
        transactions.executeWithoutResult(_ -> jdbc.sql("insert into privacy.copy (id, about, party, form, at) values (?, ?, ?, ?, ?)")
                .params(Uuid7.at(now), mine.resident().matter(), mine.resident().party(), form, now.atOffset(ZoneOffset.UTC)).update());
    }

    // ---- what people carry out

    @GetMapping("/privacy/requests/{number}/part")
    ModelAndView part(@PathVariable String number) {
        return part(partly(number), PartForm.blank(), List.of(), HttpStatus.OK);
    }

    private Requests.Partly partly(String number) {
        Acting.staffWith(Role.WINDOW_CLERK, Role.DISPATCHER, Role.HEAD, Role.SUPERVISOR);
        return MatterNumber.parse(number).flatMap(requests::partly).orElseThrow(() -> new NoSuchElementException("no request that people carry out, for who asks"));
    }

    private ModelAndView part(Requests.Partly request, PartForm form, List<Refusal> refusals, HttpStatus status) {
        List<Parts.Held> all = requests.held(request.about());
        List<Parts.Held> mine = all.stream().filter(held -> !request.roles().isEmpty() || held.party().isEmpty()
                || held.party().get() == request.party()).toList();
        ModelAndView page = new ModelAndView("privacy/rights/part", Map.of("page", new PartPage(request.line(), mine, all.size() - mine.size(), request.roles(),
                matters.find(request.line().about()).isPresent(), requests.carriedOut(request.about(), request.line().number()),
                Acting.as(new Actor.Machine("rights"), () -> matters.rows(List.of(request.about()))).stream().noneMatch(MatterRows.Row::closed), form, refusals)));
        page.setStatus(status);
        return page;
    }

    @PostMapping("/privacy/requests/{number}/part")
    ModelAndView erase(@PathVariable String number, PartForm form, RedirectAttributes redirect) {
        Requests.Partly request = partly(number);
        List<Refusal> refusals = new ArrayList<>();
        Optional<Set<Parts.Place>> gone = form.places().filter(places -> !places.isEmpty());
        if (gone.isEmpty()) {
            refusals.add(Refusal.at("gone", "privacy-part-none"));
        }
        if (!request.roles().isEmpty() && !request.roles().containsKey(form.whose())) {
            refusals.add(Refusal.at("whose", "required"));
        }
        if (!Parts.WHY.contains(form.why())) {
            refusals.add(Refusal.at("why", "required"));
        }
        int length = form.words().codePointCount(0, form.words().length());
        if (length == 0) {
            refusals.add(Refusal.at("words", "required"));
        } else if (length > STAYS) {
            refusals.add(Refusal.at("words", "too-long", STAYS, length));
        }
        if (!form.sure()) {
            refusals.add(Refusal.at("sure", "must-confirm"));
        }
        if (!refusals.isEmpty()) {
            return part(request, form, refusals, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        Requests.Partly whose = request.roles().isEmpty() ? request : request.of(form.whose());
        if (requests.erase(whose, gone.orElseThrow(), form.why(), form.words()) instanceof Endings.Answer.Refused(Refusal why)) {
            return part(request, form, List.of(why.code().startsWith("part-") ? Refusal.at("gone", why.code()) : why), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("privacy.part.done", request.line().number().shown()));
        return new ModelAndView("redirect:/privacy/requests");
    }

    // ---- at the window

    @GetMapping("/privacy/requests")
    String list(Model model) {
        Actor.Staff staff = Acting.staffWith(Role.WINDOW_CLERK, Role.DISPATCHER, Role.HEAD, Role.SUPERVISOR, Role.AUDITOR);
        model.addAttribute("mayCarry", staff.has(Role.WINDOW_CLERK) || staff.has(Role.DISPATCHER) || staff.has(Role.HEAD) || staff.has(Role.SUPERVISOR));
        model.addAttribute("requests", requests.newest(LISTED));
        model.addAttribute("mayAsk", mayAsk());
        return "privacy/rights/list";
    }

    private static boolean mayAsk() {
        return Acting.current() instanceof Actor.Staff staff && (staff.has(Role.WINDOW_CLERK) || staff.has(Role.DISPATCHER));
    }

    @GetMapping("/privacy/requests/new")
    ModelAndView blank() {
        Acting.staffWith(Role.WINDOW_CLERK, Role.DISPATCHER);
        return window(RequestForm.blank(), List.of(), HttpStatus.OK);
    }

    private List<ChildFields.Question> questions() {
        return child.of(Requests.KIND, Requests.REQUEST);
    }

    private ModelAndView window(RequestForm form, List<Refusal> refusals, HttpStatus status) {
        ModelAndView page = new ModelAndView("privacy/rights/window", Map.of("form", form, "refusals", refusals, "what", Requests.WHAT, "child", questions()));
        page.setStatus(status);
        return page;
    }

    /**
     * The number is what the person brings. It is looked up last, and each try counts: nobody finds out here which numbers there are. What is about who
     * acts answers as if it were not there (decision 5).
     */
    @PostMapping("/privacy/requests/new")
    ModelAndView register(RequestForm form, RedirectAttributes redirect) {
        Actor.Staff staff = Acting.staffWith(Role.WINDOW_CLERK, Role.DISPATCHER);
        if (!throttle.tryTake("rights-window", staff.person().toString(), TRIES_AT_THE_WINDOW_A_DAY, Duration.ofDays(1))) {
            return window(form, List.of(Refusal.of("followup-throttled")), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        List<Refusal> refusals = new ArrayList<>(Requests.against(form));
        Optional<MatterNumber> number = MatterNumber.parse(form.number());
        if (number.isEmpty()) {
            refusals.add(Refusal.at("number", "privacy-no-matter"));
        }
        if (form.name().isBlank()) {
            refusals.add(Refusal.at("name", "required"));
        }
        if (!form.checked()) {
            refusals.add(Refusal.at("checked", "must-confirm"));
        }
        Optional<Endings.Subject> about = Optional.empty();
        if (refusals.isEmpty()) {
            about = number.flatMap(endings::subject).filter(subject -> !endings.isAboutWhoActs(subject.matter()));
            if (about.isEmpty()) {
                refusals.add(Refusal.at("number", "privacy-no-matter"));
            }
        }
        if (!refusals.isEmpty()) {
            return window(form, refusals, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return switch (requests.make(about.orElseThrow(), 1, form, "papers", form.key())) {
            case Answer.Done done -> {
                redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("privacy.rights.registered", done.number().shown()));
                yield new ModelAndView("redirect:/privacy/requests");
            }
            case Answer.Refused(List<Refusal> wrong) -> window(form, wrong.stream().map(RightsController::ours).toList(), HttpStatus.UNPROCESSABLE_CONTENT);
            case Answer.Stale _ -> throw new IllegalStateException("a new matter cannot be stale");
        };
    }
}
