package org.heshi.mediation.roster;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.heshi.directory.Directory;
import org.heshi.directory.Post;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.mediation.MediationRoster;
import org.heshi.mediation.calendar.Rooms;
import org.springframework.stereotype.Component;

@Component
class EnteredRoster implements MediationRoster {

    private final Mediators mediators;
    private final Rooms rooms;
    private final Directory directory;

    EnteredRoster(Mediators mediators, Rooms rooms, Directory directory) {
        this.mediators = mediators;
        this.rooms = rooms;
        this.directory = directory;
    }

    @Override
    public void enter(Committee committee) {
        Unit unit = directory.findUnit(committee.unit()).orElseThrow(() -> new NoSuchElementException("no such unit"));
        mediators.keep(new Body(unit.id(), unit.division(), committee.sort(), committee.field(), committee.intro(), "", "", true));
        for (Member member : committee.members()) {
            Post post = Optional.ofNullable(directory.posts(List.of(member.post())).get(member.post())).filter(one -> one.roles().contains(Role.MEDIATOR))
                    .orElseThrow(() -> new NoSuchElementException("no such mediator's post"));
            mediators.keep(new Entry(post.id(), post.unit(), post.division(), member.standing(), member.woman(), member.skills(), member.languages(), member.most(), Optional.empty(),
                    Optional.empty(), member.listed(), true));
        }
        committee.rooms().forEach(name -> rooms.add(unit.id(), unit.division(), name, "", 0));
    }
}
