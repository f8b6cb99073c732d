package org.heshi.matters.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.heshi.matters.MatterSeal;
import org.heshi.secrets.KeyRing;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The id of the key and what it sealed, in base64url. */
@Component
class SealsForOthers implements MatterSeal {

    private static final int HEADER = 16;

    private final JdbcClient jdbc;
    private final KeyRing keys;

    SealsForOthers(@Qualifier("follower") JdbcClient jdbc, KeyRing keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    @Override
    public Optional<String> seal(UUID matter, String where, String text) {
        return jdbc.sql("select words_key from matters.matter where id = ?").param(matter).query(UUID.class).optional()
                .flatMap(key -> keys.find(key).map(sealer -> {
                    byte[] sealed = sealer.seal(text.getBytes(StandardCharsets.UTF_8), bound(where));
                    return Base64.getUrlEncoder().withoutPadding().encodeToString(ByteBuffer.allocate(HEADER + sealed.length)
                            .putLong(key.getMostSignificantBits()).putLong(key.getLeastSignificantBits()).put(sealed).array());
                }));
    }

    @Override
    public Optional<String> open(String where, String sealed) {
        byte[] bytes = Base64.getUrlDecoder().decode(sealed);
        ByteBuffer header = ByteBuffer.wrap(bytes, 0, HEADER);
        UUID key = new UUID(header.getLong(), header.getLong());
        return keys.find(key).map(sealer -> new String(sealer.open(Arrays.copyOfRange(bytes, HEADER, bytes.length), bound(where)), StandardCharsets.UTF_8));
    }

    private static byte[] bound(String where) {
        return where.getBytes(StandardCharsets.UTF_8);
    }
}
