package org.heshi.boot.upgrade;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.heshi.kernel.CannotStart;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/**
 * Fills a database whose schemas are made already with the rows of another one. Foreign keys and indexes are made after the rows, so that the server
 * itself checks every key; then every table is read back and compared by number of rows and digest.
 *
 * <p>Transaction ids belong to the cluster they were given in (docs/decisions/0002). Entries that have their position get the oldest id there is, which
 * comes before everything here; those that still wait for it keep their order among themselves.
 */
final class CopyOver {

    private final Connection from;
    private final Connection to;
    private final Consumer<String> out;

    /** A table with the columns that are copied. @param reading how the old database is asked for them */
    private record Table(String name, String columns, String reading) {
    }

    /** Both as superuser. */
    CopyOver(Connection from, Connection to, Consumer<String> out) {
        this.from = from;
        this.to = to;
        this.out = out;
    }

    /** @return rows copied */
    long copy() throws SQLException {
        if (!lines(from, "select oid::text from pg_largeobject_metadata limit 1").isEmpty()) {
            throw CannotStart.because("The database holds large objects, which the program never makes and this command does not copy.");
        }
        long rows = 0;
        try (Statement old = from.createStatement(); Statement s = to.createStatement()) {
            // one moment for all tables; nobody else works on it, but nobody else is to be trusted with that
            old.execute("begin isolation level repeatable read");
            old.execute("set search_path = ''");
            s.execute("set search_path = ''");
            // no trigger fires, no foreign key is looked at row by row
            s.execute("set session_replication_role = replica");
            List<Table> tables = tables();
            List<String> after = setAside(s);
            s.execute("truncate " + String.join(", ", tables.stream().map(Table::name).toList()));
            List<RowSum> sums = new ArrayList<>();
            for (Table table : tables) {
                RowSum sum = copy(table);
                sums.add(sum);
                rows += sum.rows();
                if (sum.rows() > 0) {
                    out.accept("%s: %,d rows".formatted(table.name(), sum.rows()));
                }
            }
            for (String line : lines(from, """
                    select format('select setval(%L, %s, true)', quote_ident(schemaname) || '.' || quote_ident(sequencename), last_value)
                    from pg_sequences where last_value is not null""")) {
                s.execute(line);
            }
            out.accept("indexes and foreign keys");
            for (String statement : after) {
                s.execute(statement);
            }
            for (String view : lines(to, "select format('%I.%I', schemaname, matviewname) from pg_matviews")) {
                s.execute("refresh materialized view " + view);
            }
            out.accept("comparing");
            for (int i = 0; i < tables.size(); i++) {
                Table table = tables.get(i);
                RowSum there = new RowSum();
                read(to, "copy (select " + table.columns() + " from " + table.name() + ") to stdout", there::add);
                RowSum sum = sums.get(i);
                if (!sum.same(there)) {
                    throw CannotStart.because("The table %s came over differently: %,d rows were read, %,d are there, or their content is not the same."
                            .formatted(table.name(), sum.rows(), there.rows()));
                }
            }
            s.execute("analyze");
            old.execute("rollback");
        }
        return rows;
    }

