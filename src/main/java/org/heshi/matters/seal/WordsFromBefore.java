package org.heshi.matters.seal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings the words of a database from before there were keys under seal, before anybody works on it: each matter at once, so that a start that was
 * killed goes on where it was.
 */
@Component
class WordsFromBefore {

    private static final Logger LOG = LoggerFactory.getLogger(WordsFromBefore.class);
    private static final int MATTERS = 500;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Seals seals;

    private record Word(UUID matter, String field, int seq, int ordinal, byte[] salt, String value) {
    }

    WordsFromBefore(JdbcClient jdbc, TransactionTemplate transactions, Seals seals) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.seals = seals;
        if (Boolean.TRUE.equals(jdbc.sql("""
                select exists (select from pg_attribute where attrelid = 'matters.particular'::regclass and attname = 'value' and not attisdropped)
                """).query(Boolean.class).single())) {
            Acting.as(new Actor.Machine("sealer"), () -> {
                seal();
                return true;
            });
        }
    }

    private void seal() {
        long whole = jdbc.sql("select reltuples::bigint from pg_class where oid = 'matters.matter'::regclass").query(Long.class).single();
        long done = 0;
        long told = System.nanoTime();
        LOG.info("the words of some {} matters are brought under seal; this happens once", Math.max(0, whole));
        UUID behind = new UUID(0, 0);
        while (true) {
            List<UUID> these = some(behind);
            if (these.isEmpty()) {
                break;
            }
            int some = these.size();
            behind = these.getLast();
            done += some;
            if (System.nanoTime() - told > 5_000_000_000L) {
                LOG.info("{} of some {} matters are under seal", done, whole);
                told = System.nanoTime();
            }
        }
        transactions.executeWithoutResult(_ -> jdbc.sql("select matters.words_sealed()").query(_ -> {
        }));
        LOG.info("{} matters are under seal", done);
    }

    /** @return the matters that are under seal now, in the order of their ids */
    private List<UUID> some(UUID behind) {
        List<UUID> done = transactions.execute(_ -> {
            Map<UUID, UUID> keys = new LinkedHashMap<>();
            List<Word> words = new ArrayList<>();
            jdbc.sql("select * from matters.words_in_clear(?, ?)").param(behind).param(MATTERS).query(r -> {
                UUID matter = r.getObject("matter", UUID.class);
                keys.computeIfAbsent(matter, _ -> seals.freshKey());
                if (r.getString("field") != null) {
                    words.add(new Word(matter, r.getString("field"), r.getInt("seq"), r.getInt("ordinal"), r.getBytes("salt"), r.getString("value")));
                }
            });
            if (!keys.isEmpty()) {
                jdbc.sql("select matters.seal_words(?, ?, ?, ?, ?, ?::smallint[], ?)")
                        .param(keys.keySet().toArray(UUID[]::new)).param(keys.values().toArray(UUID[]::new))
                        .param(words.stream().map(Word::matter).toArray(UUID[]::new)).param(words.stream().map(Word::field).toArray(String[]::new))
                        .param(words.stream().map(Word::seq).toArray(Integer[]::new)).param(words.stream().map(Word::ordinal).toArray(Integer[]::new))
                        .param(words.stream().map(w -> seals.seal(keys.get(w.matter()), w.matter(), w.seq(), w.field(), w.ordinal(), w.salt(), w.value()))
                                .toArray(byte[][]::new))
                        .query(_ -> {
                        });
            }
            // as the database sorts them: byte by byte
            return keys.keySet().stream().sorted(Comparator.comparing(UUID::toString)).toList();
        });
        return done == null ? List.of() : done;
    }
}
