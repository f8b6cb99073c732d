package org.heshi.mediation.stories;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Looks;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.Flash;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Page;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Words;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Readings;
import org.heshi.mediation.course.Dispute;
import org.heshi.mediation.course.Disputes;
import org.heshi.mediation.roster.Skills;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The library of typical cases: for everybody to search and read, for mediators to write. */
@Controller
class StoriesController {

    private static final int PAGE = 20;
    private static final Set<String> CONTACTS = Set.of("name", "phone", "address", "email", "identity", "work", "head-of");

    private final Stories stories;
    private final Disputes disputes;
    private final Readings readings;
    private final MatterRows matters;
    private final Directory directory;
    private final Divisions divisions;
    private final Looks looks;
    private final InstantSource clock;

    StoriesController(Stories stories, Disputes disputes, Readings readings, MatterRows matters, Directory directory, Divisions divisions, Looks looks, InstantSource clock) {
        this.stories = stories;
        this.disputes = disputes;
        this.readings = readings;
        this.matters = matters;
        this.directory = directory;
        this.divisions = divisions;
        this.looks = looks;
        this.clock = clock;
    }

    @GetMapping("/mediation/cases")
    String search(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String type, @RequestParam(defaultValue = "") String after, Model model) {
        String typed = Words.line(q);
        typed = typed.length() > 60 ? typed.substring(0, 60) : typed;
        String wanted = Skills.TYPES.contains(type) ? type : "";
        Page<Stories.Published> found = stories.search(typed, wanted, after, PAGE);
        String here = "/mediation/cases?q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8) + "&type=" + wanted;
        model.addAttribute("q", typed);
        model.addAttribute("type", wanted);
        model.addAttribute("stories", found.rows().stream().map(StoriesController::open).toList());
        model.addAttribute("next", found.next().map(key -> here + "&after=" + key).orElse(""));
        model.addAttribute("first", after.isEmpty() ? "" : here);
        return "mediation/stories/list";
    }

    private static StoryPage.Open open(Stories.Published story) {
        return new StoryPage.Open("/mediation/cases/" + story.id(), story.type(), story.title(), story.words(), story.day());
    }

    @GetMapping("/mediation/cases/{id}")
    String read(@PathVariable UUID id, Model model) {
        model.addAttribute("story", open(stories.read(id).orElseThrow(() -> new NoSuchElementException("no such story"))));
        return "mediation/stories/story";
    }

    private static Actor.Staff writer() {
        return Acting.staffWith(Role.MEDIATOR, Role.HEAD);
    }

    @GetMapping("/mediation/stories")
    String own(Model model) {
        Actor.Staff staff = writer();
        List<Stories.Story> own = stories.ofUnit(staff.unit());
        Map<UUID, MatterRows.Row> rows = matters.rows(own.stream().map(Stories.Story::matter).toList()).stream().collect(Collectors.toMap(MatterRows.Row::id, Function.identity()));
        model.addAttribute("lines", own.stream().filter(story -> rows.containsKey(story.matter())).map(story -> new StoryPage.Line(rows.get(story.matter()).number().shown(),
                "/mediation/stories/" + rows.get(story.matter()).number().digits(), story.title(), state(story))).toList());
        return "mediation/stories/own";
    }

    /** From the number that was typed to the page of that case. */
    @GetMapping("/mediation/stories/begin")
    String begin(@RequestParam(defaultValue = "") String number) {
        return "redirect:/mediation/stories/" + of(number, writer()).number().digits();
    }

    private static String state(Stories.Story story) {
        return story.published() ? "published" : story.takenDown() ? "down" : "draft";
    }

    /** A case of one's own committee that came to an end. */
    private record Of(MatterNumber number, Dispute dispute) {
    }

    private Of of(String number, Actor.Staff staff) {
        MatterNumber parsed = MatterNumber.parse(number).orElseThrow(StoriesController::none);
        return matters.find(parsed).flatMap(disputes::find).filter(dispute -> dispute.unit().equals(staff.unit()) && dispute.endedAt().isPresent())
                .map(dispute -> new Of(parsed, dispute)).orElseThrow(StoriesController::none);
    }

