package org.heshi.identity.account;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.heshi.kernel.Refusal;

/**
 * What a password must be (after NIST SP 800-63B: long rather than mixed, and none that is on everybody's list). Letters of every
 * script count; compatibility forms are made one before anything is compared, so that the same typing gives the same password.
 */
public final class PasswordRules {

    public static final int SHORTEST = 10;
    public static final int LONGEST = 128;

    /**
     * What is on everybody's list: the commonest of published breaches, and what people here choose first. Read when the first password is set. A
     * password is compared after everything but letters and digits is gone, and without the figures round it.
     */
    private static final class Lists {

        private static final Set<String> COMMON = read("breached.txt", "local.txt");

        private static Set<String> read(String... files) {
            Set<String> words = new HashSet<>();
            for (String file : files) {
                try (InputStream in = Objects.requireNonNull(PasswordRules.class.getResourceAsStream("/passwords/" + file), file);
                        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                    lines.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(words::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return Set.copyOf(words);
        }

        private static boolean hold(String plain) {
            return COMMON.contains(plain);
        }
    }

    private PasswordRules() {
    }

    /** As it is digested: the same characters for the same typing. */
    public static String canonical(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFKC);
    }

    /** Every reason against a password, beside the field it was typed into. */
    public static List<Refusal> check(String typed, String signInName, String field) {
        String password = canonical(typed);
        int length = password.codePointCount(0, password.length());
        List<Refusal> refusals = new ArrayList<>();
        if (length < SHORTEST) {
            refusals.add(Refusal.at(field, "password.short", SHORTEST));
        }
        if (length > LONGEST) {
            refusals.add(Refusal.at(field, "password.long", LONGEST));
        }
        if (length >= SHORTEST && length <= LONGEST && (holdsName(password, signInName) || easyToGuess(password))) {
            refusals.add(Refusal.at(field, "password.simple"));
        }
        return refusals;
    }

    static boolean holdsName(String password, String name) {
        return name.length() > 2 && password.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT));
    }

    /** A few characters over and over, a run, or a common word with the usual figures round it. */
    static boolean easyToGuess(String password) {
        String plain = password.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{Nd}]", "");
        if (password.codePoints().distinct().count() < 5 || plain.length() < 6) {
            return true;
        }
        return onAList(password.toLowerCase(Locale.ROOT)) || twice(plain)
                || plain.chars().allMatch(Character::isDigit) && plain.length() < 16
                || mostlyRun(plain);
    }

    /** As it is, without the signs and figures behind it, without those on both sides; and each with the figures read that stand for letters. */
    private static boolean onAList(String lower) {
        String ahead = lower.replaceAll("[^\\p{L}]{0,8}$", "");
        return Stream.of(lower, ahead, ahead.replaceAll("^[^\\p{L}]{0,8}", ""))
                .flatMap(part -> Stream.of(part, spelt(part, 'i'), spelt(part, 'l')))
                .anyMatch(part -> Lists.hold(part.replaceAll("[^\\p{L}\\p{Nd}]", "")));
    }

    private static String spelt(String part, char one) {
        return part.replace('1', one).replace('!', one).replace('@', 'a').replace('4', 'a').replace('0', 'o').replace('3', 'e').replace('$', 's')
                .replace('5', 's').replace('7', 't');
    }

    /** A common word and itself again. */
    private static boolean twice(String plain) {
        int half = plain.length() / 2;
        return plain.length() % 2 == 0 && plain.substring(0, half).equals(plain.substring(half)) && Lists.hold(plain.substring(half));
    }

    private static boolean mostlyRun(String plain) {
        int steps = 0;
        for (int i = 1; i < plain.length(); i++) {
            int step = plain.charAt(i) - plain.charAt(i - 1);
            if (step >= -1 && step <= 1) {
                steps++;
            }
        }
        return steps * 4 >= (plain.length() - 1) * 3;
    }
}
