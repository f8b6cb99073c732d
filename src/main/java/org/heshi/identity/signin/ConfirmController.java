package org.heshi.identity.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.heshi.access.Backoff;
import org.heshi.identity.SignedIn;
import org.heshi.identity.StaffSession;
import org.heshi.identity.account.AccountEvents;
import org.heshi.identity.account.AccountsJdbc;
import org.heshi.identity.account.Passwords;
import org.heshi.identity.factor.Factors;
import org.heshi.identity.passkey.Passkeys;
import org.heshi.identity.provider.Provider;
import org.heshi.identity.provider.ProviderAccounts;
import org.heshi.kernel.Refusal;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Where somebody who is signed in proves once more who they are, before what would hurt most if another sat at their desk. */
@Controller
@ConditionalOnWebApplication
class ConfirmController {

    private static final String PAGE = "identity/signin/confirm";
    private static final String PURPOSE = "confirm";

    private final AccountsJdbc accounts;
    private final Passwords passwords;
    private final Factors factors;
    private final Passkeys passkeys;
    private final Provider provider;
    private final ProviderAccounts bound;
    private final Backoff backoff;
    private final AccountEvents events;
    private final InstantSource clock;

    ConfirmController(AccountsJdbc accounts, Passwords passwords, Factors factors, Passkeys passkeys, Provider provider,
            ProviderAccounts bound, Backoff backoff, AccountEvents events, InstantSource clock) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.factors = factors;
        this.passkeys = passkeys;
        this.provider = provider;
        this.bound = bound;
        this.backoff = backoff;
        this.events = events;
        this.clock = clock;
    }

    @GetMapping("/confirm")
    String form(@RequestParam(defaultValue = "") String to, @RequestParam(defaultValue = "") String lost, Model model) {
        return page(to, model, lost.equals("yes"));
    }

    @PostMapping("/confirm")
    String confirm(@RequestParam(defaultValue = "") String to, @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String code, HttpServletRequest request, HttpServletResponse response, Model model) {
        SignedIn who = who();
        Optional<Refusal> refusal = password.isEmpty() && !code.isEmpty() ? byCode(who, code) : byPassword(who, password);
        if (refusal.isEmpty()) {
            StaffSession.prove(request, clock.instant());
            return "redirect:" + Destination.local(to);
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("refusals", List.of(refusal.get()));
        return page(to, model, false);
    }

    @ResponseBody
    @PostMapping(path = "/confirm/passkey/options", produces = MediaType.APPLICATION_JSON_VALUE)
    String askForPasskey(HttpServletRequest request) {
        return passkeys.ask(request, who().person());
    }

    @PostMapping("/confirm/passkey")
    String byPasskey(@RequestParam(defaultValue = "") String to, @RequestParam(defaultValue = "") String answer, HttpServletRequest request,
            HttpServletResponse response, Model model) {
        if (passkeys.answered(request, answer).filter(who().person()::equals).isPresent()) {
            StaffSession.prove(request, clock.instant());
            return "redirect:" + Destination.local(to);
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("refusals", List.of(Refusal.of("passkey.wrong")));
        return page(to, model, false);
    }

    private String page(String to, Model model, boolean lost) {
        model.addAttribute("passkey", !passkeys.of(who().person()).isEmpty());
        model.addAttribute("passkeyHost", passkeys.host());
        model.addAttribute("provider", provider.configured() && bound.boundAt(who().person(), provider.issuer()).isPresent());
        model.addAttribute("to", to);
        model.addAttribute("lost", lost);
        model.addAttribute("factor", factors.find(who().person()).isPresent());
        return PAGE;
    }

    private Optional<Refusal> byPassword(SignedIn who, String password) {
        Optional<Duration> wait = backoff.tryBegin(PURPOSE, who.getName(), SignIn.OF_NAME);
        if (wait.isPresent()) {
            return Optional.of(Refusal.at("password", "sign-in.wait", SignIn.minutes(wait.get())));
        }
        if (!passwords.matches(password, accounts.credentials(who.person()).map(AccountsJdbc.Credentials::password).orElse(null))) {
            events.refused(who.person(), "confirm-refused", "");
            return Optional.of(Refusal.at("password", "password.current"));
        }
        backoff.succeeded(PURPOSE, who.getName());
        return Optional.empty();
    }

    private Optional<Refusal> byCode(SignedIn who, String code) {
        return switch (factors.check(who.person(), code)) {
            case Factors.Check.Right _ -> Optional.empty();
            case Factors.Check.Wrong _ -> {
                events.refused(who.person(), "confirm-refused", "");
                yield Optional.of(Refusal.at("code", "factor.wrong"));
            }
            case Factors.Check.Wait(var wait) -> Optional.of(Refusal.at("code", "sign-in.wait", SignIn.minutes(wait)));
        };
    }

    private static SignedIn who() {
        return SignedIn.current().orElseThrow(() -> new IllegalStateException("nobody is signed in here"));
    }
}
