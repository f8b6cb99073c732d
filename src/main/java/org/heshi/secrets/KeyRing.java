package org.heshi.secrets;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Keys by their ids. The store lies outside the database and its backups: a key that was destroyed is nowhere any more (Personal Information
 * Protection Law, article 47; NIST SP 800-88, cryptographic erase).
 */
public interface KeyRing {

    /** The id of a key that nothing was sealed under yet; it is on the disk, and in the copy of the store where one is kept and can be reached. */
    UUID fresh();

    /**
     * The key of that id; empty when it was destroyed.
     *
     * @throws MissingKey when the store never held it or lost it: it was put back from a copy that is older
     */
    Optional<Sealer> find(UUID key);

    /** Some hundreds of keys by one way to the store; those that were destroyed, or that it never held, are left out. */
    Map<UUID, Sealer> find(Collection<UUID> keys);

    /**
     * Destroys keys. What was sealed under them opens no more as soon as this returns, in another process of the program half a minute later; the copy of the store follows at once or when it can be reached.
     * A key that was destroyed before stays so; one that never was is noted all the same, so that a copy put back later does not bring it.
     */
    void destroy(Collection<UUID> keys, Instant at);

    /** Destroys a matter's key and notes whose it was: a backup from before there were keys has no other trace of it. */
    void destroy(UUID matter, UUID key, Instant at);

    /**
     * Destroys the key of words of which some went, and keeps beside the keys what stays of that matter, sealed by who calls under another key of this store:
     * a backup holds it under the destroyed one only. It takes the place of what was kept of that matter before, and goes when the matter's key is destroyed.
     *
     * @param under keys under which it is sealed
     * @return false, and nothing is done, when one of them is not there, or is the one that goes: it would open no more
     */
    boolean replace(UUID matter, UUID old, byte[] kept, Set<UUID> under, Instant at);

    /** Brings the copy of the store up to it. @return whether it is; true where none is kept */
    boolean follow();

    /** What is kept of matters, in the order in which it was put there, a page at a time. */
    List<Kept> keptAfter(long after, int limit);

    /** @param bytes as they were given */
    record Kept(long order, UUID matter, byte[] bytes) {
    }

    /** Those of these matters whose key was destroyed. */
    Set<UUID> destroyedOf(Collection<UUID> matters);

    /** Those of them that were destroyed. */
    Set<UUID> destroyed(Collection<UUID> keys);

    /** Keys that were destroyed, in the order in which it happened, a page at a time: a database that was put back from a backup is told of them. */
    List<Destroyed> destroyedAfter(long after, int limit);

    /**
     * @param order  grows by the order in which they were destroyed
     * @param matter whose key it was; empty for a file's
     */
    record Destroyed(long order, UUID key, Instant at, Optional<UUID> matter) {
    }

    /** Whether the store ever held a key. */
    boolean everUsed();

    /** The store does not hold a key that it ought to. */
    final class MissingKey extends RuntimeException {

        public MissingKey(UUID key) {
            super("the key " + key + " is neither in the key store nor among those that were destroyed");
        }
    }
}
