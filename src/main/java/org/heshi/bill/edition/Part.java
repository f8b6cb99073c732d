package org.heshi.bill.edition;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A finished month as it was counted once: what of it is told.
 *
 * @param towns      line 0 is all of them
 * @param categories line 0 is all of them
 * @param cells      by town, then category
 */
public record Part(UUID id, YearMonth month, Instant countedAt, int k, List<Line> towns, List<Line> categories, Cell[][] cells) {

    /** Not told. */
    public static final int HIDDEN = -1;
    /** k or less. */
    public static final int AT_MOST = -2;

    public Part {
        towns = List.copyOf(towns);
        categories = List.copyOf(categories);
    }

    /** @param code empty for what stands at no town or has no category; {@code *} for all */
    public record Line(String code, String name, String nameEn) {

        public static final Line ALL = new Line("*", "全部", "All");
    }

    /** Of the kinds that are published one by one. */
    public record Listed(int received, int solved, int otherwise) {
    }

    /**
     * Numbers of the other kinds, {@link #HIDDEN} or {@link #AT_MOST}.
     *
     * @param content how many were satisfied, of all kinds: what somebody said is published of no single matter
     * @param median seconds from coming in to the end of those that were solved, listed or not; empty where fewer than k of the others were
     */
    public record Cell(Listed listed, int received, int solved, int otherwise, int content, int discontent, Optional<Long> median, Optional<Long> p90) {
    }

    public Cell cell(int town, int category) {
        return cells[town][category];
    }

    /** Number of a town's line. */
    public Optional<Integer> town(String code) {
        return place(towns, code);
    }

    public Optional<Integer> category(String code) {
        return place(categories, code);
    }

    private static Optional<Integer> place(List<Line> lines, String code) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).code().equals(code)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
