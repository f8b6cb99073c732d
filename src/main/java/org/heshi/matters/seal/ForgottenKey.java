package org.heshi.matters.seal;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.matters.Forgetting;
import org.heshi.secrets.KeyRing;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The key of an erased matter is destroyed: what a backup holds of it opens no more. Done last, because others open by it what they seal anew. */
@Component
class ForgottenKey implements Forgetting {

    private final JdbcClient jdbc;
    private final KeyRing keys;
    private final Seals seals;
    private final InstantSource clock;

    ForgottenKey(@Qualifier("follower") JdbcClient jdbc, KeyRing keys, Seals seals, InstantSource clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.seals = seals;
        this.clock = clock;
    }

    @Override
    public String room() {
        return "secrets";
    }

    @Override
    public boolean last() {
        return true;
    }

    @Override
    public boolean forget(Forgotten matter) {
        List<UUID> key = jdbc.sql("select words_key from matters.matter where id = ?").param(matter.matter()).query(UUID.class).list();
        key.forEach(each -> keys.destroy(matter.matter(), each, clock.instant()));
        return true;
    }

    private record Newest(int seq, byte[] digest, Instant at) {
    }

    /**
     * The key under which all stood is destroyed; what stays is under another by now, and is kept beside the keys for a backup that holds it under the old one.
     * Not as long as a word of it does not open: what was kept before may be the only one that does.
     */
    @Override
    public boolean forgetPart(Part part) {
        List<UUID> old = jdbc.sql("select old_key from matters.part where matter = ? and seq = ?").params(part.matter(), part.seq()).query(UUID.class).list();
        // one statement, so that words and entry are of one moment; the newest entry, because by an older one the key of a later part would be kept although it goes
        List<Newest> newest = new ArrayList<>();
        List<KeptWords.Word> words = jdbc.sql("""
                select w.seq, w.field, w.ordinal, w.sealed, n.seq as newest, n.digest, n.recorded_at
                from matters.particular w, (select e.seq, e.digest, e.recorded_at from matters.entry e join matters.part p on p.matter = e.matter and p.seq = e.seq
                    where e.matter = :matter order by e.seq desc limit 1) n
                where w.matter = :matter and w.sealed is not null order by w.seq, w.field, w.ordinal
                """).param("matter", part.matter()).query((r, _) -> {
            newest.add(new Newest(r.getInt("newest"), r.getBytes("digest"), r.getObject("recorded_at", OffsetDateTime.class).toInstant()));
            return new KeptWords.Word(r.getInt("seq"), r.getString("field"), r.getInt("ordinal"), r.getBytes("sealed"));
        }).list();
        if (words.isEmpty()) {
            // erased whole since
            keys.destroy(old, clock.instant());
            return true;
        }
        if (!words.stream().allMatch(word -> seals.opens(part.matter(), word.seq(), word.field(), word.ordinal(), word.sealed()))) {
            return false;
        }
        KeptWords kept = new KeptWords(newest.getFirst().seq(), newest.getFirst().digest(), newest.getFirst().at(), words);
        Set<UUID> under = words.stream().map(word -> Seals.keyOf(word.sealed())).collect(Collectors.toSet());
        boolean done = true;
        for (UUID each : old) {
            done &= keys.replace(part.matter(), each, kept.bytes(), under, clock.instant());
        }
        return done;
    }
}
