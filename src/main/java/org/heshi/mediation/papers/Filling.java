package org.heshi.mediation.papers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.documents.PaperFrame;
import org.heshi.documents.Signer;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.QrCode;
import org.heshi.kernel.Yuan;
import org.heshi.matters.Clause;
import org.heshi.matters.EvidenceStore;
import org.heshi.matters.Matters.Evidence;
import org.heshi.matters.Readings.Reading;
import org.heshi.matters.Readings.Somebody;
import org.heshi.mediation.calendar.Fixed;
import org.heshi.mediation.course.Dispute;
import org.heshi.mediation.course.Dispute.Draft;
import org.heshi.mediation.course.Dispute.MediatorOf;
import org.heshi.mediation.course.Dispute.Participant;
import org.heshi.mediation.course.Dispute.Result;
import org.heshi.mediation.course.Dispute.Side;
import org.heshi.mediation.course.Dispute.Signature;
import org.heshi.mediation.papers.Content.Acceptance.How;
import org.heshi.mediation.papers.Slot.Need;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Fills the papers of a case from its entries. What one side said alone is in none of them. */
@Component
class Filling {

    private static final Set<String> LEAD = Set.of("lead");
    private static final String WORDS = "mediation.papers.";

    private final MessageSource messages;
    private final EvidenceStore files;
    private final InstantSource clock;
    private final String base;

    Filling(MessageSource messages, EvidenceStore files, InstantSource clock, @Value("${heshi.base-url:}") String base) {
        this.messages = messages;
        this.files = files;
        this.clock = clock;
        this.base = base;
    }

    /** All papers that the file of this case has or could have now, in the file's order; the cover and its contents are made when it is bound. */
    List<Slot> slots(Case of) {
        Dispute dispute = of.dispute();
        Set<String> sides = sides(dispute);
        boolean applied = dispute.source().startsWith("application");
        List<Slot> slots = new ArrayList<>();
        if (applied) {
            slots.add(slot("application", 0, "", Need.REQUIRED, false, LEAD, () -> application(of)));
        }
        slots.add(slot("acceptance", 0, "", applied ? Need.OPTIONAL : Need.REQUIRED, true, LEAD, () -> acceptance(of)));
        for (Participant one : dispute.principals()) {
            if (one.consentedAt().isEmpty() && dispute.result().isEmpty()) {
                slots.add(slot("invitation", one.party(), name(of, one.party()), Need.OPTIONAL, true, only(one.party()), () -> invitation(of, one)));
            }
        }
        for (Participant one : dispute.principals()) {
            slots.add(slot("rights", one.party(), name(of, one.party()), one.consentedAt().isPresent() || dispute.begunAt().isPresent() ? Need.REQUIRED : Need.OPTIONAL, false,
                    only(one.party()), () -> rights(of, one)));
        }
        slots.add(slot("identities", 0, "", Need.REQUIRED, false, LEAD, () -> new Content.Identities(principals(of))));
        for (Participant one : dispute.participants()) {
            if (one.side() == Side.REPRESENTATIVE) {
                List<Evidence> letters = letters(of, one);
                Slot slot = slot("authority", one.party(), name(of, one.party()), letters.isEmpty() ? Need.REQUIRED : Need.OPTIONAL, false,
                        Set.of("lead", "party:" + one.represents().orElseThrow(), "party:" + one.party()), () -> authority(of, one));
                slots.add(with(slot, letters));
            }
        }
        of.done("investigate").forEach(entry -> slots.add(with(slot("investigation", entry.seq(), entry.word("asked-name"), Need.REQUIRED, false, LEAD,
                () -> investigation(of, entry)), entry.files())));
        List<Reading> evidence = evidence(of).filter(entry -> shownToAll(of, entry)).toList();
        if (!evidence.isEmpty()) {
            slots.add(with(slot("evidence", 0, "", Need.REQUIRED, false, LEAD, () -> evidence(of, evidence)), evidence.stream().flatMap(entry -> entry.files().stream()).toList()));
        }
        List<Reading> sessions = of.done("session").toList();
        sessions.forEach(entry -> slots.add(with(slot("session", entry.seq(), day(entry, "at"), Need.REQUIRED, false, sides, () -> session(of, entry)), entry.files())));
        if (sessions.isEmpty() && dispute.begunAt().isPresent() && dispute.inForce().filter(Draft::oral).isEmpty()) {
            slots.add(new Slot("session", 0, "", Need.REQUIRED, false, sides, Optional.empty(), List.of()));
        }
        outcome(of, slots);
        received(of).forEach(entry -> slots.add(with(slot("receipt", entry.seq(), day(entry, "on"), Need.OPTIONAL, false, sides,
                () -> receipt(of, entry)), entry.files())));
        of.done("revisit").forEach(entry -> slots.add(slot("visit", entry.seq(), day(entry, "at"), Need.REQUIRED, false, LEAD, () -> visit(of, entry))));
        if (dispute.notForTheCourt().isEmpty()) {
            boolean organisation = dispute.principals().stream().anyMatch(one -> organisation(of, one.party()));
            slots.add(with(slot(organisation ? "confirmation-organisation" : "confirmation", 0, "", dispute.court().isPresent() ? Need.REQUIRED : Need.OPTIONAL, false, joined(dispute),
                    () -> confirmation(of)), of.done("court-confirmed").flatMap(entry -> entry.files().stream()).toList()));
        }
        if (dispute.entrusted() && dispute.endedAt().isPresent()) {
            slots.add(slot("result", 0, "", Need.REQUIRED, true, LEAD, () -> result(of)));
        }
        if (dispute.endedAt().isPresent()) {
            slots.add(slot("closing", 0, "", Need.OPTIONAL, true, LEAD, () -> closing(of)));
        }
        slots.add(slot("description", 0, "", Need.OPTIONAL, false, LEAD, () -> description(of, "")));
        return List.copyOf(slots);
    }

