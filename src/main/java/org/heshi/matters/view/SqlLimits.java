package org.heshi.matters.view;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heshi.calendar.Limit;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Ids;
import org.heshi.kernel.Page;
import org.heshi.kernel.PageKey;
import org.heshi.matters.Limits;
import org.heshi.matters.MatterRows;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedures;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads running limits by their due instant, under row-level security. */
@Component
class SqlLimits implements Limits {

    private static final String DUE = " c.paused_at is null and c.owed ";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Procedures procedures;
    private final MatterRows rows;

    SqlLimits(JdbcClient jdbc, TransactionTemplate transactions, Procedures procedures, MatterRows rows) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.procedures = procedures;
        this.rows = rows;
    }

    @Override
    public List<Count> counts(Whose whose, Ends ends) {
        String counted = whose instanceof Whose.Everybodys ? "select * from matters.due_by_unit(:now, :today, :week)" : """
                select c.unit, count(*) filter (where c.due_at <= :now) as over,
                       count(*) filter (where c.due_at > :now and c.due_at <= :today) as today, count(*) filter (where c.due_at > :today) as week
                  from matters.clock c where""" + DUE + "and c.due_at <= :week" + where(whose) + " group by c.unit";
        return transactions.execute(_ -> with(whose, jdbc.sql(counted + " order by over desc, today desc, week desc, unit"))
                .param("now", at(ends.now())).param("today", at(ends.today())).param("week", at(ends.week()))
                .query((r, _) -> new Count(Optional.ofNullable(r.getObject("unit", UUID.class)), r.getInt("over"), r.getInt("today"), r.getInt("week"))).list());
    }

    private record Found(UUID matter, String name, String kind, int procedure, Optional<UUID> unit, Instant dueAt, String length) {
    }

    @Override
    public Page<Line> lines(Whose whose, Ends ends, Due due, Optional<String> after, int size) {
        Optional<Key> from = after.flatMap(Key::parse);
        String window = switch (due) {
            case OVER -> " and c.due_at <= :now";
            case TODAY -> " and c.due_at > :now and c.due_at <= :today";
            case WEEK -> " and c.due_at > :today and c.due_at <= :week";
        };
        return transactions.execute(_ -> {
            JdbcClient.StatementSpec asked = with(whose, jdbc.sql("select c.matter, c.name, c.kind, c.procedure, c.unit, c.due_at, c.length from matters.clock c where"
                    + DUE + window + where(whose)
                    + (from.isPresent() ? " and (c.due_at, c.matter, c.name) > (:due, :matter, :name)" : "")
                    + " order by c.due_at, c.matter, c.name limit :limit"));
            if (from.isPresent()) {
                asked = asked.param("due", at(from.get().dueAt())).param("matter", from.get().matter()).param("name", from.get().name());
            }
            asked = switch (due) {
                case OVER -> asked.param("now", at(ends.now()));
                case TODAY -> asked.param("now", at(ends.now())).param("today", at(ends.today()));
                case WEEK -> asked.param("today", at(ends.today())).param("week", at(ends.week()));
            };
            List<Found> found = asked.param("limit", size + 1).query((r, _) -> new Found(r.getObject("matter", UUID.class), r.getString("name"),
                    r.getString("kind"), r.getInt("procedure"), Optional.ofNullable(r.getObject("unit", UUID.class)),
                    r.getObject("due_at", OffsetDateTime.class).toInstant(), r.getString("length"))).list();
            Page<Found> page = Page.cut(found, size, last -> new Key(last.dueAt(), last.matter(), last.name()).text());
            Map<UUID, MatterRows.Row> matters = rows.rows(page.rows().stream().map(Found::matter).distinct().toList()).stream()
                    .collect(Collectors.toMap(MatterRows.Row::id, Function.identity()));
            return new Page<>(page.rows().stream().filter(one -> matters.containsKey(one.matter())).map(one -> new Line(matters.get(one.matter()), title(one),
                    one.unit(), one.dueAt(), Limit.parse(one.length()).unit() == Limit.Unit.HOUR)).toList(), page.next());
        });
    }

    private Bilingual title(Found limit) {
        Procedure.Clock clock = procedures.version(limit.kind(), limit.procedure()).clocks().get(limit.name());
        return clock == null ? new Bilingual(limit.name(), limit.name()) : clock.title();
    }

    private static String where(Whose whose) {
        return switch (whose) {
            case Whose.Everybodys _ -> "";
            case Whose.Of _ -> " and c.unit = :unit";
            case Whose.Nobodys _ -> " and c.unit is null";
        };
    }

    private static JdbcClient.StatementSpec with(Whose whose, JdbcClient.StatementSpec statement) {
        return whose instanceof Whose.Of(UUID unit) ? statement.param("unit", unit) : statement;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** Where a page ended. */
    private record Key(Instant dueAt, UUID matter, String name) {

        String text() {
            return PageKey.of(dueAt) + "." + matter + "." + name;
        }

        static Optional<Key> parse(String text) {
            String[] parts = text.split("\\.");
            return parts.length != 3 || !parts[2].matches("[a-z][a-z0-9-]{0,39}") ? Optional.empty() : PageKey.instant(parts[0])
                    .flatMap(dueAt -> Ids.find(parts[1]).map(matter -> new Key(dueAt, matter, parts[2])));
        }
    }
}
