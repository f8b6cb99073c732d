package org.heshi.divisions.grid;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.Grids;
import org.heshi.divisions.Level;
import org.heshi.kernel.Flash;
import org.heshi.kernel.MenuItem;
import org.heshi.kernel.Refusal;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The administrator adds, renames and ends grids and micro-grids. The security chain lets only administrators come here. */
@Controller
class GridsController {

    private static final int SEARCHED = 200;
    private static final int SHOWN = 30;

    private final Divisions divisions;
    private final Grids grids;

    GridsController(Divisions divisions, Grids grids) {
        this.divisions = divisions;
        this.grids = grids;
    }

    @Bean
    static MenuItem gridsMenu() {
        return new MenuItem("divisions.menu.grids", "/admin/grids", "pin", 920, Set.of("ADMINISTRATOR"));
    }

    @GetMapping("/admin/grids")
    String search(@RequestParam(defaultValue = "") String q, Model model) {
        List<Division> found = divisions.search(q, "", SEARCHED).stream().filter(d -> d.level().compareTo(Level.VILLAGE) >= 0).limit(SHOWN).toList();
        Map<String, String> names = divisions.fullNames(found.stream().map(Division::code).toList());
        model.addAttribute("page", new GridSearchPage(q.length() > 200 ? q.substring(0, 200) : q,
                found.stream().map(d -> new GridSearchPage.Found(d, names.get(d.code()))).toList()));
        return "divisions/grid/search";
    }

    @GetMapping("/admin/grids/{code}")
    String page(@PathVariable String code, Model model) {
        model.addAttribute("page", page(code, "", divisions.get(code).name(), List.of()));
        return "divisions/grid/page";
    }

    @PostMapping("/admin/grids/{code}")
    ModelAndView add(@PathVariable String code, @RequestParam(defaultValue = "") String names, RedirectAttributes redirect) {
        List<String> lines = names.lines().filter(line -> !line.isBlank()).toList();
        return switch (grids.add(code, lines)) {
            case Grids.Done done -> {
                redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("divisions.grid.added", done.places().size(), done.places().getFirst().code(),
                        done.places().getLast().code()));
                yield seeOther(code);
            }
            case Grids.Refused refused -> refused(page(code, names, divisions.get(code).name(), refused.reasons()));
        };
    }

    @PostMapping("/admin/grids/{code}/name")
    ModelAndView rename(@PathVariable String code, @RequestParam(defaultValue = "") String name, RedirectAttributes redirect) {
        return switch (grids.rename(code, name)) {
            case Grids.Done done -> {
                redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("divisions.grid.renamed", done.places().getFirst().name()));
                yield seeOther(code);
            }
            case Grids.Refused refused -> refused(page(code, "", name, refused.reasons()));
        };
    }

    @PostMapping("/admin/grids/{code}/end")
    ModelAndView end(@PathVariable String code, RedirectAttributes redirect) {
        return switch (grids.end(code)) {
            case Grids.Done done -> {
                redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("divisions.grid.ended", done.places().getFirst().name()));
                yield seeOther(code.substring(0, code.length() == Level.GRID.digits() ? Level.VILLAGE.digits() : Level.GRID.digits()));
            }
            case Grids.Refused refused -> refused(page(code, "", divisions.get(code).name(), refused.reasons()));
        };
    }

    private GridsPage page(String code, String names, String name, List<Refusal> refusals) {
        List<Division> path = divisions.path(code);
        if (path.getLast().level().compareTo(Level.VILLAGE) < 0) {
            throw new NoSuchElementException("grids stand below villages only, not below " + code);
        }
        return new GridsPage(path, divisions.children(code), names, name, refusals);
    }

    private static ModelAndView seeOther(String code) {
        ModelAndView answer = new ModelAndView("redirect:/admin/grids/" + code);
        answer.setStatus(HttpStatus.SEE_OTHER);
        return answer;
    }

    private static ModelAndView refused(GridsPage page) {
        ModelAndView answer = new ModelAndView("divisions/grid/page", Map.of("page", page));
        answer.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return answer;
    }
}