    private void outcome(Case of, List<Slot> slots) {
        Dispute dispute = of.dispute();
        Set<String> sides = sides(dispute);
        // what was agreed before and was replaced since stays in the file as it was issued
        for (Draft before : dispute.drafts().stream().filter(one -> one.replacedBy().isPresent()).toList()) {
            slots.add(new Slot(before.oral() ? "oral" : "agreement", before.seq(), t("replaced", before.seq()), before.oral() ? Need.OPTIONAL : Need.REQUIRED, true, sides,
                    Optional.empty(), scans(of, before)));
        }
        Optional<Draft> draft = dispute.inForce().or(dispute::draft);
        if (dispute.result().equals(Optional.of(Result.FAILED))) {
            for (Participant one : dispute.principals()) {
                slots.add(slot("remedies", one.party(), name(of, one.party()), Need.REQUIRED, true, only(one.party()), () -> remedies(of, one)));
            }
        }
        if (draft.isPresent() && draft.get().oral()) {
            slots.add(slot("oral", 0, "", Need.REQUIRED, true, sides, () -> oral(of, draft.get())));
        } else if (draft.isPresent()) {
            slots.add(with(slot("agreement", 0, "", Need.REQUIRED, true, sides, () -> agreement(of, draft.get())), scans(of, draft.get())));
        }
        // a text that waits while another is in force is looked at before it takes that one's place
        dispute.draft().filter(text -> !text.oral() && dispute.agreement().isPresent())
                .ifPresent(text -> slots.add(slot("agreement", text.seq(), t("waiting", text.seq()), Need.OPTIONAL, true, sides, () -> agreement(of, text))));
    }

    /** Photos of the paper that was signed by hand. */
    private static List<Evidence> scans(Case of, Draft draft) {
        return of.done("sign-paper").filter(entry -> of.dispute().signaturesOn(draft).stream().anyMatch(signature -> signature.seq() == entry.seq()))
                .flatMap(entry -> entry.files().stream()).toList();
    }

