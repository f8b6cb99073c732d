package org.heshi.directory.register;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.directory.Directory;
import org.heshi.directory.Handling;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Person;
import org.heshi.directory.Post;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.directory.names.Prefixes;
import org.heshi.directory.names.Typed;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.MatterNumber;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Look-ups. Staff tables are read through functions of the owner, so that sign-in and followers may ask before anybody acts. */
@Repository
class DirectoryJdbc implements Directory {

    private static final String UNIT = "select u.id, u.type, u.name, u.division_code, u.parent from directory.unit u ";

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final Divisions divisions;

    /** Units that were asked for, with the number that they had then and when that was asked. */
    private record Lately(long edition, long asked, Map<UUID, Unit> units) {
    }

    private static final long FRESH_NANOS = 500_000_000L;
    /** More units than a prefecture has. */
    private static final int MOST_LATELY = 20_000;

    private volatile Lately lately = new Lately(0, System.nanoTime() - 2 * FRESH_NANOS, Map.of());

    DirectoryJdbc(JdbcClient jdbc, InstantSource clock, Divisions divisions) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.divisions = divisions;
    }

    @Override
    public Optional<Unit> findUnit(UUID id) {
        return jdbc.sql(UNIT + "where u.id = ?").param(id).query(Rows::unit).optional();
    }

    @Override
    public Optional<Unit> unitLately(UUID id) {
        Lately known = lately;
        if (System.nanoTime() - known.asked() > FRESH_NANOS) {
            long asked = System.nanoTime();
            // the number is asked first: a change in between makes a unit newer than its number, and it is read again next time
            long edition = jdbc.sql("select number from directory.unit_edition").query(Long.class).single();
            known = new Lately(edition, asked, known.edition() == edition ? known.units() : new ConcurrentHashMap<>());
            lately = known;
        }
        Unit unit = known.units().get(id);
        if (unit != null) {
            return Optional.of(unit);
        }
        Optional<Unit> found = findUnit(id);
        if (known.units().size() < MOST_LATELY) {
            Map<UUID, Unit> units = known.units();
            found.ifPresent(one -> units.put(id, one));
        }
        return found;
    }

    @Override
    public Map<UUID, Unit> units(Collection<UUID> ids) {
        return byId(UNIT + "where u.id = any (?::uuid[])", ids, Rows::unit, Unit::id);
    }

    @Override
    public boolean stands(UUID unit, Instant at) {
        return jdbc.sql("select exists (select from directory.unit where id = :unit and started_at <= :at and (ended_at is null or ended_at > :at))")
                .param("unit", unit).param("at", at(at)).query(Boolean.class).single();
    }

    @Override
    public List<Unit> searchUnits(String typed, String within, int limit) {
        Typed words = new Typed(typed);
        if (words.blank()) {
            return List.of();
        }
        return jdbc.sql(UNIT + """
                where u.ended_at is null
                  and (u.name like :anywhere or u.initials like :initials)
                  and u.division_code >= :within and u.division_code < :within || chr(1114111)
                order by u.name = :typed desc, u.name like :start desc, length(u.division_code), u.division_code, u.name
                limit :limit""")
                .param("anywhere", words.anywhere()).param("initials", words.initials()).param("start", words.atTheStart())
                .param("typed", words.text()).param("within", within).param("limit", limit)
                .query(Rows::unit).list();
    }

    @Override
    public List<Unit> unitsWithin(String division, String afterDivision, String afterName, int limit) {
        return jdbc.sql(UNIT + """
                where u.ended_at is null and u.division_code >= :within and u.division_code < :within || chr(1114111)
                  and (u.division_code, u.name) > (:place, :name)
                order by u.division_code, u.name limit :limit""")
                .param("within", division).param("place", afterDivision).param("name", afterName).param("limit", limit).query(Rows::unit).list();
    }

    @Override
    public Optional<Unit> centreFor(String division) {
        return jdbc.sql(UNIT + """
                where u.type = 'centre' and u.ended_at is null and u.division_code = any (?::text[])
                order by length(u.division_code) desc, u.division_code = any (?::text[]), u.came_from is not null, u.started_at, u.id
                limit 1""")
                .params(codes(division), divisions.leaving(divisions.today(division)).toArray(String[]::new)).query(Rows::unit).optional();
    }

    /** Of the place as it stands and all that it lies in; in the first moments of a new code also of what went into these and was not moved yet. */
    private String[] codes(String division) {
        String today = divisions.today(division);
        return Stream.concat(Arrays.stream(Prefixes.ofDivision(today)), divisions.leaving(today).stream()).toArray(String[]::new);
    }

    @Override
    public Optional<Unit> countyCentreFor(String division) {
        return centreFor(division.length() > 6 ? division.substring(0, 6) : division);
    }

    @Override
    public List<Unit> withSubUnits(UUID unit) {
        return jdbc.sql("""
                with recursive below as (
                  select u.* from directory.unit u where u.id = ?
                  union
                  select u.* from directory.unit u join below b on u.parent = b.id
                )
                select u.id, u.type, u.name, u.division_code, u.parent from below u order by length(u.division_code), u.division_code, u.name""")
                .param(unit).query(Rows::unit).list();
    }

    /**
     * A body is the accused unit and what it is a part of on the same division: a section of the centre is the centre. Whoever receives
     * stands outside of that body and of everything under the accused, and above the centre when the body is one.
     */
    @Override
    public Optional<Unit> receivingOrganFor(UUID accused) {
        return jdbc.sql("""
                with recursive body as (
                  select u.* from directory.unit u where u.id = :accused
                  union
                  select p.* from directory.unit p join body b on p.id = b.parent and p.division_code = b.division_code
                ), below as (
                  select u.id from directory.unit u where u.id = :accused
                  union
                  select u.id from directory.unit u join below b on u.parent = b.id
                )
                select u.id, u.type, u.name, u.division_code, u.parent
                  from directory.receiving_organ r
                  join directory.unit u on u.id = r.unit and u.ended_at is null
                  cross join (select a.division_code from directory.unit a where a.id = :accused) a
                 where starts_with(a.division_code, r.division_code)
                   and r.unit not in (select id from body)
                   and r.unit not in (select id from below)
                   and length(r.division_code) < coalesce((select min(length(b.division_code)) from body b where b.type = 'centre'), 100)
                 order by length(r.division_code) desc
                 limit 1""")
                .param("accused", accused).query(Rows::unit).optional();
    }

    @Override
    public Optional<Unit> receivingOrganOf(String division) {
        return jdbc.sql("""
                select u.id, u.type, u.name, u.division_code, u.parent
                  from directory.receiving_organ r join directory.unit u on u.id = r.unit and u.ended_at is null
                 where r.division_code = any (?::text[])
                 order by length(r.division_code) desc, r.division_code = any (?::text[])
                 limit 1""").params(codes(division), divisions.leaving(divisions.today(division)).toArray(String[]::new)).query(Rows::unit).optional();
    }

    @Override
    public Optional<Handling> whoHandles(String category, String division) {
        record Rule(String category, String division, UUID lead, List<UUID> helpers, Optional<String> ruling, Optional<MatterNumber> ruled) {
        }
        String today = divisions.today(division);
        return Stream.concat(Stream.of(today), divisions.leaving(today).stream()).flatMap(code -> jdbc
                .sql("select category, division_code, lead, helpers, from_paper, from_matter from directory.who_handles(?, ?, ?)")
                .param(category).param(code).param(at(clock.instant()))
                .query((row, _) -> new Rule(row.getString(1), row.getString(2), row.getObject(3, UUID.class),
                        Arrays.asList((UUID[]) row.getArray(4).getArray()), row.getString(6) == null ? Optional.empty()
                                : Optional.of(java.util.Objects.requireNonNullElse(row.getString(5), "")),
                        Optional.ofNullable(row.getString(6)).map(MatterNumber::new)))
                .list().stream())
                // the first of equals: what stands there already
                .min(Comparator.comparingInt((Rule rule) -> -rule.category().length()).thenComparingInt(rule -> -rule.division().length()))
                .map(rule -> {
                    Set<UUID> all = new LinkedHashSet<>(rule.helpers());
                    all.add(rule.lead());
                    Map<UUID, Unit> units = units(all);
                    return new Handling(units.get(rule.lead()), rule.helpers().stream().map(units::get).toList(), rule.category(), rule.division(),
                            rule.ruling(), rule.ruled());
                });
    }

    @Override
    public Optional<HeldPost> findHeldPost(UUID person, UUID post, Instant at) {
        return jdbc.sql("select * from directory.held_posts(?, ?) h where h.post = ? limit 1")
                .param(person).param(at(at)).param(post).query(Rows::heldPost).optional();
    }

    @Override
    public List<HeldPost> heldPosts(UUID person, Instant at) {
        return jdbc.sql("select * from directory.held_posts(?, ?)").param(person).param(at(at)).query(Rows::heldPost).list();
    }

    @Override
    public List<HeldPost> holders(UUID unit, Role role, Instant at) {
        return jdbc.sql("select * from directory.holders(?, ?, ?)").param(unit).param(role.code()).param(at(at)).query(Rows::heldPost).list();
    }

    @Override
    public List<HeldPost> holders(UUID unit, Instant at) {
        return jdbc.sql("select * from directory.holders(?, ?)").param(unit).param(at(at)).query(Rows::heldPost).list();
    }

    @Override
    public List<HeldPost> holdersIn(Map<UUID, Set<Role>> units, Instant at) {
        List<String> ids = new ArrayList<>();
        List<String> roles = new ArrayList<>();
        units.forEach((unit, wanted) -> wanted.forEach(role -> {
            ids.add(unit.toString());
            roles.add(role.code());
        }));
        return ids.isEmpty() ? List.of() : jdbc.sql("select * from directory.holders_in(?::uuid[], ?::text[], ?)").param((Object) ids.toArray(String[]::new))
                .param((Object) roles.toArray(String[]::new)).param(at(at)).query(Rows::heldPost).list();
    }

    @Override
    public List<HeldPost> holdersOf(Collection<UUID> posts, Instant at) {
        return posts.isEmpty() ? List.of() : jdbc.sql("select * from directory.holders_of(?::uuid[], ?)").param((Object) Rows.ids(Set.copyOf(posts)))
                .param(at(at)).query(Rows::heldPost).list();
    }

    @Override
    public List<UUID> postsByName(String name, Role role, String within, Instant at, int limit) {
        return name.isBlank() ? List.of() : jdbc.sql("select post from directory.posts_by_name(?, ?, ?, ?, ?)").param(name.strip()).param(role.code())
                .param(within).param(at(at)).param(limit).query(UUID.class).list();
    }

    @Override
    public Map<UUID, Person> people(Collection<UUID> ids) {
        return byId("select * from directory.people(?::uuid[])", ids, Rows::person, Person::id);
    }

    @Override
    public Map<UUID, Post> posts(Collection<UUID> ids) {
        return byId("select * from directory.posts(?::uuid[])", ids, Rows::post, Post::id);
    }

    private <T> Map<UUID, T> byId(String sql, Collection<UUID> ids, RowMapper<T> mapper, Function<T, UUID> id) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return jdbc.sql(sql).param((Object) Rows.ids(Set.copyOf(ids))).query(mapper).list().stream().collect(Collectors.toMap(id, Function.identity()));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
