package org.heshi.mediation.workspace;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Looks;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Post;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.documents.PaperNumber;
import org.heshi.documents.Papers;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Clause;
import org.heshi.matters.Entries;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Readings;
import org.heshi.matters.Readings.Reading;
import org.heshi.matters.Readings.Somebody;
import org.heshi.matters.ResidentCodes;
import org.heshi.mediation.course.Dispute;
import org.heshi.mediation.course.Dispute.Draft;
import org.heshi.mediation.course.Dispute.Participant;
import org.heshi.mediation.course.Disputes;
import org.heshi.mediation.papers.OpenFiles;
import org.heshi.mediation.workspace.WorkspacePage.Court;
import org.heshi.mediation.workspace.WorkspacePage.Event;
import org.heshi.mediation.workspace.WorkspacePage.Owed;
import org.heshi.mediation.workspace.WorkspacePage.Person;
import org.heshi.mediation.workspace.WorkspacePage.Wanting;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** A dispute as its mediator works it: what is missing next, who stands where, what was said and offered, what is signed, owed and confirmed. */
@Controller
class WorkspaceController {

    private static final Set<String> SESSIONS = Set.of("invite", "cancel-sitting", "move-sitting", "session");
    private static final Set<String> APART = Set.of("invite-apart", "cancel-talk", "move-talk", "caucus", "investigate", "police");
    private static final Set<String> OFFERS = Set.of("offer", "offer-recorded");
    private static final Set<String> EVIDENCE = Set.of("evidence", "evidence-recorded");
    private static final Set<String> AFTER = Set.of("perform", "performed", "broken", "remediate", "revisit", "bind", "report-back", "court-accepted", "court-confirmed", "court-refused", "court-withdrawn");

    private final Disputes disputes;
    private final Readings readings;
    private final Entries entries;
    private final MatterRows rows;
    private final Papers papers;
    private final ResidentCodes codes;
    private final Directory directory;
    private final Looks looks;
    private final TransactionTemplate transactions;
    private final InstantSource clock;
    private final OpenFiles files;

    WorkspaceController(Disputes disputes, Readings readings, Entries entries, MatterRows rows, Papers papers, ResidentCodes codes, Directory directory, Looks looks,
            TransactionTemplate transactions, InstantSource clock, OpenFiles files) {
        this.files = files;
        this.disputes = disputes;
        this.readings = readings;
        this.entries = entries;
        this.rows = rows;
        this.papers = papers;
        this.codes = codes;
        this.directory = directory;
        this.looks = looks;
        this.transactions = transactions;
        this.clock = clock;
    }

    @GetMapping("/mediation/{number}")
    ModelAndView show(@PathVariable String number, Locale locale) {
        Actor.Staff staff = Acting.staffWith(Workspaces.WORK.toArray(Role[]::new));
        UUID matter = MatterNumber.parse(number).flatMap(rows::find).orElseThrow(WorkspaceController::none);
        WorkspacePage page = Objects.requireNonNull(transactions.execute(_ -> page(matter, staff, locale)));
        looks.record(matter);
        return new ModelAndView("mediation/workspace/page", Map.of("page", page));
    }

    private static NoSuchElementException none() {
        return new NoSuchElementException("no dispute that who asks works on");
    }

    private WorkspacePage page(UUID matter, Actor.Staff staff, Locale locale) {
        MatterRows.Row row = rows.rows(List.of(matter)).stream().findFirst().orElseThrow(WorkspaceController::none);
        List<Readings.Next> next = readings.next(matter);
        Map<String, Bilingual> offered = next.stream().collect(Collectors.toMap(Readings.Next::action, Readings.Next::title, (one, _) -> one, LinkedHashMap::new));
        Optional<Dispute> found = disputes.find(matter);
        // only where mediation is the matter's way, and only for the unit whose it is
        if (!Workspaces.worksOn(staff, found, () -> next)) {
            throw none();
        }
        if (found.filter(WorkspaceController::mayBeSealed).isEmpty()) {
            // who has not signed stands among what comes next
            offered.remove("put-in-force");
        }
        if (found.filter(Dispute::entrusted).isEmpty()) {
            offered.remove("report-back");
        }
        Optional<List<String>> unbound = found.filter(dispute -> dispute.result().isPresent()).flatMap(_ -> files.missing(matter, locale));
        List<Reading> read = readings.of(matter);
        Map<Integer, Reading> bySeq = read.stream().collect(Collectors.toMap(Reading::seq, Function.identity()));
        List<Somebody> people = readings.people(matter);
        Map<Integer, String> names = people.stream().collect(Collectors.toMap(Somebody::party, one -> masked(one.contact("name"))));
        List<Entries.Entry> all = entries.of(matter);
        LocalDate today = CivilTime.dateOf(clock.instant());
        Optional<Draft> draft = found.flatMap(dispute -> dispute.draft().or(dispute::inForce));
        return new WorkspacePage(row.number(), row.title(), row.state(), !row.closed(), stage(found), found,
                found.flatMap(dispute -> papers.numbers(matter).stream().filter(one -> one.id().equals(dispute.numberId())).findFirst()).map(PaperNumber::shown),
                draft.map(Draft::fingerprint).orElse(""), wanting(row.number(), found, offered, people, unbound, read), persons(matter, found, people, names), mediators(found),
                events(all, bySeq, SESSIONS), events(all, bySeq, APART), events(all, bySeq, OFFERS), events(all, bySeq, EVIDENCE), events(all, bySeq, AFTER),
                Charts.of(read, party -> party + " " + names.getOrDefault(party, "")), owed(found, read, names, today), court(found), offered, unbound.isPresent());
    }

