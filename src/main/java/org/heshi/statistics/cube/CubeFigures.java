package org.heshi.statistics.cube;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.divisions.Level;
import org.heshi.kernel.CivilTime;
import org.heshi.kernel.Page;
import org.heshi.matters.MatterLog;
import org.heshi.statistics.By;
import org.heshi.statistics.Figures;
import org.heshi.statistics.Only;
import org.heshi.statistics.Question;
import org.heshi.statistics.Question.Cut;
import org.heshi.statistics.Whose;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads cells: whole months where they are summed, days where they are not, what waits to be added, and matter by matter what lies below the town and what somebody
 * is barred from. All from one moment.
 */
@Component
class CubeFigures implements Figures {

    private static final Level[] LEVELS = Level.values();

    private final JdbcClient jdbc;
    private final TransactionTemplate moment;
    private final MatterLog log;
    private final MovedPlaces moved;
    private final InstantSource clock;
    private volatile Dictionary words = Dictionary.of(Map.of());

    CubeFigures(JdbcClient jdbc, PlatformTransactionManager transactions, MatterLog log, MovedPlaces moved, InstantSource clock) {
        this.jdbc = jdbc;
        this.moment = new TransactionTemplate(transactions);
        this.moment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.moment.setReadOnly(true);
        this.log = log;
        this.moved = moved;
        this.clock = clock;
    }

    /** Cells of one place that count under a key of the answer. @param sign 1 or -1 */
    private record Source(String whose, String key, int sign) {

        /** Below the town there are no cells. */
        boolean low() {
            return !Changes.unit(whose) && whose.length() > Level.TOWN.digits();
        }
    }

    private record Asked(Question question, List<Source> sources) {
    }

    @Override
    public List<Answer> ask(List<Question> questions) {
        if (questions.isEmpty()) {
            return List.of();
        }
        questions.forEach(question -> {
            mayAsk(question.whose());
            Reading.column(question);
        });
        return java.util.Objects.requireNonNull(moment.execute(_ -> {
            record State(long position, @Nullable Instant at, Instant now) {
            }
            State state = jdbc.sql("select position, at from statistics.counted").query((r, _) -> {
                OffsetDateTime at = r.getObject("at", OffsetDateTime.class);
                return new State(r.getLong("position"), at == null ? null : at.toInstant(), clock.instant());
            }).optional().orElse(new State(0, null, clock.instant()));
            // what is counted to the head of the log is counted up to now
            Optional<Instant> asOf = state.position() >= log.head() ? Optional.of(state.now()) : Optional.ofNullable(state.at());
            mayRead(questions);
            List<Asked> asked = questions.stream().map(question -> new Asked(question, sources(question))).toList();
            Rows rows = new Rows(asked);
            refreshWords();
            Map<KeptCells.Packed, Long> stocks = new IdentityHashMap<>();
            return asked.stream().map(one -> {
                Reading reading = new Reading(one.question(), words, stocks);
                one.sources().forEach(source -> rows.give(one.question(), source, reading));
                if (one.sources().stream().anyMatch(source -> !source.key().isEmpty()) && one.sources().stream().anyMatch(source -> source.key().isEmpty())) {
                    reading.leaveTheRest();
                }
                Reading.Done done = reading.done();
                return new Answer(one.question(), done.rows(), done.total(), asOf, state.position());
            }).toList();
        }));
    }

    private void mayAsk(Whose whose) {
        boolean may = switch (Acting.current()) {
            case Actor.Machine _ -> true;
            case Actor.Staff staff -> switch (whose) {
                case Whose.Place(String code) -> own(staff).filter(own -> code.startsWith(own) || moved.once(own).stream().anyMatch(code::startsWith)).isPresent();
                case Whose.Unit(UUID unit) -> staff.unit().equals(unit);
            };
            default -> false;
        };
        if (!may) {
            throw new AccessDeniedException("these figures are not for who asks");
        }
    }

