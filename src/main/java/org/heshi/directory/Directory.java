package org.heshi.directory;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Organisations, posts and who holds them. Readable by staff rooms without a scope; it holds no resident's data. */
public interface Directory {

    Optional<Unit> findUnit(UUID id);

    /** As {@link #findUnit}, as it was half a second ago at most. Asked by every action, it mostly costs no way to the database. */
    Optional<Unit> unitLately(UUID id);

    Map<UUID, Unit> units(Collection<UUID> ids);

    /** Whether the unit is there at that time: begun, and not ended. */
    boolean stands(UUID unit, Instant at);

    /** Units whose name or pinyin initials match, within a division, at most {@code limit}. */
    List<Unit> searchUnits(String typed, String within, int limit);

    /** Units that there are within a division, by place and name, from behind this place and name on; both empty for the first. */
    List<Unit> unitsWithin(String division, String afterDivision, String afterName, int limit);

    /** The centre of exactly this division, else of the nearest division above that has one. */
    Optional<Unit> centreFor(String division);

    /** The centre of the county (6 digits) that the code lies in, else of the nearest division above that has one. */
    Optional<Unit> countyCentreFor(String division);

    /** The unit and every unit under it, down to the last. */
    List<Unit> withSubUnits(UUID unit);

    /** Who receives complaints about this unit: the configured receiving organ; when the centre or the organ itself is accused, the one a level up. */
    Optional<Unit> receivingOrganFor(UUID accused);

    /** Who receives complaints about offices of this place when it is not known which office is meant: the nearest configured organ. */
    Optional<Unit> receivingOrganOf(String division);

    /** The most specific rule: nearest category upwards first, then nearest division upwards. Units that ended are passed over. */
    Optional<Handling> whoHandles(String category, String division);

    /** The post as this person holds it at that time: theirs and begun and not ended, or a stand-in during leave; else empty. */
    Optional<HeldPost> findHeldPost(UUID person, UUID post, Instant at);

    /** Every post this person holds or stands in for at that time, own ones first. */
    List<HeldPost> heldPosts(UUID person, Instant at);

    /**
     * Who holds a post with this role in this unit at that time, stand-ins in place of those on leave. One on leave for whom nobody stands in
     * is still named.
     */
    List<HeldPost> holders(UUID unit, Role role, Instant at);

    /** Everybody who holds a post in this unit at that time, whatever its roles, a post of several people for each; as {@link #holders(UUID, Role, Instant)}. */
    List<HeldPost> holders(UUID unit, Instant at);

    /** Who holds a post with one of these roles in that unit at that time; as {@link #holders(UUID, Role, Instant)}, asked once for all units. */
    List<HeldPost> holdersIn(Map<UUID, Set<Role>> units, Instant at);

    /** Who holds each of these posts at that time; as {@link #holders(UUID, Role, Instant)}. A post that nobody holds is not there. */
    List<HeldPost> holdersOf(Collection<UUID> posts, Instant at);

    /** Posts with this role, at a place and below it, whose holder's name begins so; by name, at most {@code limit}. */
    List<UUID> postsByName(String name, Role role, String within, Instant at, int limit);

    /** People by id, also those who hold no post any more. */
    Map<UUID, Person> people(Collection<UUID> ids);

    /** Posts by id, also those that ended. */
    Map<UUID, Post> posts(Collection<UUID> ids);
}