    private static int stage(Optional<Dispute> found) {
        if (found.isEmpty()) {
            return 1;
        }
        Dispute dispute = found.get();
        if (dispute.result().isPresent() && dispute.performedAt().isPresent() || dispute.result().filter(result -> result == Dispute.Result.FAILED).isPresent()) {
            return 6;
        }
        return dispute.result().isPresent() && dispute.agreement().isPresent() ? 5 : dispute.draft().isPresent() ? 4 : dispute.begunAt().isPresent() ? 3 : 2;
    }

    /** What is missing next, the first of it first. */
    private static List<Wanting> wanting(MatterNumber number, Optional<Dispute> found, Map<String, Bilingual> offered, List<Somebody> people,
            Optional<List<String>> unbound, List<Reading> read) {
        List<Wanting> wanting = new ArrayList<>();
        Function<String, Optional<String>> act = action -> offered.containsKey(action) ? Optional.of("/matters/" + number.digits() + "/act/" + action) : Optional.empty();
        String here = "/mediation/" + number.digits();
        if (found.isEmpty()) {
            if (people.size() < 2) {
                wanting.add(new Wanting("mediation.workspace.want.party", "", act.apply("party")));
            }
            wanting.add(new Wanting("mediation.workspace.want.take-up", "", act.apply("take-up")));
            return wanting;
        }
        Dispute dispute = found.get();
        if (offered.containsKey("take-up")) {
            // opened again: it is registered once more before anybody is asked
            wanting.add(new Wanting("mediation.workspace.want.take-up", "", act.apply("take-up")));
        } else if (dispute.result().isEmpty()) {
            String silent = Dispute.numbers(dispute.principals().stream().filter(one -> one.consentedAt().isEmpty()));
            if (!silent.isEmpty()) {
                wanting.add(new Wanting("mediation.workspace.want.consent", silent, Optional.of(here + "/invite")));
            }
            String wards = Dispute.numbers(dispute.principals().stream().filter(one -> one.ward() && !dispute.hasGuardian(one.party())));
            if (!wards.isEmpty()) {
                wanting.add(new Wanting("mediation.workspace.want.guardian", wards, act.apply("represent")));
            }
            if (dispute.mediator().isEmpty()) {
                wanting.add(new Wanting("mediation.workspace.want.mediator", "", act.apply("appoint")));
            }
            if (dispute.begunAt().isEmpty() && silent.isEmpty()) {
                wanting.add(new Wanting("mediation.workspace.want.begin", "", act.apply("willing")));
            }
            dispute.draft().ifPresentOrElse(draft -> {
                String unsigned = Dispute.numbers(dispute.principals().stream().filter(one -> !dispute.signed(draft, one.party())));
                if (!unsigned.isEmpty()) {
                    wanting.add(new Wanting("mediation.workspace.want.sign", unsigned, Optional.of(here + "/signing")));
                }
                boolean signed = signedByTheMediator(dispute, draft);
                if (!signed) {
                    wanting.add(new Wanting("mediation.workspace.want.sign-mediator", "", act.apply("sign-mediator")));
                }
                if (signed && unsigned.isEmpty()) {
                    wanting.add(new Wanting("mediation.workspace.want.seal", "", act.apply("put-in-force")));
                }
            }, () -> {
                if (dispute.begunAt().isPresent() && dispute.mediator().isPresent()) {
                    wanting.add(new Wanting("mediation.workspace.want.draft", "", act.apply("draft")));
                }
            });
        } else {
            if (dispute.entrusted() && offered.containsKey("report-back") && read.stream().noneMatch(entry -> entry.action().equals("report-back")
                    && dispute.endedAt().filter(entry.at()::isAfter).isPresent())) {
                wanting.add(new Wanting("mediation.workspace.want.report", "", act.apply("report-back")));
            }
            if (offered.containsKey("answer")) {
                wanting.add(new Wanting("mediation.workspace.want.answer", "", act.apply("answer")));
            }
            if (dispute.agreement().isPresent() && dispute.performedAt().isEmpty()) {
                wanting.add(new Wanting("mediation.workspace.want.perform", "", act.apply("perform")));
            }
            unbound.ifPresent(missing -> wanting.add(new Wanting(missing.isEmpty() ? "mediation.workspace.want.file" : "mediation.workspace.want.file-missing", String.join("、", missing),
                    Optional.of(here + "/papers#file"))));
        }
        return wanting;
    }

