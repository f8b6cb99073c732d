package org.heshi.boot.keeping;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Lines of history. Each restore to a moment begins a new one, which shares the log before that moment with the line that it left; a file
 * {@code 00000003.history} says where.
 */
final class Timelines {

    private final Map<Integer, Map<Integer, Lsn>> parents = new HashMap<>();
    private int newest = 1;

    /** Takes in a history file. */
    void add(String name, String text) {
        int timeline = Integer.parseInt(name.substring(0, 8), 16);
        Map<Integer, Lsn> left = new HashMap<>();
        for (String line : text.split("\n")) {
            String[] parts = line.strip().split("\\s+");
            if (parts.length >= 2 && parts[0].matches("\\d+")) {
                left.put(Integer.parseInt(parts[0]), Lsn.of(parts[1]));
            }
        }
        parents.put(timeline, left);
        newest = Math.max(newest, timeline);
    }

    void add(Path sealed, String name) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Sealed.read(sealed, text);
        add(name, text.toString(StandardCharsets.UTF_8));
    }

    void saw(int timeline) {
        newest = Math.max(newest, timeline);
    }

    int newest() {
        return newest;
    }

    /** Whether what was on this line at this place belongs to the newest line's own past. */
    boolean leadsOn(int timeline, Lsn place) {
        if (timeline == newest) {
            return true;
        }
        Lsn left = parents.getOrDefault(newest, Map.of()).get(timeline);
        return left != null && place.compareTo(left) <= 0;
    }

    /** Whether a segment of this line may be needed on the way to the newest. */
    boolean onTheWay(int timeline) {
        return timeline == newest || parents.getOrDefault(newest, Map.of()).containsKey(timeline);
    }
}
