package org.heshi.access;

import java.util.Set;
import java.util.UUID;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Role;

/** Who acts or looks. Resolved on the server for every request; nothing of it comes from a form. */
public sealed interface Actor {

    /** Somebody who has said nothing about who they are: may report, and read what is public. */
    record Passerby() implements Actor {
    }

    /** A reporter or party who gave the number and the code of one matter. Sees that matter, as that party. */
    record Resident(UUID matter, int party) implements Actor {
    }

    /** A person in a post, at this moment. */
    record Staff(HeldPost held) implements Actor {

        public UUID person() {
            return held.person();
        }

        public UUID post() {
            return held.post();
        }

        public UUID unit() {
            return held.unit();
        }

        public Set<Role> roles() {
            return held.roles();
        }

        public boolean has(Role role) {
            return held.roles().contains(role);
        }

        /** The code prefix whose matters this post may see as a whole; empty string when it sees its own unit's only. */
        public String scope() {
            return Scope.of(held);
        }

        /** Whether the access table lets this post take matters of its place out in a list. */
        public boolean takesOut() {
            return Scope.standing(held.unitType()).filter(standing -> Scope.any(held, AccessTable.shipped().exporting(standing))).isPresent();
        }
    }

    /**
     * Another program that signed in for itself and acts for a unit. Sees what it reported, through the eyes of the reporter, and nothing of the unit's.
     *
     * @param scopes what its token is for
     */
    record Client(UUID client, UUID unit, Set<String> scopes) implements Actor {

        public Client {
            scopes = Set.copyOf(scopes);
        }
    }

    /** The program itself in a named part: {@code importer}, {@code relay}. Sees everything, so it is made only by the part that is it. */
    record Machine(String name) implements Actor {
    }
}
