package org.heshi.matters.desk;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.divisions.Divisions;
import org.heshi.matters.log.Digests;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Whether the trouble at hand is open already (decision 11): by place and category, never by person, and at most one. */
@Repository
class SameTrouble {

    private final JdbcClient jdbc;
    private final Divisions divisions;

    SameTrouble(JdbcClient jdbc, Divisions divisions) {
        this.jdbc = jdbc;
        this.divisions = divisions;
    }

    /**
     * The newest open matter of this category at exactly this place that the unit of who acts took in.
     *
     * @param key of the form at hand: what it made itself a moment ago is not another matter
     */
    @Transactional(readOnly = true)
    public Optional<UUID> find(String division, String category, String key) {
        Actor.Staff staff = Acting.staff();
        return jdbc.sql("""
                select m.id from matters.matter m
                 where m.division_code = any (?) and m.category = ? and not m.terminal
                   and not exists (select from matters.entry e where e.matter = m.id and e.seq = 1 and e.idempotency_key = ?)
                   and exists (select from matters.holding h where h.matter = m.id and h.unit = ? and h.relation in ('desk', 'origin'))
                 order by m.id desc limit 1""")
                .params(same(division), category, Digests.key("staff:" + staff.person() + "|" + key), staff.unit()).query(UUID.class).optional();
    }

    /** The place, and codes under which it stood before or which went into it as a whole. */
    private String[] same(String division) {
        return Stream.concat(Stream.of(division), divisions.once(division).stream().filter(code -> divisions.today(code).equals(division))).toArray(String[]::new);
    }
}
