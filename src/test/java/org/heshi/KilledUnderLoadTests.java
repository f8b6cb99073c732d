package org.heshi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.bench.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program is killed, and its database apart from it, while clerks register and sort. Whatever was acknowledged is there exactly once; whoever got
 * no answer sends the same form again and gets one number for it. After each kill the figures are what the log says. One kill of each by default
 * and clerks who breathe between two forms; twenty of each and no breath with {@code -Dheshi.full=true}.
 */
class KilledUnderLoadTests {

    private static final boolean FULL = Boolean.getBoolean("heshi.full");
    private static final int KILLS = FULL ? 20 : 1;
    /** Between two forms of a clerk: what they send while commands start is read again by each check afterwards. */
    private static final Duration PAUSE = FULL ? Duration.ZERO : Duration.ofMillis(40);
    private static final int CLERKS = 4;
    private static final Map<String, String> SORTED = Map.of("kind", "service", "category", "0703", "level", "blue");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{4}-[0-9]{5}-[0-9]{4}");

    @TempDir
    Path data;

    private ChildProgram program;
    private int port;
    private String began = "";
    private final AtomicBoolean over = new AtomicBoolean();
    /** By the key of the form: the number that the clerk was told. */
    private final Map<String, String> told = new ConcurrentHashMap<>();
    /** Numbers of those whose form sorted them, too. */
    private final Set<String> sorted = ConcurrentHashMap.newKeySet();
    private final Map<String, Throwable> failures = new ConcurrentHashMap<>();

    @Test
    void losesNothingAndDoublesNothing() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        program = begin();
        try {
            try (Connection c = program.connect("postgres"); Statement s = c.createStatement(); ResultSet r = s.executeQuery("select now()::text")) {
                r.next();
                began = r.getString(1);
            }
            List<Thread> clerks = new ArrayList<>();
            for (int i = 0; i < CLERKS; i++) {
                clerks.add(Thread.ofPlatform().name("clerk-" + i).start(this::work));
            }
            Random random = new Random(7);
            for (int kill = 0; kill < KILLS; kill++) {
                awaitMore(10);
                Thread.sleep(random.nextInt(700));
                program.kill();
                program = begin();
                awaitMore(10);
                Thread.sleep(random.nextInt(700));
                program.killPostgres();
                assertThat(program.recovers(Duration.ofSeconds(90))).as("the program recovers from the death of its database").isTrue();
                // the clerks work on meanwhile
                figuresAreWhatTheLogSays();
            }
            awaitMore(10);
            over.set(true);
            for (Thread clerk : clerks) {
                clerk.join();
            }
            assertThat(failures).isEmpty();
            everyAcknowledgedActIsThereOnce();
            assertThat(ProgramHere.run(data, Map.of(), "verify").exitCode()).as("./heshi verify").isZero();
            figuresAreWhatTheLogSays();
        } finally {
            over.set(true);
            program.close();
        }
    }

    private void figuresAreWhatTheLogSays() {
        ChildProgram.Ended figures = ProgramHere.run(data, Map.of(), "figures", "verify");
        assertThat(figures.exitCode()).as("./heshi figures verify: " + figures.out() + figures.err()).isZero();
    }

    private ChildProgram begin() {
        return ChildProgram.start(data, Map.of("HESHI_PORT", Integer.toString(port), "HESHI_DEMO", "on"));
    }

    private void awaitMore(int acknowledged) throws InterruptedException {
        int goal = told.size() + acknowledged;
        long until = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (told.size() < goal && System.nanoTime() < until && failures.isEmpty()) {
            Thread.sleep(20);
        }
        assertThat(failures).isEmpty();
        assertThat(told.size()).as("the clerks get on").isGreaterThanOrEqualTo(goal);
    }

    private void work() {
        try {
            Wire clerk = null;
            while (!over.get()) {
                String key = UUID.randomUUID().toString();
                Map<String, String> form = new LinkedHashMap<>(Map.of("channel", "window", "title", "路灯不亮", "description", "村口路灯不亮已经三天",
                        "form.version", "0", "form.key", key));
                boolean sorts = told.size() % 2 == 0;
                if (sorts) {
                    form.putAll(SORTED);
                }
                String number = null;
                while (number == null) {
                    try {
                        if (clerk == null) {
                            clerk = new Wire(URI.create("http://127.0.0.1:" + port));
                            clerk.signIn("clerk", "heshi-demo-2026");
                        }
                        Wire.Answer answer = clerk.post("/desk/register", form);
                        if (answer.status() >= 500) {
                            // the database is away: the form stays and is sent again
                            Thread.sleep(100);
                            continue;
                        }
                        Matcher found = NUMBER.matcher(answer.text());
                        if (answer.status() != 200 || !found.find()) {
                            clerk.close();
                            clerk = null;
                            if (answer.status() / 100 != 3 && answer.status() != 403) {
                                throw new IllegalStateException("register answered " + answer.status() + ": " + answer.text());
                            }
                            continue;
                        }
                        number = found.group();
                    } catch (IOException gone) {
                        clerk = null;
                        Thread.sleep(100);
                    }
                }
                told.put(key, number);
                if (sorts) {
                    sorted.add(number.replace("-", ""));
                }
                Thread.sleep(PAUSE);
            }
        } catch (Throwable failure) {
            failures.put(Thread.currentThread().getName(), failure);
        }
    }

    private void everyAcknowledgedActIsThereOnce() throws Exception {
        Set<String> numbers = new HashSet<>();
        try (Connection c = program.connect("postgres"); Statement s = c.createStatement();
                ResultSet r = s.executeQuery("""
                        select m.number, count(*) filter (where e.action = 'register') as registered, count(*) filter (where e.action = 'sort') as sorted, count(*) as entries
                        from matters.matter m join matters.entry e on e.matter = m.id
                        where m.recorded_at >= '%s' and m.channel = 'window'
                        group by m.number""".formatted(began))) {
            while (r.next()) {
                int once = sorted.contains(r.getString("number")) ? 1 : 0;
                assertThat(r.getInt("registered")).isEqualTo(1);
                assertThat(r.getInt("sorted")).isEqualTo(once);
                assertThat(r.getInt("entries")).isEqualTo(1 + once);
                assertThat(numbers.add(r.getString("number"))).isTrue();
            }
        }
        assertThat(told.values().stream().map(n -> n.replace("-", ""))).as("one number for each form").doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(numbers);
    }
}
