package org.heshi.mediation.papers;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.heshi.documents.PaperNumber;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Readings.Reading;
import org.heshi.matters.Readings.Somebody;
import org.heshi.mediation.course.Dispute;

/**
 * A dispute with all that its papers are filled from, as who acts may read it.
 *
 * @param committee name of the unit that mediates
 * @param caseNumber that all its papers bear
 * @param staff     names of people on the staff by id
 * @param mediators names of those who hold the posts of mediators now, by post
 * @param units     names by id
 * @param withoutTerms entries whose clauses were erased by law
 */
record Case(UUID matter, MatterNumber number, Dispute dispute, String committee, Optional<PaperNumber> caseNumber, List<Reading> readings, Map<Integer, Somebody> people,
        Map<UUID, String> staff, Map<UUID, String> mediators, Map<UUID, String> units, Set<Integer> withoutTerms) {

    Stream<Reading> done(String... actions) {
        List<String> wanted = List.of(actions);
        return readings.stream().filter(reading -> wanted.contains(reading.action()));
    }

    Optional<Reading> last(String... actions) {
        return done(actions).reduce((_, second) -> second);
    }

    Optional<Reading> entry(int seq) {
        return readings.stream().filter(reading -> reading.seq() == seq).findFirst();
    }

    Optional<UUID> unit(Reading reading, String field) {
        return reading.text(field).map(UUID::fromString);
    }

    /** Whether who acts reads what somebody is called. */
    boolean named(int party) {
        return Optional.ofNullable(people.get(party)).filter(one -> !one.contact("name").isBlank()).isPresent();
    }

    /** Who did it, of the staff. */
    String doer(Reading reading) {
        return reading.person().map(person -> staff.getOrDefault(person, "")).orElse("");
    }

    static Optional<Instant> time(Reading reading, String field) {
        return reading.text(field).map(Instant::parse);
    }
}
