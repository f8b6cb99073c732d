package org.heshi.bench;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One kept-alive connection of a browser that only loads: cookies, forms, no script. It costs the machine as little as it can, since client and
 * server share it.
 */
public final class Wire implements Closeable {

    private static final Pattern TOKEN = Pattern.compile("<input type=\"hidden\" name=\"(_csrf[^\"]*)\" value=\"([^\"]+)\"");

    private final String host;
    private final int port;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private String token = "";

    public Wire(URI base) throws IOException {
        host = base.getHost();
        port = base.getPort();
        open();
    }

    /** Another connection of the same visit: a person signs in once, however many pages they have open. */
    public Wire another() throws IOException {
        Wire other = new Wire(URI.create("http://" + host + ":" + port));
        other.cookies.putAll(cookies);
        other.token = token;
        return other;
    }

    public record Answer(int status, String location, byte[] body) {

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private void open() throws IOException {
        socket = new Socket(host, port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 32 * 1024);
        out = socket.getOutputStream();
    }

    /** Signs a member of staff in. @throws IOException when the program refuses */
    public void signIn(String name, String password) throws IOException {
        signIn(name, password, "/queue");
    }

    /** @param page that they may open */
    public void signIn(String name, String password, String page) throws IOException {
        remember(get("/sign-in"));
        Answer answer = post("/sign-in", Map.of("name", name, "username", name, "password", password));
        if (answer.status() / 100 != 3 || answer.location().contains("sign-in")) {
            throw new IOException(name + " could not sign in: " + answer.status() + " " + answer.location());
        }
        remember(get(page));
    }

    private void remember(Answer page) throws IOException {
        Matcher found = TOKEN.matcher(page.text());
        if (!found.find()) {
            throw new IOException("a page without a form token: " + page.status());
        }
        token = found.group(2);
    }

    public Answer get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\n", null);
    }

    public Answer post(String path, Map<String, String> form) throws IOException {
        StringBuilder body = new StringBuilder("_csrf=").append(URLEncoder.encode(token, StandardCharsets.UTF_8));
        form.forEach((name, value) -> body.append('&').append(URLEncoder.encode(name, StandardCharsets.UTF_8)).append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return send("POST " + path + " HTTP/1.1\r\n", body.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private Answer send(String start, byte[] body) throws IOException {
        StringBuilder head = new StringBuilder(start).append("Host: ").append(host).append(':').append(port).append("\r\n");
        if (!cookies.isEmpty()) {
            head.append("Cookie: ");
            cookies.forEach((name, value) -> head.append(name).append('=').append(value).append("; "));
            head.setLength(head.length() - 2);
            head.append("\r\n");
        }
        if (body != null) {
            head.append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ").append(body.length).append("\r\n");
        }
        head.append("\r\n");
        byte[] bytes = head.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[bytes.length + (body == null ? 0 : body.length)];
        System.arraycopy(bytes, 0, whole, 0, bytes.length);
        if (body != null) {
            System.arraycopy(body, 0, whole, bytes.length, body.length);
        }
        out.write(whole);
        out.flush();
        return read();
    }

    private Answer read() throws IOException {
        String status = line();
        int code = Integer.parseInt(status.substring(9, 12));
        int length = -1;
        boolean chunked = false;
        boolean close = false;
        String location = "";
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = header.substring(colon + 1).strip();
            switch (name) {
                case "content-length" -> length = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
                case "connection" -> close = value.equalsIgnoreCase("close");
                case "location" -> location = value;
                case "set-cookie" -> {
                    String pair = value.split(";", 2)[0];
                    int equals = pair.indexOf('=');
                    cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
                }
                default -> {
                }
            }
        }
        byte[] body = chunked ? chunks() : length > 0 ? in.readNBytes(length) : new byte[0];
        if (close) {
            socket.close();
            open();
        }
        return new Answer(code, location, body);
    }

    private byte[] chunks() throws IOException {
        var all = new java.io.ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line().split(";")[0], 16);
            all.write(in.readNBytes(size));
            line();
            if (size == 0) {
                return all.toByteArray();
            }
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        while (true) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("the program closed the connection");
            }
            if (c == '\n') {
                if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
                    line.setLength(line.length() - 1);
                }
                return line.toString();
            }
            line.append((char) c);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
