package org.heshi.directory.register;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.heshi.directory.Directory;
import org.heshi.directory.Person;
import org.heshi.directory.Role;
import org.heshi.directory.Roster;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.Pinyin;
import org.heshi.kernel.Uuid7;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Entries by whole columns: one statement a table, however many rows. */
@Repository
class RosterJdbc implements Roster {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Directory directory;
    private final Divisions divisions;
    private final Pinyin pinyin;
    private final InstantSource clock;

    RosterJdbc(JdbcClient jdbc, TransactionTemplate transactions, Directory directory, Divisions divisions, Pinyin pinyin, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.directory = directory;
        this.divisions = divisions;
        this.pinyin = pinyin;
        this.clock = clock;
    }

    @Override
    public void enter(Entries entries) {
        transactions.executeWithoutResult(_ -> {
            units(entries.units(), entries.from());
            people(entries.people());
            posts(entries.posts(), entries.from());
            holdings(entries.holdings(), entries.from());
            rules(entries.rules(), entries.from());
            receivingOrgans(entries.receivingOrgans());
        });
    }

    @Override
    public Person enterAdministrator(String division, String name, Optional<String> email) {
        Instant now = clock.instant();
        Division place = divisions.get(division);
        Optional<Unit> centre = directory.centreFor(division).filter(unit -> unit.division().equals(division));
        Unit unit = centre.orElseGet(() -> new Unit(Uuid7.at(now), UnitType.CENTRE, place.name() + "社会治理中心", division, Optional.empty()));
        Person person = new Person(Uuid7.at(now), name.strip(), Optional.empty(), email);
        NewPost post = new NewPost(Uuid7.at(now), unit.id(), "系统管理员", Set.of(Role.ADMINISTRATOR), Optional.empty());
        enter(new Entries(now, centre.isPresent() ? List.of() : List.of(unit), List.of(person), List.of(post),
                List.of(new NewHolding(post.id(), person.id())), List.of(), List.of()));
        return person;
    }

    @Override
    public void isProgram(UUID person) {
        transactions.executeWithoutResult(_ -> jdbc.sql("update directory.person set program = true where id = ?").param(person).update());
    }

    @Override
    public void release(UUID person, Instant from) {
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("delete from directory.leave l using directory.holding h where h.id = l.holding and h.person = ? and l.starts_at >= ?").param(person).param(at(from)).update();
            jdbc.sql("update directory.leave l set ends_at = ? from directory.holding h where h.id = l.holding and h.person = ? and l.ends_at > ?")
                    .param(at(from)).param(person).param(at(from)).update();
            jdbc.sql("delete from directory.holding where person = ? and starts_at >= ?").param(person).param(at(from)).update();
            jdbc.sql("update directory.holding set ends_at = ? where person = ? and (ends_at is null or ends_at > ?)").param(at(from)).param(person).param(at(from)).update();
        });
    }

    private void units(List<Unit> units, Instant from) {
        if (units.isEmpty()) {
            return;
        }
        Map<String, UUID> ids = new HashMap<>();
        jdbc.sql("""
                insert into directory.unit (id, type, name, initials, division, division_code, parent, started_at)
                select u.id, u.type, u.name, u.initials, u.division, u.division_code, u.parent, ?::timestamptz
                  from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::text[], ?::uuid[])
                       as u (id, type, name, initials, division, division_code, parent)""")
                .param(at(from))
                .param(column(units, u -> u.id().toString()))
                .param(column(units, u -> u.type().code()))
                .param(column(units, Unit::name))
                .param(column(units, u -> pinyin.initials(u.name())))
                .param(column(units, u -> ids.computeIfAbsent(u.division(), code -> divisions.get(code).id()).toString()))
                .param(column(units, Unit::division))
                .param(column(units, u -> u.parent().map(UUID::toString).orElse(null)))
                .update();
    }

    private void people(List<Person> people) {
        if (people.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into directory.person (id, name, initials, phone, email)
                select * from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[])""")
                .param(column(people, p -> p.id().toString()))
                .param(column(people, Person::name))
                .param(column(people, p -> pinyin.initials(p.name())))
                .param(column(people, p -> p.phone().orElse(null)))
                .param(column(people, p -> p.email().orElse(null)))
                .update();
    }

    private void posts(List<NewPost> posts, Instant from) {
        if (posts.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into directory.post (id, unit, title, roles, division_code, started_at)
                select p.id, p.unit, p.title, string_to_array(p.roles, ','), p.division_code, ?::timestamptz
                  from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[]) as p (id, unit, title, roles, division_code)""")
                .param(at(from))
                .param(column(posts, p -> p.id().toString()))
                .param(column(posts, p -> p.unit().toString()))
                .param(column(posts, NewPost::title))
                .param(column(posts, p -> String.join(",", p.roles().stream().map(Role::code).sorted().toList())))
                .param(column(posts, p -> p.division().orElse(null)))
                .update();
    }

    private void holdings(List<NewHolding> holdings, Instant from) {
        if (holdings.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into directory.holding (id, post, person, starts_at)
                select h.id, h.post, h.person, ?::timestamptz from unnest(?::uuid[], ?::uuid[], ?::uuid[]) as h (id, post, person)""")
                .param(at(from))
                .param(column(holdings, _ -> Uuid7.at(from).toString()))
                .param(column(holdings, h -> h.post().toString()))
                .param(column(holdings, h -> h.person().toString()))
                .update();
    }

    private void rules(List<NewRule> rules, Instant from) {
        if (rules.isEmpty()) {
            return;
        }
        List<String> ids = new ArrayList<>();
        List<String> helped = new ArrayList<>();
        List<Integer> ordinals = new ArrayList<>();
        List<String> helpers = new ArrayList<>();
        for (NewRule rule : rules) {
            String id = Uuid7.at(from).toString();
            ids.add(id);
            for (int i = 0; i < rule.helpers().size(); i++) {
                helped.add(id);
                ordinals.add(i + 1);
                helpers.add(rule.helpers().get(i).toString());
            }
        }
        jdbc.sql("""
                insert into directory.handles (id, category, division_code, lead, starts_at)
                select r.id, r.category, r.division_code, r.lead, ?::timestamptz
                  from unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[]) as r (id, category, division_code, lead)""")
                .param(at(from))
                .param(ids.toArray(String[]::new))
                .param(column(rules, NewRule::category))
                .param(column(rules, NewRule::division))
                .param(column(rules, r -> r.lead().toString()))
                .update();
        jdbc.sql("insert into directory.helper (rule, ordinal, unit) select * from unnest(?::uuid[], ?::int[], ?::uuid[])")
                .param(helped.toArray(String[]::new)).param(ordinals.toArray(Integer[]::new)).param(helpers.toArray(String[]::new))
                .update();
    }

    private void receivingOrgans(List<NewReceivingOrgan> organs) {
        for (NewReceivingOrgan organ : organs) {
            jdbc.sql("""
                    insert into directory.receiving_organ (division_code, unit) values (?, ?)
                    on conflict (division_code) do update set unit = excluded.unit""")
                    .param(organ.division()).param(organ.unit()).update();
        }
    }

    private static <T> Object column(List<T> rows, Function<T, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    private static Object at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
