package org.heshi.calendar.days;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The notices that this build carries. */
public final class ShippedNotices {

    private static final List<Notice> ALL = read();

    private ShippedNotices() {
    }

    /** By year. */
    public static List<Notice> all() {
        return ALL;
    }

    private static List<Notice> read() {
        TreeMap<Integer, List<NoticeDay>> days = new TreeMap<>();
        try (InputStream file = ShippedNotices.class.getResourceAsStream("/calendar/days-2004-2026.csv")) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] parts = line.split(",");
                days.computeIfAbsent(Integer.valueOf(parts[0]), _ -> new ArrayList<>())
                        .add(new NoticeDay(LocalDate.parse(parts[1]), NoticeDay.Kind.of(parts[2]), parts[3]));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return days.entrySet().stream().map(year -> new Notice(year.getKey(), "", Optional.empty(), year.getValue())).toList();
    }
}
