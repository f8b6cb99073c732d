package org.heshi.directory.categories;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.NoSuchElementException;
import org.heshi.directory.Categories;
import org.heshi.directory.Category;
import org.heshi.directory.HeldPost;
import org.heshi.directory.desk.Answer;
import org.heshi.directory.desk.Ground;
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
class CategoriesPages {

    private final Categories categories;
    private final CategoryEditing editing;

    CategoriesPages(Categories categories, CategoryEditing editing) {
        this.categories = categories;
        this.editing = editing;
    }

    @GetMapping("/admin/categories")
    String tree(HeldPost by, @RequestParam(defaultValue = "") String under, @RequestParam(defaultValue = "") String q, Model model) {
        model.addAttribute("path", path(under));
        model.addAttribute("under", under);
        model.addAttribute("q", q);
        model.addAttribute("found", q.isBlank() ? categories.children(under) : categories.search(q, 50));
        model.addAttribute("editable", Ground.maySetCategories(by));
        return "directory/categories/tree";
    }

    @GetMapping("/admin/categories/new")
    String blank(@RequestParam(defaultValue = "") String under, Model model) {
        return form(model, under, "", new CategoryForm("", ""), List.of());
    }

    @PostMapping("/admin/categories/new")
    String add(HeldPost by, @RequestParam(defaultValue = "") String under, CategoryForm form, Model model, HttpServletResponse response,
            RedirectAttributes redirect) {
        path(under);
        return switch (editing.add(by, under, form)) {
            case Answer.Done _ -> done(redirect, under);
            case Answer.Refused refused -> {
                response.setStatus(422);
                yield form(model, under, "", form, refused.refusals());
            }
        };
    }

    @GetMapping("/admin/categories/{code}/rename")
    String askRename(@PathVariable String code, Model model) {
        Category category = get(code);
        return form(model, CategoryEditing.parent(category), code, new CategoryForm(category.name(), category.nameEn()), List.of());
    }

    @PostMapping("/admin/categories/{code}/rename")
    String rename(HeldPost by, @PathVariable String code, CategoryForm form, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        Category category = get(code);
        return switch (editing.rename(by, category, form)) {
            case Answer.Done _ -> done(redirect, CategoryEditing.parent(category));
            case Answer.Refused refused -> {
                response.setStatus(422);
                yield form(model, CategoryEditing.parent(category), code, form, refused.refusals());
            }
        };
    }

    @GetMapping("/admin/categories/{code}/end")
    String askEnd(@PathVariable String code, Model model) {
        return end(model, get(code), List.of());
    }

    @PostMapping("/admin/categories/{code}/end")
    String end(HeldPost by, @PathVariable String code, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        Category category = get(code);
        return switch (editing.end(by, category)) {
            case Answer.Done _ -> done(redirect, CategoryEditing.parent(category));
            case Answer.Refused refused -> {
                response.setStatus(422);
                yield end(model, category, refused.refusals());
            }
        };
    }

    /** A current one. @throws NoSuchElementException when there is none */
    private Category get(String code) {
        return categories.find(code).filter(category -> categories.children(CategoryEditing.parent(category)).contains(category))
                .orElseThrow(() -> new NoSuchElementException("no such category"));
    }

    /** From the first level to this one; empty for an empty code. @throws NoSuchElementException when there is none, or no level is below it */
    private List<Category> path(String code) {
        if (code.length() > 4 || code.length() % 2 != 0) {
            throw new NoSuchElementException("nothing stands below such a category");
        }
        return java.util.stream.IntStream.rangeClosed(1, code.length() / 2).mapToObj(level -> get(code.substring(0, 2 * level))).toList();
    }

    private static String done(RedirectAttributes redirect, String under) {
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("directory.saved"));
        redirect.addAttribute("under", under);
        return "redirect:/admin/categories";
    }

    private String form(Model model, String under, String code, CategoryForm form, List<Refusal> refusals) {
        model.addAttribute("path", path(under));
        model.addAttribute("under", under);
        model.addAttribute("code", code);
        model.addAttribute("form", form);
        model.addAttribute("refusals", refusals);
        return "directory/categories/form";
    }

    private String end(Model model, Category category, List<Refusal> refusals) {
        model.addAttribute("category", category);
        model.addAttribute("below", categories.children(category.code()).size());
        model.addAttribute("refusals", refusals);
        return "directory/categories/end";
    }
}
