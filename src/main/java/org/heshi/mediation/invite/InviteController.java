package org.heshi.mediation.invite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Looks;
import org.heshi.directory.Role;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.QrCode;
import org.heshi.kernel.Refusal;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.Readings;
import org.heshi.matters.Readings.Reading;
import org.heshi.matters.ResidentCodes;
import org.heshi.mediation.course.Dispute;
import org.heshi.mediation.course.Disputes;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** For the body that mediates: asks each party whether they want mediation, and hands out what they need to answer. */
@Controller
class InviteController {

    private static final String INVITED = "invited";
    private static final String CODE = "party-code";
    private static final Set<String> WAYS = Set.of("paper", "sms", "mail", "phone", "in-person");
    private static final Set<String> CHECKED = Set.of("id-card", "called-back", "known");
    private static final int NOTE = 200;

    private final Disputes disputes;
    private final Readings readings;
    private final ResidentCodes codes;
    private final MatterRows rows;
    private final Matters matters;
    private final Looks looks;
    private final TransactionTemplate transactions;
    private final String baseUrl;

    InviteController(Disputes disputes, Readings readings, ResidentCodes codes, MatterRows rows, Matters matters, Looks looks, TransactionTemplate transactions,
            @Value("${heshi.base-url:http://127.0.0.1:8080}") String baseUrl) {
        this.disputes = disputes;
        this.readings = readings;
        this.codes = codes;
        this.rows = rows;
        this.matters = matters;
        this.looks = looks;
        this.transactions = transactions;
        this.baseUrl = baseUrl.replaceFirst("/+$", "");
    }

    @GetMapping("/mediation/{number}/invite")
    ModelAndView page(@PathVariable String number) {
        Led led = led(number);
        return shown(led, Optional.empty(), HttpStatus.OK);
    }

