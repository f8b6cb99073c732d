package org.heshi.bill.answers;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Looks;
import org.heshi.directory.Role;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.Level;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Ids;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Page;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Words;
import org.heshi.matters.MatterRows;
import org.heshi.matters.MattersSettings;
import org.heshi.matters.Readings;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Answers for everybody: read by everybody, written at the desk by one person of a centre and released by another. */
@Controller
class AnswersController {

    private static final int PAGE = 20;
    private static final int TITLE = 60;
    private static final int QUESTION = 2000;
    private static final int ANSWER = 5000;

    private final Answers answers;
    private final MatterRows matters;
    private final Readings readings;
    private final Divisions divisions;
    private final Looks looks;
    private final InstantSource clock;
    private final String county;

    AnswersController(Answers answers, MatterRows matters, Readings readings, Divisions divisions, Looks looks, InstantSource clock, MattersSettings settings) {
        this.answers = answers;
        this.matters = matters;
        this.readings = readings;
        this.divisions = divisions;
        this.looks = looks;
        this.clock = clock;
        this.county = settings.county();
    }

    /** What was asked comes before what was done about it. */
    private static final Comparator<Map.Entry<String, String>> READ = Comparator.comparing((Map.Entry<String, String> one) -> !one.getKey().equals("title"))
            .thenComparing(one -> !one.getKey().equals("description")).thenComparing(Map.Entry::getKey);

    // ---- for everybody

    @GetMapping("/bill/answers")
    String list(@RequestParam(defaultValue = "") String after, Model model) {
        Page<Answers.Published> page = answers.published(after, PAGE);
        model.addAttribute("answers", page.rows());
        model.addAttribute("next", page.next().map(key -> "/bill/answers?after=" + key).orElse(""));
        model.addAttribute("first", after.isEmpty() ? "" : "/bill/answers");
        return "bill/answers/list";
    }

    @GetMapping("/bill/answers/{id}")
    String read(@PathVariable String id, Model model) {
        model.addAttribute("answer", Ids.find(id).flatMap(answers::read).orElseThrow(() -> new NoSuchElementException("no such answer")));
        return "bill/answers/read";
    }

    // ---- at the desk

    static Actor.Staff writer() {
        Actor.Staff staff = Acting.staffWith(Role.HEAD, Role.SUPERVISOR);
        if (staff.scope().isEmpty()) {
            throw new AccessDeniedException("answers are published by a centre");
        }
        return staff;
    }

    @GetMapping("/publishing/answers")
    String own(Model model) {
        writer();
        return own("", List.of(), model);
    }

    private String own(String number, List<Refusal> refusals, Model model) {
        model.addAttribute("number", number);
        model.addAttribute("refusals", refusals);
        List<Answers.Written> written = answers.newest();
        Map<UUID, MatterRows.Row> rows = matters.rows(written.stream().map(Answers.Written::matter).toList()).stream().collect(Collectors.toMap(MatterRows.Row::id, Function.identity()));
        model.addAttribute("lines", written.stream().filter(one -> rows.containsKey(one.matter())).map(one -> new AnswerPage.Line(rows.get(one.matter()).number().shown(),
                "/publishing/answers/" + rows.get(one.matter()).number().digits(), one.title(), state(one), one.writtenAt())).toList());
        return "bill/answers/own";
    }

    @GetMapping("/publishing/answers/begin")
    String begin(@RequestParam(defaultValue = "") String number, HttpServletResponse response, Model model) {
        writer();
        try {
            return "redirect:/publishing/answers/" + of(number).row().number().digits();
        } catch (NoSuchElementException _) {
            // one word for what is not there, not closed or may not be told: who may not see a matter does not learn that it is there
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return own(number, List.of(Refusal.at("number", number.isBlank() ? "required" : "bill-no-matter")), model);
        }
    }

    private static String state(Answers.Written one) {
        return one.published() ? "published" : one.revoked() ? "down" : "draft";
    }

    private record Of(MatterRows.Row row, MatterRows.Kind kind) {
    }

    /** A matter that came to its end, of a kind of which single matters may stand where anybody reads, and from which nobody is kept. */
    private Of of(String number) {
        MatterRows.Row row = MatterNumber.parse(number).flatMap(matters::find).flatMap(id -> matters.rows(List.of(id)).stream().findFirst()).filter(MatterRows.Row::closed)
                .orElseThrow(AnswersController::none);
        MatterRows.Kind kind = matters.kinds().stream().filter(one -> one.inPublic() && one.title().equals(row.kind())).findFirst().orElseThrow(AnswersController::none);
        if (matters.keptFromSome(row.id())) {
            throw none();
        }
        return new Of(row, kind);
    }

    private static NoSuchElementException none() {
        return new NoSuchElementException("no matter that may be told");
    }

    @GetMapping("/publishing/answers/{number}")
    ModelAndView desk(@PathVariable String number) {
        Actor.Staff staff = writer();
        Of of = of(number);
        return desk(of, staff, answers.find(of.row().id()).map(one -> new AnswerForm(one.title(), one.question(), one.answer(), code(one.town()), ""))
                .orElseGet(() -> new AnswerForm("", "", "", "", "")), List.of(), false, HttpStatus.OK);
    }

