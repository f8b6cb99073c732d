package org.heshi.matters.view;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.function.Supplier;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.HeldMatters;
import org.heshi.calendar.Calendar;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Ids;
import org.heshi.kernel.MatterNumber;
import org.heshi.kernel.Page;
import org.heshi.kernel.PageKey;
import org.heshi.matters.MattersSettings;
import org.heshi.matters.act.Rules;
import org.heshi.matters.clock.Clocks;
import org.heshi.matters.clock.Running;
import org.heshi.matters.log.CanonicalJson;
import org.heshi.matters.log.Packed;
import org.heshi.matters.procedure.Procedure.Action;
import org.heshi.matters.procedure.Procedure.Relation;
import org.heshi.matters.procedure.Procedure;
import org.heshi.matters.procedure.Procedures;
import org.heshi.matters.seal.Seals;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads matters under row-level security. Lists are keyset-paged and served by an index from first to last. */
@Component
class SqlMatterViews implements MatterViews, HeldMatters {

    private static final String ROW = """
            m.id, m.number, m.version, m.kind, m.procedure, m.state, m.level, m.category, m.division_code, m.lead, m.recorded_at, m.entered_at, m.outcome,
            m.accused, (select p.seq || ' ' || p.ordinal || ' ' || encode(p.sealed, 'hex') from matters.particular p where p.matter = m.id and p.field = 'title' and p.class = 'words'
                        order by p.seq desc limit 1) as title,
            (select min(c.due_at) from matters.clock c where c.matter = m.id and c.paused_at is null and c.owed) as due_at
            """;

    private final JdbcClient jdbc;
    private final Seals seals;
    private final MattersSettings settings;
    private final TransactionTemplate reading;
    private final Procedures procedures;
    private final Directory directory;
    private final Divisions divisions;
    private final HistoryReader histories;
    private final InstantSource clock;
    private final Calendar calendar;
    private final Clocks clocks;

    SqlMatterViews(JdbcClient jdbc, Seals seals, MattersSettings settings, PlatformTransactionManager manager, Procedures procedures, Directory directory, Divisions divisions,
            HistoryReader histories, InstantSource clock, Calendar calendar, Clocks clocks) {
        this.jdbc = jdbc;
        this.seals = seals;
        this.settings = settings;
        this.reading = new TransactionTemplate(manager);
        this.reading.setReadOnly(true);
        this.procedures = procedures;
        this.directory = directory;
        this.divisions = divisions;
        this.histories = histories;
        this.clock = clock;
        this.calendar = calendar;
        this.clocks = clocks;
    }

    private <T> T read(Supplier<T> query) {
        T answer = reading.execute(_ -> query.get());
        if (answer == null) {
            throw new IllegalStateException("a view never answers null");
        }
        return answer;
    }

    @Override
    public Optional<UUID> find(MatterNumber number) {
        return read(() -> jdbc.sql("select id from matters.matter where number = ?").param(number.digits()).query(UUID.class).optional());
    }

    @Override
    public Optional<Standing> standing(MatterNumber number) {
        return read(() -> jdbc.sql("select id, version, kind, procedure, category, division_code, accused from matters.matter where number = ?")
                .param(number.digits())
                .query((r, _) -> new Standing(r.getObject("id", UUID.class), number, r.getInt("version"),
                        procedures.version(r.getString("kind"), r.getInt("procedure")), text(r, "category"), r.getString("division_code"),
                        Optional.ofNullable(r.getObject("accused", UUID.class)))).optional());
    }

    @Override
    public List<HistoryItem> history(UUID matter) {
        return read(() -> histories.read(matter));
    }

    @Override
    public MatterView get(UUID matter) {
        return read(() -> jdbc.sql("""
                select m.*, a.number as into_number, s.number as split_number
                from matters.matter m
                left join matters.matter a on a.id = m.merged_into
                left join matters.matter s on s.id = m.split_from
                where m.id = ?
                """).param(matter).query((r, _) -> view(r)).optional().orElseThrow(() -> new NoSuchElementException("no such matter for who looks")));
    }

