package org.heshi.identity.mine;

import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.directory.Directory;
import org.heshi.identity.Accounts;
import org.heshi.identity.SignedIn;
import org.heshi.identity.factor.Factors;
import org.heshi.identity.factor.RequiredFactor;
import org.heshi.identity.factor.SetUp;
import org.heshi.identity.passkey.Passkeys;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Refusal;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One's own second factor: setting up, another authenticator, fresh recovery codes, doing without where no post demands one. */
@Controller
@ConditionalOnWebApplication
class FactorController {

    private static final String ACCOUNT = "redirect:/account";
    private static final String CODES = "identity/factor/codes";

    private final Factors factors;
    private final RequiredFactor required;
    private final Passkeys passkeys;
    private final Accounts accounts;
    private final Directory directory;
    private final InstantSource clock;
    private final String issuer;

    FactorController(Factors factors, RequiredFactor required, Passkeys passkeys, Accounts accounts, Directory directory,
            InstantSource clock, @Value("${heshi.base-url}") URI base) {
        this.factors = factors;
        this.required = required;
        this.passkeys = passkeys;
        this.accounts = accounts;
        this.directory = directory;
        this.clock = clock;
        this.issuer = base.getHost();
    }

    @PostMapping("/account/factor/begin")
    String begin() {
        factors.begin(me());
        return "redirect:/account/factor";
    }

    @GetMapping("/account/factor")
    String form(Model model) {
        Optional<byte[]> secret = factors.pending(me());
        if (secret.isEmpty()) {
            return ACCOUNT;
        }
        model.addAttribute("setUp", SetUp.of(secret.get(), issuer, accounts.find(me()).orElseThrow().name()));
        model.addAttribute("another", factors.find(me()).isPresent());
        return "identity/factor/setup";
    }

    @PostMapping("/account/factor")
    String confirm(@RequestParam(defaultValue = "") String code, HttpServletResponse response, Model model) {
        Optional<List<String>> codes = factors.confirm(me(), code);
        if (codes.isEmpty()) {
            String page = form(model);
            if (!page.equals(ACCOUNT)) {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                model.addAttribute("refusals", List.of(Refusal.at("code", "factor.wrong")));
            }
            return page;
        }
        return shown(codes.get(), model);
    }

    @PostMapping("/account/factor/codes")
    String freshCodes(Model model, RedirectAttributes redirect) {
        if (factors.find(me()).isEmpty()) {
            return ACCOUNT;
        }
        return shown(factors.freshCodes(me()), model);
    }

    @PostMapping("/account/factor/remove")
    String remove(RedirectAttributes redirect) {
        if (passkeys.of(me()).isEmpty() && required.of(directory.heldPosts(me(), clock.instant()))) {
            redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.warning("factor.required"));
        } else {
            factors.remove(me(), me());
            redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("factor.removed"));
        }
        return ACCOUNT;
    }

    private static String shown(List<String> codes, Model model) {
        model.addAttribute("codes", codes);
        model.addAttribute("next", "/account");
        return CODES;
    }

    private static UUID me() {
        return SignedIn.current().orElseThrow(() -> new IllegalStateException("nobody is signed in here")).person();
    }
}