    /** The place that the post watches; else the village or grid where it works, of which it is told what it may see. */
    private static Optional<String> own(Actor.Staff staff) {
        return Optional.of(staff.scope().isEmpty() ? staff.held().division() : staff.scope()).filter(own -> !staff.scope().isEmpty() || own.length() > Level.TOWN.digits());
    }

    /** Codes that ended make up places that stand: the policies let them be read along with those. Only for this transaction, and only what may be asked for. */
    private void mayRead(List<Question> questions) {
        if (Acting.current() instanceof Actor.Staff staff && !staff.scope().isEmpty()) {
            Stream<String> parts = questions.stream().flatMap(question -> question.whose() instanceof Whose.Place(String code)
                    ? question.cut() == Cut.THEN ? Stream.of(code) : moved.parts(code).keySet().stream() : Stream.of());
            String once = Stream.concat(moved.once(staff.scope()).stream(), parts).filter(code -> !code.startsWith(staff.scope())).distinct().collect(Collectors.joining(","));
            if (!once.isEmpty()) {
                jdbc.sql("select set_config('app.once', ?, true)").param(once).query(String.class).single();
            }
        }
    }

    // ---- which cells

    private List<Source> sources(Question question) {
        if (question.whose() instanceof Whose.Unit(UUID unit)) {
            if (question.by().contains(By.PLACE) || question.by().contains(By.TOWN)) {
                throw new IllegalArgumentException("a unit's figures are not counted by place: " + question);
            }
            return List.of(new Source(unit.toString(), "", 1));
        }
        String place = ((Whose.Place) question.whose()).code();
        List<Source> sources = new ArrayList<>(of(place, "", question.cut(), 1));
        int digits = question.by().contains(By.TOWN) ? Level.TOWN.digits() : question.by().contains(By.PLACE) ? below(place) : 0;
        if (question.only().here()) {
            children(place, below(place), question.cut()).stream().filter(child -> child.length() > place.length())
                    .forEach(child -> sources.addAll(of(child, "", question.cut(), -1)));
        } else if (digits > place.length()) {
            // what counts in none of them is what is left of the whole
            children(place, digits, question.cut()).forEach(child -> sources.addAll(of(child, child, question.cut(), 1)));
        } else if (digits == place.length()) {
            return of(place, place, question.cut(), 1);
        }
        return sources;
    }

    private static int below(String place) {
        int level = Level.of(place).ordinal();
        return level + 1 < LEVELS.length ? LEVELS[level + 1].digits() : place.length();
    }

    private List<Source> of(String place, String key, Cut cut, int sign) {
        return cut == Cut.THEN ? List.of(new Source(place, key, sign))
                : moved.parts(place).entrySet().stream().map(part -> new Source(part.getKey(), key, sign * part.getValue())).toList();
    }

    /** Places of that length within, of which something was ever counted; as they are today those that stand today. */
    private Collection<String> children(String place, int digits, Cut cut) {
        Set<String> codes = new TreeSet<>();
        String table = digits > Level.TOWN.digits() ? """
                  with recursive one as (
                    (select left(place, :digits) as code from statistics.life where place >= :from and place < :to and length(place) >= :digits order by place limit 1)
                    union all
                    select (select left(place, :digits) from statistics.life where place >= one.code || ':' and place < :to and length(place) >= :digits order by place limit 1)
                    from one where one.code is not null)
                  select code from one where code is not null
                  """
                : """
                  select whose from statistics.cube where grain = 'o' and whose >= :from and whose < :to and length(whose) = :digits
                  union select left(whose, :digits) from statistics.pending where whose >= :from and whose < :to and length(whose) >= :digits and length(whose) <= 17
                  """;
        codes.addAll(jdbc.sql(table).param("digits", digits).param("from", place).param("to", place + ":").query(String.class).list());
        if (cut == Cut.TODAY) {
            codes.removeIf(moved::gone);
            moved.newcomers(place, digits).forEach(codes::add);
        }
        return codes;
    }

    // ---- rows of cells

    /** All that several questions need, each row read once. */
    private final class Rows {

