package org.heshi.matters.templates;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.procedure.Procedure.Type;
import org.heshi.matters.procedure.Procedures;
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

/** Administrators keep the ready words that handlers choose from. */
@Controller
class TemplatesController {

    private final Templates templates;
    private final Procedures procedures;
    private final Directory directory;
    private final InstantSource clock;

    TemplatesController(Templates templates, Procedures procedures, Directory directory, InstantSource clock) {
        this.templates = templates;
        this.procedures = procedures;
        this.directory = directory;
        this.clock = clock;
    }

    @GetMapping("/templates")
    String list(Model model) {
        administrator();
        List<Template> all = templates.all();
        Map<UUID, Unit> units = directory.units(all.stream().flatMap(template -> template.unit().stream()).distinct().toList());
        Map<String, Bilingual> actions = actions();
        model.addAttribute("listed", all.stream().map(template -> new Listed(template,
                template.unit().map(units::get).map(Unit::name).orElse(""),
                actions.getOrDefault(template.action(), new Bilingual(template.action(), template.action())))).toList());
        return "matters/templates/list";
    }

    @GetMapping("/templates/new")
    ModelAndView blank() {
        administrator();
        return shown(HttpStatus.OK, new TemplateForm(Uuid7.at(clock.instant()), "", "answer", "", "", false, true, List.of(), List.of()));
    }

    @GetMapping("/templates/{id}")
    ModelAndView open(@PathVariable UUID id) {
        administrator();
        Template kept = templates.find(id).orElseThrow(() -> new NoSuchElementException("no template " + id));
        String unit = kept.unit().flatMap(directory::findUnit).map(Unit::name).orElse("");
        return shown(HttpStatus.OK, new TemplateForm(id, kept.title(), kept.action(), unit, kept.words(), kept.ended(), false, List.of(), List.of()));
    }

    @PostMapping("/templates/{id}")
    ModelAndView keep(@PathVariable UUID id, @RequestParam(defaultValue = "") String title, @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String unit, @RequestParam(defaultValue = "") String words,
            @RequestParam(defaultValue = "false") boolean ended, RedirectAttributes redirect) {
        administrator();
        TemplateForm typed = new TemplateForm(id, title.strip(), action, unit.strip(), words.strip(), ended, templates.find(id).isEmpty(), List.of(),
                List.of());
        List<Unit> found = typed.unit().isEmpty() ? List.of() : directory.searchUnits(typed.unit(), within(), 8);
        Optional<Unit> whose = found.stream().filter(one -> one.name().equals(typed.unit())).findFirst().or(() -> found.size() == 1
                ? Optional.of(found.getFirst()) : Optional.empty());
        List<Refusal> refusals = refusals(typed, actions().containsKey(action), whose);
        if (!refusals.isEmpty()) {
            return shown(HttpStatus.UNPROCESSABLE_CONTENT, typed.refused(refusals, found.stream().map(Unit::name).toList()));
        }
        templates.keep(new Template(id, whose.map(Unit::id), action, typed.title(), typed.words(), ended));
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("matters.templates.kept", typed.title()));
        return new ModelAndView("redirect:/templates");
    }

    /** Everything wrong with what was typed. */
    static List<Refusal> refusals(TemplateForm typed, boolean knownAction, Optional<Unit> whose) {
        List<Refusal> refusals = new ArrayList<>();
        if (typed.title().isEmpty()) {
            refusals.add(Refusal.at("title", "template-title-missing"));
        } else if (typed.title().codePointCount(0, typed.title().length()) > TemplateForm.TITLE) {
            refusals.add(Refusal.at("title", "template-too-long", TemplateForm.TITLE));
        }
        if (!knownAction) {
            refusals.add(Refusal.at("action", "template-action-unknown"));
        }
        if (!typed.unit().isEmpty() && whose.isEmpty()) {
            refusals.add(Refusal.at("unit", "template-unit-unknown", typed.unit()));
        }
        if (typed.words().isEmpty()) {
            refusals.add(Refusal.at("words", "template-words-missing"));
        } else if (typed.words().codePointCount(0, typed.words().length()) > TemplateForm.WORDS) {
            refusals.add(Refusal.at("words", "template-too-long", TemplateForm.WORDS));
        }
        return refusals;
    }

    private ModelAndView shown(HttpStatus status, TemplateForm form) {
        ModelAndView shown = new ModelAndView("matters/templates/form", Map.of("form", form, "actions", actions()));
        shown.setStatus(status);
        return shown;
    }

    /** The actions that take long words, by name: the same name in two kinds is one. */
    private Map<String, Bilingual> actions() {
        Map<String, Bilingual> actions = new LinkedHashMap<>();
        procedures.all().forEach(procedure -> procedure.actions().values().stream()
                .filter(action -> action.fields().stream().anyMatch(field -> field.type() == Type.TEXT))
                .sorted(Comparator.comparing(action -> !action.name().equals("answer")))
                .forEach(action -> actions.putIfAbsent(action.name(), action.title())));
        return actions;
    }

    private static String within() {
        String division = Acting.staff().held().division();
        return division.substring(0, Math.min(6, division.length()));
    }

    private static void administrator() {
        if (!Acting.staff().has(Role.ADMINISTRATOR)) {
            throw new AccessDeniedException("only administrators keep templates");
        }
    }
}
