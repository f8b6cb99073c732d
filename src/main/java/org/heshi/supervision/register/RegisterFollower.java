package org.heshi.supervision.register;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heshi.matters.Follower;
import org.heshi.matters.LoggedEntry;
import org.heshi.matters.MatterLog;
import org.heshi.matters.MatterLog.Now;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes marks and figures from the log. An entry given twice changes nothing: a figure knows up to where it was counted, a mark its entry. */
@Component
class RegisterFollower implements Follower {

    private final MatterLog log;
    private final JdbcClient jdbc;

    RegisterFollower(MatterLog log, @Qualifier("follower") JdbcClient jdbc) {
        this.log = log;
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "supervision";
    }

    @Override
    public void follow(List<LoggedEntry> batch) {
        Map<UUID, Now> now = log.wordless(batch.stream().map(LoggedEntry::matter).collect(Collectors.toSet()));
        if (now.isEmpty()) {
            return;
        }
        Map<UUID, Figure> known = figures(now.keySet());
        Map<UUID, Figure> figures = new HashMap<>(known);
        List<Mark> marks = new ArrayList<>();
        List<Over> over = new ArrayList<>();
        for (LoggedEntry entry : batch) {
            Now matter = now.get(entry.matter());
            if (matter == null) {
                continue;
            }
            Content content = Content.of(entry.content());
            figures.merge(matter.matter(), Figure.first(entry, matter).after(entry, content, matter), (before, _) -> before.after(entry, content, matter));
            Mark.of(entry, content, matter).ifPresent(marks::add);
            for (Content.Clock clock : content.clocks()) {
                if (clock.isOver()) {
                    over.add(new Over(entry, clock));
                    if (!clock.right() && clock.what().equals("satisfied") && !clock.done().orElse(entry.recordedAt()).isBefore(clock.due())) {
                        marks.add(Mark.overdue(matter, clock.run(), clock.name(), clock.due(), matter.lead()));
                    }
                }
            }
        }
        Map<UUID, String> before = log.scopesBefore(figures.keySet());
        figures.replaceAll((matter, figure) -> figure.before(before.get(matter)));
        write(marks);
        end(over);
        move(now.values());
        // an entry that changes nothing of what counts is not worth a row
        keep(figures.values().stream().filter(figure -> !known.containsKey(figure.matter()) || !figure.countsAs(known.get(figure.matter()))).toList());
    }

    private record Over(LoggedEntry entry, Content.Clock clock) {
    }

    private Map<UUID, Figure> figures(Set<UUID> matters) {
        Map<UUID, Figure> known = new HashMap<>();
        jdbc.sql("select * from supervision.figure where matter = any (?)").param(matters.toArray(UUID[]::new)).query(Figure::read).list()
                .forEach(figure -> known.put(figure.matter(), figure));
        return known;
    }

    void write(List<Mark> marks) {
        if (marks.isEmpty()) {
            return;
        }
        for (Mark mark : marks) {
            jdbc.sql("""
                    insert into supervision.mark (matter, seq, what, clock, at, until, due_at, paper, unit, helpers, by_unit, origin, category, division, scope)
                    values (?, ?, ?, ?, ?, coalesce(?::timestamptz, 'infinity'), ?::timestamptz, ?, ?::uuid, ?::uuid[], ?::uuid, ?::uuid, ?, ?, ?)
                    on conflict (matter, seq, what, clock) do nothing
                    """).param(mark.matter()).param(mark.seq()).param(mark.what()).param(mark.clock()).param(mark.at().atOffset(ZoneOffset.UTC))
                    .param(text(mark.until())).param(text(mark.dueAt())).param(mark.paper()).param(text(mark.unit()))
                    .param(mark.helpers().toArray(UUID[]::new)).param(text(mark.byUnit())).param(text(mark.origin())).param(mark.category())
                    .param(mark.division()).param(mark.scope()).update();
        }
    }

