package org.heshi.directory.handling;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heshi.directory.Categories;
import org.heshi.directory.Directory;
import org.heshi.directory.DispatchRules;
import org.heshi.directory.HeldPost;
import org.heshi.directory.Person;
import org.heshi.directory.Post;
import org.heshi.directory.Unit;
import org.heshi.directory.desk.Days;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.Ids;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Page;
import org.heshi.kernel.Refusal;
import org.heshi.kernel.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Rulings that became rules. The policies hold every write to the place of the post that acts. */
@Component
class RulesFromRulings implements DispatchRules {

    private static final int MOST_HELPERS = 9;
    private static final String RULE = """
            select r.id, r.category, r.division_code, r.lead, r.starts_at, r.ends_at, r.from_paper, r.from_matter, r.from_seq,
                   array(select h.unit from directory.helper h where h.rule = r.id order by h.ordinal) as helpers
              from directory.handles r
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Directory directory;
    private final Categories categories;
    private final Divisions divisions;
    private final InstantSource clock;

    RulesFromRulings(JdbcClient jdbc, TransactionTemplate transactions, Directory directory, Categories categories, Divisions divisions, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.directory = directory;
        this.categories = categories;
        this.divisions = divisions;
        this.clock = clock;
    }

    @Override
    public Keeping keep(HeldPost by, String category, String place, UUID lead, List<UUID> helpers, Source source) {
        return transactions.execute(_ -> {
            List<UUID> others = new ArrayList<>(new LinkedHashSet<>(helpers));
            others.remove(lead);
            List<Refusal> refusals = refusals(by, category, place, lead, others);
            Instant now = clock.instant();
            jdbc.sql("select pg_advisory_xact_lock(hashtext('directory.handles'))").query().singleRow();
            record Old(UUID id, UUID lead, List<UUID> helpers, boolean later) {
            }
            Optional<Old> old = jdbc.sql("""
                    select r.id, r.lead, array(select h.unit from directory.helper h where h.rule = r.id order by h.ordinal), r.starts_at > ? as later
                      from directory.handles r where r.category = ? and r.division_code = ? and (r.ends_at is null or r.ends_at > ?)
                     order by r.starts_at limit 1""").params(Days.at(now), category, place, Days.at(now))
                    .query((r, _) -> new Old(r.getObject(1, UUID.class), r.getObject(2, UUID.class), Arrays.asList((UUID[]) r.getArray(3).getArray()),
                            r.getBoolean("later"))).optional();
            if (old.filter(rule -> rule.later() || rule.lead().equals(lead) && new HashSet<>(rule.helpers()).equals(new HashSet<>(others))).isPresent()) {
                refusals.add(Refusal.at("category", "directory-already-ruled", directory.findUnit(old.get().lead()).map(Unit::name).orElse("")));
            }
            if (!refusals.isEmpty()) {
                return new Keeping.Refused(refusals);
            }
            old.ifPresent(rule -> jdbc.sql("update directory.handles set ends_at = greatest(?::timestamptz, starts_at + interval '1 microsecond') where id = ?")
                    .params(Days.at(now), rule.id()).update());
            UUID id = Uuid7.at(now);
            jdbc.sql("""
                    insert into directory.handles (id, category, division_code, lead, starts_at, from_paper, from_matter, from_seq)
                    values (?, ?, ?, ?, ?, ?, ?, ?)""").param(id).param(category).param(place).param(lead).param(Days.at(now))
                    .param(source.paper().orElse(null)).param(source.matter().digits()).param(source.seq()).update();
            for (int i = 0; i < others.size(); i++) {
                jdbc.sql("insert into directory.helper (rule, ordinal, unit) values (?, ?, ?)").params(id, i + 1, others.get(i)).update();
            }
            return new Keeping.Done(id);
        });
    }

    private List<Refusal> refusals(HeldPost by, String category, String place, UUID lead, List<UUID> helpers) {
        List<Refusal> refusals = new ArrayList<>();
        if (!category.isEmpty() && categories.find(category).isEmpty()) {
            refusals.add(Refusal.at("category", "directory-empty"));
        }
        if (!by.covers(place) || divisions.find(place).isEmpty()) {
            refusals.add(Refusal.at("place", "directory-empty"));
        }
        if (directory.findUnit(lead).isEmpty() || helpers.size() > MOST_HELPERS || directory.units(helpers).size() < helpers.size()) {
            refusals.add(Refusal.of("directory-empty"));
        }
        return refusals;
    }

    private record Row(UUID id, String category, String place, UUID lead, List<UUID> helpers, Optional<Source> source, Instant from, Optional<Instant> ended) {

        static Row read(ResultSet r, int row) throws SQLException {
            String matter = r.getString("from_matter");
            return new Row(r.getObject("id", UUID.class), r.getString("category"), r.getString("division_code"), r.getObject("lead", UUID.class),
                    Arrays.asList((UUID[]) r.getArray("helpers").getArray()), Optional.ofNullable(matter).map(number -> source(r, number)),
                    r.getObject("starts_at", OffsetDateTime.class).toInstant(), time(r));
        }

        private static Source source(ResultSet r, String number) {
            try {
                return new Source(Optional.ofNullable(r.getString("from_paper")), new MatterNumber(number), r.getInt("from_seq"));
            } catch (SQLException e) {
                throw new IllegalStateException("a rule's source cannot be read", e);
            }
        }

        private static Optional<Instant> time(ResultSet r) throws SQLException {
            @Nullable OffsetDateTime at = r.getObject("ends_at", OffsetDateTime.class);
            return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
        }
    }

    @Override
    public Page<Rule> fromRulings(String place, String after, int size, Locale locale) {
        Optional<UUID> from = Ids.find(after);
        JdbcClient.StatementSpec asked = jdbc.sql(RULE + " where r.from_matter is not null and starts_with(r.division_code, :place)"
                + (from.isPresent() ? " and r.id < :after" : "") + " order by r.id desc limit :limit").param("place", place).param("limit", size + 1);
        JdbcClient.StatementSpec ready = from.isPresent() ? asked.param("after", from.get()) : asked;
        Page<Row> page = Page.cut(transactions.execute(_ -> ready.query(Row::read).list()), size, row -> row.id().toString());
        return new Page<>(named(page.rows(), locale), page.next());
    }

    @Override
    public Rule get(UUID id, String place, Locale locale) {
        return transactions.execute(_ -> jdbc.sql(RULE + " where r.id = ? and starts_with(r.division_code, ?)").params(id, place).query(Row::read).optional())
                .map(row -> named(List.of(row), locale).getFirst()).orElseThrow(() -> new NoSuchElementException("no such rule"));
    }

    private List<Rule> named(List<Row> rows, Locale locale) {
        Set<UUID> ids = new LinkedHashSet<>();
        rows.forEach(row -> {
            ids.add(row.lead());
            ids.addAll(row.helpers());
        });
        Map<UUID, Unit> units = directory.units(ids);
        Map<String, String> places = divisions.fullNames(rows.stream().map(Row::place).distinct().toList());
        return rows.stream().map(row -> new Rule(row.id(), row.category().isEmpty() ? "" : categories.path(row.category(), locale),
                places.getOrDefault(row.place(), row.place()), units.get(row.lead()).name(), row.helpers().stream().map(units::get).map(Unit::name).toList(),
                row.source(), row.from(), row.ended())).toList();
    }

    @Override
    public Optional<UUID> keptAs(MatterNumber matter, int seq) {
        return transactions.execute(_ -> jdbc.sql("""
                select id from directory.handles where from_matter = ? and from_seq = ? and (ends_at is null or ends_at > ?) order by id desc limit 1""")
                .params(matter.digits(), seq, Days.at(clock.instant())).query(UUID.class).optional());
    }

    @Override
    public List<Change> history(UUID rule) {
        record Told(String what, Instant at, Optional<UUID> person, Optional<UUID> post) {
        }
        List<Told> told = transactions.execute(_ -> jdbc.sql("select what, at, person, post from directory.handles_change where rule = ? order by told, what desc")
                .param(rule).query((r, _) -> new Told(r.getString("what"), r.getObject("at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(r.getObject("person", UUID.class)), Optional.ofNullable(r.getObject("post", UUID.class)))).list());
        Map<UUID, Person> people = directory.people(told.stream().flatMap(t -> t.person().stream()).collect(Collectors.toSet()));
        Map<UUID, Post> posts = directory.posts(told.stream().flatMap(t -> t.post().stream()).collect(Collectors.toSet()));
        Map<UUID, Unit> units = directory.units(posts.values().stream().map(Post::unit).collect(Collectors.toSet()));
        return told.stream().map(t -> new Change(t.what(), t.at(), t.person().map(people::get).map(Person::name), t.post().map(posts::get).map(Post::title),
                t.post().map(posts::get).map(Post::unit).map(units::get).map(Unit::name))).toList();
    }
}
