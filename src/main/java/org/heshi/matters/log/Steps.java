package org.heshi.matters.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Sees to it that what an entry's number stands for is there. */
@Component
public class Steps {

    private final JdbcClient jdbc;
    /** Those that were committed: they never go. */
    private final Set<Long> known = ConcurrentHashMap.newKeySet();

    Steps(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static final String PUT = """
            insert into matters.step (id, action, kind, procedure, from_kind, from_procedure, from_state, to_state, turn, actor_kind, audience)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing
            """;

    /** For who copies entries in by the thousand. */
    public static void put(Connection owner, Collection<Step> steps) throws SQLException {
        try (PreparedStatement s = owner.prepareStatement(PUT)) {
            for (Step step : new HashSet<>(steps)) {
                int at = 0;
                for (Object value : values(step)) {
                    s.setObject(++at, value instanceof String[] words ? owner.createArrayOf("text", words) : value);
                }
                s.addBatch();
            }
            s.executeBatch();
        }
    }

    private static List<@Nullable Object> values(Step step) {
        return Arrays.asList(step.id(), step.action(), step.kind(), step.procedure(), step.fromKind(), step.fromProcedure(), step.fromState(), step.to(), step.turn(),
                step.actorKind(), step.audience().toArray(String[]::new));
    }

    /** The number for an entry that this transaction writes. */
    public long id(Step step) {
        long id = step.id();
        if (!known.contains(id)) {
            jdbc.sql(PUT).params(values(step)).update();
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    known.add(id);
                }
            });
        }
        return id;
    }
}
