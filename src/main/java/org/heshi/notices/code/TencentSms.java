package org.heshi.notices.code;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * SMS of Tencent Cloud (SendSms, version 2021-01-11). Asks the one address that is set, follows no redirect, takes no answer of more than
 * 64 KiB and waits no longer than ten seconds for the last byte of it.
 */
final class TencentSms implements SmsProvider {

    private static final String SERVICE = "sms";
    private static final String ACTION = "SendSms";
    private static final String VERSION = "2021-01-11";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST = 64 * 1024;

    private final SmsSettings settings;
    private final InstantSource clock;
    private final Duration patience;
    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1).proxy(HttpClient.Builder.NO_PROXY).build();

    TencentSms(SmsSettings settings, InstantSource clock) {
        this(settings, clock, PATIENCE);
    }

    TencentSms(SmsSettings settings, InstantSource clock, Duration patience) {
        this.settings = settings;
        this.clock = clock;
        this.patience = patience;
    }

    @Override
    public void send(String number, String template, List<String> variables) throws IOException, InterruptedException {
        URI address = settings.address();
        byte[] body = json.writeValueAsBytes(Map.of("PhoneNumberSet", List.of(number), "SmsSdkAppId", settings.app(), "SignName", settings.sign(),
                "TemplateId", template, "TemplateParamSet", variables));
        Instant now = clock.instant();
        String host = address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
        HttpRequest request = HttpRequest.newBuilder(address).timeout(patience).header("Content-Type", Tc3.CONTENT_TYPE)
                .header("Authorization", Tc3.authorization(settings.id(), settings.key(), SERVICE, host, ACTION, body, now))
                .header("X-TC-Action", ACTION).header("X-TC-Version", VERSION).header("X-TC-Region", settings.region())
                .header("X-TC-Timestamp", Long.toString(now.getEpochSecond())).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        HttpResponse<byte[]> answer = whole(request);
        if (answer.statusCode() != 200) {
            throw new IOException("answered " + answer.statusCode());
        }
        taken(answer.body());
    }

    /** The client's own limit ends with the headers, so the body is waited for by the same clock; what is late is cut off. */
    private HttpResponse<byte[]> whole(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request,
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("gave no whole answer in " + patience.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private void taken(byte[] said) throws IOException {
        try {
            JsonNode response = json.readTree(said).path("Response");
            String error = response.path("Error").path("Code").asString("");
            String status = response.path("SendStatusSet").path(0).path("Code").asString(error.isEmpty() ? "nothing" : error);
            if (!status.equals("Ok")) {
                throw new IOException("refused with " + status.replaceAll("[^A-Za-z.]", "?").substring(0, Math.min(80, status.length())));
            }
        } catch (JacksonException e) {
            throw new IOException("answered with what is no JSON");
        }
    }
}
