package org.heshi.directory;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Rows for tests, in places that no other test uses. */
final class DirectoryRows {

    static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    DirectoryRows(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    UUID unit(UnitType type, String division, @Nullable UUID parent) {
        UUID place = UUID.randomUUID();
        update("insert into divisions.division (id) values (?)", place);
        UUID id = Uuid7.at(LONG_AGO);
        update("insert into directory.unit (id, type, name, division, division_code, parent, started_at) values (?, ?, ?, ?, ?, ?, ?)",
                id, type.code(), "试验单位" + id, place, division, parent, LONG_AGO);
        return id;
    }

    UUID person(String name) {
        UUID id = Uuid7.at(LONG_AGO);
        update("insert into directory.person (id, name) values (?, ?)", id, name);
        return id;
    }

    UUID post(UUID unit, Role... roles) {
        UUID id = Uuid7.at(LONG_AGO);
        String codes = String.join(",", Arrays.stream(roles).map(Role::code).toList());
        update("insert into directory.post (id, unit, title, roles, started_at) values (?, ?, '试验岗位', string_to_array(?, ','), ?)",
                id, unit, codes, LONG_AGO);
        return id;
    }

    UUID holding(UUID post, UUID person, Instant from, @Nullable Instant to) {
        UUID id = Uuid7.at(LONG_AGO);
        update("insert into directory.holding (id, post, person, starts_at, ends_at) values (?, ?, ?, ?, ?)", id, post, person, from, to);
        return id;
    }

    UUID leave(UUID holding, Instant from, Instant to, @Nullable UUID standIn) {
        UUID id = Uuid7.at(LONG_AGO);
        update("insert into directory.leave (id, holding, starts_at, ends_at, stand_in) values (?, ?, ?, ?, ?)", id, holding, from, to, standIn);
        return id;
    }

    UUID rule(String category, String division, UUID lead, UUID... helpers) {
        UUID id = Uuid7.at(LONG_AGO);
        update("insert into directory.handles (id, category, division_code, lead, starts_at) values (?, ?, ?, ?, ?)",
                id, category, division, lead, LONG_AGO);
        for (int i = 0; i < helpers.length; i++) {
            update("insert into directory.helper (rule, ordinal, unit) values (?, ?, ?)", id, i + 1, helpers[i]);
        }
        return id;
    }

    void receives(String division, UUID unit) {
        update("insert into directory.receiving_organ (division_code, unit) values (?, ?)", division, unit);
    }

    void end(String table, UUID id, Instant at) {
        update("update directory." + table + " set ended_at = ? where id = ?", at, id);
    }

    int update(String sql, Object... values) {
        return Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> {
            JdbcClient.StatementSpec statement = jdbc.sql(sql);
            for (Object value : values) {
                statement = statement.param(value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
            }
            return statement.update();
        }));
    }
}
