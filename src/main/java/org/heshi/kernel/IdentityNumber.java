package org.heshi.kernel;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A citizen's identity number: 18 characters with the day of birth in them, the last of which checks the others (GB 11643-1999, ISO 7064 MOD 11-2). Holders of a
 * residence permit for foreigners, and of one for Hong Kong, Macao and Taiwan, have numbers of the same make.
 *
 * @param characters as it is written, the last one may be a capital X
 * @param born       the day of birth that it says
 */
public record IdentityNumber(String characters, LocalDate born) {

    private static final Pattern WITHIN = Pattern.compile("(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx](?![0-9])");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";
    private static final DateTimeFormatter BIRTH = DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);

    /** Spaces, hyphens, a small x and full-width characters are understood; empty when it is no number, its day does not exist, or its check character is wrong. */
    public static Optional<IdentityNumber> parse(String typed) {
        String plain = Words.narrow(typed).replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        return WITHIN.matcher(plain).matches() ? checked(plain) : Optional.empty();
    }

    /** Every valid number that stands in the text, not as a part of a longer one. */
    public static List<IdentityNumber> in(String text) {
        List<IdentityNumber> found = new ArrayList<>();
        Matcher number = WITHIN.matcher(text);
        while (number.find()) {
            checked(number.group().toUpperCase(Locale.ROOT)).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    private static Optional<IdentityNumber> checked(String number) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (number.charAt(i) - '0') * WEIGHTS[i];
        }
        if (CHECKS.charAt(sum % 11) != number.charAt(17)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new IdentityNumber(number, LocalDate.parse(number.substring(6, 14), BIRTH)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether the holder has not reached that age on that day; nobody who is born later has. */
    public boolean youngerThan(int years, LocalDate today) {
        return born.plusYears(years).isAfter(today);
    }

    /** Whether it says so of a man; the seventeenth digit is odd then. */
    public boolean male() {
        return (characters.charAt(16) - '0') % 2 == 1;
    }

    @Override
    public String toString() {
        return characters;
    }
}
