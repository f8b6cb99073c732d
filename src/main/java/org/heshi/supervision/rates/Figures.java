package org.heshi.supervision.rates;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.heshi.statistics.Only;
import org.heshi.statistics.Question.Cut;
import org.heshi.supervision.watch.Watched;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Counts the rates for who acts, from one row a matter. */
@Repository
class Figures {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Exclusions exclusions;
    private final RatesSettings settings;
    private final InstantSource clock;

    Figures(JdbcClient jdbc, TransactionTemplate transactions, Exclusions exclusions, RatesSettings settings, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.exclusions = exclusions;
        this.settings = settings;
        this.clock = clock;
    }

    /** The three rates of one key, and how many could not be reached. */
    record Counted(String key, Rate response, Rate resolution, Rate satisfaction, long unreachable) {

        boolean nothing() {
            return response.whole() == 0 && resolution.whole() == 0 && satisfaction.whole() == 0 && unreachable == 0;
        }
    }

    private record Signed(String key, long part, long whole) {
    }

    private record Said(String key, long resolved, long ofResolved, long satisfied, long ofSatisfied, long unreachable) {
    }

    private static final String WHOLE = "*";

    /** By key in order; the last one, without a key, is of everything together. @param leaveOut kinds that do not count */
    List<Counted> count(Watched watched, Cut cut, By by, Instant from, Instant to, List<String> leaveOut) {
        return transactions.execute(_ -> {
            List<Exclusions.Holding> without = exclusions.inForce();
            Map<String, Signed> signed = new TreeMap<>();
            asked(watched, cut, """
                    select case when grouping(key) = 1 then '*' else key end as key, count(*) filter (where in_time) as part, count(*) as whole from (
                      select\s""" + by.key("assigned_at", cut == Cut.THEN) + """
                     as key, coalesce(m.signed_at < m.sign_due, false) as in_time from supervision.figure m
                       where m.assigned_at >= :from and m.assigned_at < :to and (m.signed_at is not null or m.sign_due <= :now)
                    """, "assigned_at", from, to, leaveOut, without).param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .query((r, _) -> new Signed(r.getString("key"), r.getLong("part"), r.getLong("whole"))).list().forEach(s -> signed.put(s.key(), s));
            Map<String, Said> said = new TreeMap<>();
            asked(watched, cut, """
                    select case when grouping(key) = 1 then '*' else key end as key,
                           count(*) filter (where resolved = 'yes' or resolved = 'partly' and :partly) as resolved, count(resolved) as of_resolved,
                           count(*) filter (where satisfied = 'yes' or satisfied = 'fair' and :fair) as satisfied, count(satisfied) as of_satisfied,
                           count(*) filter (where unreachable) as unreachable from (
                      select\s""" + by.key("closed_at", cut == Cut.THEN) + """
                     as key, m.resolved, m.satisfied, m.unreachable from supervision.figure m
                       where m.closed_at >= :from and m.closed_at < :to
                    """, "closed_at", from, to, leaveOut, without).param("partly", settings.partlyResolved()).param("fair", settings.fairSatisfied())
                    .query((r, _) -> new Said(r.getString("key"), r.getLong("resolved"), r.getLong("of_resolved"), r.getLong("satisfied"),
                            r.getLong("of_satisfied"), r.getLong("unreachable"))).list().forEach(s -> said.put(s.key(), s));
            TreeMap<String, Counted> all = new TreeMap<>();
            signed.keySet().forEach(key -> all.put(key, counted(key, signed, said)));
            said.keySet().forEach(key -> all.put(key, counted(key, signed, said)));
            List<Counted> counted = new ArrayList<>(all.values().stream().filter(one -> !one.key().equals(WHOLE) && !one.nothing()).toList());
            counted.add(counted(WHOLE, signed, said));
            return counted;
        });
    }

