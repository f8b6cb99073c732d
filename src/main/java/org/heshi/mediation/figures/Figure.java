package org.heshi.mediation.figures;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
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

    private static final Set<String> FAILED = Set.of("stop", "leave", "refuse", "decline", "withdraw");

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

    Figure after(String action, Instant at, Dispute now, boolean isWalled) {
        String then = action.equals("put-in-force") ? "written" : action.equals("oral") ? "oral" : FAILED.contains(action) ? "failed" : action.equals("reopen") || action.equals("redo") ? "" : result;
        boolean agreed = then.equals("written") || then.equals("oral");
        // whoever mediated it is counted, also when nobody does any more
        return new Figure(matter, unit, now.mediator().or(() -> post), scope, type, source, acceptedAt, then.isEmpty() ? Optional.empty() : then.equals(result) ? endedAt : Optional.of(at),
                then, agreed ? now.sum().map(sum -> sum.fen()).orElse(0L) : 0, agreed ? performed(now) : "", agreed ? now.court().map(Dispute.Court::state).orElse("") : "", isWalled);
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
