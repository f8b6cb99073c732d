package org.heshi.exchange.webhook;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends one POST of HTTP/1.1 to an address that was looked at before. The JDK's client asks for the address of a name itself, after everything that looked
 * at it, and cannot be told which one to take; here the socket is opened to the very address that was allowed, and TLS still proves the name. Of the answer
 * only the status and a few headers are read; of its body at most a kilobyte, to keep the connection, and none of it is kept.
 */
final class Wire implements AutoCloseable {

    private static final int MOST_HEADERS = 16_384;
    private static final int MOST_BODY = 1_024;
    private static final long IDLE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long OLDEST_NANOS = Duration.ofSeconds(60).toNanos();

    private final Targets targets;
    private final SSLSocketFactory tls;
    private final Duration connect;
    private final Duration whole;
    private final Map<String, Deque<Line>> kept = new ConcurrentHashMap<>();
    private final Set<Line> talking = ConcurrentHashMap.newKeySet();
    private volatile boolean open = true;

    Wire(Targets targets, SSLSocketFactory tls, Duration connect, Duration whole) {
        this.targets = targets;
        this.tls = tls;
        this.connect = connect;
        this.whole = whole;
        Thread.ofPlatform().daemon().name("webhook-deadlines").start(this::hangUp);
    }

    sealed interface Went {

        /** @param later what the header Retry-After asks for */
        record Answered(int status, Optional<Duration> later) implements Went {
        }

        /** There was no answer. @param code unknown-host, forbidden-address, no-connection, no-tls, too-slow or no-answer */
        record Failed(String code) implements Went {
        }
    }

    /** An open connection. */
    private static final class Line {

        private final Socket raw;
        private final long born = System.nanoTime();
        private volatile long deadline;
        private volatile boolean hungUp;
        private long idleSince;
        private InputStream in = InputStream.nullInputStream();
        private OutputStream out = OutputStream.nullOutputStream();

        Line(Socket raw, long deadline) {
            this.raw = raw;
            this.deadline = deadline;
        }

        /** The plain socket: closing the one above would wait for who writes. */
        void end() {
            try {
                raw.close();
            } catch (IOException _) {
                // it is of no use any more either way
            }
        }
    }

    Went post(URI target, Map<String, String> headers, byte[] body) {
        long deadline = System.nanoTime() + whole.toNanos();
        String place = place(target);
        byte[] head = head(target, headers, body.length);
        Line old = take(place);
        if (old != null) {
            try {
                return talk(place, old, deadline, head, body);
            } catch (IOException _) {
                if (old.hungUp) {
                    return new Went.Failed("too-slow");
                }
                // the other side may have ended what was kept; the id is the same, so twice does no harm
            }
        }
        Line line = null;
        try {
            InetAddress address = targets.resolve(target);
            line = new Line(new Socket(), deadline);
            talking.add(line);
            dial(line, target, address, deadline);
            return talk(place, line, deadline, head, body);
        } catch (Targets.Refused e) {
            return new Went.Failed(e.code());
        } catch (IOException e) {
            String code = line != null && line.hungUp || e instanceof SocketTimeoutException && line != null && line.raw.isConnected() ? "too-slow"
                    : e instanceof SSLException ? "no-tls" : line == null || !line.raw.isConnected() ? "no-connection" : "no-answer";
            return new Went.Failed(code);
        } finally {
            if (line != null) {
                talking.remove(line);
            }
        }
    }