    private ModelAndView desk(Of of, Actor.Staff staff, AnswerForm form, List<Refusal> refusals, boolean doubted, HttpStatus status) {
        looks.record(of.row().id());
        Optional<Answers.Written> written = answers.find(of.row().id());
        List<String> original = of.row().words().entrySet().stream().sorted(READ).map(Map.Entry::getValue).filter(words -> !words.isBlank()).toList();
        ModelAndView page = new ModelAndView("bill/answers/desk", Map.of("page", new AnswerPage.Desk(of.row().number().shown(), of.row().number().digits(), of.kind().code(), original,
                written.map(AnswersController::state).orElse(""), written.map(one -> one.writtenAt().toString()).orElse(""),
                written.filter(one -> one.writtenBy().equals(staff.person())).isPresent(), answers.objected(of.row().id()), doubted, towns()), "form", form, "refusals", refusals));
        page.setStatus(status);
        return page;
    }

    private List<AnswerPage.Town> towns() {
        return divisions.children(county).stream().filter(place -> place.level() == Level.TOWN).map(place -> new AnswerPage.Town(place.code(), place.name())).toList();
    }

    private String code(String name) {
        return towns().stream().filter(town -> town.name().equals(name)).map(AnswerPage.Town::code).findFirst().orElse("");
    }

    @PostMapping("/publishing/answers/{number}")
    ModelAndView write(@PathVariable String number, AnswerForm form, RedirectAttributes redirect) {
        Actor.Staff staff = writer();
        Of of = of(number);
        UUID matter = of.row().id();
        List<Refusal> refusals = new ArrayList<>();
        String title = words("title", Words.line(form.title()), TITLE, refusals);
        String question = words("question", Words.clean(form.question()), QUESTION, refusals);
        String answer = words("answer", Words.clean(form.answer()), ANSWER, refusals);
        Optional<AnswerPage.Town> town = towns().stream().filter(one -> one.code().equals(form.town())).findFirst();
        if (town.isEmpty() && !form.town().isEmpty()) {
            refusals.add(Refusal.at("town", "unknown-place"));
        }
        // contacts of a closed matter are shown to nobody, and answers are written after it is closed
        looks.record(matter, Looks.What.CONTACTS);
        List<String> contacts = Acting.as(new Actor.Machine("bill"), () -> readings.people(matter)).stream().flatMap(one -> one.contacts().values().stream()).toList();
        List<Refusal> doubts = new ArrayList<>();
        Map.of("title", title, "question", question, "answer", answer).forEach((field, words) -> {
            refusals.addAll(Redaction.refusals(field, words));
            doubts.addAll(Redaction.doubts(field, words, contacts));
        });
        boolean doubted = !doubts.isEmpty();
        if (doubted && !form.sure().equals("true")) {
            refusals.addAll(doubts);
        }
        if (!refusals.isEmpty()) {
            return desk(of, staff, form, refusals, doubted, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        answers.write(matter, staff.unit(), of.kind().code(), title, question, answer, town.map(AnswerPage.Town::name).orElseGet(() -> divisions.find(county).map(Division::name).orElse("")),
                staff.person(), clock.instant());
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("bill.answers.kept"));
        return back(of);
    }

    private static String words(String field, String words, int most, List<Refusal> refusals) {
        if (words.isEmpty()) {
            refusals.add(Refusal.at(field, "required"));
        } else if (Words.length(words) > most) {
            refusals.add(Refusal.at(field, "too-long", most, Words.length(words)));
        }
        return words;
    }

    private static ModelAndView back(Of of) {
        return new ModelAndView("redirect:/publishing/answers/" + of.row().number().digits());
    }

    @PostMapping("/publishing/answers/{number}/release")
    ModelAndView release(@PathVariable String number, @RequestParam(defaultValue = "") String read, RedirectAttributes redirect) {
        Actor.Staff staff = writer();
        Of of = of(number);
        Answers.Written written = answers.find(of.row().id()).orElseThrow(AnswersController::none);
        AnswerForm form = new AnswerForm(written.title(), written.question(), written.answer(), code(written.town()), "");
        if (written.writtenBy().equals(staff.person())) {
            return desk(of, staff, form, List.of(Refusal.of("bill-another-person")), false, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        if (answers.objected(of.row().id())) {
            return desk(of, staff, form, List.of(Refusal.of("bill-objected")), false, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        if (!answers.release(of.row().id(), instant(read), staff.person(), clock.instant())) {
            return desk(of, staff, form, List.of(Refusal.of("bill-written-anew")), false, HttpStatus.CONFLICT);
        }
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("bill.answers.released"));
        return back(of);
    }

    private static Instant instant(String typed) {
        try {
            return Instant.parse(typed);
        } catch (DateTimeParseException _) {
            return Instant.EPOCH;
        }
    }

    @PostMapping("/publishing/answers/{number}/revoke")
    ModelAndView revoke(@PathVariable String number, RedirectAttributes redirect) {
        writer();
        Of of = of(number);
        answers.revoke(of.row().id(), clock.instant());
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("bill.answers.revoked"));
        return back(of);
    }

    /** Somebody whom it concerns said so at the window or by telephone. */
    @PostMapping("/publishing/answers/{number}/objection")
    ModelAndView object(@PathVariable String number, RedirectAttributes redirect) {
        writer();
        Of of = of(number);
        answers.object(of.row().id(), clock.instant());
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("bill.answers.objected"));
        return back(of);
    }
}
