package org.heshi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody at a browser without scripts: keeps cookies, fills forms with their token, follows no redirect by itself. */
public final class Visitor {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final String base;
    private final int port;
    private final int address;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client;
    private String token = "";

    /** From an address of their own, so that one test's failures are not another's. */
    public Visitor(int port) {
        this(port, 0x7f000000 | ThreadLocalRandom.current().nextInt(0x100, 0xfffffe));
    }

    private Visitor(int port, int address) {
        client = HttpClient.newBuilder().cookieHandler(cookies).followRedirects(HttpClient.Redirect.NEVER).localAddress(loopback(address)).build();
        this.address = address;
        this.port = port;
        base = "http://127.0.0.1:" + port;
    }

    /** Another browser at the same address. */
    public Visitor neighbour() {
        return new Visitor(port, address);
    }

    /** As the program counts it. */
    public String address() {
        return loopback(address).getHostAddress();
    }

    private static InetAddress loopback(int address) {
        try {
            return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(address).array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** What came back. */
    public record Answer(int status, String body, HttpResponse<String> whole) {

        /** Where a redirect leads, as a path. */
        public String location() {
            return whole.headers().firstValue("location").map(to -> to.replaceFirst("^http://[^/]+", "")).orElse("");
        }

        public Optional<String> header(String name) {
            return whole.headers().firstValue(name);
        }
    }

    /** The page to which an answer leads; any other answer itself. */
    public Answer shown(Answer answer) {
        return answer.status() == 303 ? get(answer.location()) : answer;
    }

    public Answer get(String path, String... headers) {
        return send(headers(HttpRequest.newBuilder(URI.create(base + path)).GET(), headers));
    }

    /** A download as it came. */
    public byte[] bytes(String path) {
        return download(path).body();
    }

    /** Whatever it is, as it came, with its headers. */
    public HttpResponse<byte[]> download(String path) {
        try {
            HttpResponse<byte[]> answer = client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.headers().firstValue("content-type").orElse("").startsWith("text/html")) {
                keepToken(new String(answer.body(), StandardCharsets.UTF_8));
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a form with the token of the page that was read last. */
    public Answer post(String path, Map<String, String> fields, String... headers) {
        List<String> pairs = new ArrayList<>();
        fields.forEach((name, value) -> pairs.add(encoded(name) + "=" + encoded(value)));
        if (!token.isEmpty()) {
            pairs.add("_csrf=" + encoded(token));
        }
        return postBody(path, String.join("&", pairs), "application/x-www-form-urlencoded", headers);
    }

    public Answer postBody(String path, String body, String type, String... headers) {
        return send(headers(HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)), headers));
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            keepToken(answer.body());
            return new Answer(answer.statusCode(), answer.body(), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keepToken(String page) {
        Matcher found = TOKEN.matcher(page);
        if (found.find()) {
            token = found.group(1);
        }
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    public Visitor signedInAs(People.Somebody somebody) {
        get("/sign-in");
        Answer answer = post("/sign-in", Map.of("name", somebody.name(), "password", People.PASSWORD));
        if (answer.status() != 303) {
            throw new AssertionError("sign-in was refused: " + answer.status());
        }
        return this;
    }

    /** The token that the next form will carry. */
    public String token() {
        return token;
    }

    public void forgetToken() {
        token = "";
    }

    public Optional<String> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream().filter(cookie -> cookie.getName().equals(name)).map(HttpCookie::getValue).findFirst();
    }

    private static HttpRequest.Builder headers(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
