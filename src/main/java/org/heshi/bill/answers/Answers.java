package org.heshi.bill.answers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.InnerScope;
import org.heshi.bill.Redacted;
import org.heshi.kernel.Ids;
import org.heshi.kernel.Page;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.Standstill;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Answers for everybody: what is being written, and what is published. PostgreSQL lets nothing be published that nobody else released or that somebody objects to. */
@Repository
public class Answers implements Redacted {

    private static final Actor.Machine SELF = new Actor.Machine("bill");

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InnerScope inner;
    private final Standstill standstill;
    private final Tellable tellable;

    Answers(JdbcClient jdbc, TransactionTemplate transactions, InnerScope inner, Standstill standstill, Tellable tellable) {
        this.standstill = standstill;
        this.tellable = tellable;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.inner = inner;
    }

    /** @param published whether everybody reads it now */
    record Written(UUID matter, UUID id, UUID unit, String kind, String title, String question, String answer, String town, Instant writtenAt, UUID writtenBy, boolean published,
            boolean revoked) {
    }

    /** As everybody reads it: nothing of whose it was. */
    public record Published(UUID id, String kind, String title, String question, String answer, String town, Instant at) {
    }

    @Override
    public Map<UUID, Text> of(Collection<UUID> matters) {
        if (matters.isEmpty()) {
            return Map.of();
        }
        return Acting.as(SELF, () -> transactions.execute(_ -> jdbc.sql("""
                select a.matter, p.* from bill.answer a join bill.published_answer p on p.id = a.id where a.matter = any(?)
                """).param(matters.toArray(UUID[]::new)).query((r, _) -> new Text(r.getObject("id", UUID.class), r.getObject("matter", UUID.class), r.getString("title"),
                r.getString("question"), r.getString("answer"), r.getObject("at", OffsetDateTime.class).toInstant())).list())).stream()
                .collect(Collectors.toMap(Text::matter, Function.identity()));
    }

    private static final String WRITTEN = "select a.*, exists (select from bill.published_answer p where p.id = a.id) as published from bill.answer a ";

    Optional<Written> find(UUID matter) {
        return transactions.execute(_ -> jdbc.sql(WRITTEN + "where a.matter = ?").param(matter).query(Answers::written).optional());
    }

    /** What the reader's place wrote, the newest first. */
    List<Written> newest() {
        return transactions.execute(_ -> jdbc.sql(WRITTEN + "order by a.written_at desc, a.matter limit 100").query(Answers::written).list());
    }

    /** Writes it, or writes it anew: what was published goes and waits for another person's word again. */
    void write(UUID matter, UUID unit, String kind, String title, String question, String answer, String town, UUID by, Instant at) {
        transactions.executeWithoutResult(_ -> inner.as(SELF, () -> {
            takeDown(matter);
            jdbc.sql("""
                    insert into bill.answer (matter, id, unit, kind, title, question, answer, town, written_at, written_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (matter) do update set unit = excluded.unit, kind = excluded.kind, title = excluded.title, question = excluded.question, answer = excluded.answer,
                      town = excluded.town, written_at = excluded.written_at, written_by = excluded.written_by, released_at = null, released_by = null, revoked_at = null
                    """).params(matter, Uuid7.at(at), unit, kind, title, question, answer, town, at.atOffset(ZoneOffset.UTC), by).update();
        }));
    }