    /**
     * What was signed for in time, of one kind, category (with all below it), channel and level or of all; empty ones narrow nothing.
     *
     * @param apart whether what is about an office, or has somebody barred from it, counts where who asks may see it; otherwise it is left out
     */
    Rate signed(Watched watched, Cut cut, Instant from, Instant to, List<String> leaveOut, Only only, boolean apart) {
        return transactions.execute(_ -> asked(watched, cut, """
                select count(*) filter (where in_time) as part, count(*) as whole from (
                  select '' as key, coalesce(m.signed_at < m.sign_due, false) as in_time from supervision.figure m
                   where m.assigned_at >= :from and m.assigned_at < :to and (m.signed_at is not null or m.sign_due <= :now)
                     and (:kind = '' or m.kind = :kind) and (not :categorised or case when :category = '' then m.category = '' else starts_with(m.category, :category) end)
                     and (not :channelled or m.channel = :channel)
                     and (:level < 0 or m.level = :level) and (:apart or not m.walled and not m.office)
                """, "assigned_at", from, to, leaveOut, exclusions.inForce()).param("now", clock.instant().atOffset(ZoneOffset.UTC)).param("kind", only.kind().orElse(""))
                .param("categorised", only.category().isPresent()).param("category", only.category().orElse("")).param("channelled", only.channel().isPresent())
                .param("channel", only.channel().orElse("")).param("level", only.level().orElse(-1)).param("apart", apart)
                .query((r, _) -> new Rate(r.getLong("part"), r.getLong("whole"), settings.least())).list().getLast());
    }

    private Counted counted(String key, Map<String, Signed> signed, Map<String, Said> said) {
        Signed s = signed.getOrDefault(key, new Signed(key, 0, 0));
        Said t = said.getOrDefault(key, new Said(key, 0, 0, 0, 0, 0));
        int least = settings.least();
        return new Counted(key, new Rate(s.part(), s.whole(), least), new Rate(t.resolved(), t.ofResolved(), least),
                new Rate(t.satisfied(), t.ofSatisfied(), least), t.unreachable());
    }

    /** Compared as {@code >=} and {@code <}, so that what is cheap to know narrows before the policy is asked. */
    private static String whose(Watched watched, Cut cut) {
        return switch (watched) {
            case Watched.Own _ -> " and m.unit = :unit";
            case Watched.Place(String division) -> {
                String now = switch (division.length()) {
                    case 6 -> "m.county = :place";
                    case 9 -> "m.town = :place";
                    case 12, 15, 17 -> "m.town = left(:place, 9) and m.scope >= :place and m.scope < :place || chr(1114111)";
                    default -> "m.scope >= :place and m.scope < :place || chr(1114111)";
                };
                yield cut == Cut.TODAY ? " and " + now : " and (" + now + " and m.scope_was is null or m.scope_was >= :place and m.scope_was < :place || chr(1114111))";
            }
        };
    }

    private JdbcClient.StatementSpec asked(Watched watched, Cut cut, String sql, String date, Instant from, Instant to, List<String> leaveOut,
            List<Exclusions.Holding> without) {
        String excluded = without.isEmpty() ? "" : """
                 and not exists (select from unnest(:x_division::text[], :x_what::text[], :x_value::text[], :x_from::text[]::date[], :x_to::text[]::date[])
                                             as x (division, what, value, from_day, to_day)
                   where $WHERE and x.value = case x.what when 'kind' then m.kind when 'channel' then m.channel else m.outcome end
                     and (m.$DATE at time zone 'Asia/Shanghai')::date between x.from_day and x.to_day)
                """.replace("$DATE", date)
                // what the place of then left out stays left out; today what the place of today leaves out goes for all that it has
                .replace("$WHERE", cut == Cut.THEN ? "starts_with(coalesce(m.scope_was, m.scope), x.division)"
                        : "(starts_with(m.scope, x.division) or m.scope_was is not null and starts_with(m.scope_was, x.division))");
        JdbcClient.StatementSpec asked = jdbc.sql(sql + whose(watched, cut) + " and m.kind <> all (:left)" + excluded + ") counted group by grouping sets ((key), ())")
                .param("from", from.atOffset(ZoneOffset.UTC)).param("to", to.atOffset(ZoneOffset.UTC)).param("left", leaveOut.toArray(String[]::new));
        asked = switch (watched) {
            case Watched.Own(var unit) -> asked.param("unit", unit);
            case Watched.Place(String division) -> asked.param("place", division);
        };
        if (!without.isEmpty()) {
            asked = asked.param("x_division", column(without, Exclusions.Holding::division)).param("x_what", column(without, Exclusions.Holding::what))
                    .param("x_value", column(without, Exclusions.Holding::value)).param("x_from", column(without, x -> x.from().toString()))
                    .param("x_to", column(without, x -> Optional.ofNullable(x.to()).orElse(LocalDate.of(9999, 12, 31)).toString()));
        }
        return asked;
    }

    private static String[] column(List<Exclusions.Holding> rows, java.util.function.Function<Exclusions.Holding, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }
}
