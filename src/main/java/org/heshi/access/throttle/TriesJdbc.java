package org.heshi.access.throttle;

import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.heshi.access.Backoff;
import org.heshi.access.Throttle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Both ways of counting; each question is one statement on one row, whose lock makes tries at the same time queue. */
@Component
class TriesJdbc implements Throttle, Backoff {

    private static final int CLEAN_EVERY = 256;

    private final JdbcClient jdbc;
    private final Whose whose;
    private final InstantSource clock;
    private final AtomicInteger asked = new AtomicInteger();

    TriesJdbc(JdbcClient jdbc, Whose whose, InstantSource clock) {
        this.jdbc = jdbc;
        this.whose = whose;
        this.clock = clock;
    }

    @Override
    public boolean tryTake(String purpose, String key, int limit, Duration per) {
        if (limit < 1 || per.toMillis() < limit) {
            throw new IllegalArgumentException("no such limit: " + limit + " in " + per);
        }
        clean();
        return jdbc.sql("select access.take(:id, :now, :each * interval '1 microsecond', :all * interval '1 microsecond')")
                .param("id", whose.digest("throttle:" + purpose, key))
                .param("now", now())
                .param("each", per.toNanos() / 1000 / limit)
                .param("all", per.toNanos() / 1000)
                .query(Boolean.class).single();
    }

    @Override
    public void giveBack(String purpose, String key, int limit, Duration per) {
        jdbc.sql("select 1 from access.give_back(:id, :each * interval '1 microsecond')")
                .param("id", whose.digest("throttle:" + purpose, key)).param("each", per.toNanos() / 1000 / limit)
                .query(Integer.class).single();
    }

    @Override
    public Optional<Duration> tryBegin(String purpose, String key, Patience patience) {
        clean();
        double wait = jdbc.sql("select access.begin_try(:id, :now, :free, :first * interval '1 second', :most * interval '1 second')")
                .param("id", whose.digest("backoff:" + purpose, key))
                .param("now", now())
                .param("free", patience.free())
                .param("first", patience.first().toSeconds())
                .param("most", patience.most().toSeconds())
                .query(Double.class).single();
        return wait == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds((long) Math.ceil(wait)));
    }

    @Override
    public void succeeded(String purpose, String key) {
        jdbc.sql("select 1 from access.try_succeeded(?)").param(whose.digest("backoff:" + purpose, key)).query(Integer.class).single();
    }


    private void clean() {
        if (asked.incrementAndGet() % CLEAN_EVERY == 0) {
            jdbc.sql("select 1 from access.forget_tries(?)").param(now()).query(Integer.class).single();
        }
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
