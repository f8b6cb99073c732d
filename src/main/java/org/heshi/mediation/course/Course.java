package org.heshi.mediation.course;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.access.Actor;
import org.heshi.calendar.Calendar;
import org.heshi.calendar.Limit;
import org.heshi.calendar.ServiceHours;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Post;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.documents.Papers;
import org.heshi.documents.UnitSeals;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.IdentityNumber;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Yuan;
import org.heshi.matters.Clause;
import org.heshi.matters.Companion;
import org.heshi.matters.Readings;
import org.heshi.mediation.course.Dispute.Draft;
import org.heshi.mediation.course.Dispute.Instalment;
import org.heshi.mediation.course.Dispute.Participant;
import org.heshi.mediation.course.Dispute.Side;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * What the law of mediation asks of each act beside the procedure (People's Mediation Law, articles 17 to 33), and the rows that the room works with. An agreement is in
 * force only with the signature of everybody on that very text; who speaks for whom is known; what one side owes the other adds up.
 */
@Component
class Course implements Companion {

    /** From the day of the agreement's effect (Civil Procedure Law, articles 85 and 205); as long as the procedure's clock of that name. */
    private static final Limit CONFIRMATION = new Limit(Limit.Unit.DAY, 30, true);

    private static final int ADULT = 18;

    static final String KIND = "dispute";
    static final String SERIES = "人调";

    private static final Set<String> ACTS = Set.of("take-up", "amend", "party", "represent", "authority-ended", "consent", "consent-recorded", "willing", "refuse", "not-fit", "decline", "appoint", "choose-mediator", "accept-mediator", "object", "step-back", "helper",
            "invite", "invite-apart", "cancel-sitting", "cancel-talk", "move-sitting", "move-talk", "session", "draft", "sign", "sign-paper", "sign-mediator", "put-in-force", "back", "oral", "stop", "leave", "perform", "performed", "join-application",
            "join-recorded", "file", "court-accepted", "court-confirmed", "court-refused", "court-withdrawn", "report-back", "story", "story-back", "reopen", "broken", "revisit", "remind", "redo", "remediate", "take-back", "reassign", "rule", "withdraw");
    /** What is kept of these depends on how the case stood. */
    private static final Set<String> GOES_BY_BEFORE = Set.of("take-up", "party", "refuse", "not-fit", "decline", "stop", "leave", "withdraw", "choose-mediator", "accept-mediator",
            "invite-apart", "put-in-force", "redo", "reopen", "remediate");
    /** What is registered of a case, at first and anew. */
    private static final Set<String> REGISTERS = Set.of("take-up", "amend");
    /** Where a registration names who stands on a side. */
    static final Map<Side, String> SIDES = Map.of(Side.APPLICANT, "applicants", Side.RESPONDENT, "respondents", Side.THIRD, "others");
    /** Anybody whom the matter concerns may do these; the others are for those who stand on a side or speak for somebody who does. */
    private static final Set<String> OF_PRINCIPALS = Set.of("consent", "decline", "leave", "choose-mediator", "accept-mediator", "object", "sign", "join-application", "performed", "broken", "remediate", "story", "story-back");

    /** What is written down of somebody and does not stand in the agreement. */
    private static final Set<String> NOT_PRINTED = Set.of("phone", "guardian-name", "guardian-phone");

    /** These are for everybody whom the matter concerns. */
    private static final Set<String> OF_PARTIES = Set.of("offer", "evidence");

    private final Disputes disputes;
    private final CaseRows rows;
    private final Readings readings;
    private final Directory directory;
    private final UnitSeals seals;
    private final Calendar calendar;
    private final ObjectProvider<Papers> papers;
    /** Asked for when the first act is kept: some of them read cases themselves. */
    private final Supplier<List<CourseListener>> listeners;

    Course(Disputes disputes, CaseRows rows, Readings readings, Directory directory, UnitSeals seals, Calendar calendar, ObjectProvider<Papers> papers, ObjectProvider<CourseListener> listeners) {
        this.disputes = disputes;
        this.rows = rows;
        this.readings = readings;
        this.directory = directory;
        this.seals = seals;
        this.calendar = calendar;
        this.papers = papers;
        this.listeners = SingletonSupplier.of(() -> listeners.orderedStream().toList());
    }

    @Override
    public boolean takesPart(String kind, String action) {
        // of every act, so that nobody reads it who takes part no more
        return kind.equals(KIND);
    }

    // ---- what is asked

    @Override
    public Judged judge(Step step) {
        Said said = new Said(step, disputes.find(step.matter()), disputes.everybody(step.matter()));
        if (OF_PRINCIPALS.contains(step.action())) {
            Optional<Refusal> notTheirs = notTheirs(said);
            if (notTheirs.isPresent()) {
                return Judged.refused(notTheirs.get());
            }
        }
        // whoever was left out says nothing more in it
        if (OF_PARTIES.contains(step.action()) && step.actor() instanceof Actor.Resident resident
                && said.left().anyMatch(one -> one.party() == resident.party())) {
            return Judged.refused(Refusal.of("mediation-not-a-side"));
        }
        switch (step.action()) {
            case "take-up" -> {
                takeUp(said);
                grownUp(said, "wards");
            }
            case "amend" -> {
                takeUp(said);
                grownUp(said, "wards");
                notBeingSigned(said, !standsAsNamed(said));
            }
            case "party-code" -> said.refuseUnless(said.left().noneMatch(one -> said.parties("whose").contains(one.party())), "whose", "mediation-left-out");
            case "party" -> {
                nobodyWhoMediates(said);
                notBeingSigned(said, side(said.step).isPresent());
            }
            case "particulars" -> notBeingSigned(said, printsOtherwise(said));
            case "represent" -> {
                represent(said);
                notBeingSigned(said, true);
            }
            case "authority-ended" -> {
                said.refuseUnless(said.standing().anyMatch(one -> !one.principal() && said.parties("whose").contains(one.party())), "whose",
                        "mediation-not-a-speaker");
                notBeingSigned(said, true);
            }
            case "redo" -> said.refuseUnless(said.found.flatMap(Dispute::agreement).isEmpty(), "", "mediation-in-force");
            case "remediate", "take-back" -> said.refuseUnless(said.found.flatMap(Dispute::agreement).isPresent(), "", "mediation-not-in-force");
            // what was said in confidence to one body is not another's
            case "reassign", "rule" -> said.refuseUnless(said.found.filter(dispute -> dispute.result().isEmpty() || dispute.agreement().isPresent()).isEmpty(), "lead", "mediation-going-on");
            case "withdraw", "reopen" -> said.refuseUnless(said.found.isEmpty() || said.speaker().isPresent(), "", "mediation-not-a-side");
            case "consent" -> consent(said, said.speaker().orElseThrow());
            case "consent-recorded" -> consentRecorded(said);
            case "willing" -> willing(said);
            case "appoint" -> appoint(said);
            case "choose-mediator" -> {
                said.refuseUnless(said.dispute().mediator().isEmpty(), "", "mediation-named-already");
                fitToMediate(said);
            }
            case "accept-mediator" -> {
                if (hasAMediator(said)) {
                    said.refuseUnless(said.dispute().wanted(said.speaker().orElseThrow()).isEmpty(), "", "mediation-accepted-already");
                }
            }
            case "step-back" -> mediates(said, "ground");
            case "helper" -> helper(said);
            case "invite", "invite-apart", "move-sitting", "move-talk" -> invite(said);
            case "session" -> hasAMediator(said);
            case "draft" -> {
                draft(said);
                grownUp(said, "");
            }
            case "sign" -> sign(said);
            case "sign-paper" -> signPaper(said);
            case "sign-mediator" -> signMediator(said);
            case "put-in-force" -> putInForce(said);
            case "oral" -> {
                oral(said);
                grownUp(said, "");
            }
            case "perform", "performed" -> perform(said);
            case "join-application", "join-recorded" -> join(said);
            case "file" -> file(said);
            case "court-accepted", "court-confirmed", "court-refused", "court-withdrawn" -> decided(said);
            case "report-back" -> said.refuseUnless(said.dispute().entrusted(), "", "mediation-not-entrusted");
            default -> {
                // kept, and nothing is asked beside the procedure
            }
        }
        boolean talk = step.action().equals("cancel-talk") || step.action().equals("move-talk");
        Set<Integer> out = out(said);
        return new Judged(said.refusals, said.refusals.isEmpty() ? said.adds : Map.of(), talk ? invited(said) : sides(said, out), out);
    }

    /** Those who stand on a side, also by this very act, and whoever speaks for them: nobody else reads what is said between them. */
    private static Set<Integer> sides(Said said, Set<Integer> out) {
        Set<Integer> sides = new HashSet<>();
        List.of("applicants", "respondents", "others").forEach(field -> sides.addAll(said.parties(field)));
        said.found.ifPresent(dispute -> dispute.participants().forEach(one -> {
            if (one.principal() || dispute.speaksFor(one.party()).isPresent()) {
                sides.add(one.party());
            }
        }));
        sides.removeAll(out);
        return sides;
    }

    /** Those who were left out, also by this very act, and whoever speaks for them. */
    private static Set<Integer> out(Said said) {
        Set<Integer> out = said.left().map(Participant::party).collect(Collectors.toCollection(HashSet::new));
        boolean registers = REGISTERS.contains(said.step.action());
        Set<Integer> named = registers ? named(said.step, SIDES.values()) : Set.of();
        if (registers) {
            said.everybody.stream().map(Disputes.Known::who).forEach(one -> {
                if (named.contains(one.represents().orElse(one.party()))) {
                    out.remove(one.party());
                } else {
                    out.add(one.party());
                }
            });
        } else if (said.step.action().equals("authority-ended")) {
            out.addAll(said.parties("whose"));
        }
        said.everybody.stream().filter(Disputes.Known::ended).map(one -> one.who().party()).filter(party -> !named.contains(party)).forEach(out::add);
        return out;
    }

    static Set<Integer> named(Step step, java.util.Collection<String> fields) {
        return fields.stream().flatMap(field -> parties(step, field).stream()).collect(Collectors.toSet());
    }

    /** Whoever was asked to a talk hears what becomes of it, and nobody else. */
    private static Set<Integer> invited(Said said) {
        return said.found.stream().flatMap(dispute -> dispute.sittings().stream()).filter(one -> Integer.toString(one.seq()).equals(said.step.data().get("which")))
                .findFirst().map(Dispute.Sitting::with).orElse(Set.of());
    }

    /** One act while it is judged. */
    private static final class Said {

        final Step step;
        final Optional<Dispute> found;
        final List<Disputes.Known> everybody;
        final List<Refusal> refusals = new ArrayList<>();
        final Map<String, Object> adds = new LinkedHashMap<>();

        Said(Step step, Optional<Dispute> found, List<Disputes.Known> everybody) {
            this.step = step;
            this.found = found;
            this.everybody = everybody;
        }

        /** Those who take part, also before it was taken up: whoever acts for somebody may be known by then. */
        Stream<Participant> standing() {
            return everybody.stream().filter(one -> !one.left()).map(Disputes.Known::who);
        }

        /** Those who were left out, or whose authority ended. */
        Stream<Participant> left() {
            return everybody.stream().filter(Disputes.Known::left).map(Disputes.Known::who);
        }

        Dispute dispute() {
            return found.orElseThrow(() -> new IllegalStateException("the procedure lets " + step.action() + " be done before the case was taken up"));
        }

        void refuse(String field, String code, Object... arguments) {
            refusals.add(Refusal.at(field, code, arguments));
        }

        boolean refuseUnless(boolean fine, String field, String code, Object... arguments) {
            if (!fine) {
                refuse(field, code, arguments);
            }
            return fine;
        }

        List<Integer> parties(String field) {
            return Course.parties(step, field);
        }

        /** For whom the resident who acts speaks. */
        Optional<Participant> speaker() {
            return step.actor() instanceof Actor.Resident resident ? found.flatMap(dispute -> dispute.speaksFor(resident.party())) : Optional.empty();
        }

        LocalDate today() {
            return CivilTime.dateOf(step.at());
        }
    }

    static List<Integer> parties(Step step, String field) {
        return step.data().get(field) instanceof List<?> numbers ? numbers.stream().map(number -> ((Number) number).intValue()).toList() : List.of();
    }

    private static Optional<Refusal> notTheirs(Said said) {
        if (said.found.isEmpty()) {
            // nobody waits for a form to say that they do not want it (People's Mediation Law, article 17)
            return said.step.action().equals("decline") ? Optional.empty() : Optional.of(Refusal.of("mediation-not-taken-up"));
        }
        if (said.speaker().isPresent() || !(said.step.actor() instanceof Actor.Resident resident)) {
            return Optional.empty();
        }
        return Optional.of(Refusal.of(said.dispute().participant(resident.party()).map(one -> one.principal() ? "mediation-ward"
                : one.authority().equals(Optional.of("special")) ? "mediation-no-guardian" : "mediation-authority").orElse("mediation-not-a-side")));
    }

    private void takeUp(Said said) {
        List<Integer> speakers = said.standing().filter(one -> !one.principal()).map(Participant::party).toList();
        for (String field : List.of("applicants", "respondents", "others")) {
            said.refuseUnless(said.parties(field).stream().noneMatch(speakers::contains), field, "mediation-speaker");
        }
        List<Integer> applicants = said.parties("applicants");
        List<Integer> respondents = said.parties("respondents");
        List<Integer> others = said.parties("others");
        Set<Integer> all = new HashSet<>(applicants);
        said.refuseUnless(respondents.stream().allMatch(all::add), "respondents", "mediation-both-sides");
        said.refuseUnless(others.stream().allMatch(all::add), "others", "mediation-both-sides");
        said.refuseUnless(all.containsAll(said.parties("wards")), "wards", "mediation-wards");
        // what somebody has to do or to get by an agreement in force is not settled over their head
        said.found.ifPresent(dispute -> {
            String bound = Dispute.numbers(dispute.principals().stream().filter(one -> !all.contains(one.party()) && dispute.due().stream()
                    .anyMatch(item -> item.doneOn().isEmpty() && (item.who() == one.party() || item.towards().map(towards -> towards == one.party()).orElse(true)))));
            said.refuseUnless(bound.isEmpty(), "respondents", "mediation-bound", bound);
        });
        if (said.step.data().get("source") instanceof String source && source.startsWith("court-")) {
            said.refuseUnless(said.step.data().get("entrusted-by") instanceof String unit && directory.findUnit(UUID.fromString(unit)).filter(one -> one.type() == UnitType.COURT)
                    .isPresent(), "entrusted-by", "mediation-not-a-court");
        }
    }

    /**
     * Who the parties are belongs to an agreement (People's Mediation Law, article 29): when that changes it is written and signed anew. Nobody's signature is void
     * unnoticed, though: the text is taken back first, by an act that all sides read.
     */
    private static void notBeingSigned(Said said, boolean changes) {
        said.refuseUnless(!changes || said.found.flatMap(Dispute::draft).isEmpty(), "", "mediation-being-signed");
    }

    /** Whether the agreement would print something else of them; by which telephone somebody is reached does not stand in it. */
    private boolean printsOtherwise(Said said) {
        int whose = said.parties("whose").getFirst();
        Map<String, String> known = readings.people(said.step.matter()).stream().filter(one -> one.party() == whose).findFirst().map(Readings.Somebody::contacts).orElse(Map.of());
        Object kind = readings.of(said.step.matter()).stream().filter(entry -> entry.action().equals("particulars") && entry.parties("whose").contains(whose)).reduce((_, newest) -> newest)
                .flatMap(entry -> entry.text("kind-of")).orElse("person");
        return !kind.equals(said.step.data().get("kind-of")) || said.step.words().stream().anyMatch(word -> !NOT_PRINTED.contains(word.field()) && !word.value().equals(known.get(word.field())));
    }

    /** Whether everybody is named on the side where they stand. */
    private static boolean standsAsNamed(Said said) {
        List<Integer> wards = said.parties("wards");
        Set<List<Object>> named = SIDES.entrySet().stream().flatMap(side -> said.parties(side.getValue()).stream().map(party -> List.<Object>of(party, side.getKey(), wards.contains(party))))
                .collect(Collectors.toSet());
        return named.equals(said.dispute().principals().stream().map(one -> List.<Object>of(one.party(), one.side(), one.ward())).collect(Collectors.toSet()));
    }

    /** Whoever is not eighteen yet, as their identity number says, is acted for by a guardian (Civil Code, articles 17 to 23). */
    private void grownUp(Said said, String field) {
        boolean registers = REGISTERS.contains(said.step.action());
        Set<Integer> alone = registers ? named(said.step, SIDES.values())
                : said.dispute().principals().stream().filter(one -> !one.ward()).map(Participant::party).collect(Collectors.toCollection(HashSet::new));
        String young = readings.people(said.step.matter()).stream().filter(one -> alone.contains(one.party()) && !(registers && said.parties("wards").contains(one.party())))
                .filter(one -> IdentityNumber.parse(one.contact("identity")).filter(number -> number.youngerThan(ADULT, said.today())).isPresent())
                .map(one -> Integer.toString(one.party())).collect(Collectors.joining("、"));
        said.refuseUnless(young.isEmpty(), field, "mediation-minor", young);
    }

    private void nobodyWhoMediates(Said said) {
        Optional<String> name = said.step.word("name");
        boolean mediates = said.found.map(Dispute::mediating).orElse(List.of()).stream().anyMatch(one -> holder(one.post(), said).map(HeldPost::personName).equals(name));
        said.refuseUnless(!mediates, "name", "mediation-mediates");
    }

    private void represent(Said said) {
        nobodyWhoMediates(said);
        int whose = said.parties("whose").getFirst();
        said.refuseUnless(said.standing().noneMatch(one -> one.party() == whose && !one.principal()), "whose", "mediation-represents");
    }

    private static void consent(Said said, Participant whose) {
        said.refuseUnless(whose.consentedAt().isEmpty(), "", "mediation-consented");
        said.adds.put("for", (long) whose.party());
    }

    private static void consentRecorded(Said said) {
        Optional<Participant> whose = said.dispute().participant(said.parties("whose").getFirst()).filter(Participant::principal);
        if (whose.isEmpty()) {
            said.refuse("whose", "mediation-not-on-a-side");
            return;
        }
        said.refuseUnless(!whose.get().ward() || said.dispute().hasGuardian(whose.get().party()), "whose", "mediation-no-guardian");
        consent(said, whose.get());
    }

    private static void willing(Said said) {
        String missing = Dispute.numbers(said.dispute().principals().stream().filter(one -> one.consentedAt().isEmpty()));
        said.refuseUnless(missing.isEmpty(), "", "mediation-not-consented", missing);
    }

    private void appoint(Said said) {
        Dispute dispute = said.dispute();
        List<UUID> named = named(said.step);
        if (named.size() == 2 && named.getFirst().equals(named.getLast())) {
            said.refuse("second", "mediation-twice");
            return;
        }
        fitToMediate(said);
        // whom all of them chose by an act of their own is chosen, whatever is ticked
        boolean chosen = dispute.chosenByAll(named.getFirst());
        said.adds.put("named", chosen ? "chosen" : said.step.data().get("how"));
        said.adds.put("chosen-by", dispute.principals().stream().filter(one -> one.wanted().equals(Optional.of(new Dispute.Wanted(named.getFirst(), "chosen"))))
                .map(one -> (long) one.party()).toList());
    }

    /** Nobody who is a party, whom a party had replaced, or who withdrew. */
    private void fitToMediate(Said said) {
        Dispute dispute = said.dispute();
        List<UUID> named = named(said.step);
        Set<String> people = readings.people(said.step.matter()).stream().map(one -> one.contact("name")).filter(name -> !name.isBlank()).collect(Collectors.toSet());
        for (int i = 0; i < named.size(); i++) {
            String field = i == 0 ? "mediator" : "second";
            UUID post = named.get(i);
            said.refuseUnless(dispute.mediators().stream().noneMatch(one -> one.post().equals(post) && one.ended().filter(end -> !end.equals("replaced")).isPresent()), field,
                    "mediation-kept-out");
            said.refuseUnless(holder(post, said).map(HeldPost::personName).filter(people::contains).isEmpty(), field, "mediation-is-party");
        }
    }

    private static List<UUID> named(Step step) {
        return Stream.of("mediator", "second").map(field -> step.data().get(field)).filter(Objects::nonNull).map(id -> UUID.fromString((String) id)).toList();
    }

    private Optional<HeldPost> holder(UUID post, Said said) {
        Post known = directory.posts(List.of(post)).get(post);
        return known == null ? Optional.empty() : directory.holders(known.unit(), said.step.at()).stream().filter(held -> held.post().equals(post)).findFirst();
    }

    private static boolean hasAMediator(Said said) {
        return said.refuseUnless(said.found.flatMap(Dispute::mediator).isPresent(), "", "mediation-no-mediator");
    }

    private static void mediates(Said said, String field) {
        said.refuseUnless(said.step.actor() instanceof Actor.Staff staff && said.dispute().mediating().stream().anyMatch(one -> one.post().equals(staff.post())), field,
                "mediation-not-the-mediator");
    }

    private static void helper(Said said) {
        List<Integer> agreed = said.parties("agreed-by");
        String missing = Dispute.numbers(said.dispute().principals().stream().filter(one -> !agreed.contains(one.party())));
        said.refuseUnless(missing.isEmpty(), "agreed-by", "mediation-helper", missing);
    }

    private static void invite(Said said) {
        java.time.Instant at = java.time.Instant.parse((String) said.step.data().get("at"));
        said.refuseUnless(at.isAfter(said.step.at()), "at", "mediation-past");
        if (said.step.data().get("until") instanceof String until) {
            java.time.Instant end = java.time.Instant.parse(until);
            said.refuseUnless(end.isAfter(at) && end.isBefore(at.plus(java.time.Duration.ofHours(16))), "until", "mediation-until");
        }
        if ("open".equals(said.step.data().get("open"))) {
            String against = said.found.map(dispute -> Dispute.numbers(dispute.principals().stream().filter(one -> !one.open().equals(Optional.of(true))))).orElse("—");
            said.refuseUnless(against.isEmpty(), "open", "mediation-not-open", against);
        }
    }

    private static List<Clause> clauses(Step step) {
        return step.word("terms").map(Clause::read).orElse(List.of());
    }

    private static void clauses(Said said) {
        List<Clause> clauses = clauses(said.step);
        for (int i = 0; i < clauses.size(); i++) {
            Clause clause = clauses.get(i);
            said.refuseUnless(principal(said, clause.who()), "terms", "mediation-clause-who", i + 1);
            said.refuseUnless(clause.towards().isEmpty() || principal(said, clause.towards().get()), "terms", "mediation-clause-towards", i + 1);
        }
        said.refuseUnless(Yuan.sum(clauses.stream().flatMap(clause -> clause.amount().stream()).toList()).isPresent(), "terms", "mediation-clauses-sum");
    }

    private static boolean principal(Said said, int party) {
        return said.dispute().participant(party).filter(Participant::principal).isPresent();
    }

    private static void draft(Said said) {
        hasAMediator(said);
        willing(said);
        clauses(said);
        int least = said.dispute().principals().size() + 1;
        said.refuseUnless(!said.dispute().type().equals(Dispute.FAMILY) || said.step.data().get("settles") != null, "settles", "mediation-settles");
        said.refuseUnless(said.step.data().get("copies") instanceof Long copies && copies >= least, "copies", "mediation-copies", least);
    }

    private static void sign(Said said) {
        Participant whose = said.speaker().orElseThrow();
        signing(said, "party:" + whose.party(), "text").ifPresent(_ -> said.adds.put("for", (long) whose.party()));
        said.refuseUnless(said.step.words().stream().anyMatch(word -> word.kind().equals("file") && word.value().contains("\"mediaType\":\"image/")), "signature", "mediation-picture");
    }

    private static void signPaper(Said said) {
        Optional<Participant> whose = said.dispute().participant(said.parties("whose").getFirst()).filter(Participant::principal);
        if (whose.isEmpty()) {
            said.refuse("whose", "mediation-not-on-a-side");
            return;
        }
        said.refuseUnless(!whose.get().ward() || said.dispute().hasGuardian(whose.get().party()), "whose", "mediation-no-guardian");
        signing(said, "party:" + whose.get().party(), "text").ifPresent(_ -> said.adds.put("for", (long) whose.get().party()));
    }

    private static void signMediator(Said said) {
        mediates(said, "text");
        if (said.step.actor() instanceof Actor.Staff staff) {
            signing(said, "post:" + staff.post(), "text");
        }
    }

    /** A signature names the text: by its fingerprint, as it stands on the paper that was read. */
    private static Optional<Draft> signing(Said said, String signer, String field) {
        Optional<Draft> draft = said.dispute().draft().filter(one -> !one.oral());
        if (draft.isEmpty()) {
            said.refuse("", "mediation-no-draft");
            return Optional.empty();
        }
        if (!draft.get().named(said.step.data().get(field))) {
            said.refuse(field, "mediation-other-text");
            return Optional.empty();
        }
        if (said.dispute().signaturesOn(draft.get()).stream().anyMatch(one -> one.signer().equals(signer))) {
            said.refuse("", "mediation-signed");
            return Optional.empty();
        }
        said.adds.put("draft", (long) draft.get().seq());
        said.adds.put("signs", draft.get().digest());
        return draft;
    }

    private void putInForce(Said said) {
        Dispute dispute = said.dispute();
        Optional<Draft> draft = dispute.draft().filter(one -> !one.oral());
        if (draft.isEmpty()) {
            said.refuse("", "mediation-no-draft");
            return;
        }
        willing(said);
        String missing = Dispute.numbers(dispute.principals().stream().filter(one -> !dispute.signed(draft.get(), one.party())));
        said.refuseUnless(missing.isEmpty(), "", "mediation-unsigned", missing);
        said.refuseUnless(dispute.mediator().filter(post -> dispute.signaturesOn(draft.get()).stream().anyMatch(one -> one.signer().equals("post:" + post))).isPresent(), "",
                "mediation-unsigned-mediator");
        said.refuseUnless(seals.toSealWith(dispute.unit()).isPresent(), "", "mediation-no-seal");
        // what was agreed for a day that is over by now is agreed anew
        int late = 0;
        for (Clause clause : terms(said.step.matter(), draft.get())) {
            late++;
            said.refuseUnless(!clause.by().isBefore(said.today()), "", "mediation-clause-over", late);
        }
        said.adds.put("draft", (long) draft.get().seq());
        said.adds.put("signs", draft.get().digest());
    }

    private List<Clause> terms(UUID matter, Draft draft) {
        return readings.of(matter).stream().filter(entry -> entry.seq() == draft.seq()).findFirst().map(entry -> entry.words().get("terms")).map(Clause::read)
                .orElseThrow(() -> new IllegalStateException("the words of the agreement are not there for who acts"));
    }

    private static void oral(Said said) {
        willing(said);
        said.refuseUnless(said.dispute().begunAt().filter(begun -> agreedOn(said.step).isBefore(CivilTime.dateOf(begun))).isEmpty(), "at", "mediation-oral-before",
                said.dispute().begunAt().map(CivilTime::dateOf).orElse(said.today()));
        hasAMediator(said);
        clauses(said);
        List<Integer> present = said.parties("present");
        String missing = Dispute.numbers(said.dispute().principals().stream()
                .filter(one -> !present.contains(one.party()) && said.dispute().participants().stream().noneMatch(other -> present.contains(other.party())
                        && said.dispute().speaksFor(other.party()).filter(one::equals).isPresent())));
        said.refuseUnless(missing.isEmpty(), "present", "mediation-absent", missing);
    }

    private static java.time.Instant agreedAt(Step step) {
        return java.time.Instant.parse((String) step.data().get("at"));
    }

    /** An oral agreement takes effect on the day on which it was made (People's Mediation Law, article 30), whenever it is written down. */
    private static LocalDate agreedOn(Step step) {
        return CivilTime.dateOf(agreedAt(step));
    }

    private static void perform(Said said) {
        Dispute dispute = said.dispute();
        Instalment which = dispute.due().stream().filter(one -> Integer.toString(one.ordinal()).equals(said.step.data().get("which"))).findFirst()
                .orElseThrow(() -> new IllegalStateException("an item that is not offered was chosen"));
        Optional<Yuan> paid = said.step.data().get("amount") instanceof String amount ? Yuan.parse(amount) : Optional.empty();
        if (which.doneOn().isPresent()) {
            said.refuse("which", "mediation-done");
        } else if (which.left().isPresent()) {
            Yuan left = which.left().get();
            said.refuseUnless(paid.isPresent(), "amount", "mediation-amount", left.figures());
            said.refuseUnless(paid.isEmpty() || paid.get().compareTo(left) <= 0, "amount", "mediation-too-much", left.figures());
        } else {
            said.refuseUnless(paid.isEmpty(), "amount", "mediation-no-amount");
        }
        LocalDate on = LocalDate.parse((String) said.step.data().get("on"));
        said.refuseUnless(!on.isAfter(said.today()), "on", "mediation-day-ahead");
        said.refuseUnless(dispute.inForceAt().filter(at -> on.isBefore(CivilTime.dateOf(at))).isEmpty(), "on", "mediation-day-before");
        // what somebody says of their own debt is a word; that it was received is for the other side or the mediator to say
        boolean counts = said.step.actor() instanceof Actor.Staff || said.speaker().filter(one -> which.towards().map(towards -> towards == one.party()).orElse(which.who() != one.party())).isPresent();
        said.adds.put("counts", counts);
        said.adds.put("agreement", (long) which.draft());
    }

    private void join(Said said) {
        Dispute dispute = said.dispute();
        confirmable(said);
        if (said.step.data().get("on") != null) {
            dayUpToNow(said);
        }
        said.refuseUnless(dispute.court().isEmpty(), "", "mediation-filed");
        List<Integer> whose = said.step.actor() instanceof Actor.Resident ? List.of(said.speaker().orElseThrow().party()) : said.parties("whose");
        said.refuseUnless(whose.stream().allMatch(party -> principal(said, party)), "whose", "mediation-not-on-a-side");
        said.adds.put("for", whose.stream().map(Integer::longValue).toList());
    }

    /** Who may not apply is told why, when they join and when it is filed. */
    private void confirmable(Said said) {
        said.dispute().notForTheCourt().ifPresent(why -> said.refuse("", "mediation-confirm-" + why));
        LocalDate on = said.step.data().get("on") instanceof String day ? LocalDate.parse(day) : said.today();
        said.dispute().inForceAt().ifPresent(since -> {
            LocalDate last = CivilTime.dateOf(calendar.due(CONFIRMATION, since, ServiceHours.ALWAYS).at()).minusDays(1);
            said.refuseUnless(!on.isAfter(last), "on", "mediation-confirm-late", CivilTime.dateOf(since), last);
            said.refuseUnless(!on.isBefore(CivilTime.dateOf(since)), "on", "mediation-day-before");
        });
    }

    private void file(Said said) {
        Dispute dispute = said.dispute();
        confirmable(said);
        String missing = Dispute.numbers(dispute.principals().stream().filter(one -> one.joinedAt().isEmpty()));
        said.refuseUnless(missing.isEmpty(), "", "mediation-not-joined", missing);
        said.refuseUnless(dispute.court().filter(court -> !court.state().equals("withdrawn")).isEmpty(), "", "mediation-filed");
        if (dispute.source().startsWith("court")) {
            // the court that invited the mediation has jurisdiction (Civil Procedure Law, article 205)
            readings.of(said.step.matter()).stream().filter(entry -> REGISTERS.contains(entry.action())).reduce((_, newest) -> newest).flatMap(entry -> entry.text("entrusted-by"))
                    .ifPresent(invited -> said.refuseUnless(invited.equals(said.step.data().get("court")), "court", "mediation-court-invited",
                            directory.findUnit(UUID.fromString(invited)).map(Unit::name).orElse("")));
        }
        dayUpToNow(said);
    }

    private static void decided(Said said) {
        if (said.step.actor() instanceof Actor.Staff staff && !staff.unit().equals(said.dispute().unit())) {
            said.refuseUnless(said.dispute().court().filter(court -> court.court().equals(staff.unit())).isPresent(), "", "mediation-not-that-court");
        }
        Set<String> from = said.step.action().equals("court-confirmed") ? Set.of("accepted", "filed") : said.step.action().equals("court-accepted") ? Set.of("filed") : Set.of("filed", "accepted");
        said.refuseUnless(said.dispute().court().filter(court -> from.contains(court.state())).isPresent(), "", "mediation-court-state");
        dayUpToNow(said);
        said.refuseUnless(said.dispute().court().filter(court -> LocalDate.parse((String) said.step.data().get("on")).isBefore(court.filedOn())).isEmpty(), "on", "mediation-day-before");
    }

    private static void dayUpToNow(Said said) {
        said.refuseUnless(!LocalDate.parse((String) said.step.data().get("on")).isAfter(said.today()), "on", "mediation-day-ahead");
    }

    // ---- what is kept

    @Override
    public void keep(Step step) {
        if (!ACTS.contains(step.action())) {
            return;
        }
        UUID matter = step.matter();
        List<CourseListener> told = listeners.get().stream().filter(listener -> listener.listensTo(step.action())).toList();
        Optional<Dispute> before = told.isEmpty() && !GOES_BY_BEFORE.contains(step.action()) ? Optional.empty() : disputes.find(matter);
        switch (step.action()) {
            case "take-up" -> {
                // a body that takes up once more what it took up before goes on under the number that the case has
                UUID unit = ((Actor.Staff) step.actor()).unit();
                rows.takeUp(step, unit, before.filter(dispute -> dispute.unit().equals(unit)).map(Dispute::numberId).orElseGet(() -> papers.getObject().number(matter, unit, SERIES).id()));
            }
            case "amend" -> rows.correct(step);
            case "party" -> before.flatMap(_ -> side(step))
                    .ifPresent(side -> rows.participant(matter, step.party().orElseThrow(), side, Optional.empty(), Optional.empty()));
            case "represent" -> rows.participant(matter, step.party().orElseThrow(), Side.of((String) step.data().get("role")), Optional.of(parties(step, "whose").getFirst()),
                    Optional.ofNullable((String) step.data().get("authority")));
            case "authority-ended" -> rows.authorityEnded(step, parties(step, "whose").getFirst());
            case "consent", "consent-recorded" -> rows.consented(step, number(step, "for"), "open".equals(step.data().get("open")));
            case "willing" -> rows.begun(step);
            case "refuse", "not-fit", "decline", "stop", "leave", "withdraw" -> {
                rows.voidDrafts(step);
                before.ifPresent(_ -> rows.ended(step, Dispute.Result.FAILED));
            }
            case "appoint" -> rows.appoint(step, named(step), (String) step.data().get("named"));
            case "choose-mediator" -> rows.wanted(step, speaker(step, before), named(step).getFirst(), "chosen");
            case "accept-mediator" -> rows.wanted(step, speaker(step, before), before.flatMap(Dispute::mediator).orElseThrow(), "accepted");
            case "object" -> rows.mediatorsEnd(step, Optional.empty(), "objected");
            case "step-back" -> rows.mediatorsEnd(step, Optional.of(((Actor.Staff) step.actor()).post()), "stepped-back");
            case "invite" -> rows.sitting(step, List.of("staff", "parties", "reporter"));
            case "invite-apart" -> {
                List<String> readers = new ArrayList<>(List.of("lead"));
                before.map(dispute -> "of:" + dispute.unit()).ifPresent(readers::add);
                parties(step, "with").forEach(party -> readers.add("party:" + party));
                rows.sitting(step, readers);
            }
            case "move-sitting", "move-talk" -> rows.sittingMoved(step);
            case "cancel-sitting", "cancel-talk" -> rows.sittingCancelled(step);
            case "draft" -> {
                rows.voidDrafts(step);
                rows.draft(step, false);
            }
            case "back" -> rows.voidDrafts(step);
            case "sign" -> rows.signature(step, "party:" + number(step, "for"), "screen");
            case "sign-paper" -> rows.signature(step, "party:" + number(step, "for"), "paper");
            case "sign-mediator" -> rows.signature(step, "post:" + ((Actor.Staff) step.actor()).post(), "staff");
            case "put-in-force" -> rows.inForce(step, number(step, "draft"), Dispute.Result.WRITTEN, terms(matter, before.flatMap(Dispute::draft).orElseThrow()), step.at());
            case "oral" -> {
                rows.draft(step, true);
                rows.inForce(step, step.seq(), Dispute.Result.ORAL, clauses(step), agreedAt(step));
            }
            case "perform", "performed" -> {
                if (Boolean.TRUE.equals(step.data().get("counts"))) {
                    rows.performed(step);
                }
            }
            case "join-application", "join-recorded" -> parties(step, "for").forEach(party -> rows.joined(step, party));
            case "file" -> rows.filed(step);
            case "court-accepted" -> rows.court(step, "accepted");
            case "court-confirmed" -> rows.court(step, "confirmed");
            case "court-refused" -> rows.court(step, "refused");
            case "court-withdrawn" -> rows.court(step, "withdrawn");
            case "remind" -> rows.reminded(step);
            case "redo", "reopen", "remediate" -> before.ifPresent(_ -> rows.again(step));
            default -> {
                // only those who listen may keep something
            }
        }
        if (!told.isEmpty()) {
            disputes.find(matter).ifPresent(after -> told.forEach(listener -> listener.kept(step, before, after)));
        }
    }

    private static int speaker(Step step, Optional<Dispute> before) {
        return new Said(step, before, List.of()).speaker().orElseThrow().party();
    }

    private static int number(Step step, String field) {
        return ((Number) step.data().get(field)).intValue();
    }

    /** Who is added after the case was taken up stands where their role says. */
    private static Optional<Side> side(Step step) {
        return step.data().get("role") instanceof String role && Set.of("applicant", "respondent", "third").contains(role) ? Optional.of(Side.of(role)) : Optional.empty();
    }
}
