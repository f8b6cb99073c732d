package org.heshi.search.index;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.heshi.matters.MatterLog.Now;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The folder of the index, {@code index} in the data folder. It is opened when it is first needed, read through once, and thrown away when it is
 * missing, damaged, of another format or asked to be: then it stands at position 0 and the log fills it again. Its position in the log is
 * committed together with its documents.
 */
@Component
public class Shelf implements DisposableBean {

    /** To be raised whenever what a document holds or how words are cut changes. */
    static final String FORMAT = "heshi-2";
    private static final String FORMAT_KEY = "format";
    private static final String POSITION_KEY = "position";
    private static final long COMMIT_EVERY_NANOS = 2_000_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

    private final Path folder;
    private final Path wish;
    private @Nullable FSDirectory directory;
    private @Nullable IndexWriter writer;
    private @Nullable SearcherManager searchers;
    private long position;
    private boolean dirty;
    private boolean deleted;
    private long committedAt = System.nanoTime();

    @Autowired
    Shelf(@Value("${heshi.data:./data}") Path data) {
        this.folder = data.toAbsolutePath().normalize().resolve("index");
        this.wish = folder.resolveSibling("index.rebuild");
    }

    public Path folder() {
        return folder;
    }

    /** The position that the documents are of. Opens the index if it is not open; commits what is old enough; heeds the wish to rebuild. */
    synchronized long position() {
        open();
        if (dirty && System.nanoTime() - committedAt > COMMIT_EVERY_NANOS) {
            healing(this::commit);
        }
        if (Files.exists(wish)) {
            LOG.info("the search index is rebuilt because it was asked for");
            again();
        }
        return position;
    }

    /** Takes the matters as they stand now, and the scopes that some had before; {@code gone} ones leave. Seen by the next search. */
    synchronized void put(Collection<Now> matters, Map<UUID, String> before, Collection<UUID> gone, long upTo) {
        open();
        healing(() -> {
            IndexWriter to = java.util.Objects.requireNonNull(writer);
            for (Now now : matters) {
                to.updateDocument(new Term(Doc.ID, now.matter().toString()), Doc.of(now, before.getOrDefault(now.matter(), now.scope())));
            }
            for (UUID matter : gone) {
                to.deleteDocuments(new Term(Doc.ID, matter.toString()));
            }
            position = upTo;
            dirty = true;
        });
    }

    /** The matter is in no search any more; its words leave the disk with {@link #rewrite()}. */
    synchronized void forget(UUID matter) {
        open();
        healing(() -> {
            java.util.Objects.requireNonNull(writer).deleteDocuments(new Term(Doc.ID, matter.toString()));
            deleted = true;
            commit();
        });
    }

    /** Writes every segment anew that holds something deleted, so that nothing of it is left in the folder. */
    void rewrite() {
        synchronized (this) {
            open();
            if (!deleted && !java.util.Objects.requireNonNull(writer).hasDeletions()) {
                return;
            }
            deleted = false;
        }
        healing(() -> {
            // not under our lock: it may take long, and searching and indexing go on meanwhile
            IndexWriter to = java.util.Objects.requireNonNull(writer);
            to.forceMergeDeletes(true);
            synchronized (this) {
                commit();
            }
            SearcherManager from = java.util.Objects.requireNonNull(searchers);
            from.maybeRefreshBlocking();
            to.deleteUnusedFiles();
        });
    }

    interface Search<T> {
        T in(IndexSearcher searcher) throws IOException;
    }

    /** Searches in what was last put. When the index turns out to be damaged it is thrown away and the search is done in the new, empty one. */
    <T> T search(Search<T> search) {
        for (int tries = 0; ; tries++) {
            SearcherManager from;
            synchronized (this) {
                open();
                from = java.util.Objects.requireNonNull(searchers);
            }
            try {
                // what was put since is made visible when somebody looks: doing it with every batch would write a small segment each time
                from.maybeRefreshBlocking();
                IndexSearcher searcher = from.acquire();
                try {
                    return search.in(searcher);
                } finally {
                    from.release(searcher);
                }
            } catch (IOException | AlreadyClosedException e) {
                if (tries > 1) {
                    throw new IllegalStateException("the search index cannot be read", e);
                }
                synchronized (this) {
                    // Unless somebody else found it first and there is a new one already.
                    if (from == searchers) {
                        LOG.warn("the search index is damaged and is rebuilt: {}", e.toString());
                        again();
                    }
                }
            }
        }
    }