        private final Map<String, List<KeptCells.Packed>> found = new HashMap<>();
        private final List<Counted> low = new ArrayList<>();
        private final List<Counted> apart = new ArrayList<>();
        private final Set<Changes.At> summed = new HashSet<>();

        Rows(List<Asked> asked) {
            Set<String> whose = new LinkedHashSet<>();
            Set<String> low = new LinkedHashSet<>();
            Spans spans = Spans.of(asked.stream().map(Asked::question).toList());
            boolean[] columns = new boolean[3];
            for (Asked one : asked) {
                one.sources().forEach(source -> (source.low() ? low : whose).add(source.whose()));
                columns[Reading.column(one.question()).ordinal()] = true;
            }
            if (!whose.isEmpty()) {
                read(asked, whose, spans.first(), columns);
            }
            this.low.addAll(lives("not apart", low, spans));
            if (Acting.current() instanceof Actor.Staff staff) {
                if (asked.stream().anyMatch(one -> one.question().whose() instanceof Whose.Unit)) {
                    apart.addAll(jdbc.sql(KeptCells.LIVES + "where apart and lead = :unit").param("unit", staff.unit()).query(KeptCells::life).list());
                }
                Set<String> places = new LinkedHashSet<>(low);
                whose.stream().filter(one -> !Changes.unit(one)).forEach(places::add);
                apart.addAll(lives("apart", places, spans));
                Set<UUID> seen = new HashSet<>();
                apart.removeIf(one -> !seen.add(one.matter()));
            }
        }

        private void read(List<Asked> asked, Set<String> whose, LocalDate first, boolean[] columns) {
            String[] all = whose.toArray(String[]::new);
            jdbc.sql("select whose, first from statistics.cube where whose = any (:whose) and grain = 'm' and not stale and first >= :first").param("whose", all)
                    .param("first", first.withDayOfMonth(1)).query(r -> {
                        summed.add(new Changes.At(r.getString("whose"), 'm', r.getObject("first", LocalDate.class)));
                    });
            LocalDate today = CivilTime.dateOf(clock.instant());
            // ranges of rows: a day each for what is not summed or asked for day by day; whether their cells are needed, or only what they add to the stock
            Map<Changes.At, Boolean> wanted = new HashMap<>();
            for (Asked one : asked) {
                for (Source source : one.sources()) {
                    if (!source.low()) {
                        steps(one.question(), source.whose(), today, wanted);
                    }
                }
            }
            List<Changes.At> rows = List.copyOf(wanted.keySet());
            for (KeptCells.Packed row : jdbc.sql("""
                    select c.whose, c.grain, c.first, case when :m and (k.cells or c.net is null) then c.matters else '' end as matters,
                           case when :u and k.cells then c.units else '' end as units, case when :h and k.cells then c.hours else '' end as hours, c.net::bigint
                    from unnest(:w::text[], :g::"char"[], :a::date[], :c::boolean[]) as k (whose, grain, first, cells)
                    join statistics.cube c on c.whose = k.whose and c.grain = k.grain and c.first >= k.first
                         and c.first < case k.grain when 'd' then (k.first + interval '1 month')::date else k.first + 1 end
                    """).param("m", columns[0]).param("u", columns[1]).param("h", columns[2])
                    .param("w", KeptCells.column(rows, Changes.At::whose)).param("g", KeptCells.column(rows, at -> String.valueOf(at.grain())))
                    .param("a", KeptCells.column(rows, at -> at.first().toString())).param("c", rows.stream().map(wanted::get).toArray(Boolean[]::new))
                    .query((r, _) -> KeptCells.packed(r, r.getObject("net", Long.class))).list()) {
                found.computeIfAbsent(row.at().whose(), _ -> new ArrayList<>()).add(row);
            }
            waiting(whose);
        }

