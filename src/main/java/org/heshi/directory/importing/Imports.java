package org.heshi.directory.importing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Roster;
import org.heshi.directory.desk.Days;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Uuid7;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** From the upload by way of the preview to the entry. The file waits in the database, so that any node may confirm what another one showed. */
@Component
class Imports {

    private static final Duration KEPT = Duration.ofDays(1);
    private static final int PROBLEMS_SHOWN = 200;

    sealed interface Uploading {

        record Kept(UUID id) implements Uploading {
        }

        record Refused(List<Refusal> refusals) implements Uploading {
        }
    }

    private record Upload(String filename, byte[] content) {
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Planner planner;
    private final Roster roster;
    private final InstantSource clock;

    Imports(JdbcClient jdbc, TransactionTemplate transactions, Planner planner, Roster roster, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.planner = planner;
        this.roster = roster;
        this.clock = clock;
    }

    Uploading upload(HeldPost by, String filename, byte[] content) {
        if (Spreadsheet.read(content) instanceof Spreadsheet.Reading.Unreadable(Refusal refusal)) {
            return new Uploading.Refused(List.of(refusal));
        }
        Instant now = clock.instant();
        UUID id = Uuid7.at(now);
        String shown = filename.codePoints().filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE
                && Character.getType(c) != Character.FORMAT).limit(150)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("delete from directory.upload where at < ?").param(Days.at(now.minus(KEPT))).update();
            jdbc.sql("insert into directory.upload (id, person, at, filename, content) values (?, ?, ?, ?, ?)")
                    .params(id, by.person(), Days.at(now), shown, content).update();
        });
        return new Uploading.Kept(id);
    }

    /** @throws NoSuchElementException when the upload is not this person's, or was confirmed, discarded or forgotten */
    Preview preview(HeldPost by, UUID id) {
        Upload upload = get(id);
        return preview(upload.filename(), plan(by, upload));
    }

    /** Enters what is sound, as it is found now, and forgets the file. */
    Preview confirm(HeldPost by, UUID id) {
        return transactions.execute(_ -> {
            // Taken away first: of two clicks one finds it.
            Upload upload = jdbc.sql("delete from directory.upload where id = ? returning filename, content").param(id)
                    .query((row, _) -> new Upload(row.getString(1), row.getBytes(2))).optional()
                    .orElseThrow(() -> new NoSuchElementException("no such upload"));
            Planner.Plan plan = plan(by, upload);
            roster.enter(plan.entries());
            return preview(upload.filename(), plan);
        });
    }

    void discard(UUID id) {
        transactions.executeWithoutResult(_ -> jdbc.sql("delete from directory.upload where id = ?").param(id).update());
    }

    private Planner.Plan plan(HeldPost by, Upload upload) {
        return switch (Spreadsheet.read(upload.content())) {
            case Spreadsheet.Reading.Read read -> planner.plan(by, read.tables());
            case Spreadsheet.Reading.Unreadable(Refusal refusal) -> throw new IllegalStateException("was readable when it came: " + refusal.code());
        };
    }

    private Upload get(UUID id) {
        return transactions.execute(_ -> jdbc.sql("select filename, content from directory.upload where id = ?").param(id)
                .query((row, _) -> new Upload(row.getString(1), row.getBytes(2))).optional())
                .orElseThrow(() -> new NoSuchElementException("no such upload"));
    }

    private static Preview preview(String filename, Planner.Plan plan) {
        Roster.Entries entries = plan.entries();
        List<Problem> problems = plan.problems();
        return new Preview(filename, entries.units().size(), entries.posts().size(), entries.people().size(), entries.rules().size(), plan.known(),
                problems.subList(0, Math.min(problems.size(), PROBLEMS_SHOWN)), Math.max(0, problems.size() - PROBLEMS_SHOWN));
    }
}
