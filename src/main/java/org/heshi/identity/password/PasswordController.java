package org.heshi.identity.password;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heshi.access.Backoff;
import org.heshi.access.ClientAddress;
import org.heshi.access.Throttle;
import org.heshi.identity.Accounts;
import org.heshi.identity.SignedIn;
import org.heshi.identity.StaffSession;
import org.heshi.identity.BrowserKind;
import org.heshi.identity.account.AccountEvents;
import org.heshi.identity.account.AccountsJdbc;
import org.heshi.identity.account.PasswordRules;
import org.heshi.identity.account.Passwords;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Refusal;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Changing one's own password, and setting the first one by a link. */
@Controller
@ConditionalOnWebApplication
class PasswordController {

    private static final String PURPOSE = "password-change";
    private static final Backoff.Patience PATIENCE = new Backoff.Patience(5, Duration.ofSeconds(30), Duration.ofMinutes(15));

    private final AccountsJdbc accounts;
    private final Passwords passwords;
    private final Backoff backoff;
    private final Throttle throttle;
    private final AccountEvents events;
    private final CsrfTokenRepository tokens;
    private final InstantSource clock;

    PasswordController(AccountsJdbc accounts, Passwords passwords, Backoff backoff, Throttle throttle, AccountEvents events, CsrfTokenRepository tokens,
            InstantSource clock) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.backoff = backoff;
        this.throttle = throttle;
        this.events = events;
        this.tokens = tokens;
        this.clock = clock;
    }

    @GetMapping("/password")
    String form() {
        return "identity/password/change";
    }

    @PostMapping("/password")
    String change(@RequestParam(defaultValue = "") String current, @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String again, HttpServletRequest request, HttpServletResponse response, Model model,
            RedirectAttributes redirect) {
        SignedIn who = SignedIn.current().orElseThrow(() -> new IllegalStateException("nobody is signed in here"));
        List<Refusal> refusals = new ArrayList<>();
        Optional<Duration> wait = backoff.tryBegin(PURPOSE, who.getName(), PATIENCE);
        if (wait.isPresent()) {
            refusals.add(Refusal.at("current", "sign-in.wait", Math.max(1, wait.get().plusSeconds(59).toMinutes())));
        } else if (!passwords.matches(current, accounts.credentials(who.person()).map(AccountsJdbc.Credentials::password).orElse(null))) {
            refusals.add(Refusal.at("current", "password.current"));
        } else {
            backoff.succeeded(PURPOSE, who.getName());
            refusals.addAll(same(password, again));
            if (refusals.isEmpty()) {
                refusals.addAll(accounts.setPassword(who.person(), password));
            }
        }
        if (!refusals.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("refusals", refusals);
            return "identity/password/change";
        }
        // Every session ended with the old password; this one begins anew.
        StaffSession.begin(request, response, tokens, who, clock.instant());
        events.note(who.person(), "password-changed", who.person(), BrowserKind.of(request.getHeader("User-Agent")));
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("password.changed"));
        return "redirect:/password";
    }

    @GetMapping("/first/{secret}")
    String first(@PathVariable String secret, HttpServletRequest request, HttpServletResponse response, Model model) {
        if (!throttle.tryTake("first-link", ClientAddress.of(request), 30, Duration.ofMinutes(10))) {
            throw new ResponseStatusException(HttpStatus.TOO_MANY_REQUESTS);
        }
        Optional<Accounts.Account> holder = accounts.holderOfLink(secret);
        if (holder.isEmpty()) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
            return "identity/password/dead";
        }
        model.addAttribute("name", holder.get().name());
        return "identity/password/first";
    }

    @PostMapping("/first/{secret}")
    String setFirst(@PathVariable String secret, @RequestParam(defaultValue = "") String password, @RequestParam(defaultValue = "") String again,
            HttpServletRequest request, HttpServletResponse response, Model model, RedirectAttributes redirect) {
        if (!throttle.tryTake("first-link", ClientAddress.of(request), 30, Duration.ofMinutes(10))) {
            throw new ResponseStatusException(HttpStatus.TOO_MANY_REQUESTS);
        }
        Optional<Accounts.Account> holder = accounts.holderOfLink(secret);
        if (holder.isEmpty()) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
            return "identity/password/dead";
        }
        List<Refusal> refusals = new ArrayList<>(same(password, again));
        refusals.addAll(PasswordRules.check(password, holder.get().name(), "password"));
        if (!refusals.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("name", holder.get().name());
            model.addAttribute("refusals", refusals);
            return "identity/password/first";
        }
        if (!accounts.useLink(secret, password)) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
            return "identity/password/dead";
        }
        events.note(holder.get().person(), "password-set", holder.get().person(), BrowserKind.of(request.getHeader("User-Agent")));
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("password.set"));
        return "redirect:/sign-in";
    }

    private static List<Refusal> same(String password, String again) {
        return PasswordRules.canonical(password).equals(PasswordRules.canonical(again)) ? List.of()
                : List.of(Refusal.at("again", "password.differs"));
    }
}
