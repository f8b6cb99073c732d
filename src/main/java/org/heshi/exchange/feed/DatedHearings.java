package org.heshi.exchange.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Hearings of petitions that the unit of who acts leads. */
@Component
class DatedHearings implements DatedEvents {

    /** How long one takes is written nowhere. */
    private static final Duration SHOWN = Duration.ofHours(1);
    private static final int MOST = 300;
    private static final int AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Standings standings;
    private final MatterRows matters;
    private final int atOnce;

    @Autowired
    DatedHearings(JdbcClient jdbc, TransactionTemplate transactions, Standings standings, MatterRows matters) {
        this(jdbc, transactions, standings, matters, AT_ONCE);
    }

    DatedHearings(JdbcClient jdbc, TransactionTemplate transactions, Standings standings, MatterRows matters, int atOnce) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.standings = standings;
        this.matters = matters;
        this.atOnce = atOnce;
    }

    private record Hearing(UUID matter, int seq, Instant at) {
    }

    @Override
    public List<Event> between(Instant from, Instant until) {
        UUID unit = Acting.staff().unit();
        List<Hearing> led = new ArrayList<>();
        Hearing last = new Hearing(new UUID(0, 0), 0, from);
        for (List<Hearing> seen = after(last, until); !seen.isEmpty() && led.size() < MOST; seen = seen.size() < atOnce ? List.of() : after(last, until)) {
            Map<UUID, Standings.Standing> standing = standings.of(seen.stream().map(Hearing::matter).collect(Collectors.toSet()));
            seen.stream().filter(one -> standing.containsKey(one.matter()) && standing.get(one.matter()).units().getOrDefault("lead", Set.of()).contains(unit))
                    .limit(MOST - led.size()).forEach(led::add);
            last = seen.getLast();
        }
        Map<UUID, MatterRows.Row> rows = matters.rows(led.stream().map(Hearing::matter).toList()).stream().collect(Collectors.toMap(MatterRows.Row::id, row -> row));
        return led.stream().filter(one -> rows.containsKey(one.matter())).map(one -> {
            String number = rows.get(one.matter()).number().shown();
            return new Event("hearing-" + rows.get(one.matter()).number().digits() + "-" + one.seq(), one.at(), one.at().plus(SHOWN), false,
                    new Bilingual("听证 " + number, "Hearing " + number), "/matters/" + rows.get(one.matter()).number().digits());
        }).toList();
    }

    /** All that they may see, which may be far more than what their unit leads: who leads is asked for a part at a time. */
    private List<Hearing> after(Hearing last, Instant until) {
        return Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("select matter, seq, at from exchange.hearing where (at, matter) > (?, ?) and at < ? order by at, matter limit " + atOnce)
                .params(last.at().atOffset(ZoneOffset.UTC), last.matter(), until.atOffset(ZoneOffset.UTC))
                .query((r, _) -> new Hearing(r.getObject(1, UUID.class), r.getInt(2), r.getObject(3, OffsetDateTime.class).toInstant())).list()));
    }
}
