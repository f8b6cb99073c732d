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

    /** The matter is read again as it stands when the entry comes by that erased the part of it. */
    @Override
    public boolean forgetPart(Part part) {
        return part.position().isPresent() && shelf.position() >= part.position().getAsLong() && follower.rebuilding().isEmpty();
    }

    @Override
    public void sweep() {
        shelf.rewrite();
    }
}
