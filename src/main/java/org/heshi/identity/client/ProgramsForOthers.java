package org.heshi.identity.client;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.identity.Programs;
import org.springframework.stereotype.Component;

/** The same programs for rooms beside this one. */
@Component
class ProgramsForOthers implements Programs {

    private final Clients clients;
    private final Directory directory;
    private final InstantSource clock;

    ProgramsForOthers(Clients clients, Directory directory, InstantSource clock) {
        this.clients = clients;
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public List<Program> running() {
        return clients.all().stream().filter(client -> client.endedAt().isEmpty() && directory.stands(client.unit(), clock.instant()))
                .map(client -> new Program(client.id(), client.name(), client.unit(), client.scopes())).toList();
    }

    @Override
    public Program enter(String name, UUID unit, Set<String> scopes) {
        return new Program(clients.make(name, unit, scopes, Acting.staffWith(Role.ADMINISTRATOR).person()), name, unit, scopes);
    }
}
