package org.heshi.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.heshi.directory.Role;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Tells PostgreSQL at the beginning of each transaction who acts. The settings end with the transaction; what follows outside of one
 * sees nothing of anybody's.
 */
@Component
class TransactionScope implements TransactionExecutionListener, InnerScope, FirstQuestion {

    private static final String SET = """
            select set_config('app.kind', ?, true), set_config('app.unit', ?, true), set_config('app.post', ?, true),
                   set_config('app.person', ?, true), set_config('app.scope', ?, true), set_config('app.roles', ?, true),
                   set_config('app.matter', ?, true), set_config('app.party', ?, true), set_config('app.acted', '', true)
            """;
    private static final String SET_BY_KEYS = SET.strip() + ", set_config('plan_cache_mode', 'force_generic_plan', true)";

    /** The driver would send it in a way of its own, and wait for that, before the first statement. */
    private static final String BEGIN = "begin; ";
    private static final String BEGIN_READ_ONLY = "begin read only; ";

    private final DataSource dataSource;
    private final JdbcTemplate template;

    TransactionScope(DataSource dataSource) {
        this.dataSource = dataSource;
        template = new JdbcTemplate(dataSource);
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
        String name = transaction.getTransactionName();
        if (failure == null && (!TRANSACTION.equals(name) || Acting.opened().isPresent())) {
            apply(Acting.current(), BY_KEYS.equals(name) || TRANSACTION.equals(name) ? SET_BY_KEYS : SET);
            Acting.opened().ifPresent(this::open);
        }
    }

    @Override
    public <T> T ask(String question, Parameters parameters, Answer<T> answer) {
        return Objects.requireNonNull(template.execute((ConnectionCallback<T>) connection -> {
            String begin = begin(connection);
            String[] who = begin.isEmpty() ? new String[0] : settings(Acting.current());
            try (PreparedStatement statement = connection.prepareStatement(begin.isEmpty() ? question : begin + SET_BY_KEYS + "; " + question)) {
                set(statement, who);
                parameters.set(statement, who.length + 1);
                send(connection, statement, begin);
                for (int passed = 0; passed < (begin.isEmpty() ? 0 : 2); passed++) {
                    statement.getMoreResults();
                }
                return answer.read(statement);
            }
        }));
    }

    /** What begins the transaction on that connection; empty when it has begun, or when there is to be none. */
    private static String begin(Connection connection) throws SQLException {
        return connection.getAutoCommit() || connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE ? ""
                : connection.isReadOnly() ? BEGIN_READ_ONLY : BEGIN;
    }

    /** Sends a statement that begins with {@code begin}: only of one that stands alone does the driver think that it needs none before it. */
    private static void send(Connection connection, PreparedStatement statement, String begin) throws SQLException {
        if (begin.isEmpty()) {
            statement.execute();
            return;
        }
        connection.setAutoCommit(true);
        try {
            statement.execute();
        } finally {
            connection.setAutoCommit(false);
        }
    }

    private static void set(PreparedStatement statement, String[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setString(i + 1, values[i]);
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
        try {
            String begin = begin(connection);
            try (PreparedStatement set = connection.prepareStatement(begin + statement)) {
                set(set, settings(actor));
                send(connection, set, begin);
            }
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
