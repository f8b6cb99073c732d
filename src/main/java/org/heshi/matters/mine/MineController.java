package org.heshi.matters.mine;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.ClientAddress;
import org.heshi.access.ResidentSession;
import org.heshi.access.Throttle;
import org.heshi.kernel.Flash;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Contact;
import org.heshi.matters.CodeCarrier;
import org.heshi.matters.CodeCarrier.Way;
import org.heshi.matters.ResidentCodes;
import org.heshi.matters.CodeTries;
import org.heshi.matters.view.MatterViews;
import org.heshi.matters.view.MatterViews.MatterView;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * "My matters": what a resident put together, behind a code to their telephone or mailbox. Never a look-up by number or address: each matter came in with
 * its own number and code (decision 11).
 */
@Controller
class MineController {

    private static final String TICKET = "heshi-ask";
    private static final String HERE = "/follow/mine";
    private static final int ASKS_OF_ADDRESS = 30;
    private static final int CODES_AN_HOUR = 4;
    private static final int CODES_A_DAY = 10;
    private static final int WRONG_CODES = 30;
    private static final Duration WRONG_CODES_IN = Duration.ofMinutes(30);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ResidentAccounts accounts;
    private final ResidentCodes codes;
    private final MatterViews views;
    private final CodeCarrier carrier;
    private final Throttle throttle;
    private final InstantSource clock;
    private final int smsADay;
    private final int mailADay;

    MineController(ResidentAccounts accounts, ResidentCodes codes, MatterViews views, CodeCarrier carrier, Throttle throttle, InstantSource clock,
            @Value("${heshi.sms.a-day:2000}") int smsADay, @Value("${heshi.mail.codes-a-day:2000}") int mailADay) {
        this.accounts = accounts;
        this.codes = codes;
        this.views = views;
        this.carrier = carrier;
        this.throttle = throttle;
        this.clock = clock;
        this.smsADay = smsADay;
        this.mailADay = mailADay;
    }

    @GetMapping(HERE)
    ModelAndView mine(HttpServletRequest request) {
        return visitor(request).map(account -> page(account, "", List.of())).orElseGet(() -> asking("", List.of(), HttpStatus.OK));
    }

