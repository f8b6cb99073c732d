package org.heshi.secrets.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.heshi.kernel.CannotStart;
import org.heshi.secrets.KeyRing.Destroyed;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A second file with the same keys in a folder of the county's choice. It gets each key before the key is used and forgets each that is destroyed, at
 * once or as soon as the folder can be reached again. There is never an older copy beside it.
 */
public final class StoreCopy {

    private static final Logger LOG = LoggerFactory.getLogger(StoreCopy.class);
    private static final int BATCH = 2_000;
    /** Tells one store from another. */
    static final String IDENTITY = "store";
    static final String NAME = "heshi-keys.db";

    private final KeyTable table;
    private final Optional<Path> folder;
    private @Nullable KeyTable kept;
    private @Nullable Instant behindSince;

    StoreCopy(KeyTable table, Optional<Path> folder) {
        this.table = table;
        this.folder = folder;
    }

    /** @param behindSince since when the copy could not be reached; empty: it holds what the store holds */
    public record State(Path file, Optional<Instant> behindSince) {
    }

    synchronized Optional<State> state() {
        return folder.map(where -> new State(where.resolve(NAME), Optional.ofNullable(behindSince)));
    }

    /** Does what the store did since; a folder that cannot be reached delays nobody's work, but is told of. */
    synchronized void follow() {
        if (folder.isEmpty()) {
            return;
        }
        try {
            Path parent = folder.get().getParent();
            if (!Files.isDirectory(folder.get()) && parent != null && Files.isDirectory(parent)) {
                Files.createDirectory(folder.get());
            }
            if (!Files.isDirectory(folder.get())) {
                throw new IOException("there is no folder " + folder.get());
            }
            KeyTable to = kept;
            if (to == null || !Files.exists(folder.get().resolve(NAME))) {
                close();
                to = KeyTable.open(folder.get().resolve(NAME), false);
                kept = to;
            }
            bring(to);
            behindSince = null;
        } catch (IOException | RuntimeException e) {
            if (behindSince == null) {
                behindSince = Instant.now();
                LOG.error("the copy of the key store in {} cannot be reached; keys made from now on stand in one place only, and what is erased stays in the "
                        + "copy until it can be reached again", folder.get(), e);
            }
            close();
        }
    }

    /** Nothing is kept under a store that is just made: a copy that is there already is of one that was lost. */
    void refuseAnother() {
        if (folder.isPresent() && Files.exists(folder.get().resolve(NAME))) {
            throw CannotStart.because("The key store is missing, but a copy of one lies in " + folder.get().resolve(NAME) + ". Put it in the store's place; "
                    + "docs/operations.md says how. If it belongs to another program, give this one another folder.");
        }
    }

    private void bring(KeyTable to) throws IOException {
        String ours = table.fact(IDENTITY).orElseThrow();
        String its = to.fact(IDENTITY).orElse("");
        if (its.isEmpty()) {
            to.fact(IDENTITY, ours);
        } else if (!its.equals(ours)) {
            throw new IOException("the copy belongs to another key store");
        }
        long gone = to.lastGone();
        while (true) {
            List<Destroyed> some = table.goneAfter(gone, BATCH);
            if (some.isEmpty()) {
                break;
            }
            to.destroy(some);
            gone = some.getLast().order();
        }
        long last = to.lastKey();
        while (true) {
            List<KeyTable.Wrapped> some = table.after(last, BATCH);
            if (some.isEmpty()) {
                break;
            }
            to.together(() -> {
                for (KeyTable.Wrapped one : some) {
                    to.put(one.order(), one.id(), one.by(), one.bytes());
                }
                return 0;
            });
            last = some.getLast().order();
        }
    }

    /** Writes the copy anew: what it held was wrapped by a key that is given up. */
    synchronized void anew() {
        close();
        if (folder.isPresent() && Files.exists(folder.get().resolve(NAME))) {
            try {
                overwrite(folder.get().resolve(NAME));
                Files.delete(folder.get().resolve(NAME));
            } catch (IOException e) {
                throw new IllegalStateException("the copy of the key store in " + folder.get() + " cannot be written anew: " + e.getMessage(), e);
            }
        }
        follow();
    }

    /** Noughts over the bytes of a file. */
    static void overwrite(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rws")) {
            byte[] noughts = new byte[8192];
            for (long left = bytes.length(); left > 0; left -= noughts.length) {
                bytes.write(noughts, 0, (int) Math.min(left, noughts.length));
            }
            bytes.getFD().sync();
        }
    }

    synchronized void close() {
        if (kept != null) {
            kept.close();
            kept = null;
        }
    }
}
