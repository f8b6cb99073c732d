package org.heshi.mediation.sign;

import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Looks;
import org.heshi.directory.Role;
import org.heshi.kernel.Flash;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.QrCode;
import org.heshi.kernel.Refusal;
import org.heshi.matters.CodeCarrier;
import org.heshi.matters.Contact;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Matters.Evidence;
import org.heshi.matters.Readings;
import org.heshi.matters.ResidentCodes;
import org.heshi.mediation.course.Dispute;
import org.heshi.mediation.course.Disputes;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** For the body that mediates: who has to sign, who did, and a link for each of them. */
@Controller
class LinksController {

    private final SigningLinks links;
    private final Agreements agreements;
    private final Disputes disputes;
    private final ResidentCodes codes;
    private final MatterRows rows;
    private final Looks looks;
    private final HandSigned hand;
    private final Readings readings;
    private final Matters matters;
    private final CodeCarrier carrier;
    private final InstantSource clock;
    private final String baseUrl;

    LinksController(SigningLinks links, Agreements agreements, Disputes disputes, ResidentCodes codes, MatterRows rows, Looks looks, HandSigned hand, Readings readings,
            Matters matters, CodeCarrier carrier, InstantSource clock,
            @Value("${heshi.base-url:http://127.0.0.1:8080}") String baseUrl) {
        this.links = links;
        this.agreements = agreements;
        this.disputes = disputes;
        this.codes = codes;
        this.rows = rows;
        this.looks = looks;
        this.hand = hand;
        this.readings = readings;
        this.matters = matters;
        this.carrier = carrier;
        this.clock = clock;
        this.baseUrl = baseUrl.replaceFirst("/+$", "");
    }

    @GetMapping("/mediation/{number}/signing")
    ModelAndView page(@PathVariable String number) {
        return shown(led(number), number, List.of(), List.of(), false, HttpStatus.OK);
    }

    private ModelAndView shown(Dispute dispute, String number, List<Evidence> kept, List<Refusal> refusals, boolean changed, HttpStatus status) {
        UUID matter = dispute.matter();
        looks.record(matter);
        Optional<Agreement> agreement = agreements.waiting(matter);
        if (agreement.isPresent()) {
            // the text names them
            looks.record(matter, Looks.What.CONTACTS);
        }
        Map<Integer, SigningLinks.Link> given = links.of(matter).stream().collect(Collectors.toMap(SigningLinks.Link::party, Function.identity()));
        List<LinksPage.Line> lines = agreement.stream().flatMap(text -> text.signers().stream()).map(signer -> new LinksPage.Line(signer, signer.by().stream().map(person -> {
            Optional<SigningLinks.Link> link = Optional.ofNullable(given.get(person.party()));
            return new LinksPage.Way(person, hasCode(matter, person.party()), link.map(one -> LinkState.of(one, agreement, clock.instant()).key()),
                    link.map(SigningLinks.Link::expiresAt));
        }).toList())).toList();
        UUID post = Acting.staff().post();
        Optional<LinksPage.Mine> mine = agreement.filter(_ -> dispute.mediating().stream().anyMatch(one -> one.post().equals(post))).map(text -> new LinksPage.Mine(
                dispute.signatures().stream().filter(one -> one.draft() == text.draft() && one.signer().equals("post:" + post)).map(Dispute.Signature::at).findFirst(),
                kept, UUID.randomUUID().toString(), refusals, changed));
        return SigningController.view("mediation/sign/links", Map.of("page", new LinksPage(MatterNumber.parse(number).orElseThrow(), agreement, lines, mine)), status);
    }

