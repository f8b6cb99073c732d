package org.heshi.access;

import java.util.Optional;
import org.heshi.directory.HeldPost;

/** The posts in which other programs work. */
public interface ClientPosts {

    /**
     * The post that an administrator gave this program in its unit, with no other roles than those that only work, whatever was given to it elsewhere; empty when it has
     * none now. Its holder is the program itself, under its own id.
     */
    Optional<HeldPost> post(Actor.Client client);
}
