package org.heshi.mediation.sign;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Yuan;
import org.heshi.mediation.course.Dispute;

/**
 * A text that waits for signatures, or is in force, as one who may read it sees it.
 *
 * @param draft   number of the entry that holds it
 * @param digest  of that entry, 64 small hexadecimal digits: what a signature names
 * @param parts   paragraphs, by the field of the draft
 * @param copies  how many are made; empty when nothing was said
 * @param waiting whether signatures are still gathered on it
 */
public record Agreement(UUID matter, MatterNumber number, int draft, String digest, Instant writtenAt, List<Part> parts, List<Term> terms, Optional<String> copies,
        List<Signer> signers, boolean waiting) {

    public Agreement {
        parts = List.copyOf(parts);
        terms = List.copyOf(terms);
        signers = List.copyOf(signers);
    }

    public record Part(String field, String text) {
    }

    /** Who does what for whom; {@code towards} and {@code how} may be empty. */
    public record Term(Person who, Optional<Person> towards, String what, Optional<Yuan> amount, LocalDate by, String how) {
    }

    /**
     * @param side applicant, respondent, third, representative or guardian
     * @param name empty where it may not be read
     */
    public record Person(int party, String side, String name) {
    }

    /**
     * Somebody whose signature the text needs.
     *
     * @param by       who may give it: they themselves, a representative with special authority, a guardian
     * @param signedAt when this text was signed for them; empty while it was not
     * @param signedBy who gave it; empty where it is on paper
     */
    public record Signer(Person person, List<Person> by, Optional<Instant> signedAt, Optional<Person> signedBy) {

        public Signer {
            by = List.copyOf(by);
        }

        public boolean by(int party) {
            return by.stream().anyMatch(one -> one.party() == party);
        }
    }

    /** For whom this party signs. */
    public Optional<Signer> signer(int party) {
        return signers.stream().filter(signer -> signer.by(party)).findFirst();
    }

    public long signed() {
        return signers.stream().filter(signer -> signer.signedAt().isPresent()).count();
    }

    /** What a signature names. */
    public String fingerprint() {
        return Dispute.Draft.fingerprint(digest);
    }
}
