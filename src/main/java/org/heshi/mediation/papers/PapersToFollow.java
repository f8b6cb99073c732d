package org.heshi.mediation.papers;

import java.util.List;
import java.util.UUID;
import org.heshi.access.Actor;
import org.heshi.documents.Papers;
import org.heshi.matters.FollowNotes;
import org.springframework.stereotype.Component;

/** Tells a party on the page of the matter that there are papers for them. */
@Component
class PapersToFollow implements FollowNotes {

    private final Papers papers;

    PapersToFollow(Papers papers) {
        this.papers = papers;
    }

    @Override
    public List<Note> onThePage(Actor.Resident who, UUID matter, String kind, String state) {
        return papers.of(matter).stream().allMatch(paper -> paper.forgotten() || paper.withdrawn().isPresent()) ? List.of()
                : List.of(new Note("info", "mediation.papers.follow", List.of("mediation.papers.follow.text"), List.of(),
                        List.of(new Way("mediation.papers.follow.open", "/papers", false))));
    }

    @Override
    public List<Note> before(Actor.Resident who, UUID matter, String kind, String action) {
        return List.of();
    }
}
