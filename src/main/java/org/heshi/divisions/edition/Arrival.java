package org.heshi.divisions.edition;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.heshi.kernel.Uuid7;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes an edition into the register, whole or not at all: what is not there comes in from the edition's day on; what is there under
 * another name keeps its id, its old standing ends on that day and a new one begins; what is there already is left alone.
 */
@Component
public class Arrival {

    private static final int SENT_AT_ONCE = 1 << 16;

    private final JdbcClient jdbc;
    private final DataSource dataSource;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    Arrival(JdbcClient jdbc, DataSource dataSource, TransactionTemplate transactions, InstantSource clock) {
        this.jdbc = jdbc;
        this.dataSource = dataSource;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * What became of it.
     *
     * @param added   places that are new
     * @param renamed places whose name changed
     * @param same    places that stood so already
     * @param absent  places of the five statistical levels that stand and that the edition does not have; they were left standing
     */
    public record Outcome(int added, int renamed, int same, int absent) {
    }

    private record Renamed(UUID division, int row) {
    }

    /**
     * @param asOf     the day from which the edition holds
     * @param source   under which name the register remembers it
     * @param progress told how many more rows were sent
     * @throws BadEdition when a name differs from one that stands since the same day or a later one: the edition is not the newer
     */
    public Outcome takeIn(Edition edition, LocalDate asOf, String source, IntConsumer progress) {
        Outcome outcome = transactions.execute(tx -> inTransaction(edition, asOf, source, progress));
        return Objects.requireNonNull(outcome);
    }

    private Outcome inTransaction(Edition edition, LocalDate asOf, String source, IntConsumer progress) {
        long number = jdbc.sql("update divisions.edition set number = nextval('divisions.edition_number') returning number")
                .query(Long.class).single();
        BitSet known = new BitSet(edition.size());
        List<Renamed> renamed = new ArrayList<>();
        TreeMap<String, String> newer = new TreeMap<>();
        int[] absent = {0};
        jdbc.sql("select division, code, name, valid_from from divisions.standing where level <= 5 and valid_to = 'infinity'")
                .withFetchSize(10_000)
                .query(r -> {
                    int row = edition.rowOf(Long.parseLong(r.getString(2)));
                    if (row < 0) {
                        absent[0]++;
                        return;
                    }
                    known.set(row);
                    if (!edition.hasName(row, r.getString(3))) {
                        LocalDate since = r.getObject(4, LocalDate.class);
                        if (!since.isBefore(asOf)) {
                            newer.put(r.getString(2), "%s is \"%s\" in the file as of %s, but stands as \"%s\" since %s: give the day from which the file holds"
                                    .formatted(r.getString(2), edition.name(row), asOf, r.getString(3), since));
                            return;
                        }
                        renamed.add(new Renamed(r.getObject(1, UUID.class), row));
                    }
                });
        if (!newer.isEmpty()) {
            throw new BadEdition(newer.firstEntry().getValue() + (newer.size() > 1 ? " (and %,d more)".formatted(newer.size() - 1) : ""));
        }
        rename(edition, renamed, asOf, number);
        int added = edition.size() - known.cardinality();
        if (added > 0) {
            copy(edition, known, asOf, number, progress);
            jdbc.sql("insert into divisions.division (id) select division from divisions.standing s where edition = ? "
                    + "and not exists (select from divisions.division d where d.id = s.division)").param(number).update();
        }
        jdbc.sql("""
                        insert into divisions.loaded (source, places, at) values (?, ?, ?)
                        on conflict (source) do update set places = excluded.places, at = excluded.at
                        """)
                .params(source, edition.size(), clock.instant().atOffset(ZoneOffset.UTC)).update();
        return new Outcome(added, renamed.size(), known.cardinality() - renamed.size(), absent[0]);
    }

    /** In one statement, so that no child stands without its parent in between. */
    private void rename(Edition edition, List<Renamed> renamed, LocalDate asOf, long number) {
        for (int from = 0; from < renamed.size(); from += 10_000) {
            List<Renamed> some = renamed.subList(from, Math.min(from + 10_000, renamed.size()));
            jdbc.sql("""
                            with wanted as (select * from unnest(?::uuid[], ?::text[]) as w (division, name)),
                            ended as (
                              update divisions.standing s set valid_to = ?, edition = ? from wanted w
                              where s.division = w.division and s.valid_to = 'infinity'
                              returning s.division, s.code, w.name
                            )
                            insert into divisions.standing (division, code, name, valid_from, edition)
                            select division, code, name, ?, ? from ended
                            """)
                    .params(some.stream().map(Renamed::division).toArray(UUID[]::new), some.stream().map(r -> edition.name(r.row())).toArray(String[]::new),
                            asOf, number, asOf, number)
                    .update();
        }
    }

    private void copy(Edition edition, BitSet known, LocalDate asOf, long number, IntConsumer progress) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI()
                    .copyIn("copy divisions.standing (division, code, name, valid_from, edition) from stdin");
            try {
                StringBuilder rows = new StringBuilder(SENT_AT_ONCE + 200);
                String rest = "\t" + asOf + "\t" + number + "\n";
                int since = 0;
                for (int row = known.nextClearBit(0); row < edition.size(); row = known.nextClearBit(row + 1)) {
                    rows.append(Uuid7.at(clock.instant())).append('\t').append(edition.code(row)).append('\t')
                            .append(edition.name(row).replace("\\", "\\\\")).append(rest);
                    since++;
                    if (rows.length() > SENT_AT_ONCE) {
                        send(copy, rows);
                        progress.accept(since);
                        since = 0;
                    }
                }
                send(copy, rows);
                copy.endCopy();
                progress.accept(since);
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } catch (SQLException e) {
            throw new SQLErrorCodeSQLExceptionTranslator(dataSource).translate("taking in places", null, e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private static void send(CopyIn copy, StringBuilder rows) throws SQLException {
        byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        rows.setLength(0);
    }
}
