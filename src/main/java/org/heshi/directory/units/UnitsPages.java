package org.heshi.directory.units;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Unit;
import org.heshi.directory.desk.Answer;
import org.heshi.directory.desk.Candidate;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Refusal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class UnitsPages {

    private final UnitViews views;
    private final UnitEditing editing;

    UnitsPages(UnitViews views, UnitEditing editing) {
        this.views = views;
        this.editing = editing;
    }

    @GetMapping("/admin/units")
    String list(HeldPost by, @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String type,
            @RequestParam(defaultValue = "false") boolean ended, @RequestParam(required = false) UUID after, Model model) {
        String known = UnitEditing.typeOf(type).isPresent() ? type : "";
        model.addAttribute("units", views.list(by, q, known, ended, after == null ? "" : after.toString()));
        model.addAttribute("q", q);
        model.addAttribute("type", known);
        model.addAttribute("ended", ended);
        model.addAttribute("first", after == null);
        return "directory/units/list";
    }

    @GetMapping("/admin/units/new")
    String blank(HeldPost by, Model model) {
        return form(model, new UnitForm("", "", by.division().length() > 6 ? by.division() : "", "", "", ""), List.of(), Map.of(), "");
    }

    @PostMapping("/admin/units/new")
    String add(HeldPost by, UnitForm form, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        return switch (editing.add(by, form)) {
            case Answer.Done(String id) -> {
                redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("directory.units.added", form.name().strip()));
                yield "redirect:/admin/units/" + id;
            }
            case Answer.Refused(List<Refusal> refusals, Map<String, List<Candidate>> candidates) -> {
                response.setStatus(422);
                yield form(model, form, refusals, candidates, "");
            }
        };
    }

    @GetMapping("/admin/units/{id}")
    String page(HeldPost by, @PathVariable UUID id, Locale locale, Model model) {
        model.addAttribute("page", views.page(by, id, locale));
        return "directory/units/page";
    }

    @GetMapping("/admin/units/{id}/edit")
    String edit(HeldPost by, @PathVariable UUID id, Locale locale, Model model) {
        UnitPage page = views.page(by, id, locale);
        Unit unit = page.unit();
        return form(model, new UnitForm(unit.name(), unit.type().code(), unit.division(), "", page.parent().map(Unit::name).orElse(""),
                unit.parent().map(UUID::toString).orElse("")), List.of(), Map.of(), id.toString());
    }

    @PostMapping("/admin/units/{id}/edit")
    String change(HeldPost by, @PathVariable UUID id, UnitForm form, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        return switch (editing.change(by, views.get(by, id), form)) {
            case Answer.Done _ -> {
                redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("directory.saved"));
                yield "redirect:/admin/units/" + id;
            }
            case Answer.Refused(List<Refusal> refusals, Map<String, List<Candidate>> candidates) -> {
                response.setStatus(422);
                yield form(model, form, refusals, candidates, id.toString());
            }
        };
    }

    @GetMapping("/admin/units/{id}/end")
    String askEnd(HeldPost by, @PathVariable UUID id, Locale locale, Model model) {
        return end(model, views.page(by, id, locale), List.of());
    }

    @PostMapping("/admin/units/{id}/end")
    String end(HeldPost by, @PathVariable UUID id, Locale locale, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        Unit unit = views.get(by, id);
        return switch (editing.end(by, unit)) {
            case Answer.Done _ -> {
                redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("directory.units.ended", unit.name()));
                yield "redirect:/admin/units";
            }
            case Answer.Refused refused -> {
                response.setStatus(422);
                yield end(model, views.page(by, id, locale), refused.refusals());
            }
        };
    }

    private static String end(Model model, UnitPage page, List<Refusal> refusals) {
        model.addAttribute("page", page);
        model.addAttribute("refusals", refusals);
        return "directory/units/end";
    }

    /** @param unit id of the unit that is changed; empty when it is a new one */
    private static String form(Model model, UnitForm form, List<Refusal> refusals, Map<String, List<Candidate>> candidates, String unit) {
        model.addAttribute("form", form);
        model.addAttribute("refusals", refusals);
        model.addAttribute("candidates", candidates);
        model.addAttribute("unit", unit);
        return "directory/units/form";
    }
}
