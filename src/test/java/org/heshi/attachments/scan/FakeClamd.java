package org.heshi.attachments.scan;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Speaks the daemon's side of INSTREAM and answers what it is told to. */
final class FakeClamd implements AutoCloseable {

    private final ServerSocket server;
    private final Function<byte[], String> answers;
    final List<byte[]> heard = new ArrayList<>();

    /** @param answers what to say of these bytes; null: nothing, for as long as it lives */
    FakeClamd(Function<byte[], String> answers) throws IOException {
        this.answers = answers;
        server = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket one = server.accept();
                    Thread.ofVirtual().start(() -> serve(one));
                } catch (IOException _) {
                    return;
                }
            }
        });
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] command = in.readNBytes("zINSTREAM\0".length());
            if (!new String(command, StandardCharsets.US_ASCII).equals("zINSTREAM\0")) {
                socket.getOutputStream().write("UNKNOWN COMMAND\0".getBytes(StandardCharsets.US_ASCII));
                return;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int length = in.readInt(); length != 0; length = in.readInt()) {
                bytes.writeBytes(in.readNBytes(length));
            }
            heard.add(bytes.toByteArray());
            String answer = answers.apply(bytes.toByteArray());
            if (answer == null) {
                in.read();
                return;
            }
            socket.getOutputStream().write((answer + "\0").getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // the other side has gone
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