    /** Whatever number or address it is, the answer is the same, at once. */
    @PostMapping(HERE + "/code")
    ModelAndView ask(HttpServletRequest request, HttpServletResponse response, Locale language, @RequestParam(defaultValue = "") String contact) {
        Optional<Contact> parsed = Contact.parse(contact).filter(typed -> carrier.carries(typed.way()));
        if (parsed.isEmpty()) {
            return asking(contact, List.of(Refusal.at("contact", contact.isBlank() ? "required" : "mine-contact-" + blank("", List.of()).ways())),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
        if (!throttle.tryTake("mine-ask", ClientAddress.of(request), ASKS_OF_ADDRESS, HOUR)) {
            return asking(contact, List.of(Refusal.of("mine-wait", HOUR.toMinutes() / ASKS_OF_ADDRESS)), HttpStatus.TOO_MANY_REQUESTS);
        }
        Contact to = parsed.get();
        String total = to.way() == Way.SMS ? "mine-sms" : "mine-mail";
        int aDay = to.way() == Way.SMS ? smsADay : mailADay;
        // asked first and said to everybody alike, so that it tells of nobody; what is not sent after all does not count
        if (!throttle.tryTake(total, "all", aDay, Duration.ofDays(1))) {
            return asking(contact, List.of(Refusal.of("mine-none-left")), HttpStatus.TOO_MANY_REQUESTS);
        }
        boolean may = throttle.tryTake("mine-hour", to.address(), CODES_AN_HOUR, HOUR) && throttle.tryTake("mine-day", to.address(), CODES_A_DAY, Duration.ofDays(1));
        if (!may) {
            throttle.giveBack(total, "all", aDay, Duration.ofDays(1));
        }
        ResidentAccounts.Asked asked = accounts.ask(to, !may);
        if (may) {
            carrier.send(to.way(), to.address(), asked.code(), ResidentAccounts.CODE_LIVES.toMinutes(), language);
        }
        response.addHeader(HttpHeaders.SET_COOKIE, ticket(request, asked.ticket(), ResidentAccounts.CODE_LIVES));
        return new ModelAndView("redirect:" + HERE + "/code");
    }

    @GetMapping(HERE + "/code")
    ModelAndView code(@CookieValue(name = TICKET, defaultValue = "") String ticket) {
        return ticket.isEmpty() ? new ModelAndView("redirect:" + HERE) : typing(List.of(), HttpStatus.OK);
    }

    @PostMapping(HERE + "/enter")
    ModelAndView enter(HttpServletRequest request, HttpServletResponse response, @CookieValue(name = TICKET, defaultValue = "") String ticket,
            @RequestParam(defaultValue = "") String code) {
        if (ResidentAccounts.digits(code).isEmpty()) {
            return typing(List.of(Refusal.at("code", "required")), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        String address = ClientAddress.of(request);
        if (!throttle.tryTake("mine-code", address, WRONG_CODES, WRONG_CODES_IN)) {
            return typing(List.of(Refusal.of("mine-wait", 1)), HttpStatus.TOO_MANY_REQUESTS);
        }
        Optional<UUID> account = accounts.open(ticket, code);
        if (account.isEmpty()) {
            return typing(List.of(Refusal.at("code", "mine-wrong-code")), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        throttle.giveBack("mine-code", address, WRONG_CODES, WRONG_CODES_IN);
        response.addHeader(HttpHeaders.SET_COOKIE, ticket(request, "", Duration.ZERO));
        ResidentSession.enterAccount(request, account.get(), clock.instant());
        return new ModelAndView("redirect:" + HERE);
    }

    @PostMapping(HERE + "/add")
    ModelAndView add(HttpServletRequest request, @RequestParam(defaultValue = "") String number, @RequestParam(defaultValue = "") String code,
            RedirectAttributes redirect) {
        Optional<UUID> account = visitor(request);
        if (account.isEmpty()) {
            return gone();
        }
        Optional<MatterNumber> parsed = MatterNumber.parse(number);
        if (parsed.isEmpty() || code.isBlank()) {
            List<Refusal> refusals = new ArrayList<>();
            if (parsed.isEmpty()) {
                refusals.add(Refusal.at("number", "follow-not-a-number"));
            }
            if (code.isBlank()) {
                refusals.add(Refusal.at("code", "required"));
            }
            return refused(page(account.get(), number, refusals), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        // the same count as at the other door: an account gives nobody more guesses
        Optional<Refusal> wait = CodeTries.begin(throttle, request);
        if (wait.isPresent()) {
            return refused(page(account.get(), number, List.of(wait.get())), HttpStatus.TOO_MANY_REQUESTS);
        }
        Optional<Actor.Resident> whose = codes.open(parsed.get().digits(), code);
        if (whose.isEmpty()) {
            return refused(page(account.get(), number, List.of(Refusal.at("code", "follow-wrong-code"))), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        CodeTries.wasRight(throttle, request);
        if (accounts.erased(whose.get().matter())) {
            return refused(page(account.get(), number, List.of(Refusal.at("number", "mine-erased"))), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        if (!accounts.add(account.get(), whose.get())) {
            return refused(page(account.get(), number, List.of(Refusal.of("mine-full", ResidentAccounts.MOST))), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("mine.added", parsed.get().shown()));
        return new ModelAndView("redirect:" + HERE);
    }

    @PostMapping(HERE + "/open")
    ModelAndView open(HttpServletRequest request, @RequestParam(defaultValue = "") String number) {
        Optional<Actor.Resident> whose = visitor(request).flatMap(account -> kept(account, number));
        if (whose.isEmpty()) {
            return gone();
        }
        ResidentSession.enter(request, whose.get(), codes.mark(whose.get()));
        return new ModelAndView("redirect:/follow/" + MatterNumber.parse(number).orElseThrow().digits());
    }

    @PostMapping(HERE + "/remove")
    ModelAndView remove(HttpServletRequest request, @RequestParam(defaultValue = "") String number, RedirectAttributes redirect) {
        Optional<UUID> account = visitor(request);
        Optional<Actor.Resident> whose = account.flatMap(mine -> kept(mine, number));
        if (whose.isEmpty()) {
            return gone();
        }
        accounts.remove(account.get(), whose.get().matter());
        redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("mine.removed"));
        return new ModelAndView("redirect:" + HERE);
    }

    @PostMapping(HERE + "/end-visits")
    ModelAndView endVisits(HttpServletRequest request, HttpServletResponse response, RedirectAttributes redirect) {
        visitor(request).ifPresent(accounts::endVisits);
        return left(request, response, redirect, "mine.ended-everywhere");
    }

    @PostMapping(HERE + "/delete")
    ModelAndView delete(HttpServletRequest request, HttpServletResponse response, @RequestParam(defaultValue = "") String sure, RedirectAttributes redirect) {
        Optional<UUID> account = visitor(request);
        if (account.isPresent() && !sure.equals("yes")) {
            return refused(page(account.get(), "", List.of(Refusal.at("sure", "mine-not-sure"))), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        account.ifPresent(accounts::delete);
        return left(request, response, redirect, "mine.deleted");
    }

    /** Only who was in an account leaves: others lose nothing by such a form. */
    private static ModelAndView left(HttpServletRequest request, HttpServletResponse response, RedirectAttributes redirect, String word) {
        if (ResidentSession.account(request).isPresent()) {
            redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done(word));
            ResidentSession.leave(request, response);
        }
        return gone();
    }

    private Optional<UUID> visitor(HttpServletRequest request) {
        return ResidentSession.account(request).filter(visit -> visit.runsAt(clock.instant()) && accounts.runs(visit.account(), visit.since()))
                .map(ResidentSession.AccountVisit::account);
    }

    private Optional<Actor.Resident> kept(UUID account, String number) {
        Optional<MatterNumber> parsed = MatterNumber.parse(number);
        return accounts.matters(account).stream().map(ResidentAccounts.Kept::whose)
                .filter(whose -> parsed.isPresent() && Acting.as(whose, () -> views.find(parsed.get())).filter(whose.matter()::equals).isPresent()).findFirst();
    }

    private ModelAndView page(UUID account, String number, List<Refusal> refusals) {
        List<MinePage.Line> lines = accounts.matters(account).stream().map(ResidentAccounts.Kept::whose)
                .map(whose -> line(Acting.as(whose, () -> views.get(whose.matter())))).toList();
        return new ModelAndView("matters/mine/page", Map.of("page", new MinePage(lines, number, refusals)));
    }

    private static MinePage.Line line(MatterView matter) {
        return new MinePage.Line(matter.number().shown(), matter.number().digits(), matter.word("title"), matter.state().says(), matter.recordedAt(), matter.closed());
    }

    private AskPage blank(String typed, List<Refusal> refusals) {
        return new AskPage(carrier.carries(Way.SMS), carrier.carries(Way.MAIL), carrier.shownAt(), typed, refusals);
    }

    private ModelAndView asking(String typed, List<Refusal> refusals, HttpStatus status) {
        AskPage page = blank(typed, refusals);
        if (!page.sms() && !page.mail()) {
            throw new java.util.NoSuchElementException("no codes can be sent from here");
        }
        return refused(new ModelAndView("matters/mine/ask", Map.of("page", page)), status);
    }

    private ModelAndView typing(List<Refusal> refusals, HttpStatus status) {
        return refused(new ModelAndView("matters/mine/code", Map.of("page", blank("", refusals))), status);
    }

    private static ModelAndView refused(ModelAndView page, HttpStatus status) {
        page.setStatus(status);
        return page;
    }

    private static ModelAndView gone() {
        return new ModelAndView("redirect:/follow");
    }

    private static String ticket(HttpServletRequest request, String value, Duration lives) {
        return ResponseCookie.from(TICKET, value).path(HERE).httpOnly(true).secure(request.isSecure()).sameSite("Lax").maxAge(lives).build().toString();
    }
}
