package org.heshi.matters.clock;

import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.Page;
import org.heshi.matters.OverLimit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks the limits that run, all at once; who looks is told of no other matter. */
@Component
class WhatIsOver implements OverLimit {

    private static final String OVER = "matters.over_limit(:at, :place, :then, :lead, :kind, :category, :channel, :level)";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    WhatIsOver(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public long count(Asked asked) {
        return transactions.execute(_ -> of("select count(*) from " + OVER, asked).query(Long.class).single());
    }

    @Override
    public Page<UUID> list(Asked asked, Optional<String> after, int size) {
        record Line(UUID matter, Instant due) {
            String key() {
                return due.toEpochMilli() + "_" + matter;
            }
        }
        Optional<String[]> key = after.map(one -> one.split("_", 2));
        List<Line> lines = transactions.execute(_ -> of("select matter, due_at from " + OVER
                + " where not :more or (due_at, matter) > (:due, :matter) order by due_at, matter limit :limit", asked)
                .param("more", key.isPresent()).param("due", key.map(k -> Instant.ofEpochMilli(Long.parseLong(k[0]))).orElse(Instant.EPOCH).atOffset(ZoneOffset.UTC))
                .param("matter", key.map(k -> UUID.fromString(k[1])).orElse(new UUID(0, 0))).param("limit", size + 1)
                .query((r, _) -> new Line(r.getObject("matter", UUID.class), r.getObject("due_at", OffsetDateTime.class).toInstant())).list());
        Page<Line> page = Page.cut(lines, size, Line::key);
        return new Page<>(page.rows().stream().map(Line::matter).toList(), page.next());
    }

    private JdbcClient.StatementSpec of(String sql, Asked asked) {
        return jdbc.sql(sql).param("at", clock.instant().atOffset(ZoneOffset.UTC)).param("place", asked.place()).param("then", asked.then())
                .param("lead", asked.lead().orElse(null), Types.OTHER).param("kind", asked.kind().orElse(null), Types.VARCHAR)
                .param("category", asked.category().orElse(null), Types.VARCHAR).param("channel", asked.channel().orElse(null), Types.VARCHAR)
                .param("level", asked.level().isPresent() ? asked.level().getAsInt() : null, Types.INTEGER);
    }
}
