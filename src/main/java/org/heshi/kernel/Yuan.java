package org.heshi.kernel;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An amount of renminbi in whole fen, from nothing to 99,999,999,999.99 yuan.
 *
 * @param fen hundredths of a yuan, not negative
 */
public record Yuan(long fen) implements Comparable<Yuan> {

    private static final long MOST = 9_999_999_999_999L;
    /** Digits before the point that an amount has at most. */
    private static final int WHOLE = 11;
    private static final Pattern WRITTEN = Pattern.compile("[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]{1,2})?|[0-9]+(\\.[0-9]{1,2})?");
    private static final String DIGITS = "零壹贰叁肆伍陆柒捌玖";
    private static final String[] PLACES = {"", "拾", "佰", "仟"};
    private static final String[] MYRIADS = {"", "万", "亿"};

    public static final Yuan NOTHING = new Yuan(0);

    /** @throws IllegalArgumentException for an amount that is negative or too great */
    public Yuan {
        if (fen < 0 || fen > MOST) {
            throw new IllegalArgumentException(fen + " fen are out of range");
        }
    }

    /** As people type it: {@code 1200}, {@code 1,200.50}; full-width digits and a sign of the currency are understood. Empty when it is no amount. */
    public static Optional<Yuan> parse(String typed) {
        StringBuilder plain = new StringBuilder();
        typed.codePoints().map(c -> c >= '０' && c <= '９' ? c - '０' + '0' : c == '．' ? '.' : c == '，' ? ',' : c)
                .filter(c -> !Character.isWhitespace(c) && c != '¥' && c != '￥' && c != '元').forEach(plain::appendCodePoint);
        if (!WRITTEN.matcher(plain).matches()) {
            return Optional.empty();
        }
        String[] parts = plain.toString().replace(",", "").split("\\.");
        if (parts[0].length() > WHOLE) {
            return Optional.empty();
        }
        long fen = Long.parseLong(parts[0]) * 100 + (parts.length == 1 ? 0 : Long.parseLong((parts[1] + "0").substring(0, 2)));
        return fen <= MOST ? Optional.of(new Yuan(fen)) : Optional.empty();
    }

    /** @throws IllegalArgumentException when together they are too much; {@link #sum} says so instead */
    public Yuan plus(Yuan other) {
        return new Yuan(Math.addExact(fen, other.fen));
    }

    /** All of them together; empty when that is more than an amount can be. */
    public static Optional<Yuan> sum(Collection<Yuan> amounts) {
        long fen = 0;
        for (Yuan amount : amounts) {
            fen += amount.fen;
            if (fen > MOST) {
                return Optional.empty();
            }
        }
        return Optional.of(new Yuan(fen));
    }

    /** In figures with two decimals and without separators: {@code 1200.50}. */
    public String figures() {
        return fen / 100 + "." + (fen % 100 < 10 ? "0" : "") + fen % 100;
    }

    /**
     * In the capital numerals that nobody can alter with a stroke: 壹仟贰佰元伍角整 would be 1200.50 (Basic Rules for Filling in Bills and Settlement Vouchers,
     * annex to the Payment and Settlement Measures of the People's Bank of China, 1997): 整 after yuan and jiao, none after fen; one 零 for any run of noughts
     * inside a myriad and for missing thousands, one also before jiao when the yuan end in nought and before fen when there is no jiao.
     */
    public String capitals() {
        long yuan = fen / 100;
        int jiao = (int) (fen % 100 / 10);
        int cents = (int) (fen % 10);
        StringBuilder out = new StringBuilder();
        if (yuan > 0 || fen == 0) {
            out.append(yuan == 0 ? "零" : whole(yuan)).append('元');
        }
        if (jiao > 0) {
            out.append(yuan > 0 && yuan % 10 == 0 ? "零" : "").append(DIGITS.charAt(jiao)).append('角');
        } else if (cents > 0 && yuan > 0) {
            out.append('零');
        }
        return cents > 0 ? out.append(DIGITS.charAt(cents)).append('分').toString() : out.append('整').toString();
    }

    private static String whole(long yuan) {
        StringBuilder out = new StringBuilder();
        boolean nought = false;
        for (int myriad = MYRIADS.length - 1; myriad >= 0; myriad--) {
            int four = (int) (yuan / (long) Math.pow(10_000, myriad) % 10_000);
            if (four == 0) {
                nought = out.length() > 0;
                continue;
            }
            for (int place = 3; place >= 0; place--) {
                int digit = four / (int) Math.pow(10, place) % 10;
                if (digit == 0) {
                    nought = out.length() > 0;
                } else {
                    out.append(nought ? "零" : "").append(DIGITS.charAt(digit)).append(PLACES[place]);
                    nought = false;
                }
            }
            out.append(MYRIADS[myriad]);
            // 壹拾万柒仟, not 壹拾万零柒仟: the nought is said where the thousands are missing
            nought = false;
        }
        return out.toString();
    }

    @Override
    public int compareTo(Yuan other) {
        return Long.compare(fen, other.fen);
    }

    @Override
    public String toString() {
        return figures();
    }
}
