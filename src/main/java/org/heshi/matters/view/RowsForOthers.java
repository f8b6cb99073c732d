package org.heshi.matters.view;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.MatterRows;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedures;
import org.heshi.matters.seal.Seals;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The same lists for rooms beside this one. */
@Component
class RowsForOthers implements MatterRows {

    private final MatterViews views;
    private final Procedures procedures;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Seals seals;
    private final InstantSource clock;

    RowsForOthers(MatterViews views, Procedures procedures, JdbcClient jdbc, TransactionTemplate transactions, Seals seals, InstantSource clock) {
        this.views = views;
        this.procedures = procedures;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.seals = seals;
        this.clock = clock;
    }

    @Override
    public Optional<UUID> find(MatterNumber number) {
        return views.find(number);
    }

    @Override
    public Optional<MatterNumber> findOrder(String order) {
        return views.findOrder(order);
    }

    @Override
    public boolean keptFromSome(UUID matter) {
        return Boolean.TRUE.equals(transactions.execute(_ -> jdbc.sql("select cardinality(matters.barred_units(?)) + cardinality(matters.barred_posts(?)) > 0 or exists (select from matters.matter where id = ? and about_office)")
                .params(matter, matter, matter).query(Boolean.class).single()));
    }

    @Override
    public List<Row> rows(List<UUID> matters) {
        Map<UUID, Map<String, String>> words = new HashMap<>();
        List<MatterViews.Row> rows = transactions.execute(_ -> {
            jdbc.sql("""
                    select distinct on (matter, field) matter, seq, field, ordinal, sealed from matters.particular
                    where matter = any (?) and class = 'words' and sealed is not null
                    order by matter, field, seq desc
                    """).param(matters.toArray(UUID[]::new)).query(r -> {
                Optional<String> value = seals.shown(r);
                if (value.isPresent()) {
                    words.computeIfAbsent(r.getObject("matter", UUID.class), _ -> new HashMap<>()).put(r.getString("field"), value.get());
                }
            });
            return views.rows(matters);
        });
        return rows == null ? List.of() : rows.stream().map(row -> new Row(row.id(), row.number(), row.kindTitle(), row.stateTitle(), row.closed(),
                row.level(), row.placeName(), row.leadName(), row.recordedAt(), words.getOrDefault(row.id(), Map.of()), row.dueAt()))
                .toList();
    }

    @Override
    public Map<UUID, Named> named(List<UUID> matters) {
        Map<UUID, Named> named = new HashMap<>();
        transactions.executeWithoutResult(_ -> jdbc.sql("""
                select m.id, m.number, m.kind, m.procedure, m.state,
                       exists (select from matters.clock c where c.matter = m.id and c.paused_at is null and c.owed and c.due_at <= :now) as over
                from matters.matter m where m.id = any (:ids)
                """).param("ids", matters.toArray(UUID[]::new)).param("now", clock.instant().atOffset(java.time.ZoneOffset.UTC)).query(r -> {
            Procedure procedure = procedures.version(r.getString("kind"), r.getInt("procedure"));
            Procedure.State state = procedure.state(r.getString("state"));
            named.put(r.getObject("id", UUID.class), new Named(new MatterNumber(r.getString("number")), procedure.title(), state.title(), state.terminal(),
                    r.getBoolean("over")));
        }));
        return named;
    }

    @Override
    public List<Kind> kinds() {
        return procedures.all().stream().map(procedure -> {
            Map<String, Bilingual> states = new LinkedHashMap<>();
            procedure.states().forEach((name, state) -> states.put(name, state.title()));
            return new Kind(procedure.kind(), procedure.title(), states, procedure.outcomes(), procedure.internal(), procedure.inPublic(),
                    procedure.states().values().stream().filter(Procedure.State::terminal).map(Procedure.State::name).collect(Collectors.toSet()));
        }).toList();
    }
}