    /** The mediator signs the text that stands on the page; a picture of the signature may be left out. */
    @PostMapping("/mediation/{number}/signing/mediator")
    ModelAndView sign(@PathVariable String number, HttpServletRequest request, RedirectAttributes redirect) {
        Dispute dispute = led(number);
        HandSigned.Sent sent = HandSigned.Sent.of(request);
        Optional<Agreement> agreement = agreements.waiting(dispute.matter());
        if (agreement.filter(text -> text.digest().equals(sent.text())).isEmpty()) {
            return shown(dispute, number, List.of(), List.of(), true, HttpStatus.CONFLICT);
        }
        List<Refusal> refusals = new ArrayList<>();
        List<Evidence> picture = hand.picture(sent, false, refusals, request);
        if (refusals.isEmpty()) {
            Map<String, Object> input = new LinkedHashMap<>(Map.of("text", agreement.get().fingerprint()));
            if (!picture.isEmpty()) {
                input.put(HandSigned.FIELD, picture);
            }
            int version = readings.of(dispute.matter()).stream().mapToInt(Readings.Reading::seq).max().orElse(0);
            // the entry names the text: one that was written meanwhile refuses it, whatever the version
            Answer answer = matters.act(Act.on(dispute.matter(), "sign-mediator", input, version, sent.key()));
            if (answer instanceof Answer.Stale stale) {
                answer = matters.act(Act.on(dispute.matter(), "sign-mediator", input, stale.version(), sent.key()));
            }
            switch (answer) {
                case Answer.Done _ -> {
                    redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.done("mediation.sign.done"));
                    return new ModelAndView("redirect:/mediation/" + agreement.get().number().digits() + "/signing");
                }
                case Answer.Refused refused -> refusals.addAll(refused.refusals());
                case Answer.Stale _ -> refusals.add(Refusal.of("signing-busy"));
            }
        }
        return shown(dispute, number, picture, refusals, false, HttpStatus.UNPROCESSABLE_CONTENT);
    }

    /** Makes a link for one who has not signed yet and sends it to them; it is shown, this once, where they cannot be reached. */
    @PostMapping("/mediation/{number}/signing/{party}")
    ModelAndView make(@PathVariable String number, @PathVariable String party, Locale locale, RedirectAttributes redirect) {
        UUID matter = led(number).matter();
        looks.record(matter);
        int wanted = party.matches("[0-9]{1,4}") ? Integer.parseInt(party) : 0;
        Optional<Agreement> agreement = agreements.waiting(matter);
        Optional<Agreement.Signer> signer = agreement.flatMap(text -> text.signer(wanted)).filter(one -> one.signedAt().isEmpty())
                .filter(_ -> hasCode(matter, wanted));
        MatterNumber parsed = MatterNumber.parse(number).orElseThrow();
        if (signer.isEmpty()) {
            redirect.addFlashAttribute(Flash.ATTRIBUTE, Flash.warning("refusal.signing-not-a-signer"));
            return new ModelAndView("redirect:/mediation/" + parsed.digits() + "/signing");
        }
        Agreement text = agreement.orElseThrow();
        String address = baseUrl + "/sign/" + links.make(matter, wanted, text.draft(), text.digest());
        Agreement.Person whose = signer.get().by().stream().filter(one -> one.party() == wanted).findFirst().orElseThrow();
        // where the party themselves can be reached nobody else holds the link
        Optional<Contact> own = reachable(matter, wanted);
        own.ifPresent(to -> carrier.sendLink(to.way(), to.address(), address, locale));
        return SigningController.view("mediation/sign/link", Map.of("link", new FreshLink(parsed, whose, own.isPresent() ? "" : address, QrCode.of(address), own.map(Contact::masked))), HttpStatus.OK);
    }

    /** A mobile telephone or a mailbox of theirs that is on record and that links can be sent to. */
    private Optional<Contact> reachable(UUID matter, int party) {
        return readings.people(matter).stream().filter(one -> one.party() == party).flatMap(one -> Stream.of(one.contact("phone"), one.contact("email")))
                .flatMap(typed -> Contact.parse(typed).stream()).filter(to -> carrier.carriesLinks(to.way())).findFirst();
    }

    private boolean hasCode(UUID matter, int party) {
        return codes.mark(new Actor.Resident(matter, party)).isPresent();
    }

    /** The dispute of that number, when the unit of who acts leads it. */
    private Dispute led(String number) {
        Actor.Staff staff = Acting.staffWith(Role.MEDIATOR, Role.HANDLER, Role.HEAD);
        return MatterNumber.parse(number).flatMap(rows::find).flatMap(disputes::find).filter(dispute -> dispute.unit().equals(staff.unit()))
                .orElseThrow(SigningController::none);
    }
}
