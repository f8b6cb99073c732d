package org.heshi.secrets.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.heshi.kernel.CannotStart;
import org.heshi.secrets.KeyRing.Destroyed;
import org.heshi.secrets.KeyRing.Kept;
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
    /** Where the copy was made once. */
    private static final String MADE = "copy";
    static final String NAME = "heshi-keys.db";

    private final KeyTable table;
    private final Optional<Path> folder;
    private final Object turn = new Object();
    /** How often it was asked to follow, and up to which of these it has; both under {@link #turn}, as the two below. */
    private long asked;
    private long answered;
    private boolean following;
    /** Nobody waits for a folder that hangs, but the first. */
    private boolean stuck;
    private @Nullable KeyTable kept;
    private volatile @Nullable Instant behindSince;

    StoreCopy(KeyTable table, Optional<Path> folder) {
        this.table = table;
        this.folder = folder;
    }

    /** @param behindSince since when the copy could not be reached; empty: it holds what the store holds */
    public record State(Path file, Optional<Instant> behindSince) {
    }

    Optional<State> state() {
        return folder.map(where -> new State(where.resolve(NAME), Optional.ofNullable(behindSince)));
    }

    /** A copy that is lost for good is made anew. */
    synchronized void again() {
        table.fact(MADE, "");
        demand();
    }

    /**
     * As {@link #follow()}, but waits no longer than this: the copy then catches up beside the work. What is done while it follows it follows at once, too.
     *
     * @return whether the copy holds what the store held when this was asked; true where none is kept
     */
    boolean follow(Duration patience) {
        if (folder.isEmpty()) {
            return true;
        }
        long until = System.nanoTime() + patience.toNanos();
        synchronized (turn) {
            long mine = ++asked;
            if (!following) {
                following = true;
                Thread.ofVirtual().name("copy-of-keys").start(this::followAsAsked);
            }
            while (answered < mine && !stuck) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    stuck = true;
                    break;
                }
                try {
                    turn.wait(left / 1_000_000 + 1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return answered >= mine && behindSince == null;
        }
    }

    private void followAsAsked() {
        while (true) {
            long upTo;
            synchronized (turn) {
                if (answered == asked) {
                    following = false;
                    return;
                }
                upTo = asked;
            }
            boolean tried = false;
            try {
                follow();
                tried = true;
            } finally {
                synchronized (turn) {
                    answered = tried ? upTo : answered;
                    following = tried;
                    stuck = false;
                    turn.notifyAll();
                }
            }
        }
    }

    /** @throws IllegalStateException when a copy is kept and cannot be reached */
    synchronized void demand() {
        follow();
        if (behindSince != null) {
            throw new IllegalStateException("the copy of the key store in " + folder.orElseThrow() + " cannot be reached. Bring it back, and run the command again");
        }
    }

    /** Does what the store did since; a folder that cannot be reached delays nobody's work, but is told of. */
    synchronized void follow() {
        if (folder.isEmpty()) {
            return;
        }
        try {
            Path file = folder.get().resolve(NAME);
            if (table.fact(MADE).filter(file.toString()::equals).isPresent() && !Files.exists(file)) {
                // a disk that is not there leaves its empty place behind: no second copy is begun in it
                throw new IOException("the copy " + file + " is not there. If it is lost for good, run ./heshi keys --copy");
            }
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
            table.fact(MADE, file.toString());
            behindSince = null;
        } catch (IOException | RuntimeException e) {
            if (behindSince == null) {
                behindSince = Instant.now();
                LOG.error("the copy of the key store in {} cannot be reached; keys made from now on stand in one place only, and what is erased stays in the "
                        + "copy until it can be reached again", folder.get(), e);
            }
            try {
                close();
            } catch (IllegalStateException broken) {
                LOG.warn("the copy of the key store could not be closed", broken);
            }
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
        String by = table.fact(KeyStore.CURRENT).orElse("");
        if (!to.fact(KeyStore.CURRENT).orElse(by).equals(by)) {
            // its keys are wrapped by one that was given up
            to.empty();
        }
        to.fact(KeyStore.CURRENT, by);
        // asked before what is kept is read: what is destroyed meanwhile may leave something that was not read, and is for the next time
        long upTo = table.lastGone();
        // what is kept is sealed under some of them
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
        // before the keys that it takes the place of: at no moment has the copy neither
        long kept = to.lastKept();
        while (true) {
            List<Kept> some = table.keptAfter(kept, BATCH);
            if (some.isEmpty()) {
                break;
            }
            to.together(() -> {
                to.keep(some);
                return 0;
            });
            kept = some.getLast().order();
        }
        long gone = to.lastGone();
        while (true) {
            List<Destroyed> some = table.goneAfter(gone, BATCH).stream().filter(one -> one.order() <= upTo).toList();
            if (some.isEmpty()) {
                break;
            }
            to.destroy(some);
            gone = some.getLast().order();
        }
    }

    /**
     * Fills the copy anew: what it held was wrapped by a key that is given up. The same file, because another process may have it open.
     *
     * @throws IllegalStateException when a copy is kept and cannot be reached
     */
    synchronized void anew() {
        demand();
        if (kept != null) {
            kept.empty();
            demand();
            kept.tidy();
        }
    }

    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
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
