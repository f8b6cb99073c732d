package org.heshi.mediation.calendar;

import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.Ids;
import org.heshi.kernel.Page;
import org.heshi.kernel.PageKey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** What each mediator has in hand. Lists of it are served by an index, however many cases there were. */
@Repository
public class Held {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    Held(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** @param main whether they are the first of the mediators @param since when they were named */
    public record Case(UUID matter, boolean main, Instant since) {
    }

    public record Due(UUID matter, LocalDate due) {
    }

    /** Open cases of a mediator, the longest in hand first. */
    public Page<Case> open(UUID post, String after, int size) {
        return cases(post, after, size, true);
    }

    /** Cases that are over, the newest first. */
    public Page<Case> past(UUID post, String after, int size) {
        return cases(post, after, size, false);
    }

    private Page<Case> cases(UUID post, String after, int size, boolean open) {
        String[] parts = after.split("\\.", 2);
        Optional<Instant> at = PageKey.instant(parts[0]);
        Optional<UUID> last = parts.length == 2 ? Ids.find(parts[1]) : Optional.empty();
        boolean goesOn = at.isPresent() && last.isPresent();
        String sql = "select matter, main, since from mediation.held where post = :post and " + (open
                ? "open" + (goesOn ? " and (since, matter) > (:since, :matter)" : "") + " order by since, matter"
                : "not open" + (goesOn ? " and since <= :since and (since < :since or matter > :matter)" : "") + " order by since desc, matter") + " limit :limit";
        JdbcClient.StatementSpec asked = jdbc.sql(sql).param("post", post).param("limit", size + 1).param("since", at.orElse(Instant.EPOCH).atOffset(ZoneOffset.UTC))
                .param("matter", last.orElse(new UUID(0, 0)));
        return Page.cut(transactions.execute(_ -> asked.query((r, _) -> new Case(r.getObject(1, UUID.class), r.getBoolean(2), r.getObject(3, OffsetDateTime.class).toInstant()))
                .list()), size, one -> PageKey.of(one.since()) + "." + one.matter());
    }

    /** Cases of which something is still to be performed, what is due first before the others. */
    public List<Due> due(UUID post, int most) {
        return transactions.execute(_ -> jdbc.sql("select matter, due from mediation.held where post = ? and due is not null order by due, matter limit ?").param(post).param(most)
                .query((r, _) -> new Due(r.getObject(1, UUID.class), r.getObject(2, LocalDate.class))).list());
    }

    /** Who mediates a case now. */
    public List<UUID> mediators(UUID matter) {
        return transactions.execute(_ -> jdbc.sql("select post from mediation.held where matter = ? order by main desc, post").param(matter).query(UUID.class).list());
    }

    /** Puts down who mediates a case now; who does no more has it no more. */
    void put(UUID matter, List<UUID> mediators, boolean open, Optional<LocalDate> due, Instant at) {
        jdbc.sql("delete from mediation.held where matter = ? and post <> all (?)").param(matter).param(mediators.toArray(UUID[]::new)).update();
        for (int i = 0; i < mediators.size(); i++) {
            jdbc.sql("""
                    insert into mediation.held (matter, post, main, open, since, due) values (?, ?, ?, ?, ?, ?::date)
                    on conflict (matter, post) do update set main = excluded.main, open = excluded.open, due = excluded.due
                    where (held.main, held.open, held.due) is distinct from (excluded.main, excluded.open, excluded.due)
                    """).param(matter).param(mediators.get(i)).param(i == 0).param(open).param(at.atOffset(ZoneOffset.UTC))
                    .param(due.map(Date::valueOf).map(Date::toString).orElse(null)).update();
        }
    }
}
