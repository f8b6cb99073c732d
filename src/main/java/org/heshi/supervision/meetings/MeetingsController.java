package org.heshi.supervision.meetings;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.directory.Directory;
import org.heshi.directory.Person;
import org.heshi.directory.Unit;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Page;
import org.heshi.kernel.Refusal;
import org.heshi.matters.MatterRows;
import org.heshi.supervision.meetings.Meetings.Meeting;
import org.heshi.supervision.task.SetTask;
import org.heshi.supervision.task.TaskForm;
import org.heshi.supervision.watch.Tabs;
import org.heshi.supervision.watch.Watched;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Joint meetings: their minutes, and the tasks that came out of them. */
@Controller
class MeetingsController {

    private static final int PAGE = 30;

    private final Meetings meetings;
    private final MatterRows matters;
    private final Directory directory;
    private final InstantSource clock;

    MeetingsController(Meetings meetings, MatterRows matters, Directory directory, InstantSource clock) {
        this.meetings = meetings;
        this.matters = matters;
        this.directory = directory;
        this.clock = clock;
    }

    @GetMapping("/supervision/meetings")
    String list(@RequestParam(defaultValue = "") String after, Model model) {
        Page<Meeting> found = meetings.list(Watched.place(), after, PAGE);
        Map<UUID, Unit> units = directory.units(found.rows().stream().flatMap(meeting -> meeting.units().stream()).collect(Collectors.toSet()));
        model.addAttribute("tabs", Tabs.of("meetings"));
        model.addAttribute("meetings", found.rows().stream().map(meeting -> new MeetingPage.Line("/supervision/meetings/" + meeting.id(), meeting.heldOn(),
                meeting.title(), names(meeting, units).toList(), meeting.tasks(), meeting.correctedBy().isPresent())).toList());
        model.addAttribute("mayWrite", Watched.atACentre());
        model.addAttribute("next", found.next().map(key -> "/supervision/meetings?after=" + key).orElse(""));
        model.addAttribute("first", after.isEmpty() ? "" : "/supervision/meetings");
        return "supervision/meetings/list";
    }

    @GetMapping("/supervision/meetings/new")
    ModelAndView blank(@RequestParam(defaultValue = "") String corrects) {
        Watched.centre();
        MeetingForm form = new MeetingForm(CivilTime.dateOf(clock.instant()).toString(), "", "", "", corrects);
        if (!form.corrects().isEmpty()) {
            Meeting earlier = meetings.get(UUID.fromString(form.corrects()));
            form = new MeetingForm(earlier.heldOn().toString(), earlier.title(), names(earlier, directory.units(earlier.units())).collect(Collectors.joining("\n")),
                    earlier.words(), form.corrects());
        }
        return form(HttpStatus.OK, form, List.of());
    }

    @PostMapping("/supervision/meetings/new")
    ModelAndView keep(MeetingForm form, RedirectAttributes redirect) {
        return switch (meetings.keep(form)) {
            case Meetings.Keeping.Done(UUID id) -> {
                redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("supervision.meeting.saved"));
                yield new ModelAndView("redirect:/supervision/meetings/" + id);
            }
            case Meetings.Keeping.Refused(List<Refusal> refusals) -> form(HttpStatus.UNPROCESSABLE_CONTENT, form, refusals);
        };
    }

    @GetMapping("/supervision/meetings/{id}")
    ModelAndView meeting(@PathVariable UUID id) {
        Watched.place();
        return shown(HttpStatus.OK, id, TaskForm.blank(), List.of());
    }

    @PostMapping("/supervision/meetings/{id}/tasks")
    ModelAndView set(@PathVariable UUID id, TaskForm form, RedirectAttributes redirect) {
        Watched.centre();
        return switch (meetings.set(id, form)) {
            case SetTask.Setting.Done done -> {
                redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("supervision.task.done", done.task().number().shown()));
                yield new ModelAndView("redirect:/supervision/meetings/" + id);
            }
            case SetTask.Setting.Refused(List<Refusal> refusals) -> shown(HttpStatus.UNPROCESSABLE_CONTENT, id, form, refusals);
        };
    }

    private static ModelAndView form(HttpStatus status, MeetingForm form, List<Refusal> refusals) {
        ModelAndView shown = new ModelAndView("supervision/meetings/form", Map.of("form", form, "refusals", refusals));
        shown.setStatus(status);
        return shown;
    }

    private ModelAndView shown(HttpStatus status, UUID id, TaskForm form, List<Refusal> refusals) {
        Meeting meeting = meetings.get(id);
        String unit = directory.findUnit(meeting.unit()).map(Unit::name).orElse("");
        String person = Optional.ofNullable(directory.people(List.of(meeting.person())).get(meeting.person())).map(Person::name).orElse("");
        MeetingPage page = new MeetingPage(id.toString(), meeting.heldOn(), meeting.title(), names(meeting, directory.units(meeting.units())).toList(),
                meeting.words(), unit + " · " + person, meeting.at(), meeting.corrects().map(MeetingsController::href), meeting.correctedBy().map(MeetingsController::href),
                matters.rows(meetings.tasks(id)), Watched.atACentre());
        ModelAndView shown = new ModelAndView("supervision/meetings/page", Map.of("page", page, "form", form, "refusals", refusals));
        shown.setStatus(status);
        return shown;
    }

    private static String href(UUID meeting) {
        return "/supervision/meetings/" + meeting;
    }

    private static java.util.stream.Stream<String> names(Meeting meeting, Map<UUID, Unit> units) {
        return meeting.units().stream().map(units::get).filter(java.util.Objects::nonNull).map(Unit::name);
    }
}
