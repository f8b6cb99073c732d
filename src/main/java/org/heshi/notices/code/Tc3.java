package org.heshi.notices.code;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signature v3 of Tencent Cloud's interfaces, TC3-HMAC-SHA256: a JSON body that is posted to the root of a service's host. */
final class Tc3 {

    static final String CONTENT_TYPE = "application/json; charset=utf-8";
    private static final String ALGORITHM = "TC3-HMAC-SHA256";
    private static final String SIGNED = "content-type;host;x-tc-action";

    private Tc3() {
    }

    /** The header {@code Authorization}. @param host as the header Host says it, with the port where there is one */
    static String authorization(String id, String key, String service, String host, String action, byte[] body, Instant now) {
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        String scope = day + "/" + service + "/tc3_request";
        String toSign = ALGORITHM + "\n" + now.getEpochSecond() + "\n" + scope + "\n" + sha256(canonical(host, action, body).getBytes(StandardCharsets.UTF_8));
        byte[] dated = hmac(("TC3" + key).getBytes(StandardCharsets.UTF_8), day.toString());
        String signature = HexFormat.of().formatHex(hmac(hmac(hmac(dated, service), "tc3_request"), toSign));
        return ALGORITHM + " Credential=" + id + "/" + scope + ", SignedHeaders=" + SIGNED + ", Signature=" + signature;
    }

    static String canonical(String host, String action, byte[] body) {
        return "POST\n/\n\ncontent-type:" + CONTENT_TYPE + "\nhost:" + host + "\nx-tc-action:" + action.toLowerCase(Locale.ROOT) + "\n\n" + SIGNED + "\n" + sha256(body);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is part of every Java", e);
        }
    }
}