    private MatterView view(ResultSet r) throws SQLException {
        UUID id = r.getObject("id", UUID.class);
        boolean staff = Acting.current() instanceof Actor.Staff;
        Procedure procedure = procedures.version(r.getString("kind"), r.getInt("procedure"));
        Map<String, String> words = new LinkedHashMap<>();
        Map<Integer, Map<String, String>> contacts = new HashMap<>();
        List<File> files = new ArrayList<>();
        boolean originals = staff && settings.originals().contains(procedure.kind()) && handles(id);
        jdbc.sql("""
                select matter, field, class, coalesce(party, 1) as party, ordinal, sealed, seq
                from matters.particular
                where matter = ? and sealed is not null
                order by seq, ordinal, field <> 'name', field
                """).param(id).query(p -> {
            Optional<String> value = seals.shown(p);
            if (value.isPresent() && !(p.getString("class").equals("file") && value.get().equals(Seals.UNREADABLE))) {
                switch (p.getString("class")) {
                    case "words" -> words.put(p.getString("field"), value.get());
                    case "file" -> files.add(histories.file(value.get(), p.getInt("seq"), originals));
                    default -> contacts.computeIfAbsent(p.getInt("party"), _ -> new LinkedHashMap<>()).put(p.getString("field"), value.get());
                }
            }
        });
        boolean seesContacts = seesContacts(id);
        List<Party> parties = jdbc.sql("select party, role from matters.party where matter = ? order by party").param(id)
                .query((p, _) -> new Party(p.getInt("party"), p.getString("role"), contacts.getOrDefault(p.getInt("party"), Map.of()), !seesContacts))
                .list();
        Map<String, List<UUID>> held = new HashMap<>();
        jdbc.sql("select unit, relation from matters.holding where matter = ? and not barred").param(id)
                .query(h -> {
                    held.computeIfAbsent(h.getString("relation"), _ -> new ArrayList<>()).add(h.getObject("unit", UUID.class));
                });
        UUID accused = r.getObject("accused", UUID.class);
        List<UUID> all = new ArrayList<>();
        held.values().forEach(all::addAll);
        if (accused != null) {
            all.add(accused);
        }
        Map<UUID, Unit> units = directory.units(all);
        List<MatterNumber> merged = staff ? numbers("select number from matters.matter where merged_into = ? order by id limit 100", id) : List.of();
        List<MatterNumber> links = staff
                ? numbers("select m.number from matters.link l join matters.matter m on m.id = l.other where l.matter = ? order by m.id limit 100", id)
                : List.of();
        Double latitude = (Double) r.getObject("latitude");
        Object rating = r.getObject("rating");
        return new MatterView(id, new MatterNumber(r.getString("number")), r.getInt("version"), procedure, procedure.state(r.getString("state")),
                r.getInt("level"), text(r, "category"), r.getString("channel"), r.getString("division_code"),
                divisions.fullName(r.getString("division_code")),
                latitude == null ? Optional.empty() : Optional.of(new Point(latitude, r.getDouble("longitude"))),
                words, parties, files, first(held, "desk", units), first(held, "lead", units),
                held.getOrDefault("helper", List.of()).stream().map(units::get).filter(java.util.Objects::nonNull).toList(),
                Optional.ofNullable(accused).map(units::get), text(r, "outcome"),
                rating == null ? Optional.empty() : Optional.of(((Number) rating).intValue()), time(r, "occurred_at"),
                time(r, "recorded_at").orElseThrow(), time(r, "entered_at").orElseThrow(), time(r, "closed_at"), time(r, "reopen_until"),
                text(r, "into_number").map(MatterNumber::new), merged, links, text(r, "split_number").map(MatterNumber::new),
                r.getBoolean("imported"), org.heshi.matters.log.Digests.hex(r.getBytes("head")), clocks(id, units), text(r, "order_number"));
    }

