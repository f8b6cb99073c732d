package org.heshi.directory.posts;

import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Person;
import org.heshi.directory.Post;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.directory.desk.Answer;
import org.heshi.directory.desk.Candidate;
import org.heshi.kernel.CivilTime;
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
class PostsPages {

    private final PostViews views;
    private final PostEditing editing;
    private final InstantSource clock;

    PostsPages(PostViews views, PostEditing editing, InstantSource clock) {
        this.views = views;
        this.editing = editing;
        this.clock = clock;
    }

    @GetMapping("/admin/units/{unit}/posts/new")
    String blank(HeldPost by, @PathVariable UUID unit, Model model) {
        return form(model, views.unit(by, unit), "", new PostForm("", List.of(), "", ""), List.of(), Map.of());
    }

    @PostMapping("/admin/units/{unit}/posts/new")
    String add(HeldPost by, @PathVariable UUID unit, PostForm form, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        Unit of = views.unit(by, unit);
        return switch (editing.add(by, of, form)) {
            case Answer.Done(String id) -> done(redirect, id);
            case Answer.Refused(List<Refusal> refusals, Map<String, List<Candidate>> candidates) -> {
                response.setStatus(422);
                yield form(model, of, "", form, refusals, candidates);
            }
        };
    }

    @GetMapping("/admin/posts/{id}")
    String page(HeldPost by, @PathVariable UUID id, Model model) {
        model.addAttribute("page", views.page(by, id));
        return "directory/posts/page";
    }

    @GetMapping("/admin/posts/{id}/edit")
    String edit(HeldPost by, @PathVariable UUID id, Model model) {
        PostPage page = views.page(by, id);
        Post post = page.post();
        return form(model, page.unit(), id.toString(), new PostForm(post.title(), post.roles().stream().map(Role::code).toList(),
                page.ownPlace().isPresent() ? post.division() : "", ""), List.of(), Map.of());
    }

    @PostMapping("/admin/posts/{id}/edit")
    String change(HeldPost by, @PathVariable UUID id, PostForm form, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        Post post = views.post(by, id);
        return switch (editing.change(by, post, form)) {
            case Answer.Done _ -> done(redirect, id.toString());
            case Answer.Refused(List<Refusal> refusals, Map<String, List<Candidate>> candidates) -> {
                response.setStatus(422);
                yield form(model, views.unit(by, post.unit()), id.toString(), form, refusals, candidates);
            }
        };
    }

    @GetMapping("/admin/posts/{id}/end")
    String askEnd(HeldPost by, @PathVariable UUID id, Model model) {
        return end(model, views.page(by, id), List.of());
    }

