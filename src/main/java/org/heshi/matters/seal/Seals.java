package org.heshi.matters.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heshi.secrets.BrokenSeal;
import org.heshi.secrets.KeyRing;
import org.heshi.secrets.Sealer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Salt and value of a particular as the database keeps them: how the words are written, the id of the key, and both under that key, bound to the matter, the
 * entry, the field and the place in it (decision records 0011 and 0029). Words are written in whichever is shorter, UTF-8 or UTF-16. The salt is random and goes
 * with the row: one that was drawn from the key would outlive a part that is erased, and a telephone number is soon found for a commitment whose salt is known.
 */
@Component
public class Seals {

    public static final int SALT = 32;
    /** Unicode's replacement character: something was here that cannot be read. */
    public static final String UNREADABLE = "\uFFFD";

    private static final Logger LOG = LoggerFactory.getLogger(Seals.class);

    /** Salt, and words in UTF-8, as all were sealed first; the others are added to it. */
    private static final int FIRST = 1;
    /** Words of two bytes a character, big end first. */
    private static final int WIDE = 2;
    /** Of the salt only the half that came by chance. */
    private static final int HALF = 4;
    /** Without a nonce: the salt under the seal is chance enough. */
    private static final int SALTED = 8;
    private static final byte[] OTHER_HALF = "heshi salt 1".getBytes(StandardCharsets.UTF_8);
    private static final int HEADER = 17;

    private final KeyRing keys;

    Seals(KeyRing keys) {
        this.keys = keys;
    }

    /** A value with the salt of its commitment. */
    public record Clear(byte[] salt, String value) {
    }

    /** Whether the copy of the key store, where one is kept, holds what the store holds; it is tried first. */
    public boolean copied() {
        return keys.follow();
    }

    /** The key of a matter that begins. */
    public UUID freshKey() {
        return keys.fresh();
    }

    /** The key under which new words of the matter are sealed: its own, or a fresh one where that was destroyed. */
    public UUID usable(UUID key) {
        return keys.find(key).isPresent() ? key : keys.fresh();
    }

    /** The keys of many matters: one way to the key store instead of one for each. */
    public Map<UUID, Sealer> of(Collection<UUID> matterKeys) {
        return keys.find(matterKeys);
    }

    /** Those of these matters that were erased, as the key store knows it. */
    public Set<UUID> destroyedOf(Collection<UUID> matters) {
        return matters.isEmpty() ? Set.of() : keys.destroyedOf(matters);
    }

    /** A salt of its own for each value: 128 bits by chance, and as many again that are made of them, so that only the first need be kept. */
    public static byte[] salt(SecureRandom random) {
        byte[] half = new byte[SALT / 2];
        random.nextBytes(half);
        return whole(half);
    }

    private static byte[] whole(byte[] half) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(OTHER_HALF);
            byte[] salt = Arrays.copyOf(half, SALT);
            System.arraycopy(digest.digest(half), 0, salt, half.length, SALT - half.length);
            return salt;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public byte[] seal(UUID key, UUID matter, int seq, String field, int ordinal, byte[] salt, String value) {
        Sealer sealer = keys.find(key).orElseThrow(() -> new IllegalStateException("the key " + key + " was destroyed"));
        byte[] half = Arrays.copyOf(salt, SALT / 2);
        // one that came with words from elsewhere may be another
        byte[] kept = MessageDigest.isEqual(whole(half), salt) ? half : salt;
        byte[] narrow = value.getBytes(StandardCharsets.UTF_8);
        byte[] wide = value.getBytes(StandardCharsets.UTF_16BE);
        // half a pair of characters has no bytes in UTF-8 and would come back as another than its commitment is of
        boolean wider = wide.length < narrow.length && Arrays.equals(new String(wide, StandardCharsets.UTF_16BE).getBytes(StandardCharsets.UTF_8), narrow);
        byte[] words = wider ? wide : narrow;
        byte how = (byte) (FIRST | SALTED | (wider ? WIDE : 0) | (kept == half ? HALF : 0));
        byte[] clear = Arrays.copyOf(kept, kept.length + words.length);
        System.arraycopy(words, 0, clear, kept.length, words.length);
        byte[] sealed = sealer.sealSalted(clear, bound(how, matter, seq, field, ordinal));
        return ByteBuffer.allocate(HEADER + sealed.length).put(how).putLong(key.getMostSignificantBits()).putLong(key.getLeastSignificantBits()).put(sealed)
                .array();
    }