    private List<ClockView> clocks(UUID matter, Map<UUID, Unit> known) {
        Instant now = clock.instant();
        return running(matter).stream().map(c -> {
            Procedure procedure = procedures.version(c.kind(), c.procedure());
            Procedure.Clock described = procedure.clocks().get(c.name());
            boolean soon = c.warnAt() != null && !now.isBefore(c.warnAt());
            Instant at = c.pausedAt() == null ? now : c.pausedAt();
            return new ClockView(c.name(), described.title(), Optional.ofNullable(c.unit()).map(known::get).map(Unit::name), c.dueAt().minusSeconds(1),
                    calendar.left(c.length().unit(), at, c.dueAt()), Optional.ofNullable(c.pauseReason()).filter(_ -> !c.resting()).map(reason -> reason(procedure, described, reason)), c.resting(),
                    soon, c.provisional(), described.right(), described.basis());
        }).toList();
    }

    private List<Running> running(UUID matter) {
        return jdbc.sql("select * from matters.clock where matter = ? order by due_at, name").param(matter).query((r, _) -> Running.of(r)).list();
    }

    private static Bilingual reason(Procedure procedure, Procedure.Clock clock, String code) {
        return clock.pauses().stream().flatMap(name -> procedure.findAction(name).stream()).flatMap(action -> action.findField(Clocks.REASON).stream())
                .map(field -> field.options().get(code)).filter(java.util.Objects::nonNull).findFirst().orElse(new Bilingual(code, code));
    }

    private boolean seesContacts(UUID matter) {
        return jdbc.sql("select matters.may_see_contact(?, 1::smallint)").param(matter).query(Boolean.class).single();
    }

    private List<MatterNumber> numbers(String sql, UUID matter) {
        return jdbc.sql(sql).param(matter).query(String.class).list().stream().map(MatterNumber::new).toList();
    }

    private static Optional<Unit> first(Map<String, List<UUID>> held, String relation, Map<UUID, Unit> units) {
        return held.getOrDefault(relation, List.of()).stream().map(units::get).filter(java.util.Objects::nonNull).findFirst();
    }

    /** Whether the unit of who looks works on it, and does not only know of it. */
    private boolean handles(UUID matter) {
        return jdbc.sql("select exists (select from matters.holding where matter = ? and unit = ? and relation in ('desk', 'lead', 'helper', 'verifier'))")
                .param(matter).param(Acting.staff().unit()).query(Boolean.class).single();
    }

    @Override
    public boolean holds(UUID matter) {
        return read(() -> jdbc.sql("select exists (select from matters.holding where matter = ? and unit = ? and not barred)").param(matter).param(Acting.staff().unit())
                .query(Boolean.class).single());
    }

    @Override
    public Optional<UUID> named(UUID matter, Procedure.Source field) {
        return read(() -> jdbc.sql("select * from matters.newest(?, ?)").param(matter).param(field.action()).query((r, _) -> Packed.content(r)).optional())
                .flatMap(content -> CanonicalJson.object(content, "data").get(field.field()) instanceof String said ? Ids.find(said) : Optional.empty());
    }

    @Override
    public List<Charge> charges(UUID matter) {
        return read(() -> {
            record Part(String turn, Optional<UUID> unit, java.time.Duration time) {
            }
            List<Part> parts = jdbc.sql("select * from matters.charged(?, ?) order by millis desc, turn").param(matter)
                    .param(clock.instant().atOffset(ZoneOffset.UTC)).query((r, _) -> new Part(Optional.ofNullable(r.getString("turn")).orElse("unknown"),
                            Optional.ofNullable(r.getObject("held_by", UUID.class)), java.time.Duration.ofMillis(r.getLong("millis")))).list();
            Map<UUID, Unit> units = directory.units(parts.stream().flatMap(part -> part.unit().stream()).distinct().toList());
            long whole = Math.max(1, parts.stream().mapToLong(part -> part.time().toMillis()).sum());
            return parts.stream().map(part -> new Charge(part.unit().map(units::get).map(Unit::name), part.turn(), part.time(),
                    (int) Math.round(part.time().toMillis() * 100.0 / whole))).toList();
        });
    }

