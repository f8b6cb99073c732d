package org.heshi.matters.act;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.FirstQuestion;
import org.heshi.access.InnerScope;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.Companion;
import org.heshi.matters.Matters;
import org.heshi.matters.MattersSettings;
import org.heshi.matters.clock.Clocks;
import org.heshi.matters.code.CodeKeeper;
import org.heshi.matters.log.CanonicalJson;
import org.heshi.matters.log.Digests;
import org.heshi.matters.pick.PickLists;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Audience;
import org.heshi.matters.procedure.Procedure.Effect;
import org.heshi.matters.procedure.Procedure.Relation;
import org.heshi.matters.procedure.Procedure.Target;
import org.heshi.matters.procedure.Procedures;
import org.heshi.matters.seal.Seals;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The one door: reads what was typed, asks the rules, and writes row, entry and holdings in one transaction. */
@Component
class OneDoor implements Matters {

    /** Of a matter that offices make for one another: nobody gets a code for it. */
    private static final List<Ledger.Party> NO_REPORTER = List.of(new Ledger.Party(1, "other", null, null));
    private static final Actor.Machine RELAY = new Actor.Machine("relay");
    private static final Actor.Machine WHISTLER = new Actor.Machine("whistle");
    /** How long a link for the reporter's own word holds. */
    private static final Duration LINK_HOLDS = Duration.ofDays(15);
    /** Fields that begin so tell of the person whom a report is for: the second party. */
    private static final String CONCERNED = "behalf-";
    private static final String ANSWER = "answer";

    private final Ledger ledger;
    private final Seals seals;
    private final TypedReader reader;
    private final Procedures procedures;
    private final Directory directory;
    private final Divisions divisions;
    private final CodeKeeper codes;
    private final Clocks clocks;
    private final MattersSettings settings;
    private final InnerScope inner;
    private final List<Companion> companions;
    private final PickLists picks;
    private final TransactionTemplate transactions;
    private final TransactionTemplate firstQuestions;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    /** By the name of an action, of which others is asked who did them when: asked for together with the matter once it is known. */
    private final Map<String, Set<String>> asked = new ConcurrentHashMap<>();

    OneDoor(Ledger ledger, TypedReader reader, Procedures procedures, Directory directory, Divisions divisions, CodeKeeper codes, Clocks clocks,
            MattersSettings settings, InnerScope inner, TransactionTemplate transactions, InstantSource clock, Seals seals,
            List<Companion> companions, PickLists picks) {
        this.ledger = ledger;
        this.picks = picks;
        this.seals = seals;
        this.reader = reader;
        this.procedures = procedures;
        this.directory = directory;
        this.divisions = divisions;
        this.codes = codes;
        this.clocks = clocks;
        this.settings = settings;
        this.inner = inner;
        this.companions = companions;
        this.transactions = named(transactions, InnerScope.BY_KEYS);
        firstQuestions = named(transactions, FirstQuestion.TRANSACTION);
        this.clock = clock;
    }

    private static TransactionTemplate named(TransactionTemplate like, String name) {
        TransactionTemplate named = new TransactionTemplate(Objects.requireNonNull(like.getTransactionManager()));
        named.setName(name);
        return named;
    }

    @Override
    public Answer act(Act act) {
        String key = act.idempotencyKey();
        if (key.length() < 8 || key.length() > 64) {
            return refused(Refusal.of("bad-form"));
        }
        try {
            return once(act, false);
        } catch (DuplicateKeyException | PessimisticLockingFailureException | OptimisticLockingFailureException e) {
            // the same form twice at the same moment, a number drawn twice, two matters merged into each other, or word given of a limit: the other
            // one is committed now, so look again. Not inside a transaction of the caller's, which is dead
            if (TransactionSynchronizationManager.isActualTransactionActive()) {
                throw e;
            }
            try {
                return once(act, true);
            } catch (DuplicateKeyException again) {
                // a key that was used before, sent with the version of now
                return Optional.ofNullable(transactions.execute(_ -> before(key(Acting.current(), key), act, Optional.empty()).orElse(null)))
                        .orElseThrow(() -> again);
            }
        }
    }

    @Override
    public Optional<Answer.Done> doneBefore(MatterNumber number, String action, String idempotencyKey) {
        byte[] key = key(Acting.current(), idempotencyKey);
        Optional<Ledger.DoneBefore> done = transactions.execute(_ -> ledger.doneBefore(key));
        return done.filter(d -> d.number().equals(number.digits()) && d.action().equals(action)).map(OneDoor::again);
    }

    private static Answer.Done again(Ledger.DoneBefore done) {
        return new Answer.Done(done.matter(), new MatterNumber(done.number()), done.seq(), done.state(), Optional.empty(), Optional.empty(), false);
    }

    /** @param again whether it was tried already, and somebody else was first */
    private Answer once(Act act, boolean again) {
        return firstQuestions.execute(status -> {
            // in a transaction of the caller's nothing can be tried twice
            Answer answer = act.matter().isEmpty() ? begin(act, again || !status.isNewTransaction()) : advance(act, act.matter().get());
            if (!(answer instanceof Answer.Done) && status.isNewTransaction()) {
                status.setRollbackOnly();
            }
            return answer;
        });
    }

    // ---- a new matter

    /**
     * @param asking whether is asked first what the key did before. Hardly ever it did something: else that is asked when there is something against the new matter, and the
     *               database refuses a second one of the same key
     */
    private Answer begin(Act act, boolean asking) {
        Actor actor = Acting.current();
        byte[] key = key(actor, act.idempotencyKey());
        Procedure procedure = procedures.current(act.procedure());
        Optional<Action> named = procedure.findAction(act.action());
        MatterNumber number = MatterNumber.draw(settings.node(), CivilTime.of(clock.instant()).getYear(), random);
        boolean taken = ledger.numberTaken(number.digits());
        Optional<Answer> before = asking ? before(key, act, named) : Optional.empty();
        if (before.isPresent()) {
            return before.get();
        }
        Answer answer = begin(act, actor, key, procedure, named, taken ? "" : number.digits());
        return asking || answer instanceof Answer.Done ? answer : before(key, act, named).orElse(answer);
    }

