package org.heshi.identity.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.ClientAddress;
import org.heshi.access.Throttle;
import org.heshi.identity.Accounts;
import org.heshi.identity.SignedIn;
import org.heshi.identity.StaffSession;
import org.heshi.identity.factor.Factors;
import org.heshi.identity.passkey.Passkeys;
import org.heshi.identity.provider.LogoutTokens;
import org.heshi.identity.provider.Provider;
import org.heshi.identity.provider.Provider.Purpose;
import org.heshi.identity.provider.ProviderAccounts;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Refusal;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Signing in, binding and confirming at the county's own provider, and what it says when somebody signs out there. */
@Controller
@ConditionalOnWebApplication
class ProviderController {

    private static final String ACCOUNT = "redirect:/account";
    private static final Refusal AWAY = Refusal.of("provider.away");
    private static final Refusal WRONG = Refusal.of("provider.wrong");

    private final Provider provider;
    private final ProviderAccounts bound;
    private final LogoutTokens logoutTokens;
    private final SignIn signIn;
    private final Factors factors;
    private final Passkeys passkeys;
    private final Accounts accounts;
    private final Throttle throttle;
    private final CsrfTokenRepository tokens;
    private final InstantSource clock;

    ProviderController(Provider provider, ProviderAccounts bound, LogoutTokens logoutTokens, SignIn signIn, Factors factors, Passkeys passkeys,
            Accounts accounts, Throttle throttle, CsrfTokenRepository tokens, InstantSource clock) {
        this.provider = provider;
        this.bound = bound;
        this.logoutTokens = logoutTokens;
        this.signIn = signIn;
        this.factors = factors;
        this.passkeys = passkeys;
        this.accounts = accounts;
        this.throttle = throttle;
        this.tokens = tokens;
        this.clock = clock;
    }

    @PostMapping("/sign-in/provider")
    String signIn(@RequestParam(defaultValue = "") String to, HttpServletRequest request, HttpServletResponse response, Model model) {
        return ask(new Purpose.SigningIn(Destination.local(to)), request, response, model);
    }

    @GetMapping("/bind/{secret}")
    String bindForm(@PathVariable String secret, HttpServletRequest request, HttpServletResponse response, Model model) {
        Optional<UUID> holder = holder(secret, request);
        if (holder.isEmpty()) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
            return "identity/password/dead";
        }
        model.addAttribute("name", accounts.find(holder.get()).orElseThrow().name());
        return "identity/provider/bind";
    }

    @PostMapping("/bind/{secret}")
    String bind(@PathVariable String secret, HttpServletRequest request, HttpServletResponse response, Model model) {
        if (holder(secret, request).isEmpty()) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
            return "identity/password/dead";
        }
        return ask(new Purpose.Binding(secret), request, response, model);
    }

    @PostMapping("/account/provider/bind")
    String bindMine(HttpServletRequest request, HttpServletResponse response, Model model) {
        return ask(new Purpose.BindingMine(), request, response, model);
    }

    @PostMapping("/account/provider/unbind")
    String unbind(RedirectAttributes redirect) {
        UUID me = me().orElseThrow();
        bound.unbind(me, provider.issuer(), me);
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("provider.unbound"));
        return ACCOUNT;
    }

    @PostMapping("/confirm/provider")
    String confirm(@RequestParam(defaultValue = "") String to, HttpServletRequest request, HttpServletResponse response, Model model) {
        return ask(new Purpose.Confirming(Destination.local(to)), request, response, model);
    }

    /** Where the provider sends people back to. A GET, as the protocol has it; it answers a question that this browser asked and no other. */
    @GetMapping(Provider.BACK)
    String back(HttpServletRequest request, HttpServletResponse response, Model model, RedirectAttributes redirect) {
        Optional<Provider.Arrival> arrival = provider.back(request);
        if (arrival.isEmpty()) {
            return refused(WRONG, response, model);
        }
        String subject = arrival.get().subject();
        return switch (arrival.get().purpose()) {
            case Purpose.SigningIn(String to) -> bound.find(provider.issuer(), subject).map(person -> begin(person, arrival.get().via(), to, request, response,
                    model)).orElseGet(() -> refused(Refusal.of("provider.unknown"), response, model));
            case Purpose.Binding(String link) -> {
                if (!bound.useLink(link, provider.issuer(), subject)) {
                    yield refused(Refusal.of("provider.bound-already"), response, model);
                }
                redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("provider.bound"));
                yield "redirect:/sign-in";
            }
            case Purpose.BindingMine _ -> {
                boolean done = me().filter(person -> bound.bind(person, provider.issuer(), subject, person)).isPresent();
                redirect.addFlashAttribute(Flash.ATTRIBUTE, done ? Flash.done("provider.bound") : Flash.warning("provider.bound-already"));
                yield ACCOUNT;
            }
            case Purpose.Confirming(String to) -> {
                if (me().isEmpty() || !bound.find(provider.issuer(), subject).equals(me())) {
                    yield refused(WRONG, response, model);
                }
                StaffSession.prove(request, clock.instant());
                yield "redirect:" + to;
            }
        };
    }

    /** The provider says that somebody signed out there (OpenID Connect Back-Channel Logout 1.0). */
    @PostMapping("/sign-in/provider/ended")
    ResponseEntity<Void> ended(@RequestParam(name = "logout_token", defaultValue = "") String token, HttpServletRequest request) {
        boolean right = logoutTokens.end(request, token);
        return ResponseEntity.status(right ? HttpStatus.OK : HttpStatus.BAD_REQUEST).cacheControl(CacheControl.noStore()).build();
    }

    private String begin(UUID person, StaffSession.Via via, String to, HttpServletRequest request, HttpServletResponse response, Model model) {
        return switch (signIn.byProvider(person, provider.bothFactors())) {
            case SignIn.Answer.In(SignedIn who) -> {
                StaffSession.begin(request, response, tokens, who, clock.instant(), via);
                signIn.came(request, response, who.person(), "signed-in-provider");
                yield "redirect:" + to;
            }
            case SignIn.Answer.Half(SignedIn who, boolean setUp) -> {
                if (setUp) {
                    factors.begin(who.person());
                }
                StaffSession.beginHalf(request, response, tokens, new StaffSession.Half(who, setUp, to, clock.instant(), via));
                yield setUp ? "redirect:/sign-in/set-up" : "redirect:/sign-in/step";
            }
            case SignIn.Answer.Refused(Refusal refusal) -> refused(refusal, response, model);
        };
    }

    private String ask(Purpose purpose, HttpServletRequest request, HttpServletResponse response, Model model) {
        return provider.ask(request, purpose).map(address -> "redirect:" + address).orElseGet(() -> refused(AWAY, response, model));
    }

    private String refused(Refusal refusal, HttpServletResponse response, Model model) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("form", new SignInForm("", ""));
        model.addAttribute("passkeyHost", passkeys.host());
        model.addAttribute("provider", provider.configured());
        model.addAttribute("refusals", List.of(refusal));
        return "identity/signin/page";
    }

    private Optional<UUID> holder(String secret, HttpServletRequest request) {
        if (!throttle.tryTake("first-link", ClientAddress.of(request), 30, Duration.ofMinutes(10))) {
            throw new ResponseStatusException(HttpStatus.TOO_MANY_REQUESTS);
        }
        return provider.configured() ? bound.holderOfLink(secret) : Optional.empty();
    }

    private static Optional<UUID> me() {
        return SignedIn.current().map(SignedIn::person);
    }
}