    @Override
    public List<Action> nextActions(UUID matter) {
        return read(() -> {
            Actor actor = Acting.current();
            int party = actor instanceof Actor.Resident r ? r.party() : 0;
            record Standing(String kind, int procedure, String state, String scope, boolean order, Optional<Instant> reopenUntil, Optional<String> party,
                    boolean ended) {
            }
            Standing standing = jdbc.sql("""
                    select m.kind, m.procedure, m.state, m.scope_code, m.order_number is not null as ordered, m.reopen_until,
                           m.put_away_at is not null or m.erased_at is not null as ended,
                           (select p.role from matters.party p where p.matter = m.id and p.party = ?) as party
                    from matters.matter m where m.id = ?
                    """).param(party).param(matter).query((r, _) -> new Standing(r.getString("kind"), r.getInt("procedure"), r.getString("state"),
                    r.getString("scope_code"), r.getBoolean("ordered"), time(r, "reopen_until"), Optional.ofNullable(r.getString("party")), r.getBoolean("ended"))).optional()
                    .orElseThrow(() -> new NoSuchElementException("no such matter for who looks"));
            if (standing.ended()) {
                return List.of();
            }
            Set<Relation> relations = EnumSet.noneOf(Relation.class);
            if (actor instanceof Actor.Staff staff) {
                if (Rules.watches(staff, standing.scope())) {
                    relations.add(Relation.OVER);
                }
                jdbc.sql("select relation from matters.holding where matter = ? and unit = ? and not barred and relation <> 'origin'")
                        .param(matter).param(staff.unit()).query(String.class).list()
                        .forEach(relation -> relations.add(Relation.valueOf(relation.toUpperCase(Locale.ROOT))));
            } else {
                standing.party().ifPresent(role -> relations.addAll(Rules.relations(role)));
            }
            Instant now = clock.instant();
            Procedure procedure = procedures.version(standing.kind(), standing.procedure());
            List<Running> running = procedure.clocks().isEmpty() ? List.of() : running(matter);
            List<Action> possible = procedure.actionsFrom(standing.state()).stream().filter(action -> Rules.mayAct(procedure, action, actor, relations)).toList();
            Map<String, Integer> done = timesDone(matter, possible.stream().flatMap(action -> procedure.counted(action).stream()), procedure.beginningAgain());
            Set<String> ever = timesDone(matter, possible.stream().flatMap(action -> action.guard().ever().stream()), Set.of()).keySet();
            return possible.stream()
                    .filter(action -> Rules.guarded(procedure, action, actor, done, ever, standing.order()).isEmpty())
                    .filter(action -> Rules.windowIsOpen(action, standing.reopenUntil(), now))
                    .filter(action -> clocks.allow(procedure, action, running, now))
                    .filter(action -> action.notBy().isEmpty() || !(actor instanceof Actor.Staff staff) || !hasDone(matter, staff.person(), action.notBy()))
                    .toList();
        });
    }

    /** How often what the guards of these actions count was done; nothing is asked when they count nothing. */
    private Map<String, Integer> timesDone(UUID matter, Stream<String> actions, Set<String> again) {
        Map<String, Integer> done = new HashMap<>();
        String[] counted = actions.distinct().toArray(String[]::new);
        if (counted.length > 0) {
            jdbc.sql("select action, times from matters.times_done(?, ?, ?)").param(matter).param(counted).param(again.toArray(String[]::new))
                    .query(r -> {
                        done.put(r.getString("action"), r.getInt("times"));
                    });
        }
        return done;
    }

    private boolean hasDone(UUID matter, UUID person, Set<String> actions) {
        return jdbc.sql("select matters.has_done(?, ?, ?)").param(matter).param(person).param(actions.toArray(String[]::new))
                .query(Boolean.class).single();
    }

    // ---- lists

