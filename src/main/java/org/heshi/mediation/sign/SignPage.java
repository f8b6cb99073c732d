package org.heshi.mediation.sign;

import java.util.List;
import java.util.Optional;
import org.heshi.kernel.Refusal;
import org.heshi.matters.Matters.Evidence;

/**
 * The text and the field to sign in.
 *
 * @param party   who signs
 * @param read    whether they said that they read it
 * @param kept    a signature that an earlier try brought
 * @param key     made with the form, so that a double click signs once
 * @param changed the text was changed since they opened the page: they read it anew
 */
public record SignPage(Agreement agreement, int party, boolean read, List<Evidence> kept, String key, List<Refusal> refusals, boolean changed) {

    public SignPage {
        kept = List.copyOf(kept);
        refusals = List.copyOf(refusals);
    }

    public String here() {
        return "/follow/" + agreement.number().digits();
    }

    /** Who signs. */
    public Agreement.Person me() {
        return mine().by().stream().filter(person -> person.party() == party).findFirst().orElseThrow();
    }

    /** Whether they sign for somebody else. */
    public boolean forAnother() {
        return mine().person().party() != party;
    }

    /** Who signed for whom they act for, when it was another than who looks. */
    public Optional<Agreement.Person> deputy() {
        return mine().signedBy().filter(person -> person.party() != party);
    }

    /** Whose signature it is. */
    public Agreement.Signer mine() {
        return agreement.signer(party).orElseThrow();
    }
}
