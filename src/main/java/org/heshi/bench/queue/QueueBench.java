package org.heshi.bench.queue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.heshi.access.Actor;
import org.heshi.bench.Load;
import org.heshi.bench.People;
import org.heshi.bench.Wire;
import org.heshi.boot.database.Server;
import org.heshi.directory.Directory;
import org.heshi.directory.Role;
import org.heshi.directory.Unit;
import org.heshi.directory.UnitType;
import org.heshi.divisions.Division;
import org.heshi.divisions.Divisions;
import org.heshi.kernel.Bench;
import org.heshi.matters.generate.ManyMatters;
import org.springframework.stereotype.Component;

/** The pages that people open all day, at two sizes of the county's past. */
@Component
class QueueBench implements Bench {

    private static final String COUNTY = "330681";
    /** About as many places as a page of twenty rows names. */
    private static final String[] PLACES = {"330681001", "330681002", "330681003", "330681004", "330681005", "330681102", "330681103", "330681104", "330681106",
        "330681108", "330681109", "330681110", "330681111"};
    private static final Short[] LEVELS = java.util.Collections.nCopies(PLACES.length, (short) 4).toArray(Short[]::new);

    private final Server server;
    private final People people;
    private final Directory directory;
    private final Divisions divisions;
    private final ManyMatters many;
    private final InstantSource clock;