    /** What was satisfied or ended lasts no longer. */
    private void end(List<Over> over) {
        if (over.isEmpty()) {
            return;
        }
        jdbc.sql("""
                update supervision.mark m
                   set until = greatest(m.at, o.at), replied = case when o.satisfied and m.what <> 'overdue' and o.seq > m.seq then o.seq end
                  from unnest(?::uuid[], ?::int[], ?::text[], ?::text[]::timestamptz[], ?::int[], ?::boolean[]) as o (matter, run, clock, at, seq, satisfied)
                 where m.matter = o.matter and m.seq = o.run and m.clock = o.clock and m.until = 'infinity'
                """)
                .param(column(over, o -> o.entry().matter().toString())).param(column(over, o -> Integer.toString(o.clock().run())))
                .param(column(over, o -> o.clock().name())).param(column(over, o -> o.clock().done().orElse(o.entry().recordedAt()).toString()))
                .param(column(over, o -> Integer.toString(o.entry().seq()))).param(column(over, o -> Boolean.toString(o.clock().what().equals("satisfied"))))
                .update();
    }

    /** A matter that counts at another place now takes its marks along. */
    private void move(Collection<Now> now) {
        jdbc.sql("""
                update supervision.mark m set scope = n.scope
                  from unnest(?::uuid[], ?::text[]) as n (matter, scope) where m.matter = n.matter and m.scope <> n.scope
                """).param(column(now, n -> n.matter().toString())).param(column(now, Now::scope)).update();
    }

    private void keep(Collection<Figure> figures) {
        if (figures.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into supervision.figure (matter, kind, channel, category, outcome, scope, scope_was, level, unit, office, walled, assigned_at, sign_due, signed_at,
                                                closed_at, resolved, satisfied, own_word, unreachable, seq)
                select * from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::smallint[], ?::uuid[], ?::boolean[], ?::boolean[],
                                     ?::text[]::timestamptz[], ?::text[]::timestamptz[], ?::text[]::timestamptz[], ?::text[]::timestamptz[],
                                     ?::text[], ?::text[], ?::boolean[], ?::boolean[], ?::int[])
                on conflict (matter) do update set kind = excluded.kind, channel = excluded.channel, category = excluded.category, outcome = excluded.outcome, scope = excluded.scope, scope_was = excluded.scope_was, level = excluded.level,
                  unit = excluded.unit, office = excluded.office, walled = excluded.walled, assigned_at = excluded.assigned_at,
                  sign_due = excluded.sign_due, signed_at = excluded.signed_at, closed_at = excluded.closed_at, resolved = excluded.resolved,
                  satisfied = excluded.satisfied, own_word = excluded.own_word, unreachable = excluded.unreachable, seq = excluded.seq
                """)
                .param(column(figures, f -> f.matter().toString())).param(column(figures, Figure::kind)).param(column(figures, Figure::channel))
                .param(column(figures, Figure::category)).param(column(figures, Figure::outcome)).param(column(figures, Figure::scope)).param(column(figures, Figure::scopeWas))
                .param(column(figures, f -> Integer.toString(f.level())))
                .param(column(figures, f -> text(f.unit()))).param(column(figures, f -> Boolean.toString(f.office())))
                .param(column(figures, f -> Boolean.toString(f.walled()))).param(column(figures, f -> text(f.assignedAt())))
                .param(column(figures, f -> text(f.signDue()))).param(column(figures, f -> text(f.signedAt())))
                .param(column(figures, f -> text(f.closedAt()))).param(column(figures, Figure::resolved)).param(column(figures, Figure::satisfied))
                .param(column(figures, f -> Boolean.toString(f.ownWord()))).param(column(figures, f -> Boolean.toString(f.unreachable()))).param(column(figures, f -> Integer.toString(f.seq())))
                .update();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static <T> String[] column(Collection<T> rows, Function<T, @Nullable String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }
}
