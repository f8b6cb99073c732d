package org.heshi.bench.year;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.heshi.Heshi;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.bench.year.Shape.Kind;
import org.heshi.boot.database.Server;
import org.heshi.directory.Categories;
import org.heshi.directory.Category;
import org.heshi.kernel.Bench;
import org.heshi.matters.FollowersWork;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.heshi.matters.clock.Watch;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code bench/run year}: a prefecture's year through {@code act}, one transaction an action, with clocks, sequencer and every follower but those that mail, search and sort.
 * Options: {@code data=} a folder of its own, {@code of=1.0} the share of the year's matters, {@code workers=8}, {@code out=} figures as JSON.
 */
public final class Year {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final int YEAR = 2025;
    private static final Map<Kind, Integer> MATTERS = Map.of(Kind.GRID_EVENT, 480_000, Kind.DISPUTE, 16_000, Kind.PETITION, 20_000, Kind.ORDER, 60_000);

    /** Each worker's share of an hour lies in so many portions, so that none waits long for the one who has most to do. */
    private static final int PORTIONS = 8;

    private final ConfigurableApplicationContext context;
    private final Matters matters;
    private final Prefecture prefecture;
    private final int workers;
    /** The first days of the year only; for trying. */
    private final int days;
    private final LongAdder acts = new LongAdder();
    private final LongAdder born = new LongAdder();
    private final Counted counted = new Counted();

