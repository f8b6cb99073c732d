package org.heshi.mediation.course;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.Post;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.kernel.Bilingual;
import org.heshi.matters.Picks;
import org.springframework.stereotype.Component;

/** Whoever holds a mediator's post in the unit of who acts. */
@Component
class MediatorsOfTheUnit implements Picks {

    private final Directory directory;
    private final InstantSource clock;

    MediatorsOfTheUnit(Directory directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public Set<String> lists() {
        return Set.of("mediators", "rooms");
    }

    @Override
    public List<Pick> offered(String list, UUID matter) {
        return list.equals("mediators") && Acting.current() instanceof Actor.Staff staff ? directory.holders(staff.unit(), Role.MEDIATOR, clock.instant()).stream()
                .map(held -> new Pick(held.post().toString(), new Bilingual(held.personName(), held.personName()), new Bilingual(held.title(), held.title()))).toList() : List.of();
    }

    @Override
    public Optional<Bilingual> name(String list, UUID matter, String value) {
        UUID id = UUID.fromString(value);
        return Optional.ofNullable(directory.posts(List.of(id)).get(id)).map((Post post) -> {
            String name = directory.holders(post.unit(), clock.instant()).stream().filter(held -> held.post().equals(id)).map(held -> held.personName()).findFirst().orElse(post.title());
            String unit = directory.findUnit(post.unit()).map(Unit::name).orElse("");
            return new Bilingual(name + " · " + unit, name + " · " + unit);
        });
    }
}
