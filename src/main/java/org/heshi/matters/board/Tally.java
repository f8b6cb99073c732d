package org.heshi.matters.board;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Reads the tally for who acts. The figures are as new as the log's follower: seconds. */
@Repository
class Tally {

    private final JdbcClient jdbc;

    Tally(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is open, by one thing. */
    record Count(String key, String second, long n) {
    }

    /** @param open those that have not ended */
    record Totals(long open, long ended) {
    }

    /** @param states keys kind and state */
    record Figures(Totals totals, List<Count> kinds, List<Count> states, List<Count> places, List<Count> leads) {
    }

    /** The common cells, and each matter that is kept from somebody, as far as who looks may see it: no figure tells of it whom it is about. */
    private static final String CELLS = """
            (select scope, kind, state, lead, open, n from matters.tally where starts_with(scope, :division)
             union all
             select scope, kind, state, lead, open, 1 from matters.tally_of where apart and starts_with(scope, :division)) cells
            """;

    /** The figures of a division and everything in it. Open matters by kind, kind and state, place and lead (an empty key: no lead yet). */
    @Transactional(readOnly = true)
    public Figures of(String division) {
        Totals totals = jdbc.sql("""
                select coalesce(sum(n) filter (where open), 0) as open, coalesce(sum(n) filter (where not open), 0) as ended
                  from %s""".formatted(CELLS)).param("division", division).query(Totals.class).single();
        record Cell(int cut, String scope, String kind, String state, UUID lead, long n) {
        }
        List<Cell> cells = jdbc.sql("""
                select grouping(scope, kind, state, lead) as cut, coalesce(scope, '') as scope, coalesce(kind, '') as kind,
                       coalesce(state, '') as state, lead, sum(n)::bigint as n
                  from %s
                 where open
                 group by grouping sets ((kind), (kind, state), (scope), (lead))
                 order by n desc, scope, kind, state, lead""".formatted(CELLS)).param("division", division)
                .query((r, _) -> new Cell(r.getInt("cut"), r.getString("scope"), r.getString("kind"), r.getString("state"),
                        r.getObject("lead", UUID.class), r.getLong("n"))).list();
        return new Figures(totals,
                cells.stream().filter(c -> c.cut() == 0b1011).map(c -> new Count(c.kind(), "", c.n())).toList(),
                cells.stream().filter(c -> c.cut() == 0b1001).map(c -> new Count(c.kind(), c.state(), c.n())).toList(),
                cells.stream().filter(c -> c.cut() == 0b0111).map(c -> new Count(c.scope(), "", c.n())).toList(),
                cells.stream().filter(c -> c.cut() == 0b1110)
                        .map(c -> new Count(Optional.ofNullable(c.lead()).map(UUID::toString).orElse(""), "", c.n())).toList());
    }

    /** The open matters of a division that came in first, at most {@code limit}. */
    @Transactional(readOnly = true)
    public List<UUID> longestOpen(String division, int limit) {
        String where = switch (division.length()) {
            case 6 -> "county = :division";
            case 9 -> "scope = :division";
            default -> "starts_with(scope, :division)";
        };
        return jdbc.sql("select matter from matters.tally_of where open and " + where + " order by since, matter limit :limit")
                .param("division", division).param("limit", limit).query(UUID.class).list();
    }
}
