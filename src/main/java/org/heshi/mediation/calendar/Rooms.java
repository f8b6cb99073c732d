package org.heshi.mediation.calendar;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.Uuid7;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Rooms of committees and centres in which sittings are held. */
@Repository
public class Rooms {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    Rooms(JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @param place where it is, in words @param seats 0 when nobody said */
    public record Room(UUID id, UUID unit, String name, String place, int seats) {
    }

    /** Those of a unit, by name. */
    public List<Room> of(UUID unit) {
        return transactions.execute(_ -> jdbc.sql("select * from mediation.room where unit = ? and ended_at is null order by name limit 100").param(unit)
                .query(Rooms::room).list());
    }

    /** Those of every unit at a place and below it, the unit's own first; at most a hundred. */
    public List<Room> at(String place, UUID unit) {
        return transactions.execute(_ -> jdbc.sql("""
                select * from mediation.room where division >= ? and division < ? || chr(1114111) and ended_at is null
                order by unit <> ?, division, name limit 100
                """).params(place, place, unit).query(Rooms::room).list());
    }

    /** Also one that is used no more. */
    public Optional<Room> find(UUID id) {
        return transactions.execute(_ -> jdbc.sql("select * from mediation.room where id = ?").param(id).query(Rooms::room).optional());
    }

    /** @return empty when the unit has one of that name */
    public Optional<UUID> add(UUID unit, String division, String name, String place, int seats) {
        UUID id = Uuid7.at(clock.instant());
        return transactions.execute(_ -> jdbc.sql("insert into mediation.room (id, unit, division, name, place, seats) values (?, ?, ?, ?, ?, ?) on conflict do nothing")
                .params(id, unit, division, name, place, seats).update()) == 1 ? Optional.of(id) : Optional.empty();
    }

    /** From now on it is offered no more; what was booked stays. */
    public void end(UUID id) {
        transactions.executeWithoutResult(_ -> jdbc.sql("update mediation.room set ended_at = ? where id = ? and ended_at is null")
                .params(clock.instant().atOffset(ZoneOffset.UTC), id).update());
    }

    private static Room room(ResultSet r, int row) throws SQLException {
        return new Room(r.getObject("id", UUID.class), r.getObject("unit", UUID.class), r.getString("name"), r.getString("place"), r.getInt("seats"));
    }
}
