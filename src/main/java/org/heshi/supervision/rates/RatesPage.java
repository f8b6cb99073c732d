package org.heshi.supervision.rates;

import java.util.List;

/**
 * The rates as the page shows them.
 *
 * @param whole   everything together
 * @param leftOut kinds that do not count, in words
 * @param then    whether places are those of then
 * @param places  the one that is watched and those that went into it; none when nothing did
 * @param chosen  code of one of them; empty: the one that is watched
 */
public record RatesPage(By by, String from, String to, List<Line> lines, Line whole, RatesSettings settings, List<String> leftOut, boolean then,
        List<Place> places, String chosen) {

    public RatesPage {
        lines = List.copyOf(lines);
        leftOut = List.copyOf(leftOut);
        places = List.copyOf(places);
    }

    /** @param code empty for the place that is watched */
    public record Place(String code, String name) {
    }

    /** @param name empty for what has no such key */
    public record Line(String name, Rate response, Rate resolution, Rate satisfaction, long unreachable) {
    }
}
