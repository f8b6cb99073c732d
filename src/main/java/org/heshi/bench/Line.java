package org.heshi.bench;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** A kept-alive connection from an address of this machine that nobody used before. */
public final class Line implements Closeable {

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;

    public Line(InetSocketAddress to) throws IOException {
        int address = 0x7f000000 | ThreadLocalRandom.current().nextInt(0x100, 0xfffffe);
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(address).array()), 0));
        socket.connect(to);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        out = socket.getOutputStream();
    }

    /** Head and body of the answer as one text. */
    public String ask(String request) throws IOException {
        out.write(request.getBytes(StandardCharsets.UTF_8));
        out.flush();
        StringBuilder head = new StringBuilder();
        int length = -1;
        boolean chunked = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.append(line).append('\n');
            String low = line.toLowerCase(java.util.Locale.ROOT);
            if (low.startsWith("content-length:")) {
                length = Integer.parseInt(low.substring(15).strip());
            }
            chunked |= low.startsWith("transfer-encoding:") && low.contains("chunked");
        }
        if (chunked) {
            for (int size = Integer.parseInt(line(), 16); ; size = Integer.parseInt(line(), 16)) {
                head.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
                line();
                if (size == 0) {
                    break;
                }
            }
        } else if (length > 0) {
            head.append(new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }
        return head.toString();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(80);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the program closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
