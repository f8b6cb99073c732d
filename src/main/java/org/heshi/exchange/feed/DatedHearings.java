package org.heshi.exchange.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.DatedEvents;
import org.heshi.matters.MatterRows;
import org.heshi.matters.Standings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Hearings of petitions that the unit of who acts leads. */
@Component
class DatedHearings implements DatedEvents {

    /** How long one takes is written nowhere. */
    private static final Duration SHOWN = Duration.ofHours(1);
    private static final int MOST = 300;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Standings standings;
    private final MatterRows matters;

    DatedHearings(JdbcClient jdbc, TransactionTemplate transactions, Standings standings, MatterRows matters) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.standings = standings;
        this.matters = matters;
    }

    private record Hearing(UUID matter, int seq, Instant at) {
    }

    @Override
    public List<Event> between(Instant from, Instant until) {
        UUID unit = Acting.staff().unit();
        List<Hearing> seen = Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("select matter, seq, at from exchange.hearing where at >= ? and at < ? order by at, matter limit " + MOST)
                .params(from.atOffset(ZoneOffset.UTC), until.atOffset(ZoneOffset.UTC))
                .query((r, _) -> new Hearing(r.getObject(1, UUID.class), r.getInt(2), r.getObject(3, OffsetDateTime.class).toInstant())).list()));
        Map<UUID, Standings.Standing> standing = standings.of(seen.stream().map(Hearing::matter).collect(Collectors.toSet()));
        List<Hearing> led = seen.stream().filter(one -> standing.containsKey(one.matter()) && standing.get(one.matter()).units().getOrDefault("lead", Set.of()).contains(unit)).toList();
        Map<UUID, MatterRows.Row> rows = matters.rows(led.stream().map(Hearing::matter).toList()).stream().collect(Collectors.toMap(MatterRows.Row::id, row -> row));
        return led.stream().filter(one -> rows.containsKey(one.matter())).map(one -> {
            String number = rows.get(one.matter()).number().shown();
            return new Event("hearing-" + rows.get(one.matter()).number().digits() + "-" + one.seq(), one.at(), one.at().plus(SHOWN), false,
                    new Bilingual("听证 " + number, "Hearing " + number), "/matters/" + rows.get(one.matter()).number().digits());
        }).toList();
    }
}
