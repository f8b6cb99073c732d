package org.heshi.matters.matter;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Looks;
import org.heshi.directory.Categories;
import org.heshi.directory.Directory;
import org.heshi.directory.Handling;
import org.heshi.directory.Unit;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.Level;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Flash;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Matters;
import org.heshi.matters.OwnPages;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.form.ActionForm;
import org.heshi.matters.form.Asked;
import org.heshi.matters.form.Forms;
import org.heshi.matters.form.Setting;
import org.heshi.matters.matter.ActPage.Suggestion;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Target;
import org.heshi.matters.procedure.Procedures;
import org.heshi.matters.queue.Line;
import org.heshi.matters.templates.Template;
import org.heshi.matters.templates.Templates;
import org.heshi.matters.view.Masked;
import org.heshi.matters.view.MatterViews;
import org.heshi.matters.view.MatterViews.HistoryItem;
import org.heshi.matters.view.MatterViews.MatterView;
import org.heshi.matters.view.MatterViews.QueueFilter;
import org.heshi.matters.view.MatterViews.Standing;
import org.heshi.matters.say.SayLink;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Doing one action on a matter: the form, what refuses it, what somebody else did meanwhile, and where to go after it. */
@Controller
class ActController {

    private static final String PAGE = "matters/matter/act";

    private final MatterViews views;
    private final Matters matters;
    private final Procedures procedures;
    private final Forms forms;
    private final Templates templates;
    private final Directory directory;
    private final Divisions divisions;
    private final Categories categories;
    private final Looks looks;
    private final MessageSource messages;
    private final List<OwnPages> ownPages;
    private final String baseUrl;

    ActController(MatterViews views, Matters matters, Procedures procedures, Forms forms, Templates templates, Directory directory,
            Divisions divisions, Categories categories, Looks looks, MessageSource messages, List<OwnPages> ownPages,
            @Value("${heshi.base-url:http://127.0.0.1:8080}") String baseUrl) {
        this.views = views;
        this.matters = matters;
        this.procedures = procedures;
        this.forms = forms;
        this.templates = templates;
        this.directory = directory;
        this.divisions = divisions;
        this.categories = categories;
        this.looks = looks;
        this.messages = messages;
        this.ownPages = ownPages;
        this.baseUrl = baseUrl;
    }

