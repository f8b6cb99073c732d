package org.heshi.matters.followup;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.ClientAddress;
import org.heshi.access.Openings;
import org.heshi.access.ResidentSession;
import org.heshi.access.Throttle;
import org.heshi.directory.Unit;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Flash;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Endings;
import org.heshi.matters.FollowNotes;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.CodeCarrier;
import org.heshi.matters.OwnPages;
import org.heshi.matters.Readings;
import org.heshi.matters.ResidentCodes;
import org.heshi.matters.CodeTries;
import org.heshi.matters.form.ActionForm;
import org.heshi.matters.form.Forms;
import org.heshi.matters.form.Setting;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.view.MatterViews;
import org.heshi.matters.view.MatterViews.HistoryItem;
import org.heshi.matters.view.MatterViews.MatterView;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * A matter for whoever reported it: number and code open it, then the site knows the resident under {@code /follow/} until they leave. An
 * address that somebody else's matter has, a number that does not exist and a visit that ended all show the same form.
 */
@Controller
class FollowController {

    static final String REPLY = "reply";
    private static final String ASK = "ask";

    private static final int ACTS_AN_HOUR = 60;
    private static final int UPLOADS_AN_HOUR = 120;

    private final ResidentCodes codes;
    private final MatterViews views;
    private final Matters matters;
    private final Forms forms;
    private final Throttle throttle;
    private final CodeCarrier carrier;
    private final Endings endings;
    private final Openings openings;
    private final List<FollowNotes> notes;
    private final List<OwnPages> ownPages;
    private final MessageSource messages;
    private final Readings readings;

    FollowController(ResidentCodes codes, MatterViews views, Matters matters, Forms forms, Throttle throttle, CodeCarrier carrier, Endings endings,
            Openings openings, List<FollowNotes> notes, List<OwnPages> ownPages, MessageSource messages, Readings readings) {
        this.codes = codes;
        this.views = views;
        this.matters = matters;
        this.forms = forms;
        this.throttle = throttle;
        this.carrier = carrier;
        this.endings = endings;
        this.openings = openings;
        this.notes = notes;
        this.ownPages = ownPages;
        this.messages = messages;
        this.readings = readings;
    }

    @GetMapping("/follow")
    ModelAndView enter() {
        return entrance(new EnterForm("", "", List.of()), HttpStatus.OK);
    }

