package org.heshi.secrets.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.heshi.kernel.CannotStart;
import org.heshi.kernel.Uuid7;
import org.heshi.secrets.BrokenSeal;
import org.heshi.secrets.KeyRing;
import org.heshi.secrets.Sealer;
import org.heshi.secrets.key.FileKeyEncryption;
import org.heshi.secrets.key.GcmKey;
import org.heshi.secrets.key.KeyEncryption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Keys in a file of SQLite, each wrapped by the key of keys. Fresh ones are made some hundreds at a time, so that an act waits for no disk but the
 * database's; those that nobody took when the program stops are never used.
 */
@Component
@EnableConfigurationProperties(SecretsSettings.class)
public class KeyStore implements KeyRing, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(KeyStore.class);
    static final String CURRENT = "key-of-keys";
    private static final int MOST_AT_ONCE = 512;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int BATCH = 1_000;

    private final SecretsSettings settings;
    private final Optional<KeyEncryption> elsewhere;
    private final SecureRandom random = new SecureRandom();
    private final KeyTable table;
    private final StoreCopy copy;
    private final Map<String, KeyEncryption> wrapping = new ConcurrentHashMap<>();
    private final Deque<Spare> spare = new ArrayDeque<>();
    /** Short-lived: another process of the program may destroy a key, too. */
    private final Cache<UUID, Optional<Sealer>> open = Caffeine.newBuilder().maximumSize(20_000).expireAfterWrite(Duration.ofSeconds(30)).build();
    private int atOnce = 16;

    /** A key that lies in the store and that nobody took yet. */
    private record Spare(UUID id, Sealer sealer) {
    }

    KeyStore(SecretsSettings settings, ObjectProvider<KeyEncryption> elsewhere) {
        this.settings = settings;
        this.elsewhere = Optional.ofNullable(elsewhere.getIfAvailable());
        this.table = KeyTable.open(settings.store().toAbsolutePath(), true);
        this.copy = new StoreCopy(table, settings.copyFolder());
        try {
            if (table.fact(StoreCopy.IDENTITY).isEmpty()) {
                copy.refuseAnother();
                table.fact(StoreCopy.IDENTITY, UUID.randomUUID().toString());
            }
            KeyEncryption first = encryption(Optional.empty());
            Optional<String> current = table.fact(CURRENT);
            current.ifPresent(id -> encryption(Optional.of(id)));
            Optional<KeyTable.Wrapped> last = table.last();
            // tried before anything is written: a store that was put back is not to be spoilt by a start with the wrong key
            last.ifPresent(one -> encryption(Optional.of(one.by())).unwrap(one.bytes(), KeyTable.bytes(one.id())));
            if (current.isEmpty()) {
                table.fact(CURRENT, last.map(KeyTable.Wrapped::by).orElse(first.id()));
            }
            if (Files.exists(next())) {
                LOG.error("renewing the key of keys was broken off: run ./heshi keys --renew again, and keep {} until then", next());
            }
        } catch (BrokenSeal e) {
            table.close();
            throw CannotStart.because("The key store " + settings.store() + " does not open with " + settings.key() + ": one of the two is from another time. "
                    + "Put back the one that belongs to it.", e);
        } catch (RuntimeException e) {
            table.close();
            throw e;
        }
    }

    private Path next() {
        return settings.key().resolveSibling(settings.key().getFileName() + ".next");
    }

    /** The key of keys of that id, or the one that is at hand when there is no id yet. */
    private KeyEncryption encryption(Optional<String> id) {
        KeyEncryption known = id.map(wrapping::get).orElse(null);
        if (known != null) {
            return known;
        }
        List<KeyEncryption> found = new ArrayList<>();
        elsewhere.ifPresent(found::add);
        if (elsewhere.isEmpty() || Files.exists(settings.key())) {
            found.add(FileKeyEncryption.open(settings.key(), () -> table.lastKey() > 0));
        }
        if (Files.exists(next())) {
            found.add(FileKeyEncryption.open(next(), () -> true));
        }
        found.forEach(each -> wrapping.put(each.id(), each));
        if (id.isEmpty()) {
            return found.getFirst();
        }
        KeyEncryption wanted = wrapping.get(id.get());
        if (wanted == null) {
            throw CannotStart.because("The key store " + settings.store() + " is wrapped by another key than " + settings.key() + " (" + id.get() + "). "
                    + "Put back the file that belongs to it.");
        }
        return wanted;
    }

    @Override
    public synchronized UUID fresh() {
        if (spare.isEmpty()) {
            refill();
        }
        Spare taken = spare.removeFirst();
        // whoever takes a key seals with it at once; before this nobody knew of it, so that nobody has destroyed it
        open.put(taken.id(), Optional.of(taken.sealer()));
        return taken.id();
    }

    private void refill() {
        List<Spare> made = new ArrayList<>(atOnce);
        table.together(() -> {
            // asked inside: a rotation that goes on meanwhile must meet no new key under the old one
            KeyEncryption by = encryption(table.fact(CURRENT));
            for (int i = 0; i < atOnce; i++) {
                UUID id = Uuid7.at(Instant.now());
                byte[] key = new byte[GcmKey.LENGTH];
                random.nextBytes(key);
                table.put(null, id, by.id(), by.wrap(key, KeyTable.bytes(id)));
                made.add(new Spare(id, new GcmKey(key)));
            }
            return 0;
        });
        follow();
        spare.addAll(made);
        atOnce = Math.min(MOST_AT_ONCE, atOnce * 2);
    }

    @Override
    public Optional<Sealer> find(UUID key) {
        // read inside, so that a key that is destroyed meanwhile does not come back into the cache
        return open.get(key, this::load);
    }

    private Optional<Sealer> load(UUID key) {
        Optional<KeyTable.Wrapped> wrapped = table.find(key);
        if (wrapped.isEmpty() && !table.gone(key)) {
            throw new MissingKey(key);
        }
        return wrapped.map(this::unwrapped);
    }

    private Sealer unwrapped(KeyTable.Wrapped w) {
        return new GcmKey(encryption(Optional.of(w.by())).unwrap(w.bytes(), KeyTable.bytes(w.id())));
    }

    @Override
    public Map<UUID, Sealer> find(Collection<UUID> keys) {
        // past the cache: whoever reads everything would only drive out what others work with
        Map<UUID, Sealer> found = new HashMap<>();
        List<UUID> wanted = keys.stream().distinct().toList();
        for (int from = 0; from < wanted.size(); from += MOST_AT_ONCE) {
            table.find(wanted.subList(from, Math.min(wanted.size(), from + MOST_AT_ONCE))).forEach(w -> found.put(w.id(), unwrapped(w)));
        }
        return found;
    }

    @Override
    public void destroy(Collection<UUID> keys, Instant at) {
        destroy(keys.stream().map(key -> new Destroyed(0, key, at, Optional.empty())).toList());
    }

    @Override
    public void destroy(UUID matter, UUID key, Instant at) {
        destroy(List.of(new Destroyed(0, key, at, Optional.of(matter))));
    }

    @Override
    public boolean replace(UUID matter, UUID old, byte[] kept, Set<UUID> under, Instant at) {
        boolean done = table.replace(new Kept(0, matter, kept), under, new Destroyed(0, old, at, Optional.empty()));
        if (done) {
            open.invalidate(old);
            follow();
        }
        return done;
    }

    @Override
    public List<Kept> keptAfter(long after, int limit) {
        return table.keptAfter(after, limit);
    }

    private void destroy(List<Destroyed> keys) {
        table.destroy(keys);
        keys.forEach(key -> open.invalidate(key.key()));
        follow();
    }

    @Override
    public Set<UUID> destroyedOf(Collection<UUID> matters) {
        Set<UUID> gone = new HashSet<>();
        List<UUID> asked = List.copyOf(matters);
        for (int from = 0; from < asked.size(); from += MOST_AT_ONCE) {
            gone.addAll(table.goneOf(asked.subList(from, Math.min(asked.size(), from + MOST_AT_ONCE))));
        }
        return gone;
    }

    @Override
    public Set<UUID> destroyed(Collection<UUID> keys) {
        Set<UUID> gone = new HashSet<>();
        for (UUID key : keys) {
            if (table.gone(key)) {
                gone.add(key);
            }
        }
        return gone;
    }

    @Override
    public List<Destroyed> destroyedAfter(long after, int limit) {
        return table.goneAfter(after, limit);
    }

    @Override
    public boolean everUsed() {
        return table.lastKey() > 0 || table.lastGone() > 0;
    }

    /**
     * Wraps every key by a fresh key of keys and forgets the old one. The program may run meanwhile, and what was killed goes on where it was.
     *
     * @param progress is told how many were wrapped anew
     * @return how many keys the store holds
     */
    public long rotate(LongConsumer progress) {
        copy.demand();
        if (elsewhere.isPresent()) {
            long all = rewrap(elsewhere.get(), progress);
            copy.anew();
            return all;
        }
        KeyEncryption fresh = FileKeyEncryption.open(next(), () -> false);
        wrapping.put(fresh.id(), fresh);
        table.fact(CURRENT, fresh.id());
        long done = rewrap(fresh, progress);
        table.together(() -> {
            if (!table.notBy(fresh.id(), 1).isEmpty()) {
                throw new IllegalStateException("a key was wrapped by the old one meanwhile; run the command again");
            }
            return 0;
        });
        copy.anew();
        try {
            // the old one keeps a name until the new one has its own, so that there is a right one at every moment
            Path old = settings.key().resolveSibling(settings.key().getFileName() + ".old");
            Files.deleteIfExists(old);
            Files.createLink(old, settings.key());
            Files.move(next(), settings.key(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            StoreCopy.sync(settings.key().toAbsolutePath().getParent());
            StoreCopy.overwrite(old);
            Files.delete(old);
        } catch (IOException e) {
            throw new IllegalStateException("the new key of keys could not be put in place of the old one: " + e.getMessage(), e);
        }
        return done;
    }

    private long rewrap(KeyEncryption fresh, LongConsumer progress) {
        table.fact(CURRENT, fresh.id());
        while (true) {
            int moved = table.together(() -> {
                List<KeyTable.Wrapped> some = table.notBy(fresh.id(), BATCH);
                for (KeyTable.Wrapped one : some) {
                    byte[] bound = KeyTable.bytes(one.id());
                    table.rewrap(one.id(), fresh.id(), fresh.wrap(encryption(Optional.of(one.by())).unwrap(one.bytes(), bound), bound));
                }
                return some.size();
            });
            if (moved == 0) {
                break;
            }
            progress.accept(moved);
        }
        table.tidy();
        return table.count();
    }

    /** Makes the copy anew, when it is lost for good. */
    public void copyAgain() {
        copy.again();
    }

    /** How the store stands. */
    public record State(Path store, long keys, long destroyed, String wrappedBy, Optional<StoreCopy.State> copy) {
    }

    public State state() {
        return new State(settings.store(), table.count(), table.lastGone(), table.fact(CURRENT).orElse(""), copy.state());
    }

    /** Brings the copy up to the store, when one is kept and can be reached. A folder that hangs is not waited for. */
    @Override
    public boolean follow() {
        return copy.follow(PATIENCE);
    }

    @Override
    public void destroy() {
        copy.close();
        table.close();
    }
}
