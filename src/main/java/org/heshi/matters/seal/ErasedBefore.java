package org.heshi.matters.seal;

import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.kernel.CannotStart;
import org.heshi.matters.Endings;
import org.heshi.secrets.KeyRing;
import org.heshi.secrets.KeyRing.Destroyed;
import org.heshi.secrets.KeyRing.Kept;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A database that was put back from a backup holds matters that were erased since. Their keys are destroyed, so nothing of them opens; after the start they
 * are erased again, with an entry of their own and in every room. A store that lacks the keys of this database stops the start.
 */
@Component
class ErasedBefore {

    private static final Logger LOG = LoggerFactory.getLogger(ErasedBefore.class);
    private static final int AT_ONCE = 1_000;
    /** Rule of an erasure that was done before and came back with a backup. */
    static final String RULE = "came-back";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final KeyRing keys;
    private final ObjectProvider<Endings> endings;
    private final ObjectProvider<PartsAgain> parts;

    ErasedBefore(JdbcClient jdbc, TransactionTemplate transactions, KeyRing keys, ObjectProvider<Endings> endings, ObjectProvider<PartsAgain> parts, WordsFromBefore after) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.keys = keys;
        this.endings = endings;
        this.parts = parts;
        Acting.run(new Actor.Machine("sealer"), () -> transactions.executeWithoutResult(_ -> demandTheStore()));
    }

    /** The newest matter's key and the oldest's: a store of another time lacks one of them. */
    private void demandTheStore() {
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

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        Thread.ofVirtual().name("erased-before").start(() -> {
            // neither waits for the other: what cannot be done in part is no reason to let whole ones lie
            int inPart = tried(this::partsAgain);
            parts.getObject().letTheRestGoOn();
            int again = tried(this::again);
            if (inPart + again > 0) {
                LOG.info("{} matters that were erased before and came back with a backup are erased again, {} in part", again + inPart, inPart);
            }
        });
    }

    private static int tried(IntSupplier work) {
        try {
            return work.getAsInt();
        } catch (RuntimeException e) {
            LOG.error("matters that were erased before could not be erased again; the next start tries it", e);
            return 0;
        }
    }

    /** One damaged row leaves no other matter as it came back. */
    private static boolean tried(UUID matter, BooleanSupplier work) {
        try {
            return work.getAsBoolean();
        } catch (RuntimeException e) {
            LOG.error("the matter {} that was erased before could not be erased again; the next start tries it", matter, e);
            return false;
        }
    }

    /** @return how many matters of which a part was erased had come back */
    int partsAgain() {
        int done = 0;
        long last = 0;
        for (List<Kept> some = keys.keptAfter(last, AT_ONCE); !some.isEmpty(); some = keys.keptAfter(last, AT_ONCE)) {
            for (Kept kept : some) {
                done += tried(kept.matter(), () -> Acting.as(new Actor.Machine("retention"), () -> parts.getObject().again(kept.matter(), KeptWords.read(kept.bytes())))) ? 1 : 0;
            }
            last = some.getLast().order();
        }
        return done;
    }

    /** @return how many matters were erased again */
    int again() {
        int matters = 0;
        long last = 0;
        for (List<Destroyed> some = keys.destroyedAfter(last, AT_ONCE); !some.isEmpty(); some = keys.destroyedAfter(last, AT_ONCE)) {
            List<Destroyed> these = some;
            Integer done = Acting.as(new Actor.Machine("retention"), () -> again(these));
            matters += done == null ? 0 : done;
            last = some.getLast().order();
        }
        return matters;
    }

    private int again(List<Destroyed> destroyed) {
        int done = 0;
        List<UUID> back = transactions.execute(_ -> jdbc.sql("""
                select id from matters.matter where id = any (?) and erased_at is null
                """).param(destroyed.stream().flatMap(each -> each.matter().stream()).toArray(UUID[]::new))
                .query(UUID.class).list());
        for (UUID each : back == null ? List.<UUID>of() : back) {
            // one that was still open at the moment that came back is refused: its words open no more all the same, and people go on with it
            if (tried(each, () -> endings.getObject().erase(each, Endings.Ground.OTHER, RULE) instanceof Endings.Answer.Done)) {
                done++;
            }
        }
        return done;
    }
}
