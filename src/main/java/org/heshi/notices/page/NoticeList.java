package org.heshi.notices.page;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.Page;
import org.heshi.kernel.UnreadNotices;
import org.heshi.kernel.Uuid7;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What the acting post was told. The policies let nobody read another post's. */
@Component
class NoticeList implements UnreadNotices {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    NoticeList(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    record Told(UUID id, UUID matter, String event, Instant at, boolean read) {
    }

    /** Newest first. */
    Page<Told> page(Optional<UUID> after, int size) {
        return Page.cut(transactions.execute(_ -> jdbc.sql("""
                select id, matter, event, read_at from notices.notice
                where post = nullif(current_setting('app.post', true), '')::uuid and id < ?
                order by id desc limit ?
                """).param(after.orElse(new UUID(-1, -1))).param(size + 1).query(NoticeList::told).list()), size, told -> told.id().toString());
    }

    private static Told told(ResultSet r, int row) throws SQLException {
        UUID id = r.getObject("id", UUID.class);
        return new Told(id, r.getObject("matter", UUID.class), r.getString("event"), Uuid7.instant(id), r.getObject("read_at") != null);
    }

    /** Marks one as read, if it was told to who acts. Marking it again changes nothing. */
    void read(UUID id) {
        transactions.executeWithoutResult(_ -> jdbc.sql("""
                update notices.notice set read_at = greatest(?, uuid_extract_timestamp(id))
                where post = nullif(current_setting('app.post', true), '')::uuid and id = ? and read_at is null""").param(clock.instant().atOffset(ZoneOffset.UTC)).param(id).update());
    }

    /** Marks everything told up to this one: what came after the page was drawn stays unread. */
    int readAll(UUID upTo) {
        Integer read = transactions.execute(_ -> jdbc.sql("select notices.read_all(?, ?)")
                .param(upTo).param(clock.instant().atOffset(ZoneOffset.UTC)).query(Integer.class).single());
        return read == null ? 0 : read;
    }

    @Override
    public int count(UUID person, UUID post) {
        Integer unread = transactions.execute(_ -> jdbc.sql("select notices.unread()").query(Integer.class).single());
        return unread == null ? 0 : unread;
    }
}
