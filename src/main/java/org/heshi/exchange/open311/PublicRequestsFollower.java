package org.heshi.exchange.open311;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.divisions.Level;
import org.heshi.matters.Follower;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.MatterLog;
import org.heshi.matters.MatterRows;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps what anybody may read of matters of public kinds. A matter that somebody is kept from, that is put away or erased, or that leaves for a kind that
 * is not public is gone with all that was shown of it. Given twice, an entry changes nothing.
 */
@Component
class PublicRequestsFollower implements Follower {

    /** The limit of the unit that must solve it, in every kind that has one. */
    private static final String TERM = "total";

    private final MatterLog log;
    private final MatterRows rows;
    private final JdbcClient jdbc;
    private final JsonMapper json = JsonMapper.builder().build();

    PublicRequestsFollower(MatterLog log, MatterRows rows, @Qualifier("follower") JdbcClient jdbc) {
        this.log = log;
        this.rows = rows;
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "open311";
    }

    @Override
    public void follow(List<LoggedEntry> batch) {
        Set<String> kinds = rows.kinds().stream().filter(MatterRows.Kind::inPublic).map(MatterRows.Kind::code).collect(Collectors.toSet());
        List<LoggedEntry> ours = batch.stream().filter(entry -> kinds.contains(entry.kind()) || entry.fromKind().filter(kinds::contains).isPresent()).toList();
        if (ours.isEmpty()) {
            return;
        }
        Set<UUID> matters = ours.stream().map(LoggedEntry::matter).collect(Collectors.toSet());
        Map<UUID, MatterLog.Now> now = log.wordless(matters);
        Set<UUID> gone = new HashSet<>(log.ended(matters));
        gone.addAll(log.apart(matters));
        matters.stream().filter(matter -> Optional.ofNullable(now.get(matter)).filter(row -> shown(row, kinds)).isEmpty()).forEach(gone::add);
        if (!gone.isEmpty()) {
            drop(gone);
        }
        List<MatterLog.Now> stay = now.values().stream().filter(row -> !gone.contains(row.matter())).toList();
        if (stay.isEmpty()) {
            return;
        }
        List<LoggedEntry> moves = ours.stream().filter(entry -> !gone.contains(entry.matter()) && kinds.contains(entry.kind()) && moved(entry)).toList();
        states(stay, moves);
        keep(stay, moves, ours.stream().filter(entry -> !gone.contains(entry.matter())).toList());
        if (!moves.isEmpty()) {
            note(moves);
        }
    }

    private record Gone(int request, OffsetDateTime from, OffsetDateTime to) {
    }

    /** What was shown of it goes with it; one by one, for the steps of each lie between instants of its own, and hardly any batch has one. */
    private void drop(Set<UUID> matters) {
        List<Gone> gone = jdbc.sql("delete from exchange.public_request where matter = any (?) returning id, requested_at, updated_at")
                .param(matters.toArray(UUID[]::new)).query((r, _) -> new Gone(r.getInt("id"), r.getObject("requested_at", OffsetDateTime.class),
                        r.getObject("updated_at", OffsetDateTime.class))).list();
        gone.forEach(one -> jdbc.sql("delete from exchange.public_update where at between ? and ? and request = ?")
                .param(one.from()).param(one.to()).param(one.request()).update());
    }

    private static boolean shown(MatterLog.Now row, Set<String> kinds) {
        return kinds.contains(row.kind()) && row.category().isPresent();
    }

    private static boolean moved(LoggedEntry entry) {
        // a matter of more entries than a smallint numbers is shown as it stands, its late steps are not
        return entry.seq() <= Short.MAX_VALUE && !(entry.fromState().filter(entry.toState()::equals).isPresent() && entry.fromKind().filter(entry.kind()::equals).isPresent());
    }

    /** Numbers of states in which nothing stood before. */
    private void states(List<MatterLog.Now> stay, List<LoggedEntry> moves) {
        Set<List<String>> states = new TreeSet<>(Comparator.comparing(List::toString));
        stay.forEach(row -> states.add(List.of(row.kind(), row.state())));
        moves.forEach(entry -> states.add(List.of(entry.kind(), entry.toState())));
        List<List<String>> all = List.copyOf(states);
        jdbc.sql("""
                insert into exchange.public_state (kind, state)
                select kind, state from unnest(:kind::text[], :state::text[]) as asked (kind, state)
                where not exists (select from exchange.public_state s where s.kind = asked.kind and s.state = asked.state)""")
                .param("kind", column(all, List::getFirst)).param("state", column(all, List::getLast)).update();
    }

