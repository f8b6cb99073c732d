package org.heshi.bench.signin;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.bench.Line;
import org.heshi.bench.Load;
import org.heshi.bench.Wire;
import org.heshi.kernel.Bench;
import org.springframework.stereotype.Component;

/**
 * Clerks who are signed in load their queue while nobody attacks, and while wrong passwords are sent a thousand times a second, each connection from an
 * address of its own, half of the names known. Attackers and clerks share the machine with the program.
 */
@Component
class SignInBench implements Bench {

    private static final List<String> CLERKS = List.of("clerk", "handler", "mediator", "grid");
    private static final List<String> KNOWN = List.of("clerk", "handler", "supervisor", "admin", "auditor", "grid");
    private static final long THINK_NANOS = 40_000_000;
    private static final int ATTACKERS = 20;
    private static final int TRIES_OF_A_CONNECTION = 10;

    @Override
    public String name() {
        return "signin";
    }

    @Override
    public String measures() {
        return "pages of signed-in clerks while 1,000 wrong sign-ins a second come from many addresses; base=, password=, seconds=10, rate=1000";
    }

    @Override
    public List<Figure> run(Map<String, String> options) throws Exception {
        URI base = URI.create(options.getOrDefault("base", "http://127.0.0.1:8080"));
        String password = options.getOrDefault("password", "");
        double seconds = Double.parseDouble(options.getOrDefault("seconds", "10"));
        int rate = Integer.parseInt(options.getOrDefault("rate", "1000"));
        List<Wire> visits = new ArrayList<>();
        for (String clerk : CLERKS) {
            Wire wire = new Wire(base);
            wire.signIn(clerk, password);
            visits.add(wire);
        }
        Load.run(CLERKS.size(), 0, Math.max(5, seconds), n -> clerk(visits.get(n)));
        List<Figure> figures = new ArrayList<>();
        double[] quiet = new double[3];
        double[] attacked = new double[3];
        double[] ratio = new double[3];
        double[] came = new double[3];
        long looked = 0;
        long full = 0;
        for (int round = 0; round < 3; round++) {
            quiet[round] = Load.run(CLERKS.size(), 1, seconds, n -> clerk(visits.get(n))).percentile(0.99);
            try (Attack attack = new Attack(base, rate)) {
                attacked[round] = Load.run(CLERKS.size(), 3, seconds, n -> clerk(visits.get(n))).percentile(0.99);
                came[round] = attack.perSecond();
                looked += attack.looked.get();
                full += attack.full.get();
            }
            ratio[round] = attacked[round] / quiet[round];
        }
        figures.add(new Figure("a clerk's page, p99, nobody attacks", median(quiet), "ms", "four clerks, 40 ms between pages"));
        figures.add(new Figure("a clerk's page, p99, under attack", median(attacked), "ms", ""));
        figures.add(new Figure("under attack / quiet, p99", median(ratio), "x", "at most 2; median of three rounds"));
        figures.add(new Figure("wrong sign-ins that were answered", median(came), "a second", "asked for: " + rate));
        figures.add(new Figure("of them turned away at the door", 100.0 * full / Math.max(1, full + looked), "%", "the others were looked at or had to wait"));
        for (Wire visit : visits) {
            visit.close();
        }
        return figures;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static Load.Client clerk(Wire visit) {
        return new Load.Client() {

            private boolean first = true;

            @Override
            public void once() throws Exception {
                Wire.Answer answer = visit.get("/queue");
                if (answer.status() != 200) {
                    throw new IOException("the queue answered " + answer.status());
                }
            }

            @Override
            public void rest() {
                if (first) {
                    first = false;
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(THINK_NANOS));
                }
                LockSupport.parkNanos(THINK_NANOS);
            }
        };
    }

    /** Sends wrong passwords at an even pace until it is closed. */
    private static final class Attack implements Closeable {

        private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

        private final AtomicBoolean goes = new AtomicBoolean(true);
        private final AtomicLong looked = new AtomicLong();
        private final AtomicLong full = new AtomicLong();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final List<Thread> threads = new ArrayList<>();
        private final long began = System.nanoTime();
        private final InetSocketAddress to;
        private final String cookie;
        private final String token;

        Attack(URI base, int rate) throws IOException {
            to = new InetSocketAddress(base.getHost(), base.getPort());
            try (Line line = new Line(to)) {
                String page = line.ask("GET /sign-in HTTP/1.1\r\nHost: x\r\n\r\n");
                Matcher found = TOKEN.matcher(page);
                Matcher set = Pattern.compile("(?i)set-cookie: (heshi-form=[^;]+)").matcher(page);
                if (!found.find() || !set.find()) {
                    throw new IOException("the page of the sign-in has no token");
                }
                token = found.group(1);
                cookie = set.group(1);
            }
            long pause = 1_000_000_000L * ATTACKERS / rate;
            for (int i = 0; i < ATTACKERS; i++) {
                long first = began + pause * i / ATTACKERS;
                threads.add(Thread.ofPlatform().name("attacker-" + i).start(() -> go(first, pause)));
            }
        }

        private void go(long first, long pause) {
            long due = first;
            try {
                while (goes.get()) {
                    try (Line line = new Line(to)) {
                        for (int i = 0; i < TRIES_OF_A_CONNECTION && goes.get(); i++) {
                            long wait = due - System.nanoTime();
                            if (wait > 0) {
                                LockSupport.parkNanos(wait);
                            }
                            due += pause;
                            String answer = line.ask(attempt());
                            count(answer);
                            if (answer.contains("\nConnection: close")) {
                                break;
                            }
                        }
                    }
                }
            } catch (IOException e) {
                if (goes.get()) {
                    failure.compareAndSet(null, e);
                }
            }
        }

        private String attempt() {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            String name = random.nextBoolean() ? KNOWN.get(random.nextInt(KNOWN.size())) : "nobody-" + random.nextInt(1_000_000);
            String body = "_csrf=" + URLEncoder.encode(token, StandardCharsets.UTF_8) + "&name=" + name + "&password=guess-" + random.nextInt();
            return "POST /sign-in HTTP/1.1\r\nHost: x\r\nCookie: " + cookie + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body;
        }

        private void count(String answer) throws IOException {
            switch (answer.substring(9, 12)) {
                case "422" -> looked.incrementAndGet();
                case "429" -> full.incrementAndGet();
                default -> throw new IOException("a wrong password was answered " + answer.substring(0, 12));
            }
        }

        double perSecond() throws IOException {
            Throwable failed = failure.get();
            if (failed != null) {
                throw new IOException("an attacker failed", failed);
            }
            return (looked.get() + full.get()) / ((System.nanoTime() - began) / 1e9);
        }

        @Override
        public void close() throws IOException {
            goes.set(false);
            for (Thread thread : threads) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
