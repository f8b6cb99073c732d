package org.heshi.boot.keeping;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What one backup holds, with size and SHA-256 of each file. Its text ends with a line that holds the SHA-256 of all the lines before it: with that
 * line it is whole, and the backup with it.
 *
 * @param cluster  identity of the database
 * @param version  version of PostgreSQL
 * @param segment  bytes of one segment of the log
 * @param timeline line of history that the database was on
 * @param begin    from here on the log is needed
 * @param end      up to here at least it must be taken in
 * @param begun    when it was begun
 * @param ended    the earliest moment that it can be brought to
 */
record Manifest(String cluster, String version, int segment, int timeline, Lsn begin, Lsn end, Instant begun, Instant ended, List<Item> items) {

    static final String NAME = "manifest";
    private static final String FIRST = "heshi-backup 1";

    /** A file of the backup, by its path in the backup's folder. */
    record Item(String path, Sums sums) {
    }

    Manifest {
        items = List.copyOf(items);
    }

    String major() {
        return version.split("\\.")[0];
    }

    String firstSegment() {
        return Lsn.file(timeline, begin.segment(segment), segment);
    }

    void write(Path folder) throws IOException {
        StringBuilder text = new StringBuilder(FIRST + "\n");
        line(text, "cluster", cluster);
        line(text, "postgres", version);
        line(text, "segment", segment);
        line(text, "timeline", timeline);
        line(text, "begin", begin);
        line(text, "end", end);
        line(text, "begun", begun);
        line(text, "ended", ended);
        items.forEach(item -> line(text, "file", item.sums().sha256() + " " + item.sums().size() + " " + item.path()));
        line(text, "whole", sum(text.toString()));
        Path file = Disk.file(folder.resolve(NAME));
        Files.writeString(file, text);
        Disk.sync(file);
    }

    /** @throws Damaged when it is not what was written */
    static Manifest read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        int last = text.lastIndexOf("\nwhole ") + 1;
        if (!text.startsWith(FIRST + "\n") || last == 0 || !text.substring(last).equals("whole " + sum(text.substring(0, last)) + "\n")) {
            throw new Damaged(file, "its text is not what was written");
        }
        List<Item> items = new ArrayList<>();
        String[] lines = text.substring(0, last).split("\n");
        try {
            for (int i = 9; i < lines.length; i++) {
                String[] parts = value(lines[i], "file").split(" ", 3);
                items.add(new Item(parts[2], new Sums(Long.parseLong(parts[1]), parts[0])));
            }
            return new Manifest(value(lines[1], "cluster"), value(lines[2], "postgres"), Integer.parseInt(value(lines[3], "segment")),
                    Integer.parseInt(value(lines[4], "timeline")), Lsn.of(value(lines[5], "begin")), Lsn.of(value(lines[6], "end")),
                    Instant.parse(value(lines[7], "begun")), Instant.parse(value(lines[8], "ended")), items);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | DateTimeException _) {
            throw new Damaged(file, "its text is not what is expected");
        }
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(name).append(' ').append(value).append('\n');
    }

    private static String value(String line, String name) {
        if (!line.startsWith(name + " ")) {
            throw new IllegalArgumentException(line);
        }
        return line.substring(name.length() + 1);
    }

    private static String sum(String text) {
        return HexFormat.of().formatHex(Sums.sha256Digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
