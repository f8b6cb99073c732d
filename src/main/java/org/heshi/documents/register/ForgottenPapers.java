package org.heshi.documents.register;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.attachments.SealedFiles;
import org.heshi.documents.seal.KeptSeals;
import org.heshi.matters.Forgetting;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the papers of an erased matter, or of one of which a part was erased, say goes. Their rows stay, which hold number, kind, unit, times and digests: the row of numbers keeps its lack of gaps,
 * and whoever holds a paper can still have it checked.
 */
@Component
class ForgottenPapers implements Forgetting {

    private static final Duration UNFINISHED = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final SealedFiles files;
    private final KeptSeals seals;
    private final InstantSource clock;

    ForgottenPapers(JdbcClient jdbc, TransactionTemplate transactions, SealedFiles files, KeptSeals seals, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.files = files;
        this.seals = seals;
        this.clock = clock;
    }

    @Override
    public String room() {
        return "documents";
    }

    @Override
    public boolean forget(Forgotten matter) {
        return forget(matter.matter());
    }

    /** Nobody can say which papers hold words that went: all of the matter go, and are issued anew from what stays. */
    @Override
    public boolean forgetPart(Part part) {
        return forget(part.matter());
    }

    private boolean forget(UUID matter) {
        List<UUID> mine = Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("""
                select v.file from documents.version v join documents.paper p on p.id = v.paper where p.matter = :matter
                union all select file from documents.case_file where matter = :matter
                """).param("matter", matter).query(UUID.class).list()));
        // bytes first: a row without bytes is found again, bytes without a row only by the daily round
        for (UUID file : mine) {
            try {
                files.forget(file);
            } catch (IOException e) {
                throw new UncheckedIOException("a paper of an erased matter could not be deleted", e);
            }
        }
        transactions.executeWithoutResult(_ -> {
            var now = clock.instant().atOffset(ZoneOffset.UTC);
            jdbc.sql("update documents.paper set forgotten_at = ? where matter = ? and forgotten_at is null").params(now, matter).update();
            jdbc.sql("update documents.case_file set forgotten_at = ? where matter = ? and forgotten_at is null").params(now, matter).update();
        });
        return true;
    }

    /** The program may have been killed after a file was written and before its row was committed. */
    @Override
    public void sweep() {
        try {
            files.forgetUnknown(clock.instant().minus(UNFINISHED), this::known);
        } catch (IOException e) {
            throw new UncheckedIOException("papers that were never issued could not be deleted", e);
        }
    }

    private Set<UUID> known(Collection<UUID> ids) {
        return Acting.as(new Actor.Machine("documents"), () -> Objects.requireNonNull(transactions.execute(_ -> {
            UUID[] asked = ids.toArray(UUID[]::new);
            Set<UUID> known = new HashSet<>(jdbc.sql("select file from documents.version where file = any (:ids) union all select file from documents.case_file where file = any (:ids)")
                    .param("ids", asked).query(UUID.class).list());
            known.addAll(seals.keys(List.of(asked)));
            return known;
        })));
    }
}
