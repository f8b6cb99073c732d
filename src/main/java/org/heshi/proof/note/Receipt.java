package org.heshi.proof.note;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heshi.proof.tree.Hash;

/**
 * The promise that an entry is in the log and will be under the next heads.
 *
 * @param number of the matter, 13 digits
 * @param seq    of the entry
 * @param at     when it was recorded
 * @param leaf   of the entry in the tree
 */
public record Receipt(String origin, String number, int seq, Instant at, Hash leaf) {

    private static final String FIRST = "heshi receipt v1";
    /** Within which an entry is under a head. A head is signed every hour. */
    public static final Duration WITHIN = Duration.ofHours(2);

    public String text() {
        return FIRST + "\n" + origin + "\nmatter " + number + "\nentry " + seq + "\ntime " + at + "\nleaf " + leaf + "\nwithin " + WITHIN + "\n";
    }

    /** A note with its receipt, when it is one. */
    public record Signed(Receipt receipt, Note note) {
    }

    public static Optional<Signed> parse(String text) {
        return Note.parse(text).flatMap(note -> {
            List<String> lines = note.text().lines().toList();
            if (lines.size() != 7 || !lines.getFirst().equals(FIRST)) {
                return Optional.empty();
            }
            try {
                Receipt receipt = new Receipt(lines.get(1), after(lines.get(2), "matter "), Integer.parseInt(after(lines.get(3), "entry ")),
                        Instant.parse(after(lines.get(4), "time ")), Hash.parse(after(lines.get(5), "leaf ")));
                return receipt.text().equals(note.text()) ? Optional.of(new Signed(receipt, note)) : Optional.empty();
            } catch (IllegalArgumentException | DateTimeException _) {
                return Optional.empty();
            }
        });
    }

    private static String after(String line, String word) {
        if (!line.startsWith(word)) {
            throw new IllegalArgumentException(line);
        }
        return line.substring(word.length());
    }

    /** Every receipt in a text that may hold anything else. */
    public static List<Signed> all(String text) {
        List<Signed> found = new ArrayList<>();
        List<String> lines = text.lines().map(String::stripTrailing).toList();
        for (int i = 0; i + 8 < lines.size(); i++) {
            if (lines.get(i).equals(FIRST)) {
                parse(String.join("\n", lines.subList(i, i + 9)) + "\n").ifPresent(found::add);
            }
        }
        return found;
    }
}
