package org.heshi.directory.handling;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.heshi.directory.Categories;
import org.heshi.directory.DispatchRules;
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
class RulesPages {

    private final HandlingRules rules;
    private final DispatchRules kept;
    private final Categories categories;

    RulesPages(HandlingRules rules, DispatchRules kept, Categories categories) {
        this.rules = rules;
        this.kept = kept;
        this.categories = categories;
    }

    @GetMapping("/admin/handling")
    String list(HeldPost by, @RequestParam(defaultValue = "") String category, @RequestParam(required = false) UUID after, Locale locale, Model model) {
        String known = categories.find(category).isPresent() ? category : "";
        model.addAttribute("rules", rules.list(by, known, after == null ? "" : after.toString(), locale));
        model.addAttribute("category", known);
        model.addAttribute("first", after == null);
        model.addAttribute("levels", categories.children(""));
        return organ(by, model, rules.receivingOrgan(by).map(Unit::name).orElse(""), List.of(), Map.of());
    }

    @PostMapping("/admin/handling/organ")
    String receive(HeldPost by, @RequestParam(defaultValue = "") String organ, @RequestParam(defaultValue = "") String organPicked, Locale locale,
            Model model, HttpServletResponse response, RedirectAttributes redirect) {
        return switch (rules.receive(by, organ, organPicked)) {
            case Answer.Done _ -> done(redirect);
            case Answer.Refused(List<Refusal> refusals, Map<String, List<Candidate>> candidates) -> {
                response.setStatus(422);
                list(by, "", null, locale, model);
                yield organ(by, model, organ, refusals, candidates);
            }
        };
    }

    @GetMapping("/admin/handling/new")
    String blank(@RequestParam(defaultValue = "") String category, Model model) {
        return form(model, new RuleForm(category, "", "", "", "", "", "", "", "", "", "", ""), List.of(), Map.of());
    }

    @PostMapping("/admin/handling/new")
    String add(HeldPost by, RuleForm form, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        return switch (rules.add(by, form)) {
            case Answer.Done _ -> done(redirect);
            case Answer.Refused(List<Refusal> refusals, Map<String, List<Candidate>> candidates) -> {
                response.setStatus(422);
                yield form(model, form, refusals, candidates);
            }
        };
    }

    @GetMapping("/admin/handling/{id}/end")
    String askEnd(HeldPost by, @PathVariable UUID id, Locale locale, Model model) {
        model.addAttribute("rule", rules.get(by, id, locale));
        return "directory/handling/end";
    }

    @GetMapping("/admin/handling/{id}")
    String rule(HeldPost by, @PathVariable UUID id, Locale locale, Model model) {
        model.addAttribute("rule", kept.get(id, by.division(), locale));
        model.addAttribute("history", kept.history(id));
        return "directory/handling/rule";
    }

    @PostMapping("/admin/handling/{id}/end")
    String end(HeldPost by, @PathVariable UUID id, Locale locale, RedirectAttributes redirect) {
        rules.end(rules.get(by, id, locale).id());
        return done(redirect);
    }

    private static String done(RedirectAttributes redirect) {
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("directory.saved"));
        return "redirect:/admin/handling";
    }

    private String organ(HeldPost by, Model model, String organ, List<Refusal> refusals, Map<String, List<Candidate>> candidates) {
        model.addAttribute("ground", rules.placeName(by.division()));
        model.addAttribute("organ", organ);
        model.addAttribute("refusals", refusals);
        model.addAttribute("candidates", candidates);
        return "directory/handling/list";
    }

    private static String form(Model model, RuleForm form, List<Refusal> refusals, Map<String, List<Candidate>> candidates) {
        model.addAttribute("form", form);
        model.addAttribute("refusals", refusals);
        model.addAttribute("candidates", candidates);
        return "directory/handling/form";
    }
}
