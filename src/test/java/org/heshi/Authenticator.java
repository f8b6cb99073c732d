package org.heshi;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heshi.identity.factor.Totp;

/** The application on somebody's telephone: read the secret off a page, shows codes. */
public final class Authenticator {

    private static final Pattern SECRET = Pattern.compile("data-secret[^>]*>([A-Z2-7 ]+)<");
    private static final Pattern CODE = Pattern.compile("<li class=\"code\">([0-9A-Z]{5}-[0-9A-Z]{5})</li>");

    private final byte[] secret;

    private Authenticator(byte[] secret) {
        this.secret = secret;
    }

    public static Authenticator reading(String page) {
        Matcher found = SECRET.matcher(page);
        if (!found.find()) {
            throw new AssertionError("no secret on the page");
        }
        return new Authenticator(Totp.unbase32(found.group(1)));
    }

    /** Sets one up on the account page of who is signed in, confirmed by a code. */
    public static SetUp setUp(Visitor visitor) {
        visitor.get("/account");
        visitor.post("/account/factor/begin", Map.of());
        Authenticator made = reading(visitor.get("/account/factor").body());
        Visitor.Answer codes = visitor.post("/account/factor", Map.of("code", made.now()));
        return new SetUp(made, codes(codes.body()));
    }

    public record SetUp(Authenticator authenticator, List<String> codes) {
    }

    public static List<String> codes(String page) {
        return CODE.matcher(page).results().map(match -> match.group(1)).toList();
    }

    public String now() {
        return Totp.code(secret, Instant.now());
    }

    /** The code of the next step: as a clock shows it that is half a minute fast. */
    public String next() {
        return Totp.code(secret, Instant.now().plus(Duration.ofSeconds(30)));
    }

    public byte[] secret() {
        return secret.clone();
    }
}