    /** As they stand now; the newest move is when one was changed last. What is so already is not written again. */
    private void keep(List<MatterLog.Now> stay, List<LoggedEntry> moves, List<LoggedEntry> entries) {
        Map<UUID, Instant> moved = new HashMap<>();
        moves.forEach(entry -> moved.merge(entry.matter(), entry.recordedAt(), (one, other) -> one.isAfter(other) ? one : other));
        Map<UUID, Optional<Instant>> terms = terms(entries);
        jdbc.sql("""
                with asked as materialized (
                  select a.*, s.id as stands
                  from unnest(:matter::uuid[], :number::bigint[], :kind::text[], :state::text[], :closed::boolean[], :outcome::text[], :category::text[],
                              :village::text[], :agency::uuid[], :requested::timestamptz[], :moved::timestamptz[], :termed::boolean[], :due::timestamptz[])
                    as a (matter, number, kind, state, closed, outcome, category, village, agency, requested, moved, termed, due)
                  join exchange.public_state s on s.kind = a.kind and s.state = a.state),
                changed as (
                  update exchange.public_request r set stands = a.stands, closed = a.closed, outcome = a.outcome, category = a.category, village = a.village,
                    agency = a.agency, updated_at = greatest(r.updated_at, a.moved), expected_at = case when a.termed then a.due else r.expected_at end
                  from asked a where r.matter = a.matter
                    and (r.stands, r.closed, r.outcome, r.category, r.village, r.agency, r.updated_at, r.expected_at) is distinct from
                        (a.stands, a.closed, a.outcome, a.category, a.village, a.agency, greatest(r.updated_at, a.moved),
                         case when a.termed then a.due else r.expected_at end))
                insert into exchange.public_request (requested_at, updated_at, expected_at, number, matter, agency, stands, closed, category, village, outcome)
                select requested, greatest(requested, moved), due, number, matter, agency, stands, closed, category, village, outcome from asked a
                where not exists (select from exchange.public_request r where r.matter = a.matter)
                order by requested, number""")
                .param("matter", column(stay, row -> row.matter().toString())).param("number", column(stay, row -> row.number().digits()))
                .param("kind", column(stay, MatterLog.Now::kind)).param("state", column(stay, MatterLog.Now::state))
                .param("closed", column(stay, row -> Boolean.toString(row.terminal()))).param("outcome", column(stay, row -> row.outcome().orElse(null)))
                .param("category", column(stay, row -> row.category().orElseThrow())).param("village", column(stay, row -> village(row.division())))
                .param("agency", column(stay, row -> row.lead().map(UUID::toString).orElse(null)))
                .param("requested", column(stay, row -> row.recordedAt().toString()))
                .param("moved", column(stay, row -> Optional.ofNullable(moved.get(row.matter())).map(Instant::toString).orElse(null)))
                .param("termed", column(stay, row -> Boolean.toString(terms.containsKey(row.matter()))))
                .param("due", column(stay, row -> terms.getOrDefault(row.matter(), Optional.empty()).map(Instant::toString).orElse(null))).update();
    }

    /** When it came into which state. */
    private void note(List<LoggedEntry> moves) {
        jdbc.sql("""
                insert into exchange.public_update (at, request, seq, stands)
                select m.at, r.id, m.seq, s.id
                from unnest(:matter::uuid[], :seq::smallint[], :at::timestamptz[], :kind::text[], :state::text[]) as m (matter, seq, at, kind, state)
                join exchange.public_request r on r.matter = m.matter join exchange.public_state s on s.kind = m.kind and s.state = m.state
                where not exists (select from exchange.public_update u where u.at = m.at and u.request = r.id and u.seq = m.seq)
                order by m.at, r.id, m.seq""")
                .param("matter", column(moves, entry -> entry.matter().toString())).param("seq", column(moves, entry -> Integer.toString(entry.seq())))
                .param("at", column(moves, entry -> entry.recordedAt().toString())).param("kind", column(moves, LoggedEntry::kind))
                .param("state", column(moves, LoggedEntry::toState)).update();
    }

    /** When it can be expected: due while it runs, not known while it stands still; of several entries of a matter the newest that says so. */
    private Map<UUID, Optional<Instant>> terms(List<LoggedEntry> entries) {
        Map<UUID, Optional<Instant>> terms = new HashMap<>();
        for (LoggedEntry entry : entries) {
            if (!entry.content().contains("\"clocks\"")) {
                continue;
            }
            for (JsonNode told : json.readTree(entry.content()).path("clocks")) {
                if (told.path("name").asString("").equals(TERM) && !told.path("right").asBoolean(false)) {
                    terms.put(entry.matter(), switch (told.path("what").asString("")) {
                        case "paused", "ended" -> Optional.empty();
                        default -> Optional.of(Instant.parse(told.path("due").asString()));
                    });
                }
            }
        }
        return terms;
    }

    /** The place, no nearer than the village. */
    static String village(String division) {
        return division.length() > Level.VILLAGE.digits() ? division.substring(0, Level.VILLAGE.digits()) : division;
    }

    private static <T> String[] column(List<T> rows, java.util.function.Function<T, @Nullable String> value) {
        List<@Nullable String> column = new ArrayList<>(rows.size());
        rows.forEach(row -> column.add(value.apply(row)));
        return column.toArray(String[]::new);
    }
}