    @PostMapping("/follow")
    ModelAndView open(HttpServletRequest request, @RequestParam(defaultValue = "") String number, @RequestParam(defaultValue = "") String code) {
        List<Refusal> refusals = new ArrayList<>();
        Optional<MatterNumber> parsed = MatterNumber.parse(number);
        if (parsed.isEmpty()) {
            refusals.add(Refusal.at("number", "follow-not-a-number"));
        }
        if (code.isBlank()) {
            refusals.add(Refusal.at("code", "required"));
        }
        if (!refusals.isEmpty()) {
            return entrance(new EnterForm(number, code, refusals), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        Optional<Refusal> wait = CodeTries.begin(throttle, request);
        if (wait.isPresent()) {
            return entrance(new EnterForm(number, code, List.of(wait.get())), HttpStatus.TOO_MANY_REQUESTS);
        }
        Optional<Actor.Resident> resident = codes.open(parsed.orElseThrow().digits(), code);
        if (resident.isEmpty()) {
            return entrance(new EnterForm(number, code, List.of(Refusal.at("code", "follow-wrong-code"))), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        CodeTries.wasRight(throttle, request);
        ResidentSession.enter(request, resident.get(), codes.mark(resident.get()));
        return new ModelAndView("redirect:/follow/" + parsed.get().digits());
    }

    @PostMapping("/follow/leave")
    ModelAndView leave(HttpServletRequest request, HttpServletResponse response, RedirectAttributes redirect) {
        ResidentSession.leave(request, response);
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("followup.left"));
        return new ModelAndView("redirect:/follow");
    }

    @GetMapping("/follow/{number}")
    ModelAndView show(@PathVariable String number, HttpServletRequest request) {
        return mine(number).map(matter -> new ModelAndView("matters/followup/page", Map.of("page", page(matter), "account", ResidentSession.account(request).isPresent())))
                .orElseGet(() -> askedFor(number));
    }

    /** A written notice, opinion or decision of this matter, to be kept on paper. */
    @GetMapping("/follow/{number}/papers/{seq}")
    ModelAndView paper(@PathVariable String number, @PathVariable int seq) {
        Optional<MatterView> mine = mine(number);
        if (mine.isEmpty()) {
            return askedFor(number);
        }
        MatterView matter = mine.get();
        HistoryItem item = views.history(matter.id()).stream().filter(one -> one.seq() == seq && one.paper().isPresent()).findFirst()
                .orElseThrow(() -> new NoSuchElementException("no paper that this reporter may read"));
        String to = matter.parties().stream().map(party -> party.contacts().get("name")).filter(java.util.Objects::nonNull).findFirst().orElse("");
        Optional<Action> action = matter.procedure().findAction(item.action());
        return new ModelAndView("matters/followup/paper", Map.of("page", new LetterPage(matter, item, action.flatMap(Action::paper).orElse(item.title()), to,
                action.map(Action::basis).orElse(List.of()))));
    }

    @GetMapping("/follow/{number}/act/{name}")
    ModelAndView form(@PathVariable String number, @PathVariable String name) {
        Optional<MatterView> matter = mine(number);
        if (matter.isEmpty()) {
            return askedFor(number);
        }
        FollowPage page = page(matter.get());
        Optional<String> elsewhere = ownPages.stream().flatMap(room -> room.forResidents(matter.get().procedure().kind(), name, matter.get().number()).stream()).findFirst();
        if (elsewhere.isPresent()) {
            return new ModelAndView("redirect:" + elsewhere.get());
        }
        Action action = page.action(name).orElseThrow(() -> new NoSuchElementException("no such action for this reporter now"));
        return act(new ActPage(matter.get(), forms.blank(action, matter.get().version(), setting(matter.get(), action)), question(page, name), true, before(matter.get(), name)), HttpStatus.OK);
    }

    @PostMapping("/follow/{number}/act/{name}")
    ModelAndView act(@PathVariable String number, @PathVariable String name, HttpServletRequest request, RedirectAttributes redirect) {
        Optional<MatterView> mine = mine(number);
        if (mine.isEmpty()) {
            return askedFor(number);
        }
        MatterView matter = mine.get();
        Action action = matter.procedure().findAction(name).orElseThrow(() -> new NoSuchElementException("no such action"));
        String address = ClientAddress.of(request);
        boolean uploads = !sendsFiles(request) || throttle.tryTake("upload", address, UPLOADS_AN_HOUR, Duration.ofHours(1));
        ActionForm form = forms.read(action, setting(matter, action), request, uploads);
        FollowPage page = page(matter);
        Optional<HistoryItem> question = question(page, name);
        if (!form.ready()) {
            return act(new ActPage(matter, form, question, true, before(matter, name)), form.search().isPresent() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
        }
        if (!throttle.tryTake("follow-act", matter.id().toString(), ACTS_AN_HOUR, Duration.ofHours(1))) {
            return act(new ActPage(matter, form.refused(List.of(Refusal.of("followup-throttled"))), question, true, before(matter, name)),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return switch (matters.act(Act.on(matter.id(), name, form.input(), form.version(), form.key()))) {
            case Answer.Done _ -> {
                redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("followup.done"));
                yield new ModelAndView("redirect:/follow/" + matter.number().digits());
            }
            case Answer.Refused(List<Refusal> refusals) ->
                act(new ActPage(matter, form.refused(refusals), question, page.action(name).isPresent(), before(matter, name)),
                        HttpStatus.UNPROCESSABLE_CONTENT);
            case Answer.Stale stale -> {
                MatterView now = views.get(matter.id());
                boolean possible = views.nextActions(matter.id()).stream().anyMatch(next -> next.name().equals(name));
                yield act(new ActPage(now, form.overtaken(stale.version()), question, possible, before(now, name)), HttpStatus.CONFLICT);
            }
        };
    }

    private static ModelAndView act(ActPage page, HttpStatus status) {
        ModelAndView view = new ModelAndView("matters/followup/act", Map.of("page", page));
        view.setStatus(status);
        return view;
    }

    private ModelAndView entrance(EnterForm form, HttpStatus status) {
        boolean accounts = Stream.of(CodeCarrier.Way.values()).anyMatch(carrier::carries);
        ModelAndView view = new ModelAndView("matters/followup/enter", Map.of("form", form, "accounts", accounts));
        view.setStatus(status);
        return view;
    }

    /** Somebody came by the QR code or a kept address: the number is there, the code is asked for. */
    private ModelAndView askedFor(String number) {
        return entrance(new EnterForm(MatterNumber.parse(number).map(MatterNumber::shown).orElse(""), "", List.of()), HttpStatus.OK);
    }

    /** The matter of this address, when it is the one whose code was given. */
    private Optional<MatterView> mine(String number) {
        if (!(Acting.current() instanceof Actor.Resident resident)) {
            return Optional.empty();
        }
        return MatterNumber.parse(number).flatMap(views::find).filter(resident.matter()::equals).map(views::get);
    }

    private FollowPage page(MatterView matter) {
        List<HistoryItem> history = new ArrayList<>(views.history(matter.id()));
        Collections.reverse(history);
        Optional<HistoryItem> question = history.stream().filter(item -> item.action().equals(ASK) || item.action().equals(REPLY)).findFirst()
                .filter(item -> item.action().equals(ASK) && !matter.closed());
        // The procedure lets a reporter answer at any time; the page offers it when there is a question.
        Set<String> idle = idle(matter);
        List<Action> next = views.nextActions(matter.id()).stream().filter(action -> !action.name().equals(REPLY) || question.isPresent())
                .filter(action -> !idle.contains(action.name())).toList();
        return new FollowPage(matter, List.copyOf(history), next, question, holder(matter), views.charges(matter.id()), endings.of(matter.id()),
                !openings.of(matter.id()).isEmpty(), told((room, who) -> room.onThePage(who, matter.id(), matter.procedure().kind(), matter.state().name())),
                Acting.current() instanceof Actor.Resident resident ? resident.party() : 1, doers(matter));
    }

    private List<FollowNotes.Note> before(MatterView matter, String action) {
        return told((room, who) -> room.before(who, matter.id(), matter.procedure().kind(), action));
    }

    /** Which of those whom it concerns did what they did themselves, by the number of the entry. */
    private Map<Integer, Integer> doers(MatterView matter) {
        return readings.of(matter.id()).stream().filter(entry -> entry.party().isPresent()).collect(Collectors.toMap(Readings.Reading::seq, entry -> entry.party().orElseThrow()));
    }

    /** What rooms say leads nowhere now. */
    private Set<String> idle(MatterView matter) {
        return Acting.current() instanceof Actor.Resident who
                ? notes.stream().flatMap(room -> room.idle(who, matter.id(), matter.procedure().kind()).stream()).collect(Collectors.toSet()) : Set.of();
    }

    private List<FollowNotes.Note> told(BiFunction<FollowNotes, Actor.Resident, List<FollowNotes.Note>> asked) {
        return Acting.current() instanceof Actor.Resident who ? notes.stream().flatMap(room -> asked.apply(room, who).stream()).toList() : List.of();
    }

    private static Optional<String> holder(MatterView matter) {
        return switch (matter.state().turn()) {
            case DESK, VERIFIER -> matter.desk().map(Unit::name);
            case LEAD -> matter.lead().or(matter::desk).map(Unit::name);
            case HELPER -> matter.helpers().stream().findFirst().map(Unit::name);
            case REPORTER, PARTY, OVER, NONE -> Optional.empty();
        };
    }

    private static Optional<HistoryItem> question(FollowPage page, String action) {
        return action.equals(REPLY) ? page.question() : Optional.empty();
    }

    private Setting setting(MatterView matter, Action action) {
        return new Setting(matter.procedure(), matter.division().substring(0, Math.min(6, matter.division().length())), List.of(), List.of(), others(matter, action),
                Optional.of(matter.id()));
    }

    /** The others whom it concerns, for forms that name somebody. */
    private List<Setting.Party> others(MatterView matter, Action action) {
        if (action.fields().stream().noneMatch(field -> field.type() == Procedure.Type.PARTIES) || !(Acting.current() instanceof Actor.Resident who)) {
            return List.of();
        }
        Map<Integer, Bilingual> called = new HashMap<>();
        notes.forEach(room -> called.putAll(room.called(who, matter.id(), matter.procedure().kind())));
        return matter.parties().stream().filter(party -> party.party() != who.party() && !party.role().equals("witness"))
                .map(party -> new Setting.Party(party.party(), called.getOrDefault(party.party(), words("matters.party." + party.role())), "")).toList();
    }

    private Bilingual words(String key) {
        return new Bilingual(messages.getMessage(key, null, Locale.SIMPLIFIED_CHINESE), messages.getMessage(key, null, Locale.ENGLISH));
    }

    private static boolean sendsFiles(HttpServletRequest request) {
        return request instanceof MultipartHttpServletRequest multipart
                && multipart.getMultiFileMap().values().stream().flatMap(List::stream).anyMatch(file -> !file.isEmpty());
    }
}
