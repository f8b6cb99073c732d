package org.heshi.matters.procedure;

import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What happens with a matter, for everybody to read before and while they have one. */
@Controller
class ProcedureController {

    private final PublishedProcedures procedures;

    ProcedureController(PublishedProcedures procedures) {
        this.procedures = procedures;
    }

    @GetMapping("/procedures")
    String list(Model model) {
        model.addAttribute("procedures", procedures.all());
        return "matters/procedure/list";
    }

    @GetMapping("/procedures/{kind}")
    String one(@PathVariable String kind, @RequestParam Optional<String> version, Locale locale, Model model) {
        int wanted = version.map(ProcedureController::number).orElseGet(() -> procedures.current(kind).version());
        PublishedProcedures.Version found = procedures.findVersion(kind, wanted)
                .orElseThrow(() -> new NoSuchElementException("procedure " + kind + " version " + wanted));
        model.addAttribute("page", ProcedurePage.of(found, procedures.versions(kind), locale));
        return "matters/procedure/page";
    }

    private static int number(String version) {
        if (!version.matches("[0-9]{1,9}")) {
            throw new NoSuchElementException("procedure version " + version);
        }
        return Integer.parseInt(version);
    }
}