    /** The principals and who speaks for them, one by one: a witness or who only reported it has a number too, and no paper of theirs. */
    private static Set<String> sides(Dispute dispute) {
        return audience(dispute.participants().stream());
    }

    /** An application to the court is of those who make it. */
    private static Set<String> joined(Dispute dispute) {
        return audience(dispute.principals().stream().filter(one -> one.joinedAt().isPresent()));
    }

    private static Set<String> audience(Stream<Participant> parties) {
        return Stream.concat(LEAD.stream(), parties.map(one -> "party:" + one.party())).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<Reading> evidence(Case of) {
        return of.done("evidence", "evidence-recorded");
    }

    /** Whether each side reads it, or somebody who speaks for that side does. What one side alone was shown is bound into no file. */
    private static boolean shownToAll(Case of, Reading entry) {
        Set<Integer> readers = Stream.of(entry.parties("shown"), entry.parties("whose"), entry.party().stream().toList()).flatMap(List::stream).collect(Collectors.toSet());
        return of.dispute().principals().stream().map(Participant::party)
                .allMatch(party -> readers.contains(party) || readers.stream().anyMatch(reader -> speaksFor(of, reader, party)));
    }

    private static Slot slot(String kind, int about, String whose, Need need, boolean numbered, Set<String> audience, Supplier<Content> content) {
        return new Slot(kind, about, whose, need, numbered, audience, Optional.of(content), List.of());
    }

    private static Slot with(Slot slot, List<Evidence> scans) {
        return new Slot(slot.kind(), slot.about(), slot.whose(), slot.need(), slot.numbered(), slot.audience(), slot.content(), List.copyOf(scans));
    }

    private static Set<String> only(int party) {
        return Set.of("lead", "party:" + party);
    }

    // ---- what they say

    private Content application(Case of) {
        List<PaperParty> parties = principals(of);
        List<String> requests = taken(of, "requests").lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return new Content.Application(parties, taken(of, "facts"), requests,
                of.dispute().sides().stream().filter(one -> one.side() == Side.APPLICANT).map(one -> blank(as(one.side()), name(of, one.party()))).toList());
    }

    private Content acceptance(Case of) {
        String source = of.dispute().source();
        How how = source.startsWith("application") ? How.ASKED : source.equals("initiative") ? How.OWN : How.ENTRUSTED;
        List<Signer> signers = new ArrayList<>(of.dispute().sides().stream().map(one -> blank(as(one.side()), name(of, one.party()))).toList());
        signers.add(new Signer(t("as.registrar"), of.last("take-up", "amend").map(of::doer).orElse(""), Optional.empty(), Optional.of(CivilTime.dateOf(of.dispute().takenUpAt()))));
        return new Content.Acceptance(of.committee(), CivilTime.dateOf(of.dispute().takenUpAt()), how, between(of), t("type." + of.dispute().type()),
                t("source." + of.dispute().source()), taken(of, "facts"), taken(of, "requests"), signers);
    }

    private Content invitation(Case of, Participant to) {
        String address = base + "/follow/" + of.number().digits();
        Optional<Fixed> fixed = Fixed.of(of.readings()).stream().filter(one -> !one.apart() && !one.cancelled()).reduce((_, newest) -> newest);
        String from = to.side() == Side.APPLICANT ? "" : names(of, of.dispute().sides().stream().filter(one -> one.side() == Side.APPLICANT).map(Participant::party).toList());
        boolean applied = of.dispute().source().startsWith("application");
        return new Content.Invitation(name(of, to.party()), applied ? from : "", cause(of), of.committee(), of.number().shown(), address,
                PaperFrame.picture("image/png", QrCode.of(address).png(6)), fixed.map(one -> time(one.from())).orElse(""),
                fixed.map(Fixed::where).orElse(""), of.mediators().values().stream().findFirst().orElse(""));
    }

    private Content rights(Case of, Participant to) {
        Optional<Reading> self = of.done("consent").filter(entry -> entry.party().filter(by -> by == to.party() || speaksFor(of, by, to.party())).isPresent()).findFirst();
        Optional<LocalDate> day = to.consentedAt().map(CivilTime::dateOf);
        String name = name(of, to.party());
        return new Content.Rights(of.committee(), name, List.of(new Signer(t("as.told"), self.isPresent() ? t("on-line", name) : name, Optional.empty(), day)));
    }

    private Content authority(Case of, Participant deputy) {
        int grantor = deputy.represents().orElseThrow();
        PaperParty whole = party(of, grantor, t("as.grantor"), List.of(), true);
        return new Content.Authority(whole, deputy(of, deputy, true), t("authority.cause", cause(of)), deputy.authority().equals(Optional.of("special")),
                List.of(blank(t("as.grantor"), whole.name()), blank(t("authority.deputy"), name(of, deputy.party()))));
    }

    private Content investigation(Case of, Reading entry) {
        String asked = entry.word("asked-name");
        return new Content.Investigation(time(entry, "at"), entry.word("where"), entry.word("others-present"), asked, cause(of), entry.word("record"),
                List.of(blank(t("as.investigator"), of.doer(entry)), blank(t("as.asked"), asked), blank(t("as.recorder"), "")));
    }

    private Content evidence(Case of, List<Reading> entries) {
        return new Content.Evidence(cause(of), entries.stream().map(entry -> new Content.Evidence.Piece(shortened(entry.word("what"), 120),
                entry.party().map(by -> name(of, by)).orElseGet(() -> names(of, entry.parties("whose"))), figures(CivilTime.dateOf(entry.at())),
                names(of, entry.parties("shown")), entry.files().size())).toList());
    }

    private Content session(Case of, Reading entry) {
        List<Integer> present = entry.parties("present");
        List<Signer> signers = new ArrayList<>();
        for (int party : present) {
            signers.add(blank(of.dispute().participant(party).map(one -> as(one.side())).orElse(t("party")), name(of, party)));
        }
        mediators(of).forEach(mediator -> signers.add(blank(t("as.mediator"), mediator)));
        signers.add(blank(t("as.recorder"), of.doer(entry)));
        return new Content.Session(time(entry, "at"), entry.word("where"), entry.word("cause"), entry.word("others-present"), names(of, present),
                String.join(t("and"), mediators(of)), said(entry, "told") ? t("session.told") : "", entry.word("statements"), entry.word("verified"), entry.word("record"),
                entry.word("result"), said(entry, "remedies") ? t("session.remedies") : "", signers);
    }

    Content.Agreement agreement(Case of, Draft draft) {
        Reading text = of.entry(draft.seq()).orElseThrow(() -> new IllegalStateException("who acts does not read the draft"));
        List<Signature> signatures = of.dispute().signaturesOn(draft);
        List<Signer> signers = new ArrayList<>();
        for (Participant one : of.dispute().principals()) {
            Optional<Signature> signed = signatures.stream().filter(signature -> signature.signer().equals("party:" + one.party())).findFirst();
            String name = name(of, one.party());
            if (signed.isEmpty()) {
                signers.add(blank(as(one.side()), name));
                continue;
            }
            Optional<String> by = signed.get().byParty().filter(deputy -> deputy != one.party()).map(deputy -> t("signed-for", name, name(of, deputy)));
            signers.add(signed(of, as(one.side()), by.orElse(name), signed.get()));
        }
        Set<String> known = new java.util.HashSet<>();
        for (MediatorOf mediator : of.dispute().mediating()) {
            String signer = "post:" + mediator.post();
            known.add(signer);
            Optional<Signature> signed = signatures.stream().filter(signature -> signature.signer().equals(signer)).findFirst();
            String held = of.mediators().getOrDefault(mediator.post(), "");
            if (signed.isPresent() || mediator.main()) {
                signers.add(signed.map(signature -> signed(of, t("as.mediator"), of.entry(signature.seq()).map(of::doer).filter(name -> !name.isEmpty()).orElse(held), signature))
                        .orElseGet(() -> blank(t("as.mediator"), held)));
            }
        }
        // signed, and not the mediator any more when it is printed again
        signatures.stream().filter(signature -> signature.signer().startsWith("post:") && !known.contains(signature.signer()))
                .forEach(signature -> signers.add(signed(of, t("as.mediator"), of.entry(signature.seq()).map(of::doer).orElse(""), signature)));
        signers.add(blank(t("as.recorder"), of.doer(text)));
        return new Content.Agreement(principalsWithout(of), text.word("facts"), text.word("issues"), text.word("responsibility"), terms(of, text), text.word("more"),
                text.data().get("copies") instanceof Number copies ? copies.intValue() : 0, draft.fingerprint(), of.committee(), signers);
    }

    private Content oral(Case of, Draft draft) {
        Reading text = of.entry(draft.seq()).orElseThrow();
        List<Signer> signers = new ArrayList<>(mediators(of).stream().map(mediator -> blank(t("as.mediator"), mediator)).toList());
        return new Content.Oral(principalsWithout(of), time(text, "at"), text.word("facts"), text.word("issues"), text.word("responsibility"), terms(of, text), of.committee(), signers);
    }

    private Content remedies(Case of, Participant to) {
        String reason = of.last("refuse", "not-fit", "decline", "stop", "leave").map(entry -> switch (entry.action()) {
            case "refuse", "decline" -> t("ended.refused");
            case "leave" -> t("ended.left");
            case "not-fit" -> t("ended.not-fit." + entry.text("reason").orElse("organ")) + "：" + entry.word("ground");
            default -> t("ended." + entry.text("reason").orElse("no-agreement"));
        }).orElse(t("ended.no-agreement"));
        return new Content.Remedies(name(of, to.party()), cause(of), reason, of.dispute().type().equals("labour"), of.committee());
    }

    /** What was received of that item of that agreement, and what was left of it then. */
    private Content receipt(Case of, Reading entry) {
        Optional<Dispute.Instalment> item = of.dispute().instalments().stream().filter(one -> paid(entry, one)).findFirst();
        Optional<PaperTerm> term = item.flatMap(one -> of.entry(one.draft()).map(text -> terms(of, text)).filter(terms -> terms.size() >= one.ordinal())
                .map(terms -> terms.get(one.ordinal() - 1)));
        String to = term.map(PaperTerm::to).filter(name -> !name.isEmpty()).orElse(t("receipt.other-side"));
        Optional<Yuan> left = item.flatMap(one -> one.amount().map(all -> new Yuan(all.fen() - received(of).filter(before -> before.seq() <= entry.seq() && paid(before, one))
                .flatMap(before -> before.text("amount").flatMap(Yuan::parse).stream()).mapToLong(Yuan::fen).sum())));
        return new Content.Receipt(term.map(PaperTerm::who).orElse(""), to, entry.text("amount").flatMap(Yuan::parse), term.map(PaperTerm::what).orElse(entry.word("note")),
                shown(of), entry.text("on").map(LocalDate::parse), left, List.of(blank(t("as.receiver"), to)));
    }

    private static boolean paid(Reading entry, Dispute.Instalment item) {
        return entry.data().get("agreement") instanceof Number agreement && agreement.intValue() == item.draft() && entry.text("which").equals(Optional.of(Integer.toString(item.ordinal())));
    }

    /** What counts as performed: not what somebody says of their own debt. */
    private static Stream<Reading> received(Case of) {
        return of.done("perform", "performed").filter(entry -> Boolean.TRUE.equals(entry.data().get("counts")));
    }

    private Content visit(Case of, Reading entry) {
        return new Content.Visit(names(of, entry.parties("whose")), shown(of), entry.word("cause").isBlank() ? t("visit.cause.usual") : entry.word("cause"), time(entry, "at"),
                entry.text("how").map(how -> t("visit.how." + how)).orElse(""), entry.text("kept").map(kept -> t("visit.kept." + kept)).orElse(""),
                entry.text("satisfied").map(satisfied -> t("visit.satisfied." + satisfied)).orElse(""), entry.text("sued").map(sued -> t("visit.sued." + sued)).orElse(""),
                entry.word("words"), List.of(new Signer(t("as.visitor"), of.doer(entry), Optional.empty(), Optional.of(CivilTime.dateOf(entry.at())))));
    }

    private Content confirmation(Case of) {
        Dispute dispute = of.dispute();
        List<PaperParty> parties = dispute.principals().stream().map(one -> party(of, one.party(), t("as.together"), deputies(of, one.party(), true), true)).toList();
        List<String> papers = new ArrayList<>(List.of(t("confirmation.paper.agreement"), t("confirmation.paper.identities"), t("confirmation.paper.property"),
                t("confirmation.paper.addresses")));
        if (dispute.participants().stream().anyMatch(one -> one.side() == Side.REPRESENTATIVE)) {
            papers.add(t("confirmation.paper.authority"));
        }
        List<PaperTerm> terms = dispute.agreement().flatMap(of::entry).map(text -> terms(of, text)).orElse(List.of());
        return new Content.Confirmation(parties, of.committee(), shown(of), dispute.inForceAt().map(CivilTime::dateOf), cause(of), terms,
                dispute.court().map(court -> of.units().getOrDefault(court.court(), "")).orElse(""), papers,
                dispute.principals().stream().map(one -> blank(t("as.together"), name(of, one.party()))).toList());
    }

    private Content result(Case of) {
        Dispute dispute = of.dispute();
        Optional<Reading> taken = of.last("take-up", "amend");
        Optional<Reading> told = of.last("report-back");
        List<String> papers = dispute.inForceAt().isPresent() ? List.of(shown(of)) : List.of();
        return new Content.Result(taken.flatMap(entry -> of.unit(entry, "entrusted-by")).map(unit -> of.units().getOrDefault(unit, "")).orElse(""),
                taken.map(entry -> entry.word("court-number")).orElse(""), between(of), cause(of), taken.flatMap(entry -> entry.text("entrusted-on")).map(on -> date(CivilTime.startOf(LocalDate.parse(on)))).orElse(""),
                date(dispute.takenUpAt()), dispute.endedAt().map(this::date).orElse(""),
                outcome(of), told.map(entry -> entry.word("words")).orElse(""), papers, of.committee());
    }

    private Content closing(Case of) {
        Dispute dispute = of.dispute();
        String performed = dispute.due().isEmpty() ? "" : dispute.performedAt().isPresent() ? t("closing.all")
                : t("closing.part", dispute.due().size(), dispute.due().stream().filter(one -> one.doneOn().isPresent()).count());
        return new Content.Closing(of.committee(), String.join(t("and"), mediators(of)), CivilTime.dateOf(clock.instant()), Optional.of(CivilTime.dateOf(dispute.takenUpAt())),
                dispute.performedAt().or(dispute::endedAt).map(CivilTime::dateOf), principals(of), t("type." + dispute.type()), t("source." + dispute.source()),
                taken(of, "facts"), outcome(of), performed, List.of(blank(t("as.handler"), ""), blank(t("as.head"), "")));
    }

    /** @param note of whoever puts the file together; may be empty */
    Content description(Case of, String note) {
        List<String> words = new ArrayList<>();
        words.add(t("description.begin", of.committee(), between(of), cause(of), date(of.dispute().takenUpAt())));
        of.dispute().endedAt().ifPresent(ended -> words.add(t("description.ended", date(ended), outcome(of))));
        words.add(t("description.apart"));
        List<String> kept = evidence(of).filter(entry -> !shownToAll(of, entry)).map(entry -> String.valueOf(entry.seq())).toList();
        if (!kept.isEmpty()) {
            words.add(t("description.evidence-apart", String.join(t("and"), kept)));
        }
        note.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(words::add);
        String filer = Acting.current() instanceof Actor.Staff staff ? staff.held().personName() : "";
        return new Content.Description(words, List.of(new Signer(t("as.filer"), filer, Optional.empty(), Optional.of(CivilTime.dateOf(clock.instant())))));
    }

    // ---- people

    private List<PaperParty> principals(Case of) {
        return of.dispute().principals().stream().map(one -> party(of, one.party(), as(one.side()), deputies(of, one.party(), true), true)).toList();
    }

    /** Without numbers of identity papers, which the Ministry's form does not ask for where the other side reads it, and without telephones: those change without a new text. */
    private List<PaperParty> principalsWithout(Case of) {
        return of.dispute().principals().stream()
                .map(one -> party(of, one.party(), as(one.side()), deputies(of, one.party(), false), organisation(of, one.party())).withoutTelephones()).toList();
    }

    private PaperParty party(Case of, int party, String as, List<PaperParty.Deputy> deputies, boolean identity) {
        Somebody one = of.people().getOrDefault(party, new Somebody(party, "", java.util.Map.of()));
        boolean organisation = organisation(of, party);
        return new PaperParty(as, organisation, name(of, party), one.contact("sex"), one.contact("nation"), one.contact("age"), one.contact("work"), one.contact("phone"),
                one.contact("address"), identity ? one.contact("identity") : "", organisation ? one.contact("head-of") : "", deputies);
    }

    private List<PaperParty.Deputy> deputies(Case of, int party, boolean identity) {
        return of.dispute().participants().stream().filter(one -> one.represents().equals(Optional.of(party))).map(one -> deputy(of, one, identity)).toList();
    }

    private PaperParty.Deputy deputy(Case of, Participant deputy, boolean identity) {
        Somebody one = of.people().getOrDefault(deputy.party(), new Somebody(deputy.party(), "", java.util.Map.of()));
        return new PaperParty.Deputy(as(deputy.side()), name(of, deputy.party()), identity ? one.contact("identity") : "", one.contact("phone"),
                deputy.authority().map(authority -> t("authority." + authority + ".short")).orElse(""));
    }

    private boolean organisation(Case of, int party) {
        return of.done("particulars").filter(entry -> entry.parties("whose").contains(party)).reduce((_, second) -> second)
                .flatMap(entry -> entry.text("kind-of")).equals(Optional.of("organisation"));
    }

    private static boolean speaksFor(Case of, int by, int party) {
        return of.dispute().speaksFor(by).filter(one -> one.party() == party).isPresent();
    }

    private List<Evidence> letters(Case of, Participant deputy) {
        return of.done("represent").filter(entry -> entry.word("name").equals(name(of, deputy.party())) && entry.parties("whose").equals(deputy.represents().stream().toList()))
                .flatMap(entry -> entry.files().stream()).toList();
    }

    String name(Case of, int party) {
        return Optional.ofNullable(of.people().get(party)).map(one -> one.contact("name")).filter(name -> !name.isBlank()).orElseGet(() -> t("nobody", party));
    }

    private String names(Case of, Collection<Integer> parties) {
        return parties.stream().map(party -> name(of, party)).collect(Collectors.joining(t("and")));
    }

    String between(Case of) {
        return names(of, of.dispute().sides().stream().map(Participant::party).toList());
    }

    List<String> mediators(Case of) {
        List<String> names = of.dispute().keepers().stream().map(one -> of.mediators().getOrDefault(one.post(), "")).filter(name -> !name.isEmpty()).toList();
        // a post that nobody holds any more: whoever signed the agreement for the committee
        return !names.isEmpty() ? names : of.dispute().inForce().stream().flatMap(text -> of.dispute().signaturesOn(text).stream()).filter(one -> one.signer().startsWith("post:"))
                .flatMap(one -> of.entry(one.seq()).stream()).map(of::doer).filter(name -> !name.isEmpty()).distinct().toList();
    }

    private String as(Side side) {
        return t("as." + side.code());
    }

    private static Signer blank(String as, String name) {
        return new Signer(as, name, Optional.empty(), Optional.empty());
    }

    private Signer signed(Case of, String as, String name, Signature signature) {
        Optional<String> hand = of.entry(signature.seq()).filter(entry -> !signature.how().equals("paper") && !entry.action().equals("sign-paper"))
                .flatMap(entry -> entry.files().stream().findFirst()).flatMap(this::picture);
        boolean paper = signature.how().equals("paper") || of.entry(signature.seq()).filter(entry -> entry.action().equals("sign-paper")).isPresent();
        return new Signer(as, paper ? t("on-paper", name) : hand.isEmpty() ? t("on-line", name) : name, hand, Optional.of(CivilTime.dateOf(signature.at())));
    }

    private Optional<String> picture(Evidence evidence) {
        return bytes(evidence.id()).map(bytes -> PaperFrame.picture(evidence.mediaType(), bytes));
    }

    /** Of a file that an entry names which who acts was found to read. */
    Optional<byte[]> bytes(UUID file) {
        return Acting.as(new Actor.Machine("papers"), () -> {
            try {
                return files.bytes(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    // ---- words

    List<PaperTerm> terms(Case of, Reading text) {
        if (of.withoutTerms().contains(text.seq())) {
            return List.of(new PaperTerm("", "", t("erased"), Optional.empty(), Optional.empty(), ""));
        }
        return text.word("terms").isBlank() ? List.of() : Clause.read(text.word("terms")).stream().map(clause -> new PaperTerm(name(of, clause.who()),
                clause.towards().map(towards -> name(of, towards)).orElse(""), clause.what(), clause.amount(), Optional.of(clause.by()), clause.how())).toList();
    }

    private String taken(Case of, String field) {
        return of.last("take-up", "amend").map(entry -> entry.word(field)).orElse("");
    }

    String cause(Case of) {
        return t("cause." + of.dispute().type());
    }

    /** The agreement, as other papers name it. */
    private String shown(Case of) {
        return of.caseNumber().map(number -> number.shown()).orElse("") + t(of.dispute().inForce().filter(Draft::oral).isPresent() ? "agreement.oral-one" : "agreement");
    }

    private String outcome(Case of) {
        return of.dispute().result().map(result -> t("outcome." + result.code())).orElse("");
    }

    private static boolean said(Reading entry, String field) {
        return Boolean.TRUE.equals(entry.data().get(field));
    }

    private static String shortened(String text, int most) {
        int[] points = text.strip().codePoints().toArray();
        return points.length <= most ? text.strip() : new String(points, 0, most) + "…";
    }

    private String time(Reading entry, String field) {
        return Case.time(entry, field).map(this::time).orElse("");
    }

    private String day(Reading entry, String field) {
        return entry.text(field).map(value -> value.length() == 10 ? LocalDate.parse(value) : CivilTime.dateOf(Instant.parse(value))).map(Filling::figures).orElse("");
    }

    private static String figures(LocalDate day) {
        return day.getYear() + "." + day.getMonthValue() + "." + day.getDayOfMonth();
    }

    private String date(Instant at) {
        LocalDate day = CivilTime.dateOf(at);
        return messages.getMessage("documents.date", new Object[] {day.getYear(), day.getMonthValue(), day.getDayOfMonth()}, Locale.SIMPLIFIED_CHINESE);
    }

    private String time(Instant at) {
        ZonedDateTime civil = CivilTime.of(at);
        return t("time", date(at), civil.getHour(), civil.getMinute() < 10 ? "0" + civil.getMinute() : "" + civil.getMinute());
    }

    private String t(String key, Object... arguments) {
        return messages.getMessage(WORDS + key, Stream.of(arguments).toArray(), Locale.SIMPLIFIED_CHINESE);
    }
}
