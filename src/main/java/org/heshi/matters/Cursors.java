package org.heshi.matters;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The places at which lists for programs go on: opaque, and good only for the list and the program that they were given for. They carry a digest under a key of the
 * installation, so that one that was altered by hand is no cursor at all.
 */
@Component
public final class Cursors {

    private static final int MARK = 16;
    private static final int LONGEST = 600;

    private final KeyedMarks marks;

    Cursors(KeyedMarks marks) {
        this.marks = marks;
    }

    /** @param list which list, with whatever narrows it */
    public String seal(String list, UUID whose, String place) {
        byte[] text = place.getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(mark(list, whose, place), MARK + text.length);
        System.arraycopy(text, 0, both, MARK, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(both);
    }

    /** The place; empty when it was not given for this list to this program, or was changed since. */
    public Optional<String> open(String list, UUID whose, String cursor) {
        if (cursor.length() > LONGEST) {
            return Optional.empty();
        }
        byte[] both;
        try {
            both = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        if (both.length < MARK || !Base64.getUrlEncoder().withoutPadding().encodeToString(both).equals(cursor)) {
            return Optional.empty();
        }
        String place = new String(both, MARK, both.length - MARK, StandardCharsets.UTF_8);
        return MessageDigest.isEqual(mark(list, whose, place), Arrays.copyOf(both, MARK)) ? Optional.of(place) : Optional.empty();
    }

    private byte[] mark(String list, UUID whose, String place) {
        return Arrays.copyOf(marks.keyed("api-cursor", list + "\n" + whose + "\n" + place), MARK);
    }
}
