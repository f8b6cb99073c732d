package org.heshi.mediation.roster;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A mediator who would be fit for a case: a suggestion with its reasons, never a decision.
 *
 * @param near    0 of the committee itself, 1 of the same town, 2 of the same county
 * @param skilled whether this type of dispute is what they are good at
 */
public record Suggestion(UUID post, String name, UUID unit, String unitName, int near, boolean skilled, int open, int most) {

    /** Somebody of the roster. @param phone at work; empty when none is known */
    record Candidate(Entry entry, String name, String phone, String unitName, int open) {
    }

    /**
     * What is asked of them.
     *
     * @param type   of the dispute; empty before it was taken up
     * @param names  of those whom it concerns
     * @param phones of those whom it concerns
     * @param out    posts that a party objected to, or that stepped back
     */
    record Asked(String type, UUID unit, String division, Set<String> names, Set<String> phones, Set<UUID> out) {
    }

    /**
     * Who is fit, best first: of the committee itself before those of the town and of the county, who is good at it before others, then who has the smaller
     * part of what they take on. Left out is who has an interest (bears the name or the number of somebody whom it concerns, was objected to, or stepped
     * back), whose term is over, and who has all they take on.
     */
    static List<Suggestion> of(Collection<Candidate> candidates, Asked asked, java.time.LocalDate today, int most) {
        Stream<Suggestion> fit = candidates.stream().filter(candidate -> candidate.entry().works() && !candidate.entry().over(today) && !interested(candidate, asked)
                && candidate.open() < candidate.entry().most()).map(candidate -> new Suggestion(candidate.entry().post(), candidate.name(), candidate.entry().unit(),
                candidate.unitName(), near(candidate.entry(), asked), !asked.type().isEmpty() && candidate.entry().skills().contains(asked.type()), candidate.open(),
                candidate.entry().most()));
        return fit.sorted(Comparator.comparingInt((Suggestion one) -> one.near()).thenComparing(one -> !one.skilled()).thenComparingDouble(one -> (double) one.open() / one.most())
                .thenComparing(Suggestion::post)).limit(most).toList();
    }

    /** Whether the candidate bears the name or the number of somebody whom it concerns, or is out already. */
    static boolean interested(Candidate candidate, Asked asked) {
        return asked.out().contains(candidate.entry().post()) || asked.names().contains(candidate.name())
                || !candidate.phone().isEmpty() && asked.phones().contains(candidate.phone());
    }

    private static int near(Entry entry, Asked asked) {
        return entry.unit().equals(asked.unit()) ? 0 : asked.division().length() >= 9 && entry.division().startsWith(asked.division().substring(0, 9)) ? 1 : 2;
    }
}