    private static NoSuchElementException none() {
        return new NoSuchElementException("no case of this committee that came to an end");
    }

    @GetMapping("/mediation/stories/{number}")
    ModelAndView desk(@PathVariable String number) {
        Of of = of(number, writer());
        return desk(of, stories.find(of.dispute().matter()).map(story -> new StoryForm(story.title(), story.words())).orElseGet(() -> new StoryForm("", "")), List.of(), HttpStatus.OK);
    }

    private ModelAndView desk(Of of, StoryForm form, List<Refusal> refusals, HttpStatus status) {
        Optional<Stories.Story> story = stories.find(of.dispute().matter());
        Set<Integer> consent = stories.consents(of.dispute().matter());
        ModelAndView page = new ModelAndView("mediation/stories/desk", Map.of("page", new StoryPage.Desk(of.number().shown(), of.number().digits(), of.dispute().type(),
                story.isPresent(), story.map(StoriesController::state).orElse("draft"), of.dispute().principals().stream().map(Dispute.Participant::party)
                .filter(party -> !consent.contains(party)).toList()), "form", form, "refusals", refusals));
        page.setStatus(status);
        return page;
    }

    @PostMapping("/mediation/stories/{number}")
    ModelAndView write(@PathVariable String number, StoryForm form, RedirectAttributes redirect) {
        Actor.Staff staff = writer();
        Of of = of(number, staff);
        List<Refusal> refusals = new ArrayList<>();
        String title = words("title", Words.line(form.title()), 60, refusals);
        String words = words("words", Words.clean(form.words()), 5000, refusals);
        looks.record(of.dispute().matter(), Looks.What.CONTACTS);
        // contacts of a closed matter are shown to nobody, and stories are written after it is closed
        List<Readings.Somebody> people = Acting.as(new Actor.Machine("stories"), () -> readings.people(of.dispute().matter()));
        List<String> contacts = people.stream().flatMap(one -> one.contacts().entrySet().stream())
                .filter(contact -> CONTACTS.contains(contact.getKey())).map(Map.Entry::getValue).toList();
        refusals.addAll(Nameless.unchecked(of.dispute().principals().stream().map(Dispute.Participant::party).toList(), people));
        List<String> places = directory.findUnit(of.dispute().unit()).map(Unit::division).map(this::places).orElse(List.of());
        refusals.addAll(Nameless.refusals("title", title, contacts, places));
        refusals.addAll(Nameless.refusals("words", words, contacts, places));
        if (!refusals.isEmpty()) {
            return desk(of, form, refusals, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        stories.write(of.dispute().matter(), of.dispute().unit(), of.dispute().type(), title, words, staff.post(), clock.instant());
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("mediation.stories.kept"));
        return new ModelAndView("redirect:/mediation/stories/" + of.number().digits());
    }

    /** Towns and villages: a county alone tells nobody whose case it was. */
    private List<String> places(String division) {
        return Stream.of(division).filter(code -> code.length() > 6).flatMap(code -> divisions.path(code).stream()).filter(place -> place.code().length() > 6).map(Division::name).toList();
    }

    private static String words(String field, String words, int most, List<Refusal> refusals) {
        if (words.isEmpty()) {
            refusals.add(Refusal.at(field, "required"));
        } else if (Words.length(words) > most) {
            refusals.add(Refusal.at(field, "too-long", most, Words.length(words)));
        }
        return words;
    }

    @PostMapping("/mediation/stories/{number}/publish")
    ModelAndView publish(@PathVariable String number, RedirectAttributes redirect) {
        Of of = of(number, writer());
        UUID matter = of.dispute().matter();
        Stories.Story story = stories.find(matter).orElseThrow(StoriesController::none);
        if (!stories.publish(matter, of.dispute().principals().stream().map(Dispute.Participant::party).collect(Collectors.toSet()), clock.instant())) {
            return desk(of, new StoryForm(story.title(), story.words()), List.of(Refusal.of("mediation-stories-consent")), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("mediation.stories.published"));
        return new ModelAndView("redirect:/mediation/stories/" + of.number().digits());
    }
}
