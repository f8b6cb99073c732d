package org.heshi.matters.seal;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.heshi.matters.Forgetting;
import org.heshi.secrets.KeyRing;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The key of an erased matter is destroyed: what a backup holds of it opens no more. */
@Component
class ForgottenKey implements Forgetting {

    private final JdbcClient jdbc;
    private final KeyRing keys;
    private final InstantSource clock;

    ForgottenKey(@Qualifier("follower") JdbcClient jdbc, KeyRing keys, InstantSource clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public String room() {
        return "secrets";
    }

    @Override
    public boolean forget(Forgotten matter) {
        List<UUID> key = jdbc.sql("select words_key from matters.matter where id = ?").param(matter.matter()).query(UUID.class).list();
        key.forEach(each -> keys.destroy(matter.matter(), each, clock.instant()));
        return true;
    }
}
