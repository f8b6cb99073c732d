package org.heshi.mediation.invite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.FollowNotes;
import org.heshi.matters.Readings;
import org.heshi.mediation.course.Dispute;
import org.heshi.mediation.course.Disputes;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * What a party of a dispute is told on the pages where they follow it: that they are asked, their rights and duties before they answer (Several Provisions on
 * People's Mediation, article 30), that a text waits for them, and the remedies where there is no agreement (People's Mediation Law, article 26).
 */
@Component
class WhatResidentsAreTold implements FollowNotes {

    private static final String KIND = "dispute";
    private static final List<String> RIGHTS = List.of("mediation.rights.nature", "mediation.rights.principles", "mediation.rights.effect", "mediation.rights.confirm",
            "mediation.rights.yours", "mediation.rights.duties", "mediation.rights.private");

    private static final Set<String> OF_THE_SIDES = Set.of("consent", "decline", "leave", "choose-mediator", "accept-mediator", "object", "sign", "join-application", "performed", "broken", "remediate", "story", "story-back");

    private final Disputes disputes;
    private final Readings readings;
    private final MessageSource words;

    WhatResidentsAreTold(Disputes disputes, Readings readings, MessageSource words) {
        this.disputes = disputes;
        this.readings = readings;
        this.words = words;
    }

    @Override
    public List<Note> onThePage(Actor.Resident who, UUID matter, String kind, String state) {
        if (!kind.equals(KIND)) {
            return List.of();
        }
        return disputes.find(matter).filter(_ -> disputes.left(matter).stream().noneMatch(one -> one.party() == who.party())).map(dispute -> {
            List<Note> notes = new ArrayList<>();
            Optional<Dispute.Participant> mine = dispute.speaksFor(who.party());
            // opened again, it is taken up before anybody is asked
            if (state.equals("accepted") && mine.filter(one -> one.consentedAt().isEmpty()).isPresent()
                    && readings.next(matter).stream().anyMatch(next -> next.action().equals("consent"))) {
                notes.add(new Note("info", "mediation.consent.note.title", List.of("mediation.consent.note.text"), List.of(),
                        List.of(new Way("mediation.consent.note.yes", "/act/consent", true), new Way("mediation.consent.note.no", "/act/decline", false))));
            }
            if (state.equals("signing") && mine.isPresent() && dispute.draft().filter(draft -> !dispute.signed(draft, mine.get().party())).isPresent()) {
                notes.add(new Note("info", "mediation.signing.note.title", List.of("mediation.signing.note.text"), List.of(),
                        List.of(new Way("mediation.signing.note.go", "/sign", true))));
            }
            // the text that was there to be signed is void, and no new one is written yet
            if (state.equals("mediating") && dispute.participant(who.party()).isPresent() && dispute.drafts().stream()
                    .anyMatch(text -> text.voidAt().isPresent() && dispute.begunAt().filter(begun -> text.voidAt().get().isAfter(begun)).isPresent())) {
                notes.add(new Note("info", "mediation.signing.void.title", List.of("mediation.signing.void.text"), List.of(), List.of()));
            }
            if (mine.isPresent() && dispute.enforceableUntil().isPresent()) {
                notes.add(new Note("info", "mediation.enforce.title", List.of(), List.of(), enforceable(dispute), List.of()));
            }
            if (mine.isPresent() && dispute.agreement().isPresent() && dispute.court().isEmpty()) {
                // the state tells of thirty days: who cannot use them reads why
                dispute.notForTheCourt().ifPresent(why -> notes.add(new Note("info", "mediation.confirm.note.title", List.of("refusal.mediation-confirm-" + why), List.of(), List.of())));
            }
            if (dispute.type().equals("labour") && dispute.result().isEmpty()) {
                notes.add(new Note("info", "mediation.labour.note.title", List.of("mediation.labour.note.text"), List.of(), List.of()));
            }
            if (dispute.result().filter(Dispute.Result.FAILED::equals).isPresent()) {
                notes.add(remedies(dispute.type()));
            }
            return notes;
        }).orElseGet(() -> state.equals("not-agreed") ? List.of(remedies("")) : List.of());
    }

