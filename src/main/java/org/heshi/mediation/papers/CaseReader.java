package org.heshi.mediation.papers;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.InnerScope;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Person;
import org.heshi.directory.Post;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.documents.PaperNumber;
import org.heshi.documents.Papers;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Readings.Erased;
import org.heshi.matters.Readings.Reading;
import org.heshi.matters.Readings.Somebody;
import org.heshi.matters.Readings;
import org.heshi.mediation.course.Dispute.MediatorOf;
import org.heshi.mediation.course.Dispute;
import org.heshi.mediation.course.Disputes;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads a dispute whole: for those of its committee who work on cases with the names of its people, whatever state it is in. Whoever shows them records that. */
@Component
class CaseReader {

    private static final Actor.Machine SELF = new Actor.Machine("papers");
    /** Clauses and no words. */
    private static final String TERMS = "terms";

    private final Disputes disputes;
    private final Readings readings;
    private final MatterRows matters;
    private final Papers papers;
    private final Directory directory;
    private final InstantSource clock;
    private final InnerScope inner;
    private final TransactionTemplate transactions;
    private final MessageSource messages;

    CaseReader(Disputes disputes, Readings readings, MatterRows matters, Papers papers, Directory directory, InstantSource clock, InnerScope inner, TransactionTemplate transactions, MessageSource messages) {
        this.messages = messages;
        this.disputes = disputes;
        this.readings = readings;
        this.matters = matters;
        this.papers = papers;
        this.directory = directory;
        this.clock = clock;
        this.inner = inner;
        this.transactions = transactions;
    }

    /** Empty before it was taken up, and for whoever may not see the matter. */
    Optional<Case> find(UUID matter) {
        return Objects.requireNonNull(transactions.execute(_ -> disputes.find(matter).map(this::read)));
    }

    private Case read(Dispute dispute) {
        UUID matter = dispute.matter();
        MatterNumber number = matters.rows(List.of(matter)).getFirst().number();
        List<Reading> entries = readings.of(matter);
        List<Somebody> people = readings.people(matter);
        List<Erased> erased = new ArrayList<>();
        if (mayReadWhole(dispute)) {
            // contacts of a closed matter are shown to nobody (matters.may_see_contact); its papers name people all the same
            Set<Integer> readable = entries.stream().map(Reading::seq).collect(Collectors.toSet());
            List<Reading> whole = new ArrayList<>();
            List<Somebody> all = new ArrayList<>();
            inner.as(SELF, () -> {
                readings.of(matter).stream().filter(entry -> readable.contains(entry.seq())).forEach(whole::add);
                all.addAll(readings.people(matter));
                erased.addAll(readings.erased(matter));
            });
            entries = whole.stream().map(entry -> marked(entry, erased)).toList();
            people = all.stream().map(one -> marked(one, erased)).toList();
        }
        Map<UUID, String> staff = directory.people(entries.stream().flatMap(entry -> entry.person().stream()).collect(Collectors.toSet())).values().stream()
                .collect(Collectors.toMap(Person::id, Person::name));
        Set<UUID> units = new HashSet<>(Set.of(dispute.unit()));
        dispute.court().ifPresent(court -> units.add(court.court()));
        entries.stream().flatMap(entry -> Stream.of("entrusted-by", "court", "organ").flatMap(field -> entry.text(field).stream())).map(UUID::fromString).forEach(units::add);
        Map<UUID, String> names = directory.units(units).values().stream().collect(Collectors.toMap(Unit::id, Unit::name));
        Optional<PaperNumber> given = papers.numbers(matter).stream().filter(one -> one.id().equals(dispute.numberId())).findFirst();
        return new Case(matter, number, dispute, names.getOrDefault(dispute.unit(), ""), given, entries,
                people.stream().collect(Collectors.toMap(Readings.Somebody::party, Function.identity())), staff, mediators(dispute), names,
                erased.stream().filter(one -> one.field().equals(TERMS)).map(Erased::seq).collect(Collectors.toSet()));
    }

    /** Where words stood that were erased by law it says so: a paper that is printed later leaves nobody to guess. */
    private Reading marked(Reading entry, List<Erased> erased) {
        Map<String, String> words = new HashMap<>(entry.words());
        erased.stream().filter(one -> one.seq() == entry.seq() && !one.field().equals(TERMS)).forEach(one -> words.putIfAbsent(one.field(), gone()));
        return new Reading(entry.seq(), entry.action(), entry.state(), entry.at(), entry.unit(), entry.post(), entry.person(), entry.party(), entry.data(), words, entry.files(),
                entry.digest());
    }

    private Somebody marked(Somebody person, List<Erased> erased) {
        Map<String, String> contacts = new HashMap<>(person.contacts());
        erased.stream().filter(one -> one.party().equals(Optional.of(person.party()))).forEach(one -> contacts.putIfAbsent(one.field(), gone()));
        return new Somebody(person.party(), person.role(), contacts);
    }

    private String gone() {
        return messages.getMessage("mediation.papers.erased", new Object[0], Locale.SIMPLIFIED_CHINESE);
    }

    private static boolean mayReadWhole(Dispute dispute) {
        return Acting.current() instanceof Actor.Staff staff && staff.unit().equals(dispute.unit()) && (staff.has(Role.MEDIATOR) || staff.has(Role.HANDLER) || staff.has(Role.HEAD));
    }

    /** Mediators may be of other units than the one that leads. */
    private Map<UUID, String> mediators(Dispute dispute) {
        Set<UUID> wanted = dispute.mediators().stream().map(MediatorOf::post).collect(Collectors.toSet());
        Set<UUID> units = directory.posts(wanted).values().stream().map(Post::unit).collect(Collectors.toSet());
        return units.stream().flatMap(unit -> directory.holders(unit, clock.instant()).stream()).filter(post -> wanted.contains(post.post()))
                .collect(Collectors.toMap(HeldPost::post, HeldPost::personName, (one, _) -> one));
    }
}
