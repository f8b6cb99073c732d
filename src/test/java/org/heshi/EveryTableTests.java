package org.heshi;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.heshi.boot.database.Server;
import org.heshi.matters.Hall;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

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
        assertThat(filled).as("tables that had rows to show").contains("matters.matter", "matters.entry", "matters.particular", "matters.holding");
        assertThat(shown).isEmpty();
    }

    private static boolean any(Statement s, String table) throws SQLException {
        try (ResultSet r = s.executeQuery("select 1 from " + table + " limit 1")) {
            return r.next();
        }
    }
}
