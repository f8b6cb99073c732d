package org.heshi.mediation.unusual;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.heshi.kernel.Uuid7;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** What agreements have in common, and what supervisors found about it. There is no score and nothing is counted of a resident. */
@Repository
class Prints {

    private static final int MOST = 100;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    Prints(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** @param about by which notes are found again @param matters the first ones of them */
    record Alike(String about, List<UUID> matters, Instant at) {
    }

    /** Two written agreements of a committee, one right after the other. */
    record Close(UUID unit, UUID earlier, UUID later, Instant at, long seconds) {

        String about() {
            return "close:" + earlier + ":" + later;
        }
    }

    record Bulk(UUID post, String day, int count) {

        String about() {
            return "oral:" + post + ":" + day;
        }
    }

    /** Something about how the parties of one case signed. @param amount parties, seconds or signatures */
    record Together(String what, UUID matter, Instant at, long amount) {

        String about() {
            return what + ":" + matter;
        }
    }

    record Note(String about, String words, Instant at, UUID person) {
    }

    void put(UUID matter, int seq, int n, String what, byte[] mark, Instant at, String scope) {
        jdbc.sql("insert into mediation.print (matter, seq, n, what, mark, at, scope) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing").param(matter).param(seq).param(n).param(what)
                .param(mark).param(at.atOffset(ZoneOffset.UTC)).param(scope).update();
    }

    void forget(UUID matter) {
        jdbc.sql("delete from mediation.print where matter = ?").param(matter).update();
        jdbc.sql("delete from mediation.signing where matter = ?").param(matter).update();
    }

    /** What supervisors wrote about agreements of which the matter's was one. Done before its marks are forgotten. */
    void forgetNotes(UUID matter, Instant at) {
        jdbc.sql("""
                update mediation.finding f set words = '', erased_at = :at
                where f.erased_at is null and (
                  f.about in (select p.what || ':' || encode(p.mark, 'hex') from mediation.print p where p.matter = :matter)
                  or f.about in ('device:' || :matter::text, 'quick:' || :matter::text, 'handed:' || :matter::text)
                  or strpos(f.about, :matter::text) > 0
                  or f.about in (select 'oral:' || g.post || ':' || to_char(g.ended_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') from mediation.figure g where g.matter = :matter and g.result = 'oral'))
                """).param("at", at.atOffset(ZoneOffset.UTC)).param("matter", matter).update();
    }

    /** The same text or signature in several cases, one of them from that time. */
    List<Alike> alike(String what, String place, Instant from, Instant to) {
        return transactions.execute(_ -> jdbc.sql("""
                with here as (
                  select distinct p.mark from mediation.print p
                  where p.what = :what and %s and p.at >= :from and p.at < :to
                    and exists (select from mediation.print o where o.mark = p.mark and o.what = p.what and o.matter <> p.matter))
                select mark, max(at) as at, array_agg(matter order by n) filter (where n <= 12) as matters
                from (select p.mark, p.matter, min(p.at) as at, row_number() over (partition by p.mark order by min(p.at), p.matter) as n from mediation.print p join here h on h.mark = p.mark where p.what = :what group by p.mark, p.matter) each
                group by mark having count(*) > 1 order by max(at) desc, mark limit %d
                """.formatted(at(place, "p."), MOST)).param("what", what).param("place", cut(place)).param("from", from.atOffset(ZoneOffset.UTC)).param("to", to.atOffset(ZoneOffset.UTC))
                .query((r, _) -> new Alike(what + ":" + HexFormat.of().formatHex(r.getBytes("mark")), Arrays.asList((UUID[]) r.getArray("matters").getArray()),
                        r.getObject("at", OffsetDateTime.class).toInstant())).list());
    }

    /** Written agreements of one committee that came into force within so many seconds of each other. */
    List<Close> close(String place, Instant from, Instant to, long seconds) {
        return transactions.execute(_ -> jdbc.sql("""
                select unit, earlier, matter, ended_at, extract(epoch from ended_at - before)::bigint as seconds from (
                  select unit, matter, ended_at, lag(matter) over w as earlier, lag(ended_at) over w as before from mediation.figure
                  where %s and ended_at >= :from and ended_at < :to and result = 'written' window w as (partition by unit order by ended_at, matter)) each
                where ended_at - before <= make_interval(secs => :seconds) order by ended_at desc, matter limit %d
                """.formatted(at(place, ""), MOST)).param("place", cut(place)).param("from", from.atOffset(ZoneOffset.UTC)).param("to", to.atOffset(ZoneOffset.UTC)).param("seconds", seconds)
                .query((r, _) -> new Close(r.getObject("unit", UUID.class), r.getObject("earlier", UUID.class), r.getObject("matter", UUID.class),
                        r.getObject("ended_at", OffsetDateTime.class).toInstant(), r.getLong("seconds"))).list());
    }

    /** Mediators with so many oral agreements on a day. */
    List<Bulk> bulk(String place, Instant from, Instant to, int least) {
        return transactions.execute(_ -> jdbc.sql("""
                select post, to_char(ended_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, count(*) as n from mediation.figure
                where %s and ended_at >= :from and ended_at < :to and result = 'oral' and post is not null group by 1, 2 having count(*) >= :least order by 2 desc, 3 desc, 1 limit %d
                """.formatted(at(place, ""), MOST)).param("place", cut(place)).param("from", from.atOffset(ZoneOffset.UTC)).param("to", to.atOffset(ZoneOffset.UTC)).param("least", least)
                .query((r, _) -> new Bulk(r.getObject("post", UUID.class), r.getString("day"), r.getInt("n"))).list());
    }

    /** Several parties of one case who signed in one visit of a browser. */
    List<Together> device(String place, Instant from, Instant to) {
        return together("device", """
                select matter, max(at) as at, max(n) as amount from (
                  select matter, max(at) as at, count(distinct party) as n from mediation.signing where %s and at >= :from and at < :to group by matter, mark) each
                where n > 1 group by matter""", place, from, to, 0);
    }

    /** Several parties of one case who signed the same text within so many seconds. */
    List<Together> quick(String place, Instant from, Instant to, long seconds) {
        return together("quick", """
                select matter, max(at) as at, min(gap) as amount from (
                  select matter, at, party <> lag(party) over w as other, extract(epoch from at - lag(at) over w)::bigint as gap from mediation.signing
                  where %s and at >= :from and at < :to window w as (partition by matter, draft order by at, seq)) each
                where other and gap <= :seconds group by matter""", place, from, to, seconds);
    }

    /** Signatures right after staff handed out code or link to somebody of whom neither telephone nor mailbox is known. */
    List<Together> handed(String place, Instant from, Instant to, long seconds) {
        return together("handed", """
                select matter, max(at) as at, count(*) as amount from mediation.signing
                where %s and at >= :from and at < :to and handed is not null and at - handed <= make_interval(secs => :seconds) group by matter""", place, from, to, seconds);
    }

    private List<Together> together(String what, String sql, String place, Instant from, Instant to, long seconds) {
        return transactions.execute(_ -> jdbc.sql(sql.formatted(at(place, "")) + " order by 2 desc, 1 limit " + MOST).param("place", cut(place)).param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC)).param("seconds", seconds).query((r, _) -> new Together(what, r.getObject("matter", UUID.class),
                        r.getObject("at", OffsetDateTime.class).toInstant(), r.getLong("amount"))).list());
    }

    List<Note> notes(List<String> about) {
        return about.isEmpty() ? List.of() : transactions.execute(_ -> jdbc.sql("select about, words, at, person from mediation.finding where about = any (?::text[]) order by at, id limit 1000")
                .param(about.toArray(String[]::new)).query((r, _) -> new Note(r.getString("about"), r.getString("words"), r.getObject("at", OffsetDateTime.class).toInstant(),
                        r.getObject("person", UUID.class))).list());
    }

    void note(String scope, String about, String words, Instant at, UUID person, UUID post) {
        transactions.executeWithoutResult(_ -> jdbc.sql("insert into mediation.finding (id, scope, about, words, at, person, post) values (?, ?, ?, ?, ?, ?, ?)")
                .params(Uuid7.at(at), scope, about, words, at.atOffset(ZoneOffset.UTC), person, post).update());
    }

    private static String at(String place, String alias) {
        return place.length() >= 9 ? alias + "town = :place" : place.length() >= 6 ? alias + "county = :place" : alias + "county >= :place and " + alias + "county < :place || chr(1114111)";
    }

    private static String cut(String place) {
        return place.length() >= 9 ? place.substring(0, 9) : place.length() >= 6 ? place.substring(0, 6) : place;
    }
}
