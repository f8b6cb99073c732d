package org.heshi.matters.generate;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.heshi.matters.log.Digests;
import org.heshi.matters.log.Packed;
import org.heshi.matters.log.Step;
import org.heshi.matters.log.Steps;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedures;
import org.heshi.matters.seal.Seals;
import org.springframework.stereotype.Component;

/**
 * Writes disputes by COPY, as many as a province has: the rows that lists are read from, and of the open ones their title under seal. They have no log that verifies and
 * no follower reads of them: for benches of pages only, on a database that is there for nothing else.
 */
@Component
public class ManyCases {

    private static final byte[] EMPTY = Packed.pack("{}");

    private static final int CHUNK = 20_000;

    private final Procedures procedures;
    private final Seals seals;

    ManyCases(Procedures procedures, Seals seals) {
        this.procedures = procedures;
        this.seals = seals;
    }

    /** @param n its number in the order @param open with the committee; else closed */
    public record Case(int n, UUID id, Instant at, boolean open, UUID unit, String division) {
    }

    /** Who leads the case of that number, where, and whether it is open. */
    public interface Kind {
        Case of(int n, UUID id, Instant at);
    }

    public interface Then {
        void chunk(List<Case> cases) throws SQLException;
    }

    /** @param newest when the last one began; half a minute before it the one before */
    public void write(Connection owner, int from, int to, Instant newest, Kind kind, Then then) throws SQLException, IOException {
        owner.setAutoCommit(false);
        Procedure procedure = procedures.current("dispute");
        for (int start = from; start < to; start += CHUNK) {
            List<Case> chunk = new ArrayList<>(CHUNK);
            for (int n = start; n < Math.min(start + CHUNK, to); n++) {
                Instant at = newest.minus(Duration.ofSeconds(30).multipliedBy(to - n)).truncatedTo(ChronoUnit.MILLIS);
                chunk.add(kind.of(n, ManyMatters.id(at, new SplittableRandom(n * 0x9E3779B97F4A7C15L + 7)), at));
            }
            List<Case> open = chunk.stream().filter(Case::open).toList();
            List<UUID> keys = new ArrayList<>();
            List<UUID> openKeys = new ArrayList<>();
            chunk.forEach(one -> {
                // nothing of a closed one is sealed: its key is never asked for
                keys.add(one.open() ? seals.freshKey() : UUID.randomUUID());
                if (one.open()) {
                    openKeys.add(keys.getLast());
                }
            });
            int[] next = {0};
            CopiedRows.copy(owner, """
                    matters.matter (id, words_key, number, kind, procedure, state, terminal, turn, version, head, category, level, channel, division_code, scope_code,
                    lead, outcome, occurred_at, recorded_at, entered_at, last_at, closed_at, reopen_until, imported)""", chunk, (c, row) -> row.add(c.id(),
                    keys.get(next[0]++), ManyMatters.number(800, c.n(), c.at()), "dispute", procedure.version(), c.open() ? "mediating" : "closed", !c.open(),
                    c.open() ? "lead" : "none", 1, Digests.NOTHING, "0703", 0, "import", c.division(), c.division(), c.unit(), c.open() ? null : "agreed", c.at(), c.at(), c.at(), c.at(),
                    c.open() ? null : c.at(), c.open() ? null : c.at(), true));
            CopiedRows.copy(owner, "matters.holding (matter, unit, relation, division_code, turn, state, kind, level, since)", chunk, (c, row) -> row.add(c.id(), c.unit(), "lead",
                    c.division(), c.open(), c.open() ? "mediating" : null, c.open() ? "dispute" : null, c.open() ? 0 : null, c.open() ? c.at() : null));
            // long before the place of every follower, who passes them over
            Step imported = new Step("import", "dispute", procedure.version(), null, null, null, "mediating", null, "machine", List.of("reporter", "staff"));
            Steps.put(owner, List.of(imported));
            CopiedRows.copy(owner, "matters.entry_row (matter, seq, step, recorded_at, packed, digest_version, digest, xid)", open,
                    (c, row) -> row.add(c.id(), 1, imported.id(), c.at(), EMPTY, 1, Digests.NOTHING, 0));
            int[] sealed = {0};
            byte[] salt = ManyMatters.salt(new SplittableRandom(start));
            CopiedRows.copy(owner, "matters.particular (matter, field, seq, ordinal, party, class, sealed)", open, (c, row) -> row.add(c.id(), "title", 1, 0, null, "words",
                    seals.seal(openKeys.get(sealed[0]++), c.id(), 1, "title", 0, salt, "邻里院墙纠纷" + c.n())));
            then.chunk(chunk);
            owner.commit();
        }
    }
}