    @Override
    public Page<Row> queue(QueueFilter filter) {
        UUID unit = Acting.staff().unit();
        Optional<QueueKey> after = filter.after().flatMap(QueueKey::parse);
        StringBuilder sql = new StringBuilder("select h.since, ").append(ROW).append("""
                from matters.holding h join matters.matter m on m.id = h.matter
                where h.unit = :unit and h.turn
                """);
        JdbcClient.StatementSpec statement;
        List<String> relations = turns();
        // one relation is an equality, which the index of the relation serves in order; several are few rows less than all
        sql.append(relations.size() == 1 ? " and h.relation = :relation" : " and h.relation = any (:relations)");
        if (filter.state().isPresent()) {
            sql.append(" and h.state = :state");
        }
        if (after.isPresent()) {
            sql.append("""
                     and h.level <= :level
                     and (h.level < :level or h.since > :since or h.since = :since and h.matter > :matter)
                    """);
        }
        sql.append(" order by h.level desc, h.since, h.matter limit :limit");
        statement = jdbc.sql(sql.toString()).param("unit", unit).param("limit", filter.size() + 1);
        statement = relations.size() == 1 ? statement.param("relation", relations.getFirst()) : statement.param("relations", relations.toArray(String[]::new));
        if (filter.state().isPresent()) {
            statement = statement.param("state", filter.state().get());
        }
        if (after.isPresent()) {
            statement = statement.param("level", after.get().level()).param("since", OffsetDateTime.ofInstant(after.get().since(), ZoneOffset.UTC))
                    .param("matter", after.get().matter());
        }
        JdbcClient.StatementSpec ready = statement;
        return read(() -> Page.cut(named(ready.query((r, _) -> raw(r, time(r, "since").orElseThrow())).list()), filter.size(),
                row -> new QueueKey(row.level(), row.since(), row.id()).text()));
    }

    private String turnOf(StateCount count) {
        Procedure.State state = procedures.has(count.kind()) ? procedures.current(count.kind()).states().get(count.state()) : null;
        return (state == null ? Relation.DESK : state.turn()).code();
    }

    /** Whose turn it is when it is the turn of who looks: a verifier's is the check, everybody else's the work. */
    private static List<String> turns() {
        Set<Role> roles = Acting.staff().roles();
        boolean works = roles.stream().anyMatch(role -> role != Role.VERIFIER && role != Role.AUDITOR && role != Role.ADMINISTRATOR);
        if (!works && roles.contains(Role.VERIFIER)) {
            return List.of("verifier");
        }
        return roles.contains(Role.VERIFIER) ? List.of("desk", "lead", "helper", "verifier") : List.of("desk", "lead", "helper");
    }

    /** Whether there is any matter that who acts must know nothing of; then no count is taken from holdings alone. */
    private boolean keptOut() {
        return jdbc.sql("select matters.kept_out()").query(Boolean.class).single();
    }

    /** Where a page of the queue ended. */
    private record QueueKey(int level, Instant since, UUID matter) {

        String text() {
            return level + "." + PageKey.of(since) + "." + matter;
        }

        static Optional<QueueKey> parse(String text) {
            String[] parts = text.split("\\.");
            return parts.length != 3 || !parts[0].matches("[012]") ? Optional.empty() : PageKey.instant(parts[1])
                    .flatMap(since -> Ids.find(parts[2]).map(matter -> new QueueKey(Integer.parseInt(parts[0]), since, matter)));
        }
    }

