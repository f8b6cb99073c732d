package org.heshi.divisions.edition;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.heshi.kernel.Uuid7;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Places whose codes end and where they go: into another code, into one place with others, or into several. All of a day at once or nothing, so that no place
 * stands without its parent in between. What only gets another code keeps its id, and so does all that stands below it.
 */
@Component
class Succeeding {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final java.time.InstantSource clock;

    Succeeding(JdbcClient jdbc, TransactionTemplate transactions, java.time.InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @param name of the new place; empty: it stands already, or keeps the name that the old one had */
    record Line(String code, String to, String name) {
    }

    private record Standing(UUID division, String code, String name, LocalDate from) {
    }

    /**
     * @return how many codes ended
     * @throws BadEdition when a code does not stand, a new one has no name, or a line can be no place
     */
    int take(List<Line> lines, LocalDate day) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            long edition = jdbc.sql("update divisions.edition set number = nextval('divisions.edition_number') returning number").query(Long.class).single();
            Map<String, Set<String>> into = new LinkedHashMap<>();
            Map<String, Set<String>> from = new HashMap<>();
            Map<String, String> names = new HashMap<>();
            for (Line line : lines) {
                into.computeIfAbsent(line.code(), _ -> new HashSet<>()).add(line.to());
                from.computeIfAbsent(line.to(), _ -> new HashSet<>()).add(line.code());
                if (!line.name().isEmpty()) {
                    names.put(line.to(), line.name());
                }
            }
            Map<String, Standing> standing = standing(into.keySet());
            Map<String, Standing> there = standing(from.keySet());
            into.keySet().stream().filter(code -> !standing.containsKey(code)).findFirst().ifPresent(code -> {
                throw new BadEdition(code + " does not stand today");
            });
            standing.values().stream().filter(one -> !one.from().isBefore(day)).findFirst().ifPresent(one -> {
                throw new BadEdition(one.code() + " stands since " + one.from() + " only and cannot end on " + day);
            });
            Map<String, Standing> begin = new LinkedHashMap<>();
            Map<String, Standing> end = new LinkedHashMap<>(standing);
            into.forEach((code, to) -> {
                String next = to.iterator().next();
                if (to.size() == 1 && from.get(next).size() == 1 && !there.containsKey(next)) {
                    renumbered(standing.get(code), next, names.getOrDefault(next, ""), into.keySet(), begin, end, day);
                }
            });
            for (String code : from.keySet()) {
                if (!there.containsKey(code) && !begin.containsKey(code)) {
                    if (!names.containsKey(code)) {
                        throw new BadEdition(code + " does not stand yet: its name is needed");
                    }
                    begin.put(code, new Standing(Uuid7.at(clock.instant()), code, names.get(code), day));
                }
            }
            write(end.values(), begin.values(), day, edition);
            into.forEach((code, to) -> to.forEach(next -> jdbc.sql("insert into divisions.succession (code, on_day, to_code) values (?, ?, ?) on conflict do nothing")
                    .params(code, day, next).update()));
            return end.size();
        }));
    }

    /** It and all below that goes nowhere else. */
    private void renumbered(Standing old, String code, String name, Set<String> listed, Map<String, Standing> begin, Map<String, Standing> end, LocalDate day) {
        begin.put(code, new Standing(old.division(), code, name.isEmpty() ? old.name() : name, day));
        jdbc.sql("select division, code, name, valid_from from divisions.standing where code > ? and code < ? and valid_to = 'infinity'").params(old.code(), old.code() + ":")
                .query((r, _) -> new Standing(r.getObject(1, UUID.class), r.getString(2), r.getString(3), r.getObject(4, LocalDate.class))).list().forEach(below -> {
                    if (listed.stream().noneMatch(other -> !other.equals(old.code()) && below.code().startsWith(other))) {
                        end.put(below.code(), below);
                        String to = code + below.code().substring(old.code().length());
                        begin.put(to, new Standing(below.division(), to, below.name(), day));
                    }
                });
    }

    private Map<String, Standing> standing(Collection<String> codes) {
        Map<String, Standing> standing = new LinkedHashMap<>();
        jdbc.sql("select division, code, name, valid_from from divisions.standing where code = any (?) and valid_to = 'infinity'").param(codes.toArray(String[]::new))
                .query(r -> {
                    standing.put(r.getString(2), new Standing(r.getObject(1, UUID.class), r.getString(2), r.getString(3), r.getObject(4, LocalDate.class)));
                });
        return standing;
    }

    /** The old ones end in one statement, then the new ones begin in one. */
    private void write(Collection<Standing> end, Collection<Standing> begin, LocalDate day, long edition) {
        jdbc.sql("update divisions.standing set valid_to = ?, edition = ? where division = any (?) and valid_to = 'infinity'")
                .params(day, edition, end.stream().map(Standing::division).toArray(UUID[]::new)).update();
        List<Standing> all = new ArrayList<>(begin);
        UUID[] ids = all.stream().map(Standing::division).toArray(UUID[]::new);
        jdbc.sql("insert into divisions.division (id) select id from unnest(?::uuid[]) as n (id) where not exists (select from divisions.division d where d.id = n.id)")
                .param((Object) ids).update();
        jdbc.sql("""
                insert into divisions.standing (division, code, name, valid_from, edition)
                select division, code, name, ?, ? from unnest(?::uuid[], ?::text[], ?::text[]) as n (division, code, name)
                """).params(day, edition, ids, all.stream().map(Standing::code).toArray(String[]::new), all.stream().map(Standing::name).toArray(String[]::new)).update();
    }
}
