package org.heshi.mediation.sign;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
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
import org.heshi.matters.CodeTries;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Matters.Evidence;
import org.heshi.matters.MatterRows;
import org.heshi.matters.ResidentCodes;
import org.heshi.mediation.course.Disputes;
import org.heshi.mediation.papers.AgreementPreview;
import org.heshi.mediation.unusual.SigningMarks;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Signing an agreement. The page behind a link asks for the party's own code and says nothing of the matter before it is right: a link that was forwarded opens
 * nothing. Opening it changes nothing. The signature itself is given on the page of the matter, the same with a link and without one.
 */
@Controller
class SigningController {

    private static final String SIGN = "sign";
    private static final int OPENED_AN_HOUR = 240;
    private static final int SIGNED_AN_HOUR = 60;
    private static final int TRIES = 5;
    private static final String VISIT = "heshi.signing-visit";

    private final SigningLinks links;
    private final Agreements agreements;
    private final ResidentCodes codes;
    private final MatterRows rows;
    private final Matters matters;
    private final HandSigned hand;
    private final Throttle throttle;
    private final AgreementPreview preview;
    private final Disputes disputes;
    private final HandedOut handedOut;
    private final SigningMarks marks;
    private final TransactionTemplate transactions;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    SigningController(SigningLinks links, Agreements agreements, ResidentCodes codes, MatterRows rows, Matters matters, HandSigned hand, Throttle throttle,
            AgreementPreview preview, Disputes disputes, HandedOut handedOut, SigningMarks marks, TransactionTemplate transactions, InstantSource clock) {
        this.links = links;
        this.agreements = agreements;
        this.codes = codes;
        this.rows = rows;
        this.matters = matters;
        this.hand = hand;
        this.throttle = throttle;
        this.preview = preview;
        this.disputes = disputes;
        this.handedOut = handedOut;
        this.marks = marks;
        this.transactions = transactions;
        this.clock = clock;
    }

    // ---- behind a link, before anybody is known

    @GetMapping("/sign/{token}")
    ModelAndView open(@PathVariable String token, HttpServletRequest request) {
        if (!throttle.tryTake("sign", ClientAddress.of(request), OPENED_AN_HOUR, Duration.ofHours(1))) {
            return ended(LinkState.UNKNOWN, HttpStatus.TOO_MANY_REQUESTS);
        }
        Optional<SigningLinks.Link> link = links.find(token);
        LinkState state = state(link);
        return state == LinkState.OPEN ? entrance(token, List.of(), HttpStatus.OK) : ended(state, status(state));
    }

