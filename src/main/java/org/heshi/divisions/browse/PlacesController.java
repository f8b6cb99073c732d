package org.heshi.divisions.browse;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.MenuItem;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** One address: the page, its list alone for htmx, and JSON for other programs. */
@Controller
class PlacesController {

    private static final int SHOWN = 20;

    private final Divisions divisions;

    PlacesController(Divisions divisions) {
        this.divisions = divisions;
    }

    @Bean
    static MenuItem placesMenu() {
        return new MenuItem("divisions.menu.places", "/places", "pin", 800, Set.of());
    }

    @GetMapping(path = "/places", produces = MediaType.TEXT_HTML_VALUE)
    String page(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String within, Model model, HttpServletResponse response) {
        model.addAttribute("page", page(q, within));
        response.addHeader(HttpHeaders.VARY, "HX-Request");
        return "divisions/browse/page";
    }

    /** htmx takes any type, and means the list. */
    @GetMapping(path = "/places", produces = MediaType.TEXT_HTML_VALUE, headers = "HX-Request")
    String part(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String within,
            @RequestHeader(name = "HX-History-Restore-Request", defaultValue = "false") boolean restored, Model model, HttpServletResponse response) {
        String page = page(q, within, model, response);
        return restored ? page : "divisions/browse/list";
    }

    /** A place as other programs get it. */
    record Found(String code, String name, String level, String fullName) {
    }

    @GetMapping(path = "/places", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<List<Found>> json(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String within) {
        return ResponseEntity.ok(page(q, within).places().stream()
                .map(p -> new Found(p.division().code(), p.division().name(), p.division().level().name(), p.fullName())).toList());
    }

    /** An unknown code is no page. */
    private PlacesPage page(String q, String within) {
        List<Division> path = within.isEmpty() ? List.of() : divisions.path(within);
        List<Division> found = q.isBlank() ? divisions.children(within) : divisions.search(q, within, SHOWN);
        return new PlacesPage(q.length() > 200 ? q.substring(0, 200) : q, path, named(found));
    }

    private List<PlacesPage.Place> named(Collection<Division> places) {
        Map<String, String> names = divisions.fullNames(places.stream().map(Division::code).toList());
        return places.stream().map(place -> new PlacesPage.Place(place, names.get(place.code()))).toList();
    }
}
