package org.heshi.exchange.webhook;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.access.Actor;
import org.heshi.access.ClientPosts;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.identity.Programs;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** For which unit each running program acts, and of which units that one is a part. */
@Component
public class Offices {

    /** Scopes with which a program reads what its unit holds. */
    static final Set<String> READING = Set.of("search", "act");

    private final Programs programs;
    private final Directory directory;
    private final ObjectProvider<ClientPosts> posts;

    Offices(Programs programs, Directory directory, ObjectProvider<ClientPosts> posts) {
        this.programs = programs;
        this.directory = directory;
        this.posts = posts;
    }

    /** @param all the unit and those above it */
    public record Office(UUID unit, Set<UUID> all) {
    }

    /** By program; those that have ended are not there. */
    public Map<UUID, Office> now() {
        return programs.running().stream().collect(Collectors.toMap(Programs.Program::id, program -> new Office(program.unit(), above(program.unit()))));
    }

    /** Which of them may read what their units hold now: an administrator gave them a post there, and lets them look it up or work on it. */
    Set<UUID> reading(Set<UUID> clients) {
        ClientPosts given = posts.getIfAvailable();
        if (clients.isEmpty() || given == null) {
            return Set.of();
        }
        return programs.running().stream().filter(program -> clients.contains(program.id()) && !Collections.disjoint(program.scopes(), READING))
                .filter(program -> given.post(new Actor.Client(program.id(), program.unit(), program.scopes())).isPresent()).map(Programs.Program::id).collect(Collectors.toSet());
    }

    private Set<UUID> above(UUID unit) {
        Set<UUID> offices = new LinkedHashSet<>();
        for (Optional<UUID> next = Optional.of(unit); next.isPresent() && offices.add(next.get());) {
            next = directory.findUnit(next.get()).flatMap(Unit::parent);
        }
        return offices;
    }
}
