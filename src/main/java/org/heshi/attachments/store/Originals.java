package org.heshi.attachments.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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

    /** Called for each entry, once its files are known: whether what it may have decided lets originals go. */
    void decide(LoggedEntry entry, boolean namesFiles) {
        boolean sorted = !entry.fromKind().map(entry.kind()::equals).orElse(false);
        boolean moved = !entry.fromState().map(entry.toState()::equals).orElse(false);
        if ((namesFiles || sorted || moved && entry.kind().equals(UNSORTED)) && !keeps(log.wordless(Set.of(entry.matter())).get(entry.matter()))) {
            drop(entry.matter());
        }
    }

    private boolean keeps(MatterLog.Now now) {
        return kinds.contains(now.kind()) || now.kind().equals(UNSORTED) && !now.terminal();
    }

    private void drop(UUID matter) {
        List<UUID> kept = jdbc.sql("""
                select f.id from attachments.file f where f.original_kept and exists (select from attachments.naming n where n.file = f.id and n.matter = ?)
                """).param(matter).query(UUID.class).list();
        for (UUID file : kept) {
            Set<UUID> others = new HashSet<>(jdbc.sql("select matter from attachments.naming where file = ? and matter <> ?").params(file, matter)
                    .query(UUID.class).list());
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
