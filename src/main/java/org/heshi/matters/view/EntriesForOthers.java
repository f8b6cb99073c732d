package org.heshi.matters.view;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.heshi.matters.Entries;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedures;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The same history for rooms beside this one. */
@Component
class EntriesForOthers implements Entries {

    private final MatterViews views;
    private final HistoryReader histories;
    private final Procedures procedures;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    EntriesForOthers(MatterViews views, HistoryReader histories, Procedures procedures, JdbcClient jdbc, TransactionTemplate transactions) {
        this.views = views;
        this.histories = histories;
        this.procedures = procedures;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    private record Done(String kind, Set<String> audience, List<Basis> basis) {
    }

    @Override
    public List<Entry> of(UUID matter) {
        return entries(matter, () -> views.history(matter));
    }

    @Override
    public List<Entry> putAway(UUID matter) {
        return entries(matter, () -> histories.readPutAway(matter));
    }

    private List<Entry> entries(UUID matter, Supplier<List<MatterViews.HistoryItem>> history) {
        return transactions.execute(_ -> {
            Map<Integer, Done> done = new HashMap<>();
            jdbc.sql("""
                    select seq, action, coalesce(from_kind, kind) as kind, coalesce(from_procedure, procedure) as procedure, audience
                      from matters.entry where matter = ?""").param(matter).query(r -> {
                List<Basis> basis = procedures.version(r.getString("kind"), r.getInt("procedure")).findAction(r.getString("action"))
                        .map(Procedure.Action::basis).orElse(List.of()).stream().map(b -> new Basis(b.law(), b.article(), b.local())).toList();
                done.put(r.getInt("seq"), new Done(r.getString("kind"), Set.copyOf(List.of((String[]) r.getArray("audience").getArray())), basis));
            });
            return history.get().stream().map(item -> {
                Done one = done.get(item.seq());
                return new Entry(item.seq(), one.kind(), item.action(), item.title(), item.actor().unit(), item.actor().post(), item.recorded(), item.paper(), one.audience(),
                        item.shown().stream().map(s -> new Said(s.field(), s.label(), s.value())).toList(), one.basis());
            }).toList();
        });
    }
}
