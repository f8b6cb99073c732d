package org.heshi.search.index;

import org.heshi.matters.Forgetting;
import org.springframework.stereotype.Component;

/** An erased matter leaves the index at once, and its words leave the files of the index with the next sweep. */
@Component
class ForgottenDocuments implements Forgetting {

    private final Shelf shelf;
    private final SearchFollower follower;

    ForgottenDocuments(Shelf shelf, SearchFollower follower) {
        this.shelf = shelf;
        this.follower = follower;
    }

    @Override
    public String room() {
        return "search";
    }

    /** While the index is being filled again it might still take in words that were read before: it is asked again afterwards. */
    @Override
    public boolean forget(Forgotten matter) {
        shelf.forget(matter.matter());
        return follower.rebuilding().isEmpty();
    }

    @Override
    public void sweep() {
        shelf.rewrite();
    }
}
