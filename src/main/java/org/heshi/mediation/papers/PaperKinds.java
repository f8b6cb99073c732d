package org.heshi.mediation.papers;

import org.heshi.documents.PaperKind;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kinds of papers of this room; those that the committee answers for bear its seal. */
@Configuration(proxyBeanMethods = false)
class PaperKinds {

    @Bean
    PaperKind mediationApplication() {
        return kind("application", Content.Application.class, false);
    }

    @Bean
    PaperKind mediationAcceptance() {
        return kind("acceptance", Content.Acceptance.class, true);
    }

    @Bean
    PaperKind mediationRights() {
        return kind("rights", Content.Rights.class, false);
    }

    @Bean
    PaperKind mediationIdentities() {
        return kind("identities", Content.Identities.class, false);
    }

    @Bean
    PaperKind mediationAuthority() {
        return kind("authority", Content.Authority.class, false);
    }

    @Bean
    PaperKind mediationInvestigation() {
        return kind("investigation", Content.Investigation.class, false);
    }

    @Bean
    PaperKind mediationEvidence() {
        return kind("evidence", Content.Evidence.class, false);
    }

    @Bean
    PaperKind mediationSession() {
        return kind("session", Content.Session.class, false);
    }

    @Bean
    PaperKind mediationAgreement() {
        return kind("agreement", Content.Agreement.class, true);
    }

    @Bean
    PaperKind mediationOral() {
        return kind("oral", Content.Oral.class, true);
    }

    @Bean
    PaperKind mediationReceipt() {
        return kind("receipt", Content.Receipt.class, false);
    }

    @Bean
    PaperKind mediationVisit() {
        return kind("visit", Content.Visit.class, false);
    }

    /** Of two persons; with an organisation it is another form of the set. */
    @Bean
    PaperKind mediationConfirmationOfPersons() {
        return new PaperKind("mediation-confirmation", "mediation.papers.confirmation", "mediation/papers/confirmation.jte", Content.Confirmation.class, false, true);
    }

    @Bean
    PaperKind mediationConfirmationWithAnOrganisation() {
        return new PaperKind("mediation-confirmation-organisation", "mediation.papers.confirmation", "mediation/papers/confirmation.jte", Content.Confirmation.class, false, true);
    }

    @Bean
    PaperKind mediationDescription() {
        return kind("description", Content.Description.class, false);
    }

    @Bean
    PaperKind mediationBackCover() {
        return kind("back-cover", Content.BackCover.class, false);
    }

    @Bean
    PaperKind mediationClosing() {
        return kind("closing", Content.Closing.class, false);
    }

    @Bean
    PaperKind mediationInvitation() {
        return kind("invitation", Content.Invitation.class, true);
    }

    @Bean
    PaperKind mediationRemedies() {
        return kind("remedies", Content.Remedies.class, true);
    }

    @Bean
    PaperKind mediationResult() {
        return kind("result", Content.Result.class, true);
    }

    private static PaperKind kind(String name, Class<? extends Content> content, boolean sealed) {
        return new PaperKind("mediation-" + name, "mediation.papers." + name, "mediation/papers/" + name + ".jte", content.asSubclass(Record.class), sealed, true);
    }
}