        /** Months by one row where it may be, else by their days. Days are fetched a month at a time. */
        private void steps(Question question, String whose, LocalDate today, Map<Changes.At, Boolean> wanted) {
            boolean told = !Reading.whole(question);
            wanted.merge(new Changes.At(whose, 'o', Changes.NOW), told, Boolean::logicalOr);
            LocalDate last = today.isAfter(question.to()) ? today : question.to();
            for (LocalDate month = question.from().withDayOfMonth(1); !month.isAfter(last); month = month.plusMonths(1)) {
                wanted.merge(new Changes.At(whose, byMonth(question, whose, month) ? 'm' : 'd', month), told || !month.isAfter(question.to()), Boolean::logicalOr);
            }
        }

        private boolean byMonth(Question question, String whose, LocalDate month) {
            LocalDate end = month.plusMonths(1).minusDays(1);
            boolean whole = month.isAfter(question.to()) || !month.isBefore(question.from()) && !end.isAfter(question.to()) && !Reading.daily(question);
            return whole && summed.contains(new Changes.At(whose, 'm', month));
        }

        private void waiting(Set<String> whose) {
            List<KeptCells.Packed> waiting = jdbc.sql("select whose, grain, first, matters, units, hours from statistics.pending").query((r, _) -> KeptCells.packed(r)).list();
            for (KeptCells.Packed row : waiting) {
                String at = row.at().whose();
                if (whose.contains(at)) {
                    extra.computeIfAbsent(at, _ -> new ArrayList<>()).add(row);
                }
                for (String above : Changes.above(at)) {
                    if (whose.contains(above)) {
                        extra.computeIfAbsent(above, _ -> new ArrayList<>()).add(row);
                    }
                }
            }
        }

        private final Map<String, List<KeptCells.Packed>> extra = new HashMap<>();
        private final Map<String, List<KeptCells.Packed>> single = new HashMap<>();

        void give(Question question, Source source, Reading reading) {
            if (!source.low()) {
                for (KeptCells.Packed row : found.getOrDefault(source.whose(), List.of())) {
                    Changes.At at = row.at();
                    boolean counts = switch (at.grain()) {
                        case 'o' -> true;
                        case 'm' -> !at.first().isBefore(question.from().withDayOfMonth(1)) && byMonth(question, source.whose(), at.first());
                        default -> !at.first().isBefore(question.from()) && !byMonth(question, source.whose(), at.first().withDayOfMonth(1));
                    };
                    if (counts) {
                        reading.add(source.key(), row, source.sign());
                    }
                }
                extra.getOrDefault(source.whose(), List.of()).forEach(row -> reading.add(source.key(), row, source.sign()));
            }
            for (KeptCells.Packed row : single.computeIfAbsent(source.whose(), _ -> single(source))) {
                reading.add(source.key(), row, source.sign());
            }
        }

        /** Cells of what is counted matter by matter: the same for every question. */
        private List<KeptCells.Packed> single(Source source) {
            Changes changes = new Changes(words.numbers());
            if (source.low()) {
                low.stream().filter(one -> one.place().startsWith(source.whose())).forEach(one -> changes.count(one, 1, source.whose(), false, true));
            }
            apart.stream().filter(one -> Changes.unit(source.whose()) ? one.lead().filter(unit -> unit.toString().equals(source.whose())).isPresent()
                    : one.place().startsWith(source.whose())).forEach(one -> changes.count(one, 1, source.whose(), false, true));
            return KeptCells.packed(changes);
        }
    }

    /**
     * What came in and ended before the first day asked for adds nothing to any figure, nor to what was open on any of those days. No more does what came in and ended between
     * two spans that are asked for.
     */
    private List<Counted> lives(String where, Set<String> places, Spans spans) {
        List<Counted> lives = new ArrayList<>();
        // those of one town in one go, with what lies between them
        Map<String, List<String>> ofTowns = widest(places).stream().collect(Collectors.groupingBy(Changes::town));
        for (List<String> together : ofTowns.values()) {
            lives.addAll(jdbc.sql(KeptCells.LIVES + "where " + where + " and place >= :from and place < :to and counts_until >= :since"
                            + " and (again or closed_at is null or came_at < :gone or closed_at < :gone or came_at >= :back or closed_at >= :back)")
                    .param("from", together.getFirst()).param("to", together.getLast() + ":").param("since", (short) Math.floorDiv(CivilTime.startOf(spans.first()).getEpochSecond(), UNTIL))
                    .param("gone", CivilTime.startOf(spans.gone()).atOffset(ZoneOffset.UTC)).param("back", CivilTime.startOf(spans.back()).atOffset(ZoneOffset.UTC))
                    .query(KeptCells::life).list());
        }
        return lives;
    }

