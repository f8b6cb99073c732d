package org.heshi.statistics.board;

import java.util.ArrayList;
import java.util.List;

/** When matters come in: a row for each hour, a column for each weekday from Monday. @param days names of the days */
public record Heat(List<String> days, List<Hour> hours) {

    private static final int HOURS = 24;
    private static final int DAYS = 7;

    public Heat {
        days = List.copyOf(days);
        hours = List.copyOf(hours);
    }

    public record Hour(String name, List<Spot> spots) {

        public Hour {
            spots = List.copyOf(spots);
        }
    }

    /** @param href the list behind it; empty for nothing */
    public record Spot(long n, int shade, String href) {
    }

    /** The address of the list behind an hour and a weekday, 1 for Monday. */
    interface Lists {
        String of(int hour, int weekday);
    }

    /** @param n by hour and day */
    static Heat of(long[][] n, List<String> days, Lists lists) {
        long greatest = 0;
        for (long[] row : n) {
            for (long one : row) {
                greatest = Math.max(greatest, one);
            }
        }
        List<Hour> hours = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            List<Spot> spots = new ArrayList<>();
            for (int day = 0; day < DAYS; day++) {
                spots.add(new Spot(n[hour][day], Shade.of(n[hour][day], greatest), n[hour][day] == 0 ? "" : lists.of(hour, day + 1)));
            }
            hours.add(new Hour("%02d:00".formatted(hour), spots));
        }
        return new Heat(days, hours);
    }

    public boolean empty() {
        return hours.stream().allMatch(hour -> hour.spots().stream().allMatch(spot -> spot.n() == 0));
    }
}
