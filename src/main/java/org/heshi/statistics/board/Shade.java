package org.heshi.statistics.board;

import java.util.Collection;

/** How dark something is drawn, from 0 for nothing to 5: by the square root of its part of the greatest, so that one large number hides no others. */
final class Shade {

    private static final int DARKEST = 5;

    private Shade() {
    }

    static int of(long n, long greatest) {
        return n <= 0 || greatest <= 0 ? 0 : Math.clamp((long) Math.ceil(DARKEST * Math.sqrt((double) n / greatest)), 1, DARKEST);
    }

    static long greatest(Collection<Long> all) {
        return all.stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
