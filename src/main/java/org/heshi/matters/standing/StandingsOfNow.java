package org.heshi.matters.standing;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.Standings;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** One statement for any number of matters. */
@Component
class StandingsOfNow implements Standings {

    private static final String BARRED = "barred";

    private final JdbcClient jdbc;

    StandingsOfNow(@Qualifier("follower") JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<UUID, Standing> of(Set<UUID> matters) {
        if (matters.isEmpty()) {
            return Map.of();
        }
        Map<UUID, Standing> found = new HashMap<>();
        jdbc.sql("""
                select m.id, m.number,
                       array(select h.relation || ' ' || h.unit from matters.holding h where h.matter = m.id) as holdings,
                       exists (select from matters.barred_post b where b.matter = m.id) as posts,
                       array(select c.client from matters.client_matter c where c.matter = m.id) as programs
                  from matters.matter m
                 where m.id = any (?) and m.put_away_at is null and m.erased_at is null
                """).param(matters.toArray(UUID[]::new)).query(r -> {
            Standing standing = standing(r);
            found.put(standing.matter(), standing);
        });
        return found;
    }

    private static Standing standing(ResultSet r) throws SQLException {
        Map<String, Set<UUID>> units = new HashMap<>();
        Array holdings = r.getArray("holdings");
        for (String holding : (String[]) holdings.getArray()) {
            int space = holding.indexOf(' ');
            units.computeIfAbsent(holding.substring(0, space), _ -> new HashSet<>()).add(UUID.fromString(holding.substring(space + 1)));
        }
        Set<UUID> barred = units.remove(BARRED);
        return new Standing(r.getObject("id", UUID.class), new MatterNumber(r.getString("number")), units, barred == null ? Set.of() : barred,
                r.getBoolean("posts"), Set.of((UUID[]) r.getArray("programs").getArray()));
    }
}
