package org.heshi.privacy.register;

import java.time.InstantSource;
import java.util.NoSuchElementException;
import org.heshi.access.Acting;
import org.heshi.directory.Role;
import org.heshi.kernel.CivilTime;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Impact assessments, for who watches over them, in each version of the register: older ones are kept for longer than the law asks (PIPL 55, 56). */
@Controller
class AssessmentsController {

    private final PurposeRegister register;
    private final InstantSource clock;

    AssessmentsController(PurposeRegister register, InstantSource clock) {
        this.register = register;
        this.clock = clock;
    }

    @GetMapping("/privacy/assessments")
    String page(@RequestParam(defaultValue = "") String version, Model model) {
        Acting.staffWith(Role.SUPERVISOR, Role.AUDITOR);
        int asked = version.isEmpty() ? register.version() : version.matches("[0-9]{1,6}") ? Integer.parseInt(version) : 0;
        PurposeRegister.Published shown = register.published(asked).orElseThrow(() -> new NoSuchElementException("no such version of the register"));
        model.addAttribute("page", AssessmentsPage.of(shown.version(), shown.publishedAt(), register.version(), shown.register(), CivilTime.dateOf(clock.instant())));
        return "privacy/register/assessments";
    }
}