    @Override
    public List<StateCount> queueCounts() {
        UUID unit = Acting.staff().unit();
        List<String> mine = turns();
        return read(() -> jdbc.sql(keptOut() ? """
                select h.state, h.kind, least(count(*), :most)::int as n from matters.holding h join matters.matter m on m.id = h.matter
                where h.unit = :unit and h.turn group by h.state, h.kind order by h.state, h.kind
                """ : """
                with recursive states (state, kind) as (
                  (select h.state, h.kind from matters.holding h where h.unit = :unit and h.turn order by h.state, h.kind limit 1)
                  union all
                  select n.state, n.kind from states s cross join lateral (
                    select h.state, h.kind from matters.holding h
                    where h.unit = :unit and h.turn and (h.state, h.kind) > (s.state, s.kind)
                    order by h.state, h.kind limit 1) n
                )
                select s.state, s.kind, (select count(*) from (
                  select from matters.holding h where h.unit = :unit and h.turn and h.state = s.state and h.kind = s.kind limit :most) c) as n
                from states s
                """).param("unit", unit).param("most", COUNTED_TO).query((r, _) -> {
            String kind = r.getString("kind");
            String state = r.getString("state");
            // a kind that is not published any more still has matters that began with it
            Bilingual title = Optional.ofNullable(procedures.has(kind) ? procedures.current(kind).states().get(state) : null).map(Procedure.State::title)
                    .orElse(new Bilingual(state, state));
            return new StateCount(kind, state, title, r.getInt("n"));
        }).list().stream().filter(count -> mine.contains(turnOf(count))).toList());
    }

    @Override
    public Page<Row> unitMatters(Optional<String> after, int size) {
        UUID unit = Acting.staff().unit();
        Optional<UUID> key = after.flatMap(Ids::find);
        // "came" is the beginning of the id, by which the index goes: the order is that of the ids. What is shown of a matter is read of those on the page alone
        String sql = "select " + ROW + """
                from (select distinct on (h.came, h.matter) h.came, h.matter from matters.holding h join matters.matter v on v.id = h.matter
                      where h.unit = :unit and h.relation <> 'barred'
                """ + (key.isPresent() ? " and h.came <= :came and h.matter < :after" : "") + """
                      order by h.came desc, h.matter desc limit :limit) k
                join matters.matter m on m.id = k.matter order by k.came desc, k.matter desc
                """;
        JdbcClient.StatementSpec statement = jdbc.sql(sql).param("unit", unit).param("limit", size + 1);
        JdbcClient.StatementSpec ready = key.isPresent() ? statement.param("after", key.get()).param("came", came(key.get())) : statement;
        return read(() -> Page.cut(named(ready.query((r, _) -> raw(r, time(r, "entered_at").orElseThrow())).list()), size, row -> row.id().toString()));
    }

    /** As the column of that name: what begins later is not less. */
    private static int came(UUID matter) {
        return (int) (matter.getMostSignificantBits() >>> 32);
    }

    @Override
    public Page<Order> orders(Optional<String> after, int size) {
        UUID unit = Acting.staff().unit();
        Optional<UUID> key = after.flatMap(Ids::find);
        return read(() -> {
            record Kept(UUID id, String number, boolean answered) {
            }
            List<Kept> kept = jdbc.sql("""
                    select m.id, m.order_number as number,
                           m.terminal or m.turn = 'verifier' as answered
                    from matters.matter m join matters.holding h on h.matter = m.id and h.unit = ? and h.relation = 'desk'
                    where m.order_number is not null and m.order_back_at is null and m.id > ?
                    order by m.id limit ?
                    """).param(unit).param(key.orElse(new UUID(0, 0))).param(size + 1).query(Kept.class).list();
            Map<UUID, Row> rows = new HashMap<>();
            byIds(kept.stream().map(Kept::id).toList()).forEach(row -> rows.put(row.id(), row));
            return Page.cut(kept.stream().filter(one -> rows.containsKey(one.id())).map(one -> new Order(one.number(),
                    java.util.Objects.requireNonNull(rows.get(one.id())), one.answered())).toList(), size, order -> order.row().id().toString());
        });
    }

    @Override
    public Optional<MatterNumber> findOrder(String order) {
        return order.matches("[A-Za-z0-9-]{1,40}") ? read(() -> jdbc.sql("select number from matters.matter where order_number = ?").param(order)
                .query(String.class).optional().map(MatterNumber::new)) : Optional.empty();
    }

