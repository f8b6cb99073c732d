package org.heshi.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Enters units, people, posts and rules into the directory, many at a time. Only the program's own parts and administrators may: PostgreSQL
 * refuses everybody else. The caller makes the ids ({@link org.heshi.kernel.Uuid7}) and opens no transaction: each call is one.
 */
public interface Roster {

    /**
     * A post with its roles.
     *
     * @param division code of the post's own place (a grid); empty when it is the unit's
     */
    record NewPost(UUID id, UUID unit, String title, Set<Role> roles, Optional<String> division) {

        public NewPost {
            roles = Set.copyOf(roles);
        }
    }

    /** A person holds a post from {@link Entries#from()} on. */
    record NewHolding(UUID post, UUID person) {
    }

    /** A rule: who leads and helps for a category (empty: any) at a division. */
    record NewRule(String category, String division, UUID lead, List<UUID> helpers) {

        public NewRule {
            helpers = List.copyOf(helpers);
        }
    }

    /** Who receives complaints about the offices of a division. */
    record NewReceivingOrgan(String division, UUID unit) {
    }

    /** What is entered together, all beginning at the same instant. Parents come before the units under them. */
    record Entries(Instant from, List<Unit> units, List<Person> people, List<NewPost> posts, List<NewHolding> holdings, List<NewRule> rules,
            List<NewReceivingOrgan> receivingOrgans) {

        public Entries {
            units = List.copyOf(units);
            people = List.copyOf(people);
            posts = List.copyOf(posts);
            holdings = List.copyOf(holdings);
            rules = List.copyOf(rules);
            receivingOrgans = List.copyOf(receivingOrgans);
        }
    }

    /**
     * Enters all or nothing.
     *
     * @throws java.util.NoSuchElementException when a division is unknown
     * @throws org.springframework.dao.DataAccessException when the database refuses: overlapping holdings or rules, a name twice in a division
     */
    void enter(Entries entries);

    /** Who was entered is no human being but another system: it reads nothing that any post of its unit is kept from. */
    void isProgram(UUID person);

    /** Whoever this is holds no post any more from that instant on. */
    void release(UUID person, Instant from);

    /**
     * The first administrator of a division: a person in a new post with that role, in the division's centre, which is made when there is none.
     *
     * @return the person, for whom an account can be made
     * @throws java.util.NoSuchElementException when the division is unknown
     */
    Person enterAdministrator(String division, String name, Optional<String> email);
}
