package org.heshi.matters.seal;

import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
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
    public boolean last() {
        return true;
    }

    @Override
    public boolean forget(Forgotten matter) {
        List<UUID> key = jdbc.sql("select words_key from matters.matter where id = ?").param(matter.matter()).query(UUID.class).list();
        key.forEach(each -> keys.destroy(matter.matter(), each, clock.instant()));
        return true;
    }

    /** The key under which all stood is destroyed; what stays is under another by now, and is kept beside the keys for a backup that holds it under the old one. */
    @Override
    public boolean forgetPart(Part part) {
        List<KeptWords.Word> words = jdbc.sql("select seq, field, ordinal, sealed from matters.particular where matter = ? and sealed is not null order by seq, field, ordinal")
                .param(part.matter()).query((r, _) -> new KeptWords.Word(r.getInt("seq"), r.getString("field"), r.getInt("ordinal"), r.getBytes("sealed"))).list();
        List<UUID> old = jdbc.sql("select old_key from matters.part where matter = ? and seq = ?").params(part.matter(), part.seq()).query(UUID.class).list();
        // of a later part: that one's key would be kept although it goes
        jdbc.sql("""
                select e.seq, e.digest, e.recorded_at from matters.entry e join matters.part p on p.matter = e.matter and p.seq = e.seq where e.matter = ? order by e.seq desc limit 1
                """).param(part.matter()).query(r -> {
            KeptWords kept = new KeptWords(r.getInt("seq"), r.getBytes("digest"), r.getObject("recorded_at", OffsetDateTime.class).toInstant(), words);
            old.forEach(each -> keys.replace(part.matter(), each, kept.bytes(), clock.instant()));
        });
        return true;
    }
}
