package org.heshi.access.audit;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A syslog server. TCP: one connection a batch, each message preceded by its number of octets (RFC 6587, 3.4.1); it counts as sent when the server has
 * read to the end and closed. UDP: one datagram a message, and nobody knows whether it came.
 */
record SyslogTarget(boolean tcp, String host, int port) {

    private static final int PATIENCE_MILLIS = 10_000;

    /** {@code tcp://host:port} or {@code udp://host:port}. */
    static SyslogTarget of(String address) {
        URI uri = URI.create(address.strip());
        return new SyslogTarget("tcp".equals(uri.getScheme()), uri.getHost(), uri.getPort());
    }

    void send(List<String> messages) throws IOException {
        if (tcp) {
            stream(messages);
        } else {
            datagrams(messages);
        }
    }

    private void stream(List<String> messages) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            for (String message : messages) {
                byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
                out.write((bytes.length + " ").getBytes(StandardCharsets.US_ASCII));
                out.write(bytes);
            }
            out.flush();
            socket.shutdownOutput();
            // syslog has no receipt; a server that died with our messages unread answers with a reset instead of an end
            while (socket.getInputStream().read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (SocketTimeoutException e) {
            throw new IOException("no answer within " + PATIENCE_MILLIS / 1000 + " s", e);
        }
    }

    private void datagrams(List<String> messages) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            InetAddress to = InetAddress.getByName(host);
            for (String message : messages) {
                byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
                socket.send(new DatagramPacket(bytes, bytes.length, to, port));
            }
        }
    }

    @Override
    public String toString() {
        return (tcp ? "tcp://" : "udp://") + host + ":" + port;
    }
}