    /** @param number empty: another one is to be drawn */
    private Answer begin(Act act, Actor actor, byte[] key, Procedure procedure, Optional<Action> named, String number) {
        if (named.isEmpty() || !named.get().makesAMatter() || !Rules.mayAct(procedure, named.get(), actor, Set.of())) {
            return refused(Refusal.of("not-allowed"));
        }
        Action action = named.get();
        Typed typed = reader.read(action, act.input(), outcomes(action, procedure), ledgerless(), Set.of(), (_, _) -> false);
        List<Refusal> refusals = new ArrayList<>(typed.refusals());
        if (action.findField(Minors.FIELD).isPresent()) {
            Minors.unsaid(typed, CivilTime.dateOf(clock.instant())).ifPresent(refusals::add);
        }

        Row row = new Row(Uuid7.at(clock.instant()), seals.freshKey());
        row.number = number;
        row.kind = procedure.kind();
        row.procedure = procedure.version();
        row.imported = actor instanceof Actor.Machine;
        row.division = settings.county();
        // a kind of its own that begins outside of intake was found on a round; nobody reported it
        boolean found = !procedure.kind().equals(Procedure.INTAKE) && !row.imported && !procedure.internal();
        if (found && actor instanceof Actor.Staff staff) {
            row.division = staff.held().division();
        }
        row.channel = found ? "grid" : actor instanceof Actor.Staff ? "window" : actor instanceof Actor.Machine ? "import" : "web";
        apply(row, action, typed);
        Destination destination = destination(action, procedure, row, typed);
        refusals.addAll(destination.refusals());
        if (row.imported && row.outcome == null && destination.procedure().hasAnOutcome(destination.state())) {
            refusals.add(Refusal.at(fieldOf(action, Target.OUTCOME), "required"));
        }
        if (row.orderNumber != null && ledger.orderTaken(row.orderNumber)) {
            refusals.add(Refusal.at(fieldOf(action, Target.ORDER), "order-taken"));
        }
        Rules.guarded(procedure, action, actor, Map.of(), Set.of(), row.orderNumber != null).ifPresent(refusals::add);
        Optional<Desk> desk = desk(actor, row, typed, refusals);
        if (found && desk.isPresent() && !row.division.startsWith(desk.get().division())) {
            // a round goes where the centre that checks it is
            refusals.add(Refusal.at(fieldOf(action, Target.PLACE), "not-on-your-round"));
        }
        if (!refusals.isEmpty() || desk.isEmpty()) {
            return new Answer.Refused(refusals);
        }
        Typed said = withPaper(action, issuer(actor, desk.get().unit()), typed);
        // a matter that an office makes has no reporter who would follow it with a code
        return write(action, action, actor, key, row, said, destination, desk.get(), Optional.empty(), procedure.internal() || found ? NO_REPORTER : List.of());
    }

    /** A new matter names no other one that the actor could see. */
    private static java.util.function.Function<MatterNumber, Optional<UUID>> ledgerless() {
        return _ -> Optional.empty();
    }

    /** @param begins the action whose clocks the matter begins with */
    private Answer.Done write(Action action, Action begins, Actor actor, byte @Nullable [] key, Row row, Typed typed, Destination destination, Desk desk,
            Optional<Row> splitFrom, List<Ledger.Party> copied) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        row.scope = desk.scope();
        row.aboutOffice = row.accused != null || Boolean.TRUE.equals(typed.data().get("about-office"));
        row.recordedAt = now;
        row.enteredAt = now;
        row.lastAt = now;
        row.version = 1;
        arrive(row, destination, now);
        int year = CivilTime.of(now).getYear();
        boolean drawn = !row.number.isEmpty();
        while (row.number.isEmpty() || !drawn && ledger.numberTaken(row.number)) {
            row.number = MatterNumber.draw(settings.node(), year, random).digits();
        }
        splitFrom.ifPresent(from -> row.splitFrom = from.id);

        Set<Holding> holdings = new LinkedHashSet<>();
        holdings.add(new Holding(desk.unit(), "desk"));
        holdings.add(new Holding(desk.unit(), "verifier"));
        desk.origin().ifPresent(origin -> holdings.add(new Holding(origin, "origin")));
        desk.barred().forEach(unit -> holdings.add(new Holding(unit, "barred")));
        assign(holdings, row, typed);
        ledByTheDesk(holdings, row);

