package org.heshi.identity.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.heshi.access.ClientAddress;
import org.heshi.identity.SignedIn;
import org.heshi.identity.StaffSession;
import org.heshi.identity.factor.Factors;
import org.heshi.identity.passkey.Passkeys;
import org.heshi.identity.provider.Provider;
import org.heshi.kernel.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** The page where staff sign in; leads back to the page that was asked for. */
@Controller
@ConditionalOnWebApplication
class SignInController {

    private static final String PAGE = "identity/signin/page";

    private final SignIn signIn;
    private final Places places;
    private final Passkeys passkeys;
    private final Provider provider;
    private final Factors factors;
    private final CsrfTokenRepository tokens;
    private final InstantSource clock;

    SignInController(SignIn signIn, Places places, Passkeys passkeys, Provider provider, Factors factors, CsrfTokenRepository tokens, InstantSource clock) {
        this.signIn = signIn;
        this.places = places;
        this.passkeys = passkeys;
        this.provider = provider;
        this.factors = factors;
        this.tokens = tokens;
        this.clock = clock;
    }

    @GetMapping("/sign-in")
    String form(@RequestParam(defaultValue = "") String to, @RequestParam(defaultValue = "") String why, Model model) {
        if (SignedIn.current().isPresent()) {
            return "redirect:" + Destination.local(to);
        }
        model.addAttribute("form", new SignInForm("", to));
        model.addAttribute("why", why);
        return PAGE;
    }

    @PostMapping("/sign-in")
    @Nullable String signIn(@RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String to, HttpServletRequest request, HttpServletResponse response, Model model) throws IOException {
        Optional<Places.Place> place = places.take(request);
        if (place.isEmpty()) {
            places.refuse(response);
            return null;
        }
        SignIn.Answer answer;
        try (Places.Place _ = place.get()) {
            answer = signIn.attempt(name, password, request);
        }
        return switch (answer) {
            case SignIn.Answer.In(SignedIn who) -> {
                StaffSession.begin(request, response, tokens, who, clock.instant());
                signIn.came(request, response, who.person(), "signed-in");
                yield "redirect:" + Destination.local(to);
            }
            case SignIn.Answer.Half(SignedIn who, boolean setUp) -> {
                if (setUp) {
                    factors.begin(who.person());
                }
                StaffSession.beginHalf(request, response, tokens, new StaffSession.Half(who, setUp, Destination.local(to), clock.instant(), null));
                yield setUp ? "redirect:/sign-in/set-up" : "redirect:/sign-in/step";
            }
            case SignIn.Answer.Refused(Refusal refusal) -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                yield refused(refusal, name, to, model);
            }
        };
    }

    @ResponseBody
    @PostMapping(path = "/sign-in/passkey/options", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> askForPasskey(HttpServletRequest request) {
        return signIn.askForPasskey(request, ClientAddress.of(request)).map(ResponseEntity::ok)
                .orElseGet(() -> ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS).build());
    }

    @PostMapping("/sign-in/passkey")
    String passkey(@RequestParam(defaultValue = "") String answer, @RequestParam(defaultValue = "") String to, HttpServletRequest request,
            HttpServletResponse response, Model model) {
        return switch (signIn.byPasskey(request, answer, ClientAddress.of(request))) {
            case SignIn.Answer.In(SignedIn who) -> {
                StaffSession.begin(request, response, tokens, who, clock.instant());
                signIn.came(request, response, who.person(), "signed-in-passkey");
                yield "redirect:" + Destination.local(to);
            }
            case SignIn.Answer.Half _ -> throw new IllegalStateException("a passkey is both factors");
            case SignIn.Answer.Refused(Refusal refusal) -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                yield refused(refusal, "", to, model);
            }
        };
    }

    private String refused(Refusal refusal, String name, String to, Model model) {
        model.addAttribute("form", new SignInForm(name, to));
        model.addAttribute("refusals", List.of(refusal));
        return PAGE;
    }

    @ModelAttribute("provider")
    boolean provider() {
        return provider.configured();
    }

    @ModelAttribute("passkeyHost")
    String passkeyHost() {
        return passkeys.host();
    }
}
