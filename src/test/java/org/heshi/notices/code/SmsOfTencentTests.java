package org.heshi.notices.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SmsOfTencentTests {

    private static final String KEY = "a-key-of-the-tests";

    private static TencentSms to(int port, String key) {
        return new TencentSms(new SmsSettings("http://127.0.0.1:" + port, "AKIDtest", key, "ap-guangzhou", "1400000000", "试验中心", "100001", "100002"), InstantSource.system());
    }

    /** The figures stand in the provider's description of signature v3, for a POST of 25 February 2019. */
    @Test
    void isSignedAsTheProvidersOwnExample() {
        byte[] body = "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], \"Name\": \"instance-name\"}]}".getBytes(StandardCharsets.UTF_8);
        assertThat(Tc3.sha256(body)).isEqualTo("35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064");
        assertThat(Tc3.sha256(Tc3.canonical("cvm.tencentcloudapi.com", "DescribeInstances", body).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84");
    }

    @Test
    void isTakenByAServerThatChecksTheSignature() throws Exception {
        try (SmsServer server = new SmsServer(0, KEY)) {
            to(server.port(), KEY).send("+8613900000001", "100001", List.of("123456", "10"));
            assertThat(server.next()).isEqualTo(new SmsServer.Message("+8613900000001", List.of("123456", "10"), "试验中心", "100001", "/"));
        }
    }

    @Test
    void isNotTakenWithAnotherKeyAndSaysNothingOfWhomItWasFor() throws Exception {
        try (SmsServer server = new SmsServer(0, KEY)) {
            assertThatThrownBy(() -> to(server.port(), "another key").send("+8613900000001", "100001", List.of("123456", "10"))).isInstanceOf(IOException.class)
                    .hasMessage("refused with AuthFailure.SignatureFailure");
            assertThat(server.waiting()).isZero();
        }
    }

    @Test
    void followsNoRedirectAndBelievesNoAnswerThatIsNone() throws Exception {
        try (SmsServer server = new SmsServer(0, KEY); SmsServer elsewhere = new SmsServer(0, KEY)) {
            server.answers(307, "", "http://127.0.0.1:" + elsewhere.port() + "/");
            assertThatThrownBy(() -> to(server.port(), KEY).send("+8613900000001", "100001", List.of("1", "10"))).hasMessage("answered 307");
            assertThat(elsewhere.waiting()).isZero();
            for (String odd : List.of("", "[]", "<html>", "{\"Response\":{}}", "{\"Response\":{\"SendStatusSet\":[{\"Code\":\"LimitExceeded.PhoneNumberDailyLimit\"}]}}")) {
                server.answers(200, odd, "");
                assertThatThrownBy(() -> to(server.port(), KEY).send("+8613900000001", "100001", List.of("1", "10"))).as(odd).isInstanceOf(IOException.class);
            }
        }
    }

    /** Headers at once, then a byte now and then: the limit is for the whole of it, and the line is cut. */
    @Test
    void isGivenUpWhenTheAnswerDrips() throws Exception {
        try (DrippingServer server = new DrippingServer()) {
            TencentSms sms = new TencentSms(new SmsSettings("http://127.0.0.1:" + server.port(), "AKIDtest", KEY, "ap-guangzhou", "1400000000", "试验中心", "100001", "100002"),
                    InstantSource.system(), Duration.ofMillis(700));
            long began = System.nanoTime();
            assertThatThrownBy(() -> sms.send("+8613900000001", "100001", List.of("123456", "10"))).isInstanceOf(IOException.class).hasMessageContaining("700 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            assertThat(server.wasCut()).as("nothing is left open").isTrue();
        }
    }

    @Test
    void isNotTakenWhenTheAnswerIsLongerThanAnyOfTheProviders() throws Exception {
        try (SmsServer server = new SmsServer(0, KEY)) {
            server.answers(200, " ".repeat(70_000) + "{\"Response\":{\"SendStatusSet\":[{\"Code\":\"Ok\"}]}}", "");
            assertThatThrownBy(() -> to(server.port(), KEY).send("+8613900000001", "100001", List.of("1", "10"))).isInstanceOf(IOException.class);
        }
    }

    /** Answers the first who comes, a byte every 20 ms. */
    private static final class DrippingServer implements AutoCloseable {

        private final ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final CompletableFuture<Boolean> cut = new CompletableFuture<>();

        DrippingServer() throws IOException {
            Thread.ofVirtual().start(this::drip);
        }

        int port() {
            return door.getLocalPort();
        }

        boolean wasCut() throws Exception {
            return cut.get(10, TimeUnit.SECONDS);
        }

        private void drip() {
            try (Socket who = door.accept()) {
                OutputStream out = who.getOutputStream();
                out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                for (int i = 0; i < 400; i++) {
                    out.write(' ');
                    out.flush();
                    Thread.sleep(20);
                }
                cut.complete(false);
            } catch (IOException e) {
                cut.complete(true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }
}
