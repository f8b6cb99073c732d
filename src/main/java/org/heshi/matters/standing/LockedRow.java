package org.heshi.matters.standing;

import java.util.UUID;
import org.heshi.matters.Standstill;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Every act writes the matter's row. */
@Component
class LockedRow implements Standstill {

    private final JdbcClient jdbc;

    LockedRow(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void of(UUID matter) {
        jdbc.sql("select id from matters.matter where id = ? for share").param(matter).query(UUID.class).optional();
    }
}
