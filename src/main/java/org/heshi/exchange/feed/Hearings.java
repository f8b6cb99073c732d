package org.heshi.exchange.feed;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.matters.Follower;
import org.heshi.matters.Forgetting;
import org.heshi.matters.LoggedEntry;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Notes when the hearing of a petition is; one that was called off or to which nobody came is none. An entry given twice changes nothing. */
@Component
class Hearings implements Follower, Forgetting {

    private static final String APPOINTED = "hearing";
    private static final String RECORDED = "hearing-held";

    private final JdbcClient jdbc;
    private final JdbcClient own;
    private final TransactionTemplate transactions;
    private final JsonMapper json = JsonMapper.builder().build();

    Hearings(@Qualifier("follower") JdbcClient jdbc, JdbcClient own, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.own = own;
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "hearings";
    }

    @Override
    public void follow(List<LoggedEntry> batch) {
        for (LoggedEntry entry : batch) {
            switch (entry.action()) {
                case APPOINTED -> time(data(entry).path("at").asString("")).ifPresent(at -> jdbc.sql("""
                        insert into exchange.hearing (matter, seq, at) values (?, ?, ?)
                        on conflict (matter) do update set seq = excluded.seq, at = excluded.at where hearing.seq < excluded.seq""")
                        .params(entry.matter(), entry.seq(), at.atOffset(ZoneOffset.UTC)).update());
                case RECORDED -> {
                    if (!data(entry).path("held").asString("").equals("held")) {
                        jdbc.sql("delete from exchange.hearing where matter = ? and seq < ?").params(entry.matter(), entry.seq()).update();
                    }
                }
                default -> {
                }
            }
        }
    }

    private JsonNode data(LoggedEntry entry) {
        return json.readTree(entry.content()).path("data");
    }

    private static Optional<Instant> time(String written) {
        try {
            return Optional.of(Instant.parse(written));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** Of an erased matter it is not kept when it was heard, either. */
    @Override
    public String room() {
        return "hearings";
    }

    @Override
    public boolean forget(Forgotten matter) {
        UUID gone = matter.matter();
        transactions.executeWithoutResult(_ -> own.sql("delete from exchange.hearing where matter = ?").param(gone).update());
        return true;
    }
}
