package org.heshi.identity.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.List;
import org.heshi.access.ClientAddress;
import org.heshi.identity.SignedIn;
import org.heshi.identity.StaffSession;
import org.heshi.identity.factor.Factors;
import org.heshi.kernel.Refusal;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page where staff sign in; leads back to the page that was asked for. */
@Controller
@ConditionalOnWebApplication
class SignInController {

    private final SignIn signIn;
    private final Factors factors;
    private final CsrfTokenRepository tokens;
    private final InstantSource clock;

    SignInController(SignIn signIn, Factors factors, CsrfTokenRepository tokens, InstantSource clock) {
        this.signIn = signIn;
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
        return "identity/signin/page";
    }

    @PostMapping("/sign-in")
    String signIn(@RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String to, HttpServletRequest request, HttpServletResponse response, Model model) {
        return switch (signIn.attempt(name, password, ClientAddress.of(request))) {
            case SignIn.Answer.In(SignedIn who) -> {
                StaffSession.begin(request, response, tokens, who, clock.instant());
                yield "redirect:" + Destination.local(to);
            }
            case SignIn.Answer.Half(SignedIn who, boolean setUp) -> {
                if (setUp) {
                    factors.begin(who.person());
                }
                StaffSession.beginHalf(request, response, tokens, new StaffSession.Half(who, setUp, Destination.local(to), clock.instant()));
                yield setUp ? "redirect:/sign-in/set-up" : "redirect:/sign-in/step";
            }
            case SignIn.Answer.Refused(Refusal refusal) -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                model.addAttribute("form", new SignInForm(name, to));
                model.addAttribute("refusals", List.of(refusal));
                yield "identity/signin/page";
            }
        };
    }
}
