package org.heshi.identity.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.heshi.identity.Accounts;
import org.heshi.identity.StaffSession;
import org.heshi.identity.StaffSession.Half;
import org.heshi.identity.factor.Factors;
import org.heshi.identity.factor.SetUp;
import org.heshi.identity.passkey.Passkeys;
import org.heshi.kernel.Flash;
import org.heshi.kernel.Refusal;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What follows a right password where a second factor is asked for: its code, or setting one up. */
@Controller
@ConditionalOnWebApplication
class SecondStepController {

    private static final String START = "redirect:/sign-in";
    private static final String CODE_PAGE = "identity/signin/step";
    private static final String SET_UP_PAGE = "identity/signin/setup";

    private final SignIn signIn;
    private final Factors factors;
    private final Passkeys passkeys;
    private final Accounts accounts;
    private final CsrfTokenRepository tokens;
    private final InstantSource clock;
    private final String issuer;

    SecondStepController(SignIn signIn, Factors factors, Passkeys passkeys, Accounts accounts, CsrfTokenRepository tokens,
            InstantSource clock, @Value("${heshi.base-url}") URI base) {
        this.signIn = signIn;
        this.factors = factors;
        this.passkeys = passkeys;
        this.accounts = accounts;
        this.tokens = tokens;
        this.clock = clock;
        this.issuer = base.getHost();
    }

    @GetMapping("/sign-in/step")
    String code(HttpServletRequest request, Model model) {
        return half(request, false).map(half -> step(half, model)).orElse(START);
    }

    private String step(Half half, Model model) {
        model.addAttribute("to", half.to());
        model.addAttribute("code", factors.find(half.who().person()).isPresent());
        model.addAttribute("passkey", !passkeys.of(half.who().person()).isEmpty());
        model.addAttribute("passkeyHost", passkeys.host());
        return CODE_PAGE;
    }

    @PostMapping("/sign-in/step")
    String check(@RequestParam(defaultValue = "") String code, HttpServletRequest request, HttpServletResponse response, Model model,
            RedirectAttributes redirect) {
        Optional<Half> half = half(request, false);
        if (half.isEmpty()) {
            return START;
        }
        return switch (factors.check(half.get().who().person(), code)) {
            case Factors.Check.Right(Optional<Integer> codesLeft) -> switch (signIn.complete(half.get().who().person())) {
                case SignIn.Answer.In(var who) -> {
                    StaffSession.begin(request, response, tokens, who, clock.instant(), half.get().via());
                    signIn.came(request, response, who.person(), "signed-in-step");
                    codesLeft.ifPresent(left -> redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.warning("factor.code-used", left)));
                    yield "redirect:" + Destination.local(half.get().to());
                }
                case SignIn.Answer.Half _ -> throw new IllegalStateException("a second step asks for no other");
                case SignIn.Answer.Refused(Refusal refusal) -> refused(refusal, step(half.get(), model), response, model);
            };
            case Factors.Check.Wrong _ -> {
                signIn.stepRefused(request, half.get().who().person());
                yield refused(Refusal.at("code", "factor.wrong"), step(half.get(), model), response, model);
            }
            case Factors.Check.Wait(var wait) -> refused(Refusal.at("code", "sign-in.wait", SignIn.minutes(wait)), step(half.get(), model), response, model);
        };
    }

    @GetMapping("/sign-in/set-up")
    String setUp(HttpServletRequest request, Model model) {
        return half(request, true).map(half -> show(half, model)).orElse(START);
    }

    @PostMapping("/sign-in/set-up")
    String confirm(@RequestParam(defaultValue = "") String code, HttpServletRequest request, HttpServletResponse response, Model model) {
        Optional<Half> half = half(request, true);
        if (half.isEmpty()) {
            return START;
        }
        Optional<List<String>> codes = factors.confirm(half.get().who().person(), code);
        if (codes.isEmpty()) {
            String page = show(half.get(), model);
            return page.equals(SET_UP_PAGE) ? refused(Refusal.at("code", "factor.wrong"), page, response, model) : page;
        }
        return switch (signIn.complete(half.get().who().person())) {
            case SignIn.Answer.In(var who) -> {
                StaffSession.begin(request, response, tokens, who, clock.instant(), half.get().via());
                signIn.came(request, response, who.person(), "signed-in-step");
                model.addAttribute("codes", codes.get());
                model.addAttribute("next", Destination.local(half.get().to()));
                yield "identity/factor/codes";
            }
            case SignIn.Answer.Half _ -> throw new IllegalStateException("a second step asks for no other");
            case SignIn.Answer.Refused _ -> START;
        };
    }

    private String show(Half half, Model model) {
        Optional<byte[]> secret = factors.pending(half.who().person());
        if (secret.isEmpty()) {
            return START;
        }
        String name = accounts.find(half.who().person()).orElseThrow().name();
        model.addAttribute("setUp", SetUp.of(secret.get(), issuer, name));
        return SET_UP_PAGE;
    }

    private Optional<Half> half(HttpServletRequest request, boolean setUp) {
        return StaffSession.half(request, clock.instant()).filter(half -> half.setUp() == setUp);
    }

    private static String refused(Refusal refusal, String page, HttpServletResponse response, Model model) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("refusals", List.of(refusal));
        return page;
    }
}