    private static boolean signedByTheMediator(Dispute dispute, Draft draft) {
        return dispute.mediator().filter(post -> dispute.signaturesOn(draft).stream().anyMatch(one -> one.signer().equals("post:" + post))).isPresent();
    }

    /** Whether everybody signed the text that waits. */
    private static boolean mayBeSealed(Dispute dispute) {
        return dispute.draft().filter(draft -> !draft.oral() && signedByTheMediator(dispute, draft) && dispute.principals().stream().allMatch(one -> dispute.signed(draft, one.party()))).isPresent();
    }

    private List<Person> persons(UUID matter, Optional<Dispute> found, List<Somebody> people, Map<Integer, String> names) {
        List<Participant> participants = disputes.participants(matter);
        return people.stream().map(one -> {
            Optional<Participant> stands = participants.stream().filter(other -> other.party() == one.party()).findFirst();
            boolean principal = stands.filter(Participant::principal).isPresent();
            Optional<Integer> speaker = participants.stream().filter(other -> other.represents().equals(Optional.of(one.party()))).map(Participant::party).findFirst();
            String consented = !principal ? "none" : stands.flatMap(Participant::consentedAt).isPresent() ? "yes" : "no";
            Optional<Draft> draft = found.flatMap(dispute -> dispute.draft().or(() -> dispute.result().isPresent() ? dispute.inForce() : Optional.empty())).filter(text -> !text.oral());
            String signed = !principal || draft.isEmpty() ? "none" : found.orElseThrow().signed(draft.get(), one.party()) ? "yes" : "no";
            return new Person(one.party(), names.getOrDefault(one.party(), ""), one.role(), stands.map(other -> other.side().code()).orElse(""), speaker, consented, signed,
                    stands.flatMap(Participant::joinedAt).isPresent(), codes.mark(new Actor.Resident(matter, one.party())).isPresent(),
                    found.flatMap(dispute -> stands.flatMap(dispute::wanted)));
        }).toList();
    }

    private List<String> mediators(Optional<Dispute> found) {
        List<String> names = new ArrayList<>();
        for (Dispute.MediatorOf one : found.map(Dispute::mediating).orElse(List.of())) {
            Post post = directory.posts(List.of(one.post())).get(one.post());
            if (post != null) {
                names.add(directory.holders(post.unit(), clock.instant()).stream().filter(held -> held.post().equals(one.post())).map(HeldPost::personName).findFirst()
                        .orElse(post.title()) + " · " + directory.findUnit(post.unit()).map(Unit::name).orElse(""));
            }
        }
        return names;
    }

    /** Newest first. */
    private static List<Event> events(List<Entries.Entry> all, Map<Integer, Reading> bySeq, Set<String> actions) {
        return all.reversed().stream().filter(entry -> actions.contains(entry.action())).map(entry -> {
            Optional<Reading> reading = Optional.ofNullable(bySeq.get(entry.seq()));
            return new Event(entry.seq(), entry.title(), entry.at(), entry.unit().map(unit -> unit + entry.post().map(post -> " · " + post).orElse("")).orElse(""),
                    reading.flatMap(Reading::party), entry.said(), reading.map(Reading::files).orElse(List.of()));
        }).toList();
    }

    private static List<Owed> owed(Optional<Dispute> found, List<Reading> read, Map<Integer, String> names, LocalDate today) {
        if (found.isEmpty() || found.get().agreement().isEmpty()) {
            return List.of();
        }
        int text = found.get().agreement().get();
        List<Clause> clauses = read.stream().filter(entry -> entry.seq() == text).findFirst().map(entry -> entry.words().get("terms")).map(Clause::read).orElse(List.of());
        return found.get().due().stream().map(one -> {
            String what = one.ordinal() <= clauses.size() ? clauses.get(one.ordinal() - 1).what() : "";
            int share = one.doneOn().isPresent() ? 100 : one.amount().map(amount -> (int) (one.paid().fen() * 100 / amount.fen())).orElse(0);
            return new Owed(one.ordinal(), one.who() + " " + names.getOrDefault(one.who(), ""), one.towards().map(party -> party + " " + names.getOrDefault(party, "")).orElse(""), what,
                    one.amount(), one.paid(), one.due(), one.doneOn(), one.lateOn(today), share);
        }).toList();
    }

    private Optional<Court> court(Optional<Dispute> found) {
        return found.flatMap(Dispute::court).map(court -> new Court(directory.findUnit(court.court()).map(Unit::name).orElse(""), court.state(), court.filedOn(), court.decidedOn(),
                found.flatMap(Dispute::enforceableUntil)));
    }

    /** Enough to tell two people apart; whoever needs more asks for it on the matter's page, where that is recorded. */
    static String masked(String name) {
        return name.isBlank() ? "" : name.substring(0, name.offsetByCodePoints(0, 1)) + "**";
    }
}
