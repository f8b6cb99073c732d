package org.heshi.mediation.calendar;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.heshi.kernel.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Which rooms and mediators sittings take up. Nobody and no room is taken by two cases at a time: the database refuses it, whoever asks. */
@Repository
public class Bookings {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    Bookings(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A room or a mediator that is taken, by what is not said. */
    public record Taken(Optional<UUID> room, Optional<UUID> post, Instant from, Instant until) {
    }

    /** @param seq of the entry that fixed it @param apart with one side alone */
    public record Line(UUID matter, int seq, Instant from, Instant until, Optional<UUID> room, boolean apart) {
    }

    /** What is taken in that time by other cases. Asked for staff and the program only. @param but the case that asks */
    public List<Taken> taken(Collection<UUID> rooms, Collection<UUID> posts, Instant from, Instant until, @Nullable UUID but) {
        return transactions.execute(_ -> jdbc.sql("select * from mediation.taken(?, ?, ?, ?, ?::uuid)").param(rooms.toArray(UUID[]::new)).param(posts.toArray(UUID[]::new))
                .param(at(from)).param(at(until)).param(but == null ? null : but.toString()).query((r, _) -> new Taken(Optional.ofNullable(r.getObject("room", UUID.class)),
                Optional.ofNullable(r.getObject("post", UUID.class)), time(r, "starts_at"), time(r, "ends_at"))).list());
    }

    /** Until the transaction ends nobody else books these; in order, so that no two wait for each other. */
    void lock(Collection<UUID> roomsAndPosts) {
        roomsAndPosts.stream().map(UUID::toString).sorted().forEach(id -> jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 11))").param(id).query((_, _) -> 0).single());
    }

    /** @param apart a talk with one side, which is the lead's to know of */
    void book(UUID matter, int seq, Collection<UUID> rooms, Collection<UUID> posts, Instant from, Instant until, boolean apart) {
        List<String> audience = apart ? List.of("lead") : List.of("staff", "parties", "reporter");
        Stream.concat(rooms.stream().map(room -> new UUID[] {room, null}), posts.stream().map(post -> new UUID[] {null, post})).forEach(what -> jdbc.sql("""
                insert into mediation.booking (id, matter, seq, room, post, starts_at, ends_at, audience) values (?, ?, ?, ?::uuid, ?::uuid, ?, ?, ?::text[])
                """).param(Uuid7.at(clock.instant())).param(matter).param(seq).param(what[0] == null ? null : what[0].toString())
                .param(what[1] == null ? null : what[1].toString()).param(at(from)).param(at(until)).param(audience.toArray(String[]::new)).update());
    }

    /** Sittings of a case that are still to come, also those that take up nobody yet: fixed without a room before a mediator was named. */
    List<Ahead> ahead(UUID matter, Instant now) {
        return jdbc.sql("select seq, starts_at, ends_at, audience from mediation.sitting where matter = ? and cancelled_at is null and starts_at > ? order by seq").param(matter)
                .param(at(now)).query((r, _) -> new Ahead(r.getInt("seq"), time(r, "starts_at"), time(r, "ends_at"),
                        !Arrays.asList((String[]) r.getArray("audience").getArray()).contains("parties"))).list();
    }

    /** The mediators that a sitting takes up. */
    List<UUID> booked(UUID matter, int seq) {
        return jdbc.sql("select post from mediation.booking where matter = ? and seq = ? and post is not null and released_at is null").param(matter).param(seq).query(UUID.class).list();
    }

    /** @param apart with one side alone */
    record Ahead(int seq, Instant from, Instant until, boolean apart) {
    }

    /** What is still to come of a case takes up nothing more: no room and nobody, or not this mediator. */
    void release(UUID matter, @Nullable UUID post, UUID by, Instant now) {
        jdbc.sql("""
                update mediation.booking set released_at = :now, released_by = :by
                where matter = :matter and released_at is null and starts_at > :now and (:post::uuid is null or post = :post::uuid)
                """).param("now", at(now)).param("by", by).param("matter", matter).param("post", post == null ? null : post.toString()).update();
    }

    /** What is still to come of a case that ended, or begins anew, is not held. */
    void end(UUID matter, UUID by, Instant now) {
        release(matter, null, by, now);
        jdbc.sql("update mediation.sitting set cancelled_at = :now where matter = :matter and cancelled_at is null and starts_at > :now").param("now", at(now)).param("matter", matter)
                .update();
    }

    /** One sitting is not held: room and mediators are free. @return whether there was one to come */
    boolean releaseOne(UUID matter, int seq, UUID by, Instant now) {
        return jdbc.sql("update mediation.booking set released_at = :now, released_by = :by where matter = :matter and seq = :seq and released_at is null and ends_at > :now")
                .param("now", at(now)).param("by", by).param("matter", matter).param("seq", seq).update() > 0;
    }

    /** What a mediator has in that time, as far as who looks may know of it, the first one first. */
    public List<Line> ofPost(UUID post, Instant from, Instant until) {
        return lines("post", post, from, until);
    }

    /** What is held in a room in that time, as far as who looks may know of it. */
    public List<Line> ofRoom(UUID room, Instant from, Instant until) {
        return lines("room", room, from, until);
    }

    private List<Line> lines(String what, UUID id, Instant from, Instant until) {
        return transactions.execute(_ -> jdbc.sql("""
                select b.matter, b.seq, b.starts_at, b.ends_at, not ('parties' = any (b.audience)) as apart,
                       (select r.room from mediation.booking r where r.matter = b.matter and r.seq = b.seq and r.room is not null limit 1) as room
                from mediation.booking b where b.%s = ? and b.released_at is null and b.starts_at >= ? and b.starts_at < ? order by b.starts_at, b.id limit 200
                """.formatted(what)).param(id).param(at(from)).param(at(until)).query((r, _) -> new Line(r.getObject("matter", UUID.class), r.getInt("seq"),
                time(r, "starts_at"), time(r, "ends_at"), Optional.ofNullable(r.getObject("room", UUID.class)), r.getBoolean("apart"))).list());
    }

    private static Instant time(ResultSet r, String column) throws SQLException {
        return r.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
