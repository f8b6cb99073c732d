package org.heshi.identity.mine;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.heshi.directory.Directory;
import org.heshi.identity.SignedIn;
import org.heshi.identity.account.AccountEvents;
import org.heshi.identity.factor.Factors;
import org.heshi.identity.factor.RequiredFactor;
import org.heshi.identity.passkey.Passkeys;
import org.heshi.identity.provider.Provider;
import org.heshi.identity.provider.ProviderAccounts;
import org.heshi.identity.session.Visits;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Refusal;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One's own account: where one is signed in, and ending that; passkeys. */
@Controller
@ConditionalOnWebApplication
class AccountController {

    private static final int EVENTS = 20;
    private static final Duration WEEK = Duration.ofDays(7);

    private final Visits visits;
    private final Factors factors;
    private final RequiredFactor required;
    private final Passkeys passkeys;
    private final Provider provider;
    private final ProviderAccounts bound;
    private final AccountEvents events;
    private final Directory directory;
    private final InstantSource clock;

    AccountController(Visits visits, Factors factors, RequiredFactor required, Passkeys passkeys, Provider provider, ProviderAccounts bound,
            AccountEvents events, Directory directory, InstantSource clock) {
        this.visits = visits;
        this.factors = factors;
        this.required = required;
        this.passkeys = passkeys;
        this.provider = provider;
        this.bound = bound;
        this.events = events;
        this.directory = directory;
        this.clock = clock;
    }

    @GetMapping("/account")
    String page(HttpServletRequest request, Model model) {
        return show(request, model);
    }

    private String show(HttpServletRequest request, Model model) {
        UUID me = me();
        model.addAttribute("mine", new AccountPage(visits.of(me, request.getSession().getId()), factors.find(me), demanded(), passkeys.of(me),
                passkeys.host(), provider.configured(), bound.boundAt(me, provider.issuer()), events.last(me, EVENTS), events.refusals(me, clock.instant().minus(WEEK))));
        return "identity/mine/page";
    }

    private boolean demanded() {
        return required.of(directory.heldPosts(me(), clock.instant()));
    }

    @ResponseBody
    @PostMapping(path = "/account/passkeys/options", produces = MediaType.APPLICATION_JSON_VALUE)
    String askForPasskey(HttpServletRequest request) {
        return passkeys.register(request, me());
    }

    @PostMapping("/account/passkeys")
    String addPasskey(@RequestParam(defaultValue = "") String label, @RequestParam(defaultValue = "") String answer, HttpServletRequest request,
            HttpServletResponse response, Model model, RedirectAttributes redirect) {
        List<Refusal> refusals = passkeys.registered(request, me(), label, answer);
        if (!refusals.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("refusals", refusals);
            model.addAttribute("label", label);
            return show(request, model);
        }
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("passkey.added"));
        return "redirect:/account";
    }

    @PostMapping("/account/passkeys/{id}/remove")
    String removePasskey(@PathVariable UUID id, RedirectAttributes redirect) {
        if (demanded() && factors.find(me()).isEmpty() && passkeys.of(me()).size() == 1) {
            redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.warning("factor.required"));
        } else if (passkeys.remove(me(), id)) {
            redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("passkey.removed"));
        }
        return "redirect:/account";
    }

    @PostMapping("/account/visits/{id}/end")
    String end(@PathVariable UUID id, RedirectAttributes redirect) {
        boolean ended = visits.end(me(), id);
        if (ended) {
            events.note(me(), "visit-ended", me());
        }
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