    @Override
    public Page<Row> divisionMatters(String division, Optional<String> after, int size) {
        Optional<UUID> key = after.flatMap(Ids::find);
        String where = division.length() >= 9 ? "m.town_code = :division" : "m.county_code = :division";
        // "came" is the beginning of the id, by which the index goes: the order is that of the ids
        String sql = "select " + ROW + " from matters.matter m where " + where + (key.isPresent() ? " and m.came <= :came and m.id < :after" : "")
                + " order by m.came desc, m.id desc limit :limit";
        JdbcClient.StatementSpec statement = jdbc.sql(sql).param("division", division.substring(0, Math.min(division.length(), division.length() >= 9 ? 9 : 6)))
                .param("limit", size + 1);
        JdbcClient.StatementSpec ready = key.isPresent() ? statement.param("after", key.get()).param("came", came(key.get())) : statement;
        return read(() -> Page.cut(named(ready.query((r, _) -> raw(r, time(r, "entered_at").orElseThrow())).list()), size, row -> row.id().toString()));
    }

    private List<Row> byIds(List<UUID> matters) {
        if (matters.isEmpty()) {
            return List.of();
        }
        List<Row> found = named(jdbc.sql("select " + ROW + " from matters.matter m where m.id = any (:ids)")
                .param("ids", matters.toArray(UUID[]::new)).query((r, _) -> raw(r, time(r, "entered_at").orElseThrow())).list());
        Map<UUID, Row> byId = new HashMap<>();
        found.forEach(row -> byId.put(row.id(), row));
        return matters.stream().map(byId::get).filter(java.util.Objects::nonNull).toList();
    }

    @Override
    public List<Row> rows(List<UUID> matters) {
        return read(() -> byIds(matters));
    }

    // ---- rows

    private record Raw(UUID id, String number, int version, String kind, int procedure, String state, int level, Optional<String> category,
            String division, Optional<UUID> lead, Instant recordedAt, Instant since, Optional<String> outcome, boolean aboutOffice, String title,
            Optional<Instant> dueAt) {
    }

    /** Empty when it was erased. */
    private String title(ResultSet r) throws SQLException {
        String sealed = r.getString("title");
        if (sealed == null) {
            return "";
        }
        String[] parts = sealed.split(" ", 3);
        return seals.shown(r.getObject("id", UUID.class), Integer.parseInt(parts[0]), "title", Integer.parseInt(parts[1]), HexFormat.of().parseHex(parts[2]))
                .orElse("");
    }

    private Raw raw(ResultSet r, Instant since) throws SQLException {
        return new Raw(r.getObject("id", UUID.class), r.getString("number"), r.getInt("version"), r.getString("kind"), r.getInt("procedure"),
                r.getString("state"), r.getInt("level"), text(r, "category"), r.getString("division_code"),
                Optional.ofNullable(r.getObject("lead", UUID.class)), time(r, "recorded_at").orElseThrow(), since, text(r, "outcome"),
                r.getObject("accused") != null, title(r), time(r, "due_at"));
    }

    /** Names of units and places for a page of rows, each asked for once. */
    private List<Row> named(List<Raw> raws) {
        Map<UUID, Unit> leads = directory.units(raws.stream().flatMap(raw -> raw.lead().stream()).distinct().toList());
        Map<String, String> places = divisions.namesEver(raws.stream().map(Raw::division).toList());
        return raws.stream().map(raw -> {
            Procedure procedure = procedures.version(raw.kind(), raw.procedure());
            Procedure.State state = procedure.state(raw.state());
            return new Row(raw.id(), new MatterNumber(raw.number()), raw.version(), raw.kind(), raw.state(), state.title(), procedure.title(),
                    raw.title(), raw.level(), raw.category(), raw.division(), places.getOrDefault(raw.division(), raw.division()), raw.lead(),
                    raw.lead().map(leads::get).map(Unit::name), raw.recordedAt(), raw.since(), raw.outcome(), raw.aboutOffice(), state.terminal(),
                    raw.dueAt());
        }).toList();
    }

    private static Optional<String> text(ResultSet r, String column) throws SQLException {
        return Optional.ofNullable(r.getString(column));
    }

    private static Optional<Instant> time(ResultSet r, String column) throws SQLException {
        @Nullable OffsetDateTime at = r.getObject(column, OffsetDateTime.class);
        return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
    }
}
