package org.heshi.matters.matter;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.heshi.access.Looks;
import org.heshi.directory.Categories;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Endings;
import org.heshi.matters.OwnPages;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Relation;
import org.heshi.matters.procedure.Procedure.Step;
import org.heshi.matters.procedure.Procedure.Who;
import org.heshi.matters.procedure.Procedures;
import org.heshi.matters.queue.Line;
import org.heshi.matters.queue.Waited;
import org.heshi.matters.view.MatterViews;
import org.heshi.matters.view.MatterViews.MatterView;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** The page of one matter. That somebody opened it is written down before anything is shown. */
@Controller
class MatterController {

    private final MatterViews views;
    private final Looks looks;
    private final Procedures procedures;
    private final Categories categories;
    private final InstantSource clock;
    private final Endings endings;
    private final List<OwnPages> ownPages;

    MatterController(MatterViews views, Looks looks, Procedures procedures, Categories categories, InstantSource clock, Endings endings,
            List<OwnPages> ownPages) {
        this.views = views;
        this.looks = looks;
        this.procedures = procedures;
        this.categories = categories;
        this.clock = clock;
        this.endings = endings;
        this.ownPages = ownPages;
    }

    @GetMapping("/matters/{number}")
    String matter(@PathVariable String number, Locale locale, Model model) {
        UUID matter = Known.matter(views, number);
        looks.record(matter);
        model.addAttribute("page", page(matter, locale, false));
        return "matters/matter/page";
    }

    /**
     * Shows the contacts once, with this answer and no later one, and writes down that they were asked for; the reporter reads which office did. Nothing that a
     * browser keeps could show them again without the record.
     */
    @PostMapping("/matters/{number}/contacts")
    String contacts(@PathVariable String number, Locale locale, Model model) {
        UUID matter = Known.matter(views, number);
        if (views.get(matter).parties().stream().allMatch(MatterViews.Party::hidden)) {
            throw new NoSuchElementException("no contacts that who asks may see");
        }
        looks.record(matter, Looks.What.CONTACTS);
        model.addAttribute("page", page(matter, locale, true));
        return "matters/matter/page";
    }

    /** Whoever loads that answer again is led back. */
    @GetMapping("/matters/{number}/contacts")
    String back(@PathVariable String number) {
        return "redirect:/matters/" + MatterNumber.parse(number).map(MatterNumber::digits).orElseThrow(() -> new NoSuchElementException("no matter number"));
    }

    private MatterPage page(UUID id, Locale locale, boolean unmasked) {
        MatterView matter = views.get(id);
        List<Action> next = views.nextActions(id);
        List<Step> steps = matter.procedure().steps();
        Relation turn = matter.state().turn();
        return new MatterPage(matter, Line.level(matter.level()), steps.stream().map(Step::title).toList(), step(matter, steps),
                matter.category().map(code -> categories.path(code, locale)).orElse(""), labels(matter),
                Waited.between(matter.enteredAt(), clock.instant()), matter.outcome().map(code -> outcome(matter, code)),
                next.stream().filter(action -> Actions.bringsOn(action, turn))
                        .sorted(Comparator.comparing(action -> Actions.leadsBack(action, matter.procedure(), turn))).toList(),
                next.stream().filter(action -> !Actions.bringsOn(action, turn)).toList(),
                views.history(id).reversed(), views.charges(id), unmasked, endings.of(id),
                ownPages.stream().flatMap(room -> room.desk(matter.procedure().kind(), matter.id(), matter.number()).stream()).findFirst());
    }

    private static int step(MatterView matter, List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).name().equals(matter.state().step())) {
                return i + 1;
            }
        }
        return 1;
    }

    private static Bilingual outcome(MatterView matter, String code) {
        Bilingual words = matter.procedure().outcomes().get(code);
        return words == null ? new Bilingual(code, code) : words;
    }

    /** The words for contacts, from the forms that asked for them: those that staff fill in before those that speak to the resident. */
    private Map<String, Bilingual> labels(MatterView matter) {
        Map<String, Bilingual> labels = new HashMap<>();
        for (Procedure procedure : List.of(matter.procedure(), procedures.current(Procedure.INTAKE))) {
            procedure.actions().values().stream()
                    .sorted(Comparator.comparing(action -> action.who().stream().anyMatch(who -> who instanceof Who.Anyone || who instanceof Who.Reporter)))
                    .flatMap(action -> action.fields().stream()).filter(field -> field.type().contact())
                    .forEach(field -> labels.putIfAbsent(field.name(), field.label()));
        }
        return labels;
    }
}