    private List<Table> tables() throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (PreparedStatement s = from.prepareStatement("""
                select format('%I.%I', n.nspname, c.relname),
                       string_agg(quote_ident(attname), ', ' order by attnum),
                       string_agg(case when atttypid = 'xid8'::regtype then format(?, attname) else quote_ident(attname) end, ', ' order by attnum)
                from pg_class c join pg_namespace n on n.oid = c.relnamespace
                join pg_attribute on attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = ''
                where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
                group by n.nspname, c.relname order by 1""")) {
            s.setString(1, waiting());
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    tables.add(new Table(r.getString(1), r.getString(2), r.getString(3)));
                }
            }
        }
        return tables;
    }

    /** How a transaction id is read; the new cluster is made to be past all that come out of it. */
    private String waiting() throws SQLException {
        List<String> after = new ArrayList<>();
        if (!lines(from, "select 1::text where to_regclass('matters.sequencer') is not null").isEmpty()) {
            after = lines(from, """
                    select distinct on (xid) xid::text from matters.entry where xid > (select s.xid from matters.sequencer s) order by xid""");
        }
        long past = 3L + after.size();
        try (Statement s = to.createStatement()) {
            long now;
            do {
                try (ResultSet r = s.executeQuery("select pg_current_xact_id()::text::bigint")) {
                    r.next();
                    now = r.getLong(1);
                }
            } while (now <= past);
        }
        StringBuilder branches = new StringBuilder();
        for (int i = 0; i < after.size(); i++) {
            branches.append("when %1$I = '").append(after.get(i)).append("' then '").append(4 + i).append("'::xid8 ");
        }
        return "case " + branches + "when %1$I is not null then '3'::xid8 end";
    }

    /** Takes foreign keys and plain indexes away. @return what makes them again, indexes first */
    private List<String> setAside(Statement s) throws SQLException {
        String foreign = """
                from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace where k.contype = 'f' and k.conparentid = 0""";
        String plain = """
                from pg_index i join pg_class x on x.oid = i.indexrelid join pg_namespace n on n.oid = x.relnamespace
                where n.nspname !~ '^pg_' and not x.relispartition and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype <> 'f')
                  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = i.indrelid and d.deptype = 'e')""";
        List<String> again = new ArrayList<>(lines(to, "select pg_get_indexdef(i.indexrelid) " + plain));
        again.addAll(lines(to, "select format('alter table %I.%I add constraint %I %s', n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid)) " + foreign));
        for (String drop : lines(to, "select format('alter table %I.%I drop constraint %I', n.nspname, c.relname, k.conname) " + foreign)) {
            s.execute(drop);
        }
        for (String drop : lines(to, "select format('drop index %I.%I', n.nspname, x.relname) " + plain)) {
            s.execute(drop);
        }
        return again;
    }

    private RowSum copy(Table table) throws SQLException {
        RowSum sum = new RowSum();
        CopyIn in = to.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table.name() + " (" + table.columns() + ") from stdin");
        try {
            read(from, "copy (select " + table.reading() + " from " + table.name() + ") to stdout", row -> {
                sum.add(row);
                in.writeToCopy(row, 0, row.length);
            });
            in.endCopy();
        } finally {
            if (in.isActive()) {
                in.cancelCopy();
            }
        }
        return sum;
    }

    private interface Row {
        void take(byte[] row) throws SQLException;
    }

    private static void read(Connection c, String statement, Row each) throws SQLException {
        CopyOut rows = c.unwrap(PGConnection.class).getCopyAPI().copyOut(statement);
        try {
            for (byte[] row = rows.readFromCopy(); row != null; row = rows.readFromCopy()) {
                each.take(row);
            }
        } finally {
            if (rows.isActive()) {
                rows.cancelCopy();
            }
        }
    }

    /** What only the old database has, and what only the new one has. */
    static @Nullable String difference(Set<String> old, Set<String> made) {
        Set<String> lost = new HashSet<>(old);
        lost.removeAll(made);
        Set<String> extra = new HashSet<>(made);
        extra.removeAll(old);
        if (lost.isEmpty() && extra.isEmpty()) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        lost.stream().sorted().limit(20).forEach(line -> text.append("\n  only in the old one: ").append(line.lines().findFirst().orElse("")));
        extra.stream().sorted().limit(20).forEach(line -> text.append("\n  only in the new one: ").append(line.lines().findFirst().orElse("")));
        return text.toString();
    }

    static List<String> lines(Connection c, String question) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement s = c.createStatement(); ResultSet r = s.executeQuery(question)) {
            while (r.next()) {
                lines.add(r.getString(1));
            }
        }
        return lines;
    }
}