    QueueBench(Server server, People people, Directory directory, Divisions divisions, ManyMatters many, InstantSource clock) {
        this.server = server;
        this.people = people;
        this.directory = directory;
        this.divisions = divisions;
        this.many = many;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public String measures() {
        return "The queue page and the search by number at two sizes, and the queue page with 32 connections against its own SQL. "
                + "Options: base=ADDRESS of the running program, pid=its process, password=of the demo people, small=10000, large=1000000, seconds=10";
    }

    private record Seen(double queue, double bigQueue, double number) {
    }

    @Override
    public List<Figure> run(Map<String, String> options) throws Exception {
        URI base = URI.create(needed(options, "base"));
        String password = needed(options, "password");
        long pid = Long.parseLong(needed(options, "pid"));
        int small = Integer.parseInt(options.getOrDefault("small", "10000"));
        int large = Integer.parseInt(options.getOrDefault("large", "1000000"));
        double seconds = Double.parseDouble(options.getOrDefault("seconds", "10"));
        Actor.Staff handler = people.named("handler");
        Actor.Staff dispatcher = people.named("dispatcher");
        List<Figure> figures = new ArrayList<>();
        List<Seen> seen = new ArrayList<>();
        int written = 0;
        for (int size : new int[] {small, large}) {
            double took = fill(written, size, dispatcher.unit(), handler.unit());
            figures.add(new Figure("write " + (size - written) + " matters by COPY", took, "s", ""));
            written = size;
            long from = System.nanoTime();
            settle(pid);
            figures.add(new Figure("followers take in what was written, " + size, (System.nanoTime() - from) / 1e9, "s", "search index included"));
            List<String> numbers = numbers();
            Load.Measured queue = Load.run(4, 12, seconds, _ -> page(base, "handler", password, () -> "/queue", 200));
            Load.Measured big = Load.run(4, 5, seconds, _ -> page(base, "dispatcher", password, () -> "/queue", 200));
            Load.Measured number = Load.run(4, 5, seconds, _ -> page(base, "dispatcher", password,
                    () -> "/search?q=" + numbers.get(ThreadLocalRandom.current().nextInt(numbers.size())), 302, 303));
            figures.add(new Figure("queue page of a department, p50 at " + size, queue.percentile(0.5), "ms", "4 clients"));
            figures.add(new Figure("queue page of a department, p99 at " + size, queue.percentile(0.99), "ms", "4 clients"));
            figures.add(new Figure("queue page of the county's desk, p99 at " + size, big.percentile(0.99), "ms", "4 clients"));
            figures.add(new Figure("search by number, p99 at " + size, number.percentile(0.99), "ms", "4 clients"));
            seen.add(new Seen(queue.percentile(0.99), big.percentile(0.99), number.percentile(0.99)));
        }
        figures.add(new Figure("queue page of a department, growth of p99", seen.get(1).queue() / seen.get(0).queue(), "x", "at most 1.5"));
        figures.add(new Figure("queue page of the county's desk, growth of p99", seen.get(1).bigQueue() / seen.get(0).bigQueue(), "x", "at most 1.5"));
        figures.add(new Figure("search by number, growth of p99", seen.get(1).number() / seen.get(0).number(), "x", "at most 1.5"));
        double[] http = new double[3];
        double[] sql = new double[3];
        double[] ratio = new double[3];
        for (int round = 0; round < 3; round++) {
            http[round] = Load.run(32, 3, seconds, _ -> page(base, "handler", password, () -> "/queue", 200)).rate();
            sql[round] = Load.run(32, 3, seconds, _ -> itsSql(handler)).rate();
            ratio[round] = http[round] / sql[round];
        }
        figures.add(new Figure("queue page, 32 connections", median(http), "pages/s", "at " + large));
        figures.add(new Figure("its SQL alone, 32 connections", median(sql), "pages/s", "the same statements and transactions"));
        figures.add(new Figure("page / its SQL", median(ratio), "x", "at least 0.35"));
        figures.add(new Figure("memory of program and database", memory(pid), "MB", "at most 900; proportional set size"));
        return figures;
    }

    private static String needed(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the bench needs " + name + "=...; bench/run gives it");
        }
        return value;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private double fill(int from, int to, UUID desk, UUID handler) throws SQLException, IOException {
        long start = System.nanoTime();
        List<UUID> leads = new ArrayList<>(directory.searchUnits("局", COUNTY, 40).stream().filter(u -> u.type() == UnitType.DEPARTMENT)
                .map(Unit::id).toList());
        if (!leads.contains(handler)) {
            leads.add(handler);
        }
        List<String> towns = divisions.children(COUNTY).stream().map(Division::code).toList();
        try (Connection owner = server.connectAsOwner()) {
            many.write(owner, new ManyMatters.Order(from, to, towns, desk, leads, clock.instant(), false),
                    n -> System.err.print("."));
        }
        System.err.println();
        try (Connection owner = server.connectAsOwner(); var s = owner.createStatement()) {
            for (String table : List.of("matter", "entry_row", "particular", "holding", "party", "clock")) {
                s.execute("vacuum (analyze) matters." + table);
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** Waits until the sequencer and every follower have come to the end and the program rests. */
    private void settle(long pid) throws Exception {
        long until = System.nanoTime() + Duration.ofMinutes(30).toNanos();
        int rested = 0;
        while (rested < 3 && System.nanoTime() < until) {
            long before = ticks(pid);
            Thread.sleep(2000);
            boolean idle = ticks(pid) - before < 40;
            try (Connection owner = server.connectAsOwner(); var s = owner.createStatement(); ResultSet r = s.executeQuery("""
                    select (select count(*) from matters.entry) = (select position from matters.sequencer)
                       and not exists (select from matters.follower where position < (select position from matters.sequencer))
                    """)) {
                r.next();
                rested = idle && r.getBoolean(1) ? rested + 1 : 0;
            }
        }
    }

    private static long ticks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] parts = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(parts[11]) + Long.parseLong(parts[12]);
    }

    private List<String> numbers() throws SQLException {
        try (Connection owner = server.connectAsOwner(); var s = owner.createStatement();
                ResultSet r = s.executeQuery("select number from matters.matter where random() < 2000.0 / (select count(*) from matters.matter) limit 2000")) {
            List<String> numbers = new ArrayList<>();
            while (r.next()) {
                numbers.add(r.getString(1));
            }
            return numbers;
        }
    }

    private interface Where {
        String path();
    }

    private static final java.util.concurrent.ConcurrentHashMap<String, Wire> VISITS = new java.util.concurrent.ConcurrentHashMap<>();

    private static Wire visit(URI base, String who, String password) {
        return VISITS.computeIfAbsent(who, name -> {
            try {
                Wire wire = new Wire(base);
                wire.signIn(name, password);
                return wire;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private static Load.Client page(URI base, String who, String password, Where where, int... expected) throws Exception {
        Wire wire = visit(base, who, password).another();
        return new Load.Client() {
            @Override
            public void once() throws Exception {
                Wire.Answer answer = wire.get(where.path());
                if (Arrays.stream(expected).noneMatch(status -> status == answer.status())) {
                    throw new IllegalStateException("the page answered " + answer.status());
                }
            }

            @Override
            public void close() throws Exception {
                wire.close();
            }
        };
    }

    /** The statements of a queue page in their transactions, as the program's role, each row read. */
    private Load.Client itsSql(Actor.Staff who) throws SQLException {
        byte[] visit;
        try (Connection owner = server.connectAsOwner(); var s = owner.createStatement();
                ResultSet r = s.executeQuery("select id from identity.session where person is not null order by seen_at desc limit 1")) {
            r.next();
            visit = r.getBytes(1);
        }
        Connection c = server.connectAsApp();
        PreparedStatement session = c.prepareStatement("select created_at, seen_at, idle_seconds, attributes from identity.open_session(?, ?)");
        PreparedStatement posts = c.prepareStatement("select * from directory.held_posts(?, ?)");
        PreparedStatement scope = c.prepareStatement("""
                select set_config('app.kind', ?, true), set_config('app.unit', ?, true), set_config('app.post', ?, true),
                       set_config('app.person', ?, true), set_config('app.scope', ?, true), set_config('app.roles', ?, true),
                       set_config('app.matter', ?, true), set_config('app.party', ?, true)
                """);
        PreparedStatement queue = c.prepareStatement("""
                select h.since, m.id, m.number, m.version, m.kind, m.procedure, m.state, m.level, m.category, m.division_code, m.lead, m.recorded_at,
                       m.entered_at, m.outcome, m.accused,
                       (select encode(p.sealed, 'hex') from matters.particular p where p.matter = m.id and p.field = 'title' and p.class = 'words'
                        order by p.seq desc limit 1) as title,
                       (select min(c.due_at) from matters.clock c where c.matter = m.id and c.paused_at is null and c.owed) as due_at
                from matters.holding h join matters.matter m on m.id = h.matter
                where h.unit = ? and h.turn and h.relation = any ('{desk,lead,helper}')
                order by h.level desc, h.since, h.matter limit ?
                """);
        PreparedStatement places = c.prepareStatement("""
                select s.code, s.name from unnest(?::smallint[], ?::text[]) as wanted (level, code)
                join divisions.standing s on s.level = wanted.level and s.code = wanted.code and s.valid_from <= current_date and current_date < s.valid_to
                """);
        PreparedStatement units = c.prepareStatement("select id, type, name, division_code, parent from directory.unit where id = any (?)");
        PreparedStatement counts = c.prepareStatement("""
                with recursive states (state, kind) as (
                  (select h.state, h.kind from matters.holding h where h.unit = ? and h.turn order by h.state, h.kind limit 1)
                  union all
                  select n.state, n.kind from states s cross join lateral (
                    select h.state, h.kind from matters.holding h
                    where h.unit = ? and h.turn and (h.state, h.kind) > (s.state, s.kind)
                    order by h.state, h.kind limit 1) n
                )
                select s.state, s.kind, (select count(*) from (
                  select from matters.holding h where h.unit = ? and h.turn and h.state = s.state and h.kind = s.kind limit 1000) c) as n
                from states s
                """);
        PreparedStatement unread = c.prepareStatement("select notices.unread()");
        OffsetDateTime now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        AtomicInteger rows = new AtomicInteger();
        return new Load.Client() {
            @Override
            public void once() throws SQLException {
                c.setAutoCommit(true);
                session.setBytes(1, visit);
                session.setObject(2, now);
                read(session);
                posts.setObject(1, who.person());
                posts.setObject(2, now);
                read(posts);
                c.setAutoCommit(false);
                enter();
                queue.setObject(1, who.unit());
                queue.setInt(2, 21);
                read(queue);
                units.setArray(1, c.createArrayOf("uuid", new UUID[] {who.unit()}));
                read(units);
                places.setArray(1, c.createArrayOf("int2", LEVELS));
                places.setArray(2, c.createArrayOf("text", PLACES));
                read(places);
                c.commit();
                enter();
                counts.setObject(1, who.unit());
                counts.setObject(2, who.unit());
                counts.setObject(3, who.unit());
                read(counts);
                c.commit();
                enter();
                read(unread);
                c.commit();
            }

            private void enter() throws SQLException {
                String[] values = {"staff", who.unit().toString(), who.post().toString(), who.person().toString(), who.scope(),
                        who.roles().stream().map(Role::code).sorted().collect(Collectors.joining(",")), "", ""};
                for (int i = 0; i < values.length; i++) {
                    scope.setString(i + 1, values[i]);
                }
                read(scope);
            }

            private void read(PreparedStatement s) throws SQLException {
                try (ResultSet r = s.executeQuery()) {
                    int columns = r.getMetaData().getColumnCount();
                    while (r.next()) {
                        for (int i = 1; i <= columns; i++) {
                            r.getObject(i);
                        }
                        rows.incrementAndGet();
                    }
                }
            }

            @Override
            public void close() throws SQLException {
                c.close();
            }
        };
    }

    /** Of the program and of every process of its database, shared pages counted in parts. */
    private static double memory(long pid) throws IOException {
        long kilobytes = 0;
        List<Long> tree = new ArrayList<>(List.of(pid));
        ProcessHandle.of(pid).ifPresent(p -> p.descendants().forEach(d -> tree.add(d.pid())));
        for (long process : tree) {
            Path rollup = Path.of("/proc/" + process + "/smaps_rollup");
            if (Files.isReadable(rollup)) {
                kilobytes += Files.readAllLines(rollup).stream().filter(line -> line.startsWith("Pss:")).mapToLong(line ->
                        Long.parseLong(line.replaceAll("[^0-9]", ""))).sum();
            }
        }
        return kilobytes / 1024.0;
    }
}
