package org.heshi.statistics.board;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;

/** Figures as one reader reads them. */
public record Words(MessageSource messages, Locale locale) {

    private static final long MINUTE = 60;
    private static final long HOUR = 3_600;
    private static final long DAY = 86_400;

    public String t(String key, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }

    /** The message, or the code itself where a deployer added one without words. */
    public String code(String key, String code) {
        return messages.getMessage(key + code, null, code, locale) instanceof String words ? words : code;
    }

    public String number(long n) {
        return NumberFormat.getIntegerInstance(locale).format(n);
    }

    String month(YearMonth month) {
        return t("figures.month-of", month.getYear(), month.getMonthValue());
    }

    /** Minutes, of which less than one is no number; from the second hour on hours, from the third day on days. */
    public String time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < MINUTE) {
            return t("figures.moment");
        }
        if (seconds < 2 * HOUR) {
            return t("figures.minutes", (seconds + MINUTE / 2) / MINUTE);
        }
        return seconds < 2 * DAY ? t("figures.hours", tenths(seconds, HOUR)) : t("figures.days", tenths(seconds, DAY));
    }

    public static BigDecimal hours(Duration time) {
        return tenths(time.toSeconds(), HOUR);
    }

    private static BigDecimal tenths(long seconds, long unit) {
        return BigDecimal.valueOf(seconds).divide(BigDecimal.valueOf(unit), 1, RoundingMode.HALF_UP);
    }

    /** Percent with one decimal, rounded down, so that a hundred means every one; empty where there are too few for a rate. */
    public static Optional<BigDecimal> percent(long part, long whole, int least) {
        return whole < Math.max(1, least) ? Optional.empty() : Optional.of(BigDecimal.valueOf(part * 100).divide(BigDecimal.valueOf(whole), 1, RoundingMode.DOWN));
    }
}