    /** Throws the index away and begins at position 0. */
    synchronized void again() {
        try {
            shut();
            wipe();
            Files.deleteIfExists(wish);
            start();
        } catch (IOException e) {
            throw new UncheckedIOException("the search index in " + folder + " cannot be made", e);
        }
    }

    /** Asks the program that works on this folder to rebuild it. */
    public void wishRebuild() throws IOException {
        Files.createDirectories(folder.getParent());
        Files.writeString(wish, "");
    }

    private void open() {
        if (writer != null && writer.isOpen()) {
            return;
        }
        try {
            shut();
            start();
            whole();
        } catch (CorruptIndexException | IndexFormatTooOldException | IndexFormatTooNewException | EOFException | FileSystemException
                | IllegalArgumentException e) {
            if (e instanceof java.nio.file.AccessDeniedException denied) {
                throw new UncheckedIOException("the search index in " + folder + " may not be opened", denied);
            }
            LOG.warn("the search index is rebuilt: {}", e.toString());
            again();
        } catch (IOException e) {
            throw new UncheckedIOException("the search index in " + folder + " cannot be opened", e);
        }
    }

    private void start() throws IOException {
        Files.createDirectories(folder);
        directory = FSDirectory.open(folder);
        position = 0;
        if (DirectoryReader.indexExists(directory)) {
            Map<String, String> data = SegmentInfos.readLatestCommit(directory).getUserData();
            if (!FORMAT.equals(data.get(FORMAT_KEY))) {
                throw new CorruptIndexException("of another format than " + FORMAT, folder.toString());
            }
            position = Long.parseLong(data.getOrDefault(POSITION_KEY, "0"));
        } else {
            try (Stream<Path> left = Files.list(folder)) {
                if (left.anyMatch(file -> !file.endsWith(IndexWriter.WRITE_LOCK_NAME))) {
                    throw new CorruptIndexException("files without a commit", folder.toString());
                }
            }
        }
        writer = new IndexWriter(directory, new IndexWriterConfig().setOpenMode(IndexWriterConfig.OpenMode.CREATE_OR_APPEND).setRAMBufferSizeMB(16)
                .setMergePolicy(new TieredMergePolicy().setForceMergeDeletesPctAllowed(0)));
        searchers = new SearcherManager(writer, null);
        dirty = false;
    }

    /** Reads every byte once: a damaged file is found at the start and not in the middle of somebody's search. */
    private void whole() throws IOException {
        SearcherManager from = java.util.Objects.requireNonNull(searchers);
        IndexSearcher searcher = from.acquire();
        try {
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                leaf.reader().checkIntegrity();
            }
        } finally {
            from.release(searcher);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void healing(Work work) {
        try {
            work.run();
        } catch (CorruptIndexException | EOFException | java.nio.file.NoSuchFileException | AlreadyClosedException e) {
            LOG.warn("the search index is damaged and is rebuilt: {}", e.toString());
            again();
        } catch (IOException e) {
            throw new UncheckedIOException("the search index in " + folder + " cannot be written", e);
        }
    }

    private void commit() throws IOException {
        IndexWriter to = java.util.Objects.requireNonNull(writer);
        to.setLiveCommitData(Map.of(FORMAT_KEY, FORMAT, POSITION_KEY, Long.toString(position)).entrySet());
        to.commit();
        dirty = false;
        committedAt = System.nanoTime();
    }

    private void shut() throws IOException {
        if (searchers != null) {
            searchers.close();
            searchers = null;
        }
        if (writer != null) {
            writer.rollback();
            writer = null;
        }
        if (directory != null) {
            directory.close();
            directory = null;
        }
    }

    /** Never under the hands of another process: whoever holds the lock works on it. */
    private void wipe() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.deleteIfExists(folder);
            return;
        }
        try (FSDirectory mine = FSDirectory.open(folder); Lock _ = mine.obtainLock(IndexWriter.WRITE_LOCK_NAME);
                Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> !file.endsWith(IndexWriter.WRITE_LOCK_NAME)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public synchronized void destroy() throws IOException {
        if (writer != null && writer.isOpen()) {
            commit();
        }
        shut();
    }
}