        Optional<CodeKeeper.Fresh> code = row.imported || !copied.isEmpty() ? Optional.empty() : Optional.of(codes.fresh());
        List<Ledger.Party> parties = new ArrayList<>(copied);
        if (copied.isEmpty()) {
            parties.add(new Ledger.Party(1, "reporter", code.map(CodeKeeper.Fresh::salt).orElse(null), code.map(CodeKeeper.Fresh::hmac).orElse(null)));
            if (typed.words().stream().anyMatch(w -> w.field().startsWith(CONCERNED))) {
                parties.add(new Ledger.Party(2, "concerned", null, null));
            }
        }
        List<Particular> particulars = particulars(typed.words(), copied.isEmpty() ? Optional.of(1) : Optional.empty());
        Clocks.Moved moved = clocks.move(List.of(), new Clocks.Move(Optional.empty(), destination.procedure(), begins, typed.data(), row.terminal,
                row.imported, row.level, 1, now, row.recordedAt, holder(holdings)));
        Ledger.Entry entry = entry(action, actor, row, null, typed, particulars, moved.told(), destination.audience(), Set.of(), Set.of(), key, now, heldBy(row, holdings));
        row.head = entry.digest();
        ledger.begin(row, entry, particulars, moved.started(), parties, desk.barredPosts(), holdings, turns(holdings, row));
        return new Answer.Done(row.id, new MatterNumber(row.number), 1, row.state, code.map(CodeKeeper.Fresh::shown), Optional.empty(), held(actor, holdings));
    }

    /**
     * Who takes a new matter in, who must not know of it, and which places' eyes it is for.
     *
     * @param division where that unit is
     */
    private record Desk(UUID unit, String division, Optional<UUID> origin, List<UUID> barred, List<UUID> barredPosts, String scope) {
    }

    /**
     * The centre of the place takes a matter in; the window that a person came to keeps it when it is a centre's (first-asked responsibility).
     * A complaint about an office goes straight to the receiving organ (decision 5).
     */
    private Optional<Desk> desk(Actor actor, Row row, Typed typed, List<Refusal> refusals) {
        if (typed.sets().get(Target.ACCUSED) instanceof Unit accused) {
            return complaintDesk(accused, Set.of(), refusals);
        }
        if (Boolean.TRUE.equals(typed.data().get("about-office"))) {
            // an office that was named in words only: no unit can be barred, but the way is the same
            Optional<Unit> organ = typed.words().stream().anyMatch(w -> w.field().equals("accused-words"))
                    ? directory.receivingOrganOf(row.division) : Optional.empty();
            if (organ.isEmpty()) {
                refusals.add(Refusal.at("accused", "accused-needed"));
            }
            return organ.map(unit -> new Desk(unit.id(), unit.division(), Optional.empty(), List.of(), List.of(), unit.division()));
        }
        Optional<UUID> origin = Optional.empty();
        Optional<Unit> centre;
        if (actor instanceof Actor.Staff staff) {
            origin = Optional.of(staff.unit());
            centre = staff.held().unitType() == UnitType.CENTRE ? directory.unitLately(staff.unit()) : directory.centreFor(staff.held().division());
        } else if (actor instanceof Actor.Machine) {
            centre = directory.centreFor(row.division);
        } else {
            centre = directory.countyCentreFor(row.division);
        }
        if (centre.isEmpty()) {
            refusals.add(Refusal.at("place", "no-centre"));
            return Optional.empty();
        }
        return Optional.of(new Desk(centre.get().id(), centre.get().division(), origin.filter(o -> !o.equals(centre.get().id())), List.of(), List.of(), row.division));
    }

    /** @param before units that are barred already and stay so */
    private Optional<Desk> complaintDesk(Unit accused, Set<UUID> before, List<Refusal> refusals) {
        List<UUID> barred = directory.withSubUnits(accused.id()).stream().map(Unit::id).filter(unit -> !before.contains(unit)).toList();
        Optional<Unit> organ = directory.receivingOrganFor(accused.id()).filter(unit -> !barred.contains(unit.id()) && !before.contains(unit.id()));
        if (organ.isEmpty()) {
            refusals.add(Refusal.at("accused", "no-receiving-organ"));
            return Optional.empty();
        }
        return Optional.of(new Desk(organ.get().id(), organ.get().division(), Optional.empty(), barred, List.of(), organ.get().division()));
    }

    // ---- a matter that exists

    private Answer advance(Act act, UUID matter) {
        Actor actor = Acting.current();
        byte[] key = key(actor, act.idempotencyKey());
        Set<String> foreseen = asked.getOrDefault(act.action(), Set.of());
        Optional<Ledger.Loaded> seen = ledger.load(matter, actor instanceof Actor.Resident r ? r.party() : 0, foreseen);
        if (seen.isEmpty()) {
            // by this very act they may have handed it away
            return before(key, act, Optional.empty()).orElseThrow(() -> new NoSuchElementException("no such matter for who asks"));
        }
        Ledger.Loaded loaded = seen.get();
        Row row = loaded.row();
        if (row.ended) {
            return before(key, act, Optional.empty()).orElseGet(() -> refused(Refusal.of("matter-ended")));
        }
        Procedure procedure = procedures.version(row.kind, row.procedure);
        Optional<Action> found = procedure.findAction(act.action());
        if (row.version != act.expectedVersion()) {
            return before(key, act, found).orElseGet(() -> new Answer.Stale(row.id, row.version, row.state));
        }
        if (found.isEmpty() || !found.get().from().contains(row.state) || !Rules.mayAct(procedure, found.get(), actor, relations(loaded, actor))) {
            return before(key, act, found).orElseGet(() -> refused(Refusal.of("not-allowed")));
        }
        Action action = found.get();
        Set<String> wanted = procedure.askedBefore(action);
        History history = new History(foreseen.containsAll(wanted) ? loaded.done() : ledger.done(wanted));
        if (!foreseen.containsAll(wanted)) {
            asked.put(action.name(), Stream.concat(foreseen.stream(), wanted.stream()).collect(Collectors.toUnmodifiableSet()));
        }
        if (actor instanceof Actor.Staff staff && history.by(staff.person(), action.notBy())) {
            return refused(Refusal.of("not-by-the-same-person"));
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (!Rules.windowIsOpen(action, Optional.ofNullable(row.reopenUntil), now)) {
            return refused(Refusal.of("window-closed"));
        }
        Set<String> counted = procedure.counted(action);
        Map<String, Integer> done = counted.isEmpty() ? Map.of() : history.times(counted, procedure.beginningAgain());
        Set<String> ever = action.guard().ever().isEmpty() ? Set.of() : history.times(action.guard().ever(), Set.of()).keySet();
        Optional<Refusal> guarded = Rules.guarded(procedure, action, actor, done, ever, row.orderNumber != null);
        if (guarded.isPresent()) {
            return before(key, act, found).orElseGet(() -> refused(guarded.get()));
        }
        Typed read = reader.read(action, act.input(), outcomes(action, procedure), number -> find(number).filter(id -> !id.equals(row.id)), parties(action, row.id),
                (field, value) -> picks.offered(field, row.id).stream().anyMatch(pick -> pick.value().equals(value)));
        List<Refusal> refusals = new ArrayList<>(read.refusals());
        if (action.findField(Minors.FIELD).isPresent()) {
            Minors.unsaid(read, CivilTime.dateOf(now)).filter(_ -> !ledger.namesAGuardian(row.id)).ifPresent(refusals::add);
        }
        Typed typed = action.effect() == Effect.REPEAT ? withEarlierAnswer(action, read, loaded, refusals) : read;
        for (Target target : List.of(Target.LEAD, Target.HELPERS, Target.HELPER)) {
            if (units(typed, target).stream().anyMatch(unit -> loaded.barred().contains(unit.id()))) {
                refusals.add(Refusal.at(fieldOf(action, target), "unit-accused"));
            }
        }
        refusals.addAll(Whistle.refusals(action, typed, row, loaded.barred()));
        Optional<Whistle> whistle = action.effect() == Effect.WHISTLE ? Optional.of(whistle(row.id)) : Optional.empty();
        UUID leads = row.lead;
        if (whistle.isPresent() && (leads == null || !whistle.get().stillCalls(leads, loaded.barred()))) {
            refusals.add(Refusal.of("whistle-outdated"));
        }
        refusals.addAll(notAbove(action, typed, row));
        if (actor instanceof Actor.Staff staff) {
            refusals.addAll(NamedPosts.refusals(action, typed, staff, loaded, ledger::barredPosts, directory, now));
        }
        if (typed.sets().get(Target.DESK) instanceof Unit to && (to.type() != UnitType.CENTRE || loaded.barred().contains(to.id()))) {
            refusals.add(Refusal.at(fieldOf(action, Target.DESK), to.type() == UnitType.CENTRE ? "unit-accused" : "not-a-centre"));
        }
        Optional<UUID> desk = deskOf(loaded.holdings());
        String fromKind = row.kind;
        String fromState = row.state;
        String scopeBefore = row.scope;
        String turnBefore = row.turn;
        boolean hadEnded = row.terminal;
        Destination destination = destination(action, procedure, row, typed);
        refusals.addAll(destination.refusals());
        Optional<Ledger.Loaded> primary = Optional.empty();
        if (action.effect() == Effect.MERGE && other(action, typed) instanceof UUID into) {
            ledger.keepStill(into);
            primary = ledger.beside(into);
            refusals.addAll(primary.map(p -> mergeRefusals(loaded, p, fieldOf(action, Target.OTHER))).orElse(List.of()));
        }
        Optional<Desk> complaint = typed.sets().get(Target.ACCUSED) instanceof Unit accused
                ? complaintDesk(accused, loaded.barred(), refusals) : Optional.empty();
        if (complaint.isPresent() && (row.mergedInto != null || !ledger.mergedInto(row.id).isEmpty())) {
            // those bar other units than this one would from now on
            refusals.add(Refusal.at(fieldOf(action, Target.ACCUSED), "accused-while-merged"));
        }
        // a clock of the machine that was set back does not turn back the matter's time
        Instant at = now.isAfter(row.lastAt) ? now : row.lastAt;
        refusals.addAll(clocks.refusals(procedure, action, typed.data(), loaded.clocks(), at));
        if (!refusals.isEmpty()) {
            return new Answer.Refused(refusals);
        }
        // asked when nothing else is against it: they may count on what the procedure demands
        List<Companion> along = companions.stream().filter(companion -> companion.takesPart(row.kind, action.name())).toList();
        Companion.Step step = step(row, action, actor, typed, at, Optional.empty());
        Map<String, Object> adds = new LinkedHashMap<>();
        Set<Integer> sides = new TreeSet<>();
        Set<Integer> out = new TreeSet<>();
        for (Companion companion : along) {
            Companion.Judged judged = companion.judge(step);
            refusals.addAll(judged.refusals());
            adds.putAll(judged.adds());
            sides.addAll(judged.sides());
            out.addAll(judged.out());
        }
        if (!refusals.isEmpty()) {
            return new Answer.Refused(refusals);
        }

        // from here on everything is written
        Typed said = withPaper(action, issuer(actor, desk.orElseThrow()), typed.saying(adds));
        apply(row, action, typed);
        row.lastAt = at;
        row.version++;
        boolean moved = !destination.state().equals(fromState) || !destination.procedure().kind().equals(fromKind);
        if (moved) {
            row.enteredAt = row.lastAt;
        }
        arrive(row, destination, row.lastAt);
        if (action.again() && hadEnded && !row.terminal) {
            // as by opening it again: how it ended does not hold any more
            row.outcome = null;
        }
        if (typed.sets().get(Target.AVOID) instanceof UUID post) {
            ledger.avoid(row.id, post);
        }
        Optional<CodeKeeper.Fresh> code = Optional.empty();
        Optional<Link> link = action.effect() == Effect.ASK_LINK ? Optional.of(link()) : Optional.empty();
        List<Ledger.Contact> contacts = List.of();
        switch (action.effect()) {
            case MERGE -> {
                row.mergedInto = primary.orElseThrow().row().id;
                // not answered yet: the window opens when the answer arrives
                row.reopenUntil = null;
            }
            case UNMERGE -> {
                row.mergedInto = null;
                row.outcome = null;
            }
            case NEW_CODE -> code = Optional.of(codes.fresh());
            case SPLIT -> contacts = ledger.contacts(row.id);
            case REOPEN -> {
                row.outcome = null;
                row.mergedInto = null;
            }
            case NONE -> {
                if (row.mergedInto != null && actor.equals(RELAY)) {
                    row.reopenUntil = row.lastAt.plus(settings.reopenFor());
                }
            }
            case SORT, REKIND, ANSWER, LINK, PARTY, REPEAT, ASK_LINK, WHISTLE -> {
            }
        }
        Set<Holding> holdings = new LinkedHashSet<>(loaded.holdings());
        if (complaint.isPresent()) {
            Desk to = complaint.get();
            row.scope = to.scope();
            holdings.clear();
            holdings.add(new Holding(to.unit(), "desk"));
            holdings.add(new Holding(to.unit(), "verifier"));
            row.lead = null;
        } else if (typed.sets().get(Target.DESK) instanceof Unit to) {
            holdings.removeIf(h -> h.relation().equals("desk") || h.relation().equals("verifier"));
            holdings.add(new Holding(to.id(), "desk"));
            holdings.add(new Holding(to.id(), "verifier"));
            desk.filter(from -> !from.equals(to.id())).ifPresent(from -> holdings.add(new Holding(from, "origin")));
        } else if (row.accused == null && typed.sets().containsKey(Target.PLACE) && !row.aboutOffice) {
            row.scope = row.division;
        }
        if (relationTurn(row) == Relation.DESK && moved && destination.procedure().namesALead(row.state)) {
            // back at the desk: nobody leads any more until somebody is assigned anew
            holdings.removeIf(h -> h.relation().equals("lead") || h.relation().equals("helper"));
            row.lead = null;
        }
        assign(holdings, row, typed);
        ledByTheDesk(holdings, row);
        // who is called in must be able to read what it is about
        whistle.ifPresent(calls -> calls.departments().forEach(unit -> holdings.add(new Holding(unit.id(), "helper"))));

        Set<Holding> gone = new HashSet<>(loaded.holdings());
        gone.removeAll(holdings);
        Set<Holding> turnsNow = turns(holdings, row);
        Set<Holding> written = new LinkedHashSet<>(holdings);
        // rows that had no turn and have none are as they were
        boolean everything = !row.scope.equals(scopeBefore);
        if (!everything) {
            written.removeIf(h -> loaded.holdings().contains(h) && !turnsNow.contains(h) && !h.relation().equals(turnBefore));
        }
        Optional<Integer> party = action.effect() == Effect.PARTY ? Optional.of(ledger.nextParty(row.id))
                : actor instanceof Actor.Resident r ? Optional.of(r.party()) : whose(action, typed);
        List<Particular> particulars = particulars(typed.words(), party);
        if (!particulars.isEmpty()) {
            row.key = seals.usable(row.key);
        }
        Clocks.Moved clocked = clocks.move(loaded.clocks(), new Clocks.Move(Optional.of(procedure), destination.procedure(), action, typed.data(),
                row.terminal, false, row.level, row.version, row.lastAt, row.recordedAt, holder(holdings)));
        Ledger.Entry entry = entry(action, actor, row, new From(fromKind, procedure.version(), fromState), said, particulars, clocked.told(),
                destination.audience(), sides, out, key, row.lastAt, heldBy(row, holdings));
        row.head = entry.digest();
        if (!ledger.advance(row, act.expectedVersion(), entry, particulars, clocked, loaded.holdings(), gone, written, turnsNow,
                complaint.map(Desk::barred).orElse(List.of()))) {
            if (action.paper().isPresent()) {
                // the number that was drawn goes back with this transaction: none is left out
                throw new OptimisticLockingFailureException("somebody acted first on " + row.id);
            }
            // the same form twice at the same moment gets the answer of the first
            return before(key, act, found).or(() -> ledger.load(matter, 0, Set.of()).<Answer>map(l -> new Answer.Stale(l.row().id, l.row().version, l.row().state)))
                    .orElseThrow(() -> new NoSuchElementException("no such matter for who asks"));
        }
        switch (action.effect()) {
            case LINK, REPEAT -> ledger.link(row.id, (UUID) other(action, typed));
            case NEW_CODE -> ledger.giveCode(row.id, named(action, typed).stream().findFirst().orElse(1), code.orElseThrow().salt(), code.orElseThrow().hmac());
            case PARTY -> ledger.addParty(row.id, party.orElseThrow(), role(typed));
            case ASK_LINK -> ledger.askLink(link.orElseThrow().digest(), row.id, 1, row.lastAt, row.lastAt.plus(LINK_HOLDS));
            case WHISTLE -> call(whistle.orElseThrow(), actor, row, desk.orElseThrow(), loaded.barred());
            default -> {
                // everything else stands in the row, its holdings or a matter of its own
            }
        }
        if (!out.isEmpty()) {
            ledger.endCodes(row.id, out);
        }
        Companion.Step kept = new Companion.Step(step.matter(), step.number(), step.kind(), step.state(), step.action(), step.actor(), row.version, row.lastAt,
                said.data(), step.words(), party, Optional.of(Digests.hex(entry.digest())));
        along.forEach(companion -> companion.keep(kept));
        if (action.guard().order()) {
            ledger.handedBack(row.id, row.lastAt);
        } else if (action.effect() == Effect.REOPEN && row.orderNumber != null) {
            ledger.handedBack(row.id, null);
        }
        if (row.terminal && row.kind.equals(Whistle.KIND) && row.splitFrom != null && row.lead != null) {
            UUID from = row.splitFrom;
            UUID department = row.lead;
            inner.as(RELAY, () -> ledger.dismiss(from, department));
        }
        complaint.ifPresent(to -> callOff(row.id, action, Set.copyOf(to.barred()), act.idempotencyKey()));
        Optional<MatterNumber> made = Optional.empty();
        if (action.effect() == Effect.SPLIT) {
            made = Optional.of(split(action, actor, row, typed, contacts, desk.orElseThrow()));
        }
        if (action.effect() == Effect.ANSWER || action.effect() == Effect.REPEAT) {
            relay(row, typed, act.idempotencyKey());
        } else if (action.effect() == Effect.NONE && row.terminal && Set.of("desk", "lead", "helper").contains(turnBefore)) {
            release(row, action, act.idempotencyKey());
        }
        return new Answer.Done(row.id, new MatterNumber(row.number), row.version, row.state,
                code.map(CodeKeeper.Fresh::shown).or(() -> link.map(Link::token)), made,
                complaint.isEmpty() && held(actor, holdings));
    }

    // ---- whistles, papers, links and repeats

    private record Link(String token, byte[] digest) {
    }

    /** 128 bits that nobody guesses; kept by its digest alone. */
    private Link link() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String token = Digests.hex(bytes);
        return new Link(token, Digests.of(token.getBytes(StandardCharsets.UTF_8)));
    }

    /** The office of who acts; what the program itself does is the desk's. */
    private static UUID issuer(Actor actor, UUID desk) {
        return actor instanceof Actor.Staff staff ? staff.unit() : desk;
    }

    /** A formal paper gets the next number of the office that issues it: 督办〔2026〕3号. */
    private Typed withPaper(Action action, UUID office, Typed typed) {
        if (action.paper().isEmpty()) {
            return typed;
        }
        int year = CivilTime.of(clock.instant()).getYear();
        String word = action.paper().get().zh();
        Map<String, Object> data = new LinkedHashMap<>(typed.data());
        data.put(Procedure.PAPER, word + "〔" + year + "〕" + ledger.nextPaper(office, word, year) + "号");
        return new Typed(data, typed.words(), typed.sets(), typed.refusals());
    }

    /**
     * A repeat gets the answer that was given before, and after it what who answers adds. Only of the same kind, and never across the wall around
     * a complaint: the words of one that bars other units or posts would reach them.
     */
    private Typed withEarlierAnswer(Action action, Typed typed, Ledger.Loaded repeat, List<Refusal> refusals) {
        if (!(other(action, typed) instanceof UUID id)) {
            return typed;
        }
        Ledger.Loaded earlier = ledger.beside(id).orElseThrow();
        if (!earlier.row().kind.equals(repeat.row().kind)) {
            refusals.add(Refusal.at(fieldOf(action, Target.OTHER), "repeat-of-another-kind"));
            return typed;
        }
        if (!earlier.barred().equals(repeat.barred()) || !Set.copyOf(ledger.barredPosts(id)).equals(Set.copyOf(ledger.barredPosts(repeat.row().id)))) {
            refusals.add(Refusal.at(fieldOf(action, Target.OTHER), "merge-across-complaints"));
            return typed;
        }
        Optional<String> added = typed.words().stream().filter(w -> w.field().equals(ANSWER)).map(Typed.Words::value).findFirst();
        List<String> parts = new ArrayList<>(ledger.newestWords(id, ANSWER).stream().toList());
        added.ifPresent(parts::add);
        if (parts.isEmpty()) {
            refusals.add(Refusal.at(fieldOf(action, Target.OTHER), "repeat-unanswered"));
            return typed;
        }
        List<Typed.Words> words = new ArrayList<>(typed.words());
        words.removeIf(w -> w.field().equals(ANSWER));
        words.add(new Typed.Words(ANSWER, 0, Optional.empty(), "words", String.join("\n\n", parts)));
        return new Typed(typed.data(), words, typed.sets(), typed.refusals());
    }

    /** Nobody judges over what they did themselves, nor does who stands under them or beside them. */
    private List<Refusal> notAbove(Action action, Typed typed, Row row) {
        if (action.guard().above().isEmpty() || !(typed.sets().get(Target.LEAD) instanceof Unit lead)) {
            return List.of();
        }
        boolean above = ledger.unitsThatDid(row.id, action.guard().above()).stream().allMatch(did -> standsAbove(lead, did));
        return above ? List.of() : List.of(Refusal.at(fieldOf(action, Target.LEAD), "not-above"));
    }

    /** An organ of the place that the other's lies in; of the same place only one that the other is a part of. */
    private boolean standsAbove(Unit lead, UUID did) {
        Optional<Unit> below = directory.findUnit(did);
        if (below.isEmpty() || below.get().id().equals(lead.id()) || !below.get().division().startsWith(lead.division())) {
            return false;
        }
        return below.get().division().equals(lead.division())
                ? directory.withSubUnits(lead.id()).stream().anyMatch(unit -> unit.id().equals(did))
                : directory.withSubUnits(did).stream().noneMatch(unit -> unit.id().equals(lead.id()));
    }

    private Whistle whistle(UUID matter) {
        Ledger.Newest asked = ledger.newest(matter, Whistle.KIND).orElseThrow(() -> new IllegalStateException("no whistle was blown for " + matter));
        return Whistle.of(asked.content(), ledger.words(matter, asked.seq()), directory::findUnit);
    }

    /** Departments that a matter turns out to be about are called off, and see no more of what they were called for. */
    private void callOff(UUID matter, Action why, Set<UUID> barred, String idempotencyKey) {
        inner.as(WHISTLER, () -> ledger.partsLedBy(matter, barred).forEach(part -> {
            Ledger.Loaded child = ledger.beside(part).orElseThrow();
            if (!child.row().terminal) {
                Answer answer = advance(Act.on(part, Whistle.CANCEL, Map.of("reason", why.says().zh()), child.row().version, keyOf(idempotencyKey, part)), part);
                if (!(answer instanceof Answer.Done)) {
                    throw new IllegalStateException("the whistle " + part + " was not called off: " + answer);
                }
            }
            ledger.bar(part, barred);
        }));
    }

    /** One matter for each department that is called: it reports in, reports what it did, and whoever whistled says how it was. */
    private void call(Whistle whistle, Actor actor, Row from, UUID desk, Set<UUID> barred) {
        Procedure procedure = procedures.current(Whistle.KIND);
        Action call = procedure.findAction(Whistle.CALL).orElseThrow(() -> new IllegalStateException("the procedure whistle has no action call"));
        Unit caller = directory.findUnit(Objects.requireNonNull(from.lead)).orElseThrow();
        List<Typed.Words> words = whistle.words(ledger.newestWords(from.id, "title"));
        Desk to = new Desk(caller.id(), caller.division(), Optional.of(desk).filter(d -> !d.equals(caller.id())), List.copyOf(barred), ledger.barredPosts(from.id), from.scope);
        for (Unit department : whistle.departments()) {
            Row row = new Row(Uuid7.at(clock.instant()), seals.freshKey());
            row.kind = procedure.kind();
            row.procedure = procedure.version();
            row.division = from.division;
            row.channel = Whistle.KIND;
            row.category = from.category;
            row.level = from.level;
            row.accused = from.accused;
            row.lead = department.id();
            Typed typed = new Typed(whistle.data(from.id), words, Map.of(Target.LEAD, department), List.of());
            write(call, call, actor, null, row, typed, destination(call, procedure, row, typed), to, Optional.of(from), NO_REPORTER);
        }
    }

    private static @Nullable UUID heldBy(Row row, Set<Holding> holdings) {
        return holder(holdings).apply(row.turn);
    }

    private static boolean held(Actor actor, Set<Holding> holdings) {
        return actor instanceof Actor.Staff staff && holdings.stream().anyMatch(h -> h.unit().equals(staff.unit()) && !h.relation().equals("barred"))
                && holdings.stream().noneMatch(h -> h.unit().equals(staff.unit()) && h.relation().equals("barred"));
    }

    private static List<Refusal> mergeRefusals(Ledger.Loaded child, Ledger.Loaded primary, String field) {
        List<Refusal> refusals = new ArrayList<>();
        if (primary.row().terminal) {
            refusals.add(Refusal.at(field, "merge-into-closed"));
        }
        if (!primary.row().terminal && primary.row().turn.equals("verifier")) {
            // its answer was given already, and would never reach who joins now
            refusals.add(Refusal.at(field, "merge-into-answered"));
        }
        if (primary.row().mergedInto != null) {
            refusals.add(Refusal.at(field, "merge-into-merged"));
        }
        // a complaint about an office may only join one that bars the same units, or its words would reach them
        if (!child.barred().equals(primary.barred())) {
            refusals.add(Refusal.at(field, "merge-across-complaints"));
        }
        return refusals;
    }

    /** A part of the matter becomes a matter of its own at the same desk; the reporter opens it with the code they have. */
    private MatterNumber split(Action action, Actor actor, Row from, Typed typed, List<Ledger.Contact> contacts, UUID desk) {
        Procedure intake = procedures.current(Procedure.INTAKE);
        Row row = new Row(Uuid7.at(clock.instant()), seals.freshKey());
        row.kind = intake.kind();
        row.procedure = intake.version();
        row.division = from.division;
        row.channel = from.channel;
        row.category = from.category;
        row.level = from.level;
        row.accused = from.accused;
        row.occurredAt = from.occurredAt;
        List<Typed.Words> words = new ArrayList<>();
        typed.words().forEach(w -> words.add(new Typed.Words(nameInThePart(action, w.field()), w.ordinal(), w.party(), w.kind(), w.value())));
        // two parties have a field of the same name each: they stand beside each other under one entry
        Map<String, Integer> beside = new LinkedHashMap<>();
        contacts.forEach(c -> words.add(new Typed.Words(c.field(), beside.merge(c.field(), 1, Integer::sum) - 1, Optional.of(c.party()), "contact", c.value())));
        Map<String, Object> data = new LinkedHashMap<>(Map.of("split-from", from.id.toString()));
        if (from.aboutOffice) {
            data.put("about-office", true);
        }
        Destination destination = new Destination(intake, "registered", Set.of(Audience.STAFF, Audience.REPORTER), List.of());
        List<UUID> barred = List.copyOf(ledger.load(from.id, 0, Set.of()).map(Ledger.Loaded::barred).orElse(Set.of()));
        Desk to = new Desk(desk, directory.findUnit(desk).orElseThrow().division(), Optional.empty(), barred, ledger.barredPosts(from.id), from.scope);
        // it stands there as if it had been registered, and is to be sorted in the same time
        Action register = intake.findAction("register").orElse(action);
        return write(action, register, actor, null, row, new Typed(data, words, Map.of(), List.of()), destination, to,
                Optional.of(from), ledger.parties(from.id)).number();
    }

    /** What a field of the split says is the new matter's title or description, whatever the procedure calls it. */
    private static String nameInThePart(Action action, String field) {
        return switch (action.findField(field).flatMap(Procedure.Field::sets).orElse(null)) {
            case TITLE -> "title";
            case DESCRIPTION -> "description";
            case null, default -> field;
        };
    }

    /** Every matter that was merged into this one, or into one of those, gets the same answer, under its own number. */
    private void relay(Row primary, Typed typed, String idempotencyKey) {
        inner.as(RELAY, () -> {
            Set<UUID> all = new LinkedHashSet<>(List.of(primary.id));
            List<UUID> below = ledger.mergedInto(primary.id);
            while (!below.isEmpty()) {
                below = below.stream().filter(all::add).flatMap(merged -> ledger.mergedInto(merged).stream()).toList();
            }
            all.remove(primary.id);
            for (UUID merged : all) {
                Answer answer = relayTo(merged, typed, idempotencyKey);
                for (int again = 0; again < 5 && answer instanceof Answer.Stale; again++) {
                    // its reporter did something at this very moment
                    answer = relayTo(merged, typed, idempotencyKey);
                }
                if (!(answer instanceof Answer.Done)) {
                    throw new IllegalStateException("the answer of " + primary.id + " did not reach the merged " + merged + ": " + answer);
                }
            }
        });
    }

    /** A matter that ends without an answer, as when its reporter withdraws it, gives back every one that was merged into it. */
    private void release(Row primary, Action end, String idempotencyKey) {
        inner.as(RELAY, () -> {
            for (UUID merged : ledger.mergedInto(primary.id)) {
                Ledger.Loaded child = ledger.load(merged, 0, Set.of()).orElseThrow();
                Optional<Action> unmerge = procedures.version(child.row().kind, child.row().procedure).actionsFrom(child.row().state).stream()
                        .filter(action -> action.effect() == Effect.UNMERGE && Rules.mayAct(procedures.version(child.row().kind, child.row().procedure), action, RELAY, Set.of())).findFirst();
                if (unmerge.isEmpty()) {
                    continue;
                }
                Map<String, Object> input = new LinkedHashMap<>();
                unmerge.get().fields().stream().filter(Procedure.Field::required).forEach(field -> input.put(field.name(), end.says().zh()));
                Answer answer = advance(Act.on(merged, unmerge.get().name(), input, child.row().version, keyOf(idempotencyKey, merged)), merged);
                if (!(answer instanceof Answer.Done)) {
                    throw new IllegalStateException("the merged " + merged + " was not given back when " + primary.id + " ended: " + answer);
                }
            }
        });
    }

    private Answer relayTo(UUID merged, Typed typed, String idempotencyKey) {
        Ledger.Loaded child = ledger.load(merged, 0, Set.of()).orElseThrow();
        Procedure procedure = procedures.version(child.row().kind, child.row().procedure);
        Action relay = procedure.findAction("relay").orElseThrow(() -> new IllegalStateException(procedure.kind() + " has no action relay"));
        Map<String, Object> input = new LinkedHashMap<>();
        typed.words().stream().filter(w -> w.kind().equals("words") && relay.findField(w.field()).isPresent())
                .forEach(w -> input.put(w.field(), w.value()));
        return advance(Act.on(merged, "relay", input, child.row().version, keyOf(idempotencyKey, merged)), merged);
    }

    /** The key of what an act does to another matter: the same act sent again does it once. */
    private static String keyOf(String idempotencyKey, UUID other) {
        return Digests.hex(Digests.of(idempotencyKey + other)).substring(0, 40);
    }

    // ---- what both need

    private Optional<UUID> find(MatterNumber number) {
        return ledger.find(number.digits());
    }

    /** The answer that this key got before; a refusal when it was for something else, so that no words are taken for done which nobody kept. */
    private Optional<Answer> before(byte[] key, Act act, Optional<Action> action) {
        return before(ledger.doneBefore(key), act, action);
    }

    private Optional<Answer> before(Optional<Ledger.DoneBefore> before, Act act, Optional<Action> action) {
        return before.map(done -> done.action().equals(act.action()) && act.matter().map(done.matter()::equals).orElse(true)
                && action.map(a -> saysTheSame(done, a, act)).orElse(true)
                ? again(done) : refused(Refusal.of("key-used")));
    }

    /** Whether these are the words that were kept then. Files are not compared: each upload is another; what was erased may have been the same. */
    private boolean saysTheSame(Ledger.DoneBefore done, Action action, Act act) {
        if (Acting.current() instanceof Actor.Machine) {
            return true;
        }
        Map<String, String> now = new LinkedHashMap<>();
        reader.read(action, act.input(), action.outcomes(), _ -> Optional.empty(), Set.of(), (_, _) -> false).words().stream().filter(w -> !w.kind().equals("file"))
                .forEach(w -> now.put(w.field(), w.value()));
        Map<String, Optional<String>> then = new LinkedHashMap<>();
        // whoever sent it may not be allowed to read it any more
        inner.as(new Actor.Machine("same-form"), () -> then.putAll(ledger.words(done.matter(), done.seq())));
        if (action.effect() == Effect.REPEAT) {
            // the program put the earlier answer before what was typed
            now.remove(ANSWER);
            then.remove(ANSWER);
        }
        return now.keySet().equals(then.keySet()) && now.entrySet().stream().allMatch(w -> then.get(w.getKey()).map(w.getValue()::equals).orElse(true));
    }

    private static Answer refused(Refusal refusal) {
        return new Answer.Refused(List.of(refusal));
    }

    private static List<String> outcomes(Action action, Procedure procedure) {
        return action.outcomes().isEmpty() ? procedure.outcomes().keySet().stream().filter(code -> !code.equals(Procedure.KEPT)).toList() : action.outcomes();
    }

    private static Set<Relation> relations(Ledger.Loaded loaded, Actor actor) {
        Set<Relation> relations = EnumSet.noneOf(Relation.class);
        if (actor instanceof Actor.Staff staff) {
            if (Rules.watches(staff, loaded.row().scope)) {
                relations.add(Relation.OVER);
            }
            for (Holding h : loaded.holdings()) {
                if (h.unit().equals(staff.unit()) && !h.relation().equals("origin")) {
                    relations.add(Relation.valueOf(h.relation().toUpperCase(java.util.Locale.ROOT)));
                }
            }
        } else if (actor instanceof Actor.Resident) {
            loaded.party().ifPresent(role -> relations.addAll(Rules.relations(role)));
        }
        return relations;
    }

    /** Where an action leads: the procedure and state, and who reads of it. */
    private record Destination(Procedure procedure, String state, Set<Audience> audience, List<Refusal> refusals) {
    }

    private Destination destination(Action action, Procedure procedure, Row row, Typed typed) {
        if (action.effect() == Effect.SORT || action.effect() == Effect.REKIND) {
            String kind = (String) typed.sets().get(Target.KIND);
            if (kind == null) {
                return new Destination(procedure, row.state, action.audience(), List.of());
            }
            Procedure to = procedures.current(kind);
            String state = to.arrivals().get(row.kind + "." + row.state);
            return state == null
                    ? new Destination(procedure, row.state, action.audience(), List.of(Refusal.at(fieldOf(action, Target.KIND), "kind-not-from-here")))
                    : new Destination(to, state, action.audience(), List.of());
        }
        String state = action.to().orElse(row.state);
        if (action.makesAMatter() && action.findField("state").isPresent() && typed.data().get("state") instanceof String chosen) {
            state = chosen;
        }
        return new Destination(procedure, state, action.audience(), List.of());
    }

    /** Puts the matter into its state: turn, end, outcome and the window in which it may be opened again. */
    private void arrive(Row row, Destination destination, Instant at) {
        Procedure.State state = destination.procedure().state(destination.state());
        row.kind = destination.procedure().kind();
        row.procedure = destination.procedure().version();
        row.state = state.name();
        row.turn = state.turn().code();
        boolean ended = state.terminal() && !row.terminal;
        row.terminal = state.terminal();
        if (ended) {
            row.closedAt = at;
            row.reopenUntil = at.plus(settings.reopenFor());
        } else if (!row.terminal) {
            row.closedAt = null;
            row.reopenUntil = null;
        }
    }

    private void apply(Row row, Action action, Typed typed) {
        boolean chosen = action.fields().stream().anyMatch(field -> field.type() == Procedure.Type.OUTCOME);
        if (!chosen && action.outcomes().size() == 1 && !action.outcomes().getFirst().equals(Procedure.KEPT)) {
            row.outcome = action.outcomes().getFirst();
        }
        typed.sets().forEach((target, value) -> {
            switch (target) {
                case CATEGORY -> row.category = (String) value;
                case LEVEL -> row.level = (Integer) value;
                case PLACE -> row.division = (String) value;
                case POINT -> {
                    double[] point = (double[]) value;
                    row.latitude = point[0];
                    row.longitude = point[1];
                }
                case OUTCOME -> row.outcome = Procedure.KEPT.equals(value) ? row.outcome : (String) value;
                case CHANNEL -> row.channel = (String) value;
                case OCCURRED_AT -> row.occurredAt = (Instant) value;
                case ACCUSED -> row.accused = ((Unit) value).id();
                case RATING -> row.rating = (Integer) value;
                case LEAD -> row.lead = ((Unit) value).id();
                case ORDER -> row.orderNumber = (String) value;
                case TITLE, DESCRIPTION, HELPERS, HELPER, KIND, OTHER, DESK, AVOID -> {
                    // words stand in particulars, the others in holdings, links and the destination
                }
            }
        });
    }

    private static void assign(Set<Holding> holdings, Row row, Typed typed) {
        if (typed.sets().get(Target.LEAD) instanceof Unit lead) {
            holdings.removeIf(h -> h.relation().equals("lead") || h.relation().equals("helper"));
            holdings.add(new Holding(lead.id(), "lead"));
            row.lead = lead.id();
        }
        if (typed.sets().containsKey(Target.HELPERS)) {
            holdings.removeIf(h -> h.relation().equals("helper"));
            for (Unit helper : units(typed, Target.HELPERS)) {
                if (!helper.id().equals(row.lead)) {
                    holdings.add(new Holding(helper.id(), "helper"));
                }
            }
        }
        if (typed.sets().get(Target.HELPER) instanceof Unit helper && !helper.id().equals(row.lead)) {
            holdings.add(new Holding(helper.id(), "helper"));
        }
    }

    /** What the desk solved or answered itself is the desk's to finish: a lead's turn without a lead would be nobody's. */
    private static void ledByTheDesk(Set<Holding> holdings, Row row) {
        if (relationTurn(row) == Relation.LEAD && holdings.stream().noneMatch(h -> h.relation().equals("lead"))) {
            deskOf(holdings).ifPresent(desk -> {
                holdings.removeIf(h -> h.relation().equals("helper") && h.unit().equals(desk));
                holdings.add(new Holding(desk, "lead"));
                row.lead = desk;
            });
        }
    }

    private static List<Unit> units(Typed typed, Target target) {
        return switch (typed.sets().get(target)) {
            case Unit unit -> List.of(unit);
            case List<?> list -> list.stream().map(Unit.class::cast).toList();
            case null, default -> List.of();
        };
    }

    private static Relation relationTurn(Row row) {
        return Relation.valueOf(row.turn.toUpperCase(java.util.Locale.ROOT));
    }

    private static Set<Holding> turns(Set<Holding> holdings, Row row) {
        Set<Holding> turns = new LinkedHashSet<>();
        for (Holding h : holdings) {
            if (h.relation().equals(row.turn)) {
                turns.add(h);
            }
        }
        return turns;
    }

    /** The unit that stands so to the matter; of several helpers none: nobody's alone. */
    private static java.util.function.Function<String, @Nullable UUID> holder(Set<Holding> holdings) {
        return relation -> {
            List<UUID> units = holdings.stream().filter(h -> h.relation().equals(relation)).map(Holding::unit).toList();
            return units.size() == 1 ? units.getFirst() : null;
        };
    }

    private static Optional<UUID> deskOf(Set<Holding> holdings) {
        return holdings.stream().filter(h -> h.relation().equals("desk")).map(Holding::unit).findFirst();
    }

    private static @Nullable Object other(Action action, Typed typed) {
        return typed.sets().get(Target.OTHER);
    }

    private static String role(Typed typed) {
        return typed.data().get("role") instanceof String role ? role : "other";
    }

    private static String fieldOf(Action action, Target target) {
        return action.fields().stream().filter(f -> f.sets().equals(Optional.of(target))).map(Procedure.Field::name).findFirst().orElse("");
    }

    private List<Particular> particulars(List<Typed.Words> words, Optional<Integer> party) {
        List<Particular> list = new ArrayList<>(words.size());
        for (Typed.Words w : words) {
            byte[] salt = Seals.salt(random);
            Optional<Integer> whose = w.party().isPresent() ? w.party()
                    : w.field().startsWith(CONCERNED) ? Optional.of(2)
                    : w.kind().equals("contact") ? Optional.of(party.orElse(1)) : party;
            list.add(new Particular(w.field(), w.ordinal(), whose, w.kind(), w.value(), salt));
        }
        return list;
    }

    private static Companion.Step step(Row row, Action action, Actor actor, Typed typed, Instant at, Optional<Integer> party) {
        return new Companion.Step(row.id, new MatterNumber(row.number), row.kind, row.state, action.name(), actor, row.version + 1, at, typed.data(),
                typed.words().stream().map(w -> new Companion.Word(w.field(), w.ordinal(), w.kind(), w.value())).toList(), party, Optional.empty());
    }

    /** Numbers of those whom a field of the action may name; nothing is asked when it has none. */
    private Set<Integer> parties(Action action, UUID matter) {
        return action.fields().stream().noneMatch(field -> field.type() == Procedure.Type.PARTIES || field.type() == Procedure.Type.CLAUSES) ? Set.of()
                : ledger.parties(matter).stream().map(Ledger.Party::party).collect(Collectors.toSet());
    }

    /** The one party that an action about somebody names: what it says of who somebody is belongs to them. */
    private static Optional<Integer> whose(Action action, Typed typed) {
        return action.fields().stream().anyMatch(field -> field.type() == Procedure.Type.PARTIES && field.max() == 1)
                && action.fields().stream().filter(field -> field.type() == Procedure.Type.PARTIES).count() == 1
                && action.fields().stream().anyMatch(field -> field.type().contact()) ? named(action, typed).stream().findFirst() : Optional.empty();
    }

    /** The parties that the action's fields name. */
    private static Set<Integer> named(Action action, Typed typed) {
        Set<Integer> named = new TreeSet<>();
        for (Procedure.Field field : action.fields()) {
            if (field.type() == Procedure.Type.PARTIES && typed.data().get(field.name()) instanceof List<?> numbers) {
                numbers.forEach(number -> named.add(((Long) number).intValue()));
            }
        }
        return named;
    }

    private static final Set<Audience> CONFIDED = Set.of(Audience.LEAD, Audience.PARTY);

    private record From(String kind, int procedure, String state) {
    }

    /** The entry with its canonical content (decision 1): codes, ids and times in clear, words as commitments. */
    private Ledger.Entry entry(Action action, Actor actor, Row row, @Nullable From from, Typed typed,
            List<Particular> particulars, List<Map<String, Object>> clocks, Set<Audience> audience, Set<Integer> sides, Set<Integer> out,
            byte @Nullable [] key, Instant at, @Nullable UUID heldBy) {
        List<String> readers = new ArrayList<>(audience.stream().map(Audience::code).sorted().toList());
        Set<Integer> parties = new TreeSet<>();
        if (readers.remove(Audience.PARTY.code())) {
            parties.addAll(named(action, typed));
            // what somebody tells the unit that has it, alone, is not told to the next one that gets it
            if (audience.equals(CONFIDED) && row.lead != null) {
                readers.add("of:" + row.lead);
            }
        }
        if (readers.remove(Audience.SIDES.code())) {
            parties.addAll(sides);
        }
        if (!out.isEmpty() && readers.remove(Audience.PARTIES.code())) {
            ledger.parties(row.id).stream().map(Ledger.Party::party).filter(number -> !out.contains(number)).forEach(parties::add);
        }
        if (actor instanceof Actor.Resident r) {
            parties.add(r.party());
        }
        parties.forEach(number -> readers.add("party:" + number));
        Map<String, Object> who = new LinkedHashMap<>();
        UUID unit = null;
        UUID post = null;
        UUID person = null;
        Integer party = null;
        switch (actor) {
            case Actor.Staff s -> {
                who.put("kind", "staff");
                who.put("unit", (unit = s.unit()).toString());
                who.put("post", (post = s.post()).toString());
                who.put("person", (person = s.person()).toString());
            }
            case Actor.Resident r -> {
                who.put("kind", "resident");
                who.put("party", party = r.party());
            }
            case Actor.Passerby _ -> who.put("kind", "passerby");
            case Actor.Client c -> {
                who.put("kind", "client");
                who.put("client", c.client().toString());
            }
            case Actor.Machine m -> {
                who.put("kind", "machine");
                who.put("name", m.name());
            }
        }
        Instant occurred = typed.sets().get(Target.OCCURRED_AT) instanceof Instant i ? i : null;
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("v", Digests.VERSION);
        content.put("matter", row.id.toString());
        content.put("number", row.number);
        content.put("seq", row.version);
        content.put("action", action.name());
        content.put("kind", row.kind);
        content.put("procedure", row.procedure);
        content.put("from", from == null ? null : from.kind() + "." + from.state());
        content.put("fromProcedure", from == null ? null : from.procedure());
        content.put("to", row.state);
        content.put("turn", row.turn);
        content.put("heldBy", heldBy == null ? null : heldBy.toString());
        content.put("actor", who);
        content.put("recordedAt", at.toString());
        content.put("occurredAt", occurred == null ? null : occurred.toString());
        content.put("audience", readers);
        content.put("data", typed.data());
        content.put("commitments", particulars.stream().map(p -> {
            Map<String, Object> c = new LinkedHashMap<>();
            c.put("field", p.field());
            c.put("ordinal", p.ordinal());
            c.put("class", p.kind());
            p.party().ifPresent(n -> c.put("party", n));
            c.put("hmac", Digests.commitment(p.salt(), p.value()));
            return c;
        }).toList());
        if (!clocks.isEmpty()) {
            content.put("clocks", clocks);
        }
        content.put("previous", Digests.hex(row.head));
        String canonical = CanonicalJson.write(content);
        return new Ledger.Entry(action.name(), from == null ? null : from.kind(), from == null ? null : from.procedure(),
                from == null ? null : from.state(), (String) who.get("kind"), unit, post, person, party, at, occurred, readers, canonical,
                Digests.of(canonical), key, heldBy);
    }

    /** A key is the actor's own: the same characters by somebody else are another key. */
    private static byte[] key(Actor actor, String key) {
        String who = switch (actor) {
            case Actor.Staff s -> "staff:" + s.person();
            case Actor.Resident r -> "resident:" + r.matter() + ":" + r.party();
            case Actor.Passerby _ -> "passerby";
            case Actor.Client c -> "client:" + c.client();
            case Actor.Machine m -> "machine:" + m.name();
        };
        return Digests.key(who + "|" + key);
    }
}
