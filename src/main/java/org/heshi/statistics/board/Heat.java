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

    public record Spot(long n, int shade) {
    }

    /** @param n by hour and day */
    static Heat of(long[][] n, List<String> days) {
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
                spots.add(new Spot(n[hour][day], Shade.of(n[hour][day], greatest)));
            }
            hours.add(new Hour("%02d:00".formatted(hour), spots));
        }
        return new Heat(days, hours);
    }

    public boolean empty() {
        return hours.stream().allMatch(hour -> hour.spots().stream().allMatch(spot -> spot.n() == 0));
    }
}
