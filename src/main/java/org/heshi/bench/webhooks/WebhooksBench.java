package org.heshi.bench.webhooks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.bench.People;
import org.heshi.bench.Wire;
import org.heshi.kernel.Bench;
import org.heshi.matters.Matters;
import org.heshi.matters.Matters.Act;
import org.heshi.matters.Matters.Answer;
import org.springframework.stereotype.Component;

/**
 * A program is opened and its address entered on the administrator's pages of a program that runs. Events pile up while the address is paused, then all are sent: how many a second
 * arrive, each with its signature proved by the receiver, which shares the machine. Then one at a time: how long from the act until it arrives.
 */
@Component
class WebhooksBench implements Bench {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Matters matters;
    private final People people;

    WebhooksBench(Matters matters, People people) {
        this.matters = matters;
        this.people = people;
    }

    @Override
    public String name() {
        return "webhooks";
    }

    @Override
    public String measures() {
        return "webhooks that a receiver on the same machine takes a second, two of each matter and in order, and how soon one arrives; base=, password=, events=20000, single=40";
    }

    @Override
    public List<Figure> run(Map<String, String> options) throws Exception {
        URI base = URI.create(options.getOrDefault("base", "http://127.0.0.1:8080"));
        int events = Integer.parseInt(options.getOrDefault("events", "20000")) / 2 * 2;
        int single = Integer.parseInt(options.getOrDefault("single", "40"));
        Actor.Staff clerk = people.named("clerk");
        try (Receiver receiver = new Receiver(); Wire admin = new Wire(base)) {
            admin.signIn("admin", options.getOrDefault("password", ""), "/admin/webhooks");
            String client = found("action=\"/admin/clients/([0-9a-f-]{36})/end\"", shown(admin, "/admin/clients/new", Map.of("name", "bench " + UUID.randomUUID(), "unit",
                    clerk.unit().toString(), "scopes", "report")));
            String page = shown(admin, "/admin/webhooks/new", Map.of("client", client, "url", receiver.url(), "events", "matter.begun", "unit", "on"));
            String first = "/admin/webhooks/" + found("action=\"/admin/webhooks/([0-9a-f-]{36})/end\"", page);
            String moved = shown(admin, "/admin/webhooks/new", Map.of("client", client, "url", receiver.url(), "events", "matter.moved", "unit", "on"));
            String second = "/admin/webhooks/" + found("action=\"/admin/webhooks/([0-9a-f-]{36})/end\"", moved);
            receiver.knows(page, moved);
            press(admin, first + "/pause");
            press(admin, second + "/pause");
            for (int i = 0; i < events / 2; i++) {
                Answer.Done made = report(i);
                done(Acting.as(clerk, () -> matters.act(Act.on(made.matter(), "confirm", Map.of(), 1, UUID.randomUUID().toString()))));
            }
            until(() -> waiting(admin, first) + waiting(admin, second) >= events);
            press(admin, first + "/resume");
            press(admin, second + "/resume");
            until(() -> receiver.ids.size() >= events);
            double seconds = (receiver.last.get() - receiver.first.get()) / 1e9;
            long wrong = receiver.wrong.get();
            long twice = receiver.heard.get() - receiver.ids.size();

            double[] taken = new double[single];
            for (int i = 0; i < single; i++) {
                int before = receiver.ids.size();
                long from = System.nanoTime();
                report(events + i);
                until(() -> receiver.ids.size() > before);
                taken[i] = (receiver.last.get() - from) / 1e6;
            }
            Arrays.sort(taken);
            press(admin, first + "/end");
            press(admin, second + "/end");
            return List.of(new Figure("webhooks that arrive a second", events / seconds, "1/s", String.format(Locale.ROOT, "at least 1,000; %,d events to two addresses in %.1f s, receiver included", events, seconds)),
                    new Figure("with a wrong signature", wrong, "", "must be 0"), new Figure("that came twice", twice, "", "at least once is promised"),
                    new Figure("from the act to the receiver, p50", taken[single / 2], "ms", "one at a time"), new Figure("from the act to the receiver, worst", taken[single - 1], "ms", ""));
        }
    }

