package org.heshi.attachments.scan;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * ClamAV's daemon, spoken to by its command INSTREAM (clamd(8)): the bytes go over the socket, nothing is written anywhere. Who cannot be asked has
 * found nothing out: then nothing is taken.
 */
@Component
public class Clamd {

    private static final Logger LOG = LoggerFactory.getLogger(Clamd.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PIECE = 64 * 1024;
    private static final int LONGEST_ANSWER = 4096;
    private static final Pattern HOST_AND_PORT = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([A-Za-z0-9.-]+)):(\\d{1,5})");

    private final String address;
    private final Duration patience;

    @Autowired
    Clamd(@Value("${heshi.clamd:}") String address) {
        this(address, PATIENCE);
    }

    Clamd(String address, Duration patience) {
        this.address = address.strip();
        this.patience = patience;
    }

    public sealed interface Verdict {

        record Clean() implements Verdict {
        }

        /** @param signature as ClamAV names what it found */
        record Malicious(String signature) implements Verdict {
        }

        /** Nobody knows: the daemon is not there, too slow, full, or says something else. */
        record Unknown() implements Verdict {
        }
    }

    /** Whether there is one to ask. */
    public boolean there() {
        return !address.isEmpty();
    }

    /** Asks, and answers within some twenty seconds whatever the daemon does. Where none was named everything is clean. */
    public Verdict scan(byte[] bytes) {
        if (!there()) {
            return new Verdict.Clean();
        }
        try {
            return asked(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Verdict.Unknown();
        }
    }

    private Verdict asked(byte[] bytes) throws InterruptedException {
        AtomicBoolean late = new AtomicBoolean();
        try (SocketChannel channel = open()) {
            Thread watch = Thread.ofVirtual().name("clamd-patience").start(() -> {
                try {
                    Thread.sleep(patience);
                    late.set(true);
                    channel.close();
                } catch (InterruptedException | IOException _) {
                    // answered in time, or closed already
                }
            });
            try {
                channel.connect(socket());
                send(channel, bytes);
                return understood(answer(channel));
            } finally {
                watch.interrupt();
                watch.join();
            }
        } catch (IOException e) {
            LOG.error("clamd {}: {}", late.get() ? "gave no answer in " + patience.toSeconds() + " s" : "cannot be asked", e.toString());
            return new Verdict.Unknown();
        }
    }

    private SocketChannel open() throws IOException {
        return address.startsWith("/") ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
    }

    private SocketAddress socket() throws IOException {
        if (address.startsWith("/")) {
            return UnixDomainSocketAddress.of(Path.of(address));
        }
        Matcher parts = HOST_AND_PORT.matcher(address);
        if (!parts.matches()) {
            throw new IOException("heshi.clamd is neither a path nor host:port");
        }
        return new InetSocketAddress(InetAddress.getByName(parts.group(1) == null ? parts.group(2) : parts.group(1)), Integer.parseInt(parts.group(3)));
    }

    private static void send(SocketChannel channel, byte[] bytes) throws IOException {
        write(channel, ByteBuffer.wrap("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII)));
        try {
            for (int at = 0; at < bytes.length; at += PIECE) {
                int length = Math.min(PIECE, bytes.length - at);
                write(channel, ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
                write(channel, ByteBuffer.wrap(bytes, at, length));
            }
            write(channel, ByteBuffer.allocate(Integer.BYTES).putInt(0).flip());
        } catch (IOException e) {
            // It says why, and closes, as soon as it has had enough: what it said may still be read.
            if (!channel.isOpen()) {
                throw e;
            }
        }
    }

    private static void write(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static String answer(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST_ANSWER);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            if (buffer.position() > 0 && buffer.get(buffer.position() - 1) == 0) {
                break;
            }
        }
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8).replace("\0", "").strip();
    }

    private static Verdict understood(String answer) {
        if (answer.equals("stream: OK")) {
            return new Verdict.Clean();
        }
        if (answer.startsWith("stream: ") && answer.endsWith(" FOUND")) {
            String signature = answer.substring("stream: ".length(), answer.length() - " FOUND".length()).replaceAll("[^A-Za-z0-9._/-]", "");
            return new Verdict.Malicious(signature.substring(0, Math.min(80, signature.length())));
        }
        LOG.error("clamd could not judge an upload: {}", answer.replaceAll("[^ -~]", "?"));
        return new Verdict.Unknown();
    }
}
