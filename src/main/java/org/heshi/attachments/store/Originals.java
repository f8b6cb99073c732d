package org.heshi.attachments.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.MatterLog;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What was sent in is more than the picture drawn of it: it may hold the place and the device. It is kept while nobody knows yet what the matter is, and
 * after that only in the kinds where it may be evidence; elsewhere it goes as soon as the matter is sorted (Personal Information Protection Law,
 * articles 6 and 19).
 */
@Component
class Originals {

    private static final String UNSORTED = "intake";

    private final JdbcClient jdbc;
    private final MatterLog log;
    private final Folder folder;
    private final Set<String> kinds;

    Originals(@Qualifier("follower") JdbcClient jdbc, MatterLog log, Folder folder, @Value("${heshi.matters.originals:dispute,petition}") Set<String> kinds) {
        this.jdbc = jdbc;
        this.log = log;
        this.folder = folder;
        this.kinds = Set.copyOf(kinds);
    }

    /** Whether after this entry originals may be let go that were kept before it. */
    static boolean mayDecide(LoggedEntry entry, boolean namesFiles) {
        boolean sorted = !entry.fromKind().map(entry.kind()::equals).orElse(false);
        boolean moved = !entry.fromState().map(entry.toState()::equals).orElse(false);
        return namesFiles || sorted || moved && entry.kind().equals(UNSORTED);
    }

    /** Called once the files of a batch are known: lets go the originals of these matters that nothing keeps. */
    void decide(Set<UUID> matters) {
        Set<UUID> done = log.wordless(matters).values().stream().filter(now -> !keeps(now)).map(MatterLog.Now::matter).collect(Collectors.toSet());
        if (!done.isEmpty()) {
            drop(done);
        }
    }

    private boolean keeps(MatterLog.Now now) {
        return kinds.contains(now.kind()) || now.kind().equals(UNSORTED) && !now.terminal();
    }

    private void drop(Set<UUID> matters) {
        List<UUID> kept = jdbc.sql("""
                select f.id from attachments.file f where f.original_kept and f.id in (select n.file from attachments.naming n where n.matter = any (?))
                """).param(matters.toArray(UUID[]::new)).query(UUID.class).list();
        for (UUID file : kept) {
            Set<UUID> others = new HashSet<>(jdbc.sql("select matter from attachments.naming where file = ?").param(file).query(UUID.class).list());
            others.removeAll(matters);
            Map<UUID, MatterLog.Now> elsewhere = log.wordless(others);
            if (elsewhere.values().stream().noneMatch(this::keeps)) {
                try {
                    folder.deleteOriginal(file);
                } catch (IOException e) {
                    throw new UncheckedIOException("an original could not be deleted", e);
                }
                jdbc.sql("update attachments.file set original_kept = false where id = ?").param(file).update();
            }
        }
    }
}
