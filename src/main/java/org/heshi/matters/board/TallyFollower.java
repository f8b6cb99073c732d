package org.heshi.matters.board;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heshi.divisions.Level;
import org.heshi.matters.Follower;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.MatterLog;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps the tally. It counts each matter where it stands now and remembers in which cell, so that an entry given twice, or a later one
 * whose effect was already seen, changes nothing. A matter that somebody must not know of stands in no common cell, where a count would tell it:
 * it is counted for each who looks, when they look.
 */
@Component
class TallyFollower implements Follower {

    private final MatterLog log;
    private final JdbcClient jdbc;

    TallyFollower(MatterLog log, @Qualifier("follower") JdbcClient jdbc) {
        this.log = log;
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "tally";
    }

    @Override
    public void follow(List<LoggedEntry> batch) {
        Set<UUID> matters = batch.stream().map(LoggedEntry::matter).collect(Collectors.toSet());
        Collection<MatterLog.Now> now = log.wordless(matters).values();
        if (now.isEmpty()) {
            return;
        }
        // One statement: what is counted now leaves its old cell and enters its new one. Nobody else writes these tables.
        jdbc.sql("""
                with now as materialized (
                  select * from unnest(:matter::uuid[], :scope::text[], :kind::text[], :state::text[], :lead::uuid[], :open::boolean[],
                                       :since::timestamptz[], :apart::boolean[]) as n (matter, scope, kind, state, lead, open, since, apart)),
                moved as materialized (
                  select n.*, o.matter is not null as counted, o.scope as o_scope, o.kind as o_kind, o.state as o_state, o.lead as o_lead, o.open as o_open,
                         o.apart as o_apart
                    from now n left join matters.tally_of o on o.matter = n.matter
                   where o.matter is null or (o.scope, o.kind, o.state, o.open, o.apart) is distinct from (n.scope, n.kind, n.state, n.open, n.apart)
                      or o.lead is distinct from n.lead),
                remembered as (
                  insert into matters.tally_of (matter, scope, kind, state, lead, open, since, apart)
                  select matter, scope, kind, state, lead, open, since, apart from moved
                  on conflict (matter) do update set scope = excluded.scope, kind = excluded.kind, state = excluded.state, lead = excluded.lead,
                    open = excluded.open, apart = excluded.apart),
                delta as materialized (
                  select scope, kind, state, lead, open, sum(d) as d from (
                    select scope, kind, state, lead, open, 1 as d from moved where not apart
                    union all
                    select o_scope, o_kind, o_state, o_lead, o_open, -1 from moved where counted and not o_apart) both_ways
                  group by scope, kind, state, lead, open having sum(d) <> 0),
                emptied as (
                  delete from matters.tally t using delta d
                   where t.scope = d.scope and t.kind = d.kind and t.state = d.state and t.lead is not distinct from d.lead and t.open = d.open
                     and t.n + d.d = 0),
                changed as (
                  update matters.tally t set n = t.n + d.d from delta d
                   where t.scope = d.scope and t.kind = d.kind and t.state = d.state and t.lead is not distinct from d.lead and t.open = d.open
                     and t.n + d.d <> 0)
                insert into matters.tally (scope, kind, state, lead, open, n)
                select scope, kind, state, lead, open, d from delta d
                 where not exists (select from matters.tally t where t.scope = d.scope and t.kind = d.kind and t.state = d.state
                                      and t.lead is not distinct from d.lead and t.open = d.open)""")
                .param("matter", column(now, n -> n.matter().toString()))
                .param("scope", column(now, n -> countedAt(n.scope())))
                .param("kind", column(now, MatterLog.Now::kind))
                .param("state", column(now, MatterLog.Now::state))
                .param("lead", column(now, n -> n.lead().map(UUID::toString).orElse(null)))
                .param("open", column(now, n -> Boolean.toString(!n.terminal())))
                .param("since", column(now, n -> n.recordedAt().toString()))
                .param("apart", column(now, n -> Boolean.toString(!n.barred().isEmpty() || !n.barredPosts().isEmpty())))
                .update();
    }

    /** Where a matter counts: its town, or the place above where it stands itself. */
    static String countedAt(String scope) {
        return scope.length() > Level.TOWN.digits() ? scope.substring(0, Level.TOWN.digits()) : scope;
    }

    private static String[] column(Collection<MatterLog.Now> rows, Function<MatterLog.Now, @Nullable String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }
}
