package org.heshi.matters.seal;

import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CannotStart;
import org.heshi.secrets.KeyRing;
import org.heshi.secrets.KeyRing.Destroyed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A database that was put back from a backup holds matters that were erased since. Their keys are destroyed, so nothing of them opens; at the start, before
 * anybody works, their rows are marked erased, too.
 */
@Component
class ErasedBefore {

    private static final Logger LOG = LoggerFactory.getLogger(ErasedBefore.class);
    private static final int AT_ONCE = 1_000;

    ErasedBefore(JdbcClient jdbc, TransactionTemplate transactions, KeyRing keys, WordsFromBefore after) {
        Acting.run(new Actor.Machine("sealer"), () -> transactions.executeWithoutResult(_ -> demandTheStore(jdbc, keys)));
        Integer erased = Acting.as(new Actor.Machine("sealer"), () -> {
            int rows = 0;
            long last = 0;
            for (List<Destroyed> some = keys.destroyedAfter(last, AT_ONCE); !some.isEmpty(); some = keys.destroyedAfter(last, AT_ONCE)) {
                List<Destroyed> these = some;
                Integer now = transactions.execute(_ -> jdbc.sql("""
                        update matters.particular p set sealed = null, erased_at = k.at
                        from unnest(?::uuid[], ?::timestamptz[]) as k (key, at), matters.matter m
                        where m.words_key = k.key and p.matter = m.id and p.sealed is not null and substr(p.sealed, 2, 16) = uuid_send(k.key)
                        """).param(these.stream().map(Destroyed::key).toArray(UUID[]::new))
                        .param(these.stream().map(d -> d.at().atOffset(ZoneOffset.UTC).toString()).toArray(String[]::new)).update());
                rows += now == null ? 0 : now;
                last = some.getLast().order();
            }
            return rows;
        });
        if (erased != null && erased > 0) {
            LOG.info("{} words of matters that were erased before are marked erased again", erased);
        }
    }

    /** The newest matter's key and the oldest's: a store of another time lacks one of them. */
    private static void demandTheStore(JdbcClient jdbc, KeyRing keys) {
        List<UUID> some = jdbc.sql("""
                (select words_key from matters.matter order by id desc limit 1) union (select words_key from matters.matter order by id limit 1)
                """).query(UUID.class).list();
        for (UUID key : some) {
            try {
                keys.find(key);
            } catch (KeyRing.MissingKey e) {
                throw CannotStart.because("The key store is not the one of this database, or older than it: without its keys no word of a resident opens. "
                        + "Put the right one in its place; docs/operations.md says where copies lie.", e);
            }
        }
    }
}
