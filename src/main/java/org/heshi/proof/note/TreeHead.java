package org.heshi.proof.note;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heshi.proof.tree.Hash;

/**
 * What the tree was at a moment (C2SP tlog-checkpoint, with the time as a line of its own).
 *
 * @param origin which log
 * @param size   how many entries it held
 */
public record TreeHead(String origin, long size, Hash root, Instant at) {

    private static final String TIME = "time ";

    public String text() {
        return origin + "\n" + size + "\n" + root + "\n" + TIME + at + "\n";
    }

    /** A note with its head, when it is one. */
    public record Signed(TreeHead head, Note note) {
    }

    public static Optional<Signed> parse(String text) {
        return Note.parse(text).flatMap(note -> {
            List<String> lines = note.text().lines().toList();
            if (lines.size() < 4 || !lines.get(1).matches("0|[1-9][0-9]{0,17}") || !lines.get(3).startsWith(TIME)) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Signed(new TreeHead(lines.get(0), Long.parseLong(lines.get(1)), Hash.parse(lines.get(2)),
                        Instant.parse(lines.get(3).substring(TIME.length()))), note));
            } catch (IllegalArgumentException | DateTimeException _) {
                return Optional.empty();
            }
        });
    }

    /** Every head in a text that may hold anything else, such as the mails that a witness kept. Mail programs may end lines with a return. */
    public static List<Signed> all(String text) {
        List<Signed> found = new ArrayList<>();
        List<String> lines = text.lines().map(String::stripTrailing).toList();
        for (int i = 0; i + 5 < lines.size(); i++) {
            if (!lines.get(i + 3).startsWith(TIME) || !lines.get(i + 4).isEmpty() || !lines.get(i + 5).startsWith("\u2014 ")) {
                continue;
            }
            int end = i + 6;
            while (end < lines.size() && lines.get(end).startsWith("\u2014 ")) {
                end++;
            }
            parse(String.join("\n", lines.subList(i, end)) + "\n").ifPresent(found::add);
        }
        return found;
    }
}
