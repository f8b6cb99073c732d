package org.heshi.mediation.roster;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A line of the roster: what a mediator's post is good for.
 *
 * @param division where it works
 * @param most     how many open cases it takes on at a time
 * @param listed   whether it stands on the public page, as its holder chose
 * @param works    false once it is off the roster
 */
public record Entry(UUID post, UUID unit, String division, String standing, boolean woman, List<String> skills, List<String> languages, int most,
        Optional<LocalDate> termFrom, Optional<LocalDate> termTo, boolean listed, boolean works) {

    public Entry {
        skills = List.copyOf(skills);
        languages = List.copyOf(languages);
    }

    /** Whether the term of three years has run out (People's Mediation Law, article 9). */
    public boolean over(LocalDate today) {
        return termTo.filter(last -> last.isBefore(today)).isPresent();
    }
}
