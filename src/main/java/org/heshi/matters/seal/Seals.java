package org.heshi.matters.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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
 * Salt and value of a particular as the database keeps them: what follows and how, the id of the key, and both under that key, bound to the matter, the entry,
 * the field and the place in it (decision records 0011 and 0029). A salt that was drawn from the key is not kept: it is drawn again. Words are kept in whichever
 * is shorter, UTF-8 or UTF-16.
 */
@Component
public class Seals {

    public static final int SALT = 32;
    /** Unicode's replacement character: something was here that cannot be read. */
    public static final String UNREADABLE = "\uFFFD";

    private static final Logger LOG = LoggerFactory.getLogger(Seals.class);

    /** Salt and words, as all were sealed first. */
    private static final int FIRST = 1;
    private static final int LATER = 2;
    /** Beside {@link #LATER}: the salt stands before the words, because it is not what the key would give here. */
    private static final int SALTED = 4;
    /** Beside {@link #LATER}: words of two bytes a character, big end first. */
    private static final int WIDE = 8;
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

    /** The salt of the commitment to what is written there: as good as any at random for whoever has not the key, and gone with it. */
    public byte[] salt(UUID key, UUID matter, int seq, String field, int ordinal) {
        return sealer(key).drawn(bound(matter, seq, field, ordinal));
    }

    private Sealer sealer(UUID key) {
        return keys.find(key).orElseThrow(() -> new IllegalStateException("the key " + key + " was destroyed"));
    }

    public byte[] seal(UUID key, UUID matter, int seq, String field, int ordinal, byte[] salt, String value) {
        Sealer sealer = sealer(key);
        byte[] bound = bound(matter, seq, field, ordinal);
        byte[] words = value.getBytes(StandardCharsets.UTF_8);
        byte[] wide = value.getBytes(StandardCharsets.UTF_16BE);
        boolean wider = wide.length < words.length && Arrays.equals(new String(wide, StandardCharsets.UTF_16BE).getBytes(StandardCharsets.UTF_8), words);
        boolean salted = !MessageDigest.isEqual(sealer.drawn(bound), salt);
        byte how = (byte) (LATER | (salted ? SALTED : 0) | (wider ? WIDE : 0));
        byte[] said = wider ? wide : words;
        byte[] clear = salted ? Arrays.copyOf(salt, SALT + said.length) : said;
        if (salted) {
            System.arraycopy(said, 0, clear, SALT, said.length);
        }
        byte[] sealed = sealer.seal(clear, bound(bound, how));
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
        if (how != FIRST && (how & ~(SALTED | WIDE)) != LATER) {
            throw new BrokenSeal("a seal of version " + how + " is none of this program's", new IllegalArgumentException());
        }
        UUID key = new UUID(buffer.getLong(), buffer.getLong());
        return Optional.ofNullable(atHand.get(key)).or(() -> keys.find(key)).map(sealer -> {
            byte[] bound = bound(matter, seq, field, ordinal);
            byte[] clear = sealer.open(Arrays.copyOfRange(sealed, HEADER, sealed.length), how == FIRST ? bound : bound(bound, how));
            int words = how == FIRST || (how & SALTED) != 0 ? SALT : 0;
            return new Clear(words == 0 ? sealer.drawn(bound) : Arrays.copyOf(clear, SALT),
                    new String(clear, words, clear.length - words, (how & WIDE) == 0 ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16BE));
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
    private static byte[] bound(byte[] place, byte how) {
        byte[] bound = Arrays.copyOf(place, place.length + 1);
        bound[place.length] = how;
        return bound;
    }

    private static byte[] bound(UUID matter, int seq, String field, int ordinal) {
        byte[] name = field.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(24 + name.length).putLong(matter.getMostSignificantBits()).putLong(matter.getLeastSignificantBits()).putInt(seq)
                .putInt(ordinal).put(name).array();
    }
}
