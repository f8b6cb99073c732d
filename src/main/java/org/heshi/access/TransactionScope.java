package org.heshi.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.heshi.directory.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Tells PostgreSQL at the beginning of each transaction who acts. The settings end with the transaction; what follows outside of one
 * sees nothing of anybody's.
 */
@Component
class TransactionScope implements TransactionExecutionListener, InnerScope {

    private static final String SET = """
            select set_config('app.kind', ?, true), set_config('app.unit', ?, true), set_config('app.post', ?, true),
                   set_config('app.person', ?, true), set_config('app.scope', ?, true), set_config('app.roles', ?, true),
                   set_config('app.matter', ?, true), set_config('app.party', ?, true), set_config('app.acted', '', true)
            """;
    private static final String SET_BY_KEYS = SET.strip() + ", set_config('plan_cache_mode', 'force_generic_plan', true)";

    private final DataSource dataSource;

    TransactionScope(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
        if (failure == null) {
            apply(Acting.current(), BY_KEYS.equals(transaction.getTransactionName()) ? SET_BY_KEYS : SET);
            Acting.opened().ifPresent(this::open);
        }
    }

    /** Only the one page that shows such a matter pays for this. */
    private void open(UUID matter) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction read only");
            statement.execute("select set_config('app.opened', '" + matter + "', true)");
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the scope of a transaction could not be set", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    @Override
    public void as(Actor.Machine machine, Runnable something) {
        apply(machine, SET);
        Acting.run(machine, something);
        apply(Acting.current(), SET);
    }

    private void apply(Actor actor, String statement) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try (PreparedStatement set = connection.prepareStatement(statement)) {
            String[] values = settings(actor);
            for (int i = 0; i < values.length; i++) {
                set.setString(i + 1, values[i]);
            }
            set.execute();
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the scope of a transaction could not be set", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /** In the order of the statement: kind, unit, post, person, scope, roles, matter, party. */
    static String[] settings(Actor actor) {
        return switch (actor) {
            case Actor.Passerby _ -> new String[] {"passerby", "", "", "", "", "", "", ""};
            case Actor.Resident r -> new String[] {"resident", "", "", "", "", "", r.matter().toString(), Integer.toString(r.party())};
            case Actor.Staff s -> new String[] {"staff", s.unit().toString(), s.post().toString(), s.person().toString(), s.scope(),
                    s.roles().stream().map(Role::code).sorted().collect(Collectors.joining(",")), "", ""};
            // the program in the place of the post; its unit is no unit whose matters it sees
            case Actor.Client c -> new String[] {"client", "", c.client().toString(), "", "", "", "", ""};
            case Actor.Machine m -> new String[] {"machine", "", "", "", "", m.name(), "", ""};
        };
    }
}
