package org.heshi.mediation.roster;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.directory.Directory;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Person;
import org.heshi.directory.Unit;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Ids;
import org.heshi.kernel.Page;
import org.heshi.kernel.Uuid7;
import org.heshi.matters.Readings;
import org.heshi.mediation.course.Dispute;
import org.heshi.mediation.course.Disputes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** The roster. Every list of it is served by an index: a page costs the same with fifty thousand mediators. */
@Repository
public class Mediators {

    /** At most so many of the roster are looked at for one suggestion. */
    private static final int LOOKED_AT = 300;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Directory directory;
    private final Disputes disputes;
    private final Readings readings;
    private final InstantSource clock;

    Mediators(JdbcClient jdbc, TransactionTemplate transactions, Directory directory, Disputes disputes, Readings readings, InstantSource clock) {
        this.disputes = disputes;
        this.readings = readings;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * @param within code of a place; empty for all
     * @param skill  a type of dispute; empty for all
     * @param posts  only these, when somebody was looked for by name
     */
    record Filter(String within, String skill, String language, Optional<List<UUID>> posts) {
    }

    /** By place; who is no staff reads those who are listed. */
    Page<Entry> list(Filter filter, String after, int size) {
        boolean inside = Acting.current() instanceof Actor.Staff || Acting.current() instanceof Actor.Machine;
        String tag = !filter.skill().isEmpty() ? filter.skill() : filter.language().isEmpty() ? "" : "language:" + filter.language();
        Key from = Key.of(after);
        StringBuilder sql = new StringBuilder("select m.* from ");
        String by = tag.isEmpty() ? "m" : "s";
        sql.append(tag.isEmpty() ? "mediation.mediator m where true" : "mediation.skill s join mediation.mediator m on m.post = s.post where s.skill = :tag");
        sql.append(" and m.works").append(inside ? "" : " and m.listed").append(inside || tag.isEmpty() ? "" : " and s.listed");
        if (!filter.within().isEmpty()) {
            sql.append(" and ").append(by).append(".division >= :within and ").append(by).append(".division < :within || chr(1114111)");
        }
        if (!filter.skill().isEmpty() && !filter.language().isEmpty()) {
            sql.append(" and exists (select from mediation.skill l where l.skill = :language and l.division = s.division and l.post = s.post)");
        }
        filter.posts().ifPresent(_ -> sql.append(" and m.post = any (:posts)"));
        if (from.post().isPresent()) {
            sql.append(" and (").append(by).append(".division, ").append(by).append(".post) > (:division, :post)");
        }
        sql.append(" order by ").append(by).append(".division, ").append(by).append(".post limit :limit");
        JdbcClient.StatementSpec asked = jdbc.sql(sql.toString()).param("limit", size + 1).param("within", filter.within()).param("tag", tag)
                .param("language", "language:" + filter.language()).param("posts", filter.posts().orElse(List.of()).toArray(UUID[]::new))
                .param("division", from.division()).param("post", from.post().orElse(new UUID(0, 0)));
        return Page.cut(transactions.execute(_ -> asked.query(Mediators::entry).list()), size, entry -> entry.division() + "." + entry.post());
    }

    private record Key(String division, Optional<UUID> post) {

        static Key of(String typed) {
            String[] parts = typed.split("\\.", 2);
            Optional<UUID> post = parts.length == 2 && parts[0].matches("[0-9]{2,17}") ? Ids.find(parts[1]) : Optional.empty();
            return new Key(post.isPresent() ? parts[0] : "", post);
        }
    }

    public Optional<Entry> find(UUID post) {
        return transactions.execute(_ -> jdbc.sql("select * from mediation.mediator where post = ?").param(post).query(Mediators::entry).optional());
    }

    public Map<UUID, Entry> find(Collection<UUID> posts) {
        return transactions.execute(_ -> jdbc.sql("select * from mediation.mediator where post = any (?)").param(posts.toArray(UUID[]::new)).query(Mediators::entry).list())
                .stream().collect(Collectors.toMap(Entry::post, entry -> entry));
    }

    /** Those of a committee who are on the roster, the director first. */
    public List<Entry> of(UUID unit) {
        return transactions.execute(_ -> jdbc.sql("""
                select * from mediation.mediator where unit = ? and works
                order by array_position(array['director', 'deputy', 'member', 'hired'], standing), post limit 200
                """).param(unit).query(Mediators::entry).list());
    }

    /** How many open cases each has in hand, those included that who asks may not see; counted to 1000. Nothing for who is no staff. */
    public Map<UUID, Integer> loads(Collection<UUID> posts) {
        if (posts.isEmpty()) {
            return Map.of();
        }
        Map<UUID, Integer> loads = new HashMap<>();
        transactions.executeWithoutResult(_ -> jdbc.sql("select post, open from mediation.loads(?)").param(posts.toArray(UUID[]::new))
                .query((r, _) -> loads.put(r.getObject(1, UUID.class), r.getInt(2))).list());
        return loads;
    }

    /** How these stand on the roster of that committee; for staff and the program. */
    Standing standing(UUID unit, Collection<UUID> posts) {
        return new Standing(!of(unit).isEmpty(), find(posts), CivilTime.dateOf(clock.instant()));
    }

    Optional<Body> body(UUID unit) {
        return transactions.execute(_ -> jdbc.sql("select * from mediation.body where unit = ?").param(unit).query((r, _) -> new Body(r.getObject("unit", UUID.class),
                r.getString("division"), r.getString("sort"), java.util.Objects.requireNonNullElse(r.getString("field"), ""), r.getString("intro"), r.getString("address"),
                r.getString("phone"), r.getBoolean("listed"))).optional());
    }

    /** The post that changes something; a machine that enters a whole roster has none. */
    private static UUID by() {
        return Acting.current() instanceof Actor.Staff staff ? staff.post() : new UUID(0, 0);
    }

    void keep(Body body) {
        transactions.executeWithoutResult(_ -> jdbc.sql("""
                insert into mediation.body (unit, division, sort, field, intro, address, phone, listed, changed_at, changed_by)
                values (?, ?, ?, nullif(?, ''), ?, ?, ?, ?, ?, ?)
                on conflict (unit) do update set division = excluded.division, sort = excluded.sort, field = excluded.field, intro = excluded.intro,
                  address = excluded.address, phone = excluded.phone, listed = excluded.listed, changed_at = excluded.changed_at, changed_by = excluded.changed_by
                """).params(body.unit(), body.division(), body.sort(), body.field(), body.intro(), body.address(), body.phone(), body.listed(),
                clock.instant().atOffset(ZoneOffset.UTC), by()).update());
    }

    /** Puts a post on the roster or changes what it says. @return false when the committee has another director already */
    boolean keep(Entry entry) {
        return transactions.execute(_ -> {
            // two who make a director of the same committee at once: one waits and is told
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 7))").param(entry.unit().toString()).query((_, _) -> 0).single();
            if (entry.works() && entry.standing().equals("director") && jdbc.sql("""
                    select exists (select from mediation.mediator where unit = ? and works and standing = 'director' and post <> ?)
                    """).params(entry.unit(), entry.post()).query(Boolean.class).single()) {
                return false;
            }
            jdbc.sql("""
                    insert into mediation.mediator (post, unit, division, standing, woman, skills, languages, most, term_from, term_to, listed, works, changed_at, changed_by)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?::date, ?::date, ?, ?, ?, ?)
                    on conflict (post) do update set unit = excluded.unit, division = excluded.division, standing = excluded.standing, woman = excluded.woman,
                      skills = excluded.skills, languages = excluded.languages, most = excluded.most, term_from = excluded.term_from, term_to = excluded.term_to,
                      listed = excluded.listed, works = excluded.works, changed_at = excluded.changed_at, changed_by = excluded.changed_by
                    """).param(entry.post()).param(entry.unit()).param(entry.division()).param(entry.standing()).param(entry.woman())
                    .param(entry.skills().toArray(String[]::new)).param(entry.languages().toArray(String[]::new)).param(entry.most())
                    .param(entry.termFrom().map(LocalDate::toString).orElse(null)).param(entry.termTo().map(LocalDate::toString).orElse(null))
                    .param(entry.listed()).param(entry.works()).param(clock.instant().atOffset(ZoneOffset.UTC)).param(by()).update();
            jdbc.sql("delete from mediation.skill where post = ?").param(entry.post()).update();
            jdbc.sql("insert into mediation.skill (skill, division, post, listed) select distinct s, ?, ?::uuid, ? from unnest(?::text[]) as s")
                    .param(entry.division()).param(entry.post()).param(entry.listed())
                    .param(java.util.stream.Stream.concat(entry.skills().stream(), entry.languages().stream().map(l -> "language:" + l)).toArray(String[]::new)).update();
            return true;
        });
    }

    List<MediatorPage.Training> trainings(UUID post) {
        return transactions.execute(_ -> jdbc.sql("select day, hours, subject from mediation.training where post = ? order by day desc, id desc limit 50").param(post)
                .query((r, _) -> new MediatorPage.Training(r.getObject(1, LocalDate.class), r.getBigDecimal(2), r.getString(3))).list());
    }

    void trained(UUID post, UUID person, MediatorPage.Training training) {
        Actor.Staff staff = Acting.staff();
        Instant now = clock.instant();
        transactions.executeWithoutResult(_ -> jdbc.sql("insert into mediation.training (id, post, person, day, hours, subject, at, by_post) values (?, ?, ?, ?::date, ?, ?, ?, ?)")
                .params(Uuid7.at(now), post, person, training.day().toString(), training.hours(), training.subject(), now.atOffset(ZoneOffset.UTC), staff.post()).update());
    }

    /**
     * Who would be fit for this case, best first: by committee, place, skill and what they have in hand, without whoever has an interest in it. Suggestions with their
     * reasons; a person chooses. Before it was taken up nothing is known of its type, and the committee is that of who asks.
     */
    public List<Suggestion> suggest(UUID matter, int most) {
        return asked(matter).map(asked -> suggest(asked, most)).orElse(List.of());
    }

    /** Empty for who is neither staff nor the program itself, which asks after it was taken up only. */
    Optional<Suggestion.Asked> asked(UUID matter) {
        Actor who = Acting.current();
        Optional<Dispute> dispute = who instanceof Actor.Staff || who instanceof Actor.Machine ? disputes.find(matter) : Optional.empty();
        Optional<UUID> unit = dispute.map(Dispute::unit).or(() -> who instanceof Actor.Staff staff ? Optional.of(staff.unit()) : Optional.empty());
        List<Readings.Somebody> people = unit.isEmpty() ? List.of() : readings.people(matter);
        return unit.flatMap(directory::findUnit).map(of -> new Suggestion.Asked(dispute.map(Dispute::type).orElse(""), of.id(), of.division(),
                people.stream().map(one -> one.contact("name")).filter(name -> !name.isBlank()).collect(Collectors.toSet()),
                people.stream().map(one -> one.contact("phone")).filter(phone -> !phone.isBlank()).collect(Collectors.toSet()),
                dispute.stream().flatMap(one -> one.mediators().stream()).filter(one -> one.ended().filter(end -> !end.equals("replaced")).isPresent())
                        .map(Dispute.MediatorOf::post).collect(Collectors.toSet())));
    }

    /** Who of the county would be fit: at most {@code most}, best first, each with the reasons that stand in it. */
    List<Suggestion> suggest(Suggestion.Asked asked, int most) {
        String county = asked.division().substring(0, Math.min(6, asked.division().length()));
        Map<UUID, Entry> entries = new LinkedHashMap<>();
        of(asked.unit()).forEach(entry -> entries.put(entry.post(), entry));
        String town = asked.division().substring(0, Math.min(9, asked.division().length()));
        for (String within : List.of(town, county)) {
            for (String skill : asked.type().isEmpty() ? List.of("") : List.of(asked.type(), "")) {
                if (entries.size() < LOOKED_AT) {
                    list(new Filter(within, skill, "", Optional.empty()), "", LOOKED_AT - entries.size()).rows().forEach(entry -> entries.putIfAbsent(entry.post(), entry));
                }
            }
        }
        Map<UUID, Integer> loads = loads(entries.keySet());
        Map<UUID, HeldPost> held = holders(entries.keySet());
        Map<UUID, Person> people = directory.people(held.values().stream().map(HeldPost::person).collect(Collectors.toSet()));
        return Suggestion.of(entries.values().stream().filter(entry -> held.containsKey(entry.post())).map(entry -> {
            HeldPost holder = held.get(entry.post());
            return new Suggestion.Candidate(entry, holder.personName(), Optional.ofNullable(people.get(holder.person())).flatMap(Person::phone).orElse(""),
                    holder.unitName(), loads.getOrDefault(entry.post(), 0));
        }).toList(), asked, CivilTime.dateOf(clock.instant()), most);
    }

    /** Who holds these posts now, stand-ins in place of those on leave. */
    public Map<UUID, HeldPost> holders(Collection<UUID> posts) {
        Map<UUID, HeldPost> held = new HashMap<>();
        directory.holdersOf(posts, clock.instant()).forEach(one -> held.putIfAbsent(one.post(), one));
        return held;
    }

    private static Entry entry(ResultSet r, int row) throws SQLException {
        return new Entry(r.getObject("post", UUID.class), r.getObject("unit", UUID.class), r.getString("division"), r.getString("standing"), r.getBoolean("woman"),
                Arrays.asList((String[]) r.getArray("skills").getArray()), Arrays.asList((String[]) r.getArray("languages").getArray()), r.getInt("most"),
                Optional.ofNullable(r.getObject("term_from", LocalDate.class)), Optional.ofNullable(r.getObject("term_to", LocalDate.class)), r.getBoolean("listed"),
                r.getBoolean("works"));
    }
}
