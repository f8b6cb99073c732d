package org.heshi.privacy.incidents;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The book of breaches, to write in, to read and to print. */
@Controller
class IncidentsController {

    private static final int LISTED = 200;
    private static final List<String> NEEDED = List.of("kinds", "cause", "harm", "remedy", "told-authority");

    private final Incidents incidents;
    private final Directory directory;
    private final InstantSource clock;

    IncidentsController(Incidents incidents, Directory directory, InstantSource clock) {
        this.incidents = incidents;
        this.directory = directory;
        this.clock = clock;
    }

    /** The three items of PIPL 57, that the authority was told, and that the people were told or why not. */
    private static List<String> missing(List<String> written) {
        Set<String> there = Set.copyOf(written);
        return Stream.concat(NEEDED.stream().filter(what -> !there.contains(what)),
                there.contains("told-people") || there.contains("not-told") ? Stream.of() : Stream.of("told-people")).toList();
    }

    @GetMapping("/privacy/incidents")
    String list(Model model) {
        model.addAttribute("incidents", incidents.list(LISTED).stream().map(one -> new IncidentPage.Short(one.id().toString(), one.title(), one.foundAt(),
                one.what().contains("closed"), missing(one.what()))).toList());
        return "privacy/incidents/list";
    }

    @GetMapping("/privacy/incidents/new")
    ModelAndView blank() {
        Incidents.keeper();
        return form(new IncidentForm("", "", ""), List.of(), HttpStatus.OK);
    }

    private static ModelAndView form(IncidentForm form, List<Refusal> refusals, HttpStatus status) {
        ModelAndView page = new ModelAndView("privacy/incidents/form", Map.of("form", form, "refusals", refusals));
        page.setStatus(status);
        return page;
    }

    @PostMapping("/privacy/incidents/new")
    ModelAndView begin(IncidentForm form, RedirectAttributes redirect) {
        return switch (incidents.begin(form)) {
            case Incidents.Keeping.Done(UUID id) -> {
                redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("privacy.incident.begun"));
                yield new ModelAndView("redirect:/privacy/incidents/" + id);
            }
            case Incidents.Keeping.Refused(List<Refusal> refusals) -> form(form, refusals, HttpStatus.UNPROCESSABLE_CONTENT);
        };
    }

    @GetMapping("/privacy/incidents/{id}")
    ModelAndView incident(@PathVariable UUID id) {
        return page(id, new NoteForm("", "", ""), List.of(), HttpStatus.OK);
    }

    @PostMapping("/privacy/incidents/{id}")
    ModelAndView add(@PathVariable UUID id, NoteForm form, RedirectAttributes redirect) {
        List<Refusal> refusals = incidents.add(id, form);
        if (!refusals.isEmpty()) {
            return page(id, form, refusals, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("privacy.incident.added"));
        return new ModelAndView("redirect:/privacy/incidents/" + id);
    }

    private ModelAndView page(UUID id, NoteForm form, List<Refusal> refusals, HttpStatus status) {
        Incidents.Incident incident = incidents.get(id);
        List<Incidents.Note> notes = incidents.notes(id);
        Map<UUID, Unit> units = directory.units(Stream.concat(Stream.of(incident.unit()), notes.stream().map(Incidents.Note::unit)).collect(Collectors.toSet()));
        List<IncidentPage.Line> lines = notes.stream().map(note -> {
            Instant when = note.doneAt().orElse(note.at());
            return new IncidentPage.Line(note.what(), note.words(), when, Math.max(0, Duration.between(incident.foundAt(), when).toHours()), name(units, note.unit()));
        }).toList();
        ModelAndView page = new ModelAndView("privacy/incidents/page", Map.of("page", new IncidentPage(id.toString(), incident.title(), incident.foundAt(), incident.at(),
                name(units, incident.unit()), lines, missing(incident.what()), Duration.between(incident.foundAt(), clock.instant()), form, refusals)));
        page.setStatus(status);
        return page;
    }

    private static String name(Map<UUID, Unit> units, UUID unit) {
        Unit known = units.get(unit);
        return known == null ? "" : known.name();
    }
}
