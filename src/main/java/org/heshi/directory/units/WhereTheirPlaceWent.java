package org.heshi.directory.units;

import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.KeepsPlaces;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Units, posts, rules and receiving organs go where their place went. A rule that would contradict one of that place stays behind, so that nobody's word is overruled. */
@Component
@Order(KeepsPlaces.LATER)
class WhereTheirPlaceWent implements KeepsPlaces {

    private final JdbcClient jdbc;
    private final Divisions divisions;
    private final InstantSource clock;

    WhereTheirPlaceWent(JdbcClient jdbc, Divisions divisions, InstantSource clock) {
        this.jdbc = jdbc;
        this.divisions = divisions;
        this.clock = clock;
    }

    @Override
    public List<Moved> move(Going going) {
        Map<String, String> there = new HashMap<>(going.offices());
        // only places where something stands are looked up
        String[] ended = there.keySet().toArray(String[]::new);
        List<Moved> moved = new ArrayList<>();
        for (String code : new TreeSet<>(jdbc.sql("select distinct division_code from directory.unit where division_code = any (?)").param(ended).query(String.class).list())) {
            Optional<Division> place = divisions.find(there.get(code));
            if (place.isPresent()) {
                units(code, place.get(), moved);
            }
        }
        posts(there, ended, moved);
        rules(there, ended, moved);
        organs(there, ended, moved);
        stays(going, moved);
        return moved;
    }

    private void units(String code, Division place, List<Moved> moved) {
        record Standing(UUID id, String name, boolean ended) {
        }
        for (Standing unit : jdbc.sql("select id, name, ended_at is not null as ended from directory.unit where division_code = ? order by started_at, id").param(code)
                .query(Standing.class).list()) {
            boolean taken = !unit.ended() && jdbc.sql("select exists (select from directory.unit where division_code = ? and name = ? and ended_at is null)")
                    .params(place.code(), unit.name()).query(Boolean.class).single();
            if (taken) {
                moved.add(new Moved("unit", unit.name(), code, "", 1));
                continue;
            }
            jdbc.sql("update directory.unit set division = ?, division_code = ?, came_from = ? where id = ?").params(place.id(), place.code(), code, unit.id()).update();
            if (!unit.ended()) {
                moved.add(new Moved("unit", unit.name(), code, place.code(), 1));
            }
        }
    }

    /** Posts of a unit that was not let in stay with it: they watched the place that ended, not the one that it went into. */
    private void posts(Map<String, String> there, String[] ended, List<Moved> moved) {
        record Standing(UUID id, String name, String code, boolean ended, boolean left) {
        }
        for (Standing post : jdbc.sql("""
                select p.id, u.name || ' ' || p.title as name, p.division_code as code, p.ended_at is not null as ended, u.division_code = any (?) as left
                  from directory.post p join directory.unit u on u.id = p.unit
                 where p.division_code = any (?) order by p.division_code, p.id
                """).params(ended, ended).query(Standing.class).list()) {
            if (post.left()) {
                if (!post.ended()) {
                    moved.add(new Moved("post", post.name(), post.code(), "", 1));
                }
                continue;
            }
            jdbc.sql("update directory.post set division_code = ? where id = ?").params(there.get(post.code()), post.id()).update();
            moved.add(new Moved("post", post.name(), post.code(), there.get(post.code()), 1));
        }
    }

    /** A rule is changed by ending it and making another, so that its history tells. */
    private void rules(Map<String, String> there, String[] ended, List<Moved> moved) {
        record Rule(UUID id, String category, String code, String lead) {
        }
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        for (Rule rule : jdbc.sql("""
                select r.id, r.category, r.division_code as code, u.name as lead from directory.handles r join directory.unit u on u.id = r.lead
                 where r.division_code = any (?) and r.starts_at < ? and (r.ends_at is null or r.ends_at > ?) order by r.starts_at, r.id
                """).params(ended, now, now).query(Rule.class).list()) {
            String to = there.get(rule.code());
            String name = (rule.category() + " " + rule.lead()).strip();
            boolean taken = jdbc.sql("""
                    select exists (select from directory.handles where category = ? and division_code = ? and (ends_at is null or ends_at > ?))
                    """).params(rule.category(), to, now).query(Boolean.class).single();
            if (taken) {
                moved.add(new Moved("rule", name, rule.code(), "", 1));
                continue;
            }
            UUID id = org.heshi.kernel.Uuid7.at(clock.instant());
            jdbc.sql("""
                    insert into directory.handles (id, category, division_code, lead, starts_at, ends_at, from_paper, from_matter, from_seq)
                    select ?, category, ?, lead, ?, ends_at, from_paper, from_matter, from_seq from directory.handles where id = ?
                    """).params(id, to, now, rule.id()).update();
            jdbc.sql("insert into directory.helper (rule, ordinal, unit) select ?, ordinal, unit from directory.helper where rule = ?").params(id, rule.id()).update();
            jdbc.sql("update directory.handles set ends_at = ? where id = ?").params(now, rule.id()).update();
            moved.add(new Moved("rule", name, rule.code(), to, 1));
        }
    }

    private void organs(Map<String, String> there, String[] ended, List<Moved> moved) {
        record Organ(String code, String name) {
        }
        for (Organ organ : jdbc.sql("""
                select r.division_code as code, u.name from directory.receiving_organ r join directory.unit u on u.id = r.unit where r.division_code = any (?) order by 1
                """).param(ended).query(Organ.class).list()) {
            String to = there.get(organ.code());
            int went = jdbc.sql("""
                    insert into directory.receiving_organ (division_code, unit) select ?, unit from directory.receiving_organ where division_code = ?
                    on conflict (division_code) do nothing""").params(to, organ.code()).update();
            jdbc.sql("delete from directory.receiving_organ where division_code = ?").param(organ.code()).update();
            moved.add(new Moved("organ", organ.name(), organ.code(), went == 1 ? to : "", 1));
        }
    }

    /** What stands at a place that was split: a person must say which part it belongs to. */
    private void stays(Going going, List<Moved> moved) {
        String[] split = going.split().toArray(String[]::new);
        jdbc.sql("select division_code, name from directory.unit where division_code = any (?) and ended_at is null order by 1, 2").param(split)
                .query(r -> {
                    moved.add(new Moved("unit", r.getString(2), r.getString(1), "", 1));
                });
        jdbc.sql("""
                select p.division_code, u.name || ' ' || p.title from directory.post p join directory.unit u on u.id = p.unit
                 where p.division_code = any (?) and p.ended_at is null order by 1, 2
                """).param(split).query(r -> {
                    moved.add(new Moved("post", r.getString(2), r.getString(1), "", 1));
                });
        jdbc.sql("""
                select r.division_code, r.category || ' ' || u.name from directory.handles r join directory.unit u on u.id = r.lead
                 where r.division_code = any (?) and r.ends_at is null order by 1, 2
                """).param(split).query(r -> {
                    moved.add(new Moved("rule", r.getString(2).strip(), r.getString(1), "", 1));
                });
    }
}
