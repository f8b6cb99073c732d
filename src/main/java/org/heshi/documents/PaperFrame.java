package org.heshi.documents;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.heshi.kernel.CivilTime;
import org.springframework.context.MessageSource;

/**
 * What every template of a paper is given beside its content. Papers are in Chinese.
 *
 * @param number  as it is printed; empty on a preview and on papers without
 * @param preview whether it is one: where the number will stand, the template leaves room
 * @param check   address where the paper can be checked, at the head of each page; empty: none
 */
public record PaperFrame(MessageSource words, String title, Optional<String> number, LocalDate day, boolean preview, String check) {

    /** The message. @throws org.springframework.context.NoSuchMessageException when there is none */
    public String t(String key, Object... arguments) {
        return words.getMessage(key, arguments, Locale.SIMPLIFIED_CHINESE);
    }

    /** As papers write it: {@code 2026年7月3日}. */
    public String date(LocalDate date) {
        return t("documents.date", date.getYear(), date.getMonthValue(), date.getDayOfMonth());
    }

    public String date(Instant at) {
        return date(CivilTime.dateOf(at));
    }

    /** Words as typed, or a line to write on by hand where there are none. */
    public String or(Optional<String> typed) {
        return typed.filter(given -> !given.isBlank()).orElseGet(() -> t("documents.blank"));
    }

    /** The address of a picture that stands in the paper itself, such as a signature by hand. */
    public static String picture(String mediaType, byte[] bytes) {
        if (!mediaType.matches("image/(png|jpeg)")) {
            throw new IllegalArgumentException("not a picture: " + mediaType);
        }
        return "data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }
}
