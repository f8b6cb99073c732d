package org.heshi.bench.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.bench.Line;
import org.heshi.bench.Load;
import org.heshi.bench.People;
import org.heshi.kernel.Bench;
import org.heshi.kernel.Uuid7;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The same report by a program and by a resident's page, so many clients with the same pause between two. Measured is what sends it; each comes from an address and a
 * connection of its own, each some hundred from another program, since both doors count how much comes from one.
 */
@Component
class ApiBench implements Bench {

    private static final int REPORTS_OF_A_PROGRAM = 500;
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern COOKIE = Pattern.compile("(?i)set-cookie: (heshi-form=[^;]+)");
    private static final Pattern VERSION = Pattern.compile("name=\"form.version\" value=\"([^\"]*)\"");

    private final People people;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    ApiBench(People people, JdbcClient jdbc, TransactionTemplate transactions, InstantSource clock) {
        this.people = people;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "api";
    }

    @Override
    public String measures() {
        return "the same report by the interface for programs and by the page; base=, clients=4, pause=20 (ms), seconds=10, rounds=3";
    }

    @Override
    public List<Figure> run(Map<String, String> options) throws Exception {
        URI base = URI.create(options.getOrDefault("base", "http://127.0.0.1:8080"));
        InetSocketAddress to = new InetSocketAddress(base.getHost(), base.getPort());
        int clients = Integer.parseInt(options.getOrDefault("clients", "4"));
        long pause = Long.parseLong(options.getOrDefault("pause", "20")) * 1_000_000;
        double seconds = Double.parseDouble(options.getOrDefault("seconds", "10"));
        int rounds = Integer.parseInt(options.getOrDefault("rounds", "3"));
        Keys keys = new Keys();
        Load.run(clients, 0, Math.max(3, seconds / 2), _ -> byProgram(to, keys, pause));
        Load.run(clients, 0, Math.max(3, seconds / 2), _ -> byPage(to, pause));
        double[] api = new double[rounds];
        double[] page = new double[rounds];
        double[] ratio = new double[rounds];
        double[] apiHalf = new double[rounds];
        double[] pageHalf = new double[rounds];
        long sent = 0;
        for (int round = 0; round < rounds; round++) {
            Load.Measured one = Load.run(clients, 1, seconds, _ -> byProgram(to, keys, pause));
            Load.Measured other = Load.run(clients, 1, seconds, _ -> byPage(to, pause));
            api[round] = one.percentile(0.99);
            page[round] = other.percentile(0.99);
            apiHalf[round] = one.percentile(0.5);
            pageHalf[round] = other.percentile(0.5);
            ratio[round] = api[round] / page[round];
            sent += one.latencies().length + other.latencies().length;
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("report by the interface, p99", median(api), "ms", clients + " clients, " + pause / 1_000_000 + " ms between reports"));
        figures.add(new Figure("report by the page, p99", median(page), "ms", ""));
        figures.add(new Figure("interface / page, p99", median(ratio), "x", "median of " + rounds + " rounds"));
        figures.add(new Figure("report by the interface, p50", median(apiHalf), "ms", ""));
        figures.add(new Figure("report by the page, p50", median(pageHalf), "ms", ""));
        figures.add(new Figure("reports measured", sent, "rows", ""));
        return figures;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static Load.Client byProgram(InetSocketAddress to, Keys keys, long pause) throws IOException {
        return new Load.Client() {

            private Line line = new Line(to);
            private String request = next();

            private String next() {
                String body = "{\"title\":\"路灯不亮\",\"description\":\"" + text() + "\",\"place\":\"330681109\",\"phone\":\"13900000001\"}";
                return "POST /api/v1/matters HTTP/1.1\r\nHost: x\r\nX-Api-Key: " + keys.next() + "\r\nIdempotency-Key: " + UUID.randomUUID()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
            }

            @Override
            public void once() throws Exception {
                expect(line.ask(request), "201");
            }

            @Override
            public void rest() {
                line = again(line, to);
                request = next();
                LockSupport.parkNanos(pause);
            }

            @Override
            public void close() throws Exception {
                line.close();
            }
        };
    }

    private static Load.Client byPage(InetSocketAddress to, long pause) throws IOException {
        return new Load.Client() {

            private Line line = new Line(to);
            private String request = next(line);

            @Override
            public void once() throws Exception {
                expect(line.ask(request), "303");
            }

            @Override
            public void rest() {
                line = again(line, to);
                try {
                    request = next(line);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                LockSupport.parkNanos(pause);
            }

            @Override
            public void close() throws Exception {
                line.close();
            }
        };
    }

    /** The form as a browser without scripts sends it on the last step. */
    private static String next(Line line) throws IOException {
        String form = line.ask("GET /report HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n\r\n");
        String body = "_csrf=" + enc(found(TOKEN, form)) + "&form.version=" + found(VERSION, form) + "&form.key=" + UUID.randomUUID() + "&step=3&go=send&title=" + enc("路灯不亮")
                + "&description=" + enc(text()) + "&place=330681109&phone=13900000001";
        return "POST /report HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nCookie: " + found(COOKIE, form) + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static String text() {
        return "镇政府门口的路灯三天不亮，晚上看不见路 " + UUID.randomUUID();
    }

    private static Line again(Line old, InetSocketAddress to) {
        try {
            old.close();
            return new Line(to);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void expect(String answer, String status) throws IOException {
        if (!answer.startsWith(status, 9)) {
            throw new IOException("a report was answered " + answer.substring(0, Math.min(answer.length(), 600)));
        }
    }

    private static String found(Pattern pattern, String page) throws IOException {
        Matcher found = pattern.matcher(page);
        if (!found.find()) {
            throw new IOException("the page of the report has no " + pattern);
        }
        return found.group(1);
    }

    private static String enc(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Keys of programs that the bench makes, each for some hundred reports. */
    private final class Keys {

        private final SecureRandom random = new SecureRandom();
        private final AtomicInteger given = new AtomicInteger();
        private volatile String key = "";

        synchronized String next() {
            if (given.getAndIncrement() % REPORTS_OF_A_PROGRAM == 0) {
                key = fresh();
            }
            return key;
        }

        private String fresh() {
            byte[] bytes = new byte[32];
            random.nextBytes(bytes);
            String made = "hk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            Instant now = clock.instant();
            UUID client = Uuid7.at(now);
            UUID unit = people.named("clerk").unit();
            Acting.run(new Actor.Machine("bench"), () -> transactions.executeWithoutResult(_ -> {
                jdbc.sql("insert into identity.api_client (id, name, unit, scopes, created_at) values (?, ?, ?, array['report'], ?)")
                        .param(client).param("bench " + client).param(unit).param(now.atOffset(ZoneOffset.UTC)).update();
                jdbc.sql("insert into identity.api_key (client, slot, digest, scopes, created_at, expires_at) values (?, 1, ?, array['report'], ?, ?)")
                        .param(client).param(digest(made)).param(now.atOffset(ZoneOffset.UTC)).param(now.plusSeconds(86_400).atOffset(ZoneOffset.UTC)).update();
            }));
            return made;
        }

        private static byte[] digest(String text) {
            try {
                return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new IllegalStateException("SHA-256 is part of every Java", e);
            }
        }
    }
}
