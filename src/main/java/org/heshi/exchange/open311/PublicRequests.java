package org.heshi.exchange.open311;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads what the follower keeps for everybody, and nothing else. */
@Repository
class PublicRequests {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    PublicRequests(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** @param village the place, at most as near as a village; @param expectedAt the limit of the unit that must solve it, while it runs */
    record Line(UUID matter, String number, String kind, String state, boolean closed, Optional<String> outcome, String category, String village,
            Optional<UUID> agency, Instant requestedAt, Instant updatedAt, Optional<Instant> expectedAt) {
    }

    /** One thing that happened. */
    record Update(UUID matter, String number, int seq, Instant at, String kind, String state, String category) {
    }

    /** Which categories there are among them: so many as the tree has at most. */
    List<String> categories() {
        return within(() -> jdbc.sql("""
                with recursive one as (
                  (select category from exchange.public_request order by category limit 1)
                  union all
                  select (select r.category from exchange.public_request r where r.category > one.category order by r.category limit 1) from one where one.category is not null)
                select category from one where category is not null""").query(String.class).list());
    }

    /**
     * The newest first.
     *
     * @param categories only these
     * @param closed     empty: both
     * @param place      code of a place; what lies elsewhere is not there; empty: everywhere
     */
    List<Line> list(List<String> categories, Asked.Range range, Optional<Boolean> closed, String place, Asked.Part part) {
        return within(() -> jdbc.sql("""
                select r.*, s.kind, s.state from exchange.public_request r join exchange.public_state s on s.id = r.stands
                where requested_at between :from and :to and category = any (:categories) and (:closed::boolean is null or closed = :closed)
                  and (:place = '' or village >= :place and village < :place || 'x')
                order by requested_at desc, matter desc limit :size offset :skip""")
                .param("from", at(range.from())).param("to", at(range.to())).param("categories", categories.toArray(String[]::new))
                .param("closed", closed.orElse(null), Types.BOOLEAN).param("place", place).param("size", part.size()).param("skip", part.skip())
                .query(PublicRequests::line).list());
    }

    List<Line> named(List<String> numbers, List<String> categories) {
        return within(() -> jdbc.sql("""
                select r.*, s.kind, s.state from exchange.public_request r join exchange.public_state s on s.id = r.stands
                where number = any (:numbers) and category = any (:categories)
                order by requested_at desc, matter desc""")
                .param("numbers", numbers(numbers)).param("categories", categories.toArray(String[]::new)).query(PublicRequests::line).list());
    }

    /** The oldest first, as whoever fetches them goes on. */
    List<Update> updates(List<String> categories, List<String> numbers, Asked.Range range, String place, Asked.Part part) {
        // those of a request lie between its first and its last instant: they are found by time as well
        String of = numbers.isEmpty() ? "" : "and r.number = any (:numbers) and u.at between r.requested_at and r.updated_at";
        return within(() -> jdbc.sql("""
                select u.at, u.seq, r.matter, r.number, r.category, s.kind, s.state from exchange.public_update u
                  join exchange.public_request r on r.id = u.request join exchange.public_state s on s.id = u.stands
                where u.at between :from and :to and r.category = any (:categories) $OF
                  and (:place = '' or r.village >= :place and r.village < :place || 'x')
                order by u.at, u.request, u.seq limit :size offset :skip""".replace("$OF", of))
                .param("from", at(range.from())).param("to", at(range.to())).param("categories", categories.toArray(String[]::new))
                .param("numbers", numbers(numbers)).param("place", place).param("size", part.size()).param("skip", part.skip())
                .query((r, _) -> new Update(r.getObject("matter", UUID.class), number(r), r.getInt("seq"), instant(r, "at"), r.getString("kind"),
                        r.getString("state"), r.getString("category"))).list());
    }

    private <T> T within(java.util.function.Supplier<T> reading) {
        return Objects.requireNonNull(transactions.execute(_ -> reading.get()));
    }

    private static Line line(ResultSet r, int n) throws SQLException {
        OffsetDateTime expected = r.getObject("expected_at", OffsetDateTime.class);
        return new Line(r.getObject("matter", UUID.class), number(r), r.getString("kind"), r.getString("state"), r.getBoolean("closed"),
                Optional.ofNullable(r.getString("outcome")), r.getString("category"), r.getString("village"), Optional.ofNullable(r.getObject("agency", UUID.class)),
                instant(r, "requested_at"), instant(r, "updated_at"), Optional.ofNullable(expected).map(OffsetDateTime::toInstant));
    }

    private static Long[] numbers(List<String> digits) {
        return digits.stream().map(Long::valueOf).toArray(Long[]::new);
    }

    /** With its leading zeros. */
    private static String number(ResultSet r) throws SQLException {
        return "%013d".formatted(r.getLong("number"));
    }

    private static Instant instant(ResultSet r, String column) throws SQLException {
        return r.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