    /** As the column {@code counts_until} has it. */
    private static final long UNTIL = Duration.ofDays(30).toSeconds();

    /**
     * Of which days questions ask.
     *
     * @param gone  the first of the most days together that none of them asks for, after the first one
     * @param back  the first day after these
     */
    private record Spans(LocalDate first, LocalDate gone, LocalDate back) {

        static Spans of(Collection<Question> questions) {
            List<Question> all = questions.stream().sorted(Comparator.comparing(Question::from)).toList();
            LocalDate first = all.getFirst().from();
            Spans spans = new Spans(first, first, first);
            LocalDate asked = first;
            for (Question one : all) {
                if (spans.gone().until(spans.back(), ChronoUnit.DAYS) < asked.until(one.from(), ChronoUnit.DAYS)) {
                    spans = new Spans(first, asked, one.from());
                }
                LocalDate after = one.to().plusDays(1);
                asked = after.isAfter(asked) ? after : asked;
            }
            return spans;
        }
    }

    /** Those that lie in no other of them. */
    private static List<String> widest(Set<String> places) {
        List<String> widest = new ArrayList<>();
        for (String place : new TreeSet<>(places)) {
            if (widest.isEmpty() || !place.startsWith(widest.getLast())) {
                widest.add(place);
            }
        }
        return widest;
    }

    /** Numbers are given and never taken back: only new ones are read. */
    private void refreshWords() {
        Dictionary known = words;
        Map<Integer, String> all = new LinkedHashMap<>();
        long there = jdbc.sql("select count(*) from statistics.word").query(Long.class).single();
        if (there != known.words().size()) {
            jdbc.sql("select id, word from statistics.word").query(r -> {
                all.put(r.getInt("id"), r.getString("word"));
            });
            words = Dictionary.of(all);
        }
    }

    // ---- the list behind a number