    /** Writes down that a party was invited, makes a code when one is wanted, and shows the invitation. */
    @PostMapping("/mediation/{number}/invite/{party}")
    ModelAndView invite(@PathVariable String number, @PathVariable String party, @RequestParam(defaultValue = "") String how, @RequestParam(defaultValue = "") String note,
            @RequestParam(defaultValue = "false") boolean code, @RequestParam(defaultValue = "") String checked) {
        Led led = led(number);
        Dispute dispute = led.dispute().orElseThrow(InviteController::none);
        int whom = party.matches("[0-9]{1,4}") ? Integer.parseInt(party) : 0;
        dispute.participant(whom).orElseThrow(InviteController::none);
        List<Refusal> refusals = new ArrayList<>();
        if (!WAYS.contains(how)) {
            refusals.add(Refusal.at("how-" + whom, "required"));
        }
        if (code && !CHECKED.contains(checked)) {
            refusals.add(Refusal.at("checked-" + whom, "required"));
        }
        if (note.length() > NOTE) {
            refusals.add(Refusal.at("note-" + whom, "too-long", NOTE, note.length()));
        }
        Done done = refusals.isEmpty() ? done(led.matter(), whom, how, note, code, checked) : new Done(refusals, Optional.empty());
        if (!done.refusals().isEmpty()) {
            return shown(led, Optional.of(new InvitePage.Typed(whom, how, note, code, checked, done.refusals())), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        // the letter names them: that it was made is a look at their contacts
        looks.record(led.matter(), Looks.What.CONTACTS);
        Map<Integer, String> names = names(led.matter());
        String address = baseUrl + "/follow/" + led.number().digits();
        List<String> applicants = dispute.source().equals("initiative") ? List.of() : dispute.participants().stream().filter(one -> one.side() == Dispute.Side.APPLICANT)
                .filter(one -> one.party() != whom).map(one -> names.getOrDefault(one.party(), "")).filter(name -> !name.isBlank()).toList();
        Letter letter = new Letter(led.number(), names.getOrDefault(whom, ""), Acting.staff().held().unitName(), dispute.type(), applicants, how, done.code(), address,
                QrCode.of(address));
        return view("mediation/invite/letter", Map.of("letter", letter), HttpStatus.OK);
    }

    private record Done(List<Refusal> refusals, Optional<String> code) {
    }

    /** Both or neither: nobody gets a code without the note that they were invited. */
    private Done done(UUID matter, int whom, String how, String note, boolean code, String checked) {
        Map<String, Object> said = new LinkedHashMap<>(Map.of("whose", List.of(Integer.toString(whom)), "how", how));
        if (!note.isBlank()) {
            said.put("note", note.strip());
        }
        return Objects.requireNonNull(transactions.execute(status -> {
            Done invited = act(matter, INVITED, said);
            Done all = invited.refusals().isEmpty() && code ? act(matter, CODE, Map.of("whose", List.of(Integer.toString(whom)), "checked", checked)) : invited;
            if (!all.refusals().isEmpty()) {
                status.setRollbackOnly();
            }
            return all;
        }));
    }

    private Done act(UUID matter, String action, Map<String, Object> input) {
        int version = readings.of(matter).stream().mapToInt(Reading::seq).max().orElse(0);
        for (int i = 0; i < 2; i++) {
            switch (matters.act(Act.on(matter, action, input, version, UUID.randomUUID().toString()))) {
                case Answer.Done done -> {
                    return new Done(List.of(), done.code());
                }
                case Answer.Refused(List<Refusal> refusals) -> {
                    return new Done(refusals, Optional.empty());
                }
                case Answer.Stale stale -> version = stale.version();
            }
        }
        return new Done(List.of(Refusal.of("signing-busy")), Optional.empty());
    }

    private ModelAndView shown(Led led, Optional<InvitePage.Typed> typed, HttpStatus status) {
        looks.record(led.matter());
        Map<Integer, String> names = names(led.matter());
        List<Reading> history = readings.of(led.matter());
        List<InvitePage.Line> lines = led.dispute().stream().flatMap(dispute -> dispute.participants().stream()).map(one -> {
            Optional<Reading> declined = history.stream().filter(reading -> reading.action().equals("decline") && reading.party().equals(Optional.of(one.party()))
                    || reading.action().equals("refuse") && reading.parties("whose").contains(one.party())).reduce((_, last) -> last);
            String how = history.stream().filter(reading -> reading.action().equals("consent-recorded") && reading.parties("whose").contains(one.party()))
                    .reduce((_, last) -> last).flatMap(reading -> reading.text("how")).orElse("screen");
            String answer = one.consentedAt().isPresent() ? "consented" : declined.isPresent() ? "declined" : "waiting";
            return new InvitePage.Line(one.party(), one.side().code(), InvitePage.masked(names.getOrDefault(one.party(), "")),
                    codes.mark(new Actor.Resident(led.matter(), one.party())).isPresent(), answer, one.consentedAt().or(() -> declined.map(Reading::at)), how,
                    history.stream().filter(reading -> reading.action().equals(INVITED) && reading.parties("whose").contains(one.party()))
                            .map(reading -> new InvitePage.Invited(reading.at(), reading.text("how").orElse("paper"), reading.word("note"))).toList());
        }).toList();
        boolean asking = led.dispute().filter(dispute -> dispute.begunAt().isEmpty() && dispute.endedAt().isEmpty()).isPresent();
        return view("mediation/invite/page", Map.of("page", new InvitePage(led.number(), led.dispute().isPresent(), asking, lines, typed)), status);
    }

    private Map<Integer, String> names(UUID matter) {
        return readings.people(matter).stream().collect(Collectors.toMap(Readings.Somebody::party, somebody -> somebody.contact("name"), (first, _) -> first));
    }

    private record Led(UUID matter, MatterNumber number, Optional<Dispute> dispute) {
    }

    /** The matter of that number, when the unit of who acts leads its mediation or could take it up. */
    private Led led(String number) {
        Actor.Staff staff = Acting.staffWith(Role.MEDIATOR, Role.HANDLER, Role.HEAD);
        MatterNumber parsed = MatterNumber.parse(number).orElseThrow(InviteController::none);
        UUID matter = rows.find(parsed).orElseThrow(InviteController::none);
        Optional<Dispute> dispute = disputes.find(matter);
        if (dispute.filter(one -> !one.unit().equals(staff.unit())).isPresent()) {
            throw none();
        }
        return new Led(matter, parsed, dispute);
    }

    private static NoSuchElementException none() {
        return new NoSuchElementException("no such dispute for who asks");
    }

    private static ModelAndView view(String template, Map<String, ?> model, HttpStatus status) {
        ModelAndView view = new ModelAndView(template, model);
        view.setStatus(status);
        return view;
    }
}
