package org.heshi.exchange.open311;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
            jdbc.sql("delete from exchange.public_request where matter = any (?)").param(gone.toArray(UUID[]::new)).update();
        }
        List<MatterLog.Now> stay = now.values().stream().filter(row -> !gone.contains(row.matter())).toList();
        if (stay.isEmpty()) {
            return;
        }
        keep(stay);
        List<LoggedEntry> moves = ours.stream().filter(entry -> !gone.contains(entry.matter()) && kinds.contains(entry.kind()) && moved(entry)).toList();
        if (!moves.isEmpty()) {
            note(moves);
        }
        terms(ours.stream().filter(entry -> !gone.contains(entry.matter())).toList());
    }

    private static boolean shown(MatterLog.Now row, Set<String> kinds) {
        return kinds.contains(row.kind()) && row.category().isPresent();
    }

    private static boolean moved(LoggedEntry entry) {
        return !(entry.fromState().filter(entry.toState()::equals).isPresent() && entry.fromKind().filter(entry.kind()::equals).isPresent());
    }

    private void keep(List<MatterLog.Now> stay) {
        jdbc.sql("""
                insert into exchange.public_request (matter, number, kind, state, closed, outcome, category, village, agency, requested_at, updated_at)
                select * from unnest(:matter::uuid[], :number::text[], :kind::text[], :state::text[], :closed::boolean[], :outcome::text[], :category::text[],
                                     :village::text[], :agency::uuid[], :requested::timestamptz[], :requested::timestamptz[])
                on conflict (matter) do update set kind = excluded.kind, state = excluded.state, closed = excluded.closed, outcome = excluded.outcome,
                  category = excluded.category, village = excluded.village, agency = excluded.agency""")
                .param("matter", column(stay, row -> row.matter().toString())).param("number", column(stay, row -> row.number().digits()))
                .param("kind", column(stay, MatterLog.Now::kind)).param("state", column(stay, MatterLog.Now::state))
                .param("closed", column(stay, row -> Boolean.toString(row.terminal()))).param("outcome", column(stay, row -> row.outcome().orElse(null)))
                .param("category", column(stay, row -> row.category().orElseThrow())).param("village", column(stay, row -> village(row.division())))
                .param("agency", column(stay, row -> row.lead().map(UUID::toString).orElse(null)))
                .param("requested", column(stay, row -> row.recordedAt().toString())).update();
    }

    /** When it came into which state; the newest of these is when it was changed last. */
    private void note(List<LoggedEntry> moves) {
        jdbc.sql("""
                with noted as (
                  insert into exchange.public_update (matter, seq, at, kind, state)
                  select * from unnest(:matter::uuid[], :seq::int[], :at::timestamptz[], :kind::text[], :state::text[]) on conflict do nothing)
                update exchange.public_request r set updated_at = greatest(r.updated_at, n.at)
                from (select matter, max(at) as at from unnest(:matter::uuid[], :at::timestamptz[]) as m (matter, at) group by matter) n
                where r.matter = n.matter""")
                .param("matter", column(moves, entry -> entry.matter().toString())).param("seq", column(moves, entry -> Integer.toString(entry.seq())))
                .param("at", column(moves, entry -> entry.recordedAt().toString())).param("kind", column(moves, LoggedEntry::kind))
                .param("state", column(moves, LoggedEntry::toState)).update();
    }

    /** When it can be expected: due while it runs, not known while it stands still; of several entries of a matter the newest that says so. */
    private void terms(List<LoggedEntry> entries) {
        Map<UUID, Optional<Instant>> terms = new LinkedHashMap<>();
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
        if (!terms.isEmpty()) {
            List<Map.Entry<UUID, Optional<Instant>>> rows = List.copyOf(terms.entrySet());
            jdbc.sql("""
                    update exchange.public_request r set expected_at = t.due from unnest(:matter::uuid[], :due::timestamptz[]) as t (matter, due)
                    where r.matter = t.matter and r.expected_at is distinct from t.due""")
                    .param("matter", column(rows, row -> row.getKey().toString())).param("due", column(rows, row -> row.getValue().map(Instant::toString).orElse(null))).update();
        }
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