    @GetMapping("/matters/{number}/act/{action}")
    String form(@PathVariable String number, @PathVariable("action") String name, @RequestParam(defaultValue = "") String use, Locale locale,
            HttpServletRequest request, Model model, RedirectAttributes redirect) {
        UUID id = Known.matter(views, number);
        MatterView matter = opened(id);
        Optional<Action> action = views.nextActions(id).stream().filter(next -> next.name().equals(name)).findFirst();
        if (action.isEmpty()) {
            redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.warning("matters.act.not-now"));
            return "redirect:/matters/" + matter.number().digits();
        }
        String kind = matter.procedure().kind();
        Optional<String> elsewhere = ownPages.stream().flatMap(room -> room.forStaff(kind, name, matter.number()).stream()).findFirst();
        if (elsewhere.isPresent()) {
            return "redirect:" + elsewhere.get();
        }
        Optional<Handling> handling = handling(matter.standing(), action.get());
        Map<String, List<String>> filled = new LinkedHashMap<>();
        ownPages.forEach(room -> filled.putAll(room.filled(kind, name, id)));
        if (use.equals("suggestion")) {
            handling.ifPresent(found -> filled.putAll(filled(action.get(), found)));
        }
        filled.putAll(chosen(action.get(), request));
        ActionForm form = forms.blank(action.get(), matter.version(), setting(matter.standing(), action.get(), handling), filled);
        model.addAttribute("page", page(matter, form, handling, "", form.version(), locale));
        return PAGE;
    }

    @PostMapping("/matters/{number}/act/{action}")
    ModelAndView act(@PathVariable String number, @PathVariable("action") String name, @RequestParam(defaultValue = "") String then,
            @RequestParam(defaultValue = "") String template, @RequestParam(defaultValue = "") String fill,
            @RequestParam(name = Forms.KEY, defaultValue = "") String key, Locale locale, HttpServletRequest request, RedirectAttributes redirect) {
        MatterNumber asked = MatterNumber.parse(number).orElseThrow(() -> new NoSuchElementException("no matter " + number));
        Optional<Standing> standing = views.standing(asked);
        if (standing.isEmpty()) {
            // a double click on a step by which the matter left who did it: the second one finds it done
            return after(matters.doneBefore(asked, name, key).orElseThrow(() -> new NoSuchElementException("no matter " + number)), standing, then, redirect);
        }
        UUID id = standing.get().id();
        Action action = action(standing.get(), name);
        Optional<Handling> handling = handling(standing.get(), action);
        ActionForm form = forms.read(action, setting(standing.get(), action, handling), request);
        if (!fill.isEmpty()) {
            return shown(HttpStatus.OK, page(opened(id), filled(form, action, template), handling, template, form.version(), locale));
        }
        if (!form.ready()) {
            return shown(form.search().isPresent() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT,
                    page(opened(id), form, handling, template, form.version(), locale));
        }
        return switch (matters.act(Act.on(id, name, form.input(), form.version(), form.key()))) {
            case Answer.Done done -> action.effect() == Procedure.Effect.ASK_LINK && done.code().isPresent()
                    ? new ModelAndView("matters/say/link", Map.of("link", SayLink.of(done.number(), baseUrl, done.code().get())))
                    : after(done, standing, then, redirect);
            case Answer.Refused refused -> shown(HttpStatus.UNPROCESSABLE_CONTENT,
                    page(opened(id), form.refused(refused.refusals()), handling, template, form.version(), locale));
            case Answer.Stale stale -> shown(HttpStatus.CONFLICT,
                    page(opened(id), form.overtaken(stale.version()), handling, template, form.version(), locale));
        };
    }

    /** The whole matter for the page that is shown now, and the record that it was. What is done without being shown stands in the log as an entry. */
    private MatterView opened(UUID matter) {
        looks.record(matter);
        return views.get(matter);
    }

    /** The action as the matter's procedure has it; one that was sorted meanwhile is still read by the form it was typed into. */
    private Action action(Standing matter, String name) {
        return matter.procedure().findAction(name).or(() -> procedures.current(Procedure.INTAKE).findAction(name))
                .orElseThrow(() -> new NoSuchElementException("no action " + name));
    }

    private static ModelAndView shown(HttpStatus status, ActPage page) {
        ModelAndView shown = new ModelAndView(PAGE, Map.of("page", page));
        shown.setStatus(status);
        return shown;
    }

    private ModelAndView after(Answer.Done done, Optional<Standing> before, String then, RedirectAttributes redirect) {
        if (done.code().isPresent()) {
            return new ModelAndView("matters/matter/code", Map.of("number", done.number(), "code", done.code().get()));
        }
        Flash flash = done.made()
                .map(made -> Flash.done("matters.act.made", made.shown()))
                .orElseGet(() -> Flash.done("matters.act.done", done.number().shown()));
        redirect.addFlashAttribute(Flash.ATTRIBUTE, flash);
        if (then.equals("next")) {
            return new ModelAndView("redirect:" + views.queue(new QueueFilter(Optional.empty(), Optional.empty(), 2)).rows().stream()
                    .filter(row -> !row.id().equals(done.matter())).findFirst()
                    .map(row -> "/matters/" + row.number().digits()).orElse("/queue"));
        }
        // Who handed a matter on may no longer see it.
        MatterNumber number = done.number();
        if (!done.held() && views.find(number).isEmpty()) {
            return new ModelAndView("redirect:/queue");
        }
        return new ModelAndView("redirect:" + before.flatMap(was -> ownPages.stream().flatMap(room -> room.desk(was.procedure().kind(), was.id(), number).stream()).findFirst())
                .map(OwnPages.Desk::href).orElse("/matters/" + number.digits()));
    }

    /** @param seen the version that the person saw when they began to type */
    private ActPage page(MatterView matter, ActionForm form, Optional<Handling> handling, String chosen, int seen, Locale locale) {
        Action action = form.action();
        Optional<String> wording = Actions.wording(action).map(Procedure.Field::name);
        List<Template> ready = wording.isPresent() ? templates.offered(Acting.staff().unit(), action.name()) : List.of();
        List<HistoryItem> since = form.stale() ? views.history(matter.id()).stream().filter(item -> item.seq() > seen).toList() : List.of();
        boolean open = !form.stale() || views.nextActions(matter.id()).stream().anyMatch(next -> next.name().equals(action.name()));
        return new ActPage(matter, Line.level(matter.level()), form, handling.map(found -> suggestion(found, locale)), ready, chosen,
                wording.orElse(""), Actions.judges(action), since, open);
    }

    private Suggestion suggestion(Handling found, Locale locale) {
        return new Suggestion(found.lead().name(), found.helpers().stream().map(Unit::name).toList(),
                found.becauseCategory().isEmpty() ? "" : categories.path(found.becauseCategory(), locale),
                divisions.find(found.becauseDivision()).map(Division::name).orElse(found.becauseDivision()),
                found.ruled().flatMap(views::find).flatMap(_ -> found.ruling()));
    }

    /** What the rules say, never a unit that the matter is about. */
    private Optional<Handling> handling(Standing matter, Action action) {
        if (!Actions.dispatches(action)) {
            return Optional.empty();
        }
        Set<UUID> about = about(matter);
        return directory.whoHandles(matter.category().orElse(""), matter.division())
                .filter(found -> !about.contains(found.lead().id()))
                .map(found -> new Handling(found.lead(), found.helpers().stream().filter(unit -> !about.contains(unit.id())).toList(),
                        found.becauseCategory(), found.becauseDivision(), found.ruling(), found.ruled()));
    }

    /** The unit that the matter is about, with all below it. */
    private Set<UUID> about(Standing matter) {
        return matter.accused().map(unit -> directory.withSubUnits(unit).stream().map(Unit::id).collect(Collectors.toSet())).orElse(Set.of());
    }

    private Setting setting(Standing matter, Action action, Optional<Handling> handling) {
        List<Unit> suggested = new ArrayList<>();
        handling.ifPresent(found -> {
            suggested.add(found.lead());
            suggested.addAll(found.helpers());
        });
        action.fields().stream().flatMap(field -> field.offers().stream()).flatMap(from -> views.named(matter.id(), from).stream())
                .flatMap(unit -> directory.findUnit(unit).stream()).filter(unit -> !about(matter).contains(unit.id())).forEach(unit -> suggested.addFirst(unit));
        // who stands above a county's office may be the prefecture's
        int digits = action.guard().above().isEmpty() ? Level.COUNTY.digits() : Level.PROVINCE.digits();
        String within = matter.division().substring(0, Math.min(digits, matter.division().length()));
        return new Setting(matter.procedure(), within, suggested, atWork(matter, action), parties(matter, action), Optional.of(matter.id()));
    }

    /** The units whose people may be named: those who handle the matter and the one that acts. Asked only by forms that name a post. */
    private List<Unit> atWork(Standing matter, Action action) {
        if (action.fields().stream().noneMatch(field -> field.type() == Procedure.Type.POST)) {
            return List.of();
        }
        MatterView view = views.get(matter.id());
        Set<Unit> units = new java.util.LinkedHashSet<>();
        directory.findUnit(Acting.staff().unit()).ifPresent(units::add);
        view.lead().ifPresent(units::add);
        units.addAll(view.helpers());
        return List.copyOf(units);
    }

    /** Those whom the matter concerns, masked as on its page. Asked only by forms that name them. */
    private List<Setting.Party> parties(Standing matter, Action action) {
        if (action.fields().stream().noneMatch(field -> field.type() == Procedure.Type.PARTIES || field.type() == Procedure.Type.CLAUSES)) {
            return List.of();
        }
        return views.get(matter.id()).parties().stream().map(party -> new Setting.Party(party.party(), words("matters.party." + party.role()),
                Masked.of("name", party.contacts().getOrDefault("name", "")))).toList();
    }

    private Bilingual words(String key) {
        return new Bilingual(messages.getMessage(key, null, Locale.SIMPLIFIED_CHINESE), messages.getMessage(key, null, Locale.ENGLISH));
    }

    private static Map<String, List<String>> filled(Action action, Handling handling) {
        Map<String, List<String>> filled = new LinkedHashMap<>();
        for (Procedure.Field field : action.fields()) {
            if (field.sets().filter(Target.LEAD::equals).isPresent()) {
                filled.put(field.name(), List.of(handling.lead().id().toString()));
            } else if (field.sets().filter(Target.HELPERS::equals).isPresent()) {
                filled.put(field.name(), handling.helpers().stream().map(unit -> unit.id().toString()).toList());
            }
        }
        return filled;
    }

    /** Whom or what the link was about that led here: of the parties and of lists, which offer it themselves; words come from nobody but who types. */
    private static Map<String, List<String>> chosen(Action action, HttpServletRequest request) {
        Map<String, List<String>> chosen = new LinkedHashMap<>();
        for (Procedure.Field field : action.fields()) {
            String[] values = request.getParameterValues(field.name());
            if (values != null && (field.type() == Procedure.Type.PARTIES || field.type() == Procedure.Type.PICK)) {
                chosen.put(field.name(), List.of(values));
            }
        }
        return chosen;
    }

    /** The form with ready words put below what was already typed. */
    private ActionForm filled(ActionForm form, Action action, String template) {
        Optional<Template> chosen = templates.offered(Acting.staff().unit(), action.name()).stream()
                .filter(ready -> ready.id().toString().equals(template)).findFirst();
        Optional<String> wording = Actions.wording(action).map(Procedure.Field::name);
        if (chosen.isEmpty() || wording.isEmpty()) {
            return form;
        }
        List<Asked> asked = form.asked().stream().map(field -> field.name().equals(wording.get()) ? with(field, chosen.get().words()) : field).toList();
        return new ActionForm(form.action(), form.version(), form.key(), asked, List.of(), Optional.empty(), form.stale());
    }

    private static Asked with(Asked field, String words) {
        String typed = field.value().strip();
        return new Asked(field.field(), List.of(typed.isEmpty() ? words : typed + "\n" + words), field.find(), field.searched(), field.options(),
                field.files());
    }
}