    public static void main(String[] arguments) {
        try {
            year(arguments);
            System.exit(0);
        } catch (Throwable e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void year(String[] arguments) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        for (String argument : arguments) {
            options.put(argument.substring(0, argument.indexOf('=')), argument.substring(argument.indexOf('=') + 1));
        }
        Moved.hour = LocalDateTime.of(YEAR, 1, 1, 0, 0).atZone(CHINA).toInstant();
        Path data = Path.of(options.get("data"));
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Heshi.class, Moved.class).run("--heshi.data=" + data, "--heshi.demo=off",
                "--heshi.port=0", "--server.port=0", "--heshi.matters.county=" + Prefecture.CODE + "02", "--heshi.followers-left-out=search")) {
            new Year(context, Integer.parseInt(options.getOrDefault("workers", "8")), Integer.parseInt(options.getOrDefault("days", "365"))).play(Double.parseDouble(options.getOrDefault("of", "1")),
                    Optional.ofNullable(options.get("out")).map(Path::of));
        }
    }

    private Year(ConfigurableApplicationContext context, int workers, int days) {
        this.context = context;
        this.workers = workers;
        this.days = days;
        matters = context.getBean(Matters.class);
        prefecture = Prefecture.make(context);
    }

    private List<List<Life>> lives(double share) {
        Set<String> known = context.getBean(Categories.class).all().stream().map(Category::code).collect(Collectors.toSet());
        List<List<Life>> lives = new ArrayList<>();
        for (int w = 0; w < workers * PORTIONS; w++) {
            lives.add(new ArrayList<>());
        }
        int number = 0;
        LocalDateTime begin = LocalDateTime.of(YEAR, 1, 1, 0, 0);
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < MATTERS.get(kind) * share; i++, number++) {
                SplittableRandom random = new SplittableRandom(number * 0x9E3779B97F4A7C15L + 2025);
                long due = Duration.between(begin, Shape.time(kind, YEAR, random)).toSeconds();
                if (due > days * 86_400L) {
                    continue;
                }
                lives.get(number % lives.size()).add(new Life(number, kind, prefecture.villages.get(random.nextInt(prefecture.villages.size())),
                        Shape.category(kind, known, random), Shape.level(random), due, random.nextLong()));
            }
        }
        return lives;
    }

    private void play(double share, Optional<Path> out) throws Exception {
        List<PriorityQueue<Life>> queues = new ArrayList<>();
        for (List<Life> mine : lives(share)) {
            PriorityQueue<Life> queue = new PriorityQueue<>(Comparator.comparingLong((Life life) -> life.due).thenComparingInt(life -> life.number));
            queue.addAll(mine);
            queues.add(queue);
        }
        Sizes before = Sizes.of(context);
        Cpu idle = Cpu.of(context);
        Behind behind = new Behind(context);
        System.out.printf("%d centres, %d grids, %d grid workers; %d matters%n", prefecture.centres(), prefecture.grids(), prefecture.workers(),
                queues.stream().mapToInt(PriorityQueue::size).sum());
        Watch watch = context.getBean(Watch.class);
        Instant begin = Moved.hour;
        long started = System.nanoTime();
        LongAdder watched = new LongAdder();
        LongAdder said = new LongAdder();
        // as the program does it: word is given beside the others, of all that was due when the hour began
        Callable<Void> words = () -> {
            long from = System.nanoTime();
            for (int given; (given = watch.round()) > 0; ) {
                said.add(given);
            }
            watched.add(System.nanoTime() - from);
            return null;
        };
        long hours = days * 24L;
        try (ExecutorService pool = Executors.newFixedThreadPool(workers + 1)) {
            for (long hour = 0; hour < hours; hour++) {
                long end = (hour + 1) * 3600;
                Moved.hour = begin.plusSeconds(hour * 3600);
                List<Callable<Void>> jobs = new ArrayList<>();
                for (PriorityQueue<Life> queue : queues) {
                    if (!queue.isEmpty() && queue.peek().due < end) {
                        jobs.add(() -> work(queue, end, begin));
                    }
                }
                jobs.add(words);
                for (Future<Void> done : pool.invokeAll(jobs)) {
                    done.get();
                }
                if (hour % (hours / 12) == hours / 12 - 1) {
                    double seconds = (System.nanoTime() - started) / 1e9;
                    System.out.printf("%2d of 12: %,d acts, %.0f s, %.0f acts/s, words of limits %,d in %.0f s%n", hour / (hours / 12) + 1, acts.sum(), seconds,
                            acts.sum() / seconds, said.sum(), watched.sum() / 1e9);
                }
            }
        }
        behind.caughtUp();
        double played = (System.nanoTime() - started) / 1e9;
        Cpu busy = Cpu.of(context);
        Sizes after = Sizes.of(context);
        counted.compare(context);
        List<Bench.Figure> figures = new ArrayList<>();
        figures.add(new Bench.Figure("matters", born.sum(), "", "%d centres, %d grids, %d grid workers".formatted(prefecture.centres(), prefecture.grids(), prefecture.workers())));
        figures.add(new Bench.Figure("acts", acts.sum(), "", workers + " at once, one transaction each"));
        figures.add(new Bench.Figure("the year", played / 60, "min", "at most 40"));
        figures.add(new Bench.Figure("acts a second", acts.sum() / played, "1/s", ""));
        figures.add(new Bench.Figure("figures behind, at most", behind.most(), "s", "at most 5"));
        figures.add(new Bench.Figure("figures that are what was put in", counted.same(), "", "all of them, or it ends here"));
        figures.add(new Bench.Figure("entry table's heap", (double) after.more(before, "matters.entry_row") / acts.sum(), "bytes/act", "at most 717"));
        figures.add(new Bench.Figure("all tables and indexes", (double) after.more(before) / acts.sum(), "bytes/act", "at most 1638"));
        figures.add(new Bench.Figure("server's pages in large pages", largePages() ? 1 : 0, "", "1: yes; as the machine's administrator set them aside"));
        busy.since(idle, acts.sum()).forEach((who, micros) -> figures.add(new Bench.Figure("processors: " + who, micros, "us/act", "")));
        figures.add(new Bench.Figure("words of limits", watched.sum() / 1e9, "s at work", said.sum() + " words, beside the others"));
        context.getBean(FollowersWork.class).busy().entrySet().stream().sorted(Map.Entry.<String, Duration>comparingByValue().reversed())
                .forEach(part -> figures.add(new Bench.Figure(part.getKey(), part.getValue().toMillis() / 1e3, "s at work", "beside the others")));
        after.largest(before, 30).forEach((name, bytes) -> figures.add(new Bench.Figure(name, (double) bytes / acts.sum(), "bytes/act", "")));
        figures.forEach(f -> System.out.println(String.format(Locale.ROOT, "%-60s %14.3f %-10s %s", f.name(), f.value(), f.unit(), f.note())));
        if (out.isPresent()) {
            Files.writeString(out.get(), JsonMapper.builder().build().writerWithDefaultPrettyPrinter()
                    .writeValueAsString(Map.of("bench", "year", "options", Map.of("of", Double.toString(share), "days", Integer.toString(days)), "figures", figures)) + "\n");
        }
    }

    private boolean largePages() throws Exception {
        try (Connection owner = context.getBean(Server.class).connectAsOwner(); var statement = owner.createStatement(); var row = statement.executeQuery("show huge_pages_status")) {
            return row.next() && row.getString(1).equals("on");
        }
    }

    private Void work(PriorityQueue<Life> queue, long end, Instant begin) {
        while (!queue.isEmpty() && queue.peek().due < end) {
            Life life = queue.poll();
            Instant now = begin.plusSeconds(life.due);
            Life.Step step = life.next(LocalDateTime.ofInstant(now, CHINA));
            if (step == null) {
                continue;
            }
            Moved.OWN.set(now);
            String key = "year-" + life.number + "-" + life.step;
            Act act = life.id == null ? life.onTheSpot() && life.kind == Kind.GRID_EVENT ? Act.found("grid-event", step.action(), step.input(), key)
                    : Act.report(step.action(), step.input(), key) : Act.on(life.id, step.action(), step.input(), life.version, key);
            Answer answer = Acting.as(step.who(), () -> matters.act(act));
            if (!(answer instanceof Answer.Done done)) {
                throw new IllegalStateException(life.kind + " step " + life.step + " " + step.action() + ": " + answer);
            }
            acts.increment();
            if (life.id == null) {
                born.increment();
                counted.cameIn(life, now);
            }
            if (step.action().equals("verify")) {
                counted.ended(life, now, (String) step.input().get("outcome"));
            }
            life.id = done.matter();
            life.version = done.version();
            life.step++;
            life.due += Math.max(60, step.minutes() * 60L);
            queue.add(life);
        }
        Moved.OWN.remove();
        return null;
    }

    /** What this process and the database's processes have used of the processors, in microseconds, by the role that they serve; Linux only. */
    private record Cpu(Map<String, Double> micros) {

        static Cpu of(ConfigurableApplicationContext context) throws Exception {
            Map<String, Double> micros = new TreeMap<>();
            micros.put("java", of(Long.toString(ProcessHandle.current().pid())));
            try (Connection owner = context.getBean(Server.class).connectAsOwner(); var statement = owner.createStatement();
                    var rows = statement.executeQuery("select pid, coalesce(usename, backend_type) as who from pg_stat_activity where pid <> pg_backend_pid()")) {
                String server = "";
                while (rows.next()) {
                    String pid = rows.getString("pid");
                    try {
                        micros.merge("postgres " + rows.getString("who"), of(pid), Double::sum);
                        server = fields(pid)[1];
                    } catch (NoSuchFileException _) {
                        // it ended since it was listed: what it used is its parent's by now
                    }
                }
                // the pool renews connections now and then; what their processes used is their parent's by then, whomever they served
                String[] ended = fields(server);
                micros.put("postgres, connections that ended", (Long.parseLong(ended[13]) + Long.parseLong(ended[14])) * 10_000.0);
            }
            return new Cpu(micros);
        }

        private static double of(String pid) throws IOException {
            String[] fields = fields(pid);
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10_000.0;
        }

        /** What the kernel tells of a process, from its state on. */
        private static String[] fields(String pid) throws IOException {
            String stat = Files.readString(Path.of("/proc", pid, "stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        }

        Map<String, Double> since(Cpu before, long acts) {
            Map<String, Double> more = new TreeMap<>();
            micros.forEach((who, used) -> more.put(who, (used - before.micros.getOrDefault(who, 0.0)) / acts));
            return more;
        }
    }

    /** What the tables take, in bytes. */
    private record Sizes(Map<String, Long> bytes) {

        static Sizes of(ConfigurableApplicationContext context) throws Exception {
            Map<String, Long> bytes = new TreeMap<>();
            try (Connection owner = context.getBean(Server.class).connectAsOwner(); var statement = owner.createStatement();
                    var rows = statement.executeQuery("""
                            select n.nspname || '.' || c.relname || case c.relkind when 'i' then ' (index)' when 't' then ' (toast)' else '' end as name, pg_relation_size(c.oid) as size
                            from pg_class c join pg_namespace n on n.oid = c.relnamespace
                            where c.relkind in ('r', 'i', 't') and n.nspname not in ('pg_catalog', 'information_schema') order by 1""")) {
                while (rows.next()) {
                    bytes.put(rows.getString(1), rows.getLong(2));
                }
            }
            return new Sizes(bytes);
        }

        long more(Sizes before, String name) {
            return bytes.getOrDefault(name, 0L) - before.bytes.getOrDefault(name, 0L);
        }

        long more(Sizes before) {
            return bytes.keySet().stream().mapToLong(name -> more(before, name)).sum();
        }

        Map<String, Long> largest(Sizes before, int most) {
            Map<String, Long> largest = new LinkedHashMap<>();
            bytes.keySet().stream().sorted(Comparator.comparingLong((String name) -> more(before, name)).reversed()).limit(most)
                    .forEach(name -> largest.put(name, more(before, name)));
            return largest;
        }
    }
}
