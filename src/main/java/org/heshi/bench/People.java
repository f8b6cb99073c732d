package org.heshi.bench;

import java.time.InstantSource;
import java.util.List;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.identity.Accounts;
import org.springframework.stereotype.Component;

/** The demo county's people as those who act. */
@Component
public class People {

    private final Accounts accounts;
    private final Directory directory;
    private final InstantSource clock;

    People(Accounts accounts, Directory directory, InstantSource clock) {
        this.accounts = accounts;
        this.directory = directory;
        this.clock = clock;
    }

    /** @throws IllegalArgumentException when nobody signs in by that name: the benches need the demo county */
    public Actor.Staff named(String name) {
        return accounts.findByName(name).map(Accounts.Account::person).map(person -> {
            List<HeldPost> posts = directory.heldPosts(person, clock.instant());
            return posts.isEmpty() ? null : new Actor.Staff(posts.getFirst());
        }).orElseThrow(() -> new IllegalArgumentException("the benches need the demo county: nobody signs in as " + name));
    }
}