    @Override
    public Page<CountsAs> list(Question question, Measure measure, Optional<String> after, int size) {
        mayAsk(question.whose());
        Instant from = CivilTime.startOf(question.from());
        Instant until = CivilTime.startOf(question.to().plusDays(1));
        List<Part> listed = switch (measure) {
            case RECEIVED -> List.of(Part.came("came_at >= :from and came_at < :until"));
            // one after the other, so that each is read along an index of its own: a month long ago is not looked for from the newest matter on
            case CLOSED, TIMED -> List.of(CLOSINGS, Part.came("again and (closed_at is null or closed_at < :from or closed_at >= :until)"));
            case LATE -> List.of(new Part(true, "late and " + CLOSINGS.when()));
            case REOPENED -> List.of(Part.came("again"));
            case SIGNED -> List.of(Part.came("came_at < :until and (closed_at is null or closed_at >= :from or again)"));
            case ANSWERED, SATISFIED, FAIR, UNSATISFIED, TOLD, RESOLVED, PARTLY, UNRESOLVED -> List.of(CLOSINGS);
            case OPEN -> List.of(Part.came("came_at < :until and (closed_at is null or closed_at >= :until or again)"));
        };
        Map<String, Integer> parts = question.whose() instanceof Whose.Place(String code) ? question.cut() == Cut.THEN ? Map.of(code, 1) : moved.parts(code) : Map.of();
        boolean apart = Acting.current() instanceof Actor.Staff;
        String narrowed = (apart ? "" : " and not apart") + (question.whose() instanceof Whose.Unit ? " and lead = :unit" : within(parts))
                + question.only().kind().map(_ -> " and kind = :kind").orElse("") + (question.only().kinds().isEmpty() ? "" : " and kind = any (:kinds)")
                + question.only().category().map(code -> code.isEmpty() ? " and category = ''" : " and starts_with(category, :category)").orElse("")
                + question.only().channel().map(_ -> " and channel = :channel").orElse("") + (question.only().level().isPresent() ? " and level = :level" : "")
                + question.only().unit().map(unit -> unit.equals(NOBODY) ? " and lead is null" : " and lead = :lead").orElse("")
                + (question.only().timed() ? " and (:hour < 0 or date_part('hour', came_at at time zone 'Asia/Shanghai') = :hour)"
                        + " and (:weekday < 0 or date_part('isodow', came_at at time zone 'Asia/Shanghai') = :weekday)" : "");
        return java.util.Objects.requireNonNull(moment.execute(_ -> {
            mayRead(List.of(question));
            String where = narrowed + (question.only().here() && question.whose() instanceof Whose.Place(String code) ? notBelow(code, question.cut()) : "");
            List<Counted> page = new ArrayList<>();
            Optional<String> key = after.filter(CubeFigures::given);
            for (Part part : listed) {
                // a key of another part: that one was listed to its end, or is not reached yet
                boolean before = key.filter(one -> one.startsWith(BY_CLOSING) != part.closing()).isPresent();
                if (before && !part.closing()) {
                    key = Optional.empty();
                } else if (before) {
                    continue;
                }
                boolean more = true;
                while (more && page.size() <= size) {
                    List<Counted> some = some(question, part, where, key, from, until, Math.max(100, size + 1));
                    some.stream().filter(one -> stands(question, measure, one, from, until)).forEach(page::add);
                    more = some.size() == Math.max(100, size + 1);
                    key = some.isEmpty() ? key : Optional.of(part.key(some.getLast()));
                }
                if (page.size() > size) {
                    break;
                }
            }
            Page<Counted> cut = Page.cut(page.subList(0, Math.min(page.size(), size + 1)), size, one -> key(listed, one, from, until));
            return new Page<>(cut.rows().stream().map(one -> new CountsAs(one.matter(), one.place(), one.came(), one.closed(), one.lead(), one.level(), one.late(), one.kind(),
                    one.category(), one.channel(), one.outcome())).toList(), cut.next());
        }));
    }

    private static final String BY_CLOSING = "c";
    private static final Part CLOSINGS = new Part(true, "closed_at >= :from and closed_at < :until");

    /** A part of a list, the newest first. @param closing whether by time of closing; otherwise by time of coming in */
    private record Part(boolean closing, String when) {

        static Part came(String when) {
            return new Part(false, when);
        }

        String column() {
            return closing ? "closed_at" : "came_at";
        }

        String key(Counted one) {
            return closing ? BY_CLOSING + one.closed().orElseThrow().toEpochMilli() + "_" + one.matter() : one.came().toEpochMilli() + "_" + one.matter();
        }
    }

    /** By the part in which it stands. */
    private static String key(List<Part> listed, Counted one, Instant from, Instant until) {
        boolean closing = listed.getFirst().closing() && (listed.size() == 1 || one.closed().filter(at -> in(at, from, until)).isPresent());
        return (closing ? listed.getFirst() : listed.getLast()).key(one);
    }

    private String notBelow(String place, Cut cut) {
        return children(place, below(place), cut).stream().filter(child -> child.length() > place.length())
                .map(child -> " and not (true" + within(cut == Cut.THEN ? Map.of(child, 1) : moved.parts(child)) + ")").collect(Collectors.joining());
    }

    private static String within(Map<String, Integer> parts) {
        String in = parts.entrySet().stream().filter(part -> part.getValue() > 0).map(part -> range(part.getKey())).collect(Collectors.joining(" or "));
        String out = parts.entrySet().stream().filter(part -> part.getValue() < 0).map(part -> " and not " + range(part.getKey()))
                .collect(Collectors.joining());
        return " and (" + (in.isEmpty() ? "false" : in) + ")" + out;
    }

