package org.heshi.matters.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.heshi.access.Acting;
import org.heshi.access.Actor;
import org.heshi.access.Problems;
import org.heshi.kernel.Bilingual;
import org.heshi.kernel.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What programs send and how they are answered, the same for all that they do here. */
@Component
class Sent {

    static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{8,64}");
    static final int MOST = 200;
    private static final int USUAL = 50;
    private static final int LONGEST = 20_000;

    private final MessageSource words;
    private final JsonMapper json;

    Sent(MessageSource words, JsonMapper json) {
        this.words = words;
        this.json = json;
    }

    static Actor.Client client() {
        if (Acting.current() instanceof Actor.Client client) {
            return client;
        }
        throw new IllegalStateException("no program acts here");
    }

    /** How many a page shall have; empty when that cannot be. */
    static OptionalInt limit(String asked) {
        if (asked.isEmpty()) {
            return OptionalInt.of(USUAL);
        }
        return asked.matches("[1-9][0-9]{0,2}") && Integer.parseInt(asked) <= MOST ? OptionalInt.of(Integer.parseInt(asked)) : OptionalInt.empty();
    }

    static ResponseEntity<ProblemDetail> keyNeeded() {
        return Problems.of(HttpStatus.BAD_REQUEST, "idempotency-key", "the header Idempotency-Key of 8 to 64 visible characters is needed");
    }

    static ResponseEntity<ProblemDetail> anotherRequest() {
        return Problems.of(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused", "this Idempotency-Key was used for another request");
    }

    /** Text, true or false, whole numbers, and lists of text: what the form of a page could hold. */
    static void put(String field, @Nullable Object value, Map<String, Object> input, List<Refusal> refusals) {
        switch (value) {
            case null -> {
            }
            case String text when text.length() <= LONGEST && text.indexOf(0) < 0 -> input.put(field, text);
            case Boolean truth -> {
                if (truth) {
                    input.put(field, "true");
                }
            }
            case Integer number -> input.put(field, number.toString());
            case List<?> many when many.size() <= 100 && many.stream().allMatch(one -> one instanceof String text && text.length() <= LONGEST && text.indexOf(0) < 0) ->
                input.put(field, List.copyOf(many));
            default -> refusals.add(Refusal.at(field, "api-value"));
        }
    }

    /** The same text for the same request, however its members were ordered. */
    String canonical(String what, Map<String, @Nullable Object> body) {
        return what + "\n" + json.writeValueAsString(new TreeMap<>(body));
    }

    ResponseEntity<ProblemDetail> refused(List<Refusal> refusals, Locale locale) {
        return Problems.of(HttpStatus.UNPROCESSABLE_CONTENT, "refused", "refused", refusals.stream().map(refusal -> Map.of("field", refusal.field(), "code", refusal.code(),
                "detail", words.getMessage("refusal." + refusal.code(), refusal.arguments().stream().map(arg -> arg instanceof Bilingual both ? both.in(locale) : arg).toArray(),
                        locale))).toList());
    }

    static String tag(int version) {
        return "\"v" + version + "\"";
    }

    /** The tag of what is answered, by its bytes. */
    String tag(Object body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
            return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 15)) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    /** Whether one of the tags in that header is this one (RFC 9110, 13.1.2). */
    static boolean matches(String header, String tag) {
        return header.strip().equals("*") || Arrays.stream(header.split(",")).map(one -> one.strip().replaceFirst("^W/", "")).anyMatch(tag::equals);
    }

    /** The version in If-Match; empty when it names none of ours. */
    static OptionalInt version(String header) {
        String tag = header.strip();
        return tag.matches("\"v[0-9]{1,9}\"") ? OptionalInt.of(Integer.parseInt(tag.substring(2, tag.length() - 1))) : OptionalInt.empty();
    }
}
