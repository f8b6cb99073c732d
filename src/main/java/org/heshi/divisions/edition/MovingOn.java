package org.heshi.divisions.edition;

import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.heshi.divisions.Divisions;
import org.heshi.divisions.KeepsPlaces;
import org.heshi.divisions.KeepsPlaces.Moved;
import org.heshi.kernel.CivilTime;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Everything that is kept by place goes where its place went, once a code has ended. Done anew it moves nothing. */
@Component
class MovingOn {

    /** So long others wait behind this at the most, before it has what it waits for: whoever comes after it waits, too. */
    static final String PATIENCE = "3s";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Divisions divisions;
    private final ObjectProvider<KeepsPlaces> rooms;
    private final InstantSource clock;

    MovingOn(JdbcClient jdbc, TransactionTemplate transactions, Divisions divisions, ObjectProvider<KeepsPlaces> rooms, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.divisions = divisions;
        this.rooms = rooms;
        this.clock = clock;
    }

    /** When codes ended since it was done last: those of a change that was entered before its day, and of an edition of the places. */
    void whenItIsTime() {
        boolean ended = jdbc.sql("""
                select exists (select from divisions.standing s, divisions.followed f where s.valid_to < 'infinity' and s.valid_to > f.upto and s.valid_to <= ?)
                """).param(today()).query(Boolean.class).single();
        if (ended) {
            move(Map.of(), Given.BY_ITSELF);
        }
    }

    /**
     * @param by      which command, with how many codes that ended
     * @param offices which part keeps the units, posts and rules of a place that was split
     * @throws BadEdition when one of them was not split, or not into that
     * @throws Busy       when somebody else holds for long what must be moved
     */
    List<Moved> move(Map<String, String> offices, Given by) {
        try {
            return moved(offices, by);
        } catch (DataAccessException e) {
            if (NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException cause && LOCK_NOT_AVAILABLE.equals(cause.getSQLState())) {
                throw new Busy(e);
            }
            throw e;
        }
    }

    private List<Moved> moved(Map<String, String> offices, Given by) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            jdbc.sql("select set_config('app.kind', 'machine', true)").query(String.class).single();
            jdbc.sql("select set_config('lock_timeout', ?, true)").param(PATIENCE).query(String.class).single();
            // one after the other
            jdbc.sql("select upto from divisions.followed for update").query().singleRow();
            Map<String, String> places = divisions.successors();
            Set<String> split = split();
            offices.forEach((code, to) -> {
                if (!split.contains(code) || !jdbc.sql("select exists (select from divisions.succession where code = ? and to_code = ?)").params(code, to).query(Boolean.class).single()) {
                    throw new BadEdition(code + " was not split into " + to + " and others");
                }
            });
            Map<String, String> keeping = new HashMap<>(saidBefore(split));
            keeping.putAll(offices);
            Map<String, String> all = new HashMap<>(places);
            keeping.keySet().forEach(code -> standing(code, keeping, places).ifPresent(to -> all.put(code, to)));
            split.removeAll(all.keySet());
            KeepsPlaces.Going going = new KeepsPlaces.Going(places, all, split);
            List<Moved> moved = new ArrayList<>();
            rooms.orderedStream().forEach(room -> room.move(going).stream().filter(one -> !told(one)).forEach(moved::add));
            if (!moved.isEmpty() || !by.command().isEmpty()) {
                long change = note(by);
                moved.forEach(one -> jdbc.sql("insert into divisions.moved (change, at, what, name, was, now, count) values (?, ?, ?, ?, ?, ?, ?)")
                        .params(change, clock.instant().atOffset(ZoneOffset.UTC), one.what(), one.name(), one.was(), one.now(), one.count()).update());
            }
            jdbc.sql("update divisions.followed set upto = ?").param(today()).update();
            return moved;
        }));
    }

    /**
     * Which command it was.
     *
     * @param command as it was given, without its data; empty: nobody gave one
     * @param account of the machine, under which it was given
     * @param ended   codes that ended by it
     */
    record Given(String command, String account, int ended) {

        static final Given BY_ITSELF = new Given("", "", 0);
        private static final int COMMAND = 500;
        private static final int ACCOUNT = 100;

        Given {
            command = cut(command, COMMAND);
            account = cut(account, ACCOUNT);
        }

        private static String cut(String text, int most) {
            return text.codePointCount(0, text.length()) <= most ? text : text.substring(0, text.offsetByCodePoints(0, most));
        }
    }

    /** Writes down that places were changed, and who did it. Within the transaction of the change. */
    long note(Given by) {
        jdbc.sql("select set_config('app.kind', 'machine', true)").query(String.class).single();
        return jdbc.sql("insert into divisions.change (at, command, account, ended) values (?, ?, ?, ?) returning id")
                .params(clock.instant().atOffset(ZoneOffset.UTC), by.command(), by.account(), by.ended()).query(Long.class).single();
    }

    /** Which part keeps the units of a place that was split, as an earlier command said: what did not follow then, goes there now. */
    private Map<String, String> saidBefore(Set<String> split) {
        Map<String, String> said = new HashMap<>();
        jdbc.sql("""
                select m.was, min(m.now) from divisions.moved m
                 where m.was = any (?) and m.what in ('unit', 'post') and m.now <> ''
                   and exists (select from divisions.succession u where u.code = m.was and u.to_code = m.now)
                 group by m.was having count(distinct m.now) = 1
                """).param(split.toArray(String[]::new)).query(r -> {
            said.put(r.getString(1), r.getString(2));
        });
        return said;
    }

    /** Where it leads in the end, over every part that went on; empty when that one stands no more and nobody said which of its parts keeps its offices. */
    private Optional<String> standing(String code, Map<String, String> keeping, Map<String, String> places) {
        Set<String> seen = new HashSet<>();
        String end = code;
        while (seen.add(end)) {
            end = keeping.getOrDefault(end, places.getOrDefault(end, end));
        }
        return divisions.find(end).isPresent() ? Optional.of(end) : Optional.empty();
    }

    /** What stays is told of once. */
    private boolean told(Moved one) {
        return one.now().isEmpty() && jdbc.sql("select exists (select from divisions.moved where now = '' and what = ? and name = ? and was = ?)")
                .params(one.what(), one.name(), one.was()).query(Boolean.class).single();
    }

    /** Codes that stand no more and went into several. */
    private Set<String> split() {
        return new HashSet<>(jdbc.sql("""
                select u.code from divisions.succession u where u.on_day <= ?
                  and not exists (select from divisions.standing s where s.code = u.code and s.valid_from <= ? and ? < s.valid_to)
                group by u.code having count(distinct u.to_code) > 1
                """).params(today(), today(), today()).query(String.class).list());
    }

    private LocalDate today() {
        return CivilTime.dateOf(clock.instant());
    }
}