    /** The key under which it was sealed. */
    public static UUID keyOf(byte[] sealed) {
        ByteBuffer header = ByteBuffer.wrap(sealed, 1, HEADER - 1);
        return new UUID(header.getLong(), header.getLong());
    }

    /** Whether the key of that seal was destroyed. */
    public boolean dead(byte[] sealed) {
        return keys.find(keyOf(sealed)).isEmpty();
    }

    /**
     * @return empty when it was erased, or its key destroyed
     * @throws org.heshi.secrets.BrokenSeal when it was changed or stands in another place than it was written for
     */
    public Optional<Clear> open(UUID matter, int seq, String field, int ordinal, byte @Nullable [] sealed) {
        return open(Map.of(), matter, seq, field, ordinal, sealed);
    }

    /** @param atHand keys that need not be looked for */
    public Optional<Clear> open(Map<UUID, Sealer> atHand, UUID matter, int seq, String field, int ordinal, byte @Nullable [] sealed) {
        if (sealed == null) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        byte how = buffer.get();
        if ((how & ~(WIDE | HALF | SALTED)) != FIRST) {
            throw new BrokenSeal("a seal of version " + how + " is none of this program's", new IllegalArgumentException());
        }
        UUID key = new UUID(buffer.getLong(), buffer.getLong());
        return Optional.ofNullable(atHand.get(key)).or(() -> keys.find(key)).map(sealer -> {
            byte[] closed = Arrays.copyOfRange(sealed, HEADER, sealed.length);
            byte[] bound = bound(how, matter, seq, field, ordinal);
            byte[] clear = (how & SALTED) == 0 ? sealer.open(closed, bound) : sealer.openSalted(closed, bound);
            int salted = (how & HALF) == 0 ? SALT : SALT / 2;
            byte[] salt = Arrays.copyOf(clear, salted);
            return new Clear(salted == SALT ? salt : whole(salt),
                    new String(clear, salted, clear.length - salted, (how & WIDE) == 0 ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16BE));
        });
    }

    /** Whether it opens. What is damaged is told of. */
    public boolean opens(UUID matter, int seq, String field, int ordinal, byte[] sealed) {
        try {
            return open(matter, seq, field, ordinal, sealed).isPresent();
        } catch (BrokenSeal | KeyRing.MissingKey e) {
            LOG.error("the field {} of entry {} of the matter {} does not open", field, seq, matter, e);
            return false;
        }
    }

    /**
     * The same for those who read: what does not open stands as {@link #UNREADABLE}, so that one damaged row takes no page and no follower along.
     * {@code ./heshi verify} names it.
     */
    public Optional<String> shown(UUID matter, int seq, String field, int ordinal, byte @Nullable [] sealed) {
        try {
            return open(matter, seq, field, ordinal, sealed).map(Clear::value);
        } catch (BrokenSeal | KeyRing.MissingKey e) {
            LOG.error("the field {} of entry {} of the matter {} does not open", field, seq, matter, e);
            return Optional.of(UNREADABLE);
        }
    }

    /** The value of a row with matter, seq, field, ordinal and sealed, for those who read. */
    public Optional<String> shown(ResultSet r) throws SQLException {
        return shown(r.getObject("matter", UUID.class), r.getInt("seq"), r.getString("field"), r.getInt("ordinal"), r.getBytes("sealed"));
    }

    /** The value of a row with matter, seq, field, ordinal and sealed. */
    public Optional<String> value(ResultSet r) throws SQLException {
        return open(r.getObject("matter", UUID.class), r.getInt("seq"), r.getString("field"), r.getInt("ordinal"), r.getBytes("sealed")).map(Clear::value);
    }

    /** How it is written is under the seal, too: words that were read in the other alphabet would be other words. */
    private static byte[] bound(byte how, UUID matter, int seq, String field, int ordinal) {
        byte[] name = field.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bound = ByteBuffer.allocate(24 + name.length + (how == FIRST ? 0 : 1)).putLong(matter.getMostSignificantBits()).putLong(matter.getLeastSignificantBits())
                .putInt(seq).putInt(ordinal).put(name);
        return how == FIRST ? bound.array() : bound.put(how).array();
    }
}
