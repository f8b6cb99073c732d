package org.heshi.mediation.sign;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.matters.Clause;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Readings;
import org.heshi.matters.Readings.Reading;
import org.heshi.mediation.course.Dispute;
import org.heshi.mediation.course.Disputes;
import org.springframework.stereotype.Component;

/** The text of a dispute that waits for signatures, else the one in force, read as who looks may read it. */
@Component
class Agreements {

    private static final List<String> PARTS = List.of("facts", "issues", "responsibility", "more");

    private final Disputes disputes;
    private final Readings readings;
    private final MatterRows rows;

    Agreements(Disputes disputes, Readings readings, MatterRows rows) {
        this.disputes = disputes;
        this.readings = readings;
        this.rows = rows;
    }

    /** What waits for signatures; empty when nothing does, or who looks may not read it. */
    Optional<Agreement> waiting(UUID matter) {
        return current(matter).filter(Agreement::waiting);
    }

    /** What waits for signatures, else what is in force. */
    Optional<Agreement> current(UUID matter) {
        Optional<Dispute> found = disputes.find(matter);
        Optional<Dispute.Draft> newest = found.flatMap(dispute -> dispute.draft().or(dispute::inForce)).filter(draft -> !draft.oral());
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        Dispute dispute = found.orElseThrow();
        Dispute.Draft draft = newest.get();
        Optional<Reading> written = readings.of(matter).stream().filter(reading -> reading.seq() == draft.seq()).findFirst();
        return written.flatMap(reading -> rows.rows(List.of(matter)).stream().findFirst().map(row -> {
            Map<Integer, Agreement.Person> people = people(dispute);
            Function<Integer, Agreement.Person> person = party -> people.getOrDefault(party, new Agreement.Person(party, "third", ""));
            List<Agreement.Part> parts = PARTS.stream().filter(field -> !reading.word(field).isBlank())
                    .map(field -> new Agreement.Part(field, reading.word(field))).toList();
            List<Agreement.Term> terms = reading.word("terms").isEmpty() ? List.of() : Clause.read(reading.word("terms")).stream()
                    .map(clause -> new Agreement.Term(person.apply(clause.who()), clause.towards().map(person), clause.what(), clause.amount(), clause.by(), clause.how()))
                    .toList();
            List<Agreement.Signer> signers = dispute.principals().stream().map(principal -> {
                List<Agreement.Person> by = dispute.participants().stream().map(Dispute.Participant::party)
                        .filter(party -> dispute.speaksFor(party).filter(principal::equals).isPresent()).map(person).toList();
                Optional<Dispute.Signature> signature = dispute.signaturesOn(draft).stream().filter(one -> one.signer().equals("party:" + principal.party())).findFirst();
                return new Agreement.Signer(person.apply(principal.party()), by, signature.map(Dispute.Signature::at), signature.flatMap(Dispute.Signature::byParty).map(person));
            }).toList();
            return new Agreement(matter, row.number(), draft.seq(), draft.digest(), reading.at(), parts, terms,
                    Optional.ofNullable(reading.data().get("copies")).map(Object::toString), signers, draft.waits() && dispute.endedAt().isEmpty());
        }));
    }

    /**
     * Names of those who take part. An agreement names them by law (People's Mediation Law, article 29), so each of them reads the others' names with the text;
     * nothing else of their contacts is handed on.
     */
    private Map<Integer, Agreement.Person> people(Dispute dispute) {
        Map<Integer, String> names = Acting.as(new Actor.Machine("agreement"), () -> readings.people(dispute.matter())).stream()
                .collect(Collectors.toMap(Readings.Somebody::party, somebody -> somebody.contact("name")));
        return dispute.participants().stream().collect(Collectors.toMap(Dispute.Participant::party,
                one -> new Agreement.Person(one.party(), one.side().code(), names.getOrDefault(one.party(), "")), (first, _) -> first));
    }
}
