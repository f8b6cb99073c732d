package org.heshi.mediation.sign;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Looks;
import org.heshi.directory.Role;
import org.heshi.kernel.Flash;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.QrCode;
import org.heshi.matters.MatterRows;
import org.heshi.matters.ResidentCodes;
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
    private final InstantSource clock;
    private final String baseUrl;

    LinksController(SigningLinks links, Agreements agreements, Disputes disputes, ResidentCodes codes, MatterRows rows, Looks looks, InstantSource clock,
            @Value("${heshi.base-url:http://127.0.0.1:8080}") String baseUrl) {
        this.links = links;
        this.agreements = agreements;
        this.disputes = disputes;
        this.codes = codes;
        this.rows = rows;
        this.looks = looks;
        this.clock = clock;
        this.baseUrl = baseUrl.replaceFirst("/+$", "");
    }

    @GetMapping("/mediation/{number}/signing")
    ModelAndView page(@PathVariable String number) {
        UUID matter = led(number);
        looks.record(matter);
        Optional<Agreement> agreement = agreements.waiting(matter);
        Map<Integer, SigningLinks.Link> given = links.of(matter).stream().collect(Collectors.toMap(SigningLinks.Link::party, Function.identity()));
        List<LinksPage.Line> lines = agreement.stream().flatMap(text -> text.signers().stream()).map(signer -> new LinksPage.Line(signer, signer.by().stream().map(person -> {
            Optional<SigningLinks.Link> link = Optional.ofNullable(given.get(person.party()));
            return new LinksPage.Way(person, hasCode(matter, person.party()), link.map(one -> LinkState.of(one, agreement, clock.instant()).key()),
                    link.map(SigningLinks.Link::expiresAt));
        }).toList())).toList();
        return SigningController.view("mediation/sign/links", Map.of("page", new LinksPage(MatterNumber.parse(number).orElseThrow(), agreement, lines)), HttpStatus.OK);
    }

    /** Makes a link for one who has not signed yet and shows it this once. */
    @PostMapping("/mediation/{number}/signing/{party}")
    ModelAndView make(@PathVariable String number, @PathVariable String party, RedirectAttributes redirect) {
        UUID matter = led(number);
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
        return SigningController.view("mediation/sign/link", Map.of("link", new FreshLink(parsed, signer.get().by().stream().filter(one -> one.party() == wanted).findFirst().orElseThrow(), address, QrCode.of(address))), HttpStatus.OK);
    }

    private boolean hasCode(UUID matter, int party) {
        return codes.mark(new Actor.Resident(matter, party)).isPresent();
    }

    /** The dispute of that number, when the unit of who acts leads it. */
    private UUID led(String number) {
        Actor.Staff staff = Acting.staffWith(Role.MEDIATOR, Role.HANDLER, Role.HEAD);
        return MatterNumber.parse(number).flatMap(rows::find).flatMap(disputes::find).filter(dispute -> dispute.unit().equals(staff.unit()))
                .orElseThrow(SigningController::none).matter();
    }
}