    /** What is done already, or is for those who stand on a side alone. */
    @Override
    public Set<String> idle(Actor.Resident who, UUID matter, String kind) {
        if (!kind.equals(KIND)) {
            return Set.of();
        }
        Optional<Dispute> found = disputes.find(matter);
        Optional<Dispute.Participant> mine = found.flatMap(dispute -> dispute.speaksFor(who.party()));
        if (mine.isEmpty()) {
            return OF_THE_SIDES;
        }
        Dispute dispute = found.orElseThrow();
        Set<String> idle = new HashSet<>();
        if (mine.get().consentedAt().isPresent()) {
            idle.add("consent");
        }
        if (dispute.draft().filter(draft -> !dispute.signed(draft, mine.get().party())).isEmpty()) {
            idle.add("sign");
        }
        if (dispute.notForTheCourt().isPresent() || dispute.court().isPresent() || mine.get().joinedAt().isPresent()) {
            idle.add("join-application");
        }
        if (dispute.mediator().isPresent()) {
            idle.add("choose-mediator");
        }
        if (dispute.mediator().isEmpty() || dispute.wanted(mine.get()).isPresent()) {
            idle.add("accept-mediator");
        }
        if (dispute.due().stream().allMatch(one -> one.doneOn().isPresent())) {
            idle.add("performed");
        }
        if (dispute.agreement().isEmpty()) {
            idle.addAll(List.of("broken", "remediate", "story"));
        }
        return idle;
    }

    /** By their side and masked: enough to tell two on a side apart. */
    @Override
    public Map<Integer, Bilingual> called(Actor.Resident who, UUID matter, String kind) {
        if (!kind.equals(KIND)) {
            return Map.of();
        }
        return disputes.find(matter).map(dispute -> {
            Map<Integer, String> names = Acting.as(new Actor.Machine("called"), () -> readings.people(matter)).stream()
                    .collect(Collectors.toMap(Readings.Somebody::party, somebody -> somebody.contact("name"), (first, _) -> first));
            return dispute.participants().stream().collect(Collectors.toMap(Dispute.Participant::party, one -> new Bilingual(
                    called(one, names, Locale.SIMPLIFIED_CHINESE), called(one, names, Locale.ENGLISH))));
        }).orElse(Map.of());
    }

    private String called(Dispute.Participant one, Map<Integer, String> names, Locale locale) {
        return (words.getMessage("mediation.sign.side." + one.side().code(), null, locale) + " " + InvitePage.masked(names.getOrDefault(one.party(), ""))).strip();
    }

    @Override
    public List<Note> before(Actor.Resident who, UUID matter, String kind, String action) {
        if (!kind.equals(KIND)) {
            return List.of();
        }
        return switch (action) {
            case "consent" -> List.of(new Note("info", "mediation.rights.title", List.of(), RIGHTS, List.of()));
            case "broken" -> disputes.find(matter).map(WhatResidentsAreTold::broken).stream().toList();
            case "decline" -> List.of(new Note("info", "mediation.decline.before.title", List.of("mediation.decline.before.text"), List.of(), List.of()));
            case "leave" -> List.of(new Note("info", "mediation.leave.before.title", List.of("mediation.leave.before.text"), List.of(), List.of()));
            default -> List.of();
        };
    }

    /**
     * What is left when an agreement is not kept: enforcement of what the court confirmed, an order for payment for wages, compensation of injuries and the like
     * (Labour Dispute Mediation and Arbitration Law, article 16), a suit (People's Mediation Law, article 32).
     */
    private static Note broken(Dispute dispute) {
        List<String> ways = new ArrayList<>(List.of("mediation.broken.told"));
        if (dispute.enforceableUntil().isEmpty()) {
            ways.add("mediation.broken.sue");
            if (dispute.notForTheCourt().isEmpty() && dispute.court().isEmpty()) {
                ways.add("mediation.broken.confirm");
            }
        }
        if (dispute.type().equals("labour")) {
            ways.add("mediation.broken.wages");
        }
        ways.add("mediation.broken.reopen");
        return new Note("info", "mediation.broken.title", List.of(), ways, enforceable(dispute), List.of());
    }

    /** Until when, where the court confirmed it. */
    private static List<Dated> enforceable(Dispute dispute) {
        return dispute.enforceableUntil().map(until -> new Dated("mediation.broken.enforce", until)).stream().toList();
    }

    /** Labour disputes go to arbitration before they go to court. */
    private static Note remedies(String type) {
        List<String> ways = type.equals("labour") ? List.of("mediation.remedies.labour", "mediation.remedies.aid")
                : List.of("mediation.remedies.arbitration", "mediation.remedies.authority", "mediation.remedies.court", "mediation.remedies.aid");
        return new Note("info", "mediation.remedies.title", List.of("mediation.remedies.text"), ways, List.of());
    }
}
