package org.heshi.mediation.figures;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.heshi.mediation.course.Dispute;
import org.heshi.mediation.course.Dispute.Instalment;

/**
 * What a case counts for in the Ministry's statistics. Pure: each act that counts makes the next one. A case has one type and one source, so each breakdown adds up to
 * the whole. What a case "prevented" is counted nowhere.
 *
 * @param source       {@code application}, {@code initiative} or {@code entrusted}
 * @param result       {@code written}, {@code oral} or {@code failed}; empty while it goes on
 * @param sum          of the agreement in force, in fen
 * @param performance  of an agreement: {@code none}, {@code part} or {@code whole}; else empty
 * @param confirmation how the application to the court stands; empty without one
 */
record Figure(UUID matter, UUID unit, Optional<UUID> post, String scope, String type, String source, Instant acceptedAt, Optional<Instant> endedAt, String result, long sum,
        String performance, String confirmation, boolean walled) {

    static Figure first(Dispute dispute, String scope, boolean walled) {
        return new Figure(dispute.matter(), dispute.unit(), dispute.mediator(), scope, dispute.type(), sourceOf(dispute.source()), dispute.takenUpAt(), Optional.empty(), "", 0, "", "",
                walled);
    }

    /** Three sources, as the statistics have them. */
    static String sourceOf(String source) {
        return switch (source) {
            case "application-one", "application-both" -> "application";
            case "initiative" -> "initiative";
            default -> "entrusted";
        };
    }

    /**
     * The same case as the dispute stands now. An agreement in force counts until another one takes its place, whatever becomes of a later try: then the new one counts
     * instead of it. One of another body counts there.
     */
    Figure now(Dispute dispute, boolean isWalled) {
        boolean here = dispute.unit().equals(unit);
        // whoever mediated it is counted, also when nobody does any more
        Optional<UUID> by = here ? dispute.mediator().or(() -> post) : post;
        String kind = here ? dispute.type() : type;
        String from = here ? sourceOf(dispute.source()) : source;
        Optional<Dispute.Draft> agreed = dispute.inForce().filter(text -> text.unit().equals(unit));
        if (agreed.isPresent()) {
            return new Figure(matter, unit, by, scope, kind, from, acceptedAt, dispute.inForceAt(), agreed.get().oral() ? "oral" : "written", dispute.sum().map(sum -> sum.fen()).orElse(0L),
                    performed(dispute), dispute.court().map(Dispute.Court::state).orElse(""), isWalled);
        }
        boolean failed = here && dispute.result().equals(Optional.of(Dispute.Result.FAILED));
        return here ? new Figure(matter, unit, by, scope, kind, from, acceptedAt, failed ? dispute.endedAt() : Optional.empty(), failed ? "failed" : "", 0, "", "", isWalled) : this;
    }

    private static String performed(Dispute dispute) {
        if (!dispute.due().isEmpty() && dispute.due().stream().allMatch(one -> one.doneOn().isPresent())) {
            return "whole";
        }
        return dispute.due().stream().anyMatch(Figure::begun) ? "part" : "none";
    }

    private static boolean begun(Instalment one) {
        return one.doneOn().isPresent() || one.paid().fen() > 0;
    }
}