    @PostMapping("/admin/posts/{id}/end")
    String end(HeldPost by, @PathVariable UUID id, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        Post post = views.post(by, id);
        return switch (editing.end(by, post)) {
            case Answer.Done _ -> {
                redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("directory.posts.ended", post.title()));
                yield "redirect:/admin/units/" + post.unit();
            }
            case Answer.Refused refused -> {
                response.setStatus(422);
                yield end(model, views.page(by, id), refused.refusals());
            }
        };
    }

    @GetMapping("/admin/posts/{id}/assign")
    String askAssign(HeldPost by, @PathVariable UUID id, Model model) {
        return assign(model, views.page(by, id), new AssignForm("", "", "", "", CivilTime.dateOf(clock.instant()).toString(), ""), List.of(), Map.of());
    }

    @PostMapping("/admin/posts/{id}/assign")
    String assign(HeldPost by, @PathVariable UUID id, AssignForm form, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        return switch (editing.assign(by, views.post(by, id), form)) {
            case Answer.Done _ -> done(redirect, id.toString());
            case Answer.Refused(List<Refusal> refusals, Map<String, List<Candidate>> candidates) -> {
                response.setStatus(422);
                yield assign(model, views.page(by, id), form, refusals, candidates);
            }
        };
    }

    @GetMapping("/admin/holdings/{id}/end")
    String askRelease(HeldPost by, @PathVariable UUID id, Model model) {
        return release(model, views.page(by, views.postOfHolding(by, id).id()), id, "", List.of());
    }

    @PostMapping("/admin/holdings/{id}/end")
    String release(HeldPost by, @PathVariable UUID id, @RequestParam(defaultValue = "") String now, @RequestParam(defaultValue = "") String last,
            Model model, HttpServletResponse response, RedirectAttributes redirect) {
        Post post = views.postOfHolding(by, id);
        return switch (editing.release(by, post, id, now, last)) {
            case Answer.Done _ -> done(redirect, post.id().toString());
            case Answer.Refused refused -> {
                response.setStatus(422);
                yield release(model, views.page(by, post.id()), id, last, refused.refusals());
            }
        };
    }

    @GetMapping("/admin/holdings/{id}/leave")
    String askLeave(HeldPost by, @PathVariable UUID id, Model model) {
        return leave(model, views.page(by, views.postOfHolding(by, id).id()), id, new LeaveForm("", "", "", ""), List.of(), Map.of());
    }

    @PostMapping("/admin/holdings/{id}/leave")
    String leave(HeldPost by, @PathVariable UUID id, LeaveForm form, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        Post post = views.postOfHolding(by, id);
        return switch (editing.leave(by, post, id, form)) {
            case Answer.Done _ -> done(redirect, post.id().toString());
            case Answer.Refused(List<Refusal> refusals, Map<String, List<Candidate>> candidates) -> {
                response.setStatus(422);
                yield leave(model, views.page(by, post.id()), id, form, refusals, candidates);
            }
        };
    }

    @PostMapping("/admin/leaves/{id}/end")
    String back(HeldPost by, @PathVariable UUID id, RedirectAttributes redirect) {
        Post post = views.postOfLeave(by, id);
        editing.back(post, id);
        return done(redirect, post.id().toString());
    }

    @GetMapping("/admin/people/{id}")
    String person(HeldPost by, @PathVariable UUID id, Model model) {
        Person person = editing.person(by, id);
        return person(model, id, new PersonForm(person.name(), person.phone().orElse(""), person.email().orElse("")), List.of());
    }

    @PostMapping("/admin/people/{id}")
    String changePerson(HeldPost by, @PathVariable UUID id, PersonForm form, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        return switch (editing.changePerson(by, id, form)) {
            case Answer.Done _ -> {
                redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("directory.saved"));
                yield "redirect:/admin/people/" + id;
            }
            case Answer.Refused refused -> {
                response.setStatus(422);
                yield person(model, id, form, refused.refusals());
            }
        };
    }

    private static String done(RedirectAttributes redirect, String post) {
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("directory.saved"));
        return "redirect:/admin/posts/" + post;
    }

    private static String form(Model model, Unit unit, String post, PostForm form, List<Refusal> refusals, Map<String, List<Candidate>> candidates) {
        model.addAttribute("unit", unit);
        model.addAttribute("post", post);
        model.addAttribute("form", form);
        model.addAttribute("refusals", refusals);
        model.addAttribute("candidates", candidates);
        return "directory/posts/form";
    }

    private static String end(Model model, PostPage page, List<Refusal> refusals) {
        model.addAttribute("page", page);
        model.addAttribute("refusals", refusals);
        return "directory/posts/end";
    }

    private static String assign(Model model, PostPage page, AssignForm form, List<Refusal> refusals, Map<String, List<Candidate>> candidates) {
        model.addAttribute("page", page);
        model.addAttribute("form", form);
        model.addAttribute("refusals", refusals);
        model.addAttribute("candidates", candidates);
        return "directory/posts/assign";
    }

    private static String release(Model model, PostPage page, UUID holding, String last, List<Refusal> refusals) {
        model.addAttribute("page", page);
        model.addAttribute("held", page.held().stream().filter(held -> held.id().equals(holding)).findFirst().orElseThrow());
        model.addAttribute("last", last);
        model.addAttribute("refusals", refusals);
        return "directory/posts/release";
    }

    private static String leave(Model model, PostPage page, UUID holding, LeaveForm form, List<Refusal> refusals,
            Map<String, List<Candidate>> candidates) {
        model.addAttribute("page", page);
        model.addAttribute("held", page.held().stream().filter(held -> held.id().equals(holding)).findFirst().orElseThrow());
        model.addAttribute("form", form);
        model.addAttribute("refusals", refusals);
        model.addAttribute("candidates", candidates);
        return "directory/posts/leave";
    }

    private static String person(Model model, UUID id, PersonForm form, List<Refusal> refusals) {
        model.addAttribute("person", id);
        model.addAttribute("form", form);
        model.addAttribute("refusals", refusals);
        return "directory/posts/person";
    }
}