    /** Codes are digits only. */
    private static String range(String code) {
        return "(place >= '" + code + "' and place < '" + code + ":')";
    }

    private List<Counted> some(Question question, Part part, String where, Optional<String> key, Instant from, Instant until, int limit) {
        JdbcClient.StatementSpec asked = jdbc.sql(KeptCells.LIVES + "where " + part.when() + where + (key.isPresent() ? " and (" + part.column() + ", matter) < (:at, :matter)" : "")
                + " order by " + part.column() + " desc, matter desc limit :limit").param("limit", limit).param("from", from.atOffset(java.time.ZoneOffset.UTC))
                .param("until", until.atOffset(java.time.ZoneOffset.UTC)).param("kind", question.only().kind().orElse(""))
                .param("kinds", question.only().kinds().toArray(String[]::new)).param("category", question.only().category().orElse(""))
                .param("channel", question.only().channel().orElse("")).param("level", question.only().level().orElse(0))
                .param("hour", question.only().hour().orElse(-1)).param("weekday", question.only().weekday().orElse(-1))
                .param("lead", question.only().unit().orElse(NOBODY)).param("unit", question.whose() instanceof Whose.Unit(UUID unit) ? unit : NOBODY);
        if (key.isPresent()) {
            String[] parts = key.get().split("_", 2);
            asked = asked.param("at", Instant.ofEpochMilli(Long.parseLong(parts[0].replaceFirst("^" + BY_CLOSING, ""))).atOffset(java.time.ZoneOffset.UTC)).param("matter", UUID.fromString(parts[1]));
        }
        return asked.query(KeptCells::life).list();
    }

    private static final UUID NOBODY = Only.NO_UNIT;

    /** Whether it is a key as they are given out. */
    private static boolean given(String key) {
        return key.matches("c?[0-9]{1,15}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    /** Exactly what the cells count. */
    private static boolean stands(Question question, Measure measure, Counted one, Instant from, Instant until) {
        String outcome = question.only().outcome().orElse(null);
        boolean closed = one.closed().filter(at -> in(at, from, until)).isPresent() && (outcome == null || outcome.equals(one.outcome()));
        return switch (measure) {
            case RECEIVED -> outcome == null || outcome.isEmpty();
            case CLOSED -> closed || (outcome == null || outcome.equals(Changes.REOPENED)) && one.undone().stream().anyMatch(at -> in(at, from, until));
            case LATE -> closed;
            case SIGNED -> (outcome == null || outcome.isEmpty()) && one.accepted().filter(at -> in(at, from, until)).isPresent();
            case TIMED -> closed && one.measured() || (outcome == null || outcome.equals(Changes.REOPENED)) && one.undone().stream().anyMatch(at -> in(at, from, until));
            case ANSWERED -> closed && one.satisfied() > 0;
            case SATISFIED -> closed && one.satisfied() == 1;
            case FAIR -> closed && one.satisfied() == 2;
            case UNSATISFIED -> closed && one.satisfied() == 3;
            case TOLD -> closed && one.solved() > 0;
            case RESOLVED -> closed && one.solved() == 1;
            case PARTLY -> closed && one.solved() == 2;
            case UNRESOLVED -> closed && one.solved() == 3;
            case REOPENED -> (outcome == null || outcome.isEmpty()) && one.reopenings().stream().anyMatch(at -> in(at, from, until));
            case OPEN -> (outcome == null || outcome.isEmpty()) && one.came().isBefore(until)
                    && one.closed().stream().filter(at -> at.isBefore(until)).count() + one.undone().stream().filter(at -> at.isBefore(until)).count()
                    == one.reopenings().stream().filter(at -> at.isBefore(until)).count();
        };
    }

    private static boolean in(Instant at, Instant from, Instant until) {
        return !at.isBefore(from) && at.isBefore(until);
    }
}
