package org.heshi.matters.view;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.MatterNumber;
import org.heshi.matters.MatterRows;
import org.heshi.matters.procedure.Procedures;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The lists of other rooms, from the same views as this room's own pages. */
@Component
class RowsForRooms implements MatterRows {

    private final MatterViews views;
    private final Procedures procedures;
    private final JdbcClient jdbc;
    private final TransactionTemplate reading;

    RowsForRooms(MatterViews views, Procedures procedures, JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.views = views;
        this.procedures = procedures;
        this.jdbc = jdbc;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @Override
    public Optional<UUID> find(MatterNumber number) {
        return views.find(number);
    }

    @Override
    public List<Row> rows(List<UUID> matters) {
        if (matters.isEmpty()) {
            return List.of();
        }
        List<MatterViews.Row> seen = views.rows(matters);
        Map<UUID, Map<String, String>> words = words(seen.stream().map(MatterViews.Row::id).toArray(UUID[]::new));
        return seen.stream().map(row -> new Row(row.id(), row.number(), row.kindTitle(), row.stateTitle(), row.outcome().isPresent(), row.level(),
                row.placeName(), row.leadName(), row.recordedAt(), words.getOrDefault(row.id(), Map.of()))).toList();
    }

    /** The newest of each, as the policies let who looks read them. */
    private Map<UUID, Map<String, String>> words(UUID[] matters) {
        Map<UUID, Map<String, String>> words = new HashMap<>();
        if (matters.length > 0) {
            reading.executeWithoutResult(_ -> jdbc.sql("""
                    select distinct on (matter, field) matter, field, value
                    from matters.particular
                    where matter = any (?) and field = any (?) and class = 'words' and value is not null
                    order by matter, field, seq desc, ordinal
                    """).param(matters).param(new String[] {"title", "description", "place-words", "answer"})
                    .query(r -> {
                        words.computeIfAbsent(r.getObject("matter", UUID.class), _ -> new HashMap<>()).put(r.getString("field"), r.getString("value"));
                    }));
        }
        return words;
    }

    @Override
    public List<Kind> kinds() {
        return procedures.all().stream().map(procedure -> {
            Map<String, Bilingual> states = new LinkedHashMap<>();
            procedure.states().forEach((name, state) -> states.put(name, state.title()));
            return new Kind(procedure.kind(), procedure.title(), states);
        }).toList();
    }
}