    @PostMapping("/sign/{token}")
    ModelAndView enter(@PathVariable String token, @RequestParam(defaultValue = "") String code, HttpServletRequest request) {
        Optional<SigningLinks.Link> found = links.find(token);
        LinkState state = state(found);
        if (state != LinkState.OPEN) {
            return ended(state, status(state));
        }
        if (code.isBlank()) {
            return entrance(token, List.of(Refusal.at("code", "required")), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        Optional<Refusal> wait = CodeTries.begin(throttle, request);
        if (wait.isPresent()) {
            return entrance(token, List.of(wait.get()), HttpStatus.TOO_MANY_REQUESTS);
        }
        Actor.Resident signer = found.orElseThrow().signer();
        MatterNumber number = number(signer).orElseThrow();
        // the other side's code is right for the matter, and wrong here: nobody learns which
        if (codes.open(number.digits(), code).filter(signer::equals).isEmpty()) {
            return entrance(token, List.of(Refusal.at("code", "signing-wrong-code")), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        CodeTries.wasRight(throttle, request);
        ResidentSession.enter(request, signer, codes.mark(signer));
        return new ModelAndView("redirect:/follow/" + number.digits() + "/sign");
    }

    private LinkState state(Optional<SigningLinks.Link> link) {
        return link.map(given -> LinkState.of(given, Acting.as(given.signer(), () -> agreements.waiting(given.matter())), clock.instant())).orElse(LinkState.UNKNOWN);
    }

    private Optional<MatterNumber> number(Actor.Resident signer) {
        return Acting.as(signer, () -> rows.rows(List.of(signer.matter())).stream().findFirst().map(MatterRows.Row::number));
    }

    private static HttpStatus status(LinkState state) {
        return state == LinkState.UNKNOWN ? HttpStatus.NOT_FOUND : HttpStatus.GONE;
    }

    private static ModelAndView entrance(String token, List<Refusal> refusals, HttpStatus status) {
        return view("mediation/sign/enter", Map.of("token", token, "refusals", refusals), status);
    }

    private static ModelAndView ended(LinkState state, HttpStatus status) {
        return view("mediation/sign/ended", Map.of("state", state.key()), status);
    }

    // ---- the text and the signature

    @GetMapping("/follow/{number}/sign")
    ModelAndView page(@PathVariable String number) {
        return mine(number).map(who -> text(who).map(agreement -> shown(blank(agreement, who.party(), false), HttpStatus.OK)).orElseGet(() -> nothing(number)))
                .orElseGet(() -> askedFor(number));
    }

    @PostMapping("/follow/{number}/sign")
    ModelAndView sign(@PathVariable String number, RedirectAttributes redirect, HttpServletRequest request) {
        HandSigned.Sent sent = HandSigned.Sent.of(request);
        Optional<Actor.Resident> mine = mine(number);
        if (mine.isEmpty()) {
            return askedFor(number);
        }
        Actor.Resident who = mine.get();
        Optional<Agreement> now = text(who);
        if (now.isEmpty()) {
            return nothing(number);
        }
        Agreement agreement = now.get();
        if (agreement.signer(who.party()).orElseThrow().signedAt().isPresent()) {
            return new ModelAndView("redirect:/follow/" + agreement.number().digits() + "/sign");
        }
        if (!agreement.digest().equals(sent.text())) {
            return shown(blank(agreement, who.party(), true), HttpStatus.CONFLICT);
        }
        List<Refusal> refusals = new ArrayList<>();
        List<Evidence> picture = hand.picture(sent, true, refusals, request);
        if (!sent.read()) {
            refusals.add(Refusal.at("read", "signing-read-first"));
        }
        if (refusals.isEmpty() && !throttle.tryTake("follow-act", who.matter().toString(), SIGNED_AN_HOUR, Duration.ofHours(1))) {
            refusals.add(Refusal.of("followup-throttled"));
        }
        SignPage typed = new SignPage(agreement, who.party(), sent.read(), picture, sent.key(), refusals, false);
        if (!refusals.isEmpty()) {
            return shown(typed, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        int version = agreement.draft();
        for (int i = 0; i < TRIES; i++) {
            Optional<Instant> handed = handedOut.to(who, agreement.draft());
            Answer answer = matters.act(Act.on(who.matter(), SIGN, Map.of("read", "true", "text", agreement.fingerprint(), HandSigned.FIELD, picture), version, sent.key()));
            if (answer instanceof Answer.Done done) {
                // after it and not with it: two who sign at the same moment are told apart and tried again only where nothing else is open
                String visit = visit(request);
                transactions.executeWithoutResult(_ -> disputes.find(who.matter()).ifPresent(dispute -> marks.put(new SigningMarks.Signed(who.matter(), dispute.unit(), done.version(),
                        who.party(), agreement.draft(), visit, handed))));
            }
            switch (answer) {
                case Answer.Done _ -> {
                    redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("mediation.sign.done"));
                    return new ModelAndView("redirect:/follow/" + agreement.number().digits() + "/sign");
                }
                case Answer.Refused(List<Refusal> reasons) -> {
                    return shown(new SignPage(agreement, who.party(), sent.read(), picture, UUID.randomUUID().toString(), reasons, false),
                            HttpStatus.UNPROCESSABLE_CONTENT);
                }
                case Answer.Stale stale -> {
                    // somebody else did something: signed as well, wrote a note. What counts is whether this text still stands
                    Optional<Agreement> since = text(who);
                    if (since.isEmpty()) {
                        return nothing(number);
                    }
                    if (!since.get().digest().equals(agreement.digest())) {
                        return shown(blank(since.get(), who.party(), true), HttpStatus.CONFLICT);
                    }
                    version = stale.version();
                }
            }
        }
        return shown(new SignPage(agreement, who.party(), sent.read(), picture, sent.key(), List.of(Refusal.of("signing-busy")), false), HttpStatus.CONFLICT);
    }

    /** Something random that lasts as long as this visit of the browser, whoever signs in it. */
    private String visit(HttpServletRequest request) {
        HttpSession session = request.getSession(true);
        if (session.getAttribute(VISIT) instanceof String known) {
            return known;
        }
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String fresh = HexFormat.of().formatHex(bytes);
        session.setAttribute(VISIT, fresh);
        return fresh;
    }

    /** The text as it will be printed. It is saved, and opened by what opens PDFs. */
    @GetMapping("/follow/{number}/sign/text.pdf")
    ResponseEntity<byte[]> printed(@PathVariable String number) {
        Actor.Resident who = mine(number).orElseThrow(SigningController::none);
        Agreement agreement = text(who).orElseThrow(SigningController::none);
        if (!throttle.tryTake("sign-pdf", who.matter().toString(), SIGNED_AN_HOUR, Duration.ofHours(1))) {
            return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS).build();
        }
        byte[] pdf = preview.of(who.matter(), agreement.draft()).orElseThrow(SigningController::none);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_PDF).cacheControl(CacheControl.noStore().cachePrivate())
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(agreement.fingerprint() + ".pdf").build().toString())
                .header("X-Content-Type-Options", "nosniff").header("Content-Security-Policy", "default-src 'none'; sandbox").body(pdf);
    }

    /** The text that waits, or the one that was signed, as far as this party has to sign it. */
    private Optional<Agreement> text(Actor.Resident who) {
        return agreements.current(who.matter()).filter(agreement -> agreement.signer(who.party()).isPresent())
                .filter(agreement -> agreement.waiting() || agreement.signer(who.party()).orElseThrow().signedAt().isPresent());
    }

    /** Who looks, when the address is that of the matter whose code was given. */
    private Optional<Actor.Resident> mine(String number) {
        return Acting.current() instanceof Actor.Resident resident
                ? MatterNumber.parse(number).flatMap(rows::find).filter(resident.matter()::equals).map(_ -> resident) : Optional.empty();
    }

    private static SignPage blank(Agreement agreement, int party, boolean changed) {
        return new SignPage(agreement, party, false, List.of(), UUID.randomUUID().toString(), List.of(), changed);
    }

    private static ModelAndView shown(SignPage page, HttpStatus status) {
        return view(page.mine().signedAt().isPresent() ? "mediation/sign/signed" : "mediation/sign/page", Map.of("page", page), status);
    }

    private static ModelAndView nothing(String number) {
        return view("mediation/sign/nothing", Map.of("number", MatterNumber.parse(number).orElseThrow()), HttpStatus.OK);
    }

    /** The code is asked for there. */
    private static ModelAndView askedFor(String number) {
        return new ModelAndView("redirect:/follow" + MatterNumber.parse(number).map(parsed -> "/" + parsed.digits()).orElse(""));
    }

    static ModelAndView view(String template, Map<String, ?> model, HttpStatus status) {
        ModelAndView view = new ModelAndView(template, model);
        view.setStatus(status);
        return view;
    }

    static NoSuchElementException none() {
        return new NoSuchElementException("no such matter for who asks");
    }
}
