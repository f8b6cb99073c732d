package org.heshi.mediation.papers;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.documents.Papers;
import org.heshi.documents.Papers.Numbering;
import org.heshi.documents.Papers.Rendered;
import org.heshi.documents.Signer;
import org.springframework.stereotype.Component;

/**
 * The agreement as it will be printed, for those who have to sign it: every word of the text, names and room for signatures, nobody's signature, nothing else of who the
 * others are, and no number that says that it is in force.
 */
@Component
public class AgreementPreview {

    private final CaseReader cases;
    private final Filling filling;
    private final Papers papers;

    AgreementPreview(CaseReader cases, Filling filling, Papers papers) {
        this.cases = cases;
        this.filling = filling;
        this.papers = papers;
    }

    /**
     * Whoever asks has made sure that who acts signs this text: an agreement names all sides (People's Mediation Law, article 29).
     *
     * @return empty when that text does not wait any more, or holds a character that no font has
     */
    public Optional<byte[]> of(UUID matter, int draft) {
        return Acting.as(new Actor.Machine("agreement"), () -> cases.find(matter).flatMap(known -> known.dispute().drafts().stream().filter(one -> !one.oral() && one.voidAt().isEmpty() && one.seq() == draft).findFirst()
                .flatMap(one -> {
                    Content.Agreement full = filling.agreement(known, one);
                    Content.Agreement unsigned = new Content.Agreement(full.parties().stream().map(AgreementPreview::named).toList(), full.facts(), full.issues(), full.responsibility(), full.terms(), full.more(), full.copies(),
                            full.fingerprint(), full.committee(), full.signers().stream().map(signer -> new Signer(signer.as(), signer.name(), Optional.empty(), Optional.empty())).toList());
                    Rendered rendered = papers.preview(new Papers.Draft("mediation-agreement", matter, known.dispute().unit(), new Numbering.None(), Set.of("parties"), unsigned));
                    return rendered instanceof Rendered.Done done ? Optional.of(done.pdf()) : Optional.<byte[]>empty();
                })));
    }

    /** Where somebody lives and what number their papers have stands in the agreement that is in force, and is nobody's before it. */
    private static PaperParty named(PaperParty party) {
        return new PaperParty(party.as(), party.organisation(), party.name(), "", "", "", "", "", "", "", party.head(),
                party.deputies().stream().map(deputy -> new PaperParty.Deputy(deputy.as(), deputy.name(), "", "", deputy.authority())).toList());
    }
}