    /**
     * Publishes the text as the releaser read it.
     *
     * @param read when the text was written that they read
     * @return false when it was written anew since, by them themselves, or somebody objects, or the matter may not be told of (any more)
     */
    boolean release(UUID matter, Instant read, UUID by, Instant at) {
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            boolean[] done = {false};
            inner.as(SELF, () -> {
                // no act on it ends before this does: who is barred at this very moment is barred before it is asked, or the follower finds it published and takes it down
                standstill.of(matter);
                if (!tellable.of(Set.of(matter)).contains(matter) || objected(matter) || jdbc.sql("""
                        update bill.answer set released_at = ?, released_by = ?, revoked_at = null
                        where matter = ? and written_at = ? and written_by <> ? and (released_at is null or revoked_at is not null)
                        """).params(at.atOffset(ZoneOffset.UTC), by, matter, read.atOffset(ZoneOffset.UTC), by).update() == 0) {
                    return;
                }
                done[0] = jdbc.sql("""
                        insert into bill.published_answer (id, kind, title, question, answer, town, at) select id, kind, title, question, answer, town, released_at
                        from bill.answer where matter = ? on conflict (id) do nothing
                        """).param(matter).update() > 0;
            });
            return done[0];
        }));
    }

    /** Takes it from everybody's eyes at once. */
    void revoke(UUID matter, Instant at) {
        transactions.executeWithoutResult(_ -> inner.as(SELF, () -> {
            takeDown(matter);
            jdbc.sql("update bill.answer set revoked_at = greatest(?, released_at) where matter = ? and released_at is not null and revoked_at is null").params(at.atOffset(ZoneOffset.UTC), matter).update();
        }));
    }

    /** Somebody whom it concerns wants nothing of it published: it goes and does not come back. */
    void object(UUID matter, Instant at) {
        transactions.executeWithoutResult(_ -> inner.as(SELF, () -> {
            jdbc.sql("insert into bill.objection (matter, at) values (?, ?) on conflict do nothing").params(matter, at.atOffset(ZoneOffset.UTC)).update();
            revoke(matter, at);
        }));
    }

    /** They think better of it; it may be released anew. */
    void allow(UUID matter) {
        transactions.executeWithoutResult(_ -> inner.as(SELF, () -> jdbc.sql("delete from bill.objection where matter = ?").param(matter).update()));
    }

    boolean objected(UUID matter) {
        return Boolean.TRUE.equals(transactions.execute(_ -> jdbc.sql("select exists (select from bill.objection where matter = ?)").param(matter).query(Boolean.class).single()));
    }

    /** Within the caller's transaction and as the program. */
    private void takeDown(UUID matter) {
        jdbc.sql("delete from bill.published_answer where id = (select id from bill.answer where matter = ?)").param(matter).update();
    }

    /** Within the caller's transaction and as the program. */
    void forgetText(UUID matter) {
        jdbc.sql("delete from bill.answer where matter = ?").param(matter).update();
    }

    /** Within the caller's transaction and as the program. */
    void forget(UUID matter) {
        forgetText(matter);
        jdbc.sql("delete from bill.objection where matter = ?").param(matter).update();
    }

    // ---- what everybody reads

    public Page<Published> published(String after, int size) {
        String[] parts = after.split("~", 2);
        Optional<Instant> last = parts.length == 2 ? instant(parts[0]) : Optional.empty();
        Optional<UUID> id = parts.length == 2 ? Ids.find(parts[1]) : Optional.empty();
        List<Object> keys = new ArrayList<>();
        if (last.isPresent() && id.isPresent()) {
            keys.add(last.get().atOffset(ZoneOffset.UTC));
            keys.add(id.get());
        }
        keys.add(size + 1);
        return Page.cut(transactions.execute(_ -> jdbc.sql("select * from bill.published_answer " + (keys.size() == 3 ? "where (at, id) < (?, ?) " : "")
                + "order by at desc, id desc limit ?").params(keys).query(Answers::published).list()), size, one -> one.at() + "~" + one.id());
    }

    private static Optional<Instant> instant(String typed) {
        try {
            return Optional.of(Instant.parse(typed)).filter(at -> at.isAfter(Instant.EPOCH) && at.isBefore(Instant.parse("9999-01-01T00:00:00Z")));
        } catch (java.time.format.DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** When an answer was last published or taken back. */
    public Instant changed() {
        return transactions.execute(_ -> jdbc.sql("select at from bill.changed").query(OffsetDateTime.class).single().toInstant());
    }

    public Optional<Published> read(UUID id) {
        return transactions.execute(_ -> jdbc.sql("select * from bill.published_answer where id = ?").param(id).query(Answers::published).optional());
    }

    private static Published published(ResultSet r, int row) throws SQLException {
        return new Published(r.getObject("id", UUID.class), r.getString("kind"), r.getString("title"), r.getString("question"), r.getString("answer"), r.getString("town"),
                r.getObject("at", OffsetDateTime.class).toInstant());
    }

    private static Written written(ResultSet r, int row) throws SQLException {
        return new Written(r.getObject("matter", UUID.class), r.getObject("id", UUID.class), r.getObject("unit", UUID.class), r.getString("kind"), r.getString("title"),
                r.getString("question"), r.getString("answer"), r.getString("town"), r.getObject("written_at", OffsetDateTime.class).toInstant(), r.getObject("written_by", UUID.class),
                r.getBoolean("published"), r.getObject("revoked_at") != null);
    }
}
