package org.heshi.identity.mine;

import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.UUID;
import org.heshi.directory.Directory;
import org.heshi.identity.SignedIn;
import org.heshi.identity.account.AccountEvents;
import org.heshi.identity.factor.Factors;
import org.heshi.identity.factor.RequiredFactor;
import org.heshi.identity.session.Visits;
import org.heshi.kernel.Flash;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One's own account: where one is signed in, and ending that. */
@Controller
@ConditionalOnWebApplication
class AccountController {

    private static final int EVENTS = 10;

    private final Visits visits;
    private final Factors factors;
    private final RequiredFactor required;
    private final AccountEvents events;
    private final Directory directory;
    private final InstantSource clock;

    AccountController(Visits visits, Factors factors, RequiredFactor required, AccountEvents events, Directory directory, InstantSource clock) {
        this.visits = visits;
        this.factors = factors;
        this.required = required;
        this.events = events;
        this.directory = directory;
        this.clock = clock;
    }

    @GetMapping("/account")
    String page(HttpServletRequest request, Model model) {
        UUID me = me();
        model.addAttribute("mine", new AccountPage(visits.of(me, request.getSession().getId()), factors.find(me),
                required.of(directory.heldPosts(me, clock.instant())), events.last(me, EVENTS)));
        return "identity/mine/page";
    }

    @PostMapping("/account/visits/{id}/end")
    String end(@PathVariable UUID id, RedirectAttributes redirect) {
        boolean ended = visits.end(me(), id);
        redirect.addFlashAttribute(Flash.ATTRIBUTE, ended ? Flash.done("account.visit.ended") : Flash.warning("account.visit.gone"));
        return "redirect:/account";
    }

    @PostMapping("/account/visits/end-others")
    String endOthers(HttpServletRequest request, RedirectAttributes redirect) {
        int ended = visits.endOthers(me(), request.getSession().getId());
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("account.visits.ended", ended));
        return "redirect:/account";
    }

    private static UUID me() {
        return SignedIn.current().orElseThrow(() -> new IllegalStateException("nobody is signed in here")).person();
    }
}