    private void dial(Line line, URI target, InetAddress address, long deadline) throws IOException {
        try {
            long left = Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toMillis());
            line.raw.setTcpNoDelay(true);
            line.raw.connect(new InetSocketAddress(address, port(target)), (int) Math.min(connect.toMillis(), left));
            line.raw.setSoTimeout((int) whole.toMillis());
            Socket socket = line.raw;
            if ("https".equalsIgnoreCase(target.getScheme())) {
                SSLSocket secured = (SSLSocket) tls.createSocket(line.raw, target.getHost(), port(target), true);
                SSLParameters parameters = secured.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secured.setSSLParameters(parameters);
                secured.startHandshake();
                socket = secured;
            }
            line.in = new BufferedInputStream(socket.getInputStream(), 2_048);
            line.out = new BufferedOutputStream(socket.getOutputStream(), 8_192);
        } catch (IOException | RuntimeException e) {
            line.end();
            throw e;
        }
    }

    private Went talk(String place, Line line, long deadline, byte[] head, byte[] body) throws IOException {
        line.deadline = deadline;
        talking.add(line);
        boolean again = false;
        try {
            line.out.write(head);
            line.out.write(body);
            line.out.flush();
            Answer answer = read(line.in);
            again = answer.again() && open && System.nanoTime() - line.born < OLDEST_NANOS;
            return new Went.Answered(answer.status(), answer.later());
        } finally {
            talking.remove(line);
            if (again && !line.hungUp) {
                line.idleSince = System.nanoTime();
                kept.computeIfAbsent(place, _ -> new ConcurrentLinkedDeque<>()).push(line);
            } else {
                line.end();
            }
        }
    }

    private record Answer(int status, Optional<Duration> later, boolean again) {
    }

    private static Answer read(InputStream in) throws IOException {
        while (true) {
            int[] left = {MOST_HEADERS};
            String first = line(in, left);
            if (!first.matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
                throw new IOException("no HTTP");
            }
            int status = Integer.parseInt(first.substring(9, 12));
            boolean again = first.startsWith("HTTP/1.1");
            long length = -1;
            boolean chunked = false;
            Optional<Duration> later = Optional.empty();
            for (String header = line(in, left); !header.isEmpty(); header = line(in, left)) {
                int colon = header.indexOf(':');
                String name = colon < 0 ? "" : header.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                String value = header.substring(colon + 1).strip();
                switch (name) {
                    case "content-length" -> length = value.matches("[0-9]{1,9}") ? Long.parseLong(value) : Long.MAX_VALUE;
                    case "transfer-encoding" -> chunked = true;
                    case "connection" -> again &= !value.toLowerCase(Locale.ROOT).contains("close");
                    case "retry-after" -> later = value.matches("[0-9]{1,7}") ? Optional.of(Duration.ofSeconds(Long.parseLong(value))) : Optional.empty();
                    default -> {
                    }
                }
            }
            if (status >= 200) {
                return new Answer(status, later, again && skipped(in, status, length, chunked));
            }
        }
    }

    /** Whether the body came to its end within what is read of it. */
    private static boolean skipped(InputStream in, int status, long length, boolean chunked) throws IOException {
        if (status == 204 || status == 304) {
            return true;
        }
        if (!chunked) {
            return length >= 0 && length <= MOST_BODY && in.readNBytes((int) length).length == length;
        }
        int[] left = {MOST_BODY};
        while (true) {
            String size = line(in, left).split(";", 2)[0].strip();
            if (!size.matches("[0-9A-Fa-f]{1,4}")) {
                return false;
            }
            int bytes = Integer.parseInt(size, 16);
            if (bytes == 0) {
                return line(in, left).isEmpty();
            }
            left[0] -= bytes;
            if (left[0] < 0 || in.readNBytes(bytes).length < bytes || !line(in, left).isEmpty()) {
                return false;
            }
        }
    }

    private static String line(InputStream in, int[] left) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (--left[0] < 0) {
                throw new IOException("too much before the body");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static byte[] head(URI target, Map<String, String> headers, int length) {
        String path = target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        StringBuilder head = new StringBuilder(400).append("POST ").append(path);
        if (target.getRawQuery() != null) {
            head.append('?').append(target.getRawQuery());
        }
        head.append(" HTTP/1.1\r\nHost: ").append(target.getRawAuthority()).append("\r\nUser-Agent: Heshi\r\nContent-Type: application/json\r\nContent-Length: ").append(length).append("\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String place(URI target) {
        return target.getScheme() + "://" + target.getHost() + ":" + port(target);
    }

    private static int port(URI target) {
        return target.getPort() > 0 ? target.getPort() : "https".equalsIgnoreCase(target.getScheme()) ? 443 : 80;
    }

    private @Nullable Line take(String place) {
        Deque<Line> lines = kept.get(place);
        long now = System.nanoTime();
        for (Line line = lines == null ? null : lines.poll(); line != null; line = lines.poll()) {
            if (now - line.idleSince < IDLE_NANOS && now - line.born < OLDEST_NANOS) {
                return line;
            }
            line.end();
        }
        return null;
    }

    /** Nobody is waited for longer than was agreed, however they hold us up: by silence, or a byte at a time. */
    private void hangUp() {
        while (open) {
            long now = System.nanoTime();
            for (Line line : talking) {
                if (now - line.deadline > 0) {
                    line.hungUp = true;
                    line.end();
                }
            }
            kept.values().forEach(lines -> lines.removeIf(line -> {
                boolean old = now - line.idleSince > IDLE_NANOS;
                if (old) {
                    line.end();
                }
                return old;
            }));
            LockSupport.parkNanos(100_000_000);
        }
    }

    @Override
    public void close() {
        open = false;
        kept.values().forEach(lines -> lines.forEach(Line::end));
        talking.forEach(Line::end);
    }
}
