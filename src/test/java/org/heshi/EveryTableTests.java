package org.heshi;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Looks;
import org.heshi.boot.database.Server;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Role;
import org.heshi.directory.UnitType;
import org.heshi.matters.Hall;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Decision 4: every table is public, staff or owned, and what is owned shows nothing to who has not said who acts. */
@HeshiTest
class EveryTableTests {

    private static final String TABLES = """
            select n.nspname || '.' || c.relname as name, coalesce(obj_description(c.oid), '') as said, c.relrowsecurity as guarded,
                   has_table_privilege('heshi_app', c.oid, 'select') as read
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and n.nspname = any (?) and c.relname <> 'migration'
            order by 1
            """;

    @Autowired
    ApplicationContext context;
    @Autowired
    Server server;

    private record Table(String name, String said, boolean guarded, boolean read) {

        String klass() {
            return said.replaceFirst("(?s)^class: (public|staff|owned)\\b.*", "$1");
        }
    }

    private List<Table> tables() throws SQLException {
        try (Connection owner = server.connectAsOwner(); var s = owner.prepareStatement(TABLES)) {
            s.setArray(1, owner.createArrayOf("text", Server.ROOMS.toArray()));
            List<Table> tables = new ArrayList<>();
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    tables.add(new Table(r.getString("name"), r.getString("said"), r.getBoolean("guarded"), r.getBoolean("read")));
                }
            }
            return tables;
        }
    }

    @Test
    void saysItsClass() throws SQLException {
        List<Table> tables = tables();
        assertThat(tables).hasSizeGreaterThan(25);
        assertThat(tables).allSatisfy(t -> assertThat(t.klass()).as("class of %s", t.name()).isIn("public", "staff", "owned"));
    }

    @Test
    void isGuardedUnlessItIsPublic() throws SQLException {
        assertThat(tables()).filteredOn(t -> !t.klass().equals("public")).allSatisfy(t ->
                assertThat(t.guarded()).as("row-level security of %s", t.name()).isTrue());
    }

    @Test
    void showsNothingOwnedToWhoHasNotSaidWhoActs() throws SQLException {
        new Hall(context).accepted();
        List<String> filled = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        try (Connection app = server.connectAsApp(); Statement s = app.createStatement(); Connection all = server.connectAsOwner();
                Statement owner = all.createStatement()) {
            for (Table table : tables()) {
                if (table.klass().equals("public") || !table.read()) {
                    continue;
                }
                if (any(owner, table.name())) {
                    filled.add(table.name());
                }
                // a connection of the pool whose last transaction said who acted: the setting is left as an empty string
                s.execute("begin");
                s.execute("select set_config('app.kind', '', true), set_config('app.unit', '', true), set_config('app.scope', '', true), "
                        + "set_config('app.matter', '', true), set_config('app.party', '', true), set_config('app.post', '', true), "
                        + "set_config('app.person', '', true), set_config('app.roles', '', true)");
                boolean after = any(s, table.name());
                s.execute("rollback");
                if (after || any(s, table.name())) {
                    shown.add(table.name());
                }
            }
        }
        assertThat(filled).as("tables that had rows to show").contains("matters.matter", "matters.entry_row", "matters.particular", "matters.holding");
        assertThat(shown).isEmpty();
    }

    /**
     * Rows that are nobody's yet: an upload that no entry names belongs to whoever was told its unguessable id, and is thrown away within a day. A new entry
     * here is a decision.
     */
    private static final Map<String, String> SOMEBODYS = Map.of("attachments.file", "named");

    /** As the program's own role, whoever has nothing to do with anything here: no row of theirs, so every row that they read or could change is another's. */
    @Test
    void showsAndYieldsNobodyAnothersRows() throws SQLException {
        Hall hall = new Hall(context);
        UUID matter = hall.accepted().matter();
        Acting.run(hall.handler, () -> context.getBean(Looks.class).record(matter));
        // its rows in what follows the log are committed together with the places in it
        await(() -> one("select count(*) from matters.tally_of where matter = '%s'".formatted(matter)) > 0
                && one("select count(*) from notices.notice where matter = '%s'".formatted(matter)) > 0);
        County elsewhere = County.make(context);
        Map<String, Actor> strangers = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            strangers.put(role.code(), elsewhere.actor(elsewhere.hire(elsewhere.centre, "table-" + role.code(), role)));
        }
        strangers.put("every role of a department", elsewhere.actor(elsewhere.hire(elsewhere.water, "table-all", Role.values())));
        strangers.put("an administrator here", new Actor.Staff(new HeldPost(UUID.randomUUID(), "管理岗", UUID.randomUUID(), "某人", hall.works.id(), hall.works.name(),
                UnitType.DEPARTMENT, hall.county, Set.of(Role.ADMINISTRATOR), false)));
        strangers.put("a resident of another matter", new Actor.Resident(UUID.randomUUID(), 1));
        strangers.put("another program", new Actor.Client(UUID.randomUUID(), hall.works.id(), Set.of("report", "follow")));
        strangers.put("a passerby", new Actor.Passerby());
        List<String> shown = new ArrayList<>();
        Set<String> filled = new TreeSet<>();
        int cells = 0;
        JdbcClient jdbc = context.getBean(JdbcClient.class);
        TransactionTemplate transactions = context.getBean(TransactionTemplate.class);
        List<Table> owned = tables().stream().filter(t -> t.klass().equals("owned")).toList();
        for (Table table : owned) {
            if (one("select count(*) from (select from " + table.name() + " limit 1) x") > 0) {
                filled.add(table.name());
            }
            for (String what : List.of("select", "update", "delete")) {
                Optional<String> statement = Acting.as(new Actor.Machine("test"), () -> transactions.execute(_ -> statement(jdbc, table.name(), what)));
                for (Map.Entry<String, Actor> stranger : strangers.entrySet()) {
                    cells++;
                    if (statement.isEmpty()) {
                        continue;
                    }
                    long rows = Acting.as(stranger.getValue(), () -> transactions.<Long>execute(status -> {
                        status.setRollbackOnly();
                        return touched(jdbc, statement.get());
                    }));
                    if (rows > 0) {
                        shown.add(stranger.getKey() + ": " + what + " " + table.name() + " touches " + rows);
                    }
                }
            }
        }
        System.out.printf("Another's rows by bare SQL: %,d cells, %d owned tables (%d with rows in them), %d strangers.%n", cells, owned.size(), filled.size(), strangers.size());
        assertThat(filled).contains("matters.matter", "matters.entry_row", "matters.particular", "matters.holding", "matters.party", "matters.clock", "matters.tally_of",
                "notices.notice", "access.look");
        assertThat(shown).isEmpty();
    }

    /** The statement, or none where the program's role, which is the same whoever acts, has not even the right. */
    private static Optional<String> statement(JdbcClient jdbc, String table, String what) {
        String column = jdbc.sql("""
                select a.attname from pg_attribute a where a.attrelid = ?::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                  and (? <> 'update' or has_column_privilege(a.attrelid, a.attnum, 'update')) order by a.attnum limit 1""").param(table).param(what)
                .query(String.class).optional().orElse("");
        // what is updated is read, too; the right to update it is that of the column
        boolean may = !column.isEmpty() && jdbc.sql("select has_table_privilege(?::regclass, ?)").params(table, what.equals("update") ? "select" : what)
                .query(Boolean.class).single();
        if (!may) {
            return Optional.empty();
        }
        String where = " where " + SOMEBODYS.getOrDefault(table, "true");
        return Optional.of(switch (what) {
            case "select" -> "select count(*) from (select from " + table + where + " limit 100) x";
            case "update" -> "update " + table + " set " + column + " = " + column + where;
            default -> "delete from " + table + where;
        });
    }

    /** How many rows of the table the statement touches. */
    private static long touched(JdbcClient jdbc, String statement) {
        return statement.startsWith("select") ? jdbc.sql(statement).query(Long.class).single() : jdbc.sql(statement).update();
    }

    private long one(String sql) {
        try (Connection owner = SuperuserConnection.open(context); Statement s = owner.createStatement(); ResultSet r = s.executeQuery(sql)) {
            r.next();
            return r.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(java.util.function.BooleanSupplier so) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!so.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000L);
        }
    }

    private static boolean any(Statement s, String table) throws SQLException {
        try (ResultSet r = s.executeQuery("select 1 from " + table + " limit 1")) {
            return r.next();
        }
    }
}
