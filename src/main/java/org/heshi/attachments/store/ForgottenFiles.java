package org.heshi.attachments.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.heshi.matters.Forgetting;
import org.heshi.matters.MatterLog;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Photos of a matter that is erased, or erased in part, go, rows and bytes, unless another matter names them too, as the part that was split off does. */
@Component
class ForgottenFiles implements Forgetting {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Folder folder;
    private final MatterLog log;

    ForgottenFiles(JdbcClient jdbc, TransactionTemplate transactions, Folder folder, MatterLog log) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.folder = folder;
        this.log = log;
    }

    @Override
    public String room() {
        return "attachments";
    }

    @Override
    public boolean forget(Forgotten matter) {
        return forget(matter.matter(), matter.files(), Set.of(), "select file from attachments.naming where matter = ?", matter.matter());
    }

    /** Some photos of a matter that stays: those that it still names stay as well. While nobody can say which these are, none goes. */
    @Override
    public boolean forgetPart(Part part) {
        return part.entries().isEmpty() || part.staying().isPresent() && forget(part.matter(), part.files(), part.staying().get(), "select file from attachments.naming where matter = ? and seq = any (?)",
                part.matter(), part.entries().toArray(Integer[]::new));
    }

    private boolean forget(UUID matter, Set<UUID> files, Set<UUID> staying, String more, Object... values) {
        long head = log.head();
        Set<UUID> named = new LinkedHashSet<>(files);
        List<UUID> mine = transactions.execute(_ -> {
            if (jdbc.sql("select position from attachments.reading").query(Long.class).single() < head) {
                // another matter might name one of them in what was not read yet
                return null;
            }
            named.addAll(jdbc.sql(more).params(values).query(UUID.class).list());
            named.removeAll(staying);
            UUID[] ids = named.toArray(UUID[]::new);
            return jdbc.sql("""
                    select id from attachments.file where id = any (?) and not exists (select from attachments.naming n where n.file = id and n.matter <> ?) for update
                    """).params(ids, matter).query(UUID.class).list();
        });
        if (mine == null) {
            return false;
        }
        // bytes first: a row without bytes is found again, bytes without a row never
        for (UUID file : mine) {
            try {
                folder.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException("a photo of an erased matter could not be deleted", e);
            }
        }
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("delete from attachments.naming where matter = ? and file = any (?)").params(matter, named.toArray(UUID[]::new)).update();
            jdbc.sql("delete from attachments.file where id = any (?)").param(Objects.requireNonNull(mine).toArray(UUID[]::new)).update();
        });
        return true;
    }
}
