package org.heshi.exchange.webhook;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.directory.Directory;
import org.heshi.directory.Unit;
import org.heshi.identity.Programs;
import org.springframework.stereotype.Component;

/** For which unit each running program acts, and of which units that one is a part. */
@Component
public class Offices {

    private final Programs programs;
    private final Directory directory;

    Offices(Programs programs, Directory directory) {
        this.programs = programs;
        this.directory = directory;
    }

    /** @param all the unit and those above it */
    public record Office(UUID unit, Set<UUID> all) {
    }

    /** By program; those that have ended are not there. */
    public Map<UUID, Office> now() {
        return programs.running().stream().collect(Collectors.toMap(Programs.Program::id, program -> new Office(program.unit(), above(program.unit()))));
    }

    private Set<UUID> above(UUID unit) {
        Set<UUID> offices = new LinkedHashSet<>();
        for (Optional<UUID> next = Optional.of(unit); next.isPresent() && offices.add(next.get());) {
            next = directory.findUnit(next.get()).flatMap(Unit::parent);
        }
        return offices;
    }
}