    private Answer.Done report(int n) {
        return done(Acting.as(new Actor.Passerby(), () -> matters.act(Act.report("report", Map.of("title", "路灯不亮 " + n, "description", "村口的路灯坏了", "place", "330681109"),
                UUID.randomUUID().toString()))));
    }

    private static Answer.Done done(Answer answer) {
        if (answer instanceof Answer.Done done) {
            return done;
        }
        throw new IllegalStateException("not done: " + answer);
    }

    /** Over a connection of its own: one that rests for long is ended by the program. */
    private static void press(Wire admin, String button) throws IOException {
        try (Wire fresh = admin.another()) {
            fresh.post(button, Map.of());
        }
    }

    private static long waiting(Wire admin, String page) {
        try (Wire fresh = admin.another()) {
            return Long.parseLong(found("data-waiting=\"([0-9]+)\"", fresh.get(page).text()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The page to which it leads. */
    private static String shown(Wire admin, String path, Map<String, String> form) throws IOException {
        return admin.get(admin.post(path, form).location().replaceFirst("^https?://[^/]+", "")).text();
    }

    private static String found(String pattern, String page) {
        Matcher found = Pattern.compile(pattern).matcher(page);
        if (!found.find()) {
            throw new IllegalStateException("the page does not hold " + pattern);
        }
        return found.group(1);
    }

    private static void until(BooleanSupplier so) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within " + PATIENCE.toMinutes() + " minutes");
            }
            Thread.sleep(5);
        }
    }

    /** Another system: proves each signature, notes the id and says thanks. */
    private static final class Receiver implements AutoCloseable {

        private final ServerSocket door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        private final Map<String, Boolean> ids = new ConcurrentHashMap<>();
        private final AtomicLong heard = new AtomicLong();
        private final AtomicLong wrong = new AtomicLong();
        private final AtomicLong first = new AtomicLong();
        private final AtomicLong last = new AtomicLong();
        private volatile List<SecretKeySpec> secrets = List.of();

        Receiver() throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!door.isClosed()) {
                    try {
                        Socket socket = door.accept();
                        Thread.ofVirtual().start(() -> serve(socket));
                    } catch (IOException _) {
                        return;
                    }
                }
            });
        }

        String url() {
            return "http://127.0.0.1:" + door.getLocalPort() + "/in";
        }

        void knows(String... pages) {
            secrets = Arrays.stream(pages).map(page -> found("data-secret[^>]*>whsec_([A-Za-z0-9+/=&#;]+)<", page).replace("&#43;", "+"))
                    .map(secret -> new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA256")).toList();
        }

        private void serve(Socket socket) {
            byte[] thanks = "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            try (socket) {
                socket.setTcpNoDelay(true);
                InputStream in = new BufferedInputStream(socket.getInputStream(), 4_096);
                OutputStream out = socket.getOutputStream();
                while (hear(in)) {
                    out.write(thanks);
                }
            } catch (IOException | GeneralSecurityException _) {
                // the other side ended the connection
            }
        }

        private boolean hear(InputStream in) throws IOException, GeneralSecurityException {
            String id = "";
            String seconds = "";
            String signature = "";
            int length = 0;
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(": ");
                String value = colon < 0 ? "" : line.substring(colon + 2);
                switch (colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                    case "webhook-id" -> id = value;
                    case "webhook-timestamp" -> seconds = value;
                    case "webhook-signature" -> signature = value;
                    case "content-length" -> length = Integer.parseInt(value);
                    default -> {
                    }
                }
            }
            byte[] body = in.readNBytes(length);
            byte[] given = Base64.getDecoder().decode(signature.substring("v1,".length()));
            boolean right = false;
            for (SecretKeySpec secret : secrets) {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(secret);
                mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.US_ASCII));
                right |= MessageDigest.isEqual(mac.doFinal(body), given);
            }
            if (!right) {
                wrong.incrementAndGet();
            }
            long now = System.nanoTime();
            first.compareAndSet(0, now);
            last.set(now);
            heard.incrementAndGet();
            ids.put(id, true);
            return true;
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder(60);
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("ended");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }
}
