package org.heshi.notices.code;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A provider of SMS that works out every signature for itself, as its documentation says, and takes no message without a right one. */
public final class SmsServer implements AutoCloseable {

    /** @param path as it was asked for, with its query */
    public record Message(String number, List<String> variables, String sign, String template, String path) {
    }

    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final String key;
    private final HttpServer server;
    private volatile String answer = "{\"Response\":{\"SendStatusSet\":[{\"Code\":\"Ok\"}],\"RequestId\":\"1\"}}";
    private volatile int status = 200;
    private volatile String location = "";

    /** Where the program's settings say that it is. */
    public SmsServer(ApplicationContext program) throws IOException {
        this(program.getBean(SmsSettings.class).address().getPort(), program.getBean(SmsSettings.class).key());
    }

    SmsServer(int port, String key) throws IOException {
        this.key = key;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::take);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void answers(int status, String body, String location) {
        this.status = status;
        this.answer = body;
        this.location = location;
    }

    /** The next message; fails when none comes within ten seconds. */
    public Message next() throws InterruptedException {
        Message message = messages.poll(10, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message came");
        }
        return message;
    }

    public int waiting() {
        return messages.size();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String said = signed(exchange, body) ? answer : "{\"Response\":{\"Error\":{\"Code\":\"AuthFailure.SignatureFailure\",\"Message\":\"x\"}}}";
            if (said.equals(answer)) {
                JsonNode json = JsonMapper.builder().build().readTree(body);
                List<String> variables = json.path("TemplateParamSet").valueStream().map(JsonNode::asString).toList();
                messages.add(new Message(json.path("PhoneNumberSet").path(0).asString(), variables, json.path("SignName").asString(),
                        json.path("TemplateId").asString(), exchange.getRequestURI().toString()));
            }
            if (!location.isEmpty()) {
                exchange.getResponseHeaders().add("Location", location);
            }
            byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean signed(HttpExchange exchange, byte[] body) throws GeneralSecurityException {
        var headers = exchange.getRequestHeaders();
        String stamp = headers.getFirst("X-TC-Timestamp");
        String day = java.time.Instant.ofEpochSecond(Long.parseLong(stamp)).toString().substring(0, 10);
        String signedHeaders = "content-type;host;x-tc-action";
        String request = String.join("\n", exchange.getRequestMethod(), exchange.getRequestURI().getPath(), "",
                "content-type:" + headers.getFirst("Content-Type"), "host:" + headers.getFirst("Host"),
                "x-tc-action:" + headers.getFirst("X-TC-Action").toLowerCase(java.util.Locale.ROOT), "", signedHeaders, hex(sha(body)));
        String toSign = String.join("\n", "TC3-HMAC-SHA256", stamp, day + "/sms/tc3_request", hex(sha(request.getBytes(StandardCharsets.UTF_8))));
        byte[] step = ("TC3" + key).getBytes(StandardCharsets.UTF_8);
        for (String text : List.of(day, "sms", "tc3_request", toSign)) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(step, "HmacSHA256"));
            step = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        }
        return headers.getFirst("Authorization").startsWith("TC3-HMAC-SHA256 Credential=AKIDtest/" + day + "/sms/tc3_request, SignedHeaders=" + signedHeaders + ", ")
                && headers.getFirst("Authorization").endsWith("Signature=" + hex(step)) && headers.getFirst("X-TC-Version").equals("2021-01-11");
    }

    private static byte[] sha(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
