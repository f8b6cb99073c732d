package org.heshi.attachments.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.matters.Follower;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.NamedFiles;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads in the log which entries name which files. From then on the matter says who sees them. */
@Component
class Namings implements Follower {

    /** How an entry's canonical content says that it commits to a file. */
    private static final String NAMES_A_FILE = "\"class\":\"file\"";

    private final JdbcClient jdbc;
    private final NamedFiles files;
    private final Originals originals;

    Namings(@Qualifier("follower") JdbcClient jdbc, NamedFiles files, Originals originals) {
        this.originals = originals;
        this.jdbc = jdbc;
        this.files = files;
    }

    @Override
    public String name() {
        return "attachments";
    }

    @Override
    public void follow(List<LoggedEntry> batch) {
        Set<UUID> decided = new HashSet<>();
        for (LoggedEntry entry : batch) {
            boolean names = entry.content().contains(NAMES_A_FILE);
            if (names) {
                Acting.run(new Actor.Machine("attachments"), () -> name(entry));
            }
            if (Originals.mayDecide(entry, names)) {
                decided.add(entry.matter());
            }
        }
        originals.decide(decided);
        jdbc.sql("update attachments.reading set position = ?").param(batch.getLast().position()).update();
    }

    private void name(LoggedEntry entry) {
        for (NamedFiles.Named file : files.of(entry.matter())) {
            if (file.seq() == entry.seq()) {
                int known = jdbc.sql("update attachments.file set named = true, name = null where id = ?").param(file.file()).update();
                if (known == 1) {
                    jdbc.sql("insert into attachments.naming (file, matter, seq) values (?, ?, ?) on conflict do nothing")
                            .params(file.file(), entry.matter(), entry.seq()).update();
                }
            }
        }
    }
}
