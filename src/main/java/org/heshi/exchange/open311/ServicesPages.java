package org.heshi.exchange.open311;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import org.heshi.directory.Categories;
import org.heshi.directory.Category;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Role;
import org.heshi.divisions.Level;
import org.heshi.kernel.Flash;
import org.heshi.kernel.MenuItem;
import org.heshi.kernel.Refusal;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Which categories are offered to other programs, and what is asked with each. For the whole node, as the category tree is. */
@Controller
@ConditionalOnWebApplication
class ServicesPages {

    private static final String HERE = "/admin/open311";

    private final Catalogue catalogue;
    private final Categories categories;

    ServicesPages(Catalogue catalogue, Categories categories) {
        this.catalogue = catalogue;
        this.categories = categories;
    }

    @Bean
    static MenuItem open311Menu() {
        return new MenuItem("open311.menu", HERE, "flow", 165, Set.of(Role.ADMINISTRATOR.code()));
    }

    @GetMapping(HERE)
    String list(HeldPost by, @RequestParam(defaultValue = "") String under, Locale locale, Model model) {
        Catalogue.Offer offer = catalogue.offer();
        List<Category> shown = categories.children(category(under).map(Category::code).orElse(""));
        model.addAttribute("under", category(under).map(one -> categories.path(one.code(), locale)).orElse(""));
        model.addAttribute("editable", mayEdit(by));
        model.addAttribute("lines", shown.stream().map(one -> new ServiceLine(one.code(), Service.name(one, locale), one.level() < 3,
                offer.find(one.code()).isPresent(), offer.find(one.code()).map(service -> service.attributes().size()).orElse(0),
                offer.services().keySet().stream().filter(code -> code.length() > one.code().length() && code.startsWith(one.code())).count())).toList());
        return "exchange/open311/list";
    }

    private java.util.Optional<Category> category(String code) {
        return code.matches("([0-9]{2}){1,3}") ? categories.find(code) : java.util.Optional.empty();
    }

    @GetMapping(HERE + "/{code}")
    String form(@PathVariable String code, HeldPost by, Locale locale, Model model) {
        Category category = category(code).orElseThrow(() -> new NoSuchElementException("no such category"));
        ServiceForm form = catalogue.offer().find(code).map(ServiceForm::of).orElse(new ServiceForm("realtime", "", "", ""));
        return page(category, form, by, List.of(), locale, model);
    }

    @PostMapping(HERE + "/{code}")
    String keep(@PathVariable String code, HeldPost by, @RequestParam(defaultValue = "") String type, @RequestParam(defaultValue = "") String description,
            @RequestParam(defaultValue = "") String keywords, @RequestParam(defaultValue = "") String attributes, Locale locale, Model model,
            HttpServletResponse response, RedirectAttributes redirect) {
        Category category = category(code).orElseThrow(() -> new NoSuchElementException("no such category"));
        ServiceForm form = new ServiceForm(type, description, keywords, attributes);
        List<Refusal> refusals = mayEdit(by) ? form.refusals() : List.of(Refusal.of("open311-not-yours"));
        if (!refusals.isEmpty()) {
            response.setStatus(422);
            return page(category, form, by, refusals, locale, model);
        }
        catalogue.keep(code, form.batch(), form.description(), form.keywords(), form.asked());
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("open311.saved", Service.name(category, locale)));
        return "redirect:" + HERE + "?under=" + above(code);
    }

    @PostMapping(HERE + "/{code}/withdraw")
    String withdraw(@PathVariable String code, HeldPost by, Locale locale, RedirectAttributes redirect) {
        Category category = category(code).orElseThrow(() -> new NoSuchElementException("no such category"));
        if (!mayEdit(by)) {
            redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.warning("open311.not-yours"));
            return "redirect:" + HERE + "?under=" + above(code);
        }
        catalogue.withdraw(code);
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("open311.withdrawn", Service.name(category, locale)));
        return "redirect:" + HERE + "?under=" + above(code);
    }

    private String page(Category category, ServiceForm form, HeldPost by, List<Refusal> refusals, Locale locale, Model model) {
        model.addAttribute("code", category.code());
        model.addAttribute("above", above(category.code()));
        model.addAttribute("name", categories.path(category.code(), locale));
        model.addAttribute("form", form);
        model.addAttribute("offered", catalogue.offer().find(category.code()).isPresent());
        model.addAttribute("editable", mayEdit(by));
        model.addAttribute("refusals", refusals);
        return "exchange/open311/form";
    }

    private static String above(String code) {
        return code.substring(0, code.length() - 2);
    }

    /** The services are the whole node's: a town's administrator reads them only. */
    private static boolean mayEdit(HeldPost by) {
        return by.division().length() <= Level.COUNTY.digits();
    }
}
